// Package parse reads dash's grammar: text in, package ast's trees out.
package parse

import (
	"strconv"

	"sysv/interp/ast"
)

// Options is what a [Parser] needs to know of the shell that it reads for.
type Options struct {
	// Line is the number of the first line; 0 is 1.
	Line int
	// Alias gives the text of an alias; nil means none.
	Alias func(name string) (text string, ok bool)
	// More, if not nil, gives more input when what there is has been used
	// up: nothing (and false) at the end. It is how standard input is read.
	More func() ([]byte, bool)
	// Read, if not nil, is called with each line as it is read (set -v).
	Read func(line []byte)
}

// SyntaxError is input that is not in the grammar. Msg is dash's words, as
// `Syntax error: "then" unexpected` without the position before it.
type SyntaxError struct {
	Line int
	Msg  string
}

func (e *SyntaxError) Error() string { return strconv.Itoa(e.Line) + ": " + e.Msg }

// Parser reads one script. It is used by one goroutine.
type Parser struct {
	src  []byte
	opts Options
}

// New is a parser that reads src.
func New(src []byte, opts Options) *Parser { return &Parser{src: src, opts: opts} }

// Next reads the next complete command line: everything up to a newline that
// ends a command, here-documents included, as dash's parsecmd does. It
// returns nil for an empty line, io.EOF at the end, or a *SyntaxError after
// which the parser must not be used any more.
func (p *Parser) Next() (ast.Command, error) { panic("parse: being written") }

// Line is the number of the line that is being read.
func (p *Parser) Line() int { return 0 }
