// Package bash reads bash's grammar: text in, package ast's trees out.
//
// The reading is done by mvdan.cc/sh/v3/syntax; this package lowers its trees
// to the ones that package interp evaluates, and hides what that parser cannot
// take: bytes that are no UTF-8, carriage returns, nesting without a bound.
// Commands are given a complete line at a time, so that what stands above a
// syntax error has run before the error is found.
package bash

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"strconv"

	"mvdan.cc/sh/v3/syntax"

	"sysv/interp/ast"
)

// MaxDepth is how deep commands and substitutions may be nested in each
// other, as in package parse.
const MaxDepth = 1000

// maxOpen bounds what may open a nesting level in one complete command. The
// parser is recursive, and a full stack of Go's cannot be caught. A word or a
// bracket that may open a command counts openWeight, an operator one: a
// function of some thousand lines stays far below.
const (
	maxOpen    = 240_000
	openWeight = 8
)

// SyntaxError is input that is not in the grammar. Msg is bash's message
// without the position before it. Text, if Echo is set, is the line that bash
// shows after it.
type SyntaxError struct {
	Line int
	Msg  string
	Echo bool
	Text string
	// Expansion tells that it is an error of an expansion, that bash would
	// find only when the command is run.
	Expansion bool
}

func (e *SyntaxError) Error() string { return strconv.Itoa(e.Line) + ": " + e.Msg }

// Parser reads one script. It is used by one goroutine.
type Parser struct {
	src  []byte // encoded, with a newline at its end
	line int    // of the first line
	// base is what is added to the parser's line numbers.
	base  int
	in    *source
	next  func() ([]*syntax.Stmt, error, bool)
	stop  func()
	inner *syntax.Parser
	// done is where the last command that was given ends.
	done int
	end  bool
	// shown is what Lines has given.
	shown int
	more  func([]byte) (int, error)
	// located says that src is what New was given.
	located bool
	// repaired counts the changes of a line that has been changed already.
	repaired int
	// stand is the part for which standIn stands in such a line.
	stand ast.Part
}

// New is a parser that reads src; line is the number of its first line (0 is
// 1).
func New(src []byte, line int) *Parser {
	p := &Parser{src: encode(src), line: max(line, 1)}
	p.base = p.line - 1
	p.located = len(p.src) >= len(src) && len(p.src) <= len(src)+1 && bytes.Equal(p.src[:len(src)], src)
	return p
}

// NewReader is a parser that reads its text as it goes: more is asked for the
// next bytes only where a command is not complete yet.
func NewReader(more func([]byte) (int, error)) *Parser {
	return &Parser{line: 1, more: more}
}

// start makes the inner parser, when the first command is asked for.
func (p *Parser) start() {
	p.in = &source{text: p.src, more: p.more}
	p.inner = syntax.NewParser(syntax.Variant(syntax.LangBash))
	p.next, p.stop = iter.Pull2(p.inner.InteractiveSeq(p.in))
}

// Close gives up a parser before its end.
func (p *Parser) Close() {
	stop := p.stop
	p.stop, p.end = nil, true
	if stop == nil {
		return
	}
	// The parser goes on yielding after it was told to stop if it has found
	// an error, which iter answers with a panic. It is at its end either way.
	defer func() { _ = recover() }()
	stop()
}

// pull is the next commands of the inner parser. A panic of its own (it has
// none that is known) is a syntax error.
func (p *Parser) pull() (stmts []*syntax.Stmt, err error, ok bool) {
	defer func() {
		if r := recover(); r != nil {
			stmts, err, ok = nil, fmt.Errorf("%v", r), true
		}
	}()
	return p.next()
}

// AtEOF tells that nothing but blanks and comments comes after the last
// command that was given.
func (p *Parser) AtEOF() bool {
	if p.more != nil {
		return false
	}
	rest := p.src[min(p.done, len(p.src)):]
	for len(rest) > 0 {
		line := rest
		if i := bytes.IndexByte(rest, '\n'); i >= 0 {
			line, rest = rest[:i], rest[i+1:]
		} else {
			rest = nil
		}
		line = bytes.TrimLeft(line, " \t;")
		if len(line) > 0 && line[0] != '#' {
			return false
		}
	}
	return true
}

// Lines gives the lines that were read since it was last called (set -v).
func (p *Parser) Lines() string {
	to := p.done
	if p.end {
		to = len(p.src)
	} else if i := bytes.IndexByte(p.src[min(to, len(p.src)):], '\n'); i >= 0 {
		to += i + 1
	}
	from := p.shown
	p.shown = max(from, to)
	if from >= to {
		return ""
	}
	return decode(string(p.src[from:to]))
}

// Skip forgets the lines that Lines would give.
func (p *Parser) Skip() {
	p.shown = min(p.done, len(p.src))
	if i := bytes.IndexByte(p.src[p.shown:], '\n'); i >= 0 {
		p.shown += i + 1
	}
}

// Next reads the next complete command: one or more lines. It returns io.EOF
// at the end, or a *SyntaxError after which there is nothing more.
func (p *Parser) Next() (cmd ast.Command, err error) {
	if p.end {
		return nil, io.EOF
	}
	if p.next == nil {
		p.start()
	}
	for {
		stmts, err, ok := p.pull()
		p.src = p.in.text
		switch {
		case !ok:
			p.Close()
			if p.in.tooMany {
				return nil, p.tooDeep()
			}
			return nil, io.EOF
		case err != nil:
			if p.in.tooMany {
				p.Close()
				return nil, p.tooDeep()
			}
			if e, ok := errors.AsType[syntax.ParseError](err); ok {
				if cmd, ok := p.repair(e); ok {
					return cmd, nil
				}
			}
			p.Close()
			return nil, p.syntaxError(err)
		case len(stmts) == 0 || p.inner.Incomplete():
			// The parser is in the middle of something.
			continue
		}
		p.in.opened = 0
		from := p.done
		p.done = int(stmts[len(stmts)-1].End().Offset())
		l := lowerer{src: p.src, base: p.base, stand: p.stand, located: p.located}
		cmd, err := l.list(stmts)
		if err != nil {
			p.Close()
			p.done = from
			return nil, err
		}
		return cmd, nil
	}
}

func (p *Parser) tooDeep() *SyntaxError {
	return &SyntaxError{Line: p.base + 1 + bytes.Count(p.src[:min(p.done, len(p.src))], []byte("\n")),
		Msg: "syntax error: nested too deeply"}
}

// All reads the whole of src.
func All(src []byte, line int) ([]ast.Command, error) {
	p := New(src, line)
	defer p.Close()
	var cmds []ast.Command
	for {
		cmd, err := p.Next()
		if err == io.EOF {
			return cmds, nil
		}
		if err != nil {
			return cmds, err
		}
		cmds = append(cmds, cmd)
	}
}
