package parse

import (
	"strings"

	"sysv/interp/ast"
)

// dollar reads what comes after a $.
func (r *wordReader) dollar() {
	p := r.Parser
	start := p.pos - 1
	c := p.getcJoin()
	if p.kwd&checkEOFMark != 0 || c != '(' && c != '{' && !isNameStart(c) && !isSpecial(c) {
		p.unget(c)
		p.addDollar(start, r.top().literal())
		return
	}
	if c != '(' {
		r.param(c, start)
		return
	}
	if c = p.getcJoin(); c != '(' {
		p.unget(c)
		r.parenthesis(start)
		return
	}
	p.flush()
	p.deeper()
	arith := &ast.Arith{Line: p.line, Quoted: r.top().literal()}
	p.frames = append(p.frames, frame{arith: arith, base: len(p.parts)})
	p.syn = append(p.syn, synState{syn: &arithSyntax, double: true})
}

// addDollar adds a $ that stands for itself; it was read at start.
func (p *Parser) addDollar(start int, quoted bool) {
	if start >= p.low && start < len(p.buf) && p.buf[start] == '$' {
		p.addRun(start, start+1, quoted)
		return
	}
	p.addChar('$', quoted)
}

// endArith is the end of $((…)).
func (r *wordReader) endArith() {
	p := r.Parser
	p.flush()
	f := p.frames[len(p.frames)-1]
	p.frames = p.frames[:len(p.frames)-1]
	p.depth--
	f.arith.Expr = p.closeWord(f.base, f.arith.Line)
	p.parts = append(p.parts, f.arith)
}

// param reads a parameter expansion up to its operator; c is what follows the
// dollar sign, which is at start.
func (r *wordReader) param(c, start int) {
	p := r.Parser
	p.flush()
	s := r.top()
	param := p.nodes.params.next()
	param.Line, param.Quoted = p.line, s.literal()
	gen := p.gen
	if c != '{' {
		r.plainParam(c, param)
		param.At = p.span(start, p.pos)
		p.parts = append(p.parts, param)
		return
	}
	h := paramHead{p: p, param: param}
	h.read()
	param.At = p.span(start, p.pos)
	if h.closed && !h.bad {
		p.parts = append(p.parts, param)
		return
	}
	r.openParam(frame{param: param, base: len(p.parts), bad: h.bad, start: start, gen: gen}, h.pattern)
}

// plainParam reads $name or $1.
func (r *wordReader) plainParam(c int, param *ast.Param) {
	if isNameStart(c) {
		param.Name = r.readName(c)
		return
	}
	param.Name = byteString(c)
}

// readName reads a name, of which c is the first character. What ends it is
// put back.
func (p *Parser) readName(c int) string {
	// Most names are in one piece in the buffer.
	if p.pos > p.low {
		i := p.pos
		for i < p.end && isNameChar(int(p.buf[i])) {
			i++
		}
		if i < p.end && p.buf[i] != '\\' {
			name := p.buf[p.pos-1 : i]
			p.pos = i
			return name
		}
	}
	var name strings.Builder
	for isNameChar(c) {
		name.WriteByte(byte(c))
		c = p.getcJoin()
	}
	p.unget(c)
	return name.String()
}

// paramHead reads ${name and the operator.
type paramHead struct {
	p       *Parser
	param   *ast.Param
	bad     bool // no such operator or parameter
	closed  bool // the } has been read
	pattern bool // what follows is a pattern, read as outside quotes
}

func (h *paramHead) read() {
	p := h.p
	c := p.getcJoin()
	length := false
	switch {
	case isNameStart(c) || isDigit(c):
		h.param.Name = h.readNameOrNumber(c)
		c = p.getcJoin()
	case c == '}':
		h.bad = true
	default:
		c, length = h.special(c)
	}
	switch {
	case h.bad:
		p.unget(c)
	case length:
		p.unget(c)
		h.param.Op = ast.ParamLength
		h.bad = c != '}'
	default:
		h.operator(c)
	}
}

// special reads a parameter that is neither a name nor a number, or the # of
// a length and its parameter; it tells if it was the latter. next is the
// character after it.
func (h *paramHead) special(c int) (next int, length bool) {
	p := h.p
	next = p.getcJoin()
	if c != '#' {
		h.bad = !isSpecial(c)
		h.param.Name = byteString(c)
		return next, false
	}
	if isNameStart(next) || isDigit(next) {
		h.param.Name = h.readNameOrNumber(next)
		return p.getcJoin(), true
	}
	// ${#-} is the length of $-, but ${#-x} is $# with a default, and ${#}
	// is $#.
	after := p.getcJoin()
	if next == '}' || after != '}' {
		p.unget(after)
		h.param.Name = "#"
		return next, false
	}
	h.bad = !isSpecial(next)
	h.param.Name = byteString(next)
	return after, true
}

func (h *paramHead) readNameOrNumber(c int) string {
	if isNameStart(c) {
		return h.p.readName(c)
	}
	var number strings.Builder
	for isDigit(c) {
		number.WriteByte(byte(c))
		c = h.p.getcJoin()
	}
	h.p.unget(c)
	return number.String()
}

// operator reads the operator, of which c is the first character. dash drops
// a character that is none, whatever it is.
func (h *paramHead) operator(c int) {
	p := h.p
	param := h.param
	switch c {
	case '%', '#':
		param.Op = ast.ParamTrimSuffix
		if c == '#' {
			param.Op = ast.ParamTrimPrefix
		}
		if next := p.getcJoin(); next == c {
			param.Op++
		} else {
			p.unget(next)
		}
		h.pattern = true
		return
	case ':':
		param.Colon = true
		c = p.getcJoin()
	}
	switch c {
	case '}':
		// dash takes ${x:} for the beginning of ${x:}word}.
		h.closed = !param.Colon
	case '-':
		param.Op = ast.ParamDefault
	case '+':
		param.Op = ast.ParamAlt
	case '?':
		param.Op = ast.ParamError
	case '=':
		param.Op = ast.ParamAssign
	default:
		h.bad = true
	}
}

// openParam begins the word of ${name…word}.
func (r *wordReader) openParam(f frame, pattern bool) {
	p := r.Parser
	p.deeper()
	p.frames = append(p.frames, f)
	s := r.top()
	syn := s.syn
	if pattern {
		syn = &baseSyntax
	}
	if syn == &arithSyntax {
		syn = &quoteSyntax
	}
	if syn != s.syn || s.innerQuote {
		p.syn = append(p.syn, synState{syn: syn, pushed: true, double: syn != &baseSyntax})
		s = r.top()
	}
	s.vars++
	if s.double {
		s.quotedVars++
	}
}

// endParam is the } of ${name…word}.
func (r *wordReader) endParam() {
	p := r.Parser
	p.flush()
	f := p.frames[len(p.frames)-1]
	p.frames = p.frames[:len(p.frames)-1]
	p.depth--
	param := f.param
	word := p.closeWord(f.base, param.Line)
	param.At = p.until(param.At)
	switch {
	case f.bad:
		*param = ast.Param{Line: param.Line, At: param.At, Quoted: param.Quoted, Bad: p.badText(f)}
	case param.Op != ast.ParamLength:
		param.Arg = word
	}
	p.parts = append(p.parts, param)
}

// badText is the text of a substitution that dash cannot do.
func (p *Parser) badText(f frame) string {
	if f.gen == p.gen && f.start >= p.low {
		return p.buf[f.start:p.pos]
	}
	// It is not in one piece. What counts is that it is bad.
	return "${" + f.param.Name + "!}"
}

// parenthesis reads $(…), whose dollar sign is at start.
func (r *wordReader) parenthesis(start int) {
	p := r.Parser
	p.flush()
	subst := &ast.CmdSubst{Line: p.line, Quoted: r.top().literal(), At: p.span(start, p.pos)}
	saved := p.docs
	p.docs = nil
	p.deeper()
	subst.Body, _ = p.list(false, true)
	if p.next() != tRightParen {
		p.expect(tRightParen)
	}
	p.depth--
	subst.At = p.until(subst.At)
	// A here-document that has not begun on this line is empty.
	if len(p.docs) > 0 {
		outer := p.nest("", -1)
		p.readHereDocs()
		p.unnest(outer)
	}
	p.docs = saved
	p.parts = append(p.parts, subst)
}

// backquote reads `…`: first its text, then the commands in that, whose lines
// count from 1 as dash's do.
func (r *wordReader) backquote() {
	p := r.Parser
	p.flush()
	s := r.top()
	subst := &ast.CmdSubst{Line: p.line, Quoted: s.literal(), Backquoted: true}
	origin := p.origin
	start := p.pos
	text := r.backquoteText(s.double)
	if origin >= 0 {
		// One that was not copied lies in the input as it is.
		if subst.At = p.span(start-1, p.pos); p.pos-1-start == len(text) && p.buf[start:p.pos-1] == text {
			origin += start
		} else {
			origin = -1
		}
	}
	outer := p.nest(text, origin)
	saved := p.docs
	p.docs = nil
	p.deeper()
	subst.Body, _ = p.list(false, true)
	p.depth--
	p.readHereDocs()
	p.docs = saved
	p.unnest(outer)
	p.pushback = false
	p.parts = append(p.parts, subst)
}

// backquoteText reads up to the closing backquote and takes off one level of
// backslashes.
func (r *wordReader) backquoteText(double bool) string {
	p := r.Parser
	start, gen := p.pos, p.gen
	if p.pend == none {
		// Text without a backslash needs no copy.
		for i := p.pos; i < p.end && p.buf[i] != '\\'; i++ {
			switch p.buf[i] {
			case '\n':
				p.line++
			case '`':
				p.pos = i + 1
				return p.buf[start:i]
			}
			p.pos = i + 1
		}
	}
	var text []byte
	if gen == p.gen {
		text = append(text, p.buf[start:p.pos]...)
	}
	for {
		c := p.getcJoin()
		switch c {
		case '`':
			return string(text)
		case '\\':
			c = p.getc()
			if c != '\\' && c != '`' && c != '$' && (!double || c != '"') {
				text = append(text, '\\')
			}
		case '\n':
			p.line++
		}
		if c == eof {
			p.fail("EOF in backquote substitution")
		}
		text = append(text, byte(c))
	}
}

const oneByte = "#?$!-*@0123456789"

// byteString is the string of one special parameter's character.
func byteString(c int) string {
	if i := strings.IndexByte(oneByte, byte(c)); i >= 0 {
		return oneByte[i : i+1]
	}
	return string([]byte{byte(c)})
}
