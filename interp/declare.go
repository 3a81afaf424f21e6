package interp

import (
	"maps"
	"slices"
	"strings"
)

// showVar prints a variable as set and export -p do.
func (sh *Shell) showVar(prefix, name string, v variable) {
	switch {
	case v.flags&varUnset != 0:
		sh.printf("%s%s\n", prefix, name)
	case v.array != nil:
		sh.printf("%s%s=%s\n", prefix, name, v.array)
	default:
		sh.out.string(prefix + name + "=" + sh.quoteValue(v.value) + "\n")
	}
}

// quoteValue quotes a value: dash always does, bash where it must.
func (sh *Shell) quoteValue(s string) string {
	if sh.dialect == Bash {
		return bashQuote(s)
	}
	return quote(s)
}

// builtinExport is export and readonly.
func builtinExport(sh *Shell, argv []string, _ evalFlags) int {
	flag := varExported
	if argv[0] == "readonly" {
		flag = varReadonly
	}
	opts, args := sh.options(argv, "p")
	if len(args) == 0 || len(opts) > 0 {
		for _, name := range sh.sortedVars(flag) {
			sh.showVar(argv[0]+" ", name, sh.vars.m[name])
		}
		return 0
	}
	for _, a := range args {
		name, value, has := strings.Cut(a, "=")
		if !isName(name) {
			sh.fatal(2, "%s: bad variable name", name)
		}
		if has {
			sh.assign(name, value, flag)
			continue
		}
		v, ok := sh.vars.m[name]
		if !ok {
			sh.store(name, variable{flags: varUnset | flag})
			continue
		}
		// Its value is not set again: that would start getopts anew.
		v.flags |= flag
		sh.vars.own()
		sh.vars.m[name] = v
		sh.vars.env = nil
	}
	return 0
}

// builtinLocal is local name[=value]…: a local variable keeps the value that
// it has outside until it is given another, as in dash.
func builtinLocal(sh *Shell, argv []string, _ evalFlags) int {
	if sh.function == 0 && sh.scopes == 0 {
		sh.fatal(2, "not in a function")
	}
	for _, a := range argv[1:] {
		if a == "-" {
			saved := sh.opt
			sh.locals = append(sh.locals, localVar{options: &saved})
			continue
		}
		name, value, has := strings.Cut(a, "=")
		if !isName(name) && !has {
			// With a value it is only seen when the function ends.
			sh.fatal(2, "%s: bad variable name", name)
		}
		if v := sh.vars.m[name]; v.flags&varReadonly != 0 && has {
			sh.readonlyError(name)
		}
		sh.makeLocal(name)
		if has {
			sh.assign(name, value, 0)
		}
	}
	return 0
}

// builtinUnset is unset [-fv] name….
func builtinUnset(sh *Shell, argv []string, _ evalFlags) int {
	opts, args := sh.options(argv, "vf")
	kind := byte(0)
	for _, o := range opts {
		kind = o.letter
	}
	for _, name := range args {
		if kind == 'f' {
			sh.unsetFunction(name)
			continue
		}
		if sh.dialect == Bash {
			if sh.unsetElement(name) {
				continue
			}
			if _, ok := sh.vars.m[name]; !ok && kind == 0 {
				sh.unsetFunction(name)
				continue
			}
		}
		if !isName(name) {
			sh.fatal(2, "%s: bad variable name", name)
		}
		sh.unset(name)
	}
	return 0
}

func (sh *Shell) unsetFunction(name string) {
	if sh.funcs.m[name] != nil {
		sh.funcs.own()
		delete(sh.funcs.m, name)
		sh.forget(name)
	}
}

// alias finds an alias for the parser.
func (sh *Shell) alias(name string) (string, bool) {
	text, ok := sh.aliases[name]
	return text, ok
}

func builtinAlias(sh *Shell, argv []string, _ evalFlags) int {
	if len(argv) == 1 {
		for _, name := range slices.SortedFunc(maps.Keys(sh.aliases), compareAliases) {
			sh.printf("%s=%s\n", name, quote(sh.aliases[name]))
		}
		return 0
	}
	status := 0
	for _, a := range argv[1:] {
		name, text, has := strings.Cut(a, "=")
		if has && name != "" {
			sh.aliases = maps.Clone(sh.aliases)
			if sh.aliases == nil {
				sh.aliases = map[string]string{}
			}
			sh.aliases[name] = text
			continue
		}
		if text, ok := sh.aliases[a]; ok {
			sh.printf("%s=%s\n", a, quote(text))
			continue
		}
		sh.out.flush()
		sh.p.Stderr().Write([]byte("alias: " + a + " not found\n"))
		status = 1
	}
	return status
}

// compareAliases orders aliases as dash's hash table gives them.
func compareAliases(a, b string) int {
	if d := aliasBucket(a) - aliasBucket(b); d != 0 {
		return d
	}
	return strings.Compare(a, b)
}

// aliasBucket is where dash keeps an alias (__lookupalias in its alias.c).
func aliasBucket(name string) int {
	h := 0
	if name != "" {
		h = int(name[0]) << 4
	}
	for i := 0; i < len(name); i++ {
		h += int(name[i])
	}
	return h % 39
}

func builtinUnalias(sh *Shell, argv []string, _ evalFlags) int {
	opts, args := sh.options(argv, "a")
	if len(opts) > 0 {
		sh.aliases = nil
		return 0
	}
	status := 0
	for _, name := range args {
		if _, ok := sh.aliases[name]; !ok {
			sh.out.flush()
			sh.p.Stderr().Write([]byte("unalias: " + name + " not found\n"))
			status = 1
			continue
		}
		sh.aliases = maps.Clone(sh.aliases)
		delete(sh.aliases, name)
	}
	return status
}
