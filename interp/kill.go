package interp

import (
	"strconv"
	"strings"

	"sysv/system"
)

// builtinKill is kill [-s signal | -signal] pid…, kill -l [status].
func builtinKill(sh *Shell, argv []string, _ evalFlags) int {
	if len(argv) < 2 {
		if sh.dialect == Bash {
			sh.warn("usage: kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]")
			return 2
		}
		sh.fatal(2, "Usage: kill [-s sigspec | -signum | -sigspec] [pid | job]... or\nkill -l [exitstatus]")
	}
	sig, args := system.SIGTERM, argv[1:]
	list, named := false, false
	if first := args[0]; len(first) > 1 && first[0] == '-' && first != "--" {
		if n, ok := sh.killSignal(first[1:]); ok {
			sig, args, named = n, args[1:], true
		} else {
			opts, rest := sh.options(argv, "ls:n:")
			for _, o := range opts {
				switch o.letter {
				case 'l':
					list = true
				default:
					n, ok := sh.killSignal(o.arg)
					if !ok {
						if sh.dialect == Bash {
							sh.warn("%s: invalid signal specification", o.arg)
							return 1
						}
						sh.fatal(2, "invalid signal number or name: %s", o.arg)
					}
					sig = n
				}
			}
			args = rest
		}
	}
	if list {
		return sh.listSignals(args)
	}
	if len(args) > 0 && args[0] == "--" && !(named && sh.dialect == Dash) {
		args = args[1:]
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
			n, err := strconv.Atoi(a)
			if err != nil {
				if sh.dialect == Bash {
					sh.warn("%s: arguments must be process or job IDs", a)
					status = 1
					continue
				}
				sh.fatal(2, "Illegal number: %s", strings.TrimPrefix(a, "-"))
			}
			pid = n
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
	return system.ParseSignalName(up)
}

func (sh *Shell) listSignals(args []string) int {
	if len(args) == 0 {
		if sh.dialect == Bash {
			return sh.signalTable()
		}
		sh.printf("0\n")
		for sig := system.Signal(1); sig < system.SignalCount; sig++ {
			sh.printf("%s\n", sig.Name())
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
		sh.printf("%s\n", system.Signal(n).Name())
		if sh.dialect == Dash {
			break // dash looks at the first alone
		}
	}
	return 0
}
