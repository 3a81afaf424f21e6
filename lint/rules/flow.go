package rules

import (
	"strings"

	"sysv/interp/ast"
	"sysv/lint"
	"sysv/script"
)

// starts says that a command may run when the script starts its service. Of a
// script of which no actions are known, everything may.
func starts(p *lint.Pass, c *script.Call) bool {
	return len(p.Actions) == 0 || c.Runs(p.Script, "start")
}

// stops is the same for stop.
func stops(p *lint.Pass, c *script.Call) bool {
	return len(p.Actions) == 0 || c.Runs(p.Script, "stop")
}

// rescued says that something looks at a command's failure, and goes on: an
// if, or || with what does not leave.
func rescued(c *script.Call) bool {
	for x := c.Context; x != nil; x = x.Up {
		switch x.Branch {
		case script.After:
		case script.InCond:
			return true
		case script.InLeft:
			if a := x.Node.(*ast.AndOr); a.Or {
				return !leaving(a.Right)
			}
		case script.InRight:
		case script.InStage:
			return x.Index < len(x.Node.(*ast.Pipeline).Cmds)-1
		case script.InBody:
			switch x.Node.(type) {
			case *ast.Not:
				return true
			case *ast.Redirected, *ast.Subshell:
			default:
				return false
			}
		default:
			return false
		}
	}
	return false
}

// leaving says that a command leaves the script or the function with a status
// that is not known to be 0.
func leaving(cmd ast.Command) bool {
	found := false
	script.Inspect(cmd, func(n any) bool {
		x, ok := n.(*ast.Simple)
		if !ok || len(x.Args) == 0 {
			return !found
		}
		switch name, _ := x.Args[0].Lit(); name {
		case "exit", "return":
			zero := ""
			if len(x.Args) > 1 {
				zero, _ = x.Args[1].Lit()
			}
			found = found || zero != "0"
		}
		return !found
	})
	return found
}

// hushed says that a command's messages go to /dev/null: its failure is
// reckoned with.
func hushed(p *lint.Pass, c *script.Call) bool {
	for _, r := range c.Simple.Redirs {
		if r.Word == nil || p.Expand(r.Word) != "/dev/null" {
			continue
		}
		if r.Fd == 2 || r.Op == ast.RedirAll {
			return true
		}
	}
	return false
}

// errexit says that a failure of a command that nothing looks at ends the
// script: set -e is in force, as far as the text tells.
func errexit(p *lint.Pass, c *script.Call) bool {
	if !setsErrexit(p) || c.Tested() {
		return false
	}
	return c.In == nil || !anyTested(c.In, 3)
}

// anyTested says that a function is called where its status is looked at, so
// that -e is not in force in it.
func anyTested(f *script.Function, depth int) bool {
	for i, c := range f.Callers {
		if i == 50 || c.Tested() || depth > 0 && c.In != nil && c.In != f && anyTested(c.In, depth-1) {
			return true
		}
	}
	return false
}

// setsErrexit says that the script sets -e and nowhere takes it back.
func setsErrexit(p *lint.Pass) bool { return p.SetsErrexit }

// guarded says that a command runs only under a condition, in its own
// function or around all calls of that, of which is says that it is one.
func guarded(c *script.Call, is func(cond ast.Command) bool) bool {
	return guardedDeep(c, is, 3)
}

func guardedDeep(c *script.Call, is func(cond ast.Command) bool, depth int) bool {
	for _, g := range c.Guards() {
		if is(g.Cond) {
			return true
		}
	}
	for x := c.Context; x != nil; x = x.Up {
		// The case that picks the action is no condition of that kind.
		if k, ok := x.Node.(*ast.Case); ok && x.Branch == script.InClause && is(&ast.Simple{Args: []*ast.Word{k.Word}}) {
			return true
		}
	}
	if c.In == nil || depth == 0 || len(c.In.Callers) == 0 || len(c.In.Callers) > 20 {
		return false
	}
	for _, caller := range c.In.Callers {
		if caller.In == c.In || !guardedDeep(caller, is, depth-1) {
			return false
		}
	}
	return true
}

// words calls f for the text of all words of a command, and of the functions
// that it calls, until f says true.
func words(p *lint.Pass, cmd ast.Command, f func(text string) bool) bool {
	return wordsDeep(p, cmd, f, 2)
}

func wordsDeep(p *lint.Pass, cmd ast.Command, f func(text string) bool, depth int) bool {
	found := false
	script.Inspect(cmd, func(n any) bool {
		switch x := n.(type) {
		case *ast.Simple:
			if len(x.Args) > 0 && depth > 0 {
				if fn := p.Func(p.Expand(x.Args[0])); fn != nil {
					found = found || wordsDeep(p, fn.Decl.Body, f, depth-1)
				}
			}
		case *ast.Word:
			found = found || f(p.Expand(x))
		case *ast.Param:
			found = found || f("$"+x.Name)
		}
		return !found
	})
	return found
}

// asks says that a command runs only if a condition mentions one of these.
func asks(p *lint.Pass, c *script.Call, texts ...string) bool {
	return guarded(c, func(cond ast.Command) bool {
		return words(p, cond, func(w string) bool {
			for _, t := range texts {
				if len(t) > 1 && strings.Contains(w, t) {
					return true
				}
			}
			return false
		})
	})
}

// asksFor says that a command runs only if a condition has looked at one of
// these, as words of their own.
func asksFor(p *lint.Pass, c *script.Call, texts ...string) bool {
	return guarded(c, func(cond ast.Command) bool {
		return words(p, cond, func(w string) bool {
			for _, t := range texts {
				if len(t) > 1 && hasWord(w, t) {
					return true
				}
			}
			return false
		})
	})
}

// hasWord says that a text stands in another with nothing of a name before or
// behind it.
func hasWord(in, text string) bool {
	for at := 0; ; {
		i := strings.Index(in[at:], text)
		if i < 0 {
			return false
		}
		from, to := at+i, at+i+len(text)
		// A directory may have a slash at its end.
		if to < len(in) && in[to] == '/' {
			to++
		}
		if (from == 0 || !nameByte(in[from-1])) && (to == len(in) || !nameByte(in[to])) {
			return true
		}
		at += i + 1
	}
}

func nameByte(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z' || c == '_' || c == '-' || c == '.' || c == '/'
}

// asksWhetherRunning says that a command runs only if something was found out
// about the daemon's process.
func asksWhetherRunning(p *lint.Pass, c *script.Call) bool {
	return guarded(c, func(cond ast.Command) bool {
		return !testsEmpty(cond) && words(p, cond, aboutProcess)
	})
}

// aboutProcess says that a word has to do with whether a process is there.
func aboutProcess(w string) bool {
	w = strings.ToLower(w)
	if strings.HasPrefix(w, "/") {
		// A program's own name says nothing: /usr/sbin/keepalived.
		switch script.Base(w) {
		case "pidof", "pgrep", "checkproc", "kill":
			return true
		}
		return strings.HasPrefix(w, "/proc/") || strings.HasPrefix(w, "/var/lock/") || strings.HasPrefix(w, "/run/lock/") || strings.HasSuffix(w, "pid") && strings.Contains(w, "run/")
	}
	for _, t := range [...]string{"pidof", "pidfile", "pid_file", ".pid", "/proc/", "running", "status", "alive", "started", "stopped", "checkproc", "--test", "pgrep", "is_up", "lockfile"} {
		if strings.Contains(w, t) {
			return true
		}
	}
	return strings.HasPrefix(w, "$pid") && w != "$piddir" || strings.HasSuffix(w, "_pid") || w == "kill" || strings.HasPrefix(w, "$lock")
}

// testsEmpty says that a condition only asks whether a variable that names a
// file is set.
func testsEmpty(cond ast.Command) bool {
	x, ok := cond.(*ast.Simple)
	if !ok || len(x.Args) < 3 || len(x.Args) > 4 {
		return false
	}
	op, _ := x.Args[1].Lit()
	if op != "-z" && op != "-n" {
		return false
	}
	for _, part := range x.Args[2].Parts {
		if v, ok := part.(*ast.Param); ok && strings.Contains(strings.ToLower(v.Name), "file") {
			return true
		}
	}
	return false
}

// statement is the whole command of a list to which a call belongs.
func statement(c *script.Call) ast.Command {
	var cmd ast.Command = c.Simple
	for x := c.Context; x != nil; x = x.Up {
		switch x.Branch {
		case script.After:
			continue
		case script.InLeft, script.InRight, script.InStage:
			cmd = x.Node
			continue
		case script.InBody:
			switch x.Node.(type) {
			case *ast.Not, *ast.Redirected, *ast.Subshell, *ast.Background:
				cmd = x.Node
				continue
			}
		}
		break
	}
	return cmd
}

// followers are the commands that come right behind others, in lists.
func followers(p *lint.Pass) map[ast.Command]ast.Command {
	next := map[ast.Command]ast.Command{}
	add := func(cmds []ast.Command) {
		for i := 1; i < len(cmds); i++ {
			next[cmds[i-1]] = cmds[i]
		}
	}
	add(p.Commands)
	p.Inspect(func(n any) bool {
		if l, ok := n.(*ast.List); ok {
			add(l.Cmds)
		}
		return true
	})
	return next
}

// readsStatus says that a word is $?.
func readsStatus(w *ast.Word) bool {
	if len(w.Parts) == 1 {
		if x, ok := w.Parts[0].(*ast.Param); ok {
			return x.Name == "?" && x.Op == ast.ParamNone
		}
	}
	return false
}

// passesOn says that a command makes the status of the one before it that of
// the action: log_end_msg $?, exit $?, return $?.
func passesOn(cmd ast.Command) bool {
	x, ok := cmd.(*ast.Simple)
	if !ok || len(x.Args) == 0 {
		return false
	}
	switch name, _ := x.Args[0].Lit(); name {
	case "log_end_msg", "exit", "return":
		return len(x.Args) == 1 && name[0] != 'l' || len(x.Args) > 1 && readsStatus(x.Args[1])
	}
	return false
}

// failsLoudly says that a command, or one in it, reports a failure.
func failsLoudly(cmd ast.Command) bool {
	found := false
	script.Inspect(cmd, func(n any) bool {
		x, ok := n.(*ast.Simple)
		if !ok || len(x.Args) == 0 {
			return !found
		}
		arg := ""
		if len(x.Args) > 1 {
			arg, _ = x.Args[1].Lit()
		}
		switch name, _ := x.Args[0].Lit(); name {
		case "log_end_msg", "log_action_end_msg", "exit", "return":
			found = found || arg != "" && arg != "0"
		case "log_failure_msg", "failure", "echo_failure", "rc_failed":
			found = true
		}
		return !found
	})
	return found
}

// failureShows says that a call's failure becomes that of the action, and how.
func failureShows(p *lint.Pass, c *script.Call, next map[ast.Command]ast.Command) (how string, shows bool) {
	return failureShowsDeep(p, c, next, 3)
}

func failureShowsDeep(p *lint.Pass, c *script.Call, next map[ast.Command]ast.Command, depth int) (how string, shows bool) {
	if errexit(p, c) {
		return "set -e ends the script there", true
	}
	top := true
	for x := c.Context; x != nil && top; x = x.Up {
		switch x.Branch {
		case script.InCond:
			if i, ok := x.Node.(*ast.If); ok && i.Else != nil && failsLoudly(i.Else) {
				return "the else reports a failure", true
			}
			return "", false
		case script.InLeft:
			if a := x.Node.(*ast.AndOr); a.Or {
				if v := keepsStatus(a.Right); v != "" && passedOn(p, v) {
					return "its status is passed on by $" + v, true
				}
				return "|| takes it for a failure", failsLoudly(a.Right)
			}
		case script.InBody:
			switch x.Node.(type) {
			case *ast.Not, *ast.Background:
				return "", false
			}
		case script.InThen, script.InElse, script.InClause, script.InSubst:
			top = false
		}
	}
	n := next[statement(c)]
	if n != nil && passesOn(n) {
		return "its status is passed on", true
	}
	// The last command of a function gives its status to who has called it.
	if n != nil || !top || c.In == nil || depth == 0 || len(c.In.Callers) > 20 {
		return "", false
	}
	for _, caller := range c.In.Callers {
		if how, shows := failureShowsDeep(p, caller, next, depth-1); shows && !asksWhetherRunning(p, caller) {
			return how, true
		}
	}
	return "", false
}

// keepsStatus is the variable that a command gives $? to, "" if there is none.
func keepsStatus(cmd ast.Command) string {
	x, ok := cmd.(*ast.Simple)
	if !ok || len(x.Args) > 0 || len(x.Assigns) != 1 || x.Assigns[0].Value == nil || !readsStatus(x.Assigns[0].Value) {
		return ""
	}
	return x.Assigns[0].Name
}

// passedOn says that the script exits with a variable's value.
func passedOn(p *lint.Pass, name string) bool {
	for _, c := range p.Calls {
		if c.Path == "exit" && len(c.Args) > 0 && len(wholeVariables(c.Words[1])) == 1 && wholeVariables(c.Words[1])[0] == name {
			return true
		}
	}
	return false
}
