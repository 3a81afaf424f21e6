package parse

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"sysv/interp/ast"
	"sysv/interp/parse/snippets"
)

// parts shows the parts of a word: text as it is, quoted text in <>.
func parts(w *ast.Word) string {
	if w == nil {
		return "nil"
	}
	var b strings.Builder
	for _, part := range w.Parts {
		text, quoted := "", false
		switch x := part.(type) {
		case *ast.Lit:
			text, quoted = x.Text, x.Quoted
		case *ast.Param:
			text, quoted = fmt.Sprintf("{%s %d %v %s%s}", x.Name, x.Op, x.Colon, parts(x.Arg), x.Bad), x.Quoted
		case *ast.CmdSubst:
			text, quoted = "$()", x.Quoted
		case *ast.Arith:
			text, quoted = "(("+parts(x.Expr)+"))", x.Quoted
		}
		if quoted {
			text = "<" + text + ">"
		}
		b.WriteString(text + " ")
	}
	return strings.TrimSuffix(b.String(), " ")
}

// TestWords is what package ast says of words.
func TestWords(t *testing.T) {
	cases := []struct{ text, want string }{
		{`a`, `a`},
		{`'a b'`, `<a b>`},
		{`a'b'"c"\d`, `a <bcd>`},
		{`""`, `<>`},
		{`''a`, `<> a`},
		{`"$x"`, `<{x 0 false nil}>`},
		{`"$x"''`, `<{x 0 false nil}> <>`},
		{`a$x"b$y"`, `a {x 0 false nil} <b> <{y 0 false nil}>`},
		{`~/a`, `~/a`},
		{`"~"/a`, `<~> /a`},
		{`\*`, `<*>`},
		{`"a\$b\c\"\\"`, `<a$b\c"\>`},
		{`$'a'`, `$ <a>`},
		{`$"a"`, `$ <a>`},
		{`${x-'a b'}`, `{x 2 false <a b>}`},
		{`"${x-'a b'}"`, `<{x 2 false <'a b'>}>`},
		{`"${x-"a b"}"`, `<{x 2 false <a b>}>`},
		{`"${x#'a*'*}"`, `<{x 8 false <a*> *}>`},
		{`"${x%%"a*"*}"`, `<{x 7 false <a*> *}>`},
		{`${x:=~/a}`, `{x 3 true ~/a}`},
		{`"${x:-\}}"`, `<{x 2 true <}>}>`},
		{`${x-}`, `{x 2 false }`},
		{`${#x}`, `{x 1 false nil}`},
		{`${#}`, `{# 0 false nil}`},
		{`${##}`, `{# 1 false nil}`},
		{`${#-a}`, `{# 2 false a}`},
		{`${##a}`, `{# 8 false a}`},
		{`${10}$10`, `{10 0 false nil} {1 0 false nil} 0`},
		{`${x/a/b}`, `{ 0 false nil${x/a/b}}`},
		{`${x:1:2}`, `{ 0 false nil${x:1:2}}`},
		{`${!x}`, `{ 0 false nil${!x}}`},
		{`"a${x[1]}"`, `<a> <{ 0 false nil${x[1]}}>`},
		{"$(a)`b`\"$(c)\"", `$() $() <$()>`},
		{`$((1 + $x))`, `((<1 + > <{x 0 false nil}>))`},
		{`"$(("1"))"`, `<((<"1">))>`},
		{"a\\\nb", `ab`},
		{"'a\\\nb'", "<a\\\nb>"},
		{"\"a\\\nb\"", "<ab>"},
		{"\xe9'\xfc'", "\xe9 <\xfc>"},
		{`${x-a b;c}`, `{x 2 false a b;c}`},
	}
	for _, c := range cases {
		cmd, err := All("cmd "+c.text+"\n", Options{})
		if err != nil {
			t.Errorf("%s: %v", c.text, err)
			continue
		}
		if got := parts(cmd.(*ast.Simple).Args[1]); got != c.want {
			t.Errorf("%s:\ngot  %s\nwant %s", c.text, got, c.want)
		}
	}
}

// TestHereDocs is the bodies of here-documents.
func TestHereDocs(t *testing.T) {
	cases := []struct{ text, want string }{
		{"cat <<E\na\nE\n", "<a\n>"},
		{"cat <<E\na $x b\nE\n", "<a > <{x 0 false nil}> < b\n>"},
		{"cat <<'E'\na $x \\\\ \\\nE\n", "<a $x \\\\ \\\n>"},
		{"cat <<E\n\\$x \\\\ \\a \\\" \\`\nE\n", "<$x \\ \\a \\\" `\n>"},
		{"cat <<-E\n\ta\n\t\tb\n\tE\n", "<a\nb\n>"},
		{"cat <<E\nE\n", ""},
		{"cat <<E\na", "<a>"},
		{"cat <<E\na\\\nb\nE\n", "<ab\n>"},
		{"cat <<E\n${x-\"a\"} ${x#'b'*}\nE\n", "<{x 2 false <a>}> < > <{x 8 false <b> *}> <\n>"},
		{"cat <<E\nEO\nE", "<EO\n>"},
	}
	for _, c := range cases {
		cmd, err := All(c.text, Options{})
		if err != nil {
			t.Errorf("%q: %v", c.text, err)
			continue
		}
		if got := parts(cmd.(*ast.Simple).Redirs[0].Word); got != c.want {
			t.Errorf("%q:\ngot  %q\nwant %q", c.text, got, c.want)
		}
	}
}

// TestAssignments is which words are assignments.
func TestAssignments(t *testing.T) {
	cmd, err := All(`a=1 b= c="x $y" 'd'=2 e=3`, Options{})
	if err != nil {
		t.Fatal(err)
	}
	s := cmd.(*ast.Simple)
	got := ""
	for _, a := range s.Assigns {
		got += a.Name + "=" + parts(a.Value) + ";"
	}
	for _, w := range s.Args {
		got += parts(w) + ";"
	}
	if want := `a=1;b=;c=<x > <{y 0 false nil}>;<d> =2;e=3;`; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// TestLines is the lines that $LINENO and messages give, as measured with
// dash: inside backquotes they count from 1.
func TestLines(t *testing.T) {
	cmd, err := All("a\n\nb 'x\ny'\n'c\nd'\ne \\\n f; g\n", Options{Line: 10})
	if err != nil {
		t.Fatal(err)
	}
	got := ""
	for _, c := range cmd.(*ast.List).Cmds {
		got += fmt.Sprint(c.(*ast.Simple).Line, " ")
	}
	if want := "10 12 15 16 17 "; got != want {
		t.Errorf("got %s want %s", got, want)
	}
	cmd, _ = All("\n\nx=`\na`\n", Options{})
	inner := cmd.(*ast.Simple).Assigns[0].Value.Parts[0].(*ast.CmdSubst).Body.(*ast.Simple)
	if inner.Line != 2 {
		t.Errorf("in backquotes: line %d", inner.Line)
	}
}

// TestLineByLine gives a command before what comes after it is read, and
// asks for no more input than it needs.
func TestLineByLine(t *testing.T) {
	lines := []string{"a\n", "if b\n", "then c; fi\n", "cat <<E\n", "x\n", "E\n", ";\n"}
	given := 0
	p := New(nil, Options{More: func() ([]byte, bool) {
		if given == len(lines) {
			return nil, false
		}
		given++
		return []byte(lines[given-1]), true
	}})
	for _, want := range []int{1, 3, 6} {
		if cmd, err := p.Next(); cmd == nil || err != nil {
			t.Fatal(cmd, err)
		}
		if given != want {
			t.Errorf("%d lines read, want %d", given, want)
		}
	}
	if _, err := p.Next(); err == nil || err.Error() != `7: Syntax error: ";" unexpected` {
		t.Error(err)
	}
}

// TestBytes reads each snippet a byte at a time, which must change nothing.
func TestBytes(t *testing.T) {
	for _, c := range snippets.All() {
		want := readAll(New([]byte(c.Text), Options{}))
		i := 0
		got := readAll(New(nil, Options{More: func() ([]byte, bool) {
			if i == len(c.Text) {
				return nil, false
			}
			i++
			return []byte(c.Text[i-1 : i]), true
		}}))
		// The text of a bad substitution is not kept over pieces.
		if got != want && !strings.Contains(want, "Bad") {
			t.Errorf("%s: %q\ngot  %s\nwant %s", c.Name, c.Text, got, want)
		}
	}
}

func readAll(p *Parser) string {
	var b strings.Builder
	for {
		cmd, err := p.Next()
		if err == io.EOF {
			return b.String()
		}
		if err != nil {
			return b.String() + err.Error()
		}
		b.WriteString(tree(cmd) + "\n")
	}
}

// TestRead shows the lines as they are read.
func TestRead(t *testing.T) {
	shown := ""
	p := New([]byte("a\nif b\nthen c; fi\nd"), Options{Read: func(line []byte) { shown += "<" + string(line) + ">" }})
	for _, want := range []string{"<a\n>", "<a\n><if b\n><then c; fi\n>", "<a\n><if b\n><then c; fi\n><d>"} {
		if _, err := p.Next(); err != nil {
			t.Fatal(err)
		}
		if shown != want {
			t.Errorf("got %q want %q", shown, want)
		}
	}
}

// TestAtEOF is when a command is known to be the last.
func TestAtEOF(t *testing.T) {
	for text, want := range map[string]bool{"a": true, "a\n": false, "a;": true, "a #b": true} {
		p := New([]byte(text), Options{})
		if _, err := p.Next(); err != nil {
			t.Fatal(err)
		}
		if p.AtEOF() != want {
			t.Errorf("%q: %v", text, p.AtEOF())
		}
	}
}

// TestDepth is the limits: below them all is well, above them there is one
// clear error, however much is nested.
func TestDepth(t *testing.T) {
	nests := []struct{ name, open, inner, close string }{
		{"subshell", "(", "a", ")"},
		{"group", "{ ", "a;", "};"},
		{"if", "if a; then ", "b;", "fi;"},
		{"while", "while a; do ", "b;", "done;"},
		{"for", "for i do ", "b;", "done;"},
		{"case", "case x in y) ", "a", ";; esac"},
		{"function", "f() ", "a", ""},
		{"substitution", "$(", "a", ")"},
		{"quoted substitution", "\"$(", "a", ")\""},
		{"parameter", "${x-", "a", "}"},
		{"quoted parameter", "\"${x-", "a", "}\""},
		{"pattern", "${x#", "a", "}"},
		{"arithmetic", "$((", "1", "))"},
	}
	for _, n := range nests {
		t.Run(n.name, func(t *testing.T) {
			few := MaxDepth / 3
			text := strings.Repeat(n.open, few) + n.inner + strings.Repeat(n.close, few)
			if _, err := All(text, Options{}); err != nil {
				t.Errorf("%d levels: %v", few, err)
			}
			for _, many := range []int{MaxDepth + 2, 1_000_000} {
				_, err := All(strings.Repeat(n.open, many), Options{})
				if err == nil || !strings.HasSuffix(err.Error(), "Syntax error: nested too deeply (more than 1000 levels)") {
					t.Errorf("%d levels: %v", many, err)
				}
			}
		})
	}
	for _, text := range []string{
		"a" + strings.Repeat("&& a", MaxChain+1),
		"if a; then b;" + strings.Repeat("elif a; then b;", MaxChain+1) + "fi",
	} {
		_, err := All(text, Options{})
		if err == nil || !strings.HasSuffix(err.Error(), "nested too deeply (more than 10000 levels)") {
			t.Errorf("%.20s…: %v", text, err)
		}
	}
}

// TestText is the text of a prompt.
func TestText(t *testing.T) {
	w, err := Text("a $x 'b' \"c\" \\$ ${y-\"z\"}", Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := parts(w), `<a > <{x 0 false nil}> < 'b' "c" $ > <{y 2 false <z>}>`; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
