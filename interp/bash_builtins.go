package interp

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"sysv/system"
)

// bashBuiltin finds the built-ins that bash has beyond dash's, or has in a
// form of its own.
func bashBuiltin(name string) builtin {
	switch name {
	case ".", "source":
		return builtin{builtinSpecial, bashDot}
	case "break", "continue":
		return builtin{builtinSpecial, bashBreak}
	case "alias":
		return builtin{0, bashAlias}
	case "unalias":
		return builtin{0, bashUnalias}
	case "builtin":
		return builtin{0, bashBuiltinCommand}
	case "caller":
		return builtin{0, bashCaller}
	case "declare", "typeset", "local", "export", "readonly":
		return builtin{builtinAssigns, bashDeclare}
	case "dirs":
		return builtin{0, bashDirs}
	case "disown":
		return builtin{0, bashDisown}
	case "enable", "complete", "compopt", "bind", "history":
		return builtin{0, bashIgnored}
	case "eval":
		return builtin{builtinSpecial, bashEval}
	case "exec":
		return builtin{builtinSpecial, bashExec}
	case "exit":
		return builtin{builtinSpecial, bashExit}
	case "let":
		return builtin{0, bashLet}
	case "mapfile", "readarray":
		return builtin{0, bashMapfile}
	case "popd":
		return builtin{0, bashPopd}
	case "pushd":
		return builtin{0, bashPushd}
	case "return":
		return builtin{builtinSpecial, bashReturn}
	case "shift":
		return builtin{builtinSpecial, bashShift}
	case "shopt":
		return builtin{0, bashShopt}
	case "trap":
		return builtin{builtinSpecial, bashTrap}
	case "umask":
		return builtin{0, bashUmask}
	case "unset":
		return builtin{builtinSpecial, bashUnset}
	case "wait":
		return builtin{0, bashWait}
	}
	return builtin{}
}

// usage prints the line that follows the message of a wrong option.
func (sh *Shell) usage(name string) {
	text := ""
	switch name {
	case "declare":
		text = "declare [-aAfFgiIlnrtux] [name[=value] ...] or declare -p [-aAfFilnrtux] [name ...]"
	case "typeset":
		text = "typeset [-aAfFgiIlnrtux] name[=value] ... or typeset -p [-aAfFilnrtux] [name ...]"
	case "local":
		text = "local [option] name[=value] ..."
	case "export":
		text = "export [-fn] [name[=value] ...] or export -p"
	case "readonly":
		text = "readonly [-aAf] [name[=value] ...] or readonly -p"
	case "trap":
		text = "trap [-lp] [[arg] signal_spec ...]"
	case "unset":
		text = "unset [-f] [-v] [-n] [name ...]"
	case "read":
		text = "read [-ers] [-a array] [-d delim] [-i text] [-n nchars] [-N nchars] [-p prompt] [-t timeout] [-u fd] [name ...]"
	case "cd":
		text = "cd [-L|[-P [-e]] [-@]] [dir]"
	case "type":
		text = "type [-afptP] name [name ...]"
	case "command":
		text = "command [-pVv] command [arg ...]"
	case "shopt":
		text = "shopt [-pqsu] [-o] [optname ...]"
	case "umask":
		text = "umask [-p] [-S] [mode]"
	case "wait":
		text = "wait [-fn] [-p var] [id ...]"
	case "hash":
		text = "hash [-lr] [-p pathname] [-dt] [name ...]"
	case "ulimit":
		text = "ulimit [-SHabcdefiklmnpqrstuvxPRT] [limit]"
	case "kill":
		text = "kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]"
	case "mapfile", "readarray":
		text = name + " [-d delim] [-n count] [-O origin] [-s count] [-t] [-u fd] [-C callback] [-c quantum] [array]"
	case "set":
		text = "set [-abefhkmnptuvxBCEHPT] [-o option-name] [--] [-] [arg ...]"
	case "printf":
		text = "printf [-v var] format [arguments]"
	case ".", "source":
		text = name + " filename [arguments]"
	case "getopts":
		text = "getopts optstring name [arg ...]"
	default:
		return
	}
	sh.out.flush()
	system.WriteAll(sh.p.Stderr(), []byte(name+": usage: "+text+"\n"))
}

func bashIgnored(*Shell, []string, evalFlags) int { return 0 }

// bashBreak is break and continue.
func bashBreak(sh *Shell, argv []string, _ evalFlags) int {
	if sh.loops == 0 {
		sh.warn("only meaningful in a `for', `while', or `until' loop")
		return 0
	}
	n := 1
	if len(argv) > 1 {
		var err error
		if n, err = strconv.Atoi(argv[1]); err != nil {
			sh.warn("%s: numeric argument required", argv[1])
			panic(exit{status: 128})
		}
		if n <= 0 {
			sh.warn("%s: loop count out of range", argv[1])
			sh.skip, sh.skipCount = skipBreak, sh.loops
			return 1
		}
	}
	sh.skip, sh.skipCount = skipBreak, min(n, sh.loops)
	if argv[0] == "continue" {
		sh.skip = skipContinue
	}
	return 0
}

// bashAlias is alias: aliases are kept, but not used (expand_aliases is off in
// a script).
func bashAlias(sh *Shell, argv []string, _ evalFlags) int {
	_, args := sh.options(argv, "p")
	show := func(name string) { sh.printf("alias %s=%s\n", name, singleQuoted(sh.aliases[name])) }
	if len(args) == 0 {
		for _, name := range slices.Sorted(maps.Keys(sh.aliases)) {
			show(name)
		}
		return 0
	}
	status := 0
	for _, a := range args {
		name, text, has := strings.Cut(a, "=")
		if has && name != "" {
			sh.aliases = maps.Clone(sh.aliases)
			if sh.aliases == nil {
				sh.aliases = map[string]string{}
			}
			sh.aliases[name] = text
		} else if _, ok := sh.aliases[a]; ok {
			show(a)
		} else {
			sh.warn("%s: not found", a)
			status = 1
		}
	}
	return status
}

func bashUnalias(sh *Shell, argv []string, _ evalFlags) int {
	opts, args := sh.options(argv, "a")
	if len(opts) > 0 {
		sh.aliases = nil
		return 0
	}
	status := 0
	for _, name := range args {
		if _, ok := sh.aliases[name]; !ok {
			sh.warn("%s: not found", name)
			status = 1
			continue
		}
		sh.aliases = maps.Clone(sh.aliases)
		delete(sh.aliases, name)
	}
	return status
}

// exitNumber is the operand of exit and return.
func (sh *Shell) exitNumber(args []string) (n int, ok bool) {
	if len(args) > 0 && args[0] == "--" {
		args = args[1:]
	}
	if len(args) == 0 {
		return sh.status, true
	}
	v, err := strconv.ParseInt(strings.TrimSpace(args[0]), 10, 64)
	if err != nil {
		sh.warn("%s: numeric argument required", args[0])
		return 2, false
	}
	if len(args) > 1 {
		sh.warn("too many arguments")
		panic(abort{1})
	}
	return int(v & 0xff), true
}

func bashReturn(sh *Shell, argv []string, _ evalFlags) int {
	n, _ := sh.exitNumber(argv[1:])
	if sh.function == 0 && sh.dots == 0 {
		sh.warn("can only `return' from a function or sourced script")
		return 2
	}
	sh.skip, sh.skipCount = skipReturn, 0
	return n
}

func bashExit(sh *Shell, argv []string, _ evalFlags) int {
	n, _ := sh.exitNumber(argv[1:])
	sh.status = n
	panic(exit{status: n})
}

func bashShift(sh *Shell, argv []string, _ evalFlags) int {
	n := 1
	if len(argv) > 1 {
		v, err := strconv.Atoi(argv[1])
		if err != nil {
			sh.warn("%s: numeric argument required", argv[1])
			return 1
		}
		if v < 0 {
			sh.warn("%s: shift count out of range", argv[1])
			return 1
		}
		n = v
	}
	if n > len(sh.params) {
		return 1
	}
	sh.params = sh.params[n:]
	return 0
}

// bashEval is eval: its text is one more level for set -x.
func bashEval(sh *Shell, argv []string, flags evalFlags) int {
	if len(argv) > 1 && argv[1] == "--" {
		argv = slices.Delete(slices.Clone(argv), 1, 2)
	}
	outer := sh.command
	sh.command = ""
	sh.b.level++
	defer func() { sh.command = outer; sh.b.level-- }()
	return builtinEval(sh, argv, flags)
}

// bashExec is exec: a command that is not there ends the shell, unless
// execfail is on.
func bashExec(sh *Shell, argv []string, flags evalFlags) (status int) {
	defer func() {
		if a := recover(); a != nil {
			e, isAbort := a.(abort)
			if !isAbort {
				panic(a)
			}
			if sh.bashOpt("execfail") {
				status = e.status
				return
			}
			sh.status = e.status
			panic(exit{status: e.status})
		}
	}()
	return builtinExec(sh, argv, flags)
}

// bashDot is . and source.
func bashDot(sh *Shell, argv []string, flags evalFlags) int {
	_, args := sh.options(argv, "")
	if len(args) == 0 {
		sh.warn("filename argument required")
		sh.usage(argv[0])
		return 2
	}
	path := sh.dotPath(args[0])
	if status, served := sh.serve(path, flags); served {
		return status
	}
	src, err := sh.readSourced(path)
	if err != nil {
		outer := sh.command
		if err != system.EISDIR {
			sh.command = ""
		}
		msg := err.Error()
		if err == system.EISDIR {
			msg = "is a directory"
		}
		sh.warn("%s: %s", args[0], msg)
		sh.command = outer
		return 1
	}
	if sh.dots >= maxNesting {
		sh.fatal(1, "%s: nested too deeply (more than %d)", path, maxNesting)
	}
	file, line, loops, funcLine, params, outer, frames := sh.file, sh.line, sh.loops, sh.funcLine, sh.params, sh.command, len(sh.b.frames)
	sh.dots++
	sh.b.level++
	sh.b.frames = append(sh.b.frames, frame{"source", path, sh.line})
	defer func() {
		sh.dots--
		sh.b.level--
		sh.b.frames = sh.b.frames[:frames]
		sh.file, sh.line, sh.loops, sh.funcLine, sh.command = file, line, loops, funcLine, outer
		if len(args) > 1 {
			sh.params = params
		}
	}()
	if len(args) > 1 {
		sh.params = args[1:]
	}
	sh.file, sh.loops, sh.funcLine, sh.command = path, 0, 0, ""
	sh.status = 0
	sh.evalFile(src, nil, flags&evTested)
	if sh.skip == skipReturn {
		sh.skip = skipNone
	}
	sh.returnTrap()
	return sh.status
}

func (sh *Shell) readSourced(path string) ([]byte, error) {
	if fd, ok := sh.ownFd(path); ok {
		if f := sh.p.Files.Get(fd); f != nil {
			return system.ReadAll(f, maxScript)
		}
	}
	if info, err := sh.p.Stat(path); err == nil && info.Mode.IsDir() {
		return nil, system.EISDIR
	}
	return sh.readSource(path)
}

// bashBuiltinCommand is builtin.
func bashBuiltinCommand(sh *Shell, argv []string, flags evalFlags) int {
	args := argv[1:]
	if len(args) > 0 && args[0] == "--" {
		args = args[1:]
	}
	if len(args) == 0 {
		return 0
	}
	b := lookupBuiltin(args[0], Bash)
	if b.run == nil {
		sh.warn("%s: not a shell builtin", args[0])
		return 1
	}
	for i := range sh.b.operands {
		sh.b.operands[i].at -= len(argv) - len(args)
	}
	outer := sh.command
	sh.command = args[0]
	defer func() { sh.command = outer }()
	return b.run(sh, args, flags)
}

// bashCaller is caller [n].
func bashCaller(sh *Shell, argv []string, _ evalFlags) int {
	n := 0
	if len(argv) > 1 {
		var err error
		if n, err = strconv.Atoi(argv[1]); err != nil || n < 0 {
			sh.warn("%s: invalid number", argv[1])
			return 2
		}
	}
	lines, files, names := sh.callStack("BASH_LINENO"), sh.callStack("BASH_SOURCE"), sh.callStack("FUNCNAME")
	line, ok := lines.at(n)
	file, ok2 := files.at(n + 1)
	if !ok2 {
		file, ok2 = "NULL", len(argv) == 1
	}
	if !ok || !ok2 {
		return 1
	}
	if len(argv) == 1 {
		sh.printf("%s %s\n", line, file)
		return 0
	}
	name, ok := names.at(n + 1)
	if !ok {
		return 1
	}
	sh.printf("%s %s %s\n", line, name, file)
	return 0
}

func bashDisown(sh *Shell, argv []string, _ evalFlags) int {
	opts, args := sh.options(argv, "har")
	if len(opts) > 0 && len(args) == 0 {
		for _, j := range sh.jobs.list() {
			sh.jobs.remove(j)
		}
		return 0
	}
	if len(args) == 0 {
		args = []string{"%%"}
	}
	for _, a := range args {
		var j *job
		if strings.HasPrefix(a, "%") {
			j, _ = sh.jobs.bySpec(a)
		} else if pid, err := strconv.Atoi(a); err == nil {
			j = sh.jobs.byPID(pid)
		}
		if j == nil {
			sh.warn("%s: no such job", strings.Replace(a, "%%", "current", 1))
			return 1
		}
		if len(opts) == 0 || opts[0].letter != 'h' {
			sh.jobs.remove(j)
		}
	}
	return 0
}

// bashUmask is umask, which can print itself as a command.
func bashUmask(sh *Shell, argv []string, flags evalFlags) int {
	opts, args := sh.options(argv, "pS")
	symbolic, print := false, false
	for _, o := range opts {
		symbolic = symbolic || o.letter == 'S'
		print = print || o.letter == 'p'
	}
	rest := []string{"umask"}
	if symbolic {
		rest = append(rest, "-S")
	}
	if len(args) == 0 && print {
		sh.printf("%s ", strings.Join(rest, " "))
	}
	return builtinUmask(sh, append(rest, args...), flags)
}
