package interp

import (
	"slices"
	"sysv/interp/ast"
	"sysv/system"
)

// evalBackground runs a command in the background. A program is started
// itself, so that $! is its own pid and it outlives the shell; anything else
// is handed over to a process that goes on as a copy of this shell. Each
// command of a pipeline is a process of its own, and $! is the last one's.
func (sh *Shell) evalBackground(c *ast.Background) int {
	sh.out.flush()
	cmds := []ast.Command{c.Cmd}
	var merge []bool
	if p, ok := c.Cmd.(*ast.Pipeline); ok && !sh.opt[optMonitor] {
		cmds, merge = p.Cmds, p.Merge
	}
	var children []system.Child
	var in system.File
	for i, cmd := range cmds {
		var out system.File
		next := in
		in = nil
		if i < len(cmds)-1 {
			var err error
			if in, out, err = sh.sys.Pipe(); err != nil {
				sh.fatal(2, "Pipe call failed")
			}
		}
		child, err := sh.backgroundCommand(cmd, next, out, merge != nil && merge[i])
		if err != nil {
			if in != nil {
				in.Close()
			}
			sh.fatal(2, "Cannot fork")
		}
		children = append(children, child)
	}
	text := ""
	if sh.dialect == Bash {
		text = sourceCommand(c.Cmd)
	}
	last := len(children) - 1
	j := sh.jobs.add(children[last], text, children[:last]...)
	sh.background = j.pid
	return 0
}

// backgroundCommand starts one command in the background, with in and out as
// the ends of pipes where they are not nil; both are used up.
func (sh *Shell) backgroundCommand(c ast.Command, in, out system.File, merge bool) (system.Child, error) {
	sub := sh.fork()
	defer sub.release(sh)
	sub.piped = in != nil || out != nil
	sub.p.Background = true
	if !sh.opt[optMonitor] {
		// Without job control a background command reads nothing.
		if in == nil {
			if f, err := sh.sys.Open("/dev/null", system.ReadOnly, 0); err == nil {
				in = f
			}
		}
		// Nor is it interrupted by a key that is meant for the foreground.
		sub.ignore(system.SIGINT)
		sub.ignore(system.SIGQUIT)
	}
	if in != nil {
		sub.p.Files.Set(0, in)
	}
	if out != nil {
		sub.p.Files.Set(1, out)
		if merge {
			sub.p.Files.Dup(1, 2)
		}
	}
	if s, ok := backgroundSimple(c); ok {
		return sub.startBackground(s)
	}
	if sub.trace != nil {
		sub.trace.Begin(sub.file, sub.line, []string{printed(c, sub.line)})
		defer sub.trace.End(0)
	}
	return sub.handOver(body(c))
}

// body is what the process runs that is a background subshell.
func body(c ast.Command) ast.Command {
	switch c := c.(type) {
	case *ast.Subshell:
		return c.Body
	case *ast.Redirected:
		if g, ok := c.Cmd.(*ast.Group); ok {
			// The redirections are the process's own: the last command in
			// it may take its place.
			return &ast.Redirected{Line: c.Line, Cmd: &ast.Subshell{Line: c.Line, Body: g.Body}, Redirs: c.Redirs}
		}
	}
	return c
}

// backgroundSimple finds the simple command that is all there is to a
// background command: parentheses and braces around it change nothing.
func backgroundSimple(c ast.Command) (*ast.Simple, bool) {
	for {
		switch x := c.(type) {
		case *ast.Simple:
			return x, len(x.Args) > 0
		case *ast.Subshell:
			c = x.Body
		case *ast.Group:
			c = x.Body
		case *ast.List:
			if len(x.Cmds) != 1 {
				return nil, false
			}
			c = x.Cmds[0]
		default:
			return nil, false
		}
	}
}

// startBackground starts a simple command in the background. The subshell
// sub is the child's environment: what goes wrong in it happens there.
func (sub *Shell) startBackground(c *ast.Simple) (system.Child, error) {
	sub.line = c.Line
	var argv []string
	failed := true
	sub.guard(func() {
		argv, _ = sub.arguments(c)
		failed = false
	})
	if failed {
		return sub.handOverExit(sub.status)
	}
	if sub.trace != nil {
		sub.trace.Begin(sub.file, sub.line, argv)
		defer sub.trace.End(0)
	}
	if len(argv) == 0 {
		return sub.handOver(c)
	}
	var redirs []*ast.Redir
	blocks := false
	if status := sub.guard(func() { redirs, blocks = sub.backgroundRedirs(c.Redirs) }); len(redirs) != len(c.Redirs) {
		return sub.handOverExit(status)
	}
	expanded := &ast.Simple{Line: c.Line, Assigns: c.Assigns, Args: quotedWords(argv), Redirs: redirs}
	t := sub.find(argv[0], lookupOptions{})
	if argv[0] == "exec" && len(argv) > 1 {
		t = sub.findProgram(argv[1])
		argv = argv[1:]
	}
	if t.path == "" || sub.opt[optXTrace] || blocks {
		return sub.handOver(expanded)
	}
	var child system.Child
	var err error
	status := sub.guard(func() {
		if st := sub.redirect(redirs, nil); st != 0 {
			panic(exit{status: st})
		}
		for _, a := range c.Assigns {
			sub.assignment(a, varExported)
		}
		sub.leaving = !sub.piped
		child, err = sub.start(sub.process(), t.path, argv)
		if err != nil {
			panic(exit{status: sub.execError(argv[0], err)})
		}
		sub.status = 0
	})
	if child == nil {
		return sub.handOverExit(status)
	}
	return child, nil
}

// backgroundRedirs expands the names of files once and for all, and tells
// whether one is a FIFO: to open it may take until another process does, for
// which this shell cannot wait. They are nil where a name cannot be expanded.
func (sub *Shell) backgroundRedirs(redirs []*ast.Redir) (out []*ast.Redir, blocks bool) {
	for _, r := range redirs {
		switch r.Op {
		case ast.RedirIn, ast.RedirOut, ast.RedirClobber, ast.RedirAppend, ast.RedirInOut, ast.RedirAll, ast.RedirAllAppd:
		default:
			out = append(out, r)
			continue
		}
		if r.FdVar != "" {
			out = append(out, r)
			continue
		}
		name, ok := sub.redirectName(r)
		if !ok {
			panic(exit{status: 1})
		}
		if info, err := sub.p.Stat(name); err == nil && info.Mode.Type() == system.TypeFIFO {
			blocks = true
		}
		fixed := *r
		fixed.Word = quotedWords([]string{name})[0]
		out = append(out, &fixed)
	}
	return out, blocks
}

// handOverExit is a background process that has failed before it began: all
// that is left of it is a pid and a status.
func (sub *Shell) handOverExit(status int) (system.Child, error) {
	sub.status = status
	return sub.handOver(&ast.Simple{Line: sub.line, Args: quotedWords([]string{"exit", itoa(status)})})
}

// quotedWords makes words of arguments that have been expanded.
func quotedWords(argv []string) []*ast.Word {
	words := make([]*ast.Word, len(argv))
	for i, a := range argv {
		words[i] = &ast.Word{Parts: []ast.Part{&ast.Lit{Text: a, Quoted: true}}}
	}
	return words
}

// runHandedOver runs a command in a process of its own and waits for it.
func (sh *Shell) runHandedOver(c ast.Command) int {
	sub := sh.fork()
	defer sub.release(sh)
	child, err := sub.handOver(c)
	if err != nil {
		sh.fatal(2, "Cannot fork")
	}
	return sh.waitForeground(child)
}

// needsProcess tells whether a subshell must be a process of its own: it sets
// traps for signals, which can only be sent to a process.
func (sh *Shell) needsProcess(c ast.Command) bool {
	if sh.sys.Executable() == "" {
		return false
	}
	s := scanner{sh: sh}
	return s.command(c)
}

// scanner looks for commands that need a process of their own.
type scanner struct {
	sh   *Shell
	seen []string
}

func (s *scanner) command(c ast.Command) bool {
	switch c := c.(type) {
	case nil:
		return false
	case *ast.Simple:
		return s.simple(c)
	case *ast.List:
		return s.any(c.Cmds...)
	case *ast.AndOr:
		return s.any(c.Left, c.Right)
	case *ast.Not:
		return s.command(c.Cmd)
	case *ast.If:
		return s.command(c.Cond) || s.command(c.Then) || c.Else != nil && s.command(c.Else)
	case *ast.While:
		return s.any(c.Cond, c.Body)
	case *ast.For:
		return s.command(c.Body)
	case *ast.Group:
		return s.command(c.Body)
	case *ast.Redirected:
		return s.command(c.Cmd)
	case *ast.Case:
		for _, cl := range c.Clauses {
			if cl.Body != nil && s.command(cl.Body) {
				return true
			}
		}
	}
	return false
}

func (s *scanner) any(cmds ...ast.Command) bool {
	return slices.ContainsFunc(cmds, s.command)
}

func (s *scanner) simple(c *ast.Simple) bool {
	if len(c.Args) == 0 {
		return false
	}
	name, ok := c.Args[0].Lit()
	if !ok {
		return false
	}
	if name == "trap" {
		return trapsSignal(c.Args[1:])
	}
	f := s.sh.funcs.m[name]
	if f == nil || f.decl == nil {
		return false
	}
	if slices.Contains(s.seen, name) {
		return false
	}
	s.seen = append(s.seen, name)
	return s.command(f.decl.Body)
}

// trapsSignal tells whether the operands of trap set an action for a signal.
func trapsSignal(args []*ast.Word) bool {
	if len(args) < 2 {
		return false
	}
	if len(args[0].Parts) == 1 {
		if l, ok := args[0].Parts[0].(*ast.Lit); ok && (l.Text == "" || l.Text == "-") {
			return false
		}
	}
	for _, w := range args[1:] {
		if sig, ok := w.Lit(); !ok || sig != "0" && sig != "EXIT" && sig != "exit" {
			return true
		}
	}
	return false
}
