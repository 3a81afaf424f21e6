package parse

import (
	"testing"

	"sysv/interp/ast"
)

// TestSpans looks up in the text where nodes say that they stand.
func TestSpans(t *testing.T) {
	const src = "A=1 cmd 'x y'\"$B\" >>file 2>&1\n" +
		"f() {\n\techo ${x:-$(inner `deep arg` )}\n}\n" +
		"case \"$1\" in start|go) f ;; *) exit 1\nesac\n" +
		"if a; then b; elif c; then d; fi\n" +
		"while :; do x; done; ( sub ) >o\n" +
		"cat <<E; after\ntext $v\nE\nlast \\\nword\n"
	cmd, err := All(src, Options{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	add := func(at ast.Span) {
		if at.Known() {
			got = append(got, src[at.Pos:at.End])
		} else {
			got = append(got, "?")
		}
	}
	var word func(w *ast.Word)
	var walk func(c ast.Command)
	word = func(w *ast.Word) {
		add(w.At)
		for _, p := range w.Parts {
			switch p := p.(type) {
			case *ast.Param:
				add(p.At)
				if p.Arg != nil {
					for _, p := range p.Arg.Parts {
						if p, ok := p.(*ast.CmdSubst); ok {
							add(p.At)
							walk(p.Body)
						}
					}
				}
			case *ast.CmdSubst:
				add(p.At)
				walk(p.Body)
			}
		}
	}
	walk = func(c ast.Command) {
		switch c := c.(type) {
		case *ast.List:
			for _, c := range c.Cmds {
				walk(c)
			}
		case *ast.Group:
			walk(c.Body)
		case *ast.FuncDecl:
			add(c.At)
			walk(c.Body)
		case *ast.If:
			add(c.At)
			if c.Else != nil {
				walk(c.Else)
			}
		case *ast.While:
			add(c.At)
		case *ast.Redirected:
			walk(c.Cmd)
		case *ast.Subshell:
			add(c.At)
		case *ast.Case:
			add(c.At)
			for _, c := range c.Clauses {
				add(c.At)
			}
		case *ast.Simple:
			for _, a := range c.Assigns {
				add(a.Value.At)
			}
			for _, w := range c.Args {
				word(w)
			}
			for _, r := range c.Redirs {
				add(r.At)
			}
		}
	}
	walk(cmd)
	want := []string{
		"A=1", "cmd", "'x y'\"$B\"", "$B", ">>", "2>&",
		"f() {\n\techo ${x:-$(inner `deep arg` )}\n}",
		"echo", "${x:-$(inner `deep arg` )}", "${x:-$(inner `deep arg` )}", "$(inner `deep arg` )", "inner", "`deep arg`", "`deep arg`", "deep", "arg",
		"case \"$1\" in start|go) f ;; *) exit 1\nesac", "start|go) f ", "*) exit 1\n",
		"if a; then b; elif c; then d; fi", "elif c; then d; ",
		"while :; do x; done", "( sub )",
		"cat", "<<", "after", "last", "word",
	}
	for i := range max(len(got), len(want)) {
		g, w := "(end)", "(end)"
		if i < len(got) {
			g = got[i]
		}
		if i < len(want) {
			w = want[i]
		}
		if g != w {
			t.Fatalf("node %d is %q, not %q", i, g, w)
		}
	}
}
