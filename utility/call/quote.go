package call

import "strings"

// Quote puts a name in quotes as GNU's utilities do in a message (gnulib's
// shell-escape-always style in the C locale): 'a', "it's", with $'\n' and the
// like for what a terminal could not show.
func Quote(s string) string {
	if !needsEscape(s) {
		return "'" + s + "'"
	}
	if strings.IndexByte(s, '\'') >= 0 && doubleQuotable(s) {
		return `"` + s + `"`
	}
	var b strings.Builder
	b.WriteByte('\'')
	dollar := false // inside $'…', where escapes are understood
	for i := 0; i < len(s); i++ {
		ch := s[i]
		esc := ch < ' ' || ch >= 0x7f
		if esc && !dollar {
			b.WriteString("'$'")
		}
		if !esc && dollar && ch != '\'' {
			b.WriteString("''")
		}
		dollar = esc
		switch {
		case ch == '\'':
			b.WriteString(`'\''`)
		case esc:
			writeEscape(&b, ch)
		default:
			b.WriteByte(ch)
		}
	}
	b.WriteByte('\'')
	return b.String()
}

// QuoteName quotes a name only where a shell would need it (gnulib's
// shell-escape style with a colon counted in), as messages do that begin
// with the name: "cat: a: No such file or directory".
func QuoteName(s string) string {
	if s == "" || s == "{" || s == "}" || s[0] == '#' || s[0] == '~' {
		return Quote(s)
	}
	for i := 0; i < len(s); i++ {
		if s[i] < ' ' || s[i] >= 0x7f || strings.IndexByte(" !\"$&'()*;<=>?[\\^`|:", s[i]) >= 0 {
			return Quote(s)
		}
	}
	return s
}

// QuoteArg quotes an argument that is not a file's name, as gnulib's locale
// style does in the C locale: 'a\'b\n'.
func QuoteArg(s string) string {
	var b strings.Builder
	b.WriteByte('\'')
	for i := 0; i < len(s); i++ {
		switch ch := s[i]; {
		case ch == '\'' || ch == '\\':
			b.WriteByte('\\')
			b.WriteByte(ch)
		case ch < ' ' || ch >= 0x7f:
			writeEscape(&b, ch)
		default:
			b.WriteByte(ch)
		}
	}
	b.WriteByte('\'')
	return b.String()
}

func needsEscape(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < ' ' || s[i] >= 0x7f || s[i] == '\'' {
			return true
		}
	}
	return false
}

// doubleQuotable tells whether a name means the same in double quotes to a C
// compiler and to a shell, so that GNU prefers those.
func doubleQuotable(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < ' ' || s[i] >= 0x7f || strings.IndexByte("!\"$&()*;<=>?@[\\^`|", s[i]) >= 0 {
			return false
		}
		if i > 0 && (s[i] == '#' || s[i] == '~') || s[i] == '{' || s[i] == '}' {
			return false
		}
	}
	return true
}

func writeEscape(b *strings.Builder, ch byte) {
	b.WriteByte('\\')
	if i := strings.IndexByte("\a\b\t\n\v\f\r", ch); i >= 0 {
		b.WriteByte("abtnvfr"[i])
		return
	}
	b.WriteByte('0' + ch>>6)
	b.WriteByte('0' + ch>>3&7)
	b.WriteByte('0' + ch&7)
}
