// Package differences makes docs/differences.md: it collects, from the tables
// of the tests and of the benches, every case in which ours differs from the
// original on purpose, with its reason.
//
// It knows the forms that the tables have: a map[string]string whose name ends
// in "known" or "Known" (case to reason); a field differs, Reason or why of a
// row, with the row's name, Script or Case beside it; a line
// "differs: REASON | COMMAND" in a table that is text.
package differences

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// Difference is one case.
type Difference struct {
	// Package is the folder of the table, Case the case's name or command.
	Package, Case, Reason string
}

// Collect reads the tables of all packages below root.
func Collect(root string) ([]Difference, error) {
	var all []Difference
	err := filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := d.Name()
		if d.IsDir() && (name == "testdata" || name == ".git" || name == ".cache" || name == "differences") {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(name, "_test.go") && name != "differences.go" {
			return nil
		}
		dir, err := filepath.Rel(root, filepath.Dir(path))
		if err != nil {
			return err
		}
		found, err := inFile(path)
		for _, f := range found {
			f.Package = filepath.ToSlash(dir)
			all = append(all, f)
		}
		return err
	})
	return all, err
}

// inFile reads the tables of one file.
func inFile(path string) ([]Difference, error) {
	f, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
	if err != nil {
		return nil, err
	}
	var found []Difference
	reasons := constants(f)
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ValueSpec:
			for i, name := range n.Names {
				if i < len(n.Values) && strings.HasSuffix(strings.ToLower(name.Name), "known") {
					found = append(found, inMap(n.Values[i])...)
				}
			}
		case *ast.CompositeLit:
			if d, ok := inRow(n, reasons); ok {
				found = append(found, d)
			}
		case *ast.BasicLit:
			found = append(found, inText(text(n))...)
		}
		return true
	})
	return found, nil
}

// inMap reads a map of cases to reasons.
func inMap(e ast.Expr) []Difference {
	m, ok := e.(*ast.CompositeLit)
	if !ok {
		return nil
	}
	var found []Difference
	for _, row := range m.Elts {
		if kv, ok := row.(*ast.KeyValueExpr); ok && text(kv.Key) != "" && text(kv.Value) != "" {
			found = append(found, Difference{Case: text(kv.Key), Reason: text(kv.Value)})
		}
	}
	return found
}

// constants are the texts that a file has names for: several rows may have one
// reason.
func constants(f *ast.File) map[string]string {
	found := map[string]string{}
	ast.Inspect(f, func(n ast.Node) bool {
		if v, ok := n.(*ast.ValueSpec); ok {
			for i, name := range v.Names {
				if i < len(v.Values) && text(v.Values[i]) != "" {
					found[name.Name] = text(v.Values[i])
				}
			}
		}
		return true
	})
	return found
}

// inRow reads a row that has a reason.
func inRow(row *ast.CompositeLit, reasons map[string]string) (Difference, bool) {
	var d Difference
	for _, e := range row.Elts {
		kv, ok := e.(*ast.KeyValueExpr)
		if !ok {
			continue
		}
		key, ok := kv.Key.(*ast.Ident)
		if !ok {
			continue
		}
		switch key.Name {
		case "differs", "Reason", "why", "reason":
			d.Reason = text(kv.Value)
			if name, ok := kv.Value.(*ast.Ident); ok {
				d.Reason = reasons[name.Name]
			}
		case "name", "Name", "Script", "Case":
			d.Case = text(kv.Value)
		}
	}
	return d, d.Reason != "" && d.Case != ""
}

// inText reads the lines of a table that is text.
func inText(table string) []Difference {
	var found []Difference
	for line := range strings.Lines(table) {
		rest, ok := strings.CutPrefix(line, "differs: ")
		reason, command, both := strings.Cut(rest, " | ")
		if ok && both {
			found = append(found, Difference{Case: strings.TrimSpace(command), Reason: reason})
		}
	}
	return found
}

// text is a string constant's value; parts joined by + count.
func text(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.BasicLit:
		if e.Kind == token.STRING {
			s, _ := strconv.Unquote(e.Value)
			return s
		}
	case *ast.BinaryExpr:
		return text(e.X) + text(e.Y)
	}
	return ""
}

// Page is docs/differences.md.
func Page(all []Difference) string {
	var b strings.Builder
	b.WriteString(head)
	byPackage := map[string][]Difference{}
	for _, d := range all {
		byPackage[d.Package] = append(byPackage[d.Package], d)
	}
	var packages []string
	for p := range byPackage {
		packages = append(packages, p)
	}
	slices.Sort(packages)
	for _, p := range packages {
		fmt.Fprintf(&b, "\n## %s\n\n| case | why |\n|---|---|\n", p)
		for _, d := range byPackage[p] {
			fmt.Fprintf(&b, "| %s | %s |\n", code(d.Case), cell(d.Reason))
		}
	}
	return b.String()
}

const head = `# Differences

What ours does otherwise than the original, on purpose or because a Go program cannot do as a C program does. This page
is made from the tables of the tests (` + "`make docs`" + `): each row is a case that the tests run on both, and that fails them
if the difference is gone.

## The process itself

| | why |
|---|---|
| signals ignored at start, other than HUP, INT and QUIT, have their default action | the Go runtime does not keep them |
| descriptors 0 to 2 that are closed at start look like /dev/null | the Go runtime opens it there |
| a subshell that needs no process has none: $PPID of a program in it is the script's own pid | a copy is cheaper; one that traps signals is a process |
| su and runuser, where they are built in, know no PAM | they stand in only where there are no real ones |
`

// code puts a case in code style, on one line.
func code(s string) string {
	s = cell(s)
	if len(s) > 120 {
		s = s[:117] + "..."
	}
	if strings.Contains(s, "`") {
		return "`` " + s + " ``"
	}
	return "`" + s + "`"
}

// cell makes text fit for a table's cell.
func cell(s string) string {
	return strings.NewReplacer("\n", `\n`, "|", `\|`, "\r", `\r`).Replace(strings.ToValidUTF8(s, "?"))
}
