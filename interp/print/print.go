// Package print writes package ast's trees as shell text that package parse
// reads back to the same tree. It is how a function, or the body of a
// background command, is handed to another process.
package print

import (
	"strings"

	"sysv/interp/ast"
)

// Command writes cmd to w. With startLine, the number of the line that w
// stands on, newlines are put so that commands come to stand on their own
// lines, as far as those are not before it; with 0 there are as few lines as
// can be. The text has a newline at its end only if it ends in a
// here-document.
func Command(w *strings.Builder, cmd ast.Command, startLine int) {
	p := printer{line: startLine, keep: startLine > 0}
	p.block(cmd)
	p.lastDocs()
	w.Write(p.out)
}

// String is [Command] in as few lines as can be.
func String(cmd ast.Command) string {
	var b strings.Builder
	Command(&b, cmd, 0)
	return b.String()
}

// Word writes one word as it would stand in a command.
func Word(w *strings.Builder, word *ast.Word) {
	var p printer
	p.word(word)
	w.Write(p.out)
}

// doc is a here-document whose body is not written yet.
type doc struct {
	redir *ast.Redir
	mark  string
}

type printer struct {
	out  []byte
	line int
	keep bool // nodes are put on their lines
	docs []doc
	// trial is for text that is only looked at.
	trial bool
}

func (p *printer) str(s string) {
	p.out = append(p.out, s...)
	p.line += strings.Count(s, "\n")
}

// newline ends a line where that separates commands, or is skipped.
func (p *printer) newline() {
	p.str("\n")
	docs := p.docs
	p.docs = nil
	for _, d := range docs {
		p.docBody(d, true)
	}
}

// lastDocs writes the here-documents that are due at the end of the text. Only
// there the last one can be without its delimiter, as one that the end of the
// input ended.
func (p *printer) lastDocs() {
	if len(p.docs) == 0 {
		return
	}
	p.str("\n")
	docs := p.docs
	p.docs = nil
	for i, d := range docs {
		if unended := p.docBody(d, !allEmpty(docs[i+1:])); unended {
			return
		}
	}
}

func allEmpty(docs []doc) bool {
	for _, d := range docs {
		if len(d.redir.Word.Parts) > 0 {
			return false
		}
	}
	return true
}

// docBody writes the lines of a here-document. needMark is whether more text
// follows; if not, and the last line has no newline, it is left without its
// delimiter, which is told.
func (p *printer) docBody(d doc, needMark bool) (unended bool) {
	start := len(p.out)
	if text, ok := literalBody(d.redir.Word); ok {
		p.str(text)
	} else {
		p.parts(d.redir.Word.Parts, context{syntax: inDoc})
	}
	if n := len(p.out); n > start && p.out[n-1] != '\n' {
		if !needMark {
			return true
		}
		p.str("\n")
	}
	p.str(d.mark + "\n")
	return false
}

// toLine writes newlines up to a line, where newlines may stand.
func (p *printer) toLine(line int) bool {
	if !p.keep || line <= p.line {
		return false
	}
	for p.line < line {
		p.newline()
	}
	return true
}

// joinTo does the same inside a command.
func (p *printer) joinTo(line int) {
	for p.keep && p.line < line {
		p.str("\\\n")
	}
}

// block writes a list of commands, from the line where it begins.
func (p *printer) block(cmd ast.Command) {
	if cmd == nil {
		return
	}
	p.toLine(startLine(cmd))
	list, ok := cmd.(*ast.List)
	if !ok {
		p.item(cmd)
		return
	}
	for i, c := range list.Cmds {
		if i > 0 {
			p.separate(list.Cmds[i-1], c)
		}
		p.item(c)
	}
}

// item writes one command of a list.
func (p *printer) item(cmd ast.Command) {
	switch c := cmd.(type) {
	case *ast.List:
		p.wrapped(c)
	case *ast.Background:
		switch c.Cmd.(type) {
		case *ast.List, *ast.Background:
			p.wrapped(c.Cmd)
		default:
			p.command(c.Cmd)
		}
		p.str(" &")
	default:
		p.command(cmd)
	}
}

func (p *printer) separate(last, next ast.Command) {
	if p.toLine(startLine(next)) {
		return
	}
	p.end(last)
}

// end writes what must come between a command and the next or a closing
// word on the same line.
func (p *printer) end(last ast.Command) {
	if list, ok := last.(*ast.List); ok {
		last = list.Cmds[len(list.Cmds)-1]
	}
	switch last.(type) {
	case nil:
	case *ast.Background:
		p.str(" ")
	default:
		p.str("; ")
	}
}

// body writes a list and what must stand before the word that closes it.
func (p *printer) body(cmd ast.Command) {
	if cmd == nil {
		p.str(":; ") // no tree that was read has this
		return
	}
	p.block(cmd)
	p.end(cmd)
}

func (p *printer) wrapped(cmd ast.Command) {
	p.str("{ ")
	p.body(cmd)
	p.str("}")
}

// startLine is the line where a command begins, 0 if that is not known.
func startLine(cmd ast.Command) int {
	switch c := cmd.(type) {
	case *ast.Simple:
		return simpleLine(c)
	case *ast.Pipeline:
		return startLine(c.Cmds[0])
	case *ast.Not:
		return startLine(c.Cmd)
	case *ast.AndOr:
		return startLine(c.Left)
	case *ast.List:
		return startLine(c.Cmds[0])
	case *ast.Background:
		return startLine(c.Cmd)
	case *ast.Subshell:
		return c.Line
	case *ast.Group:
		return startLine(c.Body)
	case *ast.Redirected:
		return c.Line
	case *ast.If:
		return startLine(c.Cond)
	case *ast.While:
		return startLine(c.Cond)
	case *ast.For:
		return c.Line
	case *ast.Case:
		return c.Line
	case *ast.FuncDecl:
		return c.Line
	case *ast.Test:
		return c.Line
	case *ast.ArithCmd:
		return c.Line
	case *ast.ArithFor:
		return c.Line
	case *ast.Select:
		return c.Line
	case *ast.Time:
		if c.Cmd != nil {
			return startLine(c.Cmd)
		}
	}
	return 0
}

// simpleLine is where a simple command begins; its own Line is where its
// first word ends.
func simpleLine(c *ast.Simple) int {
	first := c.Line
	switch {
	case len(c.Assigns) > 0:
		if w := c.Assigns[0].Value; w != nil && w.Line > 0 {
			first = min(first, w.Line)
		}
	case len(c.Args) > 0:
		if w := c.Args[0]; w.Line > 0 {
			first = min(first, w.Line)
		}
	}
	return first
}
