package parse

import (
	"os/exec"
	"reflect"
	"strings"
	"testing"
)

// aliases are lines of alias definitions (name=text), a script, and the
// script that it must be the same as.
var aliases = []struct{ name, defs, text, same string }{
	{"plain", "say=echo", "say a", "echo a"},
	{"options", "say=echo -n", "say a", "echo -n a"},
	{"not an argument", "say=echo", "echo say", "echo 'say'"},
	{"next word", "say=echo \na=b", "say a c", "echo b c"},
	{"next word tab", "say=echo\t\na=b", "say a", "echo b"},
	{"next word chain", "say=echo \na=b \nc=d", "say a c c", "echo b d 'c'"},
	{"no blank no next word", "say=echo\na=b", "say a", "echo 'a'"},
	{"itself", "echo=echo x", "echo a", "'echo' x a"},
	{"itself with blank", "echo=echo ", "echo echo a", "'echo' 'echo' a"},
	{"each other", "a=b\nb=a", "a() { echo f; }", "a() { echo f; }"},
	{"after semicolon", "say=echo", "say a; say b && say c | cat", "echo a; echo b && echo c | cat"},
	{"in group", "say=echo", "{ say a; }; (say b)", "{ echo a; }; (echo b)"},
	{"in if", "say=echo", "if say a; then say b; fi", "if echo a; then echo b; fi"},
	{"in substitution", "say=echo", "echo $(say a) `say b` \"$(say c)\"", "echo $(echo a) `echo b` \"$(echo c)\""},
	{"keyword", "start=if true; then", "start echo a; fi", "if true; then echo a; fi"},
	{"end keyword", "stop=fi", "if true; then echo a; stop", "if true; then echo a; fi"},
	{"separator", "two=echo a; echo b", "two c", "echo a; echo b c"},
	{"newline", "two=echo a\necho b", "two c", "echo a\necho b c"},
	{"quoted is none", "echo=false", "'echo' a; \\echo b; e\"c\"ho c", "'echo' a; \\echo b; e'c'ho c"},
	{"after assignment", "say=echo", "x=1 say a", "x=1 echo a"},
	{"after redirection", "say=echo", "2>&1 say a", "2>&1 echo a"},
	{"redirection", "say=echo a >&2; echo", "say b", "echo a >&2; echo b"},
	{"here-document", "doc=cat <<E", "doc\na\nE", "cat <<E\na\nE"},
	{"comment", "say=echo a #", "say b", "echo a"},
	{"quotes", "say=echo \"a  b\"", "say c", "echo \"a  b\" c"},
	{"open quote", "say=echo \"a", "say b\"", "echo \"a b\""},
	{"pipe", "up=| tr a b", "echo a | cat up", "echo a | cat 'up'"},
	{"glued operator", "say=echo a", "say>&1;say", "echo a>&1;echo a"},
	{"case word is none", "a=b", "case a in a) echo 1;; b) echo 2;; esac", "case 'a' in a) echo 1;; b) echo 2;; esac"},
	{"for words are none", "a=b", "for i in a; do echo $i; done", "for i in 'a'; do echo $i; done"},
	{"after not", "say=echo", "! say a", "! echo a"},
	{"deep", "a=b x\nb=c y\nc=echo z", "a w", "echo z y x w"},
	{"deep blank", "a=b \nb=echo \nc=d", "a c", "echo d"},
	{"backslash at end", "say=echo a\\", "say b", "echo a\\ b"},
	{"brace", "begin={\nend=}", "begin echo a; end", "{ echo a; }"},
	{"function name", "f=g", "f() { echo a; }; g", "g() { echo a; }; g"},
	{"bang", "not=!", "not false && echo a", "! false && echo a"},
	{"continuation", "say=echo", "sa\\\ny a", "echo a"},
	{"at end of input", "say=echo a", "say", "echo a"},
	{"after compound", "done2=; echo b", "{ echo a; } done2", "{ echo a; } ; echo b"},
}

// TestAliases reads with aliases, and compares with what has none. That the
// two are the same is proved by dash: it is given both.
func TestAliases(t *testing.T) {
	dash := needDash(t)
	for _, c := range aliases {
		t.Run(c.name, func(t *testing.T) {
			defs, setup := definitions(c.defs)
			run := func(script string) string {
				out, _ := exec.Command(dash, "-c", script).CombinedOutput()
				return string(out)
			}
			if with, without := run(setup+c.text+"\n"), run(c.same+"\n"); with != without {
				t.Fatalf("dash does not agree: %q and %q", with, without)
			}
			got, err := All(c.text+"\n", Options{Alias: func(name string) (string, bool) {
				text, ok := defs[name]
				return text, ok
			}})
			if err != nil {
				t.Fatal(err)
			}
			want, err := All(c.same+"\n", Options{})
			if err != nil {
				t.Fatal(err)
			}
			if g, w := tree(got), tree(want); g != w {
				t.Errorf("got  %s\nwant %s", g, w)
			}
		})
	}
}

// definitions gives the aliases, and the commands that define them.
func definitions(lines string) (map[string]string, string) {
	defs := map[string]string{}
	var setup strings.Builder
	last := ""
	for line := range strings.SplitSeq(lines, "\n") {
		name, text, ok := strings.Cut(line, "=")
		if !ok {
			defs[last] += "\n" + line
			continue
		}
		defs[name] = text
		last = name
	}
	for name, text := range defs {
		setup.WriteString("alias " + name + "='" + text + "'\n")
	}
	return defs, setup.String()
}

// tree is a tree as text, without lines and without telling quotes.
func tree(v any) string {
	var b strings.Builder
	treeValue(&b, reflect.ValueOf(v))
	return b.String()
}

func treeValue(b *strings.Builder, v reflect.Value) {
	switch v.Kind() {
	case reflect.Interface, reflect.Pointer:
		if !v.IsNil() {
			treeValue(b, v.Elem())
		}
	case reflect.Slice:
		b.WriteString("[")
		for i := range v.Len() {
			treeValue(b, v.Index(i))
			b.WriteString(" ")
		}
		b.WriteString("]")
	case reflect.Struct:
		b.WriteString(v.Type().Name() + "{")
		for i := range v.NumField() {
			name := v.Type().Field(i).Name
			if f := v.Field(i); name != "Line" && name != "At" && name != "Quoted" && !f.IsZero() {
				b.WriteString(name + ":")
				treeValue(b, f)
				b.WriteString(" ")
			}
		}
		b.WriteString("}")
	case reflect.String:
		b.WriteString("'" + v.String() + "'")
	case reflect.Int:
		b.WriteString(string(rune('0' + v.Int())))
	case reflect.Bool:
		b.WriteString("true")
	}
}
