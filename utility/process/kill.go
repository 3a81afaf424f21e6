package process

import (
	"fmt"
	"strconv"
	"strings"

	"sysv/system"
	"sysv/utility/call"
)

// Kill is kill(1) of procps 4.0.2, the program: a shell has its own, that also
// knows jobs.
func Kill(c *call.Call) int {
	args, sig, given := signalArgument(c.Args[1:])
	if !given {
		sig = system.SIGTERM
	}
	var pids []string
	for i := 0; i < len(args); i++ {
		a := args[i]
		switch {
		case a == "--":
			pids = append(pids, args[i+1:]...)
			i = len(args)
		case a == "-l" || a == "--list":
			if i+1 < len(args) && !strings.HasPrefix(args[i+1], "-") {
				return convertSignal(c, args[i+1])
			}
			return listSignals(c)
		case strings.HasPrefix(a, "-l"):
			return convertSignal(c, a[2:])
		case strings.HasPrefix(a, "--list="):
			return convertSignal(c, strings.TrimPrefix(a, "--list="))
		case a == "-s" || a == "--signal":
			if i++; i == len(args) {
				return c.Refuse("a signal is missing")
			}
			n, ok := procpsSignal(args[i])
			if !ok {
				return c.Refuse("the signal " + args[i])
			}
			sig = n
		case len(a) > 1 && a[0] == '-' && a[1] >= '0' && a[1] <= '9':
			pids = append(pids, a)
		case len(a) > 1 && a[0] == '-':
			return c.Refuse(a)
		default:
			pids = append(pids, a)
		}
	}
	if len(pids) == 0 {
		return c.Refuse("kill without a process")
	}
	status := 0
	for _, p := range pids {
		pid, err := strconv.Atoi(p)
		if err != nil {
			return c.Fail("failed to parse argument: '%s'", p)
		}
		if err := c.Sys.Kill(pid, sig); err != nil {
			c.Errorf("(%d): %v", pid, err)
			status = 1
		}
	}
	return status
}

// signalArgument takes the first argument out that is a dash and a signal.
func signalArgument(args []string) (rest []string, sig system.Signal, ok bool) {
	for i, a := range args {
		if strings.HasPrefix(a, "-") {
			if sig, ok := procpsSignal(a[1:]); ok {
				return append(append(rest, args[:i]...), args[i+1:]...), sig, true
			}
		}
	}
	return args, 0, false
}

// procpsSignal reads a signal as procps does: a name in any case, with or
// without SIG, or a number.
func procpsSignal(s string) (system.Signal, bool) {
	if len(s) >= 3 && strings.EqualFold(s[:3], "SIG") {
		s = s[3:]
	}
	name := strings.ToUpper(s)
	switch name {
	case "EXIT", "NULL":
		return 0, true
	}
	if !strings.HasPrefix(name, "RTM") || name == "RTMIN" {
		if sig, ok := system.ParseSignalName(name); ok {
			return sig, true
		}
	}
	if rest, ok := strings.CutPrefix(name, "RTMIN+"); ok {
		n, err := strconv.Atoi(rest)
		return system.SIGRTMIN + system.Signal(n), err == nil && n >= 0 && n+int(system.SIGRTMIN) <= 127
	}
	n, err := strconv.Atoi(s)
	return system.Signal(n), err == nil && n >= 0 && n+int(system.SIGRTMIN) <= 127
}

// procpsName is a signal's name in procps.
func procpsName(sig system.Signal) string {
	if sig == system.SIGIO {
		return "POLL"
	}
	return sig.Name()
}

// lastOldSignal is the last signal that is no real-time one.
const lastOldSignal = system.SIGSYS

func listSignals(c *call.Call) int {
	width := 0
	for sig := system.SIGHUP; sig <= lastOldSignal; sig++ {
		name := procpsName(sig)
		switch {
		case width == 0:
		case width+1+len(name) > 77:
			c.Out.WriteByte('\n')
			width = 0
		default:
			c.Out.WriteByte(' ')
			width++
		}
		c.Out.WriteString(name)
		width += len(name)
	}
	c.Out.WriteByte('\n')
	return 0
}

func convertSignal(c *call.Call, s string) int {
	name := strings.TrimPrefix(strings.ToUpper(s), "SIG")
	if n, err := strconv.Atoi(s); err == nil {
		if n < 1 || system.Signal(n) > lastOldSignal {
			return c.Refuse("the signal " + s)
		}
		fmt.Fprintln(c.Out, procpsName(system.Signal(n)))
		return 0
	}
	sig, ok := system.ParseSignalName(name)
	if !ok || sig > lastOldSignal {
		return c.Refuse("the signal " + s)
	}
	fmt.Fprintln(c.Out, int(sig))
	return 0
}
