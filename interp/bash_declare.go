package interp

import (
	"slices"
	"strings"

	"sysv/interp/ast"
)

// arrayOperand is the array of an operand such as name=(…): at is the
// operand's place among the arguments.
type arrayOperand struct {
	at     int
	values []elementValue
}

// declareOperand expands an operand with an array: what is left of the word
// is its text up to the array.
func (sh *Shell) declareOperand(w *ast.Word, at int) (string, bool) {
	if len(w.Parts) == 0 {
		return "", false
	}
	lit, ok := w.Parts[len(w.Parts)-1].(*ast.ArrayLit)
	if !ok {
		return "", false
	}
	values := sh.elements(lit.Elements)
	sh.b.operands = append(sh.b.operands, arrayOperand{at, values})
	head := ast.Word{Line: w.Line, Parts: w.Parts[:len(w.Parts)-1]}
	return sh.str(&head, tildeNone), true
}

// declareOptions are those of declare, local, export and readonly.
type declareOptions struct {
	set, clear            varFlag
	array, assoc          bool
	noArray               bool
	print, global         bool
	functions, names      bool
	inherit, unexportFunc bool
}

// bashDeclare is declare, typeset, local, export and readonly.
func bashDeclare(sh *Shell, argv []string, _ evalFlags) int {
	operands := sh.b.operands
	sh.b.operands = nil
	name := argv[0]
	if name == "local" && sh.function == 0 {
		sh.warn("can only be used in a function")
		return 1
	}
	var o declareOptions
	i := 1
	for ; i < len(argv); i++ {
		a := argv[i]
		if a == "--" {
			i++
			break
		}
		if len(a) < 2 || a[0] != '-' && a[0] != '+' {
			break
		}
		if st := sh.declareLetters(&o, name, a); st != 0 {
			return st
		}
	}
	switch name {
	case "export":
		o.set |= varExported
		if o.unexportFunc {
			o.set, o.clear = 0, varExported
		}
	case "readonly":
		o.set |= varReadonly
	}
	args := argv[i:]
	if o.functions && (name == "declare" || name == "typeset" || name == "local") {
		return sh.declareFunctions(args, o)
	}
	if o.functions && name == "export" && len(args) > 0 {
		return sh.exportFunctions(args, o.clear != 0)
	}
	if len(args) == 0 || o.print && (name == "declare" || name == "typeset") {
		return sh.declareList(name, args, o)
	}
	status := 0
	for j, a := range args {
		var values []elementValue
		isArray := false
		for _, op := range operands {
			if op.at == i+j {
				values, isArray = op.values, true
			}
		}
		if st := sh.declareOne(name, a, values, isArray, o); st != 0 {
			status = st
		}
	}
	return status
}

func (sh *Shell) declareLetters(o *declareOptions, name, a string) int {
	for _, c := range []byte(a[1:]) {
		flag := varFlag(0)
		switch c {
		case 'a':
			o.array, o.noArray = a[0] == '-', a[0] == '+'
		case 'A':
			o.assoc, o.noArray = a[0] == '-', a[0] == '+'
		case 'i':
			flag = varInteger
		case 'l':
			flag = varLower
		case 'u':
			flag = varUpper
		case 'r':
			flag = varReadonly
		case 'x':
			flag = varExported
		case 'n':
			if name == "export" {
				o.unexportFunc = true
				continue
			}
			flag = varNameref
		case 'p':
			o.print = true
		case 'f':
			o.functions = true
		case 'F':
			o.functions, o.names = true, true
		case 'g':
			o.global = true
		case 'I':
			o.inherit = true
		case 't':
		default:
			sh.warn("%c%c: invalid option", a[0], c)
			sh.usage(name)
			return 2
		}
		if a[0] == '-' {
			o.set |= flag
			if flag == varLower {
				o.clear |= varUpper
			} else if flag == varUpper {
				o.clear |= varLower
			}
		} else {
			o.clear |= flag
		}
	}
	return 0
}

// declareOne declares one operand.
func (sh *Shell) declareOne(cmd, operand string, values []elementValue, isArray bool, o declareOptions) int {
	name, value, has := strings.Cut(operand, "=")
	add := false
	if has && strings.HasSuffix(name, "+") {
		name, add = name[:len(name)-1], true
	}
	if cmd == "local" && operand == "-" {
		saved := sh.opt
		sh.locals = append(sh.locals, localVar{options: &saved})
		return 0
	}
	base, sub, hasSub := splitSubscript(name)
	if !isName(base) {
		sh.warn("`%s': not a valid identifier", operand)
		return 1
	}
	isLocal := cmd == "local" || (cmd == "declare" || cmd == "typeset") && sh.function > 0 && !o.global
	if !isLocal && o.set&varNameref == 0 {
		base = sh.resolve(base)
	}
	old, had := sh.vars.m[base]
	if old.flags&varReadonly != 0 && (has || isArray || isLocal || o.clear&varReadonly != 0) {
		sh.warn("%s: readonly variable", base)
		return 1
	}
	if isLocal {
		sh.localVariable(base, old, had, o)
	}
	v, had := sh.vars.m[base]
	if !had {
		v.flags = varUnset
	}
	v.flags = v.flags&^o.clear | o.set&^varReadonly
	if o.array && v.array == nil || o.assoc && (v.array == nil || v.array.len() == 0) {
		v.array = &array{owner: sh, assoc: o.assoc}
		if o.array && v.flags&varUnset == 0 {
			v.array.put(0, v.value)
		}
	}
	sh.store(base, v)
	sh.vars.env = nil
	switch {
	case isArray:
		sh.assignElements(base, values, add, 0)
	case has && hasSub:
		sh.setElement(base, sub, value, add, 0)
	case has && o.set&varNameref != 0:
		v := sh.vars.m[base]
		v.value, v.flags = value, v.flags&^varUnset
		sh.store(base, v)
	case has && add:
		sh.appendValue(base, value, 0)
	case has:
		sh.assignScalar(base, value, 0)
	}
	if o.set&varReadonly != 0 {
		v := sh.vars.m[base]
		v.flags |= varReadonly
		sh.store(base, v)
	}
	return 0
}

// localVariable makes a variable local: it is unset, but for what export
// gave it. A second time in one function changes nothing.
func (sh *Shell) localVariable(name string, old variable, had bool, o declareOptions) {
	for i := len(sh.locals) - 1; i >= 0 && i >= sh.localsFrom; i-- {
		if sh.locals[i].options == nil && sh.locals[i].name == name {
			return
		}
	}
	sh.makeLocal(name)
	if o.inherit || sh.bashOpt("localvar_inherit") {
		return
	}
	v := variable{flags: varUnset}
	if had && old.flags&varExported != 0 {
		v.flags |= varExported
	}
	sh.store(name, v)
}

// declareList prints variables: all, those with the attributes asked for, or
// the ones that are named.
func (sh *Shell) declareList(cmd string, args []string, o declareOptions) int {
	if len(args) > 0 {
		status := 0
		for _, name := range args {
			v, ok := sh.vars.m[name]
			if !ok {
				if val, set := sh.bashDynamic(name); set {
					v = variable{value: val, array: sh.dynamicArray(name)}
				} else {
					sh.warn("%s: not found", name)
					status = 1
					continue
				}
			}
			sh.printDeclaration(name, v)
		}
		return status
	}
	if cmd == "local" {
		return 0
	}
	if (cmd == "declare" || cmd == "typeset") && o.set == 0 && !o.array && !o.assoc && !o.print {
		return builtinSet(sh, []string{"set"}, 0)
	}
	for _, name := range sh.sortedVars(o.set) {
		v := sh.vars.m[name]
		if o.array && (v.array == nil || v.array.assoc) || o.assoc && (v.array == nil || !v.array.assoc) {
			continue
		}
		sh.printDeclaration(name, v)
	}
	return 0
}

// printDeclaration prints a variable as declare -p does.
func (sh *Shell) printDeclaration(name string, v variable) {
	letters := attributeLetters(v)
	if letters == "" {
		letters = "-"
	}
	sh.out.string("declare -" + letters + " " + name)
	switch {
	case v.flags&varUnset != 0:
	case v.array != nil:
		sh.out.string("=" + v.array.String())
	default:
		sh.out.string("=" + doubleQuote(v.value))
	}
	sh.out.string("\n")
}

// declareFunctions is declare -f and -F.
func (sh *Shell) declareFunctions(args []string, o declareOptions) int {
	status := 0
	if len(args) == 0 {
		names := make([]string, 0, len(sh.funcs.m))
		for name := range sh.funcs.m {
			names = append(names, name)
		}
		slices.Sort(names)
		for _, name := range names {
			if o.names {
				attr := "-f"
				if slices.Contains(sh.b.exported, name) {
					attr = "-fx"
				}
				sh.printf("declare %s %s\n", attr, name)
				continue
			}
			sh.printFunction(name)
		}
		return 0
	}
	for _, name := range args {
		f := sh.funcs.m[name]
		switch {
		case f == nil:
			status = 1
		case o.set&varExported != 0:
			sh.exportFunctions([]string{name}, false)
		case o.set&varReadonly != 0:
		case o.names:
			sh.printf("%s\n", name)
		default:
			sh.printFunction(name)
		}
	}
	return status
}

// exportFunctions is export -f, or with remove export -fn.
func (sh *Shell) exportFunctions(names []string, remove bool) int {
	status := 0
	for _, name := range names {
		if sh.funcs.m[name] == nil {
			sh.warn("%s: not a function", name)
			status = 1
			continue
		}
		list := slices.DeleteFunc(slices.Clone(sh.b.exported), func(n string) bool { return n == name })
		if !remove {
			list = append(list, name)
		}
		sh.b.exported = list
		sh.vars.env = nil
	}
	return status
}

// exportedFunctions adds the exported functions to an environment.
func (sh *Shell) exportedFunctions(env []string) []string {
	for _, name := range sh.b.exported {
		if f := sh.funcs.m[name]; f != nil && f.decl != nil {
			text := strings.TrimPrefix(bashFunctionText("", f.decl), "() \n{ \n")
			env = append(env, "BASH_FUNC_"+name+"%%=() { "+strings.TrimSpace(text))
		}
	}
	return env
}

// bashUnset is unset.
func bashUnset(sh *Shell, argv []string, _ evalFlags) int {
	opts, args := sh.options(argv, "vfn")
	kind := byte(0)
	for _, o := range opts {
		kind = o.letter
	}
	status := 0
	for _, name := range args {
		if kind == 'f' {
			sh.unsetFunction(name)
			continue
		}
		if sh.unsetElement(name) {
			continue
		}
		if kind != 'n' {
			name = sh.resolve(name)
		}
		if !isName(name) {
			if kind == 0 {
				sh.unsetFunction(name)
				continue
			}
			sh.warn("`%s': not a valid identifier", name)
			status = 1
			continue
		}
		v, ok := sh.vars.m[name]
		switch {
		case !ok && kind == 0:
			sh.unsetFunction(name)
		case v.flags&varReadonly != 0:
			sh.warn("%s: cannot unset: readonly variable", name)
			status = 1
		default:
			sh.unset(name)
		}
	}
	return status
}
