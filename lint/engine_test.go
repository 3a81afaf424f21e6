package lint_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sysv/lint"
	"sysv/lint/rules"
	"sysv/script"
	"sysv/testdata"
)

func on(text string, o lint.Options) *lint.Result {
	o.Rules = rules.All()
	return lint.Run(context.Background(), []lint.File{{Path: lint.ExamplePath, Source: []byte(lint.Example(text))}}, o)
}

func ids(r *lint.Result) string {
	var out []string
	for _, f := range r.Findings {
		out = append(out, fmt.Sprintf("%s:%d", f.Rule, f.Line))
	}
	return strings.Join(out, " ")
}

// show is all that there is of findings.
func show(r *lint.Result) string {
	var b strings.Builder
	for _, f := range r.Findings {
		fix := f.Fix
		f.Fix = nil
		fmt.Fprint(&b, f)
		if fix != nil {
			fmt.Fprint(&b, *fix)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// TestExampleIsGood: what the examples are made of has no fault itself, above
// what is a matter of custom.
func TestExampleIsGood(t *testing.T) {
	r := on(`start-stop-daemon --start --quiet --oknodo --pidfile "$PIDFILE" --exec "$DAEMON"`, lint.Options{})
	for _, f := range r.Findings {
		if f.Severity > lint.Info {
			t.Errorf("%d: %s %s", f.Line, f.Rule, f.Message)
		}
	}
}

// TestSuppressions: a comment suppresses on its line, on the next one, or in
// the file; one without use, without reason or of no rule is a finding.
func TestSuppressions(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"behind", "[ a == b ] # sysv: disable=SV8003 it is", ""},
		{"before", "true\n# sysv: disable=SV8003 it is\n\n# and more\n[ a == b ]", ""},
		{"by name", "[ a == b ] # sysv: disable=double-equals it is", ""},
		{"by family", "[ a == b ] # sysv: disable=SV8 it is", ""},
		{"one of two", "[ a == b ] # sysv: disable=SV8003,SV8009 it is", "SV0001:23"},
		{"another line", "true\n# sysv: disable=SV8003 it is\ntrue\n[ a == b ]", "SV0001:24 SV8003:26"},
		{"file", "[ a == b ]\n[ c == d ]\n# sysv: disable-file=SV8003 bash is our sh", ""},
		{"no reason", "[ a == b ] # sysv: disable=SV8003", "SV0002:23"},
		{"no rule", "true # sysv: disable=SV8999 what", "SV0003:23"},
		{"rehearsed", "true # sysv: disable=SV2101 only a rehearsal could tell", ""},
		{"in a string", "echo 'x # sysv: disable=SV8003 it is'\n[ a == b ]", "SV0001:23 SV8003:24"},
		{"other comment", "[ a == b ] # sysv disable=SV8003", "SV8003:23"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := on(c.text, lint.Options{Severity: func(r *lint.Rule, _ string) lint.Severity {
				if r.ID == "SV8003" || r.Family() == "SV0" {
					return r.Severity
				}
				return lint.Off
			}})
			if got := ids(r); got != c.want {
				t.Errorf("%q, not %q", got, c.want)
			}
		})
	}
}

// TestSeverity: what a configuration says counts, off is not there, and a
// finding that is milder than its rule stays so.
func TestSeverity(t *testing.T) {
	text := "exit -1\n"
	for want, s := range map[string]lint.Severity{"": lint.Off, "style": lint.Style, "error": lint.Error} {
		r := on(text, lint.Options{Severity: func(r *lint.Rule, _ string) lint.Severity {
			if r.ID == "SV8009" {
				return s
			}
			return lint.Off
		}})
		got := ""
		for _, f := range r.Findings {
			got += f.Severity.String()
		}
		if got != want {
			t.Errorf("%v: %q", s, got)
		}
	}
}

// TestOrder: the findings are the same whatever the number of jobs and the
// order of the files.
func TestOrder(t *testing.T) {
	var files []lint.File
	for i := range 40 {
		files = append(files, lint.File{Path: fmt.Sprintf("/x/init.d/s%02d", i), Source: []byte(fmt.Sprintf("#!/bin/sh\nexit -%d\n[ a == b ]\nhalt() { :; }\ncase $1 in start) ;; stop) ;; esac\n", i+1))})
	}
	want := ""
	for jobs := 1; jobs <= 8; jobs += 7 {
		r := lint.Run(context.Background(), files, lint.Options{Rules: rules.All(), Jobs: jobs})
		got := show(r)
		if want == "" {
			want = got
		}
		if got != want || len(r.Findings) < 80 {
			t.Errorf("with %d jobs: %d findings, in another order", jobs, len(r.Findings))
		}
		slices.Reverse(files)
	}
}

// TestErrors: what cannot be read is told, and the rest is looked at.
func TestErrors(t *testing.T) {
	dir := t.TempDir()
	good := filepath.Join(dir, "good")
	if err := os.WriteFile(good, []byte("#!/bin/sh\nexit -1\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	bad := &lint.Rule{ID: "SV1998", Name: "bad", Severity: lint.Error, Run: func(p *lint.Pass) { panic("oh") }}
	r := lint.Run(context.Background(), []lint.File{{Path: good}, {Path: dir}, {Path: filepath.Join(dir, "none")}}, lint.Options{Rules: rules.All()})
	if len(r.Errors) != 2 || len(r.Findings) == 0 {
		t.Errorf("%v, %d findings", r.Errors, len(r.Findings))
	}
	r = lint.Run(context.Background(), []lint.File{{Path: good}}, lint.Options{Rules: []*lint.Rule{bad}})
	if len(r.Errors) != 1 || !strings.Contains(r.Errors[0].Error(), "oh") {
		t.Errorf("%v", r.Errors)
	}
}

// TestApply makes edits.
func TestApply(t *testing.T) {
	for _, c := range []struct {
		edits []lint.Edit
		want  string
	}{
		{nil, "abcdef"},
		{[]lint.Edit{{4, 6, ""}, {0, 1, "X"}}, "Xbcd"},
		{[]lint.Edit{{2, 2, "1"}, {2, 2, "2"}}, "ab12cdef"},
		{[]lint.Edit{{0, 3, ""}, {2, 4, ""}}, "error"},
		{[]lint.Edit{{5, 7, ""}}, "error"},
	} {
		got, err := lint.Apply([]byte("abcdef"), c.edits)
		if err != nil {
			got = []byte("error")
		}
		if string(got) != c.want {
			t.Errorf("%v: %s, not %s", c.edits, got, c.want)
		}
	}
}

// TestFix: comments are fixed as they are; what changes commands only if it is
// verified.
func TestFix(t *testing.T) {
	text := strings.Replace(lint.Example("[ a == b ]\n"), "Required-Start", "Requierd-Start", 1)
	file := lint.File{Path: lint.ExamplePath, Source: []byte(text)}
	x := lint.Fixer{Options: lint.Options{Rules: rules.All()}}
	got, err := x.Fix(context.Background(), file, nil)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(got.Source), "# Required-Start:") || !strings.Contains(string(got.Source), "==") || len(got.Refused) == 0 {
		t.Errorf("%d done, refused: %v\n%s", len(got.Done), got.Reasons, got.Source)
	}
	asked := 0
	x.Verify = func(_ context.Context, a, b *script.Script, _ string, f *lint.Finding) (bool, string) {
		asked++
		return f.Rule == "SV8003", "no"
	}
	if got, err = x.Fix(context.Background(), file, nil); err != nil || strings.Contains(string(got.Source), "==") || asked == 0 {
		t.Errorf("%v, %d asked\n%s", err, asked, got.Source)
	}
}

// TestDiff compares with what patch(1) would take.
func TestDiff(t *testing.T) {
	before := "1\n2\n3\n4\n5\n6\n7\n8\n9\n"
	after := "1\n2\n3\nx\n5\n6\n7\n8\n9\n10\n"
	want := "--- a/f\n+++ b/f\n@@ -1,9 +1,10 @@\n 1\n 2\n 3\n-4\n+x\n 5\n 6\n 7\n 8\n 9\n+10\n"
	if got := lint.Diff("/f", []byte(before), []byte(after)); got != want {
		t.Errorf("%s", got)
	}
	if got := lint.Diff("f", []byte("a"), []byte("b\n")); got != "--- a/f\n+++ b/f\n@@ -1,1 +1,1 @@\n-a\n\\ No newline at end of file\n+b\n" {
		t.Errorf("%s", got)
	}
	if got := lint.Diff("f", []byte("a\n"), []byte("a\n")); got != "" {
		t.Errorf("%s", got)
	}
}

// FuzzLint gives the linter any text: it must end, keep to the text, and make
// the same of it twice; its fixes must be such as can be applied.
func FuzzLint(f *testing.F) {
	for _, r := range rules.All() {
		for _, text := range []string{r.Bad, r.Good} {
			if lint.Sections(text) == nil {
				f.Add([]byte(lint.Example(text)))
			}
		}
	}
	if b, err := testdata.InitD.ReadFile("init.d/hello"); err == nil {
		f.Add(b)
	}
	all := rules.All()
	f.Fuzz(func(t *testing.T, src []byte) {
		if len(src) > 1<<16 {
			return
		}
		run := func() *lint.Result {
			return lint.Run(context.Background(), []lint.File{{Path: lint.ExamplePath, Source: src, Whole: true}}, lint.Options{Rules: all, Jobs: 1})
		}
		r := run()
		for _, err := range r.Errors {
			t.Fatal(err)
		}
		s := script.Parse(lint.ExamplePath, src)
		for _, x := range r.Findings {
			if x.Line < 0 || x.Line > s.Lines()+1 || x.Line > 0 && (x.Col < 1 || x.EndCol <= x.Col) {
				t.Fatalf("%+v is outside the text of %d lines", x, s.Lines())
			}
			if x.Fix != nil {
				if _, err := lint.Apply(src, x.Fix.Edits); err != nil {
					t.Fatalf("%s: %v", x.Rule, err)
				}
			}
		}
		if again := run(); show(again) != show(r) {
			t.Fatal("another time it is another result")
		}
	})
}

// BenchmarkStatic looks at one script of usual length by all rules.
func BenchmarkStatic(b *testing.B) {
	src := []byte(lint.Example(`start-stop-daemon --start --quiet --oknodo --pidfile "$PIDFILE" --exec "$DAEMON"`))
	all := rules.All()
	b.SetBytes(int64(len(src)))
	for b.Loop() {
		lint.Run(context.Background(), []lint.File{{Path: lint.ExamplePath, Source: src}}, lint.Options{Rules: all, Jobs: 1})
	}
}
