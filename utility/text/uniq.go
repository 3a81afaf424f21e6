package text

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"sysv/system"
	"sysv/utility/call"
)

type uniquer struct {
	c                      *call.Call
	count, repeated, alone bool
	fold                   bool
	fields, chars, width   int
	delim                  byte
}

// Uniq is uniq(1) of coreutils, without -D and --group.
func Uniq(c *call.Call) int {
	opts, operands, status, done := getopt(c, 1, "cdif:s:uw:z",
		"count>c", "repeated>d", "ignore-case>i", "skip-fields=>f", "skip-chars=>s", "unique>u", "check-chars=>w", "zero-terminated>z")
	if done {
		return status
	}
	u := &uniquer{c: c, width: -1, delim: '\n'}
	for _, o := range opts {
		n, ok := 0, true
		if o.Arg != "" || o.Name == "f" || o.Name == "s" || o.Name == "w" {
			n, ok = grepNumber(o.Arg)
			ok = ok && n >= 0
		}
		switch o.Name {
		case "c":
			u.count = true
		case "d":
			u.repeated = true
		case "u":
			u.alone = true
		case "i":
			u.fold = true
		case "z":
			u.delim = 0
		case "f":
			if !ok {
				return c.Fail("%s: invalid number of fields to skip", o.Arg)
			}
			u.fields = n
		case "s":
			if !ok {
				return c.Fail("%s: invalid number of bytes to skip", o.Arg)
			}
			u.chars = n
		case "w":
			if !ok {
				return c.Fail("%s: invalid number of bytes to compare", o.Arg)
			}
			u.width = n
		}
	}
	if len(operands) > 2 {
		return usageError(c, "extra operand "+call.QuoteArg(operands[2]))
	}
	in := inputs(operands)[0]
	l, err := openLines(c, in)
	if err != nil {
		return c.Fail("%s: %v", call.QuoteName(in), err)
	}
	defer l.close()
	l.delim = u.delim
	var out io.Writer = c.Out
	if len(operands) == 2 && operands[1] != "-" {
		f, err := c.Open(operands[1], system.WriteOnly|system.Create|system.Truncate, 0o666)
		if err != nil {
			return c.Fail("%s: %v", call.QuoteName(operands[1]), err)
		}
		defer f.Close()
		out = f
	}
	u.run(l, out)
	if l.err != nil {
		return c.Fail("error reading %s", call.Quote(in)) // uniq gives no reason
	}
	return 0
}

// run writes one of each group of equal lines.
func (u *uniquer) run(l *lines, out io.Writer) {
	var first []byte
	n := 0
	flush := func() bool {
		if n == 0 || u.repeated && n == 1 || u.alone && n > 1 {
			return true
		}
		line := first
		if u.count {
			line = append([]byte(fmt.Sprintf("%7d ", n)), first...)
		}
		_, err := out.Write(append(line, u.delim))
		return err == nil
	}
	for {
		b, _, ok := l.next()
		if !ok {
			break
		}
		if n > 0 && u.same(first, b) {
			n++
			continue
		}
		if !flush() {
			return
		}
		first, n = append(first[:0], b...), 1
	}
	flush()
}

func (u *uniquer) same(a, b []byte) bool {
	a, b = u.key(a), u.key(b)
	if u.fold {
		return strings.EqualFold(string(a), string(b)) && len(a) == len(b)
	}
	return bytes.Equal(a, b)
}

// key is the part of a line that is compared.
func (u *uniquer) key(b []byte) []byte {
	at := 0
	for n := 0; n < u.fields && at < len(b); n++ {
		at = skipBlanks(b, at)
		for at < len(b) && !isBlank(b[at]) {
			at++
		}
	}
	b = b[min(len(b), at+u.chars):]
	if u.width >= 0 && u.width < len(b) {
		b = b[:u.width]
	}
	return b
}
