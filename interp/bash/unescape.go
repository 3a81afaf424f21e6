package bash

import "unicode/utf8"

// Unescape is the text of $'…': the escapes of ANSI C, as bash(1), QUOTING,
// lists them. A NUL ends the string.
func Unescape(s string) string {
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' || i+1 == len(s) {
			b = append(b, s[i])
			continue
		}
		i++
		switch c := s[i]; c {
		case 'a':
			b = append(b, 7)
		case 'b':
			b = append(b, 8)
		case 'e', 'E':
			b = append(b, 27)
		case 'f':
			b = append(b, 12)
		case 'n':
			b = append(b, 10)
		case 'r':
			b = append(b, 13)
		case 't':
			b = append(b, 9)
		case 'v':
			b = append(b, 11)
		case '\\', '\'', '"', '?':
			b = append(b, c)
		case 'c':
			if i+1 == len(s) {
				return string(append(b, '\\', 'c'))
			}
			i++
			if s[i] == '\\' && i+1 < len(s) && s[i+1] == '\\' {
				i++
			}
			if s[i] == '?' {
				b = append(b, 127)
			} else {
				b = append(b, s[i]&0x1f)
			}
		case 'x', 'u', 'U', '0', '1', '2', '3', '4', '5', '6', '7':
			n, used, ok := number(s[i:])
			if !ok {
				b = append(b, '\\', c)
				continue
			}
			i += used - 1
			if n == 0 {
				return string(b)
			}
			if c == 'u' || c == 'U' {
				b = utf8.AppendRune(b, rune(n))
			} else {
				b = append(b, byte(n))
			}
		default:
			b = append(b, '\\', c)
		}
	}
	return string(b)
}

// number reads xHH, uHHHH, UHHHHHHHH or up to three octal digits.
func number(s string) (n uint32, used int, ok bool) {
	limit, base := 3, uint32(8)
	at := 0
	switch s[0] {
	case 'x':
		limit, base, at = 2, 16, 1
	case 'u':
		limit, base, at = 4, 16, 1
	case 'U':
		limit, base, at = 8, 16, 1
	}
	i := at
	for ; i < len(s) && i < at+limit; i++ {
		d := uint32(99)
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			d = uint32(c - '0')
		case c|0x20 >= 'a' && c|0x20 <= 'f':
			d = uint32(c|0x20-'a') + 10
		}
		if d >= base {
			break
		}
		n = n*base + d
	}
	return n, i, i > at
}
