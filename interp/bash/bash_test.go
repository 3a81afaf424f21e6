package bash_test

import (
	"io"
	"os"
	"strings"
	"testing"

	"sysv/interp/ast"
	"sysv/interp/bash"
	"sysv/interp/print"
)

// text reads src and gives each complete command as package print writes it.
func text(t *testing.T, src string) []string {
	t.Helper()
	cmds, err := bash.All([]byte(src), 1)
	if err != nil {
		t.Fatalf("%q: %v", src, err)
	}
	var out []string
	for _, c := range cmds {
		out = append(out, print.String(c))
	}
	return out
}

func TestLower(t *testing.T) {
	for _, c := range []struct{ name, src, want string }{
		{"array", `a=(1 "2 3" [5]=x)`, `a=(1 '2 3' ['5']=x)`},
		{"element", `a[i+1]+=x`, `a["i+1"]+=x`},
		{"declare", `local -a a=(1 $x) b=$c d`, `local -a a=(1 ${x}) b=${c} d`},
		{"arithmetic keeps its text", `((x = 1 +2))`, `((x = 1 +2))`},
		{"conditional binds && tighter", `[[ a && b || c && d ]]`, `[[ a && b || c && d ]]`},
		{"not binds tightest", `[[ ! a && b ]]`, `[[ ! a && b ]]`},
		{"ansi", `echo $'a\x41'`, `echo 'aA'`},
		{"tabs", "cat <<-E\n\ta\n\tE\n", "cat <<'EOF'\na\nEOF\n"},
		{"extended pattern", `case x in @(a|"b c")) ;; esac`, `case x in @(a|'b c'))  ;; esac`},
		{"negation twice", `! ! true`, `true`},
		{"nested subshells", `((a; b) | c)`, `( (a; b) | c)`},
		{"file", `x=$(<f)`, `x=$(<f)`},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := strings.Join(text(t, c.src), "\n")
			if got != c.want {
				t.Errorf("%s\n got %q\nwant %q", c.src, got, c.want)
			}
		})
	}
}

// TestBytes checks that bytes that are no UTF-8, carriage returns and the
// characters that stand for them come out as they went in.
func TestBytes(t *testing.T) {
	for _, s := range []string{"caf\xe9", "\xff\xfe", "a\r", "\uf70d", "\uf7ff\xf7", "\xef\x9c", "grüße", "日本"} {
		cmds, err := bash.All([]byte("echo '"+s+"' "+s+"\n"), 1)
		if err != nil {
			t.Errorf("%q: %v", s, err)
			continue
		}
		c := cmds[0].(*ast.Simple)
		for _, w := range c.Args[1:] {
			if got := w.Parts[0].(*ast.Lit).Text; got != s {
				t.Errorf("%q became %q", s, got)
			}
		}
	}
}

// TestStepwise checks that commands above a syntax error are given, a line at
// a time.
func TestStepwise(t *testing.T) {
	p := bash.New([]byte("echo a; echo b\n\n# c\necho c\nif fi\necho d\n"), 1)
	defer p.Close()
	for _, want := range []string{"echo a; echo b", "echo c"} {
		cmd, err := p.Next()
		if err != nil {
			t.Fatal(err)
		}
		if got := print.String(cmd); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	_, err := p.Next()
	e, ok := err.(*bash.SyntaxError)
	if !ok || e.Line != 5 || e.Msg != "syntax error near unexpected token `fi'" || e.Text != "if fi" {
		t.Errorf("got %#v", err)
	}
	if _, err := p.Next(); err != io.EOF {
		t.Errorf("after an error: %v", err)
	}
}

// TestReader checks that no byte is read beyond the line that is asked for.
func TestReader(t *testing.T) {
	in := "read x\nDATA\necho $x\n"
	at := 0
	p := bash.NewReader(func(b []byte) (int, error) {
		if at == len(in) {
			return 0, io.EOF
		}
		b[0] = in[at]
		at++
		return 1, nil
	})
	defer p.Close()
	if _, err := p.Next(); err != nil {
		t.Fatal(err)
	}
	if rest := in[at:]; !strings.HasPrefix(rest, "DATA") {
		t.Errorf("left: %q", rest)
	}
}

// TestHostile checks that nesting has an end that is told.
func TestHostile(t *testing.T) {
	for name, src := range map[string]string{
		"parentheses": strings.Repeat("(", 1_000_000),
		"braces":      strings.Repeat("{ ", 1_000_000),
		"if":          strings.Repeat("if ", 300_000),
		"subst":       strings.Repeat("$(", 25_000),
		"arithmetic":  "echo $((" + strings.Repeat("(", 25_000),
		"minus":       "echo $((" + strings.Repeat("- ", 90_000) + "1))",
		"not":         "[[ " + strings.Repeat("! ", 25_000) + "a ]]",
		"default":     strings.Repeat("${x:-", 25_000),
		"backquotes":  strings.Repeat("`", 99_999),
		"pipe":        strings.Repeat("a | ", 90_000) + "a",
		"elif":        "if a; then b; " + strings.Repeat("elif a; then b; ", 20_000) + "fi",
		"case":        strings.Repeat("case x in x) ", 30_000),
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := bash.All([]byte(src), 1); err == nil {
				t.Error("no error")
			}
		})
	}
	// What is only long is no harm.
	for name, src := range map[string]string{
		"and":   strings.Repeat("a && ", 5000) + "a",
		"lines": strings.Repeat("(a); b | c\n", 50_000),
		"args":  "echo " + strings.Repeat("$x ", 50_000),
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := bash.All([]byte(src), 1); err != nil {
				t.Error(err)
			}
		})
	}
}

// FuzzParse checks that no text makes the reading panic, and that what was
// read is written as text that is read again as the same.
func FuzzParse(f *testing.F) {
	for _, file := range []string{"arrays", "commands", "errexit", "expansion", "initscripts"} {
		b, err := os.ReadFile("../../shell/testdata/bash/" + file + ".txt")
		if err != nil {
			f.Fatal(err)
		}
		for _, part := range strings.Split("\n"+string(b), "\n### ")[1:] {
			_, src, _ := strings.Cut(part, "\n")
			f.Add(src)
		}
	}
	f.Fuzz(func(t *testing.T, src string) {
		if len(src) > 4096 {
			return
		}
		cmds, _ := bash.All([]byte(src), 1)
		for _, c := range cmds {
			print.String(c)
		}
	})
}
