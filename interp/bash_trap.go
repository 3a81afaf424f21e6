package interp

import (
	"strconv"

	"sysv/system"
)

// bash's traps that are no signals.
const (
	trapError system.Signal = 100 + iota
	trapDebug
	trapReturn
)

// bashTrapNumber reads ERR, DEBUG and RETURN.
func bashTrapNumber(name string) (system.Signal, bool) {
	switch name {
	case "ERR", "err":
		return trapError, true
	case "DEBUG", "debug":
		return trapDebug, true
	case "RETURN", "return":
		return trapReturn, true
	}
	return 0, false
}

// bashTrapName is a trap as bash names it.
func bashTrapName(sig system.Signal) string {
	switch sig {
	case 0:
		return "EXIT"
	case trapError:
		return "ERR"
	case trapDebug:
		return "DEBUG"
	case trapReturn:
		return "RETURN"
	}
	return "SIG" + sig.Name()
}

// bashTrap is trap [-lp] [[action] signal…].
func bashTrap(sh *Shell, argv []string, flags evalFlags) int {
	args := argv[1:]
	print := false
	if len(args) > 0 && len(args[0]) > 1 && args[0][0] == '-' {
		switch args[0] {
		case "--":
			args = args[1:]
		case "-p":
			print, args = true, args[1:]
		case "-l":
			return sh.signalTable()
		default:
			if _, err := strconv.Atoi(args[0]); err != nil {
				sh.warn("%s: invalid option", args[0][:2])
				sh.usage("trap")
				return 2
			}
		}
	}
	if len(args) == 0 || print {
		return sh.showTraps(args)
	}
	action, reset := "", true
	if len(args) > 1 {
		if n, ok := sh.signalNumber(args[0]); !ok || args[0] == "" || args[0][0] < '0' || args[0][0] > '9' {
			_ = n
			action, reset = args[0], args[0] == "-"
			args = args[1:]
		}
	} else if _, ok := sh.signalNumber(args[0]); !ok {
		sh.usage("trap")
		return 2
	}
	status := 0
	for _, a := range args {
		sig, ok := sh.signalNumber(a)
		if !ok {
			sh.warn("%s: invalid signal specification", a)
			status = 1
			continue
		}
		if sig > 0 && sig < trapError && sh.main && sh.signals.ignoredFromStart(sig) {
			continue
		}
		sh.setTrap(sig, action, reset)
	}
	return status
}

// showTraps prints the traps that are set, or those that are named.
func (sh *Shell) showTraps(names []string) int {
	show := func(sig system.Signal) {
		if action, ok := sh.traps.actions[sig]; ok {
			sh.printf("trap -- %s %s\n", singleQuoted(action), bashTrapName(sig))
		} else if sig > 0 && sig < trapError && sig != system.SIGQUIT && sig != 32 && sig != 33 && sh.main && sh.sys.Ignored(sig) {
			sh.printf("trap -- '' %s\n", bashTrapName(sig))
		}
	}
	if len(names) > 0 {
		status := 0
		for _, n := range names {
			sig, ok := sh.signalNumber(n)
			if !ok {
				sh.warn("%s: invalid signal specification", n)
				status = 1
				continue
			}
			show(sig)
		}
		return status
	}
	for sig := system.Signal(0); sig <= trapReturn; sig++ {
		show(sig)
	}
	return 0
}

// singleQuoted is singleQuote, always with quotes.
func singleQuoted(s string) string {
	if s == "'" {
		return `''\'''`
	}
	return singleQuote(s)
}

// errTrap runs the ERR trap after a command that failed where set -e counts.
// Functions and subshells do not inherit it without errtrace.
func (sh *Shell) errTrap() {
	action := sh.traps.actions[trapError]
	if action == "" || sh.b.inTrap || sh.b.hidden[0] { // the others are counted from trapError
		return
	}
	sh.runBashTrap(action)
}

// debugTrap runs the DEBUG trap before a command.
func (sh *Shell) debugTrap() {
	if len(sh.traps.actions) == 0 {
		return
	}
	action := sh.traps.actions[trapDebug]
	if action == "" || sh.b.inTrap || sh.b.hidden[trapDebug-trapError] {
		return
	}
	sh.runBashTrap(action)
}

// returnTrap runs the RETURN trap when a function or a sourced file ends.
func (sh *Shell) returnTrap() {
	action := sh.traps.actions[trapReturn]
	if action == "" || sh.b.inTrap || sh.b.hidden[trapReturn-trapError] {
		return
	}
	sh.runBashTrap(action)
}

func (sh *Shell) runBashTrap(action string) {
	status, pipes, line, command := sh.status, sh.b.pipes, sh.line, sh.command
	skip, count := sh.skip, sh.skipCount
	sh.b.inTrap, sh.skip, sh.command = true, skipNone, ""
	defer func() { sh.b.inTrap, sh.command = false, command }()
	sh.evalText([]byte(action), line, evTested)
	sh.status, sh.b.pipes, sh.line = status, pipes, line
	if sh.skip == skipNone {
		sh.skip, sh.skipCount = skip, count
	}
}

// setBashTrap sets one of bash's traps that are no signals.
func (sh *Shell) setBashTrap(sig system.Signal) {
	if sig >= trapError {
		sh.b.hidden[sig-trapError] = false
	}
}

// hideTraps is what a function call does to those traps: without errtrace and
// functrace they are not inherited. The result undoes it, but keeps what the
// function has set itself.
func (sh *Shell) hideTraps() (end func()) {
	outer := sh.b.hidden
	sh.b.hidden[0] = outer[0] || !sh.opt[optErrTrace]
	sh.b.hidden[1] = outer[1] || !sh.opt[optFuncTrace]
	sh.b.hidden[2] = outer[2] || !sh.opt[optFuncTrace]
	return func() {
		for i, h := range sh.b.hidden {
			if h {
				sh.b.hidden[i] = outer[i]
			}
		}
	}
}

// inheritTraps gives a subshell the traps that it inherits.
func (sub *Shell) inheritTraps(sh *Shell) {
	for _, sig := range [...]system.Signal{trapError, trapDebug, trapReturn} {
		if action, ok := sh.traps.actions[sig]; ok && (sig == trapError && sh.opt[optErrTrace] || sig != trapError && sh.opt[optFuncTrace]) {
			sub.traps.put(sig, action)
		}
	}
}

// signalTable is kill -l and trap -l: five signals on a line.
func (sh *Shell) signalTable() int {
	column := 0
	for sig := system.Signal(1); sig < system.SignalCount; sig++ {
		if sig == 32 || sig == 33 {
			continue
		}
		sh.printf("%2d) SIG%s", sig, sig.Name())
		if column++; column == 5 {
			sh.printf("\n")
			column = 0
		} else {
			sh.printf("\t")
		}
	}
	if column != 0 {
		sh.printf("\n")
	}
	return 0
}
