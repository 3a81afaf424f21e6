// Package house has the rules that keep the module's architecture, as code
// that its tests run over every source file: who may import whom, what may
// not be called where, what costs time at the start, and what every file
// must be like. Each rule gives its findings as "path:line: what is wrong",
// and each is proved able to find something by a bad example in testdata.
package house

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// Module is the module's import path.
const Module = "sysv"

// Tree is the files of a module.
type Tree struct {
	fset  *token.FileSet
	Files []*File
}

// File is one file of a [Tree].
type File struct {
	// Path is relative to the module's root, with slashes.
	Path string
	Data []byte
	// AST is nil for a file that is not Go.
	AST *ast.File
}

// Dir is the file's package, relative to the module.
func (f *File) Dir() string { return path.Dir(f.Path) }

// Test tells whether it is a test's file.
func (f *File) Test() bool { return strings.HasSuffix(f.Path, "_test.go") }

// Product tells whether it is Go code that is built into something. What is
// in testdata is not.
func (f *File) Product() bool {
	return f.AST != nil && !f.Test() && !slices.Contains(strings.Split(f.Path, "/"), "testdata")
}

// Add adds a file, and parses it if it is Go.
func (t *Tree) Add(name string, data []byte) error {
	f := &File{Path: name, Data: data}
	if strings.HasSuffix(name, ".go") && !strings.Contains(name, "testdata/") {
		if t.fset == nil {
			t.fset = token.NewFileSet()
		}
		var err error
		if f.AST, err = parser.ParseFile(t.fset, name, data, parser.ParseComments); err != nil {
			return err
		}
	}
	t.Files = append(t.Files, f)
	return nil
}

func (t *Tree) at(pos token.Pos) string {
	p := t.fset.Position(pos)
	return fmt.Sprintf("%s:%d", p.Filename, p.Line)
}

// Load reads the tracked files of the module in a directory, or all of them
// where git cannot tell.
func Load(root string) (*Tree, error) {
	t := &Tree{}
	names, err := tracked(root)
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		data, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
		if os.IsNotExist(err) {
			continue // removed, and the removal not committed yet
		}
		if err != nil {
			return nil, err
		}
		if err := t.Add(name, data); err != nil {
			return nil, err
		}
	}
	return t, nil
}

func tracked(root string) ([]string, error) {
	c := exec.Command("git", "ls-files", "-z")
	c.Dir = root
	if out, err := c.Output(); err == nil && len(out) > 0 {
		return strings.Split(string(bytes.TrimSuffix(out, []byte{0})), "\x00"), nil
	}
	var names []string
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(root, p)
		if d.IsDir() && rel != "." && strings.HasPrefix(d.Name(), ".") {
			return filepath.SkipDir
		}
		if d.Type().IsRegular() {
			names = append(names, filepath.ToSlash(rel))
		}
		return nil
	})
	return names, err
}

// imports lists what a file imports: path to position.
func imports(f *File) map[string]token.Pos {
	m := map[string]token.Pos{}
	for _, i := range f.AST.Imports {
		m[strings.Trim(i.Path.Value, `"`)] = i.Pos()
	}
	return m
}

// localName is the name by which a file calls a package that it imports, ""
// if it does not.
func localName(f *File, pkg string) string {
	for _, i := range f.AST.Imports {
		if strings.Trim(i.Path.Value, `"`) != pkg {
			continue
		}
		if i.Name != nil {
			return i.Name.Name
		}
		return path.Base(pkg)
	}
	return ""
}

// within tells whether a package is dir or below it.
func within(pkg, dir string) bool { return pkg == dir || strings.HasPrefix(pkg, dir+"/") }
