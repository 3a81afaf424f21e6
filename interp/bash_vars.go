package interp

import (
	"slices"
	"strconv"
	"strings"
)

// Attributes of variables that only bash has.
const (
	varLower varFlag = 1 << (4 + iota)
	varUpper
	varNameref
)

// bashVersion is the bash whose behaviour it is.
const bashVersion = "5.2.15(1)-release"

// initBashVars sets the variables that bash sets when it starts.
func (sh *Shell) initBashVars() {
	sh.b.started = sh.sys.Now()
	sh.b.random = uint32(sh.sys.Now().UnixNano()) ^ uint32(sh.pid)<<8
	sh.b.shopt = shoptDefault
	sh.opt[optHashAll], sh.opt[optBraceExpand], sh.opt[optInteractiveComments] = true, true, true
	u := sh.sys.Uname()
	sh.setDefault("BASH", "/bin/bash")
	sh.store("BASH_VERSION", variable{value: bashVersion})
	sh.store("BASH_VERSINFO", variable{array: newArray([]string{"5", "2", "15", "1", "release", u.Machine + "-pc-linux-gnu"}), flags: varReadonly})
	sh.setDefault("HOSTNAME", u.Nodename)
	sh.store("HOSTTYPE", variable{value: u.Machine})
	sh.store("OSTYPE", variable{value: "linux-gnu"})
	sh.store("MACHTYPE", variable{value: u.Machine + "-pc-linux-gnu"})
	id := sh.sys.Identity()
	sh.store("UID", variable{value: strconv.Itoa(id.UID), flags: varReadonly | varInteger})
	sh.store("EUID", variable{value: strconv.Itoa(id.EUID), flags: varReadonly | varInteger})
	sh.store("OPTERR", variable{value: "1"})
	level := 0
	if v, ok := sh.vars.m["SHLVL"]; ok {
		level, _ = strconv.Atoi(v.value)
	}
	sh.store("SHLVL", variable{value: strconv.Itoa(max(level, 0) + 1), flags: varExported})
	if _, ok := sh.vars.m["OLDPWD"]; !ok {
		sh.store("OLDPWD", variable{flags: varExported | varUnset})
	}
	delete(sh.vars.m, "_")
	sh.b.lastArg, _ = sh.p.Getenv("_")
	for _, kv := range sh.p.Env {
		if rest, ok := strings.CutPrefix(kv, "BASH_FUNC_"); ok {
			if name, body, ok := strings.Cut(rest, "%%="); ok && strings.HasPrefix(body, "() {") {
				sh.loadFunction(name, "environment", name+" "+body, 1)
				sh.b.exported = append(sh.b.exported, name)
			}
		}
	}
}

// bashDynamic is the variables that are made up when they are asked for.
func (sh *Shell) bashDynamic(name string) (string, bool) {
	switch name {
	case "_":
		return sh.b.lastArg, true
	case "LINENO":
		return strconv.Itoa(sh.line), true
	case "RANDOM":
		// The generator of Park and Miller, as bash has it.
		if sh.b.random == 0 {
			sh.b.random = 123459876
		}
		h, l := int64(sh.b.random)/127773, int64(sh.b.random)%127773
		t := 16807*l - 2836*h
		if t < 0 {
			t += 0x7fffffff
		}
		sh.b.random = uint32(t)
		return strconv.Itoa(int(sh.b.random>>16^sh.b.random&0xffff) & 32767), true
	case "SECONDS":
		return strconv.Itoa(int(sh.sys.Now().Sub(sh.b.started).Seconds())), true
	case "EPOCHSECONDS":
		return strconv.FormatInt(sh.sys.Now().Unix(), 10), true
	case "EPOCHREALTIME":
		us := sh.sys.Now().UnixMicro()
		return strconv.FormatInt(us/1e6, 10) + "." + strconv.FormatInt(1e6+us%1e6, 10)[1:], true
	case "BASHPID":
		return strconv.Itoa(sh.sys.Getpid()), true
	case "BASH_SUBSHELL":
		return "0", true
	case "SHELLOPTS":
		return sh.shellOpts(), true
	case "BASHOPTS":
		return sh.bashOpts(), true
	}
	if a := sh.dynamicArray(name); a != nil {
		return a.get("0")
	}
	return "", false
}

// dynamicArray is the arrays that are made up when they are asked for.
func (sh *Shell) dynamicArray(name string) *array {
	switch name {
	case "PIPESTATUS":
		if sh.b.pipes == nil {
			return newArray([]string{strconv.Itoa(sh.status)})
		}
		list := make([]string, len(sh.b.pipes))
		for i, n := range sh.b.pipes {
			list[i] = strconv.Itoa(n)
		}
		return newArray(list)
	case "FUNCNAME", "BASH_SOURCE", "BASH_LINENO":
		return sh.callStack(name)
	case "GROUPS":
		var list []string
		for _, g := range sh.sys.Identity().Groups {
			list = append(list, strconv.Itoa(g))
		}
		return newArray(list)
	case "DIRSTACK":
		return newArray(sh.dirStack())
	}
	return nil
}

// callStack is FUNCNAME, BASH_SOURCE or BASH_LINENO.
func (sh *Shell) callStack(name string) *array {
	var list []string
	inFunction := false
	for _, f := range slices.Backward(sh.b.frames) {
		switch name {
		case "FUNCNAME":
			list = append(list, f.name)
			inFunction = true
		case "BASH_SOURCE":
			list = append(list, f.file)
		default:
			list = append(list, strconv.Itoa(f.line))
		}
	}
	if !sh.b.text {
		switch {
		case name == "FUNCNAME" && inFunction:
			list = append(list, "main")
		case name == "BASH_SOURCE":
			list = append(list, sh.name)
		case name == "BASH_LINENO":
			list = append(list, "0")
		}
	}
	return newArray(list)
}

// resolve follows name references. A reference to an element gives the name
// and the subscript.
func (sh *Shell) resolve(name string) string {
	for range 8 {
		v, ok := sh.vars.m[name]
		if !ok || v.flags&varNameref == 0 || v.flags&varUnset != 0 || v.value == "" {
			return name
		}
		name = v.value
	}
	return name
}

// throughReference is the value of what a name reference names.
func (sh *Shell) throughReference(name string) (string, bool) {
	to := sh.resolve(name)
	if to == name {
		return "", false
	}
	if base, sub, ok := splitSubscript(to); ok {
		return sh.element(base, sub)
	}
	return sh.lookup(to)
}

// arrayOf is a variable's array, or nil.
func (sh *Shell) arrayOf(name string) *array {
	if v, ok := sh.vars.m[name]; ok {
		return v.array
	}
	return sh.dynamicArray(name)
}

// splitSubscript takes name[subscript] apart.
func splitSubscript(s string) (name, sub string, ok bool) {
	i := strings.IndexByte(s, '[')
	if i <= 0 || s[len(s)-1] != ']' || !isName(s[:i]) {
		return s, "", false
	}
	return s[:i], s[i+1 : len(s)-1], true
}

// index evaluates the subscript of an indexed array; a negative one counts
// from the end.
func (sh *Shell) index(name, sub string, a *array) (int, bool) {
	n := int(sh.arithValue(sub))
	if n < 0 {
		top := 0
		if a != nil {
			top = a.max() + 1
		}
		n += top
	}
	return n, n >= 0
}

// element is one element of an array; a scalar is its own element 0.
func (sh *Shell) element(name, sub string) (string, bool) {
	name = sh.resolve(name)
	a := sh.arrayOf(name)
	if a == nil {
		val, set := sh.lookup(name)
		n := int(sh.arithValue(sub))
		if n == 0 || n == -1 {
			return val, set
		}
		return "", false
	}
	if a.assoc {
		return a.get(sub)
	}
	n, ok := sh.index(name, sub, a)
	if !ok {
		sh.warn("%s: bad array subscript", name)
		return "", false
	}
	return a.at(n)
}

// ownArray is a variable's array to be changed; a scalar becomes one.
func (sh *Shell) ownArray(name string) (variable, *array) {
	v, ok := sh.vars.m[name]
	if !ok {
		if a := sh.dynamicArray(name); a != nil {
			a.owner = sh
			return variable{}, a
		}
	}
	if v.flags&varReadonly != 0 {
		sh.readonlyError(name)
	}
	a := v.array
	switch {
	case a == nil:
		a = &array{owner: sh}
		if ok && v.flags&varUnset == 0 {
			a.put(0, v.value)
		}
		v.value = ""
	case a.owner != sh || sh.vars.mustCopy():
		a = a.clone(sh)
	}
	v.array = a
	return v, a
}

// setElement is name[sub]=value.
func (sh *Shell) setElement(name, sub, value string, add bool, flags varFlag) {
	name = sh.resolve(name)
	v, a := sh.ownArray(name)
	if a.assoc {
		if add {
			value = sh.appended(v.flags, a.m[sub], value)
		} else {
			value = sh.converted(v.flags, value)
		}
		a.putKey(sub, value)
	} else {
		n, ok := sh.index(name, sub, a)
		if !ok || sub == "" {
			sh.fatal(1, "%s[%s]: bad array subscript", name, sub)
		}
		if add {
			old, _ := a.at(n)
			value = sh.appended(v.flags, old, value)
		} else {
			value = sh.converted(v.flags, value)
		}
		a.put(n, value)
	}
	v.flags = v.flags&^varUnset | flags
	sh.store(name, v)
}

// assignBashName assigns to a name or an element, as read and printf -v do.
func (sh *Shell) assignBashName(name, value string) {
	if sh.dialect == Bash {
		if base, sub, ok := splitSubscript(name); ok {
			sh.setElement(base, sub, value, false, 0)
			return
		}
		if !isName(name) {
			sh.warn("`%s': not a valid identifier", name)
			panic(abort{1})
		}
	}
	sh.assign(name, value, 0)
}

// assignArray sets an indexed array, as read -a does.
func (sh *Shell) assignArray(name string, list []string) {
	values := make([]elementValue, len(list))
	for i, s := range list {
		values[i].value = s
	}
	sh.assignElements(name, values, false, 0)
}

// unsetElement is unset 'name[sub]'; it reports whether it was one.
func (sh *Shell) unsetElement(operand string) bool {
	name, sub, ok := splitSubscript(operand)
	if !ok {
		return false
	}
	name = sh.resolve(name)
	v, ok := sh.vars.m[name]
	if !ok {
		return true
	}
	if v.array == nil {
		if n := sh.arithValue(sub); n == 0 {
			sh.unset(name)
		} else {
			sh.warn("%s: not an array variable", name)
			panic(abort{1})
		}
		return true
	}
	v, a := sh.ownArray(name)
	switch {
	case sub == "@" || sub == "*":
		*a = array{owner: sh, assoc: a.assoc}
	case a.assoc:
		a.removeKey(sub)
	default:
		n, ok := sh.index(name, sub, a)
		if !ok {
			sh.warn("[%s]: bad array subscript", sub)
			panic(abort{1})
		}
		a.remove(n)
	}
	sh.store(name, v)
	return true
}

// setPipeStatus remembers PIPESTATUS.
func (sh *Shell) setPipeStatus(status []int) { sh.b.pipes = status }
