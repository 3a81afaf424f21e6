package house

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// root is the module, as seen from this package.
const root = "../.."

// rules are all of them, by the name of the bad example in testdata.
var rules = map[string]func(*Tree) []string{
	"order": Order, "seam": Seam, "start": Start, "docs": Docs, "text": Text, "length": Length,
}

// TestModule holds every rule against the module.
func TestModule(t *testing.T) {
	tree, err := Load(root)
	if err != nil {
		t.Fatal(err)
	}
	if len(tree.Files) < 20 {
		t.Fatalf("only %d files: this is not the module", len(tree.Files))
	}
	for name, rule := range rules {
		t.Run(name, func(t *testing.T) {
			for _, f := range rule(tree) {
				t.Error(f)
			}
		})
	}
	t.Run("exceptions", func(t *testing.T) {
		for _, f := range Exceptions(tree) {
			t.Error(f)
		}
	})
}

// TestRulesCanFail runs each rule on an example: it must find what the
// example's comment says, and nothing else.
func TestRulesCanFail(t *testing.T) {
	for name, rule := range rules {
		t.Run(name, func(t *testing.T) {
			text, err := os.ReadFile(filepath.Join("testdata", name+".txtar"))
			if err != nil {
				t.Fatal(err)
			}
			// The examples are kept from the rules by a mark in the words.
			comment, files := archive(strings.ReplaceAll(string(text), "~", ""))
			tree := &Tree{}
			for _, f := range files {
				data := f[1]
				if n, ok := strings.CutPrefix(data, "LINES\n"); ok {
					data = "package long\n" + strings.Repeat("\n", maxLines-1) + n
				}
				if err := tree.Add(f[0], []byte(data)); err != nil {
					t.Fatal(err)
				}
			}
			want := strings.Split(strings.TrimSpace(comment), "\n")
			got := rule(tree)
			slices.Sort(got)
			slices.Sort(want)
			if len(want) == 0 || want[0] == "" {
				t.Fatal("the example says nothing of what is to be found")
			}
			if !slices.Equal(got, want) {
				t.Errorf("found\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
		})
	}
}

// archive reads the txtar format: a comment, and files as name and text.
func archive(text string) (comment string, files [][2]string) {
	comment, text, _ = strings.Cut("\n"+text, "\n-- ")
	for part := range strings.SplitSeq(text, "\n-- ") {
		name, data, _ := strings.Cut(part, " --\n")
		files = append(files, [2]string{name, strings.TrimSuffix(data, "\n") + "\n"})
	}
	return comment, files
}

// TestExceptionsCanFail gives a tree in which no exception is needed.
func TestExceptionsCanFail(t *testing.T) {
	if got := Exceptions(&Tree{}); len(got) != len(seamExceptions)+len(startExceptions) {
		t.Errorf("found %q", got)
	}
}

// TestImportsByGo compares the rows with what the go command says of all
// imports, so that no file escapes by its build tags or its place.
func TestImportsByGo(t *testing.T) {
	c := exec.Command("go", "list", "-f", "{{.ImportPath}} {{join .Imports \" \"}}", "./...")
	c.Dir = root
	out, err := c.Output()
	if err != nil {
		t.Skipf("SKIPPED: go list: %v (another change is under way?)", err)
	}
	for line := range strings.SplitSeq(strings.TrimSpace(string(out)), "\n") {
		f := strings.Fields(line)
		pkg := strings.TrimPrefix(f[0], Module+"/")
		row, _ := place(pkg)
		if row < 0 {
			t.Errorf("%s is in no row of the design", pkg)
			continue
		}
		for _, imp := range f[1:] {
			if other, ok := strings.CutPrefix(imp, Module+"/"); ok {
				if r, _ := place(other); r < 0 || r > row {
					t.Errorf("%s imports %s, which is in a row above it", pkg, other)
				}
			}
		}
	}
}

// TestCross builds for every target. It is slow, so it runs only with CROSS=1.
func TestCross(t *testing.T) {
	if os.Getenv("CROSS") != "1" {
		t.Skip("SKIPPED: set CROSS=1 to build for other systems")
	}
	for _, target := range Targets {
		t.Run(target.OS+"-"+target.Arch, func(t *testing.T) {
			if out, err := build(t, root, target); err != nil {
				t.Errorf("%v\n%s", err, out)
			}
		})
	}
}

// TestCrossCanFail builds what uses a system call that Windows has not.
func TestCrossCanFail(t *testing.T) {
	if os.Getenv("CROSS") != "1" {
		t.Skip("SKIPPED: set CROSS=1 to build for other systems")
	}
	dir := t.TempDir()
	for name, text := range map[string]string{"go.mod": "module bad\n\ngo 1.26\n", "lsb/a.go": "package lsb\n\nimport \"syscall\"\n\nvar _ = syscall.Fork\n"} {
		p := filepath.Join(dir, name)
		os.MkdirAll(filepath.Dir(p), 0o755)
		if err := os.WriteFile(p, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if out, err := build(t, dir, Targets[0]); err == nil {
		t.Errorf("it was built: %s", out)
	}
}

// build runs the go command for a target, on the packages that there are.
func build(t *testing.T, dir string, target Target) ([]byte, error) {
	args := []string{"build"}
	for _, p := range target.Packages {
		if _, err := os.Stat(filepath.Join(dir, strings.TrimSuffix(p, "/..."))); err == nil {
			args = append(args, p)
		}
	}
	c := exec.Command("go", args...)
	c.Dir = dir
	c.Env = append(os.Environ(), "GOOS="+target.OS, "GOARCH="+target.Arch, "CGO_ENABLED=0")
	return c.CombinedOutput()
}
