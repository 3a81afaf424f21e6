// Package script is one init script as syntax: its dialect, its actions, the
// files that it sources, what it assigns, the commands that it calls and under
// which conditions. It never runs anything, and touches no machine: text goes
// in, and what can be said of it comes out.
package script

import (
	"bytes"
	"errors"
	"io"
	"strconv"
	"strings"

	"sysv/interp/ast"
	"sysv/interp/bash"
	"sysv/interp/parse"
	"sysv/lsb"
)

// MaxSize is how long a script may be, in bytes: positions are kept in 32
// bits, and what is longer is no init script.
const MaxSize = 8 << 20

// Script is one script. It is not changed after Parse, and may be read by
// several goroutines.
type Script struct {
	// Path is the file's name, as it was given to Parse.
	Path string
	// Source is the text.
	Source []byte
	// Interpreter is the first line without its "#!", "" without one.
	Interpreter string
	// Shell says by which grammar the script is to be read.
	Shell Shell
	// Dialect is whose conventions it follows.
	Dialect Dialect
	// Header is its LSB header, never nil; ask Header.Found.
	Header *lsb.Header
	// Chkconfig is what Red Hat's chkconfig reads in it, never nil.
	Chkconfig *lsb.Chkconfig
	// Commands are its complete command lines, in their order. Where Err is
	// set they may be those before the error.
	Commands []ast.Command
	// Bash says that Commands were read by bash's grammar, be it that Shell
	// is Bash, or that a script for sh could be read in no other way.
	Bash bool
	// Err is why the text is not in the grammar of Shell.
	Err *SyntaxError

	// Functions are the definitions, in the order of the text.
	Functions []*Function
	// Calls are all simple commands, in the order of the text: also those in
	// functions, conditions and substitutions.
	Calls []*Call
	// Dispatch is the case that picks the action, nil if there is none.
	Dispatch *ast.Case
	// Actions are what it can be asked for, in the order of the text, the
	// default of the dispatch ("*") among them.
	Actions []*Action
	// Sources are the files that it reads as its own.
	Sources []*Source
	// Assignments are all that are made to variables.
	Assignments []*Assignment
	// SetsErrexit says that it sets -e and nowhere takes it back.
	SetsErrexit bool
	// Daemon is its daemon, as far as syntax tells.
	Daemon Daemon

	text   string  // Source
	lines  []int32 // where each line begins
	values map[string]*variable
	// functions are the definitions that count.
	functions map[string]*Function
	outcomes  outcomes
	// nodes are all of the tree, each before those in it.
	nodes []visited
}

// SyntaxError is text that a shell refuses.
type SyntaxError struct {
	lsb.Position
	// Msg is the shell's message without the position before it.
	Msg string
}

func (e *SyntaxError) Error() string {
	s := e.Path + ":" + strconv.Itoa(e.Line)
	if e.Col > 0 {
		s += ":" + strconv.Itoa(e.Col)
	}
	return s + ": " + e.Msg
}

// Parse reads a script. A text that is no shell script, or is not in its
// grammar, is one with less in it. src is kept, and must not be changed.
func Parse(path string, src []byte) *Script {
	s := &Script{
		Path: path, Source: src, Header: lsb.Parse(path, src), Chkconfig: lsb.ParseChkconfig(path, src),
	}
	s.index()
	s.Interpreter = interpreter(src)
	s.Shell = shellOf(s.Interpreter)
	if len(src) > MaxSize {
		s.Err = &SyntaxError{Position: lsb.Position{Path: path, Line: 1, Col: 1}, Msg: "the file is longer than a script may be"}
		s.Shell = NoShell
	}
	if s.Shell != NoShell {
		s.read()
	}
	s.list()
	s.collect()
	s.Dialect = dialectOf(s)
	s.SetsErrexit = s.errexit()
	s.findActions()
	s.reach()
	s.findDaemon()
	return s
}

// read parses the text by its shell's grammar, or, where sh's refuses it, by
// bash's, so that something is known of it nevertheless.
func (s *Script) read() {
	src := s.Source
	// An editor's byte order mark is refused by the kernel already; the rest
	// is read as if it were not there.
	if bytes.HasPrefix(src, []byte("\xEF\xBB\xBF")) {
		src = append([]byte("   "), src[3:]...)
	}
	var err error
	if s.Shell == Sh {
		if s.Commands, err = readAll(parse.New(src, parse.Options{}).Next); err == nil {
			return
		}
		line, msg := 0, err.Error()
		if e, ok := errors.AsType[*parse.SyntaxError](err); ok {
			line, msg = e.Line, e.Msg
		}
		s.Err = s.errorAt(line, msg)
	}
	p := bash.New(src, 1)
	defer p.Close()
	cmds, err := readAll(p.Next)
	if err == nil {
		s.Commands, s.Bash = cmds, true
		return
	}
	if s.Shell == Bash {
		s.Commands, s.Bash = cmds, true
		line, msg := 0, err.Error()
		if e, ok := errors.AsType[*bash.SyntaxError](err); ok {
			line, msg = e.Line, e.Msg
		}
		s.Err = s.errorAt(line, msg)
	}
}

// readAll is what a parser gives, up to its end or an error.
func readAll(next func() (ast.Command, error)) ([]ast.Command, error) {
	var cmds []ast.Command
	for {
		cmd, err := next()
		if err == io.EOF {
			return cmds, nil
		}
		if err != nil {
			return cmds, err
		}
		if list, ok := cmd.(*ast.List); ok {
			cmds = append(cmds, list.Cmds...)
		} else if cmd != nil {
			cmds = append(cmds, cmd)
		}
	}
}

// errorAt is a syntax error in a line: its column is that of the token that
// the message quotes, if the line has it.
func (s *Script) errorAt(line int, msg string) *SyntaxError {
	line = min(max(line, 1), max(len(s.lines), 1))
	e := &SyntaxError{Position: lsb.Position{Path: s.Path, Line: line, Col: 1}, Msg: msg}
	text := s.Line(line)
	e.Col = 1 + len(text) - len(strings.TrimLeft(text, " \t"))
	for _, q := range [...]string{`"`, "`"} {
		_, rest, ok := strings.Cut(msg, q)
		if !ok {
			continue
		}
		token, _, ok := strings.Cut(strings.ReplaceAll(rest, "'", `"`), `"`)
		if i := strings.LastIndex(text, token); ok && token != "" && i >= 0 {
			e.Col = i + 1
		}
		break
	}
	return e
}

// interpreter is the first line behind its "#!".
func interpreter(src []byte) string {
	src = bytes.TrimPrefix(src, []byte("\xEF\xBB\xBF"))
	if !bytes.HasPrefix(src, []byte("#!")) {
		return ""
	}
	line, _, _ := bytes.Cut(src[2:], []byte("\n"))
	return strings.Trim(string(line), " \t\r")
}
