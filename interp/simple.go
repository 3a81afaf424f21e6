package interp

import (
	"strings"

	"sysv/interp/ast"
	"sysv/system"
	"sysv/utility/call"
)

// simple runs a simple command, as dash's evalcommand does.
func (sh *Shell) simple(c *ast.Simple, flags evalFlags) (status int) {
	if sh.substituted && len(c.Redirs) > 0 {
		flags &^= evExit
	}
	sh.line = c.Line
	if sh.locator != nil {
		sh.locator.Locate(sh.file, sh.line)
	}
	sh.substStatus = 0
	if sh.dialect == Bash {
		sh.debugTrap()
		sh.b.simple, sh.b.tested = c, flags&evTested != 0
		keep := len(sh.b.procs)
		defer func() { sh.afterSimple(keep) }()
	}
	var argv []string
	var first builtin
	if len(c.Args) > 0 {
		argv, first = sh.arguments(c)
	}
	// mark is where the assignments before the command begin.
	special, mark := false, sh.mark()
	cmd := target{}
	opts := lookupOptions{}
	if len(argv) > 0 {
		for argv[0] == "command" && first.run != nil {
			rest, o, runs := commandPrefix(argv)
			if !runs {
				break
			}
			o.defaultPath = o.defaultPath || opts.defaultPath
			argv, opts = rest, o
		}
		cmd = sh.find(argv[0], opts)
		special = cmd.builtin.run != nil && cmd.builtin.flags&builtinSpecial != 0 && !opts.noFunctions && sh.dialect == Dash
	}
	if len(argv) == 0 {
		// exec, or no command at all: redirections as if in a subshell.
		special = false
	}
	var saved savedFiles
	stderr := sh.p.Stderr()
	isExec := cmd.builtin.run != nil && argv[0] == "exec"
	if st := sh.redirect(c.Redirs, &saved); st != 0 {
		sh.restoreFiles(&saved)
		if special {
			panic(abort{st})
		}
		return st
	}
	defer func() {
		if isExec && sh.status == 0 {
			sh.keepFiles(&saved)
		} else {
			sh.restoreFiles(&saved)
		}
	}()
	if len(argv) == 0 {
		for _, a := range c.Assigns {
			sh.assignment(a, 0)
		}
		sh.b.lastArg = ""
		if sh.opt[optXTrace] {
			sh.traceCommand(stderr, c.Assigns, nil)
		}
		return sh.substStatus
	}
	if opts.noFunctions && cmd.builtin.run != nil {
		// What is made local under command ends with it.
		sh.scopes++
		defer func() { sh.scopes--; sh.unwind(mark) }()
	}
	if len(c.Assigns) > 0 {
		if !special {
			defer sh.unwind(mark)
		}
		for _, a := range c.Assigns {
			if !special {
				sh.makeLocal(a.Name)
				sh.assignment(a, varExported)
			} else {
				flags := varFlag(0)
				if isExec && len(argv) > 1 {
					flags = varExported
				}
				sh.assignment(a, flags)
			}
		}
		if cmd.path != "" || cmd.unknown {
			// PATH may be among them.
			cmd = sh.find(argv[0], opts)
		}
	}
	if sh.opt[optXTrace] {
		sh.traceCommand(stderr, c.Assigns, argv)
	}
	if sh.dialect == Bash {
		sh.b.lastArg = argv[len(argv)-1]
		sh.b.simple = c
	}
	if sh.trace != nil {
		sh.trace.Begin(sh.file, sh.line, argv)
		defer func() { sh.trace.End(status) }()
	}
	return sh.dispatch(cmd, argv, flags, special, len(c.Assigns) > 0)
}

// dispatch runs what a name was found to be.
func (sh *Shell) dispatch(cmd target, argv []string, flags evalFlags, special, assigns bool) int {
	switch {
	case cmd.function != nil:
		return sh.callFunction(cmd.function, argv, flags)
	case cmd.builtin.run != nil:
		return sh.callBuiltin(cmd.builtin, argv, flags, special)
	case cmd.utility != nil:
		return sh.callUtility(cmd, argv, flags)
	case cmd.path != "":
		return sh.external(cmd.path, argv, flags)
	}
	sh.notFound(argv[0], cmd.err)
	if sh.dialect == Bash && cmd.err != nil && cmd.err != system.ENOENT && cmd.err != system.ENOTDIR {
		return 126
	}
	return 127
}

// arguments expands the words of a command. The operands of export, readonly
// and local that look like assignments are not split.
func (sh *Shell) arguments(c *ast.Simple) (argv []string, first builtin) {
	argv = make([]string, 0, len(c.Args)+1)
	i := 0
	for i < len(c.Args) && len(argv) == 0 {
		argv = sh.fieldsOf(c.Args[i], argv)
		i++
	}
	if len(argv) == 0 {
		return nil, first
	}
	if sh.funcs.m[argv[0]] == nil {
		first = lookupBuiltin(argv[0], sh.dialect)
	}
	declares := first
	if argv[0] == "command" && first.run != nil {
		for i < len(c.Args) {
			argv = sh.fieldsOf(c.Args[i], argv)
			i++
			if last := argv[len(argv)-1]; !strings.HasPrefix(last, "-") {
				declares = lookupBuiltin(last, sh.dialect)
				break
			}
		}
	}
	if declares.flags&builtinAssigns != 0 {
		for _, w := range c.Args[i:] {
			if sh.dialect == Bash {
				if s, ok := sh.declareOperand(w, len(argv)); ok {
					argv = append(argv, s)
					continue
				}
			}
			if isAssignmentWord(w) {
				argv = append(argv, sh.operand(w))
			} else {
				argv = sh.fieldsOf(w, argv)
			}
		}
		return argv, first
	}
	return sh.fields(c.Args[i:], argv), first
}

// operand expands name=value, which isAssignmentWord has found: the value is
// expanded as in an assignment.
func (sh *Shell) operand(w *ast.Word) string {
	text := w.Parts[0].(*ast.Lit).Text
	i := strings.IndexByte(text, '=') + 1
	value := ast.Word{Line: w.Line, Parts: w.Parts[1:]}
	if i < len(text) {
		value.Parts = append([]ast.Part{&ast.Lit{Text: text[i:]}}, w.Parts[1:]...)
	}
	return text[:i] + sh.str(&value, tildeAssign)
}

// isAssignmentWord tells whether a word begins with name=, unquoted.
func isAssignmentWord(w *ast.Word) bool {
	if len(w.Parts) == 0 {
		return false
	}
	l, ok := w.Parts[0].(*ast.Lit)
	if !ok || l.Quoted {
		return false
	}
	i := strings.IndexByte(l.Text, '=')
	if i > 0 && l.Text[i-1] == '+' {
		i--
	}
	return i > 0 && isName(l.Text[:i])
}

// assignment performs NAME=value.
func (sh *Shell) assignment(a *ast.Assign, flags varFlag) {
	if a.IsArray || a.Index != nil || a.Append {
		sh.bashAssign(a, flags)
		return
	}
	sh.assign(a.Name, sh.str(a.Value, tildeAssign), flags)
}

// callBuiltin runs a built-in of the shell. An error in a special one ends
// the shell; in any other it is its status.
func (sh *Shell) callBuiltin(b builtin, argv []string, flags evalFlags, special bool) (status int) {
	outer := sh.command
	sh.command = argv[0]
	defer func() { sh.command = outer }()
	if !special {
		defer func() {
			if e := recover(); e != nil {
				a, ok := e.(abort)
				if d, isDiscard := e.(discard); isDiscard {
					a, ok = abort(d), true
				}
				if !ok {
					panic(e)
				}
				sh.out.finish()
				sh.status = a.status
				status = a.status
			}
		}()
	}
	status = b.run(sh, argv, flags)
	if err := sh.out.finish(); err != nil {
		status = sh.writeError(err, status)
	}
	sh.status = status
	return status
}

// writeError is what a built-in's failed write to standard output gives.
func (sh *Shell) writeError(err error, status int) int {
	if err == system.EPIPE && !sh.main {
		// The signal was this subshell's: the shell's trap has no part in it.
		sh.signals.brokenPipes.Add(1)
	}
	if err == system.EPIPE && !sh.sys.Ignored(system.SIGPIPE) && !sh.traps.set(system.SIGPIPE) {
		panic(exit{status: call.BrokenPipe, signal: system.SIGPIPE})
	}
	if sh.dialect == Bash {
		sh.warn("write error: %v", err)
		return 1
	}
	sh.warn("%s: I/O error", sh.command)
	return status | 1
}

// callUtility runs a built-in utility, or the real program in its place if
// the utility does not have what is asked of it.
func (sh *Shell) callUtility(cmd target, argv []string, flags evalFlags) int {
	if cmd.path != "" && asksOfSelf(argv) {
		return sh.external(cmd.path, argv, flags)
	}
	p := sh.process()
	if p.Run == nil {
		p.Run = sh.RunProgram
	}
	if sh.dialect == Bash {
		path := cmd.path
		if path == "" {
			path = "/bin/" + argv[0]
		}
		p.Env = sh.programCommand(p, path, argv).Env
	}
	programs := sh.programs
	status, refused := call.Run(sh.ctx, cmd.utility, p, argv)
	if refused == "" {
		if status == call.BrokenPipe && sh.programs == programs {
			// The signal was that of the program which the utility stands for.
			sh.signals.brokenPipes.Add(1)
		}
		return status
	}
	if cmd.path != "" {
		return sh.external(cmd.path, argv, flags)
	}
	sh.warn("%s: %s is not built in, and there is no %s program", argv[0], refused, argv[0])
	return 1
}
