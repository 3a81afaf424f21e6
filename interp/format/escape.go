package format

import (
	"strconv"
	"strings"
)

// simple is the one-letter escapes that both shells have in every place.
func simple(c byte) (byte, bool) {
	switch c {
	case '\\':
		return '\\', true
	case 'a':
		return '\a', true
	case 'b':
		return '\b', true
	case 'e':
		return 0x1b, true
	case 'f':
		return '\f', true
	case 'n':
		return '\n', true
	case 'r':
		return '\r', true
	case 't':
		return '\t', true
	case 'v':
		return '\v', true
	}
	return 0, false
}

// dashEscape appends what the sequence stands for whose text after the
// backslash begins s, and says how much of s it is: a letter, or up to three
// octal digits. Anything else is a backslash.
func dashEscape(out []byte, s string) ([]byte, int) {
	if s == "" {
		return append(out, '\\'), 0
	}
	if c, ok := simple(s[0]); ok {
		return append(out, c), 1
	}
	if v, n := octal(s, 3); n > 0 {
		return append(out, v), n
	}
	return append(out, '\\'), 0
}

// dashExpand appends s with its escapes, as in %b and echo: \0 goes before
// the octal digits, and \c ends everything.
func dashExpand(out []byte, s string) (b []byte, stop bool) {
	for {
		i := strings.IndexByte(s, '\\')
		if i < 0 {
			return append(out, s...), false
		}
		out = append(out, s[:i]...)
		s = s[i+1:]
		if s != "" && s[0] == 'c' {
			return out, true
		}
		if len(s) > 1 && s[0] == '0' && isOctal(s[1]) {
			s = s[1:]
		}
		var n int
		out, n = dashEscape(out, s)
		s = s[n:]
	}
}

func isOctal(c byte) bool { return '0' <= c && c <= '7' }

// octal reads up to most octal digits; the value is cut to a byte.
func octal(s string, most int) (v byte, n int) {
	x := 0
	for n < most && n < len(s) && isOctal(s[n]) {
		x = x*8 + int(s[n]-'0')
		n++
	}
	return byte(x), n
}

// place is where a sequence stands: bash reads some of them differently.
type place int

const (
	inFormat place = iota
	inArgument
	inEcho
)

// bashEscape is [dashEscape] for bash, without \c.
func bashEscape(out []byte, s string, where place) ([]byte, int) {
	if s == "" {
		return append(out, '\\'), 0
	}
	if c, ok := simple(s[0]); ok {
		return append(out, c), 1
	}
	switch c := s[0]; c {
	case 'E':
		return append(out, 0x1b), 1
	case '"', '\'', '?':
		if where == inFormat {
			return append(out, c), 1
		}
	case '0', '1', '2', '3', '4', '5', '6', '7':
		if where == inEcho && c != '0' {
			break
		}
		most := 3
		if where != inFormat && c == '0' {
			most = 4
		}
		v, n := octal(s, most)
		return append(out, v), n
	case 'x':
		n := hexDigits(s[1:], 2)
		if n == 0 {
			break
		}
		v, _ := strconv.ParseUint(s[1:1+n], 16, 8)
		return append(out, byte(v)), 1 + n
	case 'u', 'U':
		most := 4
		if c == 'U' {
			most = 8
		}
		n := hexDigits(s[1:], most)
		if n == 0 {
			break
		}
		v, _ := strconv.ParseUint(s[1:1+n], 16, 32)
		return appendUnicode(out, v), 1 + n
	}
	return append(out, '\\'), 0
}

// appendUnicode is a character in the C locale: what is not ASCII stays an
// escape sequence.
func appendUnicode(out []byte, v uint64) []byte {
	if v < 0x80 {
		return append(out, byte(v))
	}
	h := strconv.FormatUint(v, 16)
	lead, size := "\\u", 4
	if v > 0xffff {
		lead, size = "\\U", 8
	}
	out = append(out, lead...)
	for i := len(h); i < size; i++ {
		out = append(out, '0')
	}
	return append(out, strings.ToUpper(h)...)
}

func hexDigits(s string, most int) (n int) {
	for n < most && n < len(s) && isHex(s[n]) {
		n++
	}
	return n
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

// warnDigits complains about \x and \u without digits, as bash's printf does.
func (p *printer) warnDigits(s string) {
	if s == "" || hexDigits(s[1:], 1) > 0 {
		return
	}
	switch s[0] {
	case 'x':
		p.errf("missing hex digit for \\x")
	case 'u', 'U':
		p.errf("missing unicode digit for \\" + s[:1])
	}
}

// bashExpand is s with its escapes, where \c ends everything. warn, if not
// nil, is shown each sequence.
func bashExpand(s string, where place, warn func(string)) (out []byte, stop bool) {
	for {
		i := strings.IndexByte(s, '\\')
		if i < 0 {
			return append(out, s...), false
		}
		out = append(out, s[:i]...)
		s = s[i+1:]
		if s != "" && s[0] == 'c' {
			return out, true
		}
		if warn != nil {
			warn(s)
		}
		var n int
		out, n = bashEscape(out, s, where)
		s = s[n:]
	}
}

// Quote is s as bash's %q writes it: so that a shell reads it back.
func Quote(s string) string {
	if s == "" {
		return "''"
	}
	for i := 0; i < len(s); i++ {
		if s[i] < ' ' || s[i] >= 0x7f {
			return ansiQuote(s)
		}
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch c := s[i]; c {
		case ' ', '!', '"', '$', '&', '\'', '(', ')', '*', ',', ';', '<', '>', '?', '[', '\\', ']', '^', '`', '{', '|', '}':
			b.WriteByte('\\')
		case '#', '~':
			if i == 0 || c == '~' && (s[i-1] == ':' || s[i-1] == '=') {
				b.WriteByte('\\')
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// ansiQuote is $'…'.
func ansiQuote(s string) string {
	var b strings.Builder
	b.WriteString("$'")
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch c {
		case 0x1b:
			b.WriteString(`\E`)
			continue
		case '\'', '\\':
			b.WriteByte('\\')
			b.WriteByte(c)
			continue
		}
		if at := strings.IndexByte("\a\b\f\n\r\t\v", c); at >= 0 {
			b.WriteByte('\\')
			b.WriteByte("abfnrtv"[at])
			continue
		}
		if c < ' ' || c >= 0x7f {
			b.WriteByte('\\')
			b.WriteByte('0' + c>>6)
			b.WriteByte('0' + c>>3&7)
			b.WriteByte('0' + c&7)
			continue
		}
		b.WriteByte(c)
	}
	b.WriteByte('\'')
	return b.String()
}
