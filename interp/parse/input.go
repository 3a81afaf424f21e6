package parse

import (
	"slices"
	"strings"

	"sysv/interp/ast"
)

const (
	eof  = -1
	none = -2
)

// input is where characters come from: the script, or the text of a
// backquote substitution. On top of it lie strings that were pushed back,
// the texts of aliases above all.
type input struct {
	buf string
	// pos is the next character, end the first that may not be read from buf
	// without a look at the rest of this struct.
	pos, end int
	// low is where buf was entered: characters before it did not come from
	// here, so they cannot be put back by stepping pos back.
	low int
	// pend is a character that was put back at low, or none; the real end is
	// then in pendEnd.
	pend, pendEnd int
	// full is the end of buf; end is before it if lines are shown as read.
	full int
	// gen changes whenever buf does.
	gen int
	// origin is where buf begins in the text that New was given; -1 where
	// it is not a piece of that.
	origin int

	line   int
	more   func() ([]byte, bool)
	read   func([]byte)
	closed bool // more has said that there is no more

	pushed []pushed
	// released are aliases whose text has been read to its end, by the very
	// read that got what stands before releasedPos. They count as being in
	// use until the next read.
	released    []string
	releasedPos int
}

// pushed is what a pushed string covers, and the alias that it is the text of.
type pushed struct {
	buf                          string
	pos, end, low, pend, pendEnd int
	full                         int
	origin                       int
	alias                        string
	blank                        bool // the alias's text ends in a blank
	released                     []string
}

func (p *Parser) setBuffer(s string) {
	p.spill()
	if n := len(s); n > 0 {
		if s = withoutNUL(s); len(s) != n {
			p.origin = -1
		}
	}
	p.buf, p.pos, p.low, p.full = s, 0, 0, len(s)
	p.end = p.full
	p.gen++
	if p.read != nil {
		p.end = 0
	}
}

// getc reads a character, eof at the end.
func (p *Parser) getc() int {
	if p.pos < p.end {
		c := p.buf[p.pos]
		p.pos++
		return int(c)
	}
	return p.refill()
}

// getcJoin is getc past any backslash-newline.
func (p *Parser) getcJoin() int {
	c := p.getc()
	if c != '\\' {
		return c
	}
	for {
		if next := p.getc(); next != '\n' {
			p.unget(next)
			return c
		}
		p.line++
		if c = p.getc(); c != '\\' {
			return c
		}
	}
}

// unget puts back c, which was read last. At most two can be put back.
func (p *Parser) unget(c int) {
	if c == eof {
		return // it comes again by itself
	}
	if p.pos > p.low {
		p.pos--
		return
	}
	p.pend, p.pendEnd = c, p.end
	p.end = p.pos
}

// refill is getc where the buffer has nothing more to give.
func (p *Parser) refill() int {
	if p.pend != none {
		c := p.pend
		p.pend, p.end = none, p.pendEnd
		return c
	}
	p.released = nil
	for {
		switch {
		case len(p.pushed) > 0:
			p.pop()
		case p.pos < p.full:
			p.showLine()
		case p.more == nil || p.closed:
			p.releasedPos = p.pos
			return eof
		default:
			data, ok := p.more()
			if !ok {
				p.closed = true
				p.releasedPos = p.pos
				return eof
			}
			p.setBuffer(string(data))
			p.origin = -1
		}
		p.releasedPos = p.pos
		if p.pend != none {
			c := p.pend
			p.pend, p.end = none, p.pendEnd
			return c
		}
		if p.pos < p.end {
			c := p.buf[p.pos]
			p.pos++
			return int(c)
		}
	}
}

// showLine makes the next line of the buffer readable and tells of it.
func (p *Parser) showLine() {
	p.end = p.full
	if i := strings.IndexByte(p.buf[p.pos:], '\n'); i >= 0 {
		p.end = p.pos + i + 1
	}
	p.read([]byte(p.buf[p.pos:p.end]))
}

// push makes s be read next.
func (p *Parser) push(s, alias string) {
	p.spill()
	top := pushed{
		buf: p.buf, pos: p.pos, end: p.end, low: p.low, pend: p.pend, pendEnd: p.pendEnd,
		full: p.full, alias: alias, origin: p.origin,
		blank: alias != "" && (s[len(s)-1] == ' ' || s[len(s)-1] == '\t'),
	}
	if p.pos == p.releasedPos {
		top.released = p.released
	}
	p.pushed = append(p.pushed, top)
	p.released = nil
	p.buf, p.pos, p.low, p.end, p.full, p.pend = s, 0, 0, len(s), len(s), none
	p.origin = -1
	p.gen++
}

// pop goes back to what the string that was pushed last covers.
func (p *Parser) pop() {
	p.spill()
	top := p.pushed[len(p.pushed)-1]
	p.pushed = p.pushed[:len(p.pushed)-1]
	if top.blank {
		p.kwd |= checkAlias
	}
	p.buf, p.pos, p.end, p.low = top.buf, top.pos, top.end, top.low
	p.pend, p.pendEnd, p.full, p.origin = top.pend, top.pendEnd, top.full, top.origin
	p.gen++
	p.released = append(p.released, top.released...)
	if top.alias != "" {
		p.released = append(p.released, top.alias)
	}
}

// pushAlias puts the text of the alias on the input, if there is one that is
// not being read already.
func (p *Parser) pushAlias(name string) bool {
	if p.opts.Alias == nil {
		return false
	}
	text, ok := p.opts.Alias(name)
	if !ok || p.aliasInUse(name) {
		return false
	}
	if text = withoutNUL(text); text != "" {
		p.push(text, name)
	}
	return true
}

func (p *Parser) aliasInUse(name string) bool {
	for i := range p.pushed {
		if p.pushed[i].alias == name || contains(p.pushed[i].released, name) {
			return true
		}
	}
	return p.pos == p.releasedPos && contains(p.released, name)
}

func contains(list []string, s string) bool {
	return slices.Contains(list, s)
}

// span is from one position of buf to another.
func (p *Parser) span(from, to int) ast.Span {
	if p.origin < 0 {
		return ast.Span{}
	}
	return ast.Span{Pos: int32(p.origin + from), End: int32(p.origin + to)}
}

// until is from a position of the text, that of a node read before, to here.
func (p *Parser) until(from ast.Span) ast.Span {
	if p.origin < 0 || !from.Known() {
		return ast.Span{}
	}
	return ast.Span{Pos: from.Pos, End: int32(p.origin + p.pos)}
}

// nest reads from s alone, its lines counted from 1; the input that it
// returns is set again when that is done. origin is where s begins in the
// whole text, or -1.
func (p *Parser) nest(s string, origin int) input {
	p.spill()
	saved := p.input
	p.input = input{buf: s, end: len(s), full: len(s), line: 1, pend: none, gen: saved.gen + 1, origin: origin}
	return saved
}

func (p *Parser) unnest(saved input) {
	gen := p.gen
	p.input = saved
	p.gen = gen + 1
}
