//go:build linux

package linux

import (
	"os"
	"os/signal"
	"runtime"
	"slices"
	"sync"
	"syscall"
	"time"

	"golang.org/x/sys/unix"

	"sysv/system"
)

// signals is what this process does with its signals. It is one for the whole
// process, as the signals are.
var signals struct {
	sync.Mutex
	// in gets all signals that somebody wants, from package os/signal.
	in chan os.Signal
	// wanted has the channels that each signal goes to.
	wanted map[system.Signal][]chan<- system.Signal
	// handler is the Go runtime's own, where it has been taken away from it.
	handler map[syscall.Signal]sigaction
	// raised has those who wait for a signal that they have sent to this
	// process itself.
	raised map[syscall.Signal][]chan struct{}
}

// defaultsOnce gives the default action back to those signals that the Go
// runtime has taken and would answer with a stack dump (QUIT, ABRT, TRAP) or
// not at all (USR1, ALRM, …), where dash would die of them.
var defaultsOnce = sync.OnceFunc(func() {
	signals.Lock()
	defer signals.Unlock()
	for _, s := range [...]syscall.Signal{
		unix.SIGQUIT, unix.SIGTRAP, unix.SIGABRT, unix.SIGUSR1, unix.SIGUSR2, unix.SIGALRM,
		unix.SIGXCPU, unix.SIGXFSZ, unix.SIGVTALRM, unix.SIGIO, unix.SIGPWR,
	} {
		takeDefault(s)
	}
	// A shell starts background jobs with both of these ignored.
	if current(unix.SIGINT) == sigIgnore {
		signal.Ignore(unix.SIGQUIT)
	}
})

// remember keeps the Go runtime's handler of a signal, to put it back when the
// signal is wanted. The runtime itself installs it only once.
func remember(s syscall.Signal, old sigaction) {
	if d := disposition(*old.handler()); d == sigDefault || d == sigIgnore {
		return
	}
	if signals.handler == nil {
		signals.handler = map[syscall.Signal]sigaction{}
	}
	signals.handler[s] = old
}

// takeDefault makes the default action a signal's, whatever the Go runtime
// had in mind for it.
func takeDefault(s syscall.Signal) {
	if old, err := setDisposition(s, sigDefault); err == nil {
		remember(s, old)
	}
}

// handBack gives a signal to the Go runtime again.
func handBack(s syscall.Signal) {
	if h, ok := signals.handler[s]; ok {
		setAction(s, &h, nil)
	}
}

// runtimeOwns tells the signals that the Go runtime cannot do without: its own
// (URG, PROF), its faults, and PIPE, whose default action would end the
// process where a write ought to give EPIPE.
func runtimeOwns(s syscall.Signal) bool {
	switch s {
	case unix.SIGPIPE, unix.SIGURG, unix.SIGPROF, unix.SIGSEGV, unix.SIGBUS, unix.SIGFPE:
		return true
	}
	return false
}

// deaf tells the one signal that a program may catch and the Go runtime will
// not: RTMIN. Only what this process sends to itself is delivered.
func deaf(s syscall.Signal) bool { return s == syscall.Signal(system.SIGRTMIN) }

// reserved tells the signals that glibc keeps to itself: no program catches or
// ignores them.
func reserved(s syscall.Signal) bool { return s == 32 || s == 33 }

// Notify delivers signals to c, as long as c has room. Of RTMIN, for which the
// Go runtime has no handler, it gets what this process sends to itself by
// [Machine.Kill]; sent by another it has its default action.
func (*Machine) Notify(c chan<- system.Signal, sigs ...system.Signal) {
	signals.Lock()
	defer signals.Unlock()
	listen()
	for _, s := range sigs {
		if reserved(toSignal(s)) {
			continue
		}
		if l := signals.wanted[s]; !slices.Contains(l, c) {
			signals.wanted[s] = append(l, c)
		}
		want(toSignal(s))
	}
}

// listen prepares for signals.
func listen() {
	if signals.in == nil {
		signals.in = make(chan os.Signal, system.SignalCount)
		signals.wanted = map[system.Signal][]chan<- system.Signal{}
		go forward(signals.in)
	}
}

// want has the Go runtime handle a signal, whatever its disposition is now.
func want(s syscall.Signal) {
	if deaf(s) {
		setDisposition(s, sigDefault)
		return
	}
	if runtimeOwns(s) && current(s) == sigIgnore {
		// For these the runtime would go on to do what it finds here.
		setDisposition(s, sigDefault)
	}
	signal.Notify(signals.in, s)
	if d := current(s); d == sigDefault || d == sigIgnore {
		handBack(s)
	}
}

func forward(in <-chan os.Signal) {
	for s := range in {
		if n, ok := s.(syscall.Signal); ok {
			signals.Lock()
			deliver(fromSignal(n))
			for _, c := range signals.raised[n] {
				close(c)
			}
			delete(signals.raised, n)
			signals.Unlock()
		}
	}
}

// deliver hands a signal to those who want it, and tells whether anybody does.
func deliver(s system.Signal) bool {
	l := signals.wanted[s]
	for _, c := range l {
		select {
		case c <- s:
		default:
		}
	}
	return len(l) > 0
}

// Ignore makes signals ignored, here and in the programs started from here.
func (*Machine) Ignore(sigs ...system.Signal) {
	signals.Lock()
	defer signals.Unlock()
	for _, s := range sigs {
		delete(signals.wanted, s)
		n := toSignal(s)
		if reserved(n) {
			continue
		}
		if deaf(n) {
			setDisposition(n, sigIgnore)
			continue
		}
		var old sigaction
		if setAction(n, nil, &old) == nil {
			remember(n, old)
		}
		// The Go runtime must know: a signal that it believes to handle it
		// sets back to the default in every program that it starts.
		signal.Ignore(n)
	}
}

// Default restores signals' default action. PIPE, faults and the Go runtime's
// own signals keep its handler; where that matters see [Machine.Kill] and
// [Machine.Die].
func (*Machine) Default(sigs ...system.Signal) {
	signals.Lock()
	defer signals.Unlock()
	for _, s := range sigs {
		delete(signals.wanted, s)
		n := toSignal(s)
		if !runtimeOwns(n) {
			signal.Reset(n)
			takeDefault(n)
			continue
		}
		if d := current(n); d == sigDefault || d == sigIgnore {
			listen()
			want(n)
		}
		signal.Reset(n)
	}
}

// Ignored reports whether a signal is ignored now.
func (*Machine) Ignored(sig system.Signal) bool { return current(toSignal(sig)) == sigIgnore }

// Kill is kill(2). A signal to this very process has arrived when Kill
// returns: it is in the channels of those who want it, or has ended the
// process.
func (m *Machine) Kill(pid int, sig system.Signal) error {
	if sig > 0 && pid == unix.Getpid() {
		return killSelf(sig)
	}
	return fail(unix.Kill(pid, toSignal(sig)))
}

func killSelf(sig system.Signal) error {
	n := toSignal(sig)
	signals.Lock()
	if len(signals.wanted[sig]) > 0 {
		if deaf(n) {
			deliver(sig)
			signals.Unlock()
			return nil
		}
		return raiseWanted(n)
	}
	d := current(n)
	signals.Unlock()
	if d == sigIgnore {
		return nil
	}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if n != unix.SIGURG {
		takeDefaultLocked(n)
	}
	return raise(n)
}

// arrivalTime bounds the wait for a signal to this process itself, which is
// lost where its disposition is changed at the same time.
const arrivalTime = time.Second

// raiseWanted sends a signal to this process by way of the kernel, and waits
// until it is where it is wanted: with it have come all that were sent before.
// It unlocks signals.
func raiseWanted(n syscall.Signal) error {
	arrived := make(chan struct{})
	if signals.raised == nil {
		signals.raised = map[syscall.Signal][]chan struct{}{}
	}
	signals.raised[n] = append(signals.raised[n], arrived)
	signals.Unlock()
	if err := unix.Kill(unix.Getpid(), n); err != nil {
		return fail(err)
	}
	late := time.NewTimer(arrivalTime)
	defer late.Stop()
	select {
	case <-arrived:
	case <-late.C:
	}
	return nil
}

func takeDefaultLocked(n syscall.Signal) {
	signals.Lock()
	defer signals.Unlock()
	takeDefault(n)
}

// Die ends this process by a signal, as a shell does to tell its parent that
// a signal ended it. If that signal's default action ends no process, the exit
// status is 128 and the signal.
func (m *Machine) Die(sig system.Signal) {
	m.Default(sig)
	killSelf(sig)
	m.Exit(128 + int(sig))
}

// Exit is exit_group(2).
func (*Machine) Exit(status int) { syscall.Exit(status) }
