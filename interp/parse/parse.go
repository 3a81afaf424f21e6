// Package parse reads dash's grammar: text in, package ast's trees out.
//
// It follows dash 0.5.12's reader: one character at a time with the words'
// syntax kept on a stack, aliases pushed back onto the input, reserved words
// known only where a command may start. So it accepts what dash accepts,
// refuses what dash refuses with the same words on the same line, and gives
// each command line as soon as its newline has been read.
package parse

import (
	"io"
	"strconv"
	"strings"

	"sysv/interp/ast"
)

// MaxDepth is how deep commands and substitutions may be nested in each
// other. dash has no limit and dies of a full stack; people's scripts stay
// below ten.
const MaxDepth = 1000

// MaxChain is how many commands one chain of && and ||, or of elif, may have:
// such chains are trees that lean to one side, which everything that walks
// them does by recursion.
const MaxChain = 10000

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
	input
	opts Options

	// The token that was read last.
	tok      token
	pushback bool // the next token is tok again
	kwd      uint8
	word     *ast.Word // of the last tWord; words that were keywords too
	quoted   bool      // the word has quotes in it
	redir    *ast.Redir
	strip    bool // the redirection is <<-

	// lastEnd is where the compound command ended that was read last.
	lastEnd int32

	docs  []*hereDoc // here-documents whose body has not been read yet
	depth int

	lit    literal
	syn    []synState
	frames []frame
	parts  []ast.Part
	// wordBase is where the parts of the word begin that is being read.
	wordBase int
	cmds     []ast.Command
	nodes    nodes
}

// New is a parser that reads src.
func New(src []byte, opts Options) *Parser { return NewString(string(src), opts) }

// NewString is [New] for a string, which is not copied.
func NewString(src string, opts Options) *Parser {
	p := &Parser{opts: opts}
	p.input = input{line: max(opts.Line, 1), more: opts.More, read: opts.Read, pend: none}
	p.setBuffer(src)
	return p
}

// Next reads the next complete command line: everything up to a newline that
// ends a command, here-documents included, as dash's parsecmd does. It
// returns nil for an empty line, io.EOF at the end, or a *SyntaxError after
// which the parser must not be used any more.
func (p *Parser) Next() (cmd ast.Command, err error) {
	defer catch(&err)
	p.pushback, p.kwd, p.docs = false, 0, nil
	cmd, end := p.list(true, false)
	if end {
		return nil, io.EOF
	}
	return cmd, nil
}

// Line is the number of the line that is being read.
func (p *Parser) Line() int { return p.line }

// AtEOF tells that the last command that Next gave was ended by the end of
// the input, so that nothing can come after it.
func (p *Parser) AtEOF() bool { return p.pushback && p.tok == tEOF }

// All reads the whole of src as one command, nil if there is none.
func All(src string, opts Options) (ast.Command, error) {
	p := NewString(src, opts)
	var cmds []ast.Command
	for {
		cmd, err := p.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		if list, ok := cmd.(*ast.List); ok {
			cmds = append(cmds, list.Cmds...)
		} else if cmd != nil {
			cmds = append(cmds, cmd)
		}
	}
	switch len(cmds) {
	case 0:
		return nil, nil
	case 1:
		return cmds[0], nil
	}
	return &ast.List{Cmds: cmds}, nil
}

// Text reads src as dash reads the body of a here-document whose delimiter
// was not quoted. It is how PS1, PS2 and PS4 are expanded.
func Text(src string, opts Options) (w *ast.Word, err error) {
	defer catch(&err)
	p := NewString(src, opts)
	p.readWord(p.getcJoin(), &quoteSyntax, &hereDoc{endless: true})
	return p.word, nil
}

// A syntax error leaves the recursion by a panic with this type.
type bail struct{ err *SyntaxError }

func catch(err *error) {
	switch r := recover().(type) {
	case nil:
	case bail:
		*err = r.err
	default:
		panic(r)
	}
}

func (p *Parser) fail(msg string) {
	panic(bail{&SyntaxError{Line: p.line, Msg: "Syntax error: " + msg}})
}

// unexpected is the error that the last token is not what may stand here.
func (p *Parser) unexpected() { p.fail(clip(p.tok.String() + " unexpected")) }

// expect is the same where only one token may stand.
func (p *Parser) expect(want token) {
	p.fail(clip(p.tok.String() + " unexpected (expecting " + want.String() + ")"))
}

// dash builds these messages in 64 bytes.
func clip(msg string) string { return msg[:min(len(msg), 63)] }

// deeper counts one more level of nesting; the caller undoes it.
func (p *Parser) deeper() {
	p.depth++
	if p.depth > MaxDepth {
		p.fail("nested too deeply (more than " + strconv.Itoa(MaxDepth) + " levels)")
	}
}

func (p *Parser) chained(n int) {
	if n > MaxChain {
		p.fail("nested too deeply (more than " + strconv.Itoa(MaxChain) + " levels)")
	}
}

// withoutNUL drops NUL bytes, as dash does when it reads a line.
func withoutNUL(s string) string {
	if strings.IndexByte(s, 0) < 0 {
		return s
	}
	return strings.ReplaceAll(s, "\x00", "")
}
