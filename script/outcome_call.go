package script

import (
	"strings"

	"sysv/interp/ast"
)

// maxDepth bounds how deep functions are followed.
const maxDepth = 20

func (r *outcome) call(x *ast.Simple, tested bool) bool {
	name := Base(r.s.Expand(x.Args[0]))
	args := x.Args[1:]
	if f := r.callee(x.Args[0]); f != nil {
		return r.function(f, tested)
	}
	if name == "command" || name == "builtin" {
		if len(args) == 0 {
			r.last = status(0)
			return true
		}
		name, args = r.s.Expand(args[0]), args[1:]
	}
	switch name {
	case "exit":
		st := r.last
		if len(args) > 0 {
			st = r.value(args[0])
		}
		r.exit(st)
		return false
	case "return":
		st := r.last
		if len(args) > 0 {
			st = r.value(args[0])
		}
		if r.returns != nil {
			r.returns.add(st, r.vars)
		} else {
			r.exit(st)
		}
		return false
	case "exec":
		if len(args) > 0 {
			r.exit(anyStatus())
			return false
		}
		r.last = status(0)
	case "rc_exit":
		r.exit(anyStatus())
		return false
	case "break", "continue":
		return false
	case "set":
		for _, w := range args {
			switch o := r.s.Expand(w); {
			case strings.HasPrefix(o, "-") && strings.Contains(o, "e") && !strings.HasPrefix(o, "--"):
				r.errexit = true
			case strings.HasPrefix(o, "+") && strings.Contains(o, "e"):
				r.errexit = false
			}
		}
		r.last = status(0)
	case "local", "export", "readonly", "declare", "typeset":
		for _, w := range args {
			if n, v, ok := splitAssignment(w); ok {
				r.set(n, r.value(v))
			} else if n, ok := w.Lit(); ok && name == "local" {
				r.set(n, anyStatus())
			}
		}
		r.last = status(0)
	case "read":
		for _, w := range args {
			if n, ok := w.Lit(); ok {
				r.own()
				delete(r.vars, n)
			}
		}
		r.last = anyStatus()
	default:
		r.last = r.known(name, args)
	}
	return true
}

// known is what commands exit with of which that is known.
func (r *outcome) known(name string, args []*ast.Word) Statuses {
	switch name {
	case ":", "true", "echo", "printf", "shift", "umask", "unset", "log_daemon_msg", "log_progress_msg", "log_action_msg",
		"log_action_begin_msg", "log_action_cont_msg", "log_action_end_msg", "log_begin_msg", "log_success_msg", "log_warning_msg", "log_failure_msg", "sleep":
		return status(0)
	case "false":
		return status(1)
	case "[", "test":
		return status(0, 1)
	case "log_end_msg":
		if len(args) == 0 {
			return status(1)
		}
		return r.value(args[0])
	case "status_of_proc":
		return status(0, 1, 3, 4)
	case "pidofproc":
		return status(0, 1, 3, 4)
	}
	return anyStatus()
}

// callee is the function of the script that a word calls.
func (r *outcome) callee(w *ast.Word) *Function {
	name := r.s.Expand(w)
	if f := r.s.Func(name); f != nil {
		return f
	}
	if strings.Contains(name, "$1") {
		return r.s.Func(strings.Replace(name, "$1", r.action, 1))
	}
	return nil
}

// returned is what a function's returns leave.
type returned struct {
	status Statuses
	vars   map[string]Statuses
}

func (r *returned) add(st Statuses, vars map[string]Statuses) {
	r.status = r.status.or(st)
	for k, v := range vars {
		r.vars[k] = r.vars[k].or(v)
	}
}

func (r *outcome) function(f *Function, tested bool) bool {
	if r.depth >= maxDepth {
		r.last = anyStatus()
		return true
	}
	r.depth++
	outer := r.returns
	own := &returned{vars: map[string]Statuses{}}
	r.returns = own
	flows := r.run(f.Decl.Body, tested)
	r.returns = outer
	r.depth--
	if flows {
		own.add(r.last, r.vars)
	}
	r.last, r.vars, r.owned = own.status, own.vars, true
	return !own.status.none()
}
