package daemon

import (
	"errors"
	"strconv"
	"strings"

	"sysv/system"
)

// Kind is what a [Step] of a retry schedule does.
type Kind int

// Kinds of a step.
const (
	Send  Kind = iota // send signal Value
	Await             // wait Value seconds at most until the processes have ended
	Again             // go back to step Value, for ever
)

// Step is one item of a retry schedule of start-stop-daemon(8).
type Step struct {
	Kind  Kind
	Value int
}

// ParseSchedule reads a retry schedule: TERM/30/KILL/5, with "forever" before
// what shall be repeated, or just a number of seconds, which is first, that
// number, KILL and that number again. The errors are dpkg's.
func ParseSchedule(text string, first system.Signal) ([]Step, error) {
	if !strings.Contains(text, "/") {
		step, forever, err := parseStep(text)
		if err != nil {
			return nil, err
		}
		if forever || step.Kind != Await {
			return nil, errors.New("--retry takes timeout, or schedule list of at least two items")
		}
		return []Step{{Send, int(first)}, step, {Send, int(system.SIGKILL)}, step}, nil
	}
	repeat := -1
	var steps []Step
	for item := range strings.SplitSeq(strings.TrimSuffix(text, "/"), "/") {
		if len(item) > 19 {
			return nil, errors.New("invalid schedule item: far too long (you must delimit items with slashes)")
		}
		step, forever, err := parseStep(item)
		if err != nil {
			return nil, err
		}
		if forever {
			if repeat >= 0 {
				return nil, errors.New("invalid schedule: 'forever' appears more than once")
			}
			repeat = len(steps)
			continue
		}
		steps = append(steps, step)
	}
	if repeat == len(steps) {
		return nil, errors.New("invalid schedule: 'forever' appears last, nothing to repeat")
	}
	if repeat >= 0 {
		steps = append(steps, Step{Again, repeat})
	}
	return steps, nil
}

func parseStep(item string) (step Step, forever bool, err error) {
	if item == "forever" {
		return Step{}, true, nil
	}
	if item != "" && item[0] >= '0' && item[0] <= '9' {
		n, ok := Unsigned(item)
		if !ok {
			return Step{}, false, errors.New("invalid timeout value in schedule")
		}
		return Step{Await, n}, false, nil
	}
	sig, ok := ParseSignal(strings.TrimPrefix(item, "-"))
	if !ok {
		return Step{}, false, errors.New("invalid schedule item (must be [-]<signal-name>, -<signal-number>, <timeout> or 'forever'")
	}
	return Step{Send, int(sig)}, false, nil
}

// ParseSignal reads a signal as start-stop-daemon does: a number, or one of
// the nineteen names that it knows, without SIG and in upper case.
func ParseSignal(s string) (system.Signal, bool) {
	if n, ok := Unsigned(s); ok {
		return system.Signal(n), true
	}
	switch s {
	case "ABRT", "ALRM", "FPE", "HUP", "ILL", "INT", "KILL", "PIPE", "QUIT", "SEGV", "TERM", "USR1", "USR2",
		"CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU":
		return system.ParseSignalName(s)
	}
	return 0, false
}

// Unsigned reads a number from 0 to 2147483647 as strtol(3) does: blanks and
// a + may stand before it, nothing after it.
func Unsigned(s string) (int, bool) {
	s = strings.TrimLeft(s, " \t\n\v\f\r")
	s, _ = strings.CutPrefix(s, "+")
	if s == "" || s[0] < '0' || s[0] > '9' {
		// -0 is a number to strtol.
		rest, minus := strings.CutPrefix(s, "-")
		return 0, minus && rest != "" && strings.Trim(rest, "0") == ""
	}
	n, err := strconv.ParseInt(s, 10, 64)
	return int(n), err == nil && n <= 1<<31-1
}
