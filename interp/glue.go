package interp

import (
	"sysv/interp/arith"
	"sysv/interp/ast"
	"sysv/interp/parse"
	"sysv/interp/pattern"
	"sysv/system"
)

// users is the machine's users, for ~name.
func (sh *Shell) users() system.Users { return system.Users{Sys: sh.sys} }

// newPattern compiles a pattern in the shell's dialect.
func (sh *Shell) newPattern(segs ...pattern.Segment) pattern.Pattern {
	if sh.dialect == Bash {
		return pattern.Compile(sh.bashPatterns(), segs...)
	}
	return pattern.New(segs...)
}

// glob is pathname expansion in the working directory.
func (sh *Shell) glob(segs []pattern.Segment) []string {
	if sh.dialect == Bash {
		o := sh.bashPatterns()
		o.Dots, o.Fold = sh.bashOpt("dotglob"), sh.bashOpt("nocaseglob")
		return pattern.Glob(sh.p, pattern.Compile(o, segs...))
	}
	return pattern.Glob(sh.p, sh.newPattern(segs...))
}

// parseWord reads text as the body of a here-document is read.
func (sh *Shell) parseWord(text string) (*ast.Word, error) {
	return parse.Text(text, parse.Options{})
}

// arithVars is the shell's variables for package arith.
func (sh *Shell) arithVars() arith.Vars { return arithVars{sh} }
