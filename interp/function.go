package interp

import (
	"maps"
	"slices"

	"sysv/interp/ast"
)

// function is a shell function: a script's own, or a library's in Go.
type function struct {
	decl *ast.FuncDecl
	// file is the file that it was read from, or that the library stands for.
	file string
	code Function
}

// functab is the functions, lent to subshells as the variables are.
type functab struct {
	m map[string]*function
	lending
}

func (t *functab) own() {
	if t.m == nil {
		t.m = make(map[string]*function, 16)
		t.borrowed = false
		return
	}
	if t.mustCopy() {
		t.m = maps.Clone(t.m)
		t.borrowed = false
	}
}

func (sh *Shell) defineFunction(d *ast.FuncDecl) {
	sh.funcs.own()
	sh.funcs.m[d.Name] = &function{decl: d, file: sh.file}
	sh.forget(d.Name)
}

// forget forgets where a program was found that has, or had, a function of its
// name: dash has one table for both.
func (sh *Shell) forget(name string) {
	if sh.dialect == Dash {
		sh.hash.remove(name)
	}
}

// Define makes a function that is written in Go.
func (sh *Shell) Define(name string, f Function) {
	sh.funcs.own()
	sh.funcs.m[name] = &function{code: f, file: sh.file}
	sh.forget(name)
}

// HasFunction tells whether a function of this name is defined.
func (sh *Shell) HasFunction(name string) bool { return sh.funcs.m[name] != nil }

// callFunction runs a function with its own positional parameters and local
// variables.
func (sh *Shell) callFunction(f *function, argv []string, flags evalFlags) int {
	if sh.function >= maxFunctionDepth {
		sh.fatal(2, "Maximum function recursion depth (%d) reached", maxFunctionDepth)
	}
	params, loops, funcLine, file, getopts, tested := sh.params, sh.loops, sh.funcLine, sh.file, sh.getopts, sh.tested
	mark := sh.mark()
	sh.function++
	defer func() {
		if sh.dialect == Dash {
			// Before a local OPTIND ends, which starts getopts anew.
			sh.getopts = getopts
		}
		sh.unwind(mark)
		sh.function--
		sh.params, sh.loops, sh.funcLine, sh.file = params, loops, funcLine, file
		if sh.dialect == Bash {
			sh.getopts = getopts
		}
		sh.tested = tested
	}()
	sh.params = argv[1:]
	sh.loops = 0
	if sh.dialect == Bash {
		defer sh.bashCall(f, argv[0], mark)()
	} else {
		sh.getopts = getoptsState{}
	}
	sh.file = f.file
	if f.code != nil {
		sh.tested = flags & evTested
		sh.status = f.code(sh.ctx, sh, argv)
		return sh.status
	}
	sh.funcLine = f.decl.Line
	sh.eval(f.decl.Body, flags&evTested)
	if sh.skip == skipReturn {
		sh.skip = skipNone
	}
	if len(sh.locals) > mark && sh.dialect == Dash {
		sh.checkLocals(mark)
	}
	return sh.status
}

// checkLocals refuses the local variables of a function that can be no
// variables: dash takes "local a-b=1", and has an error when it ends.
func (sh *Shell) checkLocals(mark int) {
	for _, l := range slices.Backward(sh.locals[mark:]) {
		if l.options == nil && !isName(l.name) {
			sh.fatal(2, "%s: bad variable name", l.name)
		}
	}
}
