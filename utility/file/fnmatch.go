package file

import "strings"

// fnmatch matches a name against a pattern as fnmatch(3) does without flags:
// * and ? match slashes and leading dots too. fold ignores the case of ASCII.
func fnmatch(pattern, name string, fold bool) bool {
	if fold {
		pattern, name = strings.ToLower(pattern), strings.ToLower(name)
	}
	// star and at are where to go on after the last *, if what follows it
	// does not match.
	star, at := -1, 0
	p, n := 0, 0
	for n < len(name) {
		if p < len(pattern) && pattern[p] == '*' {
			star, at = p, n
			p++
			continue
		}
		if k, ok := matchOne(pattern[p:], name[n]); ok {
			p += k
			n++
			continue
		}
		if star < 0 {
			return false
		}
		at++
		p, n = star+1, at
	}
	for p < len(pattern) && pattern[p] == '*' {
		p++
	}
	return p == len(pattern)
}

// matchOne matches one character against the head of a pattern, and tells how
// much of the pattern that took.
func matchOne(p string, ch byte) (n int, ok bool) {
	if p == "" {
		return 0, false
	}
	switch p[0] {
	case '?':
		return 1, true
	case '[':
		if n, ok, valid := matchClass(p, ch); valid {
			return n, ok
		}
	case '\\':
		if len(p) > 1 {
			return 2, p[1] == ch
		}
		return 0, false
	}
	return 1, p[0] == ch
}

// matchClass matches against a bracket expression. valid is false where the
// bracket is never closed, and stands for itself.
func matchClass(p string, ch byte) (n int, ok, valid bool) {
	i := 1
	not := i < len(p) && (p[i] == '!' || p[i] == '^')
	if not {
		i++
	}
	for first := true; ; first = false {
		if i >= len(p) {
			return 0, false, false
		}
		if p[i] == ']' && !first {
			return i + 1, ok != not, true
		}
		if strings.HasPrefix(p[i:], "[:") {
			if end := strings.Index(p[i:], ":]"); end > 0 {
				ok = ok || inClass(p[i+2:i+end], ch)
				i += end + 2
				continue
			}
		}
		if p[i] == '\\' && i+1 < len(p) {
			i++
		}
		lo, hi := p[i], p[i]
		i++
		if i+1 < len(p) && p[i] == '-' && p[i+1] != ']' {
			i++
			if p[i] == '\\' && i+1 < len(p) {
				i++
			}
			hi = p[i]
			i++
		}
		ok = ok || lo <= ch && ch <= hi
	}
}

// inClass tells whether a character is in a class such as [:digit:].
func inClass(class string, ch byte) bool {
	lower, upper, digit := ch >= 'a' && ch <= 'z', ch >= 'A' && ch <= 'Z', ch >= '0' && ch <= '9'
	switch class {
	case "alpha":
		return lower || upper
	case "digit":
		return digit
	case "alnum":
		return lower || upper || digit
	case "lower":
		return lower
	case "upper":
		return upper
	case "space":
		return isSpace(ch)
	case "blank":
		return ch == ' ' || ch == '\t'
	case "punct":
		return ch > ' ' && ch < 0x7f && !lower && !upper && !digit
	case "print":
		return ch >= ' ' && ch < 0x7f
	case "graph":
		return ch > ' ' && ch < 0x7f
	case "cntrl":
		return ch < ' ' || ch == 0x7f
	case "xdigit":
		return digit || ch >= 'a' && ch <= 'f' || ch >= 'A' && ch <= 'F'
	}
	return false
}
