package rules

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"sysv/lint"
)

// run gives the findings on an example: one script, or with "-- name --" lines
// a directory of them.
func run(t *testing.T, rule *lint.Rule, text string) []lint.Finding {
	t.Helper()
	path := rule.Path
	if path == "" {
		path = lint.ExamplePath
	}
	var files []lint.File
	root := ""
	if parts := lint.Sections(text); len(parts) > 0 {
		root = t.TempDir()
		for _, f := range parts {
			name := filepath.Join(root, f.Name)
			if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
				t.Fatal(err)
			}
			if target, ok := strings.CutPrefix(f.Data, "-> "); ok {
				if err := os.Symlink(strings.TrimSpace(target), name); err != nil {
					t.Fatal(err)
				}
				continue
			}
			data := []byte(f.Data)
			if filepath.Dir(f.Name) == "etc/init.d" {
				data = []byte(lint.Example(f.Data))
				files = append(files, lint.File{Path: name, Root: root, Whole: true})
			}
			if err := os.WriteFile(name, data, 0o755); err != nil {
				t.Fatal(err)
			}
		}
	} else {
		files = []lint.File{{Path: path, Source: []byte(lint.Example(text))}}
	}
	r := lint.Run(context.Background(), files, lint.Options{Rules: All()})
	for _, err := range r.Errors {
		t.Error(err)
	}
	var out []lint.Finding
	for _, f := range r.Findings {
		if f.Rule == rule.ID {
			f.Path = strings.TrimPrefix(f.Path, root)
			out = append(out, f)
		}
	}
	return out
}

// TestExamples proves that each rule fires on its bad example and is silent
// on its good one.
func TestExamples(t *testing.T) {
	for _, r := range All() {
		if r.Rehearsed {
			continue // its example is run where the rehearsal is joined to the linter: lint/acted
		}
		t.Run(r.ID, func(t *testing.T) {
			if len(run(t, r, r.Bad)) == 0 {
				t.Errorf("%s is silent on its bad example:\n%s", r.Name, lint.Example(r.Bad))
			}
			for _, f := range run(t, r, r.Good) {
				t.Errorf("%s fires on its good example: %d:%d: %s\n%s", r.Name, f.Line, f.Col, f.Message, lint.Example(r.Good))
			}
		})
	}
}

// TestCases runs lint/testdata/svNNNN/*.txtar: the section "script", or
// several "etc/init.d/NAME", and the findings wanted in "want".
func TestCases(t *testing.T) {
	files, err := filepath.Glob("../testdata/sv*/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	byID := map[string]*lint.Rule{}
	for _, r := range All() {
		byID[r.ID] = r
	}
	for _, name := range files {
		id := strings.ToUpper(filepath.Base(filepath.Dir(name)))
		t.Run(id+"/"+strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			rule := byID[id]
			if rule == nil {
				t.Fatalf("there is no rule %s", id)
			}
			if rule.Rehearsed {
				t.Fatal("a rule of the rehearsal has its cases in package rehearse: none is run here")
			}
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			var script, want string
			rest := ""
			hasWant := false
			for _, f := range lint.Sections(string(text)) {
				switch f.Name {
				case "script":
					script = f.Data
				case "want":
					want, hasWant = f.Data, true
				default:
					rest += "-- " + f.Name + " --\n" + f.Data
				}
			}
			if !hasWant {
				t.Fatal(`no section "want"`)
			}
			if script == "" {
				script = rest
			}
			var got strings.Builder
			for _, f := range run(t, rule, script) {
				if rest != "" {
					got.WriteString(filepath.Base(f.Path) + ":")
				}
				fmt.Fprintf(&got, "%d:%d: %s\n", f.Line, f.Col, f.Message)
			}
			if got.String() != want {
				t.Errorf("found\n%swant\n%s", got.String(), want)
			}
		})
	}
}

// TestRegistry holds the rules against what a registry must keep.
func TestRegistry(t *testing.T) {
	id := regexp.MustCompile(`^SV\d{4}$`)
	name := regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	ids, names := map[string]bool{}, map[string]bool{}
	for _, r := range All() {
		switch {
		case !id.MatchString(r.ID):
			t.Errorf("%q is no id", r.ID)
		case Family(r.Family()) == "":
			t.Errorf("%s: there is no family %s", r.ID, r.Family())
		case ids[r.ID] || names[r.Name]:
			t.Errorf("%s %s is there twice", r.ID, r.Name)
		case !name.MatchString(r.Name):
			t.Errorf("%s: %q is no name", r.ID, r.Name)
		case r.Title == "" || strings.HasSuffix(r.Title, ".") || strings.Contains(r.Title, "\n"):
			t.Errorf("%s: the title is one line without a full stop", r.ID)
		case strings.TrimSpace(r.Text) == "" || r.Bad == "" || r.Good == "" || r.Since == "" || r.Severity == lint.Off:
			t.Errorf("%s: Text, Bad, Good, Since and Severity are needed", r.ID)
		}
		how := 0
		for _, is := range []bool{r.Run != nil, r.Tree != nil, r.Rehearsed} {
			if is {
				how++
			}
		}
		if how != 1 {
			t.Errorf("%s: exactly one of Run, Tree and Rehearsed", r.ID)
		}
		if r.Family() != "SV0" && !r.Rehearsed {
			if _, err := os.Stat(strings.ToLower(r.ID) + ".go"); err != nil {
				t.Errorf("%s: %v", r.ID, err)
			}
		}
		ids[r.ID], names[r.Name] = true, true
	}
	files, _ := filepath.Glob("sv[0-9][0-9][0-9][0-9].go")
	for _, f := range files {
		if id := strings.ToUpper(strings.TrimSuffix(f, ".go")); !ids[id] {
			t.Errorf("%s is in no list", id)
		}
	}
}

// TestPages compares docs/rules with what the rules say now.
func TestPages(t *testing.T) {
	const dir = "../../docs/rules"
	want := map[string]string{"README.md": Index(All())}
	for _, r := range All() {
		want[r.ID+".md"] = Page(r)
	}
	for name, text := range want {
		got, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil || string(got) != text {
			t.Errorf("docs/rules/%s is not fresh: go generate ./lint/rules", name)
		}
	}
	have, _ := filepath.Glob(dir + "/*")
	for _, f := range have {
		if _, ok := want[filepath.Base(f)]; !ok {
			t.Errorf("%s is of no rule", f)
		}
	}
}

// TestLintian: each of lintian's tags on init scripts is known to some rule.
func TestLintian(t *testing.T) {
	tags := `contains-skeleton-template-content depends-on-all-virtual-facility depends-on-unknown-virtual-facility
does-not-implement-required-option does-not-implement-status-option does-not-provide-itself does-not-source-init-functions
has-bad-lsb-line has-bad-start-runlevel has-bad-stop-runlevel has-conflicting-start-stop has-duplicate-lsb-keyword
has-duplicate-lsb-section has-unknown-lsb-keyword has-unterminated-lsb-section missing-dependency-on-local_fs
missing-lsb-keyword missing-lsb-section missing-lsb-short-description missing-start not-included-in-package
not-marked-as-conffile possible-missing-stop provides-virtual-facility should-always-start-service sourcing-without-test
starts-in-stop-runlevel uses-usr-interpreter`
	like := map[string]bool{}
	for _, r := range All() {
		for _, l := range r.Like {
			like[l] = true
		}
	}
	for tag := range strings.FieldsSeq(tags) {
		if !like["lintian init.d-script-"+tag] {
			t.Errorf("no rule is like lintian's init.d-script-%s", tag)
		}
	}
	if !like["lintian init-d-script-stops-in-s-runlevel"] {
		t.Error("no rule is like lintian's init-d-script-stops-in-s-runlevel")
	}
}
