package print

import (
	"flag"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sysv/interp/ast"
	"sysv/interp/parse"
	"sysv/interp/parse/snippets"
)

// The same trees each time, unless -rapid.seed says otherwise: a change is not
// to fail by what another would have failed by.
func init() { flag.Set("rapid.seed", "1") }

// TestGenerated makes trees, prints them, and reads them again.
func TestGenerated(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cmd := generator{t}.list(3)
		text := String(cmd)
		again, err := parse.All(text, parse.Options{})
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		if diff := difference(dump(cmd, false), dump(again, false)); diff != "" {
			t.Fatalf("%q:\n%s", text, diff)
		}
	})
}

// generator makes trees such as can be read: text next to text of the same
// kind is one part, and so on.
type generator struct{ *rapid.T }

func (g generator) n(max int) int { return rapid.IntRange(0, max).Draw(g.T, "n") }

func (g generator) bool() bool { return g.n(1) == 1 }

func (g generator) list(depth int) ast.Command {
	var cmds []ast.Command
	for range 1 + g.n(2) {
		cmd := g.andOr(depth)
		if g.n(4) == 0 {
			cmd = &ast.Background{Cmd: cmd}
		}
		cmds = append(cmds, cmd)
	}
	if len(cmds) == 1 {
		return cmds[0]
	}
	return &ast.List{Cmds: cmds}
}

func (g generator) andOr(depth int) ast.Command {
	cmd := g.pipeline(depth)
	for range max(0, g.n(4)-2) {
		cmd = &ast.AndOr{Or: g.bool(), Left: cmd, Right: g.pipeline(depth)}
	}
	return cmd
}

func (g generator) pipeline(depth int) ast.Command {
	cmd := g.command(depth)
	if n := g.n(4) - 2; n > 0 {
		pipe := &ast.Pipeline{Cmds: []ast.Command{cmd}}
		for range n {
			pipe.Cmds = append(pipe.Cmds, g.command(depth))
		}
		cmd = pipe
	}
	if g.n(6) == 0 {
		return &ast.Not{Cmd: cmd}
	}
	return cmd
}

func (g generator) command(depth int) ast.Command {
	if depth == 0 || g.n(2) > 0 {
		return g.simple(depth)
	}
	depth--
	var cmd ast.Command
	switch g.n(7) {
	case 0:
		cmd = &ast.Subshell{Body: g.list(depth)}
	case 1:
		cmd = &ast.Group{Body: g.list(depth)}
	case 2:
		c := &ast.If{Cond: g.list(depth), Then: g.list(depth)}
		if g.bool() {
			c.Else = g.list(depth)
		}
		cmd = c
	case 3:
		cmd = &ast.While{Until: g.bool(), Cond: g.list(depth), Body: g.list(depth)}
	case 4:
		c := &ast.For{Name: g.name(), Body: g.list(depth)}
		if c.In = g.bool(); c.In {
			c.Words = g.words(depth, 3)
		}
		cmd = c
	case 5:
		c := &ast.Case{Word: g.word(depth)}
		for range g.n(2) {
			clause := &ast.Clause{Patterns: append(g.words(depth, 1), g.word(depth))}
			if g.bool() {
				clause.Body = g.list(depth)
			}
			c.Clauses = append(c.Clauses, clause)
		}
		cmd = c
	case 6:
		return &ast.FuncDecl{Name: g.name(), Body: g.command(depth)}
	default:
		return g.simple(depth)
	}
	if redirs := g.redirs(depth); redirs != nil {
		return &ast.Redirected{Cmd: cmd, Redirs: redirs}
	}
	return cmd
}

func (g generator) simple(depth int) ast.Command {
	c := &ast.Simple{Args: append(g.words(depth, 2), g.word(depth)), Redirs: g.redirs(depth)}
	// The first word must not be taken for something else.
	c.Args[0] = &ast.Word{Parts: []ast.Part{&ast.Lit{Text: "cmd"}}}
	for range max(0, g.n(3)-2) {
		c.Assigns = append(c.Assigns, &ast.Assign{Name: g.name(), Value: &ast.Word{Parts: g.parts(depth, false)}})
	}
	return c
}

func (g generator) redirs(depth int) (redirs []*ast.Redir) {
	for range max(0, g.n(4)-2) {
		r := &ast.Redir{Op: ast.RedirOp(g.n(int(ast.RedirHere))), Fd: g.n(10) - 1}
		if r.Op == ast.RedirHere {
			r.Word = &ast.Word{Parts: g.doc(depth)}
		} else {
			r.Word = g.word(depth)
		}
		redirs = append(redirs, r)
	}
	return redirs
}

func (g generator) name() string {
	return rapid.SampledFrom([]string{"x", "y_1", "Z", "_"}).Draw(g.T, "name")
}

func (g generator) words(depth, most int) (words []*ast.Word) {
	for range g.n(most) {
		words = append(words, g.word(depth))
	}
	return words
}

func (g generator) word(depth int) *ast.Word {
	parts := g.parts(depth, false)
	if len(parts) == 0 {
		parts = []ast.Part{&ast.Lit{Quoted: true}}
	}
	return &ast.Word{Parts: parts}
}

// doc is the body of a here-document.
func (g generator) doc(depth int) []ast.Part {
	parts := g.parts(depth, true)
	if len(parts) == 0 {
		return nil
	}
	return appendPart(parts, &ast.Lit{Text: "\n", Quoted: true})
}

// appendPart adds a part to a word, where text joins text of its kind.
func appendPart(parts []ast.Part, part ast.Part) []ast.Part {
	lit, ok := part.(*ast.Lit)
	if !ok || len(parts) == 0 {
		return append(parts, part)
	}
	last, ok := parts[len(parts)-1].(*ast.Lit)
	if !ok || last.Quoted != lit.Quoted {
		return append(parts, part)
	}
	last.Text += lit.Text
	return parts
}

// parts makes the parts of a word, with quoted all of them quoted.
func (g generator) parts(depth int, quoted bool) (parts []ast.Part) {
	for range g.n(3) {
		parts = appendPart(parts, g.part(depth, quoted || g.bool()))
	}
	return parts
}

func (g generator) part(depth int, quoted bool) ast.Part {
	switch g.n(4) {
	case 0:
		if depth > 0 {
			return g.param(depth-1, quoted)
		}
	case 1:
		if depth > 0 {
			s := &ast.CmdSubst{Quoted: quoted, Backquoted: g.bool()}
			if g.n(3) > 0 {
				s.Body = g.list(depth - 1)
			}
			return s
		}
	case 2:
		if depth > 0 {
			return &ast.Arith{Quoted: quoted, Expr: g.arith(depth - 1)}
		}
	}
	if !quoted {
		return &ast.Lit{Text: rapid.StringMatching(`[a-z*?~=:/,!+@.{-]{1,3}`).Draw(g.T, "text")}
	}
	text := rapid.StringOfN(rapid.SampledFrom([]rune("ab \t\n'\"\\$`}{()*~#&;|<>é=E!")), 1, 6, -1).Draw(g.T, "quoted")
	return &ast.Lit{Text: text, Quoted: true}
}

// arith is an expression, with parentheses that match.
func (g generator) arith(depth int) *ast.Word {
	w := &ast.Word{}
	for range 1 + g.n(2) {
		w.Parts = appendPart(w.Parts, &ast.Lit{Text: rapid.SampledFrom([]string{"1 + ", "(x)", "y<<2", "((a))", "\"", "\\)"}).Draw(g.T, "arith"), Quoted: true})
		if g.bool() {
			part := g.part(depth, true)
			if _, ok := part.(*ast.Lit); !ok {
				w.Parts = append(w.Parts, part)
			}
		}
	}
	return w
}

func (g generator) param(depth int, quoted bool) ast.Part {
	x := &ast.Param{
		Name:   rapid.SampledFrom([]string{"x", "y_1", "1", "10", "@", "*", "#", "?", "-", "$", "!", "0"}).Draw(g.T, "param"),
		Op:     ast.ParamOp(g.n(int(ast.ParamTrimPrefixMax))),
		Quoted: quoted,
	}
	switch x.Op {
	case ast.ParamNone, ast.ParamLength:
		return x
	case ast.ParamDefault, ast.ParamAssign, ast.ParamError, ast.ParamAlt:
		x.Colon = g.bool()
		x.Arg = &ast.Word{Parts: g.parts(depth, quoted)}
		if x.Name == "#" && len(x.Arg.Parts) == 0 {
			x.Name = "x" // ${#-} is another thing
		}
	default:
		x.Arg = &ast.Word{Parts: g.parts(depth, false)}
		if len(x.Arg.Parts) == 0 {
			x.Arg.Parts = []ast.Part{&ast.Lit{Quoted: true}}
		}
	}
	return x
}

// FuzzParse reads anything, and prints and reads again what could be read.
func FuzzParse(f *testing.F) {
	for _, c := range snippets.All() {
		f.Add(c.Text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 1<<16 {
			return
		}
		cmds, lines, _ := commands(text, 1)
		for i, cmd := range cmds {
			roundTrip(t, cmd)
			Command(new(strings.Builder), cmd, lines[i])
			Short(cmd)
		}
	})
}
