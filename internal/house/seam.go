package house

import (
	"go/ast"
	"maps"
	"slices"
	"strings"
)

// seamed are the packages that reach the machine through package system.
var seamed = []string{"interp", "utility", "library", "daemon", "system/simulated"}

// forbiddenImports are packages that go around the seam; those below them are
// meant too.
var forbiddenImports = []string{"os", "syscall", "golang.org/x/sys", "net"}

// forbiddenCalls are functions that know the real time.
var forbiddenCalls = map[string][]string{
	"time":    {"Now", "Sleep", "After", "Tick", "NewTimer", "NewTicker", "AfterFunc", "Since", "Until"},
	"context": {"WithTimeout", "WithDeadline", "WithTimeoutCause", "WithDeadlineCause"},
}

// seamExceptions are the uses that are right, with the reason.
var seamExceptions = map[string]string{
	"system/simulated/watchdog.go time.AfterFunc": "a model that waits outside the machine would stop it for ever; nothing that a script sees depends on it",
}

// Seam is the rule that the machine is reached through package system alone.
func Seam(t *Tree) (found []string) {
	for _, f := range t.Files {
		if !f.Product() || !slices.ContainsFunc(seamed, func(d string) bool { return within(f.Dir(), d) }) {
			continue
		}
		all := imports(f)
		for _, imp := range slices.Sorted(maps.Keys(all)) {
			for _, bad := range forbiddenImports {
				if within(imp, bad) {
					found = append(found, t.at(all[imp])+": imports "+imp+"; the machine is reached through package system")
				}
			}
		}
		found = append(found, callsOf(t, f)...)
	}
	return found
}

func callsOf(t *Tree, f *File) (found []string) {
	for _, pkg := range slices.Sorted(maps.Keys(forbiddenCalls)) {
		name := localName(f, pkg)
		if name == "" {
			continue
		}
		if name == "." {
			found = append(found, f.Path+":1: imports "+pkg+" with a dot, which hides its calls")
			continue
		}
		ast.Inspect(f.AST, func(n ast.Node) bool {
			s, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			x, ok := s.X.(*ast.Ident)
			if !ok || x.Name != name || !slices.Contains(forbiddenCalls[pkg], s.Sel.Name) {
				return true
			}
			use := pkg + "." + s.Sel.Name
			if seamExceptions[f.Path+" "+use] == "" {
				found = append(found, t.at(s.Pos())+": "+use+" is the real clock; ask system.Host")
			}
			return true
		})
	}
	return found
}

// Exceptions is the rule that no exception outlives its use: each must be of
// a file that is there and has that call.
func Exceptions(t *Tree) (found []string) {
	for _, key := range slices.Sorted(maps.Keys(seamExceptions)) {
		name, use, _ := strings.Cut(key, " ")
		i := slices.IndexFunc(t.Files, func(f *File) bool { return f.Path == name })
		if i < 0 || !strings.Contains(string(t.Files[i].Data), use) {
			found = append(found, name+": the exception for "+use+" is not needed")
		}
	}
	for _, key := range slices.Sorted(maps.Keys(startExceptions)) {
		dir, name, _ := strings.Cut(key, " ")
		if !slices.ContainsFunc(t.Files, func(f *File) bool { return f.Product() && f.Dir() == dir && f.AST.Scope.Lookup(name) != nil }) {
			found = append(found, dir+": the exception for "+name+" is not needed")
		}
	}
	return found
}
