package interp

import (
	"strconv"
	"strings"

	"sysv/interp/ast"
)

// converted is a value as the variable's attributes want it.
func (sh *Shell) converted(flags varFlag, value string) string {
	switch {
	case flags&varInteger != 0:
		return sh.arithText(value)
	case flags&varLower != 0:
		return strings.ToLower(value)
	case flags&varUpper != 0:
		return strings.ToUpper(value)
	}
	return value
}

// appended is what += makes of a value.
func (sh *Shell) appended(flags varFlag, old, value string) string {
	if flags&varInteger != 0 {
		if old == "" {
			old = "0"
		}
		return strconv.FormatInt(sh.arithValue(old)+sh.arithValue(value), 10)
	}
	return sh.converted(flags, old+value)
}

// bashAssign performs the assignments that only bash has: name+=, name[i]=,
// name=(…).
func (sh *Shell) bashAssign(a *ast.Assign, flags varFlag) {
	switch {
	case a.IsArray:
		sh.assignElements(a.Name, sh.elements(a.Array), a.Append, flags)
	case a.Index != nil:
		sub := sh.str(a.Index, tildeNone)
		sh.setElement(a.Name, sub, sh.str(a.Value, tildeAssign), a.Append, flags)
	default:
		sh.appendValue(a.Name, sh.str(a.Value, tildeAssign), flags)
	}
}

// appendValue is name+=value.
func (sh *Shell) appendValue(name, value string, flags varFlag) {
	name = sh.resolve(name)
	if v := sh.vars.m[name]; v.array != nil {
		key := "0"
		sh.setElement(name, key, value, true, flags)
		return
	}
	old, _ := sh.lookup(name)
	v := sh.vars.m[name]
	if v.flags&varReadonly != 0 {
		sh.readonlyError(name)
	}
	if v.flags&varInteger != 0 {
		value = sh.appended(v.flags, old, value)
	} else {
		value = old + value
	}
	sh.assign(name, value, flags)
}

// element values that have been expanded.
type elementValue struct {
	key   string
	keyed bool
	value string
}

// elements expands the words of name=(…).
func (sh *Shell) elements(list []*ast.Element) []elementValue {
	var out []elementValue
	for _, e := range list {
		if e.Index != nil {
			out = append(out, elementValue{key: sh.str(e.Index, tildeNone), keyed: true, value: sh.str(e.Value, tildeAssign)})
			continue
		}
		for _, s := range sh.fieldsOf(e.Value, nil) {
			out = append(out, elementValue{value: s})
		}
	}
	return out
}

// assignElements is name=(…), or with add name+=(…).
func (sh *Shell) assignElements(name string, list []elementValue, add bool, flags varFlag) {
	name = sh.resolve(name)
	var v variable
	var a *array
	if add {
		v, a = sh.ownArray(name)
	} else {
		v = sh.vars.m[name]
		if v.flags&varReadonly != 0 {
			sh.readonlyError(name)
		}
		a = &array{owner: sh, assoc: v.array != nil && v.array.assoc}
		v.array, v.value = a, ""
	}
	if a.assoc {
		sh.assignPairs(name, a, list, v.flags)
	} else {
		n := 0
		if add {
			n = a.max() + 1
		}
		for _, e := range list {
			if e.keyed {
				i, ok := sh.index(name, e.key, a)
				if !ok {
					sh.warn("[%s]=%s: bad array subscript", e.key, e.value)
					continue
				}
				n = i
			}
			a.put(n, sh.converted(v.flags, e.value))
			n++
		}
	}
	v.flags = v.flags&^varUnset | flags
	sh.store(name, v)
}

// assignPairs sets the elements of an associative array; without subscripts
// they are keys and values in turn.
func (sh *Shell) assignPairs(name string, a *array, list []elementValue, flags varFlag) {
	if len(list) > 0 && !list[0].keyed {
		for i := 0; i < len(list); i += 2 {
			value := ""
			if i+1 < len(list) {
				value = list[i+1].value
			}
			a.putKey(list[i].value, sh.converted(flags, value))
		}
		return
	}
	for _, e := range list {
		if !e.keyed {
			sh.warn("%s: %s: must use subscript when assigning associative array", name, e.value)
			continue
		}
		a.putKey(e.key, sh.converted(flags, e.value))
	}
}

// assignScalar is assign for bash. It reports whether it did it.
func (sh *Shell) assignScalar(name, value string, flags varFlag) bool {
	if to := sh.resolve(name); to != name {
		if base, sub, ok := splitSubscript(to); ok {
			sh.setElement(base, sub, value, false, flags)
			return true
		}
		name = to
	}
	v, ok := sh.vars.m[name]
	if !ok {
		switch name {
		case "RANDOM":
			sh.b.random = uint32(sh.arithValue(value))
			return true
		case "SECONDS":
			n := sh.arithValue(value)
			sh.b.started = sh.sys.Now().Add(-secondsOf(n))
			return true
		case "LINENO", "PIPESTATUS", "FUNCNAME", "BASH_SOURCE", "BASH_LINENO", "BASHPID", "GROUPS":
			return true
		case "_":
			sh.b.lastArg = value
			return true
		}
	}
	if v.flags&varReadonly != 0 {
		sh.readonlyError(name)
	}
	value = sh.converted(v.flags, value)
	if v.array != nil {
		if v.array.owner != sh || sh.vars.mustCopy() {
			v.array = v.array.clone(sh)
		}
		v.array = v.array.with("0", value)
	} else {
		v.value = value
	}
	v.flags = v.flags&^varUnset | flags
	if sh.opt[optAllExport] {
		v.flags |= varExported
	}
	sh.store(name, v)
	return true
}
