package interp

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"sysv/system"
)

type varFlag uint8

const (
	varExported varFlag = 1 << iota
	varReadonly
	varUnset // declared (export x, local x) but without a value
	varInteger
)

// variable is a shell variable. It is a value: a copied table shares nothing.
type variable struct {
	value string
	flags varFlag
	seq   int
	// array is bash's, or nil.
	array *array
}

// vartab is the variables. A subshell borrows its parent's map until one of
// the two changes it.
type vartab struct {
	m map[string]variable
	lending
	// env is the environment made of the exported ones; nil when stale.
	env []string
	ifs ifsCache
}

// lending says who else has a map that is copied only when it changes.
type lending struct {
	// borrowed tells that the map is the parent's.
	borrowed bool
	// forks counts the subshells that may have borrowed it from here.
	forks int
}

// lend is what a new subshell starts with.
func (l *lending) lend() lending {
	l.forks++
	return lending{borrowed: true}
}

// release tells that a subshell has ended.
func (l *lending) release() { l.forks-- }

func (l *lending) mustCopy() bool { return l.borrowed || l.forks > 0 }

func (t *vartab) own() {
	if t.mustCopy() {
		t.m = maps.Clone(t.m)
		t.borrowed = false
	}
}

func (sh *Shell) initVars() {
	sh.vars.m = make(map[string]variable, 64)
	for _, kv := range sh.p.Env {
		name, val, ok := strings.Cut(kv, "=")
		if ok && isName(name) {
			sh.store(name, variable{value: val, flags: varExported})
		}
	}
	if sh.dialect == Bash {
		sh.initBashVars()
	}
	// dash takes neither IFS nor OPTIND from the environment.
	sh.store("IFS", variable{value: " \t\n"})
	sh.store("OPTIND", variable{value: "1"})
	if sh.dialect == Dash {
		prompt := "# "
		if sh.sys.Identity().EUID != 0 {
			prompt = "$ "
		}
		sh.setDefault("PS1", prompt)
		sh.setDefault("PS2", "> ")
	}
	sh.setDefault("PS4", "+ ")
	sh.setDefault("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin")
	sh.store("PPID", variable{value: strconv.Itoa(sh.sys.Getppid())})
	sh.initPwd()
}

func (sh *Shell) setDefault(name, value string) {
	if _, ok := sh.vars.m[name]; !ok {
		sh.store(name, variable{value: value})
	}
}

// initPwd takes PWD from the environment if it names the working directory.
func (sh *Shell) initPwd() {
	if v, ok := sh.vars.m["PWD"]; ok && strings.HasPrefix(v.value, "/") && v.value != sh.p.Dir {
		a, err1 := sh.sys.Stat(v.value)
		b, err2 := sh.p.Stat(".")
		if err1 == nil && err2 == nil && a.SameFile(b) {
			sh.p.RenameDir(v.value)
		}
	}
	flags := varExported
	if sh.dialect == Bash {
		flags = sh.vars.m["PWD"].flags | varExported
	}
	if sh.p.Dir == "" && sh.name != "" {
		// A shell with no name of its own serves another, which has said so.
		// Neither dash nor bash has looked at its own name yet.
		text := "sh: 0: getcwd() failed: "
		if sh.dialect == Bash {
			text = "shell-init: error retrieving current directory: getcwd: cannot access parent directories: "
		}
		system.WriteAll(sh.p.Stderr(), []byte(text+system.ENOENT.Error()+"\n"))
	}
	sh.store("PWD", variable{value: sh.p.Dir, flags: flags})
}

// isName tells whether s is a name in the shell's grammar.
func isName(s string) bool {
	if s == "" {
		return false
	}
	for i := 0; i < len(s); i++ {
		if c := s[i]; c != '_' && (c|0x20 < 'a' || c|0x20 > 'z') && (i == 0 || c < '0' || c > '9') {
			return false
		}
	}
	return true
}

// store puts a variable in the table without asking whether it may.
func (sh *Shell) store(name string, v variable) {
	if len(v.value) > bigValue {
		checkSize(len(v.value))
	}
	sh.vars.own()
	old, had := sh.vars.m[name]
	if had {
		v.seq = old.seq
	} else {
		sh.envSeq++
		v.seq = sh.envSeq
	}
	if (v.flags|old.flags)&varExported != 0 {
		sh.vars.env = nil
	}
	sh.vars.m[name] = v
	if len(name) < 7 {
		switch name {
		case "PATH":
			sh.hash = &cmdHash{}
		case "IFS":
			sh.vars.ifs.valid = false
		case "OPTIND":
			if sh.dialect == Dash {
				sh.getopts = getoptsState{ind: sh.number(v.value)}
				break
			}
			sh.getopts.reset(v.value)
		}
	}
}

// lookup finds a variable's value. bash's dynamic ones are made up when asked
// for.
func (sh *Shell) lookup(name string) (string, bool) {
	v, ok := sh.vars.m[name]
	if ok && v.flags&varUnset == 0 {
		if v.flags&varNameref != 0 {
			return sh.throughReference(name)
		}
		if v.array != nil {
			return v.array.get("0")
		}
		return v.value, true
	}
	if !ok {
		if sh.dialect == Bash {
			return sh.bashDynamic(name)
		}
	}
	return "", false
}

// assign sets a variable; a readonly one is an error that ends the shell.
func (sh *Shell) assign(name, value string, flags varFlag) {
	if sh.dialect == Bash {
		sh.assignScalar(name, value, flags)
		return
	}
	v, ok := sh.vars.m[name]
	if ok && v.flags&varReadonly != 0 {
		sh.readonlyError(name)
	}
	v.value = value
	v.flags = v.flags&^varUnset | flags
	if sh.opt[optAllExport] {
		v.flags |= varExported
	}
	sh.store(name, v)
}

func (sh *Shell) readonlyError(name string) {
	if sh.dialect == Bash {
		sh.fatal(1, "%s: readonly variable", name)
	}
	sh.fatal(2, "%s: is read only", name)
}

// unset removes a variable.
func (sh *Shell) unset(name string) {
	v, ok := sh.vars.m[name]
	if !ok {
		return
	}
	if v.flags&varReadonly != 0 {
		sh.readonlyError(name)
	}
	sh.vars.own()
	if v.flags&varExported != 0 {
		sh.vars.env = nil
	}
	if v.flags&varExported != 0 && sh.dialect == Dash && lastingVariable(name) {
		sh.vars.m[name] = variable{flags: varUnset | varExported, seq: v.seq}
	} else {
		delete(sh.vars.m, name)
	}
	switch name {
	case "IFS":
		sh.vars.ifs.valid = false
	case "PATH":
		sh.hash = &cmdHash{}
	case "OPTIND":
		if sh.dialect == Dash {
			sh.number("")
		}
	}
}

// lastingVariable tells the variables that dash has from the start: they stay
// exported without a value (varinit in its var.c).
func lastingVariable(name string) bool {
	switch name {
	case "IFS", "MAIL", "MAILPATH", "PATH", "PS1", "PS2", "PS4":
		return true
	}
	return false
}

// environ is the environment for programs. Its order is that of dash's hash
// table, since scripts print it.
func (sh *Shell) environ() []string {
	if sh.vars.env != nil {
		return sh.vars.env
	}
	type entry struct {
		bucket, seq int
		kv          string
	}
	list := make([]entry, 0, 32)
	for name, v := range sh.vars.m {
		if v.flags&varExported == 0 || v.flags&varUnset != 0 || v.array != nil {
			continue
		}
		list = append(list, entry{bucket(name), v.seq, name + "=" + v.value})
	}
	slices.SortFunc(list, func(a, b entry) int {
		if a.bucket != b.bucket {
			return a.bucket - b.bucket
		}
		return a.seq - b.seq
	})
	env := make([]string, len(list))
	for i, e := range list {
		env[i] = e.kv
	}
	if sh.b.exported != nil {
		env = sh.exportedFunctions(env)
	}
	sh.vars.env = env
	return env
}

// bucket is where dash keeps a variable of this name (hashvar in its var.c).
func bucket(name string) int {
	if name == "" {
		return 0
	}
	h := uint(name[0]) << 4
	for i := 0; i < len(name); i++ {
		h += uint(name[i])
	}
	return int(h % 39)
}

// process is the shell's process with the environment up to date.
func (sh *Shell) process() *system.Process {
	sh.p.Env = sh.environ()
	return sh.p
}

// sortedVars lists the names of the variables that have all of the flags.
func (sh *Shell) sortedVars(flags varFlag) []string {
	var names []string
	for name, v := range sh.vars.m {
		if v.flags&flags == flags {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// localVar is a variable, or the options, as they were before a function (or
// a command's own assignments) changed them.
type localVar struct {
	name    string
	v       variable
	had     bool
	options *[optCount]bool
}

// mark is where the local variables of a function begin.
func (sh *Shell) mark() int { return len(sh.locals) }

// makeLocal remembers a variable, to be put back by unwind.
func (sh *Shell) makeLocal(name string) {
	v, had := sh.vars.m[name]
	sh.locals = append(sh.locals, localVar{name: name, v: v, had: had})
}

// unwind puts back every variable that was made local since mark.
func (sh *Shell) unwind(mark int) {
	for len(sh.locals) > mark {
		l := sh.locals[len(sh.locals)-1]
		sh.locals = sh.locals[:len(sh.locals)-1]
		switch {
		case l.options != nil:
			sh.opt = *l.options
		case l.had:
			sh.store(l.name, l.v)
		default:
			if v, ok := sh.vars.m[l.name]; ok {
				v.flags &^= varReadonly | varExported
				sh.vars.env = nil
				sh.store(l.name, v)
				sh.unset(l.name)
			}
		}
	}
}

// ifsCache is IFS in a form that splitting can use.
type ifsCache struct {
	valid bool
	set   [256]byte // 0 not in IFS, 1 white space, 2 another character
	first string    // what "$*" joins with
}

func (sh *Shell) ifs() *ifsCache {
	c := &sh.vars.ifs
	if c.valid {
		return c
	}
	val, ok := sh.lookup("IFS")
	if !ok {
		val = " \t\n"
	}
	*c = ifsCache{valid: true}
	for i := 0; i < len(val); i++ {
		c.set[val[i]] = 2
		if val[i] == ' ' || val[i] == '\t' || val[i] == '\n' {
			c.set[val[i]] = 1
		}
	}
	if val != "" {
		c.first = val[:1]
	}
	return c
}
