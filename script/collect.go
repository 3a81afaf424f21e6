package script

import (
	"strings"

	"sysv/interp/ast"
)

// Function is a definition.
type Function struct {
	Name string
	Decl *ast.FuncDecl
	// Calls are the simple commands in its body.
	Calls []*Call
	// Callers are the commands that call it by its name.
	Callers []*Call

	reach bits
	// named says that its name stands somewhere as an argument, so that
	// something unknown may call it.
	named bool
}

// Assignment is one assignment to a variable.
type Assignment struct {
	Name string
	// Value is the word behind the =, or nil where a command assigns (read).
	// Its place is that of the whole assignment.
	Value *ast.Word
	Line  int
	// In is the function in whose definition it stands, or nil.
	In *Function
	// Context is what stands around it.
	Context *Context
	// Command is the name of the command of which it is the environment
	// only, or that assigns ("export", "local", "read", "for"); "" for a
	// plain one.
	Command string
	// Append is bash's +=.
	Append bool
}

// Source is a file that is read by the . command.
type Source struct {
	// Path is its name with constants put in ([Script.Expand]).
	Path string
	// Known says that Path is the whole name.
	Known bool
	// Guarded says that the command runs only if a test has found the file.
	Guarded bool
	Call    *Call
}

// collector walks over the tree once and fills the script's lists.
type collector struct {
	s  *Script
	in *Function
	// base is what is to be added to lines: in backquotes they count from 1.
	base int
}

func (s *Script) collect() {
	s.values = map[string]*variable{}
	c := &collector{s: s}
	c.list(s.Commands, nil)
	for _, a := range s.Assignments {
		s.note(a)
	}
	s.functions = make(map[string]*Function, len(s.Functions))
	for _, f := range s.Functions {
		s.functions[f.Name] = f
	}
	for _, call := range s.Calls {
		s.resolve(call)
		if call.Function = s.functions[call.Path]; call.Function != nil {
			call.Function.Callers = append(call.Function.Callers, call)
		}
		for _, a := range call.Args {
			if f := s.functions[a]; f != nil {
				f.named = true
			}
		}
		if call.Path == "." || call.Path == "source" {
			s.source(call)
		}
	}
}

func (s *Script) source(c *Call) {
	if len(c.Args) == 0 {
		return
	}
	src := &Source{Path: c.Args[0], Call: c}
	_, src.Known = s.Constant(c.Words[1])
	for _, g := range c.Guards() {
		if s.testsFile(g, src.Path) {
			src.Guarded = true
		}
	}
	s.Sources = append(s.Sources, src)
}

// testsFile says that a condition implies that a file is there. The same name
// with other words counts: [ -r "$X" ] for . $X.
func (s *Script) testsFile(g Guard, name string) bool {
	found := false
	Inspect(g.Cond, func(n any) bool {
		switch n := n.(type) {
		case *ast.Simple:
			for i := 1; i < len(n.Args); i++ {
				found = found || isFileTest(n.Args[i-1]) && s.Expand(n.Args[i]) == name
			}
		case *ast.TestUnary:
			if w, ok := n.X.(*ast.TestWord); ok && len(n.Op) == 2 {
				found = found || fileTestOp(n.Op) && s.Expand(w.Word) == name
			}
		}
		return !found
	})
	return found
}

func isFileTest(w *ast.Word) bool {
	op, ok := w.Lit()
	return ok && fileTestOp(op)
}

func fileTestOp(op string) bool {
	switch op {
	case "-e", "-f", "-r", "-s", "-x", "-h", "-L":
		return true
	}
	return false
}

// list walks over commands of which one follows the other: one that leaves
// under a condition is a condition of those behind it.
func (c *collector) list(cmds []ast.Command, up *Context) {
	for _, cmd := range cmds {
		c.command(cmd, up)
		if cond, wanted, ok := leaves(cmd); ok {
			up = (&Context{Up: up, Node: cond, Branch: After, Wanted: wanted}).link()
		}
	}
}

// leaves tells a command that leaves the function or the script unless a
// condition comes out as wanted.
func leaves(cmd ast.Command) (cond ast.Command, wanted, ok bool) {
	switch x := cmd.(type) {
	case *ast.AndOr:
		if ends(x.Right) {
			return x.Left, x.Or, true
		}
	case *ast.If:
		if x.Else == nil && ends(x.Then) {
			return x.Cond, false, true
		}
		if x.Else != nil && ends(x.Else) && !ends(x.Then) {
			return x.Cond, true, true
		}
	}
	return nil, false, false
}

// ends says that a command's last act is to leave: exit, return, exec of a
// program, break or continue.
func ends(cmd ast.Command) bool {
	switch x := cmd.(type) {
	case *ast.List:
		return ends(x.Cmds[len(x.Cmds)-1])
	case *ast.Group:
		return ends(x.Body)
	case *ast.Redirected:
		return ends(x.Cmd)
	case *ast.AndOr:
		return x.Or && ends(x.Right) && ends(x.Left) || !x.Or && ends(x.Right) && messageOnly(x.Left)
	case *ast.If:
		return x.Else != nil && ends(x.Then) && ends(x.Else)
	case *ast.Simple:
		if len(x.Args) == 0 {
			return false
		}
		switch name, _ := x.Args[0].Lit(); name {
		case "exit", "return", "break", "continue", "rc_exit":
			return true
		case "exec":
			return len(x.Args) > 1
		}
	}
	return false
}

// messageOnly tells a command that cannot well fail.
func messageOnly(cmd ast.Command) bool {
	x, ok := cmd.(*ast.Simple)
	if !ok || len(x.Args) == 0 {
		return false
	}
	switch name, _ := x.Args[0].Lit(); name {
	case "echo", "printf", "log_failure_msg", "log_warning_msg", "log_end_msg", "true", ":":
		return true
	}
	return false
}

func (c *collector) under(up *Context, node ast.Command, b Branch, i int) *Context {
	return (&Context{Up: up, Node: node, Branch: b, Index: i}).link()
}

func (c *collector) command(cmd ast.Command, up *Context) {
	switch x := cmd.(type) {
	case nil:
	case *ast.Simple:
		c.simple(x, up)
	case *ast.Pipeline:
		for i, y := range x.Cmds {
			c.command(y, c.under(up, x, InStage, i))
		}
	case *ast.Not:
		c.command(x.Cmd, c.under(up, x, InBody, 0))
	case *ast.AndOr:
		c.command(x.Left, c.under(up, x, InLeft, 0))
		c.command(x.Right, c.under(up, x, InRight, 0))
	case *ast.List:
		c.list(x.Cmds, up)
	case *ast.Background:
		c.command(x.Cmd, c.under(up, x, InBody, 0))
	case *ast.Subshell:
		c.command(x.Body, c.under(up, x, InBody, 0))
	case *ast.Group:
		c.command(x.Body, up)
	case *ast.Redirected:
		c.command(x.Cmd, c.under(up, x, InBody, 0))
		c.redirs(x.Redirs, up)
	case *ast.If:
		c.command(x.Cond, c.under(up, x, InCond, 0))
		c.command(x.Then, c.under(up, x, InThen, 0))
		c.command(x.Else, c.under(up, x, InElse, 0))
	case *ast.While:
		c.command(x.Cond, c.under(up, x, InCond, 0))
		c.command(x.Body, c.under(up, x, InBody, 0))
	case *ast.For:
		c.forLoop(x, x, up)
	case *ast.Select:
		c.forLoop(x, &x.For, up)
	case *ast.ArithFor:
		c.command(x.Body, c.under(up, x, InBody, 0))
	case *ast.Case:
		c.word(x.Word, up)
		for i, cl := range x.Clauses {
			c.command(cl.Body, c.under(up, x, InClause, i))
		}
	case *ast.FuncDecl:
		c.function(x)
	case *ast.Test:
		Inspect(x.X, func(n any) bool { return c.inWord(n, up) })
	case *ast.ArithCmd:
		c.word(x.Expr, up)
	case *ast.Time:
		c.command(x.Cmd, up)
	}
}

func (c *collector) forLoop(node ast.Command, x *ast.For, up *Context) {
	c.s.Assignments = append(c.s.Assignments, &Assignment{Name: x.Name, Line: x.Line, In: c.in, Context: up, Command: "for"})
	for _, w := range x.Words {
		c.word(w, up)
	}
	c.command(x.Body, c.under(up, node, InBody, 0))
}

func (c *collector) function(x *ast.FuncDecl) {
	f := &Function{Name: x.Name, Decl: x}
	c.s.Functions = append(c.s.Functions, f)
	outer := c.in
	c.in = f
	c.command(x.Body, nil)
	c.in = outer
}

func (c *collector) redirs(list []*ast.Redir, up *Context) {
	for _, r := range list {
		if r.Word != nil {
			c.word(r.Word, up)
		}
	}
}

// word looks for substitutions, whose commands are calls too.
func (c *collector) word(w *ast.Word, up *Context) {
	if w == nil {
		return
	}
	for _, p := range w.Parts {
		if _, ok := p.(*ast.Lit); !ok {
			Inspect(p, func(n any) bool { return c.inWord(n, up) })
		}
	}
}

func (c *collector) inWord(n any, up *Context) bool {
	switch n := n.(type) {
	case *ast.CmdSubst:
		outer := c.base
		if n.Backquoted {
			c.base += max(n.Line, 1) - 1
		}
		c.command(n.Body, (&Context{Up: up, Branch: InSubst, Subst: n}).link())
		c.base = outer
		return false
	case *ast.ProcSubst:
		c.command(n.Body, (&Context{Up: up, Branch: InSubst}).link())
		return false
	}
	return true
}

func (c *collector) simple(x *ast.Simple, up *Context) {
	name := ""
	if len(x.Args) > 0 {
		name, _ = x.Args[0].Lit()
		call := &Call{Simple: x, Line: x.Line, Words: x.Args, Context: up, In: c.in}
		if x.Args[0].Line > 0 {
			call.Line = x.Args[0].Line
		}
		call.Line += c.base
		c.s.Calls = append(c.s.Calls, call)
		if c.in != nil {
			c.in.Calls = append(c.in.Calls, call)
		}
		c.assigning(name, x, up)
	}
	for _, a := range x.Assigns {
		value := a.Value
		if a.IsArray {
			value = nil
		}
		c.assign(a.Name, value, x.Line, up, name, a.Append)
		c.word(a.Value, up)
	}
	for _, w := range x.Args {
		c.word(w, up)
	}
	c.redirs(x.Redirs, up)
}

func (c *collector) assign(name string, value *ast.Word, line int, up *Context, command string, add bool) {
	if value != nil && value.Line > 0 {
		line = value.Line
	}
	c.s.Assignments = append(c.s.Assignments, &Assignment{
		Name: name, Value: value, Line: line, In: c.in, Context: up, Command: command, Append: add,
	})
}

// assigning notes what export, local, read and so on assign.
func (c *collector) assigning(name string, x *ast.Simple, up *Context) {
	switch name {
	case "export", "readonly", "local", "declare", "typeset":
		for _, w := range x.Args[1:] {
			if n, v, ok := splitAssignment(w); ok {
				c.assign(n, v, x.Line, up, name, false)
			}
		}
	case "read", "getopts":
		for _, w := range x.Args[1:] {
			if n, ok := w.Lit(); ok && n != "" && n[0] != '-' {
				c.assign(n, nil, x.Line, up, name, false)
			}
		}
	case "unset":
		for _, w := range x.Args[1:] {
			if n, ok := w.Lit(); ok && n != "" && n[0] != '-' {
				c.assign(n, &ast.Word{Line: x.Line}, x.Line, up, name, false)
			}
		}
	}
}

// splitAssignment takes an operand NAME=VALUE apart.
func splitAssignment(w *ast.Word) (name string, value *ast.Word, ok bool) {
	if len(w.Parts) == 0 {
		return "", nil, false
	}
	lit, isLit := w.Parts[0].(*ast.Lit)
	if !isLit || lit.Quoted {
		return "", nil, false
	}
	for i := 0; i < len(lit.Text); i++ {
		switch b := lit.Text[i]; {
		case b == '=' && i > 0:
			v := &ast.Word{Line: w.Line, At: w.At}
			if rest := lit.Text[i+1:]; rest != "" {
				v.Parts = append(v.Parts, &ast.Lit{Text: rest})
			}
			v.Parts = append(v.Parts, w.Parts[1:]...)
			return lit.Text[:i], v, true
		case b != '_' && (b < '0' || b > '9') && (b|0x20 < 'a' || b|0x20 > 'z'):
			return "", nil, false
		}
	}
	return "", nil, false
}

// errexit looks for set -e, and for set +e.
func (s *Script) errexit() bool {
	on := strings.Contains(" "+s.Interpreter+" ", " -e ")
	for _, c := range s.Calls {
		if c.Path != "set" {
			continue
		}
		for i, a := range c.Args {
			switch {
			case strings.HasPrefix(a, "+") && strings.Contains(a, "e"), a == "+o" && c.Arg(i+1) == "errexit":
				return false
			case strings.HasPrefix(a, "-") && !strings.HasPrefix(a, "--") && strings.Contains(a, "e"), a == "errexit":
				on = true
			}
		}
	}
	return on
}
