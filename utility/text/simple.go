package text

import (
	"strings"

	"sysv/utility/call"
)

// True is true(1) of coreutils.
func True(c *call.Call) int {
	if helpWanted(c) {
		return c.Refuse(c.Args[1])
	}
	return 0
}

// False is false(1) of coreutils.
func False(c *call.Call) int {
	if helpWanted(c) {
		return c.Refuse(c.Args[1])
	}
	return 1
}

func helpWanted(c *call.Call) bool {
	return len(c.Args) == 2 && (c.Args[1] == "--help" || c.Args[1] == "--version")
}

// Yes is yes(1) of coreutils.
func Yes(c *call.Call) int {
	_, operands, status, done := getopt(c, 1, "")
	if done {
		return status
	}
	line := []byte("y\n")
	if len(operands) > 0 {
		line = []byte(strings.Join(operands, " ") + "\n")
	}
	for !c.Stop() {
		if _, err := c.Out.Write(line); err != nil {
			break
		}
	}
	return 1
}

// Echo is echo(1) of coreutils: -n, -e and -E.
func Echo(c *call.Call) int {
	if helpWanted(c) {
		return c.Refuse(c.Args[1])
	}
	args := c.Args[1:]
	newline, escapes := true, false
	for len(args) > 0 && len(args[0]) > 1 && args[0][0] == '-' && strings.Trim(args[0][1:], "neE") == "" {
		for _, ch := range args[0][1:] {
			switch ch {
			case 'n':
				newline = false
			case 'e':
				escapes = true
			case 'E':
				escapes = false
			}
		}
		args = args[1:]
	}
	for i, a := range args {
		if i > 0 {
			c.Out.WriteByte(' ')
		}
		if !escapes {
			c.Out.WriteString(a)
		} else if !echoEscapes(c, a) {
			return 0
		}
	}
	if newline {
		c.Out.WriteByte('\n')
	}
	return 0
}

// echoEscapes writes s with its escapes resolved; \c ends the output.
func echoEscapes(c *call.Call, s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' || i+1 == len(s) {
			c.Out.WriteByte(s[i])
			continue
		}
		i++
		switch s[i] {
		case 'a':
			c.Out.WriteByte('\a')
		case 'b':
			c.Out.WriteByte('\b')
		case 'c':
			return false
		case 'e':
			c.Out.WriteByte(0x1b)
		case 'f':
			c.Out.WriteByte('\f')
		case 'n':
			c.Out.WriteByte('\n')
		case 'r':
			c.Out.WriteByte('\r')
		case 't':
			c.Out.WriteByte('\t')
		case 'v':
			c.Out.WriteByte('\v')
		case '\\':
			c.Out.WriteByte('\\')
		case 'x':
			n, used := digits(s[i+1:], 16, 2)
			if used == 0 {
				c.Out.WriteString(`\x`)
				break
			}
			c.Out.WriteByte(byte(n))
			i += used
		case '0', '1', '2', '3', '4', '5', '6', '7':
			// \0 may be followed by three digits, another by two.
			from, most := i, 3
			if s[i] == '0' {
				from++
			}
			n, used := digits(s[from:], 8, most)
			c.Out.WriteByte(byte(n))
			i = from + used - 1
		default:
			c.Out.WriteByte('\\')
			c.Out.WriteByte(s[i])
		}
	}
	return true
}

// digits reads at most so many digits of a number.
func digits(s string, base, most int) (n, used int) {
	for used < most && used < len(s) {
		d := digitValue(s[used])
		if d < 0 || d >= base {
			break
		}
		n = n*base + d
		used++
	}
	return n, used
}
