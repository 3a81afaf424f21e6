// Package interp is the shell: an evaluator of package ast's trees on a
// [system.System]. It behaves as dash does for #!/bin/sh scripts, and as bash
// does for #!/bin/bash ones, as far as init scripts use it.
//
// A [Shell] is one shell environment (POSIX XCU 2.13): variables, functions,
// options, traps, and a [system.Process] with its descriptors, directory,
// umask and limits. A subshell is a copy of it in the same machine process,
// unless something in it could tell the difference; then the binary runs
// itself again with the state handed over (handover.go).
package interp

import (
	"context"
	"io"
	"strconv"

	"sysv/interp/parse"
	"sysv/system"
	"sysv/utility/call"
)

// Dialect is the shell whose behaviour is wanted.
type Dialect int

// Dialects.
const (
	Dash Dialect = iota
	Bash
)

// Mode says when a built-in utility stands in for a program on the PATH.
type Mode int

// Modes of --utilities.
const (
	// Fallback uses a built-in only where there is no such program.
	Fallback Mode = iota
	// Never uses none.
	Never
	// Prefer uses the built-in in place of the system's own program.
	Prefer
)

// Function is a shell function that is written in Go (a function library's).
// args[0] is its name.
type Function func(ctx context.Context, sh *Shell, args []string) int

// Library supplies function libraries written in Go in place of files that a
// script sources.
type Library interface {
	// Source is asked before the file at path (as found) is read by the dot
	// command. If it serves the file, it has defined its functions and
	// variables in sh, and returns true with the status.
	Source(ctx context.Context, sh *Shell, path string) (status int, served bool)
	// Function finds one of its functions by name, for a shell that was
	// handed the state of another; nil if there is none.
	Function(name string) Function
}

// Config is what a shell is made with. Process must not be nil.
type Config struct {
	// Process is what the shell starts with; it is the shell's from then on.
	Process *system.Process
	Dialect Dialect
	// Name is $0, Args the positional parameters.
	Name string
	Args []string
	// Utilities finds a built-in utility; nil means there are none.
	Utilities func(name string) call.Func
	Mode      Mode
	// Library may be nil.
	Library Library
	// Trace, if not nil, is told of every simple command.
	Trace Tracer
}

// Tracer is told of what the shell does (--trace).
type Tracer interface {
	// Begin is called before a simple command, End after it. line is the
	// line in the file, name the file.
	Begin(file string, line int, argv []string)
	End(status int)
}

// Locator is a [Tracer] that also wants to know where the shell is before the
// words and the redirections of a command are looked at.
type Locator interface {
	Locate(file string, line int)
}

// shared is what a shell and all of its subshells have in common.
type shared struct {
	sys     system.System
	dialect Dialect
	utility func(string) call.Func
	mode    Mode
	library Library
	trace   Tracer
	locator Locator
	signals *signals
	// pid is $$: the main shell's.
	pid int
}

// Shell is one shell environment. It is used by one goroutine.
type Shell struct {
	*shared
	p   *system.Process
	ctx context.Context

	vars    vartab
	funcs   functab
	aliases map[string]string
	locals  []localVar
	// name is $0, params the positional parameters.
	name   string
	params []string
	opt    [optCount]bool
	status int
	// background is the pid of the last background command, or 0.
	background int
	getopts    getoptsState
	jobs       *jobTable
	traps      trapTable
	hash       *cmdHash

	// main tells the shell itself from a subshell.
	main bool
	// loops counts the loops around, in this function or file.
	loops int
	// skip is how control leaves the commands being run.
	skip      skip
	skipCount int
	// function is the depth of function calls, dots of sourced files.
	function, dots, evals int
	// parenthesised tells that the environment is that of ( … ), & or a
	// substitution, substituted that it is the last, piped that it is in a
	// pipeline, and leaving that the program being started is its last
	// command: what bash counts SHLVL down for.
	parenthesised, substituted, piped, leaving bool
	// handed counts the processes that the state has been handed over to.
	handed int
	// line is where the command being run stands; funcLine is where the
	// function around it begins (0 outside), for LINENO.
	line, funcLine int
	// file is the script or sourced file that is being read.
	file string
	// substStatus is the status of the last command substitution of the
	// command being expanded.
	substStatus int
	// command is the built-in being run, for messages.
	command string
	// tested is evTested if the status of the library's function that is
	// running is looked at. standIn is the path of a program that a built-in
	// utility may replace, since a library names it and no script does.
	tested  evalFlags
	standIn string
	// parser is what reads the commands being run.
	parser *parse.Parser
	// scopes counts the commands around whose local variables end with them
	// although they are no functions (command eval).
	scopes int
	// trapStatus is the status before the trap whose action is being run,
	// with which exit ends.
	trapStatus int
	// successor is how the program ended that has taken the place of this
	// subshell: what is said of it, the shell around says.
	successor system.WaitStatus
	// reading tells that a parser is being made for a file.
	reading bool
	// programs counts the programs that utilities have run.
	programs int
	// steps counts commands, and inTraps the actions of traps being run.
	steps   uint
	inTraps int
	out     outBuffer
	envSeq  int
	// b is what only bash has.
	b bashState
	// localsFrom is where the local variables of the function around begin.
	localsFrom int
}

// skip is why the commands that follow are not run.
type skip int

const (
	skipNone skip = iota
	skipBreak
	skipContinue
	skipReturn
)

// limits on what a script may make the shell do; each gives a clear error.
const (
	// maxFunctionDepth is dash's MAX_RECURSION.
	maxFunctionDepth = 1000
	// maxNesting bounds eval within eval and dot within dot.
	maxNesting = 1000
	// maxHandedOver bounds background commands within background commands,
	// so that a script that starts itself over and over ends.
	maxHandedOver = 200
	// maxScript bounds a script that is read from a file, in bytes. The
	// largest real init script is below 100 kB.
	maxScript = 128 << 20
)

// New makes a shell.
func New(c Config) *Shell {
	sh := &Shell{
		shared: &shared{
			sys: c.Process.Sys, dialect: c.Dialect, utility: c.Utilities, mode: c.Mode,
			library: c.Library, trace: c.Trace, pid: c.Process.Sys.Getpid(),
		},
		p: c.Process, name: c.Name, params: c.Args, main: true, file: c.Name, ctx: context.Background(),
	}
	sh.locator, _ = c.Trace.(Locator)
	sh.signals = &signals{sys: sh.sys}
	sh.signals.interrupts = interrupts{sys: sh.sys, die: sh.die, working: 1}
	sh.jobs = &jobTable{sys: sh.sys}
	sh.hash = &cmdHash{}
	sh.out.sh = sh
	sh.initVars()
	return sh
}

// exit is the panic by which a shell environment ends: it unwinds to the
// place where the environment was made.
type exit struct {
	status int
	// signal, if not 0, is the signal that ends it (SIGPIPE).
	signal system.Signal
	// space tells that it has taken too much memory.
	space bool
}

// abort is the panic of an error that ends a non-interactive shell (POSIX XCU
// 2.8.1); a regular built-in catches it.
type abort struct{ status int }

// Run runs commands from a source until its end, runs the EXIT trap, and
// returns the exit status. The context ends the waits of built-in commands.
func (sh *Shell) run(ctx context.Context, body func()) (status int) {
	sh.ctx = ctx
	status = sh.guard(body)
	return sh.runExitTrap(status)
}

// guard runs body and turns the panics that end a shell into its status.
func (sh *Shell) guard(body func()) (status int) {
	defer func() {
		switch e := recover().(type) {
		case nil:
		case exit:
			status = e.status
			if e.space {
				sh.status = status
				sh.warn("Out of space")
			}
			if e.signal != 0 && sh.main {
				sh.die(e.signal)
			}
		case abort:
			status = e.status
		case discard:
			status = e.status
		default:
			panic(e)
		}
	}()
	body()
	return sh.status
}

// die ends the machine process by a signal's default action.
func (sh *Shell) die(sig system.Signal) {
	if d, ok := sh.sys.(interface{ Die(system.Signal) }); ok {
		d.Die(sig)
	}
}

// RunText runs the text of sh -c.
func (sh *Shell) RunText(ctx context.Context, text string) int {
	sh.b.text = true
	return sh.run(ctx, func() { sh.evalText([]byte(text), 1, evExit) })
}

// RunFile runs a script that has been read.
func (sh *Shell) RunFile(ctx context.Context, src []byte) int {
	return sh.run(ctx, func() { sh.evalFile(src, nil, 0) })
}

// RunOpenFile runs a script that has been read from f, and then what has been
// written to the end of f meanwhile, as dash does, which reads as it runs.
func (sh *Shell) RunOpenFile(ctx context.Context, src []byte, f system.File) int {
	return sh.run(ctx, func() { sh.evalFile(src, f, 0) })
}

// RunInput runs commands read from standard input, a block at a time.
func (sh *Shell) RunInput(ctx context.Context) int {
	if sh.dialect == Dash {
		sh.signals.interrupts.change(true)
	}
	return sh.run(ctx, sh.evalInput)
}

// RunTextAndInput runs the text of -c, and then standard input (dash -cs).
func (sh *Shell) RunTextAndInput(ctx context.Context, text string) int {
	return sh.run(ctx, func() {
		sh.evalText([]byte(text), 1, 0)
		sh.evalInput()
	})
}

func (sh *Shell) evalInput() {
	if sh.dialect == Bash {
		sh.evalBashInput()
		return
	}
	more := func() ([]byte, bool) {
		b := make([]byte, 8192)
		n, err := sh.p.Stdin().Read(b)
		return b[:n], n > 0 && (err == nil || err == io.EOF)
	}
	sh.reading = true
	ps := sh.newParser(nil, 1, more)
	sh.reading = false
	sh.evalParser(ps, 0)
}

func (sh *Shell) newParser(src []byte, line int, more func() ([]byte, bool)) *parse.Parser {
	o := parse.Options{Line: line, More: more, Alias: sh.alias}
	if sh.dialect == Bash {
		o.Alias = nil
	}
	if sh.reading {
		o.Read = sh.echoInput
	}
	return parse.New(src, o)
}

// echoInput is set -v: lines of scripts, sourced files and standard input are
// echoed, those of -c and eval are not.
func (sh *Shell) echoInput(line []byte) {
	if sh.opt[optVerbose] {
		system.WriteAll(sh.p.Stderr(), line)
	}
}

// evalFile runs a file that has been read. If f is not nil it is that file,
// still open at its end.
func (sh *Shell) evalFile(src []byte, f system.File, flags evalFlags) {
	if sh.dialect == Bash {
		sh.evalBash(src, 1, flags)
		return
	}
	var more func() ([]byte, bool)
	if f != nil {
		more = func() ([]byte, bool) { return appended(f) }
	}
	sh.reading = true
	ps := sh.newParser(src, 1, more)
	sh.reading = false
	sh.evalParser(ps, flags)
}

// appended reads what has been written to the end of a regular file since it
// was read. Any other kind has one end.
func appended(f system.File) ([]byte, bool) {
	if info, err := f.Stat(); err != nil || !info.Mode.IsRegular() {
		return nil, false
	}
	b := make([]byte, 8192)
	n, err := f.Read(b)
	return b[:n], n > 0 && (err == nil || err == io.EOF)
}

// evalText reads and runs text command by command.
func (sh *Shell) evalText(src []byte, line int, flags evalFlags) {
	if len(src) > bigValue {
		checkSize(len(src))
	}
	if sh.dialect == Bash {
		sh.evalBash(src, line, flags)
		return
	}
	sh.evalParser(sh.newParser(src, line, nil), flags)
}

// evalParser runs what a parser reads. With evExit the last command may
// replace the shell.
func (sh *Shell) evalParser(ps *parse.Parser, flags evalFlags) {
	status := 0
	outer := sh.parser
	sh.parser = ps
	defer func() { sh.parser = outer }()
	next, err := ps.Next()
	for {
		if err == io.EOF {
			break
		}
		if err != nil {
			sh.syntaxError(err)
		}
		cmd := next
		f := flags &^ evExit
		if flags&evExit != 0 {
			// Whether this command is the last is known by reading on; what
			// follows must not be read before this has run, unless there is
			// nothing but the end.
			if ps.AtEOF() {
				f |= evExit
			}
		}
		if cmd != nil && !sh.opt[optNoExec] {
			status = sh.eval(cmd, f)
			if sh.skip != skipNone {
				break
			}
		}
		next, err = ps.Next()
	}
	sh.status = status
}

// syntaxError reports an error of the parser and ends the shell.
func (sh *Shell) syntaxError(err error) {
	if e, ok := err.(*parse.SyntaxError); ok {
		sh.line = e.Line
		sh.fatal(2, "%s", e.Msg)
	}
	sh.fatal(2, "%v", err)
}

// fatal prints an error and ends the shell, as dash's sh_error does.
func (sh *Shell) fatal(status int, format string, args ...any) {
	sh.warn(format, args...)
	if sh.dialect == Bash {
		panic(sh.bashFatal(status))
	}
	sh.status = status
	panic(abort{status})
}

// warn prints an error: "NAME: LINE: [COMMAND: ]message".
func (sh *Shell) warn(format string, args ...any) {
	b := make([]byte, 0, 128)
	if sh.dialect == Bash {
		b = append(b, sh.errorPrefix()...)
	} else {
		b = append(b, sh.name...)
		b = append(b, ": "...)
		b = strconv.AppendInt(b, int64(sh.line), 10)
		b = append(b, ": "...)
	}
	if sh.command != "" {
		b = append(b, sh.command...)
		b = append(b, ": "...)
	}
	b = appendf(b, format, args...)
	b = append(b, '\n')
	sh.out.flush()
	system.WriteAll(sh.p.Stderr(), b)
}
