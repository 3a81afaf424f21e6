package interp

import (
	"strconv"
	"strings"
	"time"
)

func secondsOf(n int64) time.Duration { return time.Duration(n) * time.Second }

// needsQuotes tells whether a word has a character that means something to
// the shell (sh_contains_shell_metas).
func needsQuotes(s string) bool {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; c {
		case ' ', '\t', '\n', '\'', '"', '\\', '|', '&', ';', '(', ')', '<', '>', '!', '{', '}', '*', '[', ']', '?', '^', '$', '`':
			return true
		case '~':
			if i == 0 || s[i-1] == '=' || s[i-1] == ':' {
				return true
			}
		case '#':
			if i == 0 {
				return true
			}
		}
	}
	return false
}

// needsEscapes tells whether a word has bytes that only $'…' can show.
func needsEscapes(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < ' ' || s[i] >= 127 {
			return true
		}
	}
	return false
}

// bashQuote is a word as set -x and set show it: quoted only where it must be.
func bashQuote(s string) string {
	switch {
	case s == "":
		return ""
	case needsEscapes(s):
		return ansiQuote(s)
	case needsQuotes(s):
		return singleQuote(s)
	}
	return s
}

// singleQuote is a word in single quotes; one within stands outside of them.
func singleQuote(s string) string {
	if s == "'" {
		return `\'`
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

// doubleQuote is a value as declare -p shows it.
func doubleQuote(s string) string {
	if needsEscapes(s) {
		return ansiQuote(s)
	}
	var b strings.Builder
	b.WriteByte('"')
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '"', '$', '\\', '`':
			b.WriteByte('\\')
		}
		b.WriteByte(s[i])
	}
	b.WriteByte('"')
	return b.String()
}

// ansiQuote is a value as $'…'.
func ansiQuote(s string) string {
	b := []byte("$'")
	for i := 0; i < len(s); i++ {
		switch c := s[i]; c {
		case 27:
			b = append(b, `\E`...)
		case 7:
			b = append(b, `\a`...)
		case 8:
			b = append(b, `\b`...)
		case 9:
			b = append(b, `\t`...)
		case 10:
			b = append(b, `\n`...)
		case 11:
			b = append(b, `\v`...)
		case 12:
			b = append(b, `\f`...)
		case 13:
			b = append(b, `\r`...)
		case '\\', '\'':
			b = append(b, '\\', c)
		default:
			if c < ' ' || c >= 127 {
				b = append(b, '\\')
				oct := strconv.FormatUint(uint64(c)+512, 8)
				b = append(b, oct[len(oct)-3:]...)
				continue
			}
			b = append(b, c)
		}
	}
	return string(append(b, '\''))
}

// quoteTransform is ${name@Q}.
func quoteTransform(s string) string {
	if needsEscapes(s) {
		return ansiQuote(s)
	}
	if s == "" {
		return "''"
	}
	return singleQuote(s)
}
