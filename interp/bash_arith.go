package interp

import (
	"errors"

	"sysv/interp/arith"
)

// arithTry evaluates an expression, and gives the error instead of ending the
// command.
func (sh *Shell) arithTry(text string) (n int64, err error) {
	return arith.Eval(text, sh.arithVars(), arith.Dialect(sh.dialect))
}

// bashArithGet is a variable or an element for package arith.
func (sh *Shell) bashArithGet(name string) (string, bool) {
	if base, sub, ok := splitSubscript(name); ok {
		return sh.element(base, sub)
	}
	val, set := sh.param(sh.resolve(name))
	if !set && sh.opt[optNoUnset] {
		sh.checkUnset(name)
	}
	return val, set
}

func (sh *Shell) bashArithSet(name, value string) error {
	base, sub, ok := splitSubscript(name)
	if v := sh.vars.m[sh.resolve(base)]; v.flags&varReadonly != 0 {
		return errors.New(base + ": readonly variable")
	}
	if ok {
		sh.setElement(base, sub, value, false, 0)
		return nil
	}
	sh.assign(name, value, 0)
	return nil
}

// bashLet is let.
func bashLet(sh *Shell, argv []string, _ evalFlags) int {
	args := argv[1:]
	if len(args) > 0 && args[0] == "--" {
		args = args[1:]
	}
	if len(args) == 0 {
		sh.warn("expression expected")
		return 1
	}
	var n int64
	for _, a := range args {
		var err error
		if n, err = sh.arithTry(a); err != nil {
			sh.warn("%v", err)
			return 1
		}
	}
	if n == 0 {
		return 1
	}
	return 0
}
