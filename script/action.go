package script

import (
	"sysv/interp/ast"
)

// Action is one thing that a script can be asked to do. A clause with several
// patterns is as many actions.
type Action struct {
	// Name is the pattern: "start", or "*" for the default.
	Name string
	Line int
	// Pattern is the word of it; nil where a function is the action.
	Pattern *ast.Word
	// Clause is where it stands; nil where it is no clause of a case.
	Clause *ast.Clause
	// Body is what is run, nil for an empty clause.
	Body ast.Command
	// Function is the function that is the action, of scripts whose
	// dispatch is a library's (rc.common).
	Function *Function
}

// Action is the action of a name, nil if there is none.
func (s *Script) Action(name string) *Action {
	for _, a := range s.Actions {
		if a.Name == name {
			return a
		}
	}
	return nil
}

// Func is the function of a name, nil if there is none. The last definition
// counts.
func (s *Script) Func(name string) *Function { return s.functions[name] }

// known are the names that tell a dispatch from another case.
func known(name string) bool {
	switch name {
	case "start", "stop", "restart", "reload", "force-reload", "status", "try-restart", "condrestart", "force-stop":
		return true
	}
	return false
}

func (s *Script) findActions() {
	switch s.Dialect {
	case OpenWrt, InitDScript, OpenRC:
		s.libraryActions()
	}
	best := 0
	s.Inspect(func(n any) bool {
		c, ok := n.(*ast.Case)
		if !ok {
			return true
		}
		if score := s.score(c); score > best {
			best, s.Dispatch = score, c
		}
		return true
	})
	if s.Dispatch != nil {
		for _, cl := range s.Dispatch.Clauses {
			for _, p := range cl.Patterns {
				s.Actions = append(s.Actions, &Action{
					Name: s.patternText(p), Line: p.Line, Pattern: p, Clause: cl, Body: cl.Body,
				})
			}
		}
	} else if len(s.Actions) == 0 {
		s.testedActions()
	}
}

// score is how much a case looks like the dispatch: the known names among its
// patterns, and a word that comes from the command line.
func (s *Script) score(c *ast.Case) int {
	n := 0
	for _, cl := range c.Clauses {
		for _, p := range cl.Patterns {
			if known(s.patternText(p)) {
				n += 2
			}
		}
	}
	if n == 0 || !s.fromCommandLine(c.Word) {
		return 0
	}
	if s.Action("start") != nil && n == 2 {
		return 0
	}
	return n
}

// fromCommandLine says that a word is, or has in it, the first parameter or a
// variable that was given it.
func (s *Script) fromCommandLine(w *ast.Word) bool {
	found := false
	for _, p := range w.Parts {
		x, ok := p.(*ast.Param)
		if !ok {
			continue
		}
		if x.Name == "1" || x.Name == "2" || x.Name == "@" || x.Name == "*" {
			found = true
		} else if v := s.values[x.Name]; v != nil {
			for _, w := range v.values {
				for _, p := range w.Parts {
					y, ok := p.(*ast.Param)
					found = found || ok && (y.Name == "1" || y.Name == "@" || y.Name == "*" || y.Name == "0")
				}
			}
			found = found || v.unknown
		}
	}
	return found
}

// patternText is the text of a pattern, without a prefix such as x that is
// put before the parameter too.
func (s *Script) patternText(w *ast.Word) string { return s.Expand(w) }

// libraryActions are the functions that a library calls for an action.
func (s *Script) libraryActions() {
	for _, f := range s.Functions {
		name := ""
		switch s.Dialect {
		case OpenWrt:
			switch f.Name {
			case "start", "stop", "restart", "reload", "boot", "shutdown":
				name = f.Name
			case "start_service":
				name = "start"
			case "stop_service":
				name = "stop"
			case "reload_service":
				name = "reload"
			}
		case OpenRC:
			switch f.Name {
			case "start", "stop", "restart", "reload", "status":
				name = f.Name
			}
		case InitDScript:
			switch f.Name {
			case "do_start", "do_start_override", "do_start_cmd", "do_start_cmd_override", "do_start_prepare":
				name = "start"
			case "do_stop", "do_stop_override", "do_stop_cmd", "do_stop_cmd_override", "do_stop_cleanup":
				name = "stop"
			case "do_restart", "do_restart_override":
				name = "restart"
			case "do_reload", "do_reload_override", "do_reload_cmd", "do_reload_sigusr1":
				name = "reload"
			case "do_status", "do_status_override":
				name = "status"
			}
		}
		if name != "" {
			s.Actions = append(s.Actions, &Action{Name: name, Line: f.Decl.Line, Body: f.Decl.Body, Function: f})
		}
	}
}

// testedActions are those of a script that compares its first parameter with
// the names of actions, one after the other.
func (s *Script) testedActions() {
	s.Inspect(func(n any) bool {
		x, ok := n.(*ast.If)
		if !ok {
			return true
		}
		cond, ok := x.Cond.(*ast.Simple)
		if !ok || len(cond.Args) < 4 {
			return true
		}
		for i := 1; i+2 < len(cond.Args)+0; i++ {
			op, _ := cond.Args[i+1].Lit()
			name := s.Expand(cond.Args[i+2])
			if (op == "=" || op == "==") && s.fromCommandLine(cond.Args[i]) && known(name) {
				s.Actions = append(s.Actions, &Action{Name: name, Line: cond.Line, Body: x.Then})
			}
		}
		return true
	})
}

// maxRounds is how far reach is carried from function to function; scripts
// nest theirs five deep. What is deeper may be run by every action.
const maxRounds = 64

// reach finds which call runs in which actions: those of a clause in its own,
// those of a function in its callers', those outside both always.
func (s *Script) reach() {
	clause := make(map[*ast.Clause]bits)
	first := make(map[*ast.Clause]*Action)
	for i, a := range s.Actions {
		if a.Clause != nil {
			clause[a.Clause] |= 1 << min(i, 63)
			if first[a.Clause] == nil {
				first[a.Clause] = a
			}
		}
		if a.Function != nil {
			a.Function.reach |= 1 << min(i, 63)
		}
	}
	own := make([]bits, len(s.Calls))
	for i, c := range s.Calls {
		own[i] = all
		if cl := s.dispatched(c); cl != nil {
			own[i], c.Action = clause[cl], first[cl]
		}
	}
	for _, f := range s.Functions {
		if f.named {
			f.reach = all
		}
	}
	// Each round carries reach over one more call.
	for round := 0; ; round++ {
		changed := false
		for i, c := range s.Calls {
			c.reach = own[i]
			if c.In != nil {
				c.reach &= c.In.reach
			}
			s.callees(c, func(f *Function, in bits) {
				if f.reach|in != f.reach {
					f.reach |= in
					changed = true
				}
			})
		}
		if !changed {
			return
		}
		if round == maxRounds {
			for _, f := range s.Functions {
				f.reach = all
			}
		}
	}
}

// dispatched is the clause of the dispatch in which a call stands, or nil.
func (s *Script) dispatched(c *Call) *ast.Clause {
	if s.Dispatch == nil || c.Context == nil {
		return nil
	}
	n := 0
	for x := c.Context.clause; x != nil && n < maxContext; n++ {
		if x.Node == ast.Command(s.Dispatch) {
			return s.Dispatch.Clauses[x.Index]
		}
		if x.Up == nil {
			return nil
		}
		x = x.Up.clause
	}
	return nil
}

// callees calls f for the functions that a call may run, and the actions in
// which it does: its own, or for "$1" or do_$1 those that the names of the
// actions make, each in its own.
func (s *Script) callees(c *Call, f func(*Function, bits)) {
	if c.Function != nil {
		f(c.Function, c.reach)
		return
	}
	parts := c.Words[0].Parts
	if len(parts) == 0 {
		return
	}
	if _, ok := parts[len(parts)-1].(*ast.Param); !ok || !s.fromCommandLine(c.Words[0]) {
		return
	}
	prefix := ""
	if lit, ok := parts[0].(*ast.Lit); ok {
		prefix = lit.Text
	}
	for i, a := range s.Actions[:min(len(s.Actions), 63)] {
		if c.reach.has(i) {
			if x := s.Func(prefix + a.Name); x != nil {
				f(x, 1<<i)
			}
		}
	}
}
