package bash

import (
	"bytes"
	"slices"
	"strings"

	"mvdan.cc/sh/v3/syntax"

	"sysv/interp/ast"
)

// The parser refuses some things that bash reads, and refuses only when it
// comes to evaluate them: a substitution such as ${x!y}, an expression such as
// $((1+)), names such as 1a in declare. A command line that has one of them
// is replaced by one that evaluates to the same error, and reading goes on
// after it. That is done for commands on one line: in longer ones it is a
// syntax error.

// repair gives the command that stands for the line in which e is.
func (p *Parser) repair(e syntax.ParseError) (ast.Command, bool) {
	if p.more != nil || p.repaired >= maxRepairs {
		return nil, false
	}
	from := p.done
	at := min(int(e.Pos.Offset()), len(p.src))
	if from > at {
		return nil, false
	}
	if cmd, ok := p.nestedSubshells(from, at); ok {
		return cmd, true
	}
	// The command begins at the first line that is not blank or a comment.
	for {
		end := bytes.IndexByte(p.src[from:], '\n')
		if end < 0 {
			return nil, false
		}
		line := bytes.TrimLeft(p.src[from:from+end], " \t;")
		if len(line) > 0 && line[0] != '#' {
			break
		}
		from += end + 1
	}
	end := from + bytes.IndexByte(p.src[from:], '\n')
	if at < from || at > end {
		return nil, false
	}
	line := p.base + 1 + bytes.Count(p.src[:from], []byte("\n"))
	cmd, ok := p.repairLine(p.src[from:end], at-from, line, e.Text)
	if !ok {
		return nil, false
	}
	p.restart(end + 1)
	return cmd, true
}

// nestedSubshells reads a command again in which (( is no arithmetic, but one
// subshell in another: there the inner parenthesis is closed before the outer
// one.
func (p *Parser) nestedSubshells(from, at int) (ast.Command, bool) {
	open := -1
	for tries, end := 0, at; open < 0; tries++ {
		if tries == maxRepairs {
			return nil, false
		}
		i := bytes.LastIndex(p.src[from:end], []byte("(("))
		if i < 0 {
			return nil, false
		}
		if !isArithmetic(p.src[from+i:]) {
			open = from + i
		}
		end = from + i
	}
	rest := append([]byte{}, p.src[from:open+1]...)
	rest = append(append(rest, ' '), p.src[open+1:]...)
	q := &Parser{src: rest, line: p.line, base: p.base + bytes.Count(p.src[:from], []byte("\n")), repaired: p.repaired + 1, stand: p.stand}
	cmd, err := q.Next()
	if err != nil {
		q.Close()
		return nil, false
	}
	p.Close()
	q.repaired = 0
	*p = *q
	return cmd, true
}

// isArithmetic tells whether the parentheses with which text begins are closed
// together.
func isArithmetic(text []byte) bool {
	depth := 0
	for i, c := range text {
		switch c {
		case '(':
			depth++
		case ')':
			depth--
			if depth == 1 {
				return i+1 < len(text) && text[i+1] == ')'
			}
		}
	}
	return true
}

// restart goes on reading at an offset.
func (p *Parser) restart(at int) {
	p.Close()
	p.end = false
	at = min(at, len(p.src))
	p.base += bytes.Count(p.src[:at], []byte("\n"))
	p.src = p.src[at:]
	p.done, p.shown, p.located = 0, 0, false
	p.next = nil
}

// repairLine does it for the text of one line; at is where the error is.
func (p *Parser) repairLine(text []byte, at, line int, msg string) (ast.Command, bool) {
	switch {
	case isExpansionError(msg):
		from := bytes.LastIndex(text[:at], []byte("${"))
		if from < 0 {
			return nil, false
		}
		to := bytes.IndexByte(text[at:], '}')
		if to < 0 {
			return nil, false
		}
		bad := decode(string(text[from : at+to+1]))
		return p.replaced(text, from, at+to+1, line, &ast.Param{Line: line, Bad: bad})
	case strings.Contains(msg, "invalid var name"):
		return p.escapedLine(text, at, line)
	case strings.Contains(msg, "cannot negate a command multiple times"):
		before, after, ok := bytes.Cut(text, []byte("! !"))
		if !ok {
			return nil, false
		}
		fixed := append(append(append([]byte{}, before...), "   "...), after...)
		return p.single(fixed, line, nil)
	}
	return p.badArith(text, at, line)
}

// failing is a command whose only word cannot be expanded.
func failing(line int, part ast.Part) ast.Command {
	return &ast.Simple{Line: line, Args: []*ast.Word{{Line: line, Parts: []ast.Part{part}}}}
}

// escapedLine reads a line with a backslash before the declare, export and so
// on at which the error is, so that it is read as any other command.
func (p *Parser) escapedLine(text []byte, at, line int) (ast.Command, bool) {
	best := -1
	for _, word := range []string{"declare", "typeset", "local", "export", "readonly"} {
		best = max(best, bytes.LastIndex(text[:at], []byte(word)))
	}
	if best < 0 {
		return nil, false
	}
	fixed := append(append(append([]byte{}, text[:best]...), '\\'), text[best:]...)
	return p.single(fixed, line, nil)
}

// single reads a line that has been changed.
func (p *Parser) single(text []byte, line int, stand ast.Part) (ast.Command, bool) {
	if stand == nil {
		stand = p.stand
	}
	q := &Parser{src: append(slices.Clip(text), '\n'), line: line, base: line - 1, repaired: p.repaired + 1, stand: stand}
	defer q.Close()
	var cmds []ast.Command
	for range 2 {
		cmd, err := q.Next()
		if err != nil {
			break
		}
		cmds = append(cmds, cmd)
	}
	if len(cmds) != 1 {
		return nil, false
	}
	return cmds[0], true
}

// maxRepairs bounds how often one line is changed.
const maxRepairs = 8

// standIn is the name of the parameter that is put in a line in place of what
// cannot be read.
const standIn = "__sysv_unreadable"

// replaced reads a line with the text from and up to an offset replaced by
// what stands for a part.
func (p *Parser) replaced(text []byte, from, to, line int, part ast.Part) (ast.Command, bool) {
	if p.stand != nil {
		return failing(line, part), true
	}
	fixed := append(append(append([]byte{}, text[:from]...), "${"+standIn+"}"...), text[to:]...)
	if cmd, ok := p.single(fixed, line, part); ok {
		return cmd, true
	}
	return failing(line, part), true
}

// badArith finds the arithmetic around an error.
func (p *Parser) badArith(text []byte, at, line int) (ast.Command, bool) {
	from := bytes.LastIndex(text[:at], []byte("(("))
	if from < 0 || bytes.Contains(text[from:at], []byte("))")) {
		return nil, false
	}
	to := bytes.Index(text[at:], []byte("))"))
	if to < 0 {
		return nil, false
	}
	expr := &ast.Word{Line: line, Parts: []ast.Part{&ast.Lit{Text: decode(string(text[from+2 : at+to])), Quoted: true}}}
	if from > 0 && text[from-1] == '$' {
		return p.replaced(text, from-1, at+to+2, line, &ast.Arith{Line: line, Expr: expr})
	}
	return &ast.ArithCmd{Line: line, Expr: expr}, true
}

func isExpansionError(msg string) bool {
	for _, part := range []string{"not a valid parameter expansion operator", "cannot be followed by a word",
		"invalid parameter name", "cannot combine multiple parameter", "@ expansion operator"} {
		if strings.Contains(msg, part) {
			return true
		}
	}
	return false
}
