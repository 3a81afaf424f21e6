package parse

import "sysv/interp/ast"

// readWord reads a word, or a redirection operator, which starts with c; or
// with doc the body of a here-document. The word is in p.word.
func (p *Parser) readWord(c int, syn *syntax, doc *hereDoc) token {
	line := p.line
	if doc == nil {
		if p.readPlain(line) {
			return tWord
		}
	}
	r := wordReader{
		Parser: p, doc: doc, startLine: line, savedBase: p.wordBase,
		synBase: len(p.syn), start: p.pos - 1, from: p.origin,
	}
	p.wordBase = len(p.parts)
	p.syn = append(p.syn, synState{syn: syn, double: syn == &quoteSyntax})
	c = r.run(c)
	return r.finish(c)
}

// readPlain reads a word that is only plain characters and is followed by a
// character that ends it; if it is not that, it reads nothing.
func (p *Parser) readPlain(line int) bool {
	if p.pos <= p.low {
		return false
	}
	start, i := p.pos-1, p.pos-1
	for i < p.end && baseSyntax[int(p.buf[i])+1] == cWord {
		i++
	}
	if i == start || i >= p.end {
		return false
	}
	switch p.buf[i] {
	case ' ', '\n', '\t', ';', ')', '(', '|', '&':
	default:
		return false
	}
	p.pos = i
	w := p.nodes.plain.next()
	w.lit.Text = p.buf[start:i]
	w.parts[0] = &w.lit
	w.word = ast.Word{Line: line, At: p.span(start, i), Parts: w.parts[:]}
	p.word, p.quoted = &w.word, false
	return true
}

// wordReader is one run of readWord.
type wordReader struct {
	*Parser
	doc       *hereDoc // nil for a word
	startLine int
	quotes    int // quotes and backslashes seen
	savedBase int
	synBase   int
	// start is where the word begins in buf, and from the origin of that.
	start, from int
}

func (r *wordReader) top() *synState { return &r.syn[len(r.syn)-1] }

// literal tells whether text that stands here is quoted.
func (s *synState) literal() bool { return s.syn != &baseSyntax }

// getcTop reads a character as the syntax at this place has it: in single
// quotes a backslash does not join lines.
func (r *wordReader) getcTop() int {
	if r.top().syn == &singleSyntax {
		return r.getc()
	}
	return r.getcJoin()
}

// run reads to the end of the word and gives the character that ended it.
func (r *wordReader) run(c int) int {
	c = r.checkEnd(c)
	for {
		s := r.top()
		class := s.syn.of(c)
		switch class {
		case cWord:
			r.plain(c, s)
		case cNewline:
			if s.syn == &baseSyntax && s.vars == 0 {
				return c
			}
			r.addByte(c, s.literal())
			r.line++
			c = r.checkEnd(r.getcTop())
			continue
		case cBack:
			r.backslash(s)
		case cSingle:
			r.openQuote(s, &singleSyntax)
		case cDouble:
			r.openQuote(s, &quoteSyntax)
			s.double = true
			if s.vars > 0 {
				s.innerQuote = !s.innerQuote
			}
		case cEnd:
			r.closeQuote(c, s)
		case cDollar:
			r.dollar()
		case cBrace:
			r.closeBrace(c, s)
		case cLeft:
			s.parens++
			r.addByte(c, true)
		case cRight:
			r.closeParen(c, s)
		case cBackq:
			if r.kwd&checkEOFMark != 0 {
				r.addByte(c, s.literal())
			} else {
				r.backquote()
			}
		case cEOF:
			return c
		default: // cSpecial
			if s.vars == 0 {
				return c
			}
			r.addByte(c, s.literal())
		}
		c = r.getcTop()
	}
}

// plain adds c and the plain characters that follow it.
func (r *wordReader) plain(c int, s *synState) {
	p := r.Parser
	if p.pos <= p.low {
		p.addByte(c, s.literal())
		return
	}
	i := p.pos
	syn := s.syn
	for i < p.end && syn[int(p.buf[i])+1] == cWord {
		i++
	}
	p.addRun(p.pos-1, i, s.literal())
	p.pos = i
}

// backslash reads the character that a backslash quotes. In double quotes a
// backslash that quotes nothing is a backslash.
func (r *wordReader) backslash(s *synState) {
	c := r.getc()
	if c == eof {
		r.addChar('\\', true)
		return
	}
	if s.double && keepsBackslash(c, s.vars > 0, r.doc != nil) {
		r.addChar('\\', true)
	}
	r.addByte(c, true)
	r.quotes++
}

// keepsBackslash tells whether the backslash before c, in double quotes or a
// here-document, is one itself. braces: inside ${…}.
func keepsBackslash(c int, braces, doc bool) bool {
	switch c {
	case '\\', '`', '$':
		return false
	case '"':
		return doc && !braces
	case '}':
		return !braces
	}
	return true
}

func (r *wordReader) openQuote(s *synState, syn *syntax) {
	s.syn = syn
	if !r.lit.empty() && !r.lit.quoted {
		r.flush()
	}
	s.opened = len(r.parts)
}

func (r *wordReader) closeQuote(c int, s *synState) {
	if r.doc != nil && s.vars == 0 {
		r.addByte(c, true)
		return
	}
	r.quotes++
	if s.quotedVars == 0 {
		s.syn = &baseSyntax
		s.double = false
		if r.lit.empty() && len(r.parts) == s.opened {
			r.addLit("", true)
		}
	}
	if c == '"' && s.vars > 0 {
		s.innerQuote = !s.innerQuote
	}
}

func (r *wordReader) closeBrace(c int, s *synState) {
	if s.innerQuote || s.vars == 0 {
		r.addByte(c, s.literal())
		return
	}
	s.vars--
	if s.vars == 0 && s.pushed {
		r.syn = r.syn[:len(r.syn)-1]
	} else if s.quotedVars > 0 {
		s.quotedVars--
	}
	r.endParam()
}

// closeParen is a ) in arithmetic: two of them end it. One alone, without
// its parenthesis, is text, and the evaluator's to refuse.
func (r *wordReader) closeParen(c int, s *synState) {
	if s.parens > 0 {
		s.parens--
		r.addByte(c, true)
		return
	}
	r.addByte(c, true)
	next := r.getcJoin()
	if next != ')' {
		r.unget(next)
		return
	}
	r.dropLast()
	r.syn = r.syn[:len(r.syn)-1]
	r.endArith()
}

// dropLast takes back the byte that was added last.
func (p *Parser) dropLast() {
	l := &p.lit
	if l.end > l.start {
		l.end--
		return
	}
	l.tmp = l.tmp[:len(l.tmp)-1]
}

// finish ends the word, whose end was c.
func (r *wordReader) finish(c int) token {
	p := r.Parser
	s := r.top()
	switch {
	case s.syn == &arithSyntax:
		p.fail("Missing '))'")
	case s.syn != &baseSyntax && r.doc == nil:
		p.fail("Unterminated quoted string")
	case s.vars != 0:
		p.fail("Missing '}'")
	}
	p.syn = p.syn[:r.synBase]
	base := p.wordBase
	p.wordBase = r.savedBase
	if r.doc != nil {
		p.flushAt(base)
		p.word, p.quoted = p.closeWord(base, r.startLine), true
		return tWord
	}
	if (c == '<' || c == '>') && r.quotes == 0 && len(p.parts) == base && p.lit.end-p.lit.start+len(p.lit.tmp) <= 1 {
		if fd, ok := p.takeFd(); ok {
			start := p.pos - 1
			if fd >= 0 {
				start--
			}
			p.readRedir(c, fd)
			p.redir.At = p.span(start, p.pos)
			return tRedir
		}
	}
	p.unget(c)
	p.flushAt(base)
	p.word, p.quoted = p.closeWord(base, r.startLine), r.quotes > 0
	if r.from == p.origin {
		p.word.At = p.span(r.start, p.pos)
	}
	return tWord
}

// flushAt is flush for a word whose parts begin at base.
func (p *Parser) flushAt(base int) {
	saved := p.wordBase
	p.wordBase = base
	p.flush()
	p.wordBase = saved
}

// takeFd gives the descriptor that stands before a redirection operator, -1
// for none, if what was read so far is that.
func (p *Parser) takeFd() (int, bool) {
	if p.lit.empty() {
		return -1, true
	}
	p.spill()
	c := int(p.lit.tmp[0])
	if !isDigit(c) {
		return 0, false
	}
	p.lit.tmp = p.lit.tmp[:0]
	return c - '0', true
}
