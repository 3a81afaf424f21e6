package script

import (
	"iter"
	"slices"
	"strings"

	"sysv/interp/ast"
)

// Call is one simple command that has a name: a program, a built-in or a
// function, with what stands around it.
type Call struct {
	// Simple is the command.
	Simple *ast.Simple
	// Line is the line of its first word.
	Line int
	// Wrappers are the words before the command proper that only run it:
	// "exec", "command", "nohup", "env", "nice", "setsid" and so on.
	Wrappers []string
	// Words are its words from its name on, without Wrappers and their
	// options. It is never empty.
	Words []*ast.Word
	// Path is the name with constants put in, and Name that without
	// directories. A part that is not known stands there as "$NAME".
	Path, Name string
	// Args are the words behind the name in the same way ([Script.Expand]).
	Args []string
	// Function is the script's own function that it calls, or nil.
	Function *Function
	// In is the function in whose definition it stands, or nil.
	In *Function
	// Action is the clause of the dispatch in which it stands, or nil.
	Action *Action
	// Context is what stands around it, innermost first; nil at the top.
	Context *Context

	reach     bits
	startStop *StartStop
}

// Branch tells in which part of a compound command something stands.
type Branch int

// Branches.
const (
	// InCond is the condition of an if or a while.
	InCond Branch = iota
	// InThen, InElse and InBody are what is run under it.
	InThen
	InElse
	InBody
	// InLeft and InRight are the sides of && and ||.
	InLeft
	InRight
	// InStage is a command of a pipeline, number Index.
	InStage
	// InClause is the clause number Index of a case.
	InClause
	// InSubst is $(…): Node is nil, Word has it.
	InSubst
	// After is behind a command of the same list that leaves if Node (a
	// condition) has not come out as Wanted.
	After
)

// Context is one thing around a command.
type Context struct {
	Up     *Context
	Node   ast.Command
	Branch Branch
	Index  int
	// Wanted is, for After, how Node has come out.
	Wanted bool
	// Subst is the substitution of InSubst.
	Subst *ast.CmdSubst

	// outer is the nearest one up that is not After, and clause the nearest
	// one, or this one, that is InClause.
	outer, clause *Context
}

// link sets what the things above tell.
func (x *Context) link() *Context {
	if x.Branch == InClause {
		x.clause = x
	}
	if x.Up == nil {
		return x
	}
	if x.outer = x.Up; x.Up.Branch == After {
		x.outer = x.Up.outer
	}
	if x.clause == nil {
		x.clause = x.Up.clause
	}
	return x
}

// Guard is a condition that holds when a command runs: Cond has come out true
// (status 0) or not.
type Guard struct {
	Cond ast.Command
	True bool
}

// maxContext is how many things around a command are looked at: a text made
// to be slow has more, a script that people wrote has not.
const maxContext = 256

// around are the things around a call, innermost first, those that stand
// After nothing but a command before them only if after is set.
func (c *Call) around(after bool) iter.Seq[*Context] {
	return func(yield func(*Context) bool) {
		x := c.Context
		for n := 0; x != nil && n < maxContext; n++ {
			if x.Branch == After && !after {
				x = x.outer
				continue
			}
			if !yield(x) {
				return
			}
			x = x.Up
		}
	}
}

// Guards are the conditions that hold when a call runs, as far as its own
// function shows; innermost first. What A && B makes true are two of them, and
// what A || B makes false.
func (c *Call) Guards() []Guard {
	var out []Guard
	for x := range c.around(true) {
		switch x.Branch {
		case After:
			out = appendGuard(out, x.Node, x.Wanted)
		case InThen:
			out = appendGuard(out, x.Node.(*ast.If).Cond, true)
		case InElse:
			out = appendGuard(out, x.Node.(*ast.If).Cond, false)
		case InBody:
			if w, ok := x.Node.(*ast.While); ok {
				out = appendGuard(out, w.Cond, !w.Until)
			}
		case InRight:
			a := x.Node.(*ast.AndOr)
			out = appendGuard(out, a.Left, !a.Or)
		}
	}
	return out
}

// maxChain is how long a chain of && and || may be to be a condition: a longer
// one would be gone through for each command in it.
const maxChain = 64

// appendGuard adds a condition, the parts of a chain one by one.
func appendGuard(out []Guard, cond ast.Command, holds bool) []Guard {
	for range maxChain {
		a, ok := cond.(*ast.AndOr)
		if !ok {
			return append(out, Guard{cond, holds})
		}
		if a.Or == holds {
			// Which of the two it was is not known.
			break
		}
		out = appendGuard(out, a.Right, holds)
		cond = a.Left
	}
	left := cond
	for range maxChain {
		a, ok := left.(*ast.AndOr)
		if !ok {
			return append(out, Guard{cond, holds})
		}
		left = a.Left
	}
	return out
}

// Tested says that something looks at the call's exit status: a condition, &&,
// || or !. A pipeline passes on the status of its last command only.
func (c *Call) Tested() bool {
	for x := range c.around(false) {
		switch x.Branch {
		case InCond, InLeft:
			return true
		case InStage:
			if x.Index < len(x.Node.(*ast.Pipeline).Cmds)-1 {
				return false
			}
		case InBody:
			switch x.Node.(type) {
			case *ast.Not:
				return true
			case *ast.Redirected, *ast.Subshell:
			default:
				return false
			}
		case InThen, InElse, InClause, InSubst:
			return false
		}
	}
	return false
}

// Loop is the innermost loop around a call, a *ast.While, *ast.For, *ast.Select
// or *ast.ArithFor, whose condition or body it is in; nil if there is none.
func (c *Call) Loop() ast.Command {
	for x := range c.around(false) {
		switch x.Node.(type) {
		case *ast.While, *ast.For, *ast.ArithFor, *ast.Select:
			if x.Branch == InCond || x.Branch == InBody {
				return x.Node
			}
		}
	}
	return nil
}

// Background says that the call runs in the background of the script.
func (c *Call) Background() bool {
	for x := range c.around(false) {
		if _, ok := x.Node.(*ast.Background); ok {
			return true
		}
	}
	return false
}

// Substituted says that its output is used by a substitution.
func (c *Call) Substituted() bool {
	for x := range c.around(false) {
		if x.Branch == InSubst {
			return true
		}
	}
	return false
}

// Piped is the innermost pipeline around the call, and the number of the
// command in it; nil if there is none.
func (c *Call) Piped() (*ast.Pipeline, int) {
	for x := range c.around(false) {
		if x.Branch == InStage {
			return x.Node.(*ast.Pipeline), x.Index
		}
		if x.Branch == InSubst {
			break
		}
	}
	return nil, 0
}

// Wrapped says that one of the Wrappers is this.
func (c *Call) Wrapped(name string) bool { return slices.Contains(c.Wrappers, name) }

// Arg is the argument number i, from 0, "" if there is none.
func (c *Call) Arg(i int) string {
	if i < 0 || i >= len(c.Args) {
		return ""
	}
	return c.Args[i]
}

// Has says that one of the arguments is one of these.
func (c *Call) Has(args ...string) bool { return c.Find(args...) >= 0 }

// Find is the number of the first argument that is one of these, or -1.
func (c *Call) Find(args ...string) int {
	return slices.IndexFunc(c.Args, func(a string) bool { return slices.Contains(args, a) })
}

// HasFlag says that a letter is among the options: "-rf" has r and f. Options
// end at "--".
func (c *Call) HasFlag(letter byte) bool {
	for _, a := range c.Args {
		if a == "--" {
			return false
		}
		if len(a) > 1 && a[0] == '-' && a[1] != '-' && strings.IndexByte(a, letter) > 0 {
			return true
		}
	}
	return false
}

// Operands are the arguments that are no options; behind "--" all are. An
// option's own argument in the next word counts as an operand.
func (c *Call) Operands() []string {
	var out []string
	for i, a := range c.Args {
		if a == "--" {
			return append(out, c.Args[i+1:]...)
		}
		if len(a) < 2 || a[0] != '-' {
			out = append(out, a)
		}
	}
	return out
}

// Word is the word of argument number i, nil if there is none.
func (c *Call) Word(i int) *ast.Word {
	if i < 0 || i+1 >= len(c.Words) {
		return nil
	}
	return c.Words[i+1]
}

// Runs says that the call may run when the script is asked for an action.
// What stands outside the dispatch runs always.
func (c *Call) Runs(s *Script, action string) bool {
	for i, a := range s.Actions {
		if a.Name == action {
			return c.reach.has(i)
		}
	}
	return false
}

// RunsOnlyIn says that there is an action in which the call may run, and that
// all those in which it may are among these.
func (c *Call) RunsOnlyIn(s *Script, actions ...string) bool {
	some := false
	for i, a := range s.Actions {
		if !c.reach.has(i) {
			continue
		}
		found := false
		for _, want := range actions {
			found = found || a.Name == want
		}
		if !found {
			return false
		}
		some = true
	}
	return some
}

// bits is a set of actions by their numbers; those from 63 on share a bit.
type bits uint64

func (b bits) has(i int) bool { return b&(1<<min(i, 63)) != 0 }

// all is every action.
const all = ^bits(0)
