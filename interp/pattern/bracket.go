package pattern

import (
	"strings"
	"unicode/utf8"
)

// bracket matches c against the bracket expression of t whose first byte
// after "[" is at i. end is where the pattern goes on, or -1 if there is no
// closing bracket.
func (p Pattern) bracket(t string, i int, c byte) (ok bool, end int) {
	if !p.opts.Bash {
		return dashBracket(t, i, c)
	}
	return bashBracket(t, i, rune(c), false, p.opts.Fold)
}

// dashBracket is dash's: only "!" inverts, a class may stand among the rest,
// bytes are signed (as on x86), and "-]" ends no range.
func dashBracket(t string, i int, ch byte) (ok bool, end int) {
	found, invert := false, false
	if i < len(t) && t[i] == '!' {
		invert = true
		i++
	}
	for first := true; ; first = false {
		if i >= len(t) {
			return false, -1
		}
		c := t[i]
		i++
		switch {
		case c == ']' && !first:
			return found != invert, i
		case c == '[':
			if n, in := dashClass(t[i:], ch); n > 0 {
				i += n
				found = found || in
				continue
			}
		case c == '\\':
			if i >= len(t) {
				return false, -1
			}
			c = t[i]
			i++
		}
		if i+1 < len(t) && t[i] == '-' && t[i+1] != ']' {
			i++
			if t[i] == '\\' {
				if i++; i == len(t) {
					return false, -1
				}
			}
			if int8(ch) >= int8(c) && int8(ch) <= int8(t[i]) {
				found = true
			}
			i++
		} else if ch == c {
			found = true
		}
	}
}

// dashClass reads ":name:]" at the start of t: n is its length, or 0 where
// it is not the name of a class.
func dashClass(t string, ch byte) (n int, in bool) {
	if t == "" || t[0] != ':' {
		return 0, false
	}
	e := strings.IndexByte(t[1:], ':')
	if e < 0 || e+2 >= len(t) || t[e+2] != ']' {
		return 0, false
	}
	in, known := class(t[1:e+1], rune(ch))
	if !known {
		return 0, false
	}
	return e + 3, in
}

// class tells whether c is in a character class of the C locale.
func class(name string, c rune) (in, known bool) {
	up, low, digit := 'A' <= c && c <= 'Z', 'a' <= c && c <= 'z', '0' <= c && c <= '9'
	graph := '!' <= c && c <= '~'
	switch name {
	case "alnum":
		return up || low || digit, true
	case "alpha":
		return up || low, true
	case "blank":
		return c == ' ' || c == '\t', true
	case "cntrl":
		return c < ' ' || c == 0x7f, true
	case "digit":
		return digit, true
	case "graph":
		return graph, true
	case "lower":
		return low, true
	case "print":
		return graph || c == ' ', true
	case "punct":
		return graph && !up && !low && !digit, true
	case "space":
		return c == ' ' || '\t' <= c && c <= '\r', true
	case "upper":
		return up, true
	case "xdigit":
		return digit || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F', true
	}
	return false, false
}

// bashBracket is bash's, in the C locale's order. wide makes the pattern's
// text characters of UTF-8; otherwise they are bytes. fold takes no notice of
// case, except in classes.
func bashBracket(t string, i int, ch rune, wide, fold bool) (ok bool, end int) {
	found, invert := false, false
	if i < len(t) && (t[i] == '!' || t[i] == '^') {
		invert = true
		i++
	}
	for first := true; ; first = false {
		if i >= len(t) {
			return false, -1
		}
		if t[i] == ']' && !first {
			return found != invert, i + 1
		}
		if t[i] == '[' && i+1 < len(t) && (t[i+1] == ':' || t[i+1] == '=') {
			if n, in := bashClass(t[i:], ch, wide); n > 0 {
				i += n
				found = found || in
				continue
			}
		}
		lo, next := bashElement(t, i, wide)
		if next < 0 {
			return false, -1
		}
		i = next
		hi := lo
		if i+1 < len(t) && t[i] == '-' && t[i+1] != ']' {
			if hi, next = bashElement(t, i+1, wide); next < 0 {
				return false, -1
			}
			i = next
		}
		if fold && lowerRune(lo) <= lowerRune(ch) && lowerRune(ch) <= lowerRune(hi) || lo <= ch && ch <= hi && !fold {
			found = true
		}
	}
}

func lowerRune(c rune) rune {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

// bashElement reads one end of a range: a character, one behind a backslash,
// or a collating symbol.
func bashElement(t string, i int, wide bool) (c rune, next int) {
	if t[i] == '\\' {
		if i++; i == len(t) {
			return 0, -1
		}
	} else if strings.HasPrefix(t[i:], "[.") {
		if e := strings.Index(t[i+2:], ".]"); e > 0 {
			next = i + 2 + e + 2
			if c, n := decode(t[i+2:], wide); n == e {
				return c, next
			}
			// A name of more than one character is in no order here.
			return -1, next
		}
	}
	c, n := decode(t[i:], wide)
	return c, i + n
}

// bashClass reads "[:name:]" or "[=c=]" at the start of t. A class that does
// not exist has no members.
func bashClass(t string, ch rune, wide bool) (n int, in bool) {
	mark := t[1]
	e := strings.Index(t[2:], string([]byte{mark, ']'}))
	if e < 0 {
		return 0, false
	}
	name := t[2 : 2+e]
	if mark == ':' {
		in, _ = class(name, ch)
		return e + 4, in
	}
	if name == "" {
		return 0, false
	}
	c, size := decode(name, wide)
	return e + 4, size == len(name) && c == ch
}

// decode is the first character of s and its length. A byte that begins no
// UTF-8 character is one of its own, equal to no other.
func decode(s string, wide bool) (rune, int) {
	if !wide || s[0] < utf8.RuneSelf {
		return rune(s[0]), 1
	}
	r, n := utf8.DecodeRuneInString(s)
	if r == utf8.RuneError && n <= 1 {
		return utf8.MaxRune + 1 + rune(s[0]), 1
	}
	return r, n
}
