package interp

import (
	"strconv"
	"strings"

	"sysv/system"
)

// builtinKill is kill [-s signal | -signal] pid…, kill -l [status].
func builtinKill(sh *Shell, argv []string, _ evalFlags) int {
	if len(argv) < 2 {
		return sh.killUsage()
	}
	sig, args := system.Signal(-1), argv[1:]
	list, named := false, false
	if first := args[0]; len(first) > 1 && first[0] == '-' && first != "--" {
		if n, ok := sh.killSignal(first[1:]); ok {
			sig, args, named = n, args[1:], true
		} else {
			list, sig, args = sh.killOptions(argv)
		}
	}
	if list && (sig < 0 || sh.dialect == Bash) {
		return sh.listSignals(args)
	}
	if len(args) > 0 && args[0] == "--" && !(named && sh.dialect == Dash) {
		args = args[1:]
	}
	if list != (len(args) == 0) {
		return sh.killUsage()
	}
	if list {
		return sh.listSignals(args)
	}
	if sig < 0 {
		sig = system.SIGTERM
	}
	status := 0
	for _, a := range args {
		pid := 0
		if strings.HasPrefix(a, "%") {
			pid = sh.job(a).pid
			if sh.dialect == Dash {
				// Its process group, which it has with job control alone.
				pid = -pid
			}
		} else {
			digits, negative := strings.CutPrefix(a, "-")
			n, ok := wholeNumber(digits)
			if !ok {
				if sh.dialect == Bash {
					sh.warn("%s: arguments must be process or job IDs", a)
					status = 1
					continue
				}
				sh.badNumber(digits)
			}
			if pid = n; negative {
				pid = -n
			}
		}
		sh.out.flush()
		if err := sh.kill(pid, sig); err != nil {
			if sh.dialect == Bash {
				sh.warn("(%s) - %v", a, err)
			} else {
				sh.warn("%v\n", err)
			}
			status = 1
		}
	}
	return status
}

// killOptions reads the options of kill; sig is -1 if there is none.
func (sh *Shell) killOptions(argv []string) (list bool, sig system.Signal, args []string) {
	spec, sig := "ls:", system.Signal(-1)
	if sh.dialect == Bash {
		spec = "ls:n:"
	}
	opts, args := sh.options(argv, spec)
	for _, o := range opts {
		if o.letter == 'l' {
			list = true
			continue
		}
		n, ok := sh.killSignal(o.arg)
		if !ok {
			if sh.dialect == Bash {
				sh.warn("%s: invalid signal specification", o.arg)
				panic(abort{1})
			}
			sh.fatal(2, "invalid signal number or name: %s", o.arg)
		}
		sig = n
	}
	return list, sig, args
}

// killUsage is for a kill that names no process: that is an error, and no
// process has got a signal.
func (sh *Shell) killUsage() int {
	if sh.dialect == Bash {
		sh.out.flush()
		system.WriteAll(sh.p.Stderr(), []byte("kill: usage: kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]\n"))
		return 2
	}
	sh.fatal(2, "Usage: kill [-s sigspec | -signum | -sigspec] [pid | job]... or\nkill -l [exitstatus]")
	return 2
}

// kill sends a signal. One to the shell itself takes effect before the next
// command, as it would in a process of its own.
func (sh *Shell) kill(pid int, sig system.Signal) error {
	if sh.main && sig != 0 && pid == sh.sys.Getpid() {
		action, trapped := sh.traps.actions[sig]
		switch {
		case trapped && action != "":
			// The trap runs before the next command: the signal must have
			// arrived by then.
			sh.signals.waited.Store(true)
		case !trapped && !sh.sys.Ignored(sig) && endsProcess(sig):
			sh.die(sig)
		}
	}
	err := sh.sys.Kill(pid, sig)
	if err == nil && sig == system.SIGINT && pid <= 0 {
		sh.settleInterrupt() // the group may be this shell's
	}
	return err
}

// endsProcess tells whether a signal's default action ends a process.
func endsProcess(sig system.Signal) bool {
	switch sig {
	case system.SIGCHLD, system.SIGCONT, system.SIGSTOP, system.SIGTSTP, system.SIGTTIN, system.SIGTTOU, system.SIGURG, system.SIGWINCH:
		return false
	}
	return true
}

// killSignal reads a signal for kill: a number, or a name without SIG, in any
// case.
func (sh *Shell) killSignal(s string) (system.Signal, bool) {
	if n, err := strconv.Atoi(s); err == nil && s[0] != '+' && s[0] != '-' {
		return system.Signal(n), n >= 0 && n < system.SignalCount
	}
	up := strings.ToUpper(s)
	if sh.dialect == Bash {
		up = strings.TrimPrefix(up, "SIG")
	}
	if up == "EXIT" {
		return 0, sh.dialect == Bash
	}
	return sh.signalNamed(up)
}

// signalNamed finds a signal by a name that this shell has for it.
func (sh *Shell) signalNamed(name string) (system.Signal, bool) {
	sig, ok := system.ParseSignalName(name)
	return sig, ok && (sh.dialect == Bash || dashSignal(sig) == name)
}

// dashSignal is the name that dash has for a signal: for one it has none.
func dashSignal(sig system.Signal) string {
	if sig == system.SIGSTKFLT {
		return "16"
	}
	return sig.Name()
}

func (sh *Shell) listSignals(args []string) int {
	if len(args) == 0 {
		if sh.dialect == Bash {
			return sh.signalTable()
		}
		sh.printf("0\n")
		for sig := system.Signal(1); sig < system.SignalCount; sig++ {
			sh.printf("%s\n", dashSignal(sig))
		}
		return 0
	}
	for _, a := range args {
		if sh.dialect == Bash {
			if sig, ok := sh.killSignal(a); ok && strings.Trim(a, "0123456789") != "" {
				sh.printf("%d\n", sig)
				continue
			}
		}
		n := sh.number(a)
		if n > 128 {
			n -= 128
		}
		if n < 1 || n >= system.SignalCount {
			if sh.dialect == Bash {
				sh.fatal(2, "invalid signal number or name: %s", a)
			}
			sh.fatal(2, "invalid signal number or exit status: %s", a)
		}
		if sh.dialect == Dash {
			sh.printf("%s\n", dashSignal(system.Signal(n)))
			break // dash looks at the first alone
		}
		sh.printf("%s\n", system.Signal(n).Name())
	}
	return 0
}
