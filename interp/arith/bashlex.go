package arith

// next reads bash's next token.
func (e *bash) next() {
	if e.err != nil {
		return
	}
	e.prev = e.tok
	t := e.text
	for e.pos < len(t) && isSpace(t[e.pos]) {
		e.pos++
	}
	if e.pos >= len(t) {
		e.tok, e.start = tokEnd, e.pos
		return
	}
	e.start, e.last = e.pos, e.pos
	c := t[e.pos]
	switch {
	case nameStart(c):
		e.readName()
		return
	case '0' <= c && c <= '9':
		e.readNumber()
		return
	case c == ',':
		e.tok = tokComma
		e.pos++
		return
	case c == '*' && e.at(1) == '*':
		e.tok = tokPower
		e.pos += 2
		return
	case (c == '+' || c == '-') && e.at(1) == c && e.increments():
		e.tok = tokIncr
		if c == '-' {
			e.tok = tokDecr
		}
		e.pos += 2
		return
	}
	tok, n := operator(t[e.pos:])
	e.tok = tok
	e.pos += n
	if tok == tokBad && (e.prev == tokNum || e.prev == tokName || e.prev == tokRParen) {
		e.fail("syntax error: invalid arithmetic operator")
	}
}

func (e *bash) at(n int) byte {
	if e.pos+n < len(e.text) {
		return e.text[e.pos+n]
	}
	return 0
}

// increments tells whether two signs are ++ or --: after a name, or before
// one. Anywhere else they are two signs.
func (e *bash) increments() bool {
	if e.prev == tokName {
		return true
	}
	i := e.pos + 2
	for i < len(e.text) && isSpace(e.text[i]) {
		i++
	}
	return i < len(e.text) && nameStart(e.text[i])
}

// readName reads a name, with its subscript if there is one.
func (e *bash) readName() {
	t := e.text
	i := e.pos
	for i < len(t) && nameByte(t[i]) {
		i++
	}
	if i < len(t) && t[i] == '[' {
		depth := 0
		j := i
		for ; j < len(t); j++ {
			if t[j] == '[' {
				depth++
			} else if t[j] == ']' {
				if depth--; depth == 0 {
					break
				}
			}
		}
		if j == len(t) {
			e.last = i
			e.failWith(&Error{t[e.pos:] + ": bad array subscript"})
			return
		}
		i = j + 1
	}
	e.tok, e.name = tokName, t[e.pos:i]
	e.pos = i
}

// readNumber reads a constant: decimal, 0octal, 0xhexadecimal or base#digits.
// It wraps around where it is too large.
func (e *bash) readNumber() {
	t := e.text
	end := e.pos
	for end < len(t) && (nameByte(t[end]) || t[end] == '#' || t[end] == '@') {
		end++
	}
	word := t[e.pos:end]
	n, problem := bashConstant(word)
	if problem != "" {
		// bash cuts the text off behind the number when it complains.
		e.text = t[:end]
		e.fail(problem)
		return
	}
	e.tok, e.num = tokNum, n
	e.pos = end
}

func bashConstant(s string) (n int64, problem string) {
	base := int64(10)
	i := 0
	if s[0] == '0' && len(s) > 1 {
		base, i = 8, 1
		if s[1] == 'x' || s[1] == 'X' {
			base, i = 16, 2
		}
	}
	explicit := false
	for ; i < len(s); i++ {
		c := s[i]
		if c == '#' {
			if explicit || s[0] == '0' {
				return 0, "invalid number"
			}
			if n < 2 || n > 64 {
				return 0, "invalid arithmetic base"
			}
			base, n, explicit = n, 0, true
			if i+1 == len(s) {
				return 0, "invalid integer constant"
			}
			continue
		}
		d := bashDigit(c, base)
		if d >= base {
			return 0, "value too great for base"
		}
		n = n*base + d
	}
	return n, ""
}

// bashDigit: up to base 36 letters of both cases are the same.
func bashDigit(c byte, base int64) int64 {
	switch {
	case '0' <= c && c <= '9':
		return int64(c - '0')
	case 'a' <= c && c <= 'z':
		return int64(c-'a') + 10
	case 'A' <= c && c <= 'Z':
		if base <= 36 {
			return int64(c-'A') + 10
		}
		return int64(c-'A') + 36
	case c == '@':
		return 62
	case c == '_':
		return 63
	}
	return 1 << 62
}
