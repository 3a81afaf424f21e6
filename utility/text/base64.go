package text

import (
	"encoding/base64"

	"sysv/utility/call"
)

// Base64 is base64(1) of coreutils.
func Base64(c *call.Call) int {
	opts, operands, status, done := getopt(c, 1, "diw:", "decode>d", "ignore-garbage>i", "wrap=>w")
	if done {
		return status
	}
	decode, garbage, wrap := false, false, 76
	for _, o := range opts {
		switch o.Name {
		case "d":
			decode = true
		case "i":
			garbage = true
		case "w":
			n, ok := grepNumber(o.Arg)
			if !ok || n < 0 {
				return c.Fail("invalid wrap size: %s", call.QuoteArg(o.Arg))
			}
			wrap = n
		}
	}
	if len(operands) > 1 {
		return usageError(c, "extra operand "+call.QuoteArg(operands[1]))
	}
	name := inputs(operands)[0]
	f, own, err := openInput(c, name)
	if err != nil {
		return c.Fail("%s: %v", call.QuoteName(name), err)
	}
	if own {
		defer f.Close()
	}
	b, err := readWhole(f)
	if err != nil {
		return c.Fail("read error: %v", err)
	}
	if decode {
		return decode64(c, b, garbage)
	}
	text := base64.StdEncoding.EncodeToString(b)
	if wrap == 0 {
		c.Out.WriteString(text)
		return 0
	}
	for text != "" {
		n := min(wrap, len(text))
		c.Out.WriteString(text[:n])
		if c.Out.WriteByte('\n') != nil {
			return 1
		}
		text = text[n:]
	}
	return 0
}

func decode64(c *call.Call, b []byte, garbage bool) int {
	quad := make([]byte, 0, 4)
	pads := 0
	invalid := func() int { return c.Fail("invalid input") }
	for _, ch := range b {
		if ch == '\n' {
			continue
		}
		v := value64(ch)
		if v < 0 && ch != '=' {
			if garbage {
				continue
			}
			put64(c, quad)
			return invalid()
		}
		if ch == '=' {
			if pads++; len(quad)+pads > 4 || len(quad) < 2 {
				return invalid()
			}
		} else {
			if pads > 0 {
				put64(c, quad)
				return invalid()
			}
			quad = append(quad, byte(v))
		}
		if len(quad)+pads == 4 {
			put64(c, quad)
			quad, pads = quad[:0], 0
		}
	}
	if len(quad)+pads > 0 {
		put64(c, quad)
		return invalid()
	}
	return 0
}

// put64 writes the bytes that up to four digits make.
func put64(c *call.Call, q []byte) {
	if len(q) > 1 {
		c.Out.WriteByte(q[0]<<2 | q[1]>>4)
	}
	if len(q) > 2 {
		c.Out.WriteByte(q[1]<<4 | q[2]>>2)
	}
	if len(q) > 3 {
		c.Out.WriteByte(q[2]<<6 | q[3])
	}
}

func value64(c byte) int {
	switch {
	case c >= 'A' && c <= 'Z':
		return int(c - 'A')
	case c >= 'a' && c <= 'z':
		return int(c-'a') + 26
	case c >= '0' && c <= '9':
		return int(c-'0') + 52
	case c == '+':
		return 62
	case c == '/':
		return 63
	}
	return -1
}
