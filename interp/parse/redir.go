package parse

import "strings"

import "sysv/interp/ast"

// hereDoc is a here-document whose body has still to be read.
type hereDoc struct {
	redir  *ast.Redir
	mark   string // the line that ends it
	quoted bool   // the mark had quotes: nothing is expanded
	strip  bool   // <<-
	// endless is text without a mark, for [Text].
	endless bool
}

// readRedir reads a redirection operator, of which c is the first character.
func (p *Parser) readRedir(c, fd int) {
	r := &ast.Redir{Line: p.line, Fd: fd}
	p.redir, p.strip = r, false
	if c == '>' {
		switch c = p.getcJoin(); c {
		case '>':
			r.Op = ast.RedirAppend
		case '|':
			r.Op = ast.RedirClobber
		case '&':
			r.Op = ast.RedirDupOut
		default:
			r.Op = ast.RedirOut
			p.unget(c)
		}
		return
	}
	switch c = p.getcJoin(); c {
	case '<':
		r.Op = ast.RedirHere
		if c = p.getcJoin(); c == '-' {
			p.strip = true
		} else {
			p.unget(c)
		}
	case '&':
		r.Op = ast.RedirDupIn
	case '>':
		r.Op = ast.RedirInOut
	default:
		r.Op = ast.RedirIn
		p.unget(c)
	}
}

// redirTarget reads the word after the operator.
func (p *Parser) redirTarget() *ast.Redir {
	r, strip := p.redir, p.strip
	if r.Op == ast.RedirHere {
		p.kwd = checkEOFMark
	}
	if p.next() != tWord {
		p.unexpected()
	}
	if r.Op != ast.RedirHere {
		r.Word = p.word
		return r
	}
	r.Word = &ast.Word{Line: r.Line}
	p.docs = append(p.docs, &hereDoc{redir: r, mark: markText(p.word), quoted: p.quoted, strip: strip})
	return r
}

// markText is a here-document's delimiter: nothing in it is expanded.
func markText(w *ast.Word) string {
	var text strings.Builder
	for _, part := range w.Parts {
		if lit, ok := part.(*ast.Lit); ok {
			text.WriteString(lit.Text)
		}
	}
	return text.String()
}

// readHereDocs reads the bodies that are due, now that a line has ended.
func (p *Parser) readHereDocs() {
	if len(p.docs) == 0 {
		return
	}
	docs := p.docs
	p.docs = nil
	for _, doc := range docs {
		if doc.quoted {
			p.readWord(p.getc(), &singleSyntax, doc)
		} else {
			p.readWord(p.getcJoin(), &quoteSyntax, doc)
		}
		doc.redir.Word = p.word
	}
}

// checkEnd looks, at the start of a line of a here-document, whether it is
// the one that ends it; c is its first character. It gives eof if so, else
// the first character of the line's text.
func (r *wordReader) checkEnd(c int) int {
	if r.doc == nil || r.doc.endless {
		return c
	}
	p, mark := r.Parser, r.doc.mark
	for r.doc.strip && c == '\t' {
		c = p.getc()
	}
	first := c
	gen, n := p.gen, 0
	for n < len(mark) && c == int(mark[n]) {
		c = p.getc()
		n++
	}
	if n == len(mark) && (c == '\n' || c == eof) {
		p.line++
		return eof
	}
	if n == 0 {
		return c
	}
	// It began like the mark. What was read after its first character is
	// put back.
	if c != eof && gen == p.gen && p.pos-n >= p.low {
		p.pos -= n
		return first
	}
	back := []byte(mark[1:n])
	if c != eof {
		back = append(back, byte(c))
	}
	if len(back) > 0 {
		p.push(string(back), "")
	}
	return first
}
