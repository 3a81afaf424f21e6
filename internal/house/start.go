package house

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"
)

// startPath are the packages that are linked into a run of a script: what
// they do before main, every start of sysv pays for.
var startPath = []string{"lsb", "system", "system/linux", "interp", "daemon", "utility", "library", "shell", "service", "cmd/sysv", "cmd/internal"}

// startExceptions are "package name" of variables that are made at the start
// for a reason.
var startExceptions = map[string]string{}

// Start is the rule that nothing is computed before main: no maps, no calls
// (regexp.MustCompile and the like), no init functions. What is needed later
// is made then: a switch, or sync.OnceValue.
func Start(t *Tree) (found []string) {
	types := declaredTypes(t)
	for _, f := range t.Files {
		if !f.Product() || !slices.ContainsFunc(startPath, func(d string) bool { return within(f.Dir(), d) }) || within(f.Dir(), "system/simulated") {
			continue
		}
		c := &initial{t: t, f: f, types: types}
		for _, d := range f.AST.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if d.Name.Name == "init" && d.Recv == nil {
					c.found = append(c.found, t.at(d.Pos())+": an init function runs at every start")
				}
			case *ast.GenDecl:
				if d.Tok == token.VAR {
					c.vars(d)
				}
			}
		}
		found = append(found, c.found...)
	}
	return found
}

// initial looks at the initial values of a file's variables.
type initial struct {
	t     *Tree
	f     *File
	types map[string]ast.Expr
	found []string
}

func (c *initial) vars(d *ast.GenDecl) {
	for _, s := range d.Specs {
		v := s.(*ast.ValueSpec)
		if len(v.Names) > 0 && startExceptions[c.f.Dir()+" "+v.Names[0].Name] != "" {
			continue
		}
		for _, x := range v.Values {
			c.value(v.Names[0].Name, x)
		}
	}
}

func (c *initial) value(name string, x ast.Expr) {
	ast.Inspect(x, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.CompositeLit:
			if n.Type != nil && c.isMap(n.Type) {
				c.found = append(c.found, c.t.at(n.Pos())+": "+name+" is a map that is built at every start")
				return false
			}
		case *ast.CallExpr:
			if !c.free(n) {
				c.found = append(c.found, c.t.at(n.Pos())+": "+name+" is computed by a call at every start")
				return false
			}
		}
		return true
	})
}

// isMap tells whether a type is written as a map, or named and declared so.
func (c *initial) isMap(x ast.Expr) bool {
	if _, ok := x.(*ast.MapType); ok {
		return true
	}
	if d := c.types[c.typeName(x)]; d != nil {
		return c.isMap(d)
	}
	return false
}

// free tells whether a call costs nothing at the start: a conversion, what
// the compiler knows, what only wraps a function, and errors.New, which the
// compiler lays out in the program's data.
func (c *initial) free(x *ast.CallExpr) bool {
	switch fun := ast.Unparen(x.Fun).(type) {
	case *ast.ArrayType, *ast.FuncType, *ast.InterfaceType, *ast.StarExpr:
		return true
	case *ast.IndexExpr:
		return c.free(&ast.CallExpr{Fun: fun.X})
	case *ast.Ident:
		switch fun.Name {
		case "len", "cap", "new", "min", "max", "string", "int", "int64", "uint64", "uint32", "uint16", "uint8", "byte", "rune", "uintptr":
			return true
		}
	case *ast.SelectorExpr:
		if p, ok := fun.X.(*ast.Ident); ok {
			switch p.Name + "." + fun.Sel.Name {
			case "sync.OnceValue", "sync.OnceValues", "sync.OnceFunc", "errors.New", "unsafe.Sizeof", "unsafe.Pointer", "time.Duration":
				return true
			}
		}
	}
	_, ok := c.types[c.typeName(x.Fun)]
	return ok
}

// typeName is a name of a type as declaredTypes has it.
func (c *initial) typeName(x ast.Expr) string {
	switch x := x.(type) {
	case *ast.Ident:
		return c.f.Dir() + " " + x.Name
	case *ast.SelectorExpr:
		if p, ok := x.X.(*ast.Ident); ok {
			for _, i := range c.f.AST.Imports {
				pkg := strings.TrimPrefix(strings.Trim(i.Path.Value, `"`), Module+"/")
				if i.Name != nil && i.Name.Name == p.Name || i.Name == nil && (pkg == p.Name || strings.HasSuffix(pkg, "/"+p.Name)) {
					return pkg + " " + x.Sel.Name
				}
			}
		}
	}
	return ""
}

// declaredTypes are the module's types at package level: "package name" to
// what the type is.
func declaredTypes(t *Tree) map[string]ast.Expr {
	types := map[string]ast.Expr{}
	for _, f := range t.Files {
		if f.AST == nil {
			continue
		}
		for _, d := range f.AST.Decls {
			g, ok := d.(*ast.GenDecl)
			if !ok || g.Tok != token.TYPE {
				continue
			}
			for _, s := range g.Specs {
				ts := s.(*ast.TypeSpec)
				types[f.Dir()+" "+ts.Name.Name] = ts.Type
			}
		}
	}
	return types
}
