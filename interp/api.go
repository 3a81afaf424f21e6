package interp

import (
	"context"

	"sysv/interp/ast"
	"sysv/interp/parse"
	"sysv/system"
)

// This file is the shell's face to package library. A function that is
// written in Go does what shell text would do by running commands here: they
// are found as the shell finds them (functions first), they are traced, and
// they heed traps and set -e.

// Redirect is a redirection of one command: to or from a file or, where Path
// is empty, to what descriptor From is.
type Redirect struct {
	Fd   int
	Path string
	// Read opens the file for reading, and not for writing.
	Read bool
	From int
}

// Null is a redirection of a descriptor to /dev/null.
func Null(fd int) Redirect { return Redirect{Fd: fd, Path: "/dev/null"} }

// At tells at which line of the library's original the commands that follow
// stand, for error messages. It returns the shell.
func (sh *Shell) At(line int) *Shell {
	sh.line = line
	return sh
}

// Call runs a command whose status nobody looks at: with set -e a failure
// ends the shell, unless the function was itself called where it is looked at.
func (sh *Shell) Call(argv []string, redirs ...Redirect) int {
	return sh.eval(sh.goCommand(argv, redirs), sh.tested)
}

// Try runs a command as the condition of an if.
func (sh *Shell) Try(argv []string, redirs ...Redirect) int {
	return sh.eval(sh.goCommand(argv, redirs), evTested)
}

// Program lets Call and Try take a built-in utility in place of the program
// that a path names, if built-in utilities are preferred. It is for programs
// that a library, and not the script, names by path.
func (sh *Shell) Program(path string) *Shell {
	sh.standIn = path
	return sh
}

// Output runs a command in a subshell and returns its output, as the shell's
// $(…) does, and its status.
func (sh *Shell) Output(argv []string, redirs ...Redirect) (string, int) {
	out := sh.substitute(&ast.CmdSubst{Line: sh.line, Body: sh.goCommand(argv, redirs)})
	return out, sh.substStatus
}

// Eval runs shell text; its lines count from the line that At gave.
func (sh *Shell) Eval(text string) int {
	line := sh.line
	defer func() { sh.line = line }()
	sh.evalText([]byte(text), line, sh.tested)
	return sh.status
}

// Return is the return built-in in a function: it gives the status to return,
// and ends the shell where the operand is no number.
func (sh *Shell) Return(operands ...string) int {
	status := sh.Call(append([]string{"return"}, operands...))
	sh.skip = skipNone
	return status
}

// Exit ends the shell environment.
func (sh *Shell) Exit(status int) { panic(exit{status: status}) }

func (sh *Shell) goCommand(argv []string, redirs []Redirect) *ast.Simple {
	c := &ast.Simple{Line: sh.line, Args: quotedWords(argv)}
	for _, r := range redirs {
		op, word := ast.RedirOut, r.Path
		switch {
		case r.Path == "":
			op, word = ast.RedirDupOut, itoa(r.From)
		case r.Read:
			op = ast.RedirIn
		}
		c.Redirs = append(c.Redirs, &ast.Redir{Line: sh.line, Op: op, Fd: r.Fd, Word: quotedWords([]string{word})[0]})
	}
	return c
}

// Status is $?.
func (sh *Shell) Status() int { return sh.status }

// SetStatus sets $?.
func (sh *Shell) SetStatus(status int) { sh.status = status }

// Get is a parameter's value ("TERM", "1", "PWD"), and whether it is set.
func (sh *Shell) Get(name string) (string, bool) { return sh.param(name) }

// Expand is $name or, with set -u, an error that ends the shell where the
// parameter is not set.
func (sh *Shell) Expand(name string) string {
	v, ok := sh.param(name)
	if !ok {
		sh.checkUnset(name)
	}
	return v
}

// Set sets a variable; a read-only one is an error that ends the shell.
func (sh *Shell) Set(name, value string) {
	sh.assign(name, value, 0)
	sh.status = 0
}

// Process is the shell's process, with the environment that programs get.
func (sh *Shell) Process() *system.Process { return sh.process() }

// Params are the positional parameters.
func (sh *Shell) Params() []string { return sh.params }

// Split is what becomes of a value that is expanded without quotes: it is
// split by IFS, and patterns in it become the names of files.
func (sh *Shell) Split(value string) []string {
	if value == "" {
		return nil
	}
	var x expansion
	x.add(value, byteSplit)
	return sh.splitFields(&x, nil)
}

// Option reports whether an option of set is on, by its letter.
func (sh *Shell) Option(letter byte) bool {
	for o, t := range optionTable {
		if t.letter == letter {
			return sh.opt[o]
		}
	}
	return false
}

// Utilities is when built-in utilities stand in for programs.
func (sh *Shell) Utilities() Mode { return sh.mode }

// HasUtility tells whether a utility of this name is built in and in use.
func (sh *Shell) HasUtility(name string) bool {
	return sh.mode != Never && sh.utility != nil && sh.utility(name) != nil
}

// Find is the path of the program that a name without a slash would run, or
// "" where it is not on the PATH.
func (sh *Shell) Find(name string) string {
	path, _ := sh.search(name, lookupOptions{})
	return path
}

// Alias is the text of an alias.
func (sh *Shell) Alias(name string) (text string, ok bool) {
	text, ok = sh.aliases[name]
	return text, ok
}

// HasAliases tells whether any alias is defined: text that is read from now on
// may not mean what it says.
func (sh *Shell) HasAliases() bool { return len(sh.aliases) > 0 }

// CallText runs a library's function from the text of the file that it stands
// for, as set -x needs it: of each function in src that is still the
// library's own, the text takes the place. ok is false if src has no function
// of the name.
func (sh *Shell) CallText(src []byte, file string, argv []string) (status int, ok bool) {
	ps := parse.New(src, parse.Options{Line: 1})
	for {
		cmd, err := ps.Next()
		if err != nil {
			break
		}
		if d, is := cmd.(*ast.FuncDecl); is {
			if f := sh.funcs.m[d.Name]; f != nil && f.code != nil {
				sh.funcs.own()
				sh.funcs.m[d.Name] = &function{decl: d, file: file}
			}
		}
	}
	f := sh.funcs.m[argv[0]]
	if f == nil || f.code != nil {
		return 0, false
	}
	return sh.callFunction(f, argv, sh.tested), true
}

// RunGo runs a script that is written in Go, as RunFile runs one of text.
func (sh *Shell) RunGo(ctx context.Context, body func(ctx context.Context, sh *Shell) int) int {
	return sh.run(ctx, func() { sh.status = body(ctx, sh) })
}

// serve asks the library to stand in for a sourced file.
func (sh *Shell) serve(path string, flags evalFlags) (status int, served bool) {
	if sh.library == nil || sh.mode == Never {
		return 0, false
	}
	file, line, loops, funcLine, outer, tested := sh.file, sh.line, sh.loops, sh.funcLine, sh.command, sh.tested
	sh.dots++
	defer func() {
		sh.dots--
		sh.file, sh.line, sh.loops, sh.funcLine, sh.command, sh.tested = file, line, loops, funcLine, outer, tested
	}()
	sh.tested = dotFlags(sh, flags)
	sh.file, sh.loops, sh.funcLine, sh.command = path, 0, 0, path
	status, served = sh.library.Source(sh.ctx, sh, sh.p.Abs(path))
	if served {
		sh.status = status
	}
	return status, served
}
