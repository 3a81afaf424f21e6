package script

import (
	"maps"
	"strconv"
	"strings"
	"sync"

	"sysv/interp/ast"
)

// Statuses is a set of exit statuses: those up to 63 one by one, and Other
// for one that is not 0 and is not known.
type Statuses struct {
	Codes uint64
	Other bool
}

// Has says that a status is known to be among them.
func (s Statuses) Has(code int) bool { return code >= 0 && code < 64 && s.Codes&(1<<code) != 0 }

// OnlyZero says that there is none but 0.
func (s Statuses) OnlyZero() bool { return s.Codes == 1 && !s.Other }

// NonZero says that it may be another than 0.
func (s Statuses) NonZero() bool { return s.Codes&^1 != 0 || s.Other }

func (s Statuses) or(t Statuses) Statuses { return Statuses{s.Codes | t.Codes, s.Other || t.Other} }

// failed are those that are not 0.
func (s Statuses) failed() Statuses { return Statuses{s.Codes &^ 1, s.Other} }

func (s Statuses) none() bool { return s.Codes == 0 && !s.Other }

func status(codes ...int) (s Statuses) {
	for _, c := range codes {
		if c >= 0 && c < 64 {
			s.Codes |= 1 << c
		} else {
			s.Other = true
		}
	}
	return s
}

func anyStatus() Statuses { return Statuses{1, true} }

// Outcome is what the script may exit with when it is asked for an action, as
// far as its text tells: every branch is taken, every unknown command may
// succeed or fail. What it exits with before it has looked at the action is
// left out. An action that it does not have is what its default does. It is
// not known (ok is false) of a script without a dispatch of its own, with a
// trap on its exit, or with more branches than are looked at.
func (s *Script) Outcome(action string) (out Statuses, ok bool) {
	s.outcomes.Lock()
	defer s.outcomes.Unlock()
	if x, known := s.outcomes.of[action]; known {
		return x.out, x.ok
	}
	out, ok = s.outcome(action)
	if s.outcomes.of == nil {
		s.outcomes.of = map[string]knownOutcome{}
	}
	s.outcomes.of[action] = knownOutcome{out, ok}
	return out, ok
}

// maxSteps is how many commands are walked over, each way on its own, for one
// outcome: of nearly two hundred real scripts those that need more need far
// more, and stay unknown.
const maxSteps = 3000

// outcomes are those that were found already.
type outcomes struct {
	sync.Mutex
	of map[string]knownOutcome
}

type knownOutcome struct {
	out Statuses
	ok  bool
}

func (s *Script) outcome(action string) (out Statuses, ok bool) {
	if s.Dispatch == nil || s.Err != nil {
		return out, false
	}
	var clause *ast.Clause
	name := action
	if a := s.Action(action); a != nil {
		clause = a.Clause
	} else {
		name = "*"
		if clause = s.fallback(); clause == nil && s.globbed() {
			return out, false
		}
	}
	for _, c := range s.Calls {
		if c.Name == "trap" && c.Has("EXIT", "0", "exit") && c.Runs(s, name) {
			return out, false
		}
	}
	r := &outcome{s: s, clause: clause, action: action, vars: map[string]Statuses{}, budget: maxSteps, last: status(0)}
	r.errexit = strings.Contains(" "+s.Interpreter+" ", " -e ")
	flows := r.list(s.Commands, false)
	if flows {
		r.exit(r.last)
	}
	return r.exits, r.entered && r.budget > 0 && !r.exits.none()
}

// fallback is the clause that takes an action which has none of its own.
func (s *Script) fallback() *ast.Clause {
	for _, cl := range s.Dispatch.Clauses {
		for _, p := range cl.Patterns {
			if s.Expand(p) == "*" {
				return cl
			}
		}
	}
	return nil
}

// globbed says that a pattern of the dispatch has something in it that may
// match more than its text.
func (s *Script) globbed() bool {
	for _, cl := range s.Dispatch.Clauses {
		for _, p := range cl.Patterns {
			if strings.ContainsAny(s.Expand(p), "*?[$") {
				return true
			}
		}
	}
	return false
}

// outcome walks over the commands with the set of statuses that each may have.
type outcome struct {
	s       *Script
	clause  *ast.Clause
	action  string
	entered bool
	errexit bool
	last    Statuses
	exits   Statuses
	returns *returned
	vars    map[string]Statuses
	// owned says that nothing else has vars, so that it may be changed.
	owned  bool
	depth  int
	budget int
}

func (r *outcome) exit(st Statuses) {
	if r.entered {
		r.exits = r.exits.or(st)
	}
}

// list says whether what stands behind it is reached.
func (r *outcome) list(cmds []ast.Command, tested bool) bool {
	for _, c := range cmds {
		if !r.run(c, tested) {
			return false
		}
	}
	return true
}

// set gives a variable a value. A map that another way has too is copied
// first.
func (r *outcome) set(name string, st Statuses) {
	r.own()
	r.vars[name] = st
}

func (r *outcome) own() {
	if !r.owned {
		r.vars, r.owned = maps.Clone(r.vars), true
	}
}

// branch runs one way of several from the same state, and gives what it
// leaves. Whether that is another state than from, r.owned says then.
func (r *outcome) branch(from map[string]Statuses, last Statuses, f func() bool) (map[string]Statuses, Statuses, bool) {
	r.vars, r.owned, r.last = from, false, last
	flows := f()
	return r.vars, r.last, flows
}

// ways takes several ways from here and joins those that go on.
func (r *outcome) ways(list ...func() bool) bool {
	from, last, owned := r.vars, r.last, r.owned
	var left []map[string]Statuses
	var st Statuses
	some, changed := false, false
	for _, f := range list {
		vars, l, flows := r.branch(from, last, f)
		if !flows {
			continue
		}
		left = append(left, vars)
		changed = changed || r.owned
		st, some = st.or(l), true
	}
	r.last = st
	switch {
	case !changed:
		r.vars, r.owned = from, owned
	case len(left) == 1:
		r.vars, r.owned = left[0], true
	default:
		joined := make(map[string]Statuses, len(from)+4)
		for _, vars := range left {
			for k, v := range vars {
				joined[k] = joined[k].or(v)
			}
		}
		r.vars, r.owned = joined, true
	}
	return some
}

// run runs one command; tested says that -e does not look at it.
func (r *outcome) run(cmd ast.Command, tested bool) bool {
	if r.budget--; r.budget <= 0 {
		return false
	}
	switch x := cmd.(type) {
	case nil:
		r.last = status(0)
	case *ast.Simple:
		return r.simple(x, tested) && r.check(tested)
	case *ast.Pipeline:
		for _, c := range x.Cmds {
			r.sub(c)
		}
		return r.check(tested)
	case *ast.Not:
		flows := r.run(x.Cmd, true)
		st := r.last
		r.last = Statuses{}
		if st.NonZero() {
			r.last = status(0)
		}
		if st.Has(0) {
			r.last = r.last.or(status(1))
		}
		return flows
	case *ast.AndOr:
		if !r.run(x.Left, true) {
			return false
		}
		return r.andOr(x, tested)
	case *ast.List:
		return r.list(x.Cmds, tested)
	case *ast.Background:
		r.last = status(0)
	case *ast.Subshell:
		r.sub(x.Body)
		return r.check(tested)
	case *ast.Group:
		return r.run(x.Body, tested)
	case *ast.Redirected:
		return r.run(x.Cmd, tested)
	case *ast.Time:
		return r.run(x.Cmd, tested)
	case *ast.If:
		if !r.run(x.Cond, true) {
			return false
		}
		return r.choice(x, tested)
	case *ast.While:
		r.run(x.Cond, true)
		r.loop(x.Body, tested)
	case *ast.For:
		r.set(x.Name, anyStatus())
		r.loop(x.Body, tested)
	case *ast.Select:
		r.loop(x.Body, tested)
	case *ast.ArithFor:
		r.loop(x.Body, tested)
	case *ast.Case:
		return r.choose(x, tested)
	case *ast.FuncDecl:
		r.last = status(0)
	default:
		r.last = status(0, 1)
		return r.check(tested)
	}
	return true
}

// check has -e look at the status of a command.
func (r *outcome) check(tested bool) bool {
	if !r.errexit || tested || !r.last.NonZero() {
		return true
	}
	r.exit(r.last.failed())
	if !r.last.Has(0) {
		return false
	}
	r.last = status(0)
	return true
}

func (r *outcome) andOr(x *ast.AndOr, tested bool) bool {
	st := r.last
	stays, goes := st.failed(), Statuses{st.Codes & 1, false}
	if x.Or {
		stays, goes = goes, stays
	}
	if goes.none() {
		return true
	}
	right := func() bool {
		r.last = goes
		return r.run(x.Right, tested)
	}
	if stays.none() {
		return right()
	}
	return r.ways(func() bool { r.last = stays; return true }, right)
}

// choice is the two ways of an if, of which each is taken only if the
// condition can come out so.
func (r *outcome) choice(x *ast.If, tested bool) bool {
	st := r.last
	var ways []func() bool
	if st.Has(0) {
		ways = append(ways, func() bool {
			r.last = status(0)
			return r.run(x.Then, tested)
		})
	}
	if st.NonZero() {
		ways = append(ways, func() bool {
			if x.Else == nil {
				r.last = status(0)
				return true
			}
			r.last = st.failed()
			return r.run(x.Else, tested)
		})
	}
	return r.ways(ways...)
}

// loop is a body that is run any number of times.
func (r *outcome) loop(body ast.Command, tested bool) {
	r.ways(func() bool { r.last = status(0); return true }, func() bool {
		r.run(body, tested)
		return true
	})
}

// sub runs in a process of its own: what it exits with is its status.
func (r *outcome) sub(cmd ast.Command) {
	exits, entered, vars, returns, owned := r.exits, r.entered, r.vars, r.returns, r.owned
	r.exits, r.entered, r.returns = Statuses{}, true, nil
	var st Statuses
	_, _, _ = r.branch(vars, r.last, func() bool {
		if r.run(cmd, false) {
			r.exits = r.exits.or(r.last)
		}
		st = r.exits
		return true
	})
	r.exits, r.entered, r.vars, r.returns, r.owned = exits, entered, vars, returns, owned
	if r.last = st; st.none() {
		r.last = anyStatus()
	}
}

func (r *outcome) choose(x *ast.Case, tested bool) bool {
	if x == r.s.Dispatch {
		r.entered = true
		if r.clause == nil {
			r.last = status(0)
			return true
		}
		return r.run(r.clause.Body, tested)
	}
	var ways []func() bool
	full := false
	for _, cl := range x.Clauses {
		for _, p := range cl.Patterns {
			if text, ok := p.Lit(); ok && text == "*" {
				full = true
			}
		}
		ways = append(ways, func() bool { return r.run(cl.Body, tested) })
	}
	if !full {
		ways = append(ways, func() bool { r.last = status(0); return true })
	}
	return r.ways(ways...)
}

// value is what a word may be as a status.
func (r *outcome) value(w *ast.Word) Statuses {
	if len(w.Parts) == 1 {
		if p, ok := w.Parts[0].(*ast.Param); ok && p.Op == ast.ParamNone && p.Bad == "" {
			if p.Name == "?" {
				return r.last
			}
			if v, ok := r.vars[p.Name]; ok {
				return v
			}
		}
	}
	if text, ok := r.s.Constant(w); ok {
		if n, err := strconv.Atoi(text); err == nil {
			return status(n)
		}
	}
	return anyStatus()
}

func (r *outcome) simple(x *ast.Simple, tested bool) bool {
	var next Statuses
	set := false
	for _, a := range x.Assigns {
		st := anyStatus()
		if a.Value != nil && !a.Append {
			st = r.value(a.Value)
			for _, p := range a.Value.Parts {
				if _, ok := p.(*ast.CmdSubst); ok {
					next, set = anyStatus(), true
				}
			}
		}
		if len(x.Args) == 0 {
			r.set(a.Name, st)
		}
	}
	if len(x.Args) == 0 {
		if r.last = next; !set {
			r.last = status(0)
		}
		return true
	}
	return r.call(x, tested)
}
