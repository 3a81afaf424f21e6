package interp

import (
	"math"
	"strconv"
	"strings"

	"sysv/interp/condition"
	"sysv/interp/format"
	"sysv/system"
)

type builtinFlag uint8

const (
	// builtinSpecial: POSIX's special built-ins (XCU 2.14), and dash's local.
	builtinSpecial builtinFlag = 1 << iota
	// builtinAssigns: operands that look like assignments are not split.
	builtinAssigns
)

// builtin is a command of the shell's own.
type builtin struct {
	flags builtinFlag
	run   func(sh *Shell, argv []string, flags evalFlags) int
}

// lookupBuiltin finds a built-in by name; its run is nil if there is none. It
// is a switch and no table, so that nothing is built at start-up.
func lookupBuiltin(name string, d Dialect) builtin {
	b := posixBuiltin(name)
	if d == Bash {
		if bb := bashBuiltin(name); bb.run != nil {
			return bb
		}
		if name == "chdir" {
			return builtin{}
		}
	}
	return b
}

func posixBuiltin(name string) builtin {
	switch name {
	case ".":
		return builtin{builtinSpecial, builtinDot}
	case ":":
		return builtin{builtinSpecial, builtinTrue}
	case "[":
		return builtin{0, builtinTest}
	case "alias":
		return builtin{0, builtinAlias}
	case "bg", "fg":
		return builtin{0, builtinForeground}
	case "break":
		return builtin{builtinSpecial, builtinBreak}
	case "cd", "chdir":
		return builtin{0, builtinCd}
	case "command":
		return builtin{0, builtinCommand}
	case "continue":
		return builtin{builtinSpecial, builtinBreak}
	case "echo":
		return builtin{0, builtinEcho}
	case "eval":
		return builtin{builtinSpecial, builtinEval}
	case "exec":
		return builtin{builtinSpecial, builtinExec}
	case "exit":
		return builtin{builtinSpecial, builtinExit}
	case "export":
		return builtin{builtinSpecial | builtinAssigns, builtinExport}
	case "false":
		return builtin{0, builtinFalse}
	case "getopts":
		return builtin{0, builtinGetopts}
	case "hash":
		return builtin{0, builtinHash}
	case "jobs":
		return builtin{0, builtinJobs}
	case "kill":
		return builtin{0, builtinKill}
	case "local":
		return builtin{builtinSpecial | builtinAssigns, builtinLocal}
	case "printf":
		return builtin{0, builtinPrintf}
	case "pwd":
		return builtin{0, builtinPwd}
	case "read":
		return builtin{0, builtinRead}
	case "readonly":
		return builtin{builtinSpecial | builtinAssigns, builtinExport}
	case "return":
		return builtin{builtinSpecial, builtinReturn}
	case "set":
		return builtin{builtinSpecial, builtinSet}
	case "shift":
		return builtin{builtinSpecial, builtinShift}
	case "test":
		return builtin{0, builtinTest}
	case "times":
		return builtin{builtinSpecial, builtinTimes}
	case "trap":
		return builtin{builtinSpecial, builtinTrap}
	case "true":
		return builtin{0, builtinTrue}
	case "type":
		return builtin{0, builtinType}
	case "ulimit":
		return builtin{0, builtinUlimit}
	case "umask":
		return builtin{0, builtinUmask}
	case "unalias":
		return builtin{0, builtinUnalias}
	case "unset":
		return builtin{builtinSpecial, builtinUnset}
	case "wait":
		return builtin{0, builtinWait}
	}
	return builtin{}
}

func builtinTrue(*Shell, []string, evalFlags) int  { return 0 }
func builtinFalse(*Shell, []string, evalFlags) int { return 1 }

// number reads a non-negative decimal number, or ends the command.
func (sh *Shell) number(s string) int {
	n, ok := wholeNumber(s)
	if !ok {
		sh.badNumber(s)
	}
	return n
}

func (sh *Shell) badNumber(s string) {
	if sh.dialect == Bash {
		sh.warn("%s: numeric argument required", s)
		panic(abort{2})
	}
	sh.fatal(2, "Illegal number: %s", s)
}

// wholeNumber reads a number as dash's own commands do, with strtoimax(3): it
// may have a sign, and white space around it. It is not negative, and an int
// of C.
func wholeNumber(s string) (n int, ok bool) {
	s = strings.Trim(s, " \t\n\v\f\r")
	n, err := strconv.Atoi(s)
	return n, err == nil && n >= 0 && n <= math.MaxInt32
}

// dashTest is what package condition needs to know of dash: nothing.
var dashTest condition.Options

func builtinTest(sh *Shell, argv []string, _ evalFlags) int {
	o := &dashTest
	if sh.dialect == Bash {
		o = sh.bashTest()
	}
	return condition.Command(sh.p, argv[0], argv[1:], o, sh.complain)
}

// complain prints a built-in's message.
func (sh *Shell) complain(msg string) { sh.warn("%s", msg) }

func builtinEcho(sh *Shell, argv []string, _ evalFlags) int {
	format.Echo(&sh.out.buf, argv[1:], format.Dialect(sh.dialect))
	return 0
}

func builtinPrintf(sh *Shell, argv []string, _ evalFlags) int {
	args := argv[1:]
	if sh.dialect == Bash && len(args) > 2 && args[0] == "-v" {
		var out []byte
		status := format.Printf(&out, sh.complain, format.Dialect(sh.dialect), args[2:])
		sh.assignBashName(args[1], string(out))
		return status
	}
	return format.Printf(&sh.out.buf, sh.complain, format.Dialect(sh.dialect), args)
}

// builtinBreak is break and continue.
func builtinBreak(sh *Shell, argv []string, _ evalFlags) int {
	n := 1
	if len(argv) > 1 {
		if n = sh.number(argv[1]); n == 0 {
			sh.fatal(2, "Illegal number: %s", argv[1])
		}
	}
	n = min(n, sh.loops)
	if n > 0 {
		sh.skip, sh.skipCount = skipBreak, n
		if argv[0] == "continue" {
			sh.skip = skipContinue
		}
	}
	return 0
}

func builtinReturn(sh *Shell, argv []string, _ evalFlags) int {
	status := sh.status
	if len(argv) > 1 {
		status = sh.number(argv[1])
		if sh.dialect == Bash {
			status &= 0xff
		}
	}
	sh.skip, sh.skipCount = skipReturn, len(argv)-1
	return status
}

func builtinExit(sh *Shell, argv []string, _ evalFlags) int {
	status := sh.status
	if sh.inTraps > 0 && sh.dialect == Dash {
		status = sh.trapStatus
	}
	if len(argv) > 1 {
		status = sh.number(argv[1])
	}
	sh.status = status & 0xff
	panic(exit{status: status & 0xff})
}

func builtinShift(sh *Shell, argv []string, _ evalFlags) int {
	n := 1
	if len(argv) > 1 {
		n = sh.number(argv[1])
	}
	if n > len(sh.params) {
		if sh.dialect == Bash {
			return 1
		}
		sh.fatal(2, "can't shift that many")
	}
	sh.params = sh.params[n:]
	sh.getopts.at = 0
	if sh.dialect == Dash {
		sh.getopts = getoptsState{}
	}
	return 0
}

// builtinEval is eval.
func builtinEval(sh *Shell, argv []string, flags evalFlags) int {
	text := ""
	switch len(argv) {
	case 1:
		return 0
	case 2:
		text = argv[1]
	default:
		text = strings.Join(argv[1:], " ")
	}
	if sh.evals >= maxNesting {
		sh.fatal(2, "eval: nested too deeply (more than %d)", maxNesting)
	}
	sh.evals++
	line := sh.line
	defer func() { sh.evals--; sh.line = line }()
	first := 1
	if sh.dialect == Bash {
		sh.status = 0
		first = line
	}
	sh.evalText([]byte(text), first, flags&evTested)
	return sh.status
}

// builtinDot is . file.
func builtinDot(sh *Shell, argv []string, flags evalFlags) int {
	_, args := sh.options(argv, "")
	if len(args) == 0 {
		if sh.dialect == Bash {
			sh.warn("filename argument required")
			return 2
		}
		return 0
	}
	path := sh.dotPath(args[0])
	if status, served := sh.serve(path, flags); served {
		return status
	}
	src, f, err := sh.openSource(path)
	if f != nil {
		defer f.Close()
	}
	if err == system.EISDIR && sh.dialect == Dash {
		// It can be opened, and then there is nothing to read.
		src, err = nil, nil
	}
	if err != nil {
		if sh.dialect == Bash {
			sh.warn("%s: %v", args[0], err)
			return 1
		}
		text := err.Error()
		if err == system.ENOENT || err == system.ENOTDIR {
			text = "No such file"
		}
		sh.fatal(2, "cannot open %s: %s", path, text)
	}
	if sh.dots >= maxNesting {
		sh.fatal(2, "%s: nested too deeply (more than %d)", path, maxNesting)
	}
	file, line, loops, funcLine, params := sh.file, sh.line, sh.loops, sh.funcLine, sh.params
	outer := sh.command
	sh.dots++
	defer func() {
		sh.dots--
		sh.file, sh.line, sh.loops, sh.funcLine, sh.command = file, line, loops, funcLine, outer
		if sh.dialect == Bash && len(args) > 1 {
			sh.params = params
		}
	}()
	if sh.dialect == Bash && len(args) > 1 {
		sh.params = args[1:]
	}
	sh.file, sh.funcLine, sh.command = path, 0, path
	if sh.dialect == Bash {
		sh.loops, sh.status = 0, 0
	}
	sh.evalFile(src, f, dotFlags(sh, flags))
	if sh.skip == skipReturn {
		sh.skip = skipNone
	}
	return sh.status
}

// dotFlags are the flags for a sourced file's commands: for dash's set -e it
// does not count that the status of the dot command is looked at.
func dotFlags(sh *Shell, flags evalFlags) evalFlags {
	if sh.dialect == Dash {
		return 0
	}
	return flags & evTested
}

// dotPath finds a sourced file: on the PATH if its name has no slash, where
// it need not be executable.
func (sh *Shell) dotPath(name string) string {
	if strings.Contains(name, "/") {
		return name
	}
	dirs, _ := sh.lookup("PATH")
	for dir := range strings.SplitSeq(dirs, ":") {
		full := name
		if dir != "" {
			full = dir + "/" + name
		}
		if info, err := sh.p.Stat(full); err == nil && info.Mode.IsRegular() {
			return full
		}
	}
	if sh.dialect == Bash {
		return name
	}
	sh.fatal(2, "%s: not found", name)
	return ""
}

// builtinExec is exec: with a command it replaces the shell.
func builtinExec(sh *Shell, argv []string, _ evalFlags) int {
	args := argv[1:]
	if sh.dialect == Bash {
		_, args = sh.options(argv, "cla:")
	}
	if len(args) == 0 {
		return 0
	}
	t := sh.findProgram(args[0])
	sh.out.flush()
	if t.utility != nil {
		panic(exit{status: sh.callUtility(t, args, 0)})
	}
	if t.path == "" {
		status := 127
		if t.err == system.EACCES {
			status = 126
		}
		sh.warn("%s: %s", args[0], execError(t.err))
		sh.execFailed(status)
	}
	if sh.main {
		sh.execFailed(sh.execError(args[0], sh.replace(t.path, args)))
	}
	child, err := sh.start(sh.process(), t.path, args)
	if err != nil {
		sh.execFailed(sh.execError(args[0], err))
	}
	st, _ := sh.await(child, false)
	sh.successor = st
	panic(exit{status: st.Status()})
}

// execFailed ends the shell after an exec that failed: dash's ends even under
// command.
func (sh *Shell) execFailed(status int) {
	if sh.dialect == Dash {
		panic(exit{status: status})
	}
	panic(abort{status})
}

// findProgram finds a program or utility, as exec does.
func (sh *Shell) findProgram(name string) target {
	if strings.Contains(name, "/") {
		return sh.findByPath(name)
	}
	path, err := sh.search(name, lookupOptions{})
	if path == "" {
		if u := sh.standInFor(name); u != nil {
			return target{utility: u}
		}
	}
	return target{path: path, err: err}
}

func builtinTimes(sh *Shell, _ []string, _ evalFlags) int {
	t := sh.sys.Times()
	for _, d := range [2][2]int64{{int64(t.User), int64(t.System)}, {int64(t.ChildUser), int64(t.ChildSystem)}} {
		for i, ns := range d {
			sec := float64(ns) / 1e9
			min := int(sec) / 60
			sep := " "
			if i == 1 {
				sep = "\n"
			}
			sh.printf("%dm%fs%s", min, sec-float64(min*60), sep)
		}
	}
	return 0
}

func builtinForeground(sh *Shell, argv []string, _ evalFlags) int {
	_, args := sh.options(argv, "")
	spec, shown := "%%", "(null)"
	if len(args) > 0 {
		spec, shown = args[0], args[0]
	}
	j := sh.job(spec)
	if !sh.opt[optMonitor] {
		sh.fatal(2, "job %s not created under job control", shown)
	}
	sh.sys.Kill(-j.pid, system.SIGCONT)
	if argv[0] == "bg" {
		return 0
	}
	status, _ := sh.waitJob(j, true)
	sh.jobs.remove(j)
	return status
}
