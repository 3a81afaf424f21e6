package bash

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"

	"mvdan.cc/sh/v3/syntax"

	"sysv/interp/ast"
)

// lowerer turns the parser's trees into ast's.
type lowerer struct {
	src   []byte // what the parser read
	base  int    // added to its line numbers
	depth int
	// stand is the part for which the parameter standIn stands.
	stand ast.Part
	// located says that src is the text that New was given, byte for byte,
	// so that positions in one are positions in the other.
	located bool
}

// span is where a node stands.
func (l *lowerer) span(n syntax.Node) ast.Span { return l.between(n.Pos(), n.End()) }

func (l *lowerer) between(from, to syntax.Pos) ast.Span {
	if !l.located || !from.IsValid() || !to.IsValid() {
		return ast.Span{}
	}
	return ast.Span{Pos: int32(from.Offset()), End: int32(to.Offset())}
}

// bail is the panic by which an error leaves the recursion.
type bail struct{ err *SyntaxError }

func (l *lowerer) fail(pos syntax.Pos, format string, args ...any) {
	panic(bail{&SyntaxError{Line: l.line(pos), Msg: fmt.Sprintf(format, args...)}})
}

func (l *lowerer) list(stmts []*syntax.Stmt) (cmd ast.Command, err error) {
	defer func() {
		switch e := recover().(type) {
		case nil:
		case bail:
			err = e.err
		default:
			panic(e)
		}
	}()
	return l.stmts(stmts), nil
}

func (l *lowerer) line(pos syntax.Pos) int {
	n := int(pos.Line())
	if n == 0 {
		// The parser's positions hold no more than 2¹⁸ lines.
		n = 1 + bytes.Count(l.src[:min(int(pos.Offset()), len(l.src))], []byte("\n"))
	}
	return n + l.base
}

// deeper counts a level of nesting; the caller calls the result at its end.
func (l *lowerer) deeper(pos syntax.Pos) {
	if l.depth++; l.depth > MaxDepth {
		l.fail(pos, "syntax error: nested too deeply (more than %d levels)", MaxDepth)
	}
}

// stmts is a list of commands, or nil if there is none.
func (l *lowerer) stmts(stmts []*syntax.Stmt) ast.Command {
	switch len(stmts) {
	case 0:
		return nil
	case 1:
		return l.stmt(stmts[0])
	}
	cmds := make([]ast.Command, len(stmts))
	for i, s := range stmts {
		cmds[i] = l.stmt(s)
	}
	return &ast.List{Cmds: cmds}
}

func (l *lowerer) stmt(s *syntax.Stmt) ast.Command {
	l.deeper(s.Pos())
	defer func() { l.depth-- }()
	line := l.line(s.Pos())
	cmd := l.withRedirs(s)
	if s.Negated {
		cmd = &ast.Not{Cmd: cmd}
	}
	if s.Background {
		cmd = &ast.Background{Line: line, Cmd: cmd}
	}
	return cmd
}

// withRedirs is a statement's command with its redirections.
func (l *lowerer) withRedirs(s *syntax.Stmt) ast.Command {
	if s.Cmd == nil {
		return &ast.Simple{Line: l.line(s.Pos()), Redirs: l.redirs(s.Redirs)}
	}
	switch c := s.Cmd.(type) {
	case *syntax.CallExpr:
		simple := l.call(c)
		simple.Redirs = l.redirs(s.Redirs)
		return simple
	case *syntax.DeclClause:
		simple := l.decl(c)
		simple.Redirs = l.redirs(s.Redirs)
		return simple
	case *syntax.LetClause:
		simple := &ast.Simple{Line: l.line(c.Let), Args: []*ast.Word{literal("let")}}
		for _, x := range c.Exprs {
			simple.Args = append(simple.Args, l.arith(x))
		}
		simple.Redirs = l.redirs(s.Redirs)
		return simple
	}
	cmd := l.command(s.Cmd)
	if len(s.Redirs) == 0 {
		return cmd
	}
	return &ast.Redirected{Line: l.line(s.Cmd.Pos()), Cmd: cmd, Redirs: l.redirs(s.Redirs)}
}

func literal(s string) *ast.Word { return &ast.Word{Parts: []ast.Part{&ast.Lit{Text: s}}} }

// body is a list that may not be empty for the evaluator.
func (l *lowerer) body(stmts []*syntax.Stmt) ast.Command {
	if cmd := l.stmts(stmts); cmd != nil {
		return cmd
	}
	return &ast.Simple{Args: []*ast.Word{literal(":")}}
}

func (l *lowerer) command(c syntax.Command) ast.Command {
	switch c := c.(type) {
	case *syntax.Block:
		return &ast.Group{Body: l.body(c.Stmts)}
	case *syntax.Subshell:
		return &ast.Subshell{Line: l.line(c.Lparen), At: l.span(c), Body: l.body(c.Stmts)}
	case *syntax.IfClause:
		return l.ifClause(c)
	case *syntax.WhileClause:
		return &ast.While{At: l.span(c), Until: c.Until, Cond: l.body(c.Cond), Body: l.body(c.Do)}
	case *syntax.ForClause:
		return l.forClause(c)
	case *syntax.CaseClause:
		return l.caseClause(c)
	case *syntax.BinaryCmd:
		return l.binary(c)
	case *syntax.FuncDecl:
		return l.function(c)
	case *syntax.ArithmCmd:
		return &ast.ArithCmd{Line: l.line(c.Left), Expr: l.arith(c.X)}
	case *syntax.TestClause:
		return &ast.Test{Line: l.line(c.Left), X: l.test(c.X)}
	case *syntax.TimeClause:
		t := &ast.Time{Posix: c.PosixFormat}
		if c.Stmt != nil {
			t.Cmd = l.stmt(c.Stmt)
		}
		return t
	case *syntax.CoprocClause:
		l.fail(c.Pos(), "coproc is not supported")
	}
	l.fail(c.Pos(), "syntax error: a command that is not supported")
	return nil
}

func (l *lowerer) call(c *syntax.CallExpr) *ast.Simple {
	s := &ast.Simple{Line: l.line(c.Pos())}
	for _, a := range c.Assigns {
		s.Assigns = append(s.Assigns, l.assign(a))
	}
	for _, w := range c.Args {
		s.Args = append(s.Args, l.word(w))
	}
	return s
}

// decl is declare, local, export and so on: a command whose operands may be
// assignments, of arrays too.
func (l *lowerer) decl(c *syntax.DeclClause) *ast.Simple {
	s := &ast.Simple{Line: l.line(c.Pos()), Args: []*ast.Word{literal(c.Variant.Value)}}
	s.Args[0].Line, s.Args[0].At = s.Line, l.span(c.Variant)
	for _, a := range c.Args {
		s.Args = append(s.Args, l.operand(a))
	}
	return s
}

// operand is one operand of decl, as the word that it was.
func (l *lowerer) operand(a *syntax.Assign) *ast.Word {
	if a.Name == nil {
		return l.word(a.Value)
	}
	w := &ast.Word{Line: l.line(a.Pos()), At: l.span(a)}
	name := decode(a.Name.Value)
	if a.Index != nil {
		w.Parts = append(w.Parts, &ast.Lit{Text: name + "["})
		w.Parts = append(w.Parts, l.arith(a.Index).Parts...)
		name = "]"
	}
	if !a.Naked {
		if a.Append {
			name += "+"
		}
		name += "="
	}
	w.Parts = append(w.Parts, &ast.Lit{Text: name})
	switch {
	case a.Array != nil:
		w.Parts = append(w.Parts, &ast.ArrayLit{Elements: l.elements(a.Array)})
	case a.Value != nil:
		w.Parts = append(w.Parts, l.word(a.Value).Parts...)
	}
	return w
}

func (l *lowerer) assign(a *syntax.Assign) *ast.Assign {
	out := &ast.Assign{Name: decode(a.Name.Value), Append: a.Append, Value: &ast.Word{Line: l.line(a.Pos())}}
	if a.Index != nil {
		out.Index = l.arith(a.Index)
	}
	switch {
	case a.Array != nil:
		out.IsArray, out.Array = true, l.elements(a.Array)
	case a.Value != nil:
		out.Value = l.word(a.Value)
	}
	// As in dash's grammar the word is the whole assignment.
	out.Value.At = l.span(a)
	return out
}

func (l *lowerer) elements(a *syntax.ArrayExpr) []*ast.Element {
	var out []*ast.Element
	for _, e := range a.Elems {
		x := &ast.Element{Value: &ast.Word{}}
		if e.Index != nil {
			x.Index = l.arith(e.Index)
		}
		if e.Value != nil {
			x.Value = l.word(e.Value)
		}
		out = append(out, x)
	}
	return out
}

func (l *lowerer) ifClause(c *syntax.IfClause) ast.Command {
	out := &ast.If{At: l.span(c), Cond: l.body(c.Cond), Then: l.body(c.Then)}
	last := out
	for e := c.Else; e != nil; e = e.Else {
		if !e.ThenPos.IsValid() {
			last.Else = l.body(e.Then)
			break
		}
		if l.depth++; l.depth > MaxDepth {
			l.fail(e.Pos(), "syntax error: nested too deeply (more than %d levels)", MaxDepth)
		}
		next := &ast.If{At: l.between(e.Position, e.FiPos), Cond: l.body(e.Cond), Then: l.body(e.Then)}
		last.Else = next
		last = next
	}
	for e := c.Else; e != nil && e.ThenPos.IsValid(); e = e.Else {
		l.depth--
	}
	return out
}

func (l *lowerer) forClause(c *syntax.ForClause) ast.Command {
	line := l.line(c.ForPos)
	switch loop := c.Loop.(type) {
	case *syntax.CStyleLoop:
		return &ast.ArithFor{
			Line: line, Init: l.optionalArith(loop.Init), Cond: l.optionalArith(loop.Cond),
			Post: l.optionalArith(loop.Post), Body: l.body(c.Do),
		}
	case *syntax.WordIter:
		f := ast.For{Line: line, At: l.span(c), Name: decode(loop.Name.Value), In: loop.InPos.IsValid(), Body: l.body(c.Do)}
		for _, w := range loop.Items {
			f.Words = append(f.Words, l.word(w))
		}
		if c.Select {
			return &ast.Select{For: f}
		}
		return &f
	}
	l.fail(c.Pos(), "syntax error: a loop that is not supported")
	return nil
}

func (l *lowerer) caseClause(c *syntax.CaseClause) ast.Command {
	out := &ast.Case{Line: l.line(c.Case), At: l.span(c), Word: l.word(c.Word)}
	for _, item := range c.Items {
		cl := &ast.Clause{Body: l.stmts(item.Stmts), FallThrough: item.Op == syntax.Fallthrough, TestNext: item.Op == syntax.Resume}
		if len(item.Patterns) > 0 {
			if cl.At = l.between(item.Patterns[0].Pos(), item.OpPos); !item.OpPos.IsValid() {
				cl.At = l.between(item.Patterns[0].Pos(), c.Esac)
			}
		}
		for _, p := range item.Patterns {
			cl.Patterns = append(cl.Patterns, l.word(p))
		}
		out.Clauses = append(out.Clauses, cl)
	}
	return out
}

func (l *lowerer) function(c *syntax.FuncDecl) ast.Command {
	if c.Name == nil {
		l.fail(c.Pos(), "syntax error: a function without a name")
	}
	body := l.stmt(c.Body)
	if _, ok := body.(*ast.Simple); ok {
		l.fail(c.Body.Pos(), "syntax error near unexpected token `%s'", firstWord(l.src[c.Body.Pos().Offset():]))
	}
	return &ast.FuncDecl{Line: l.line(c.Pos()), At: l.span(c), Name: decode(c.Name.Value), Body: body}
}

func firstWord(b []byte) string {
	if i := bytes.IndexAny(b, " \t\n;&|<>()"); i > 0 {
		b = b[:i]
	}
	return decode(string(b))
}

// binary is a && b, a || b, or a pipeline. Chains of the first two lean to the
// left and may be long, so they are gone through by a loop.
func (l *lowerer) binary(c *syntax.BinaryCmd) ast.Command {
	if c.Op == syntax.Pipe || c.Op == syntax.PipeAll {
		p := &ast.Pipeline{Line: l.line(c.Pos())}
		l.pipeline(p, c)
		return p
	}
	type link struct {
		or    bool
		right *syntax.Stmt
	}
	var chain []link
	var first ast.Command
	for at := c; first == nil; {
		chain = append(chain, link{at.Op == syntax.OrStmt, at.Y})
		next, ok := at.X.Cmd.(*syntax.BinaryCmd)
		if ok && (next.Op == syntax.AndStmt || next.Op == syntax.OrStmt) && isPlain(at.X) {
			at = next
			continue
		}
		first = l.stmt(at.X)
	}
	if len(chain) > maxChain {
		l.fail(c.Pos(), "syntax error: nested too deeply (more than %d levels)", maxChain)
	}
	for _, c := range slices.Backward(chain) {
		first = &ast.AndOr{Or: c.or, Left: first, Right: l.stmt(c.right)}
	}
	return first
}

// maxChain is as package parse's MaxChain.
const maxChain = 10000

func isPlain(s *syntax.Stmt) bool {
	return !s.Negated && !s.Background && !s.Coprocess && len(s.Redirs) == 0
}

// pipeline collects the commands of a pipeline, which may lean either way.
func (l *lowerer) pipeline(p *ast.Pipeline, c *syntax.BinaryCmd) {
	side := func(s *syntax.Stmt) {
		if next, ok := s.Cmd.(*syntax.BinaryCmd); ok && isPlain(s) && (next.Op == syntax.Pipe || next.Op == syntax.PipeAll) {
			l.deeper(s.Pos())
			l.pipeline(p, next)
			l.depth--
			return
		}
		p.Cmds = append(p.Cmds, l.stmt(s))
		if p.Merge != nil {
			p.Merge = append(p.Merge, false)
		}
	}
	side(c.X)
	if c.Op == syntax.PipeAll {
		for len(p.Merge) < len(p.Cmds) {
			p.Merge = append(p.Merge, false)
		}
		p.Merge[len(p.Cmds)-1] = true
	}
	side(c.Y)
}

func (l *lowerer) redirs(list []*syntax.Redirect) []*ast.Redir {
	var out []*ast.Redir
	for _, r := range list {
		out = append(out, l.redir(r))
	}
	return out
}

func (l *lowerer) redir(r *syntax.Redirect) *ast.Redir {
	out := &ast.Redir{Line: l.line(r.OpPos), Fd: -1}
	if r.Word != nil {
		out.At = l.between(r.Pos(), r.Word.Pos())
	}
	if r.N != nil {
		n := r.N.Value
		if n[0] == '{' {
			out.FdVar = n[1 : len(n)-1]
		} else if fd, err := strconv.Atoi(n); err == nil {
			out.Fd = fd
		}
	}
	switch r.Op {
	case syntax.RdrOut:
		out.Op = ast.RedirOut
	case syntax.AppOut:
		out.Op = ast.RedirAppend
	case syntax.RdrIn:
		out.Op = ast.RedirIn
	case syntax.RdrInOut:
		out.Op = ast.RedirInOut
	case syntax.DplIn:
		out.Op = ast.RedirDupIn
	case syntax.DplOut:
		out.Op = ast.RedirDupOut
	case syntax.RdrClob:
		out.Op = ast.RedirClobber
	case syntax.RdrAll:
		out.Op = ast.RedirAll
	case syntax.AppAll:
		out.Op = ast.RedirAllAppd
	case syntax.WordHdoc:
		out.Op = ast.RedirHereStr
	case syntax.Hdoc, syntax.DashHdoc:
		out.Op = ast.RedirHere
		out.Word = l.document(r)
		return out
	default:
		l.fail(r.OpPos, "syntax error near unexpected token `%s'", r.Op)
	}
	out.Word = l.word(r.Word)
	return out
}

// document is the text of a here-document.
func (l *lowerer) document(r *syntax.Redirect) *ast.Word {
	if r.Hdoc == nil {
		return &ast.Word{Line: l.line(r.OpPos)}
	}
	w := &ast.Word{Line: l.line(r.Hdoc.Pos())}
	if isQuoted(r.Word) {
		text := ""
		for _, p := range r.Hdoc.Parts {
			if lit, ok := p.(*syntax.Lit); ok {
				text += decode(lit.Value)
			}
		}
		if r.Op == syntax.DashHdoc {
			text, _ = withoutTabs(text, true)
		}
		w.Parts = []ast.Part{&ast.Lit{Text: text, Quoted: true}}
		return w
	}
	if r.Op == syntax.DashHdoc {
		w.Parts = l.untabbed(r.Hdoc.Parts)
	} else {
		w.Parts = l.parts(r.Hdoc.Parts, inDocument)
	}
	return w
}

// untabbed is parts of a document whose lines lose their leading tabs.
func (l *lowerer) untabbed(parts []syntax.WordPart) []ast.Part {
	var out []ast.Part
	start := true
	for _, p := range parts {
		lit, ok := p.(*syntax.Lit)
		if !ok {
			out, start = l.part(out, p, inDocument), false
			continue
		}
		var text string
		text, start = withoutTabs(decode(lit.Value), start)
		out = appendLiteral(out, text, inDocument)
	}
	return out
}

// withoutTabs drops the tabs at the beginning of lines; start tells whether
// the text begins a line, and the result whether its end does.
func withoutTabs(text string, start bool) (string, bool) {
	b := make([]byte, 0, len(text))
	for i := 0; i < len(text); i++ {
		if start && text[i] == '\t' {
			continue
		}
		start = text[i] == '\n'
		b = append(b, text[i])
	}
	return string(b), start
}

// isQuoted tells whether a here-document's delimiter has quotes in it.
func isQuoted(w *syntax.Word) bool {
	for _, p := range w.Parts {
		lit, ok := p.(*syntax.Lit)
		if !ok || bytes.IndexByte([]byte(lit.Value), '\\') >= 0 {
			return true
		}
	}
	return false
}
