package house

import (
	"go/ast"
	"go/token"
	"maps"
	"slices"
)

// Docs is the rule that every package and every exported identifier has a
// doc comment. Declarations of one line each that follow one another with no
// empty line share the first one's. A method that only makes a type an error
// or a Stringer needs none.
func Docs(t *Tree) (found []string) {
	packages := map[string]bool{}
	for _, f := range t.Files {
		if !f.Product() {
			continue
		}
		packages[f.Dir()] = packages[f.Dir()] || f.AST.Doc != nil
		lastLine := -1 // where the last documented declaration ended
		for _, d := range f.AST.Decls {
			begin, end := t.fset.Position(d.Pos()).Line, t.fset.Position(d.End()).Line
			documented := docOf(d) != nil || begin == lastLine+1
			if documented {
				lastLine = end
			} else {
				found = append(found, undocumented(t, d)...)
			}
		}
	}
	for _, dir := range slices.Sorted(maps.Keys(packages)) {
		if !packages[dir] {
			found = append(found, dir+": the package has no comment")
		}
	}
	return found
}

func docOf(d ast.Decl) *ast.CommentGroup {
	switch d := d.(type) {
	case *ast.FuncDecl:
		return d.Doc
	case *ast.GenDecl:
		return d.Doc
	}
	return nil
}

// undocumented lists the exported names of a declaration without a comment.
func undocumented(t *Tree, d ast.Decl) (found []string) {
	miss := func(id *ast.Ident) {
		found = append(found, t.at(id.Pos())+": "+id.Name+" has no doc comment")
	}
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Name.IsExported() && !plainMethod(d) {
			miss(d.Name)
		}
	case *ast.GenDecl:
		if d.Tok == token.IMPORT {
			return nil
		}
		lastLine := -1
		for _, s := range d.Specs {
			var doc, comment *ast.CommentGroup
			var names []*ast.Ident
			switch s := s.(type) {
			case *ast.TypeSpec:
				doc, comment, names = s.Doc, s.Comment, []*ast.Ident{s.Name}
			case *ast.ValueSpec:
				doc, comment, names = s.Doc, s.Comment, s.Names
			}
			if doc != nil || comment != nil || t.fset.Position(s.Pos()).Line == lastLine+1 {
				lastLine = t.fset.Position(s.End()).Line
				continue
			}
			for _, n := range names {
				if n.IsExported() {
					miss(n)
				}
			}
		}
	}
	return found
}

// plainMethod is a method of a type that is not exported, or one whose
// meaning its name says.
func plainMethod(d *ast.FuncDecl) bool {
	if d.Recv == nil {
		return false
	}
	switch d.Name.Name {
	case "Error", "Unwrap", "String":
		return true
	}
	x := d.Recv.List[0].Type
	for {
		switch y := x.(type) {
		case *ast.StarExpr:
			x = y.X
			continue
		case *ast.IndexExpr:
			x = y.X
			continue
		case *ast.IndexListExpr:
			x = y.X
			continue
		case *ast.Ident:
			return !y.IsExported()
		}
		return false
	}
}
