package script

import "sysv/interp/ast"

// Inspect calls f for a node and for all nodes in it, each before those in it:
// commands, *ast.Word, parts, *ast.Redir, *ast.Assign, *ast.Clause and
// test expressions. Where f returns false the nodes inside are left out.
func Inspect(node any, f func(node any) bool) {
	w := inspector{f: f}
	w.any(node)
}

// Inspect calls f for all nodes of the script, as the function of that name.
func (s *Script) Inspect(f func(node any) bool) {
	for i := 0; i < len(s.nodes); {
		if f(s.nodes[i].node) {
			i++
		} else {
			i = s.nodes[i].end
		}
	}
}

// visited is a node, and where those that are not in it go on.
type visited struct {
	node any
	end  int
}

// list puts all nodes in a row, so that many rules can look at them.
func (s *Script) list() {
	var open []int
	// A node takes some ten bytes of text.
	s.nodes = make([]visited, 0, len(s.Source)/10+16)
	w := inspector{
		f: func(node any) bool {
			open = append(open, len(s.nodes))
			s.nodes = append(s.nodes, visited{node: node})
			return true
		},
		leave: func() {
			s.nodes[open[len(open)-1]].end = len(s.nodes)
			open = open[:len(open)-1]
		},
	}
	for _, c := range s.Commands {
		w.command(c)
	}
}

type inspector struct {
	f func(any) bool
	// leave, if not nil, is called behind the nodes in a node.
	leave func()
}

func (w inspector) done() {
	if w.leave != nil {
		w.leave()
	}
}

func (w inspector) any(node any) {
	switch n := node.(type) {
	case nil:
	case ast.Command:
		w.command(n)
	case *ast.Word:
		w.word(n)
	case ast.Part:
		w.part(n)
	case *ast.Clause:
		w.clause(n)
	case *ast.Redir:
		w.redir(n)
	case ast.TestExpr:
		w.test(n)
	}
}

func (w inspector) command(c ast.Command) {
	if c == nil || !w.f(c) {
		return
	}
	switch c := c.(type) {
	case *ast.Simple:
		for _, a := range c.Assigns {
			w.assign(a)
		}
		w.words(c.Args)
		w.redirs(c.Redirs)
	case *ast.Pipeline:
		for _, c := range c.Cmds {
			w.command(c)
		}
	case *ast.Not:
		w.command(c.Cmd)
	case *ast.AndOr:
		w.command(c.Left)
		w.command(c.Right)
	case *ast.List:
		for _, c := range c.Cmds {
			w.command(c)
		}
	case *ast.Background:
		w.command(c.Cmd)
	case *ast.Subshell:
		w.command(c.Body)
	case *ast.Group:
		w.command(c.Body)
	case *ast.Redirected:
		w.command(c.Cmd)
		w.redirs(c.Redirs)
	case *ast.If:
		w.command(c.Cond)
		w.command(c.Then)
		w.command(c.Else)
	case *ast.While:
		w.command(c.Cond)
		w.command(c.Body)
	case *ast.For:
		w.words(c.Words)
		w.command(c.Body)
	case *ast.Case:
		w.word(c.Word)
		for _, cl := range c.Clauses {
			w.clause(cl)
		}
	case *ast.FuncDecl:
		w.command(c.Body)
	case *ast.Test:
		w.test(c.X)
	case *ast.ArithCmd:
		w.word(c.Expr)
	case *ast.ArithFor:
		w.words([]*ast.Word{c.Init, c.Cond, c.Post})
		w.command(c.Body)
	case *ast.Time:
		w.command(c.Cmd)
	case *ast.Select:
		w.words(c.Words)
		w.command(c.Body)
	}
	w.done()
}

func (w inspector) clause(c *ast.Clause) {
	if w.f(c) {
		w.words(c.Patterns)
		w.command(c.Body)
		w.done()
	}
}

func (w inspector) words(list []*ast.Word) {
	for _, x := range list {
		w.word(x)
	}
}

func (w inspector) redirs(list []*ast.Redir) {
	for _, r := range list {
		w.redir(r)
	}
}

func (w inspector) redir(r *ast.Redir) {
	if w.f(r) {
		w.word(r.Word)
		w.done()
	}
}

func (w inspector) assign(a *ast.Assign) {
	if !w.f(a) {
		return
	}
	w.word(a.Index)
	w.word(a.Value)
	for _, e := range a.Array {
		w.word(e.Index)
		w.word(e.Value)
	}
	w.done()
}

func (w inspector) word(x *ast.Word) {
	if x == nil || !w.f(x) {
		return
	}
	for _, p := range x.Parts {
		w.part(p)
	}
	w.done()
}

func (w inspector) part(p ast.Part) {
	if p == nil || !w.f(p) {
		return
	}
	switch p := p.(type) {
	case *ast.Param:
		w.words([]*ast.Word{p.Index, p.Arg, p.Offset, p.Length, p.Repl})
	case *ast.CmdSubst:
		w.word(p.FileOnly)
		w.command(p.Body)
	case *ast.Arith:
		w.word(p.Expr)
	case *ast.ProcSubst:
		w.command(p.Body)
	case *ast.ArrayLit:
		for _, e := range p.Elements {
			w.word(e.Index)
			w.word(e.Value)
		}
	}
	w.done()
}

func (w inspector) test(x ast.TestExpr) {
	if x == nil || !w.f(x) {
		return
	}
	switch x := x.(type) {
	case *ast.TestBinary:
		w.test(x.X)
		w.test(x.Y)
	case *ast.TestUnary:
		w.test(x.X)
	case *ast.TestWord:
		w.word(x.Word)
	}
	w.done()
}
