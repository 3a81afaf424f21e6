package house

import (
	"maps"
	"slices"
	"strings"
)

// Rows are the packages of the design, bottom to top. A package imports only
// from rows below its own, and from its own where that is one tree.
var Rows = [][]string{
	// Scripts of the module's own tests, as data.
	{"testdata"},
	{"lsb"},
	{"system"},
	{"system/linux", "system/simulated"},
	// What a built-in utility looks like from outside: the shell calls them
	// by it, and knows none of them.
	{"utility/call"},
	{"interp"},
	{"daemon"},
	{"utility"},
	{"library"},
	{"shell"},
	{"script"},
	{"runlevel"},
	{"service"},
	{"boot"},
	{"rehearse"},
	{"lint"},
	{"migrate"},
	{"cmd"},
	// Tools of the module's own tests, which nothing imports.
	{"internal"},
}

// onSystem are the packages that reach the machine through system.System and
// so must not know which one it is.
var onSystem = []string{"lsb", "system", "utility/call", "interp", "daemon", "utility", "library"}

// place finds a package's row, and the tree of that row that it is in. The
// longest name counts: system/linux is not in system's row.
func place(pkg string) (row int, tree string) {
	row = -1
	for i, r := range Rows {
		for _, t := range r {
			if within(pkg, t) && len(t) > len(tree) {
				row, tree = i, t
			}
		}
	}
	return row, tree
}

// Order is the rule of the rows.
func Order(t *Tree) (found []string) {
	unknown := map[string]bool{}
	for _, f := range t.Files {
		if !f.Product() {
			continue
		}
		row, tree := place(f.Dir())
		if row < 0 {
			unknown[f.Dir()] = true
			continue
		}
		found = append(found, orderOf(t, f, row, tree)...)
	}
	for _, dir := range slices.Sorted(maps.Keys(unknown)) {
		found = append(found, dir+": the package is in no row of the design")
	}
	return found
}

func orderOf(t *Tree, f *File, row int, tree string) (found []string) {
	all := imports(f)
	for _, imp := range slices.Sorted(maps.Keys(all)) {
		pkg, ok := strings.CutPrefix(imp, Module+"/")
		if !ok {
			continue
		}
		other, otherTree := place(pkg)
		where := t.at(all[imp]) + ": " + f.Dir() + " imports " + pkg
		switch {
		case other < 0:
			found = append(found, where+", which is in no row of the design")
		case other > row:
			found = append(found, where+", which is in a row above it")
		case other == row && otherTree != tree:
			found = append(found, where+", which stands beside it")
		case Rows[other][0] == "system/linux" && slices.Contains(onSystem, tree):
			found = append(found, where+", but reaches the machine through system.System alone")
		}
	}
	return found
}
