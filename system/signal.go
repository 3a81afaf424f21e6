package system

import (
	"strconv"
	"strings"
)

// Signal is a signal's number, as in signal(7) for x86 and ARM.
type Signal int

// Signals.
const (
	SIGHUP    Signal = 1
	SIGINT    Signal = 2
	SIGQUIT   Signal = 3
	SIGILL    Signal = 4
	SIGTRAP   Signal = 5
	SIGABRT   Signal = 6
	SIGBUS    Signal = 7
	SIGFPE    Signal = 8
	SIGKILL   Signal = 9
	SIGUSR1   Signal = 10
	SIGSEGV   Signal = 11
	SIGUSR2   Signal = 12
	SIGPIPE   Signal = 13
	SIGALRM   Signal = 14
	SIGTERM   Signal = 15
	SIGSTKFLT Signal = 16
	SIGCHLD   Signal = 17
	SIGCONT   Signal = 18
	SIGSTOP   Signal = 19
	SIGTSTP   Signal = 20
	SIGTTIN   Signal = 21
	SIGTTOU   Signal = 22
	SIGURG    Signal = 23
	SIGXCPU   Signal = 24
	SIGXFSZ   Signal = 25
	SIGVTALRM Signal = 26
	SIGPROF   Signal = 27
	SIGWINCH  Signal = 28
	SIGIO     Signal = 29
	SIGPWR    Signal = 30
	SIGSYS    Signal = 31
	// SIGRTMIN and SIGRTMAX are glibc's: the kernel's first two real-time
	// signals belong to its threads.
	SIGRTMIN Signal = 34
	SIGRTMAX Signal = 64
)

// SignalCount is one more than the highest signal number (NSIG).
const SignalCount = 65

var signalNames = [...]string{
	"", "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM", "TERM",
	"STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR", "SYS",
}

// Name is the signal's name without SIG, as kill -l prints it: "HUP",
// "RTMIN+3", or "32" for one that has no name.
func (s Signal) Name() string {
	switch {
	case s > 0 && int(s) < len(signalNames):
		return signalNames[s]
	case s == SIGRTMIN:
		return "RTMIN"
	case s == SIGRTMAX:
		return "RTMAX"
	case s > SIGRTMIN && s <= SIGRTMIN+15:
		return "RTMIN+" + strconv.Itoa(int(s-SIGRTMIN))
	case s > SIGRTMIN && s < SIGRTMAX:
		return "RTMAX-" + strconv.Itoa(int(SIGRTMAX-s))
	}
	return strconv.Itoa(int(s))
}

// ParseSignalName finds a signal by its name without SIG; case counts.
// Upper-case the name first where case shall not count.
func ParseSignalName(name string) (Signal, bool) {
	for i, n := range signalNames {
		if i > 0 && n == name {
			return Signal(i), true
		}
	}
	switch name {
	case "RTMIN":
		return SIGRTMIN, true
	case "RTMAX":
		return SIGRTMAX, true
	case "CLD":
		return SIGCHLD, true
	case "POLL":
		return SIGIO, true
	case "IOT":
		return SIGABRT, true
	}
	if d, ok := strings.CutPrefix(name, "RTMIN+"); ok {
		if n, err := strconv.Atoi(d); err == nil && n >= 0 && n <= 30 {
			return SIGRTMIN + Signal(n), true
		}
	}
	if d, ok := strings.CutPrefix(name, "RTMAX-"); ok {
		if n, err := strconv.Atoi(d); err == nil && n >= 0 && n <= 30 {
			return SIGRTMAX - Signal(n), true
		}
	}
	return 0, false
}

var signalText = [...]string{
	"", "Hangup", "Interrupt", "Quit", "Illegal instruction", "Trace/breakpoint trap", "Aborted", "Bus error", "Floating point exception",
	"Killed", "User defined signal 1", "Segmentation fault", "User defined signal 2", "Broken pipe", "Alarm clock", "Terminated",
	"Stack fault", "Child exited", "Continued", "Stopped (signal)", "Stopped", "Stopped (tty input)", "Stopped (tty output)",
	"Urgent I/O condition", "CPU time limit exceeded", "File size limit exceeded", "Virtual timer expired", "Profiling timer expired",
	"Window changed", "I/O possible", "Power failure", "Bad system call",
}

// String is glibc's strsignal(3), as a shell reports a killed job.
func (s Signal) String() string {
	if s > 0 && int(s) < len(signalText) {
		return signalText[s]
	}
	if s >= SIGRTMIN && s <= SIGRTMAX {
		return "Real-time signal " + strconv.Itoa(int(s-SIGRTMIN))
	}
	return "Unknown signal " + strconv.Itoa(int(s))
}
