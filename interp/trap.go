package interp

import (
	"strconv"
	"strings"
	"sync/atomic"

	"sysv/system"
)

// trapTable is the trap actions of one shell environment. Number 0 is EXIT.
type trapTable struct {
	// actions has the text for each trap that is set; "" ignores the signal.
	actions map[system.Signal]string
}

func (t *trapTable) set(sig system.Signal) bool {
	_, ok := t.actions[sig]
	return ok
}

// any tells whether a trap is set that is not just an ignored signal.
func (t *trapTable) any() bool {
	for _, a := range t.actions {
		if a != "" {
			return true
		}
	}
	return false
}

// forSubshell keeps what is ignored: the rest is reset in a subshell.
func (t *trapTable) forSubshell() trapTable {
	var c trapTable
	for sig, a := range t.actions {
		if a == "" && sig != 0 && sig < trapError {
			c.put(sig, "")
		}
	}
	return c
}

func (t *trapTable) put(sig system.Signal, action string) {
	if t.actions == nil {
		t.actions = make(map[system.Signal]string)
	}
	t.actions[sig] = action
}

// signals receives the signals that the shell has traps for. Only the shell
// itself, and no subshell in the same process, gets any.
type signals struct {
	sys system.System
	// in has the signals that have come and were not looked at; nil without
	// traps.
	in chan system.Signal
	// pending has a bit for each signal whose trap has not run yet.
	pending uint64
	// waited tells that a child has ended since the last look: what it sent
	// before its end must be seen before the next command.
	waited atomic.Bool
	// known tells which signals a trap has been set for before, and hard
	// which of them the shell found ignored when it started: those stay so
	// (XCU 2.14, trap).
	known, hard uint64
	// brokenPipes counts the PIPE signals that subshells and utilities have
	// caused in this process and that were not seen yet.
	brokenPipes atomic.Int32
	interrupts  interrupts
}

// barrier is the signal by which the shell finds out that all signals sent to
// it before have arrived: Go delivers signals in its own time.
const barrier = system.SIGRTMAX - 1

func signalBit(sig system.Signal) uint64 { return 1 << (uint(sig) & 63) }

func (s *signals) notify(sig system.Signal) {
	if s.in == nil {
		s.in = make(chan system.Signal, 128)
		s.sys.Notify(s.in, barrier)
	}
	if sig == system.SIGPIPE {
		s.brokenPipes.Store(0) // those before had no trap to come to
	}
	s.sys.Notify(s.in, sig)
}

// arrived has a signal when one has come, to be given to got; it is nil
// (never ready) without traps.
func (s *signals) arrived() <-chan system.Signal { return s.in }

func (s *signals) got(sig system.Signal) { s.pending |= signalBit(sig) }

// look takes all signals that have come.
func (s *signals) look() uint64 {
	if s.in == nil {
		return 0
	}
	if s.waited.Swap(false) {
		// Twice: another thread may have taken a signal from the kernel, and
		// be a moment late to hand it on.
		s.sys.Kill(s.sys.Getpid(), barrier)
		s.sys.Kill(s.sys.Getpid(), barrier)
	}
	for {
		select {
		case sig := <-s.in:
			if sig == system.SIGPIPE && s.brokenPipes.Load() > 0 {
				s.brokenPipes.Add(-1)
				continue
			}
			s.got(sig)
		default:
			return s.pending
		}
	}
}

func (s *signals) ignoredFromStart(sig system.Signal) bool {
	bit := signalBit(sig)
	if s.known&bit == 0 {
		s.known |= bit
		if s.sys.Ignored(sig) {
			s.hard |= bit
		}
	}
	return s.hard&bit != 0
}

// pendingSignal is the lowest signal that waits for its trap, or 0.
func (sh *Shell) pendingSignal() system.Signal {
	if !sh.main {
		return 0
	}
	p := sh.signals.look()
	for sig := system.Signal(1); sig < 64; sig++ {
		if p&signalBit(sig) != 0 && sh.traps.actions[sig] != "" {
			return sig
		}
	}
	return 0
}

// runPendingTraps runs the actions of signals that have arrived.
func (sh *Shell) runPendingTraps() {
	sh.interrupted()
	if !sh.main || sh.signals.in == nil {
		return
	}
	p := sh.signals.look()
	if p == 0 {
		return
	}
	sh.signals.pending = 0
	for sig := system.Signal(1); sig < 64; sig++ {
		if p&signalBit(sig) == 0 {
			continue
		}
		action := sh.traps.actions[sig]
		if action == "" {
			continue
		}
		status := sh.status
		sh.evalTrap(action, status)
		if sh.skip == skipReturn && (sh.skipCount > 0 || sh.dialect == Bash) {
			return
		}
		sh.status = status
	}
}

// evalTrap runs an action; status is that before it.
func (sh *Shell) evalTrap(action string, status int) {
	if sh.inTraps >= maxNesting {
		sh.fatal(2, "traps: nested too deeply (more than %d)", maxNesting)
	}
	if sh.inTraps == 0 {
		sh.trapStatus = status
	}
	sh.inTraps++
	defer func() { sh.inTraps-- }()
	line, first := sh.line, sh.line
	if sh.dialect == Dash {
		first = 1
	}
	sh.evalText([]byte(action), first, 0)
	sh.line = line
}

// runExitTrap runs the EXIT trap of an environment that ends with status, and
// returns the status that it ends with then.
func (sh *Shell) runExitTrap(status int) int {
	action, ok := sh.traps.actions[0]
	if ok && action != "" {
		delete(sh.traps.actions, 0)
		sh.status = status
		sh.skip = skipNone
		ended := false
		end := sh.guard(func() {
			sh.evalTrap(action, status)
			ended = true
		})
		if !ended {
			status = end
		}
	}
	sh.out.flush()
	return status
}

// builtinTrap is trap [action] signal…, trap -, trap.
func builtinTrap(sh *Shell, argv []string, _ evalFlags) int {
	_, args := sh.options(argv, "")
	if len(args) == 0 {
		for sig := range system.Signal(system.SignalCount) {
			if action, ok := sh.traps.actions[sig]; ok {
				sh.printf("trap -- %s %s\n", quote(action), sh.trapName(sig))
			}
		}
		return 0
	}
	action, reset := "", true
	if len(args) > 1 {
		if _, isSignal := signalDigits(args[0]); !isSignal {
			action, reset = args[0], args[0] == "-"
			args = args[1:]
		}
	}
	status := 0
	for _, a := range args {
		sig, ok := sh.signalNumber(a)
		if !ok {
			sh.warnTrap(a)
			if status = 1; sh.dialect == Dash {
				return status
			}
			continue
		}
		sh.setTrap(sig, action, reset)
	}
	return status
}

func (sh *Shell) warnTrap(name string) {
	if sh.dialect == Bash {
		sh.warn("%s: invalid signal specification", name)
		return
	}
	sh.out.flush()
	system.WriteAll(sh.p.Stderr(), []byte("trap: "+name+": bad trap\n"))
}

// trapName is a signal as trap prints it.
func (sh *Shell) trapName(sig system.Signal) string {
	if sig == 0 {
		return "EXIT"
	}
	if sh.dialect == Bash {
		return "SIG" + sig.Name()
	}
	return dashSignal(sig)
}

// signalDigits reads a signal's number.
func signalDigits(s string) (system.Signal, bool) {
	n, err := strconv.Atoi(s)
	return system.Signal(n), err == nil && s[0] != '-' && s[0] != '+' && n < system.SignalCount
}

// signalNumber reads a signal's name or number; 0 and EXIT are 0.
func (sh *Shell) signalNumber(s string) (system.Signal, bool) {
	if _, err := strconv.Atoi(s); err == nil && s[0] != '-' && s[0] != '+' {
		return signalDigits(s)
	}
	up := strings.ToUpper(s)
	if sh.dialect == Bash {
		up = strings.TrimPrefix(up, "SIG")
	}
	if up == "EXIT" {
		return 0, true
	}
	if sh.dialect == Bash {
		if sig, ok := bashTrapNumber(up); ok {
			return sig, true
		}
	}
	return sh.signalNamed(up)
}

// setTrap sets one trap. In the shell itself the signal's disposition
// follows; a subshell's is kept for the programs that it starts.
func (sh *Shell) setTrap(sig system.Signal, action string, reset bool) {
	if reset {
		delete(sh.traps.actions, sig)
	} else {
		sh.traps.put(sig, action)
	}
	if sig == 0 || sig == system.SIGKILL || sig == system.SIGSTOP || sig >= trapError {
		sh.setBashTrap(sig)
		return
	}
	if sh.main {
		if sh.signals.ignoredFromStart(sig) {
			return
		}
		if sig == system.SIGINT {
			sh.signals.interrupts.change(!reset)
		}
		switch {
		case reset:
			sh.sys.Default(sig)
		case action == "":
			sh.sys.Ignore(sig)
		default:
			sh.signals.notify(sig)
		}
		return
	}
	sh.p.Ignored = without(sh.p.Ignored, sig)
	sh.p.Restored = without(sh.p.Restored, sig)
	switch ignored := sh.sys.Ignored(sig); {
	case !reset && action == "" && !ignored:
		sh.p.Ignored = append(sh.p.Ignored, sig)
	case (reset || action != "") && ignored:
		sh.p.Restored = append(sh.p.Restored, sig)
	}
}

// ignore makes a subshell ignore a signal, with the programs that it starts.
func (sh *Shell) ignore(sig system.Signal) {
	sh.p.Ignored = without(sh.p.Ignored, sig)
	sh.p.Restored = without(sh.p.Restored, sig)
	if !sh.sys.Ignored(sig) {
		sh.p.Ignored = append(sh.p.Ignored, sig)
	}
}

func without(list []system.Signal, sig system.Signal) []system.Signal {
	var out []system.Signal
	for _, s := range list {
		if s != sig {
			out = append(out, s)
		}
	}
	return out
}
