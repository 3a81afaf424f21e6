package parse

import "sysv/interp/ast"

// literal is the text that is being read. It stays where it is in the input
// as long as it is in one piece there, and is copied only if it is not.
type literal struct {
	start, end int
	tmp        []byte
	quoted     bool
}

func (l *literal) empty() bool { return l.end == l.start && len(l.tmp) == 0 }

// addByte adds c, which was read last.
func (p *Parser) addByte(c int, quoted bool) {
	if p.pos > p.low {
		p.addRun(p.pos-1, p.pos, quoted)
		return
	}
	p.addChar(byte(c), quoted)
}

// addRun adds buf[start:end].
func (p *Parser) addRun(start, end int, quoted bool) {
	l := &p.lit
	if l.quoted != quoted {
		p.flush()
		l.quoted = quoted
	}
	switch {
	case l.start == l.end:
		l.start, l.end = start, end
	case l.end == start:
		l.end = end
	default:
		p.spill()
		l.start, l.end = start, end
	}
}

// addChar adds a character that does not stand in the input at pos-1.
func (p *Parser) addChar(c byte, quoted bool) {
	if p.lit.quoted != quoted {
		p.flush()
		p.lit.quoted = quoted
	}
	p.spill()
	p.lit.tmp = append(p.lit.tmp, c)
}

// spill copies what was read so far, because the buffer changes.
func (p *Parser) spill() {
	l := &p.lit
	if l.end > l.start {
		l.tmp = append(l.tmp, p.buf[l.start:l.end]...)
		l.start, l.end = 0, 0
	}
}

// flush makes a part of the text that was read.
func (p *Parser) flush() {
	l := &p.lit
	if l.empty() {
		return
	}
	var text string
	if len(l.tmp) == 0 {
		text = p.buf[l.start:l.end]
	} else {
		p.spill()
		text = string(l.tmp)
		l.tmp = l.tmp[:0]
	}
	l.start, l.end = 0, 0
	p.addLit(text, l.quoted)
}

// addLit adds literal text, to the part before it if that is the same kind.
func (p *Parser) addLit(text string, quoted bool) {
	base := p.wordBase
	if n := len(p.frames); n > 0 {
		base = max(base, p.frames[n-1].base)
	}
	if n := len(p.parts); n > base {
		if prev, ok := p.parts[n-1].(*ast.Lit); ok && prev.Quoted == quoted {
			if prev.Text == "" {
				prev.Text = text
			} else if text != "" {
				prev.Text += text
			}
			return
		}
	}
	lit := p.nodes.lits.next()
	lit.Text, lit.Quoted = text, quoted
	p.parts = append(p.parts, lit)
}

// closeWord takes the parts from base on for a word.
func (p *Parser) closeWord(base, line int) *ast.Word {
	p.flush()
	w := p.nodes.words.next()
	w.Line = line
	w.Parts = p.nodes.takeParts(p.parts[base:])
	p.parts = p.parts[:base]
	return w
}
