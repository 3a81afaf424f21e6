package interp

import (
	"slices"
	"sysv/interp/ast"
)

// evalFlags say in what context a command is run.
type evalFlags uint8

const (
	// evTested: the status is looked at, so set -e does not count.
	evTested evalFlags = 1 << iota
	// evExit: the shell ends with this command, which may replace it.
	evExit
)

// eval runs a command and returns its status. It follows dash's evaltree.
func (sh *Shell) eval(c ast.Command, flags evalFlags) int {
	if sh.opt[optNoExec] {
		return sh.status
	}
	if sh.ctx.Err() != nil {
		panic(exit{status: 128 + 15})
	}
	if sh.steps++; sh.steps%spaceSteps == 0 {
		checkSpace()
	}
	check := false
	switch c := c.(type) {
	case *ast.Simple:
		sh.status = sh.simple(c, flags)
		sh.b.pipes = nil
		check = true
	case *ast.List:
		for i, cmd := range c.Cmds {
			f := flags
			if i < len(c.Cmds)-1 {
				f &^= evExit
			}
			sh.eval(cmd, f)
			if sh.skip != skipNone {
				break
			}
		}
		return sh.status
	case *ast.AndOr:
		if status := sh.eval(c.Left, (flags|evTested)&evTested); (status == 0) != c.Or && sh.skip == skipNone {
			return sh.eval(c.Right, flags)
		}
	case *ast.Not:
		status := sh.eval(c.Cmd, evTested)
		if sh.skip == skipNone {
			sh.status = 0
			if status == 0 {
				sh.status = 1
			}
		}
	case *ast.If:
		sh.eval(c.Cond, evTested)
		switch {
		case sh.skip != skipNone:
		case sh.status == 0:
			return sh.eval(c.Then, flags)
		case c.Else != nil:
			return sh.eval(c.Else, flags)
		default:
			sh.status = 0
		}
	case *ast.While:
		sh.status = sh.evalWhile(c, flags)
	case *ast.For:
		sh.status = sh.evalFor(c, flags)
	case *ast.Case:
		sh.status = sh.evalCase(c, flags)
	case *ast.Group:
		return sh.eval(c.Body, flags)
	case *ast.Subshell:
		sh.line = c.Line
		sh.status = sh.evalSubshell(c, flags)
		check = true
	case *ast.Redirected:
		sh.line = c.Line
		if sh.locator != nil {
			sh.locator.Locate(sh.file, sh.line)
		}
		sh.status, check = sh.evalRedirected(c, flags)
	case *ast.Pipeline:
		sh.line = c.Line
		sh.status = sh.evalPipeline(c)
		check = true
	case *ast.Background:
		sh.line = c.Line
		sh.status = sh.evalBackground(c)
	case *ast.FuncDecl:
		sh.defineFunction(c)
		sh.status = 0
	default:
		sh.status = sh.evalBashCommand(c, flags)
		check = checksStatus(c)
	}
	sh.runPendingTraps()
	if check && len(sh.jobs.jobs) > 0 {
		sh.jobs.reap()
	}
	if check && sh.status != 0 && flags&evTested == 0 && sh.skip == skipNone {
		if sh.dialect == Bash {
			sh.errTrap()
		}
		if sh.opt[optErrExit] {
			panic(exit{status: sh.status})
		}
	}
	return sh.status
}

// endLoop tells, after a turn of a loop's body or condition, whether the loop
// ends: break and continue count down the loops they leave.
func (sh *Shell) endLoop() bool {
	switch sh.skip {
	case skipContinue:
		if sh.skipCount--; sh.skipCount <= 0 {
			sh.skip = skipNone
			return false
		}
		return true
	case skipBreak:
		if sh.skipCount--; sh.skipCount <= 0 {
			sh.skip = skipNone
		}
		return true
	case skipReturn:
		return true
	}
	return false
}

func (sh *Shell) evalWhile(c *ast.While, flags evalFlags) int {
	sh.loops++
	defer func() { sh.loops-- }()
	status := 0
	for {
		cond := sh.eval(c.Cond, evTested)
		if sh.skip != skipNone {
			if sh.skip == skipReturn {
				status = sh.status
			}
			if sh.endLoop() {
				return status
			}
			continue
		}
		if (cond == 0) == c.Until {
			return status
		}
		status = sh.eval(c.Body, flags&evTested)
		if sh.endLoop() {
			return status
		}
	}
}

func (sh *Shell) evalFor(c *ast.For, flags evalFlags) int {
	sh.line = c.Line
	words := sh.params
	if c.In {
		words = sh.fields(c.Words, nil)
	}
	sh.loops++
	defer func() { sh.loops-- }()
	status := 0
	for _, w := range words {
		if sh.dialect == Bash {
			sh.line = c.Line
			sh.forHead(c)
		}
		sh.assign(c.Name, w, 0)
		status = sh.eval(c.Body, flags&evTested)
		if sh.endLoop() {
			break
		}
	}
	return status
}

func (sh *Shell) evalCase(c *ast.Case, flags evalFlags) int {
	sh.line = c.Line
	word := sh.str(c.Word, tildeWord)
	if sh.dialect == Bash {
		sh.debugTrap()
		if sh.opt[optXTrace] {
			sh.traceCase(c)
		}
	}
	run := false
	status := 0
	for _, cl := range c.Clauses {
		if !run {
			for _, p := range cl.Patterns {
				if sh.caseMatch(p, word) {
					run = true
					break
				}
			}
		}
		if !run {
			continue
		}
		if cl.Body != nil {
			status = sh.eval(cl.Body, flags)
		} else {
			status = 0
			if sh.dialect == Dash {
				sh.status = 0
			}
		}
		if sh.skip != skipNone || !cl.FallThrough && !cl.TestNext {
			return status
		}
		run = cl.FallThrough
	}
	return status
}

// caseMatch tells whether a pattern of case matches.
func (sh *Shell) caseMatch(p *ast.Word, word string) bool {
	if len(p.Parts) == 1 {
		if l, ok := p.Parts[0].(*ast.Lit); ok {
			if l.Quoted {
				return l.Text == word
			}
			if l.Text == "*" {
				return true
			}
		}
	}
	return sh.pattern(p).Match(word)
}

// evalRedirected runs a compound command with redirections. check tells that
// set -e counts: for a subshell, and where a redirection fails.
func (sh *Shell) evalRedirected(c *ast.Redirected, flags evalFlags) (status int, check bool) {
	// A subshell can keep what its redirections change.
	if s, ok := c.Cmd.(*ast.Subshell); ok {
		return sh.inSubshell(func(sub *Shell) {
			if st := sub.redirect(c.Redirs, nil); st != 0 {
				panic(exit{status: st})
			}
			sub.eval(s.Body, flags|evExit)
		}, s, c.Redirs, flags), true
	}
	var saved savedFiles
	defer func() { sh.restoreFiles(&saved) }()
	if st := sh.redirect(c.Redirs, &saved); st != 0 {
		return st, true
	}
	return sh.eval(c.Cmd, flags&evTested), false
}

// evalSubshell runs ( … ).
func (sh *Shell) evalSubshell(c *ast.Subshell, flags evalFlags) int {
	return sh.inSubshell(func(sub *Shell) { sub.eval(c.Body, flags|evExit) }, c, nil, flags)
}

// inSubshell runs body in a copy of the shell, or as a process of its own if
// the command could tell the difference.
func (sh *Shell) inSubshell(body func(*Shell), c *ast.Subshell, redirs []*ast.Redir, flags evalFlags) int {
	if flags&evExit != 0 && sh.main && sh.dialect == Dash && !sh.traps.any() && sh.trace == nil {
		// The shell has nothing else to do: it is the subshell from now on,
		// so that the last program in it takes the shell's place.
		body(sh)
		panic(exit{status: sh.status})
	}
	if sh.needsProcess(c.Body) {
		// The process is the subshell: what it runs is the body.
		cmd := c.Body
		if redirs != nil {
			cmd = &ast.Redirected{Line: c.Line, Cmd: &ast.Group{Body: c.Body}, Redirs: redirs}
		}
		return sh.runHandedOver(cmd)
	}
	sub := sh.fork()
	defer sub.release(sh)
	sub.parenthesised, sub.piped = true, false
	status := sub.runSub(func() { body(sub) })
	sh.interrupted()
	sh.reportSub(sub, flags)
	return status
}

// fork is a copy of the shell, to run as a subshell in this process. Its
// maker must call release when it has ended.
func (sh *Shell) fork() *Shell {
	sh.out.flush()
	sh.jobs.collect()
	c := *sh
	c.main, c.parenthesised, c.substituted = false, false, false
	c.vars.lending = sh.vars.lend()
	c.funcs.lending = sh.funcs.lend()
	c.locals = slices.Clip(sh.locals)
	c.p = sh.p.Fork()
	c.jobs = sh.jobs.forSubshell()
	c.hash = &cmdHash{parent: sh.hash}
	c.traps = sh.traps.forSubshell()
	c.out = outBuffer{sh: &c}
	c.b = sh.b.forSubshell()
	if len(sh.traps.actions) > 0 {
		c.inheritTraps(sh)
	}
	return &c
}

// release ends a subshell made by fork: the parent is alone with its
// variables again once all of its subshells have ended.
func (sub *Shell) release(parent *Shell) {
	sub.p.Files.CloseAll()
	parent.vars.release()
	parent.funcs.release()
}

// runSub runs a subshell's body and its EXIT trap, and returns its status.
func (sub *Shell) runSub(body func()) int {
	status := sub.guard(body)
	return sub.runExitTrap(status) & 0xff
}
