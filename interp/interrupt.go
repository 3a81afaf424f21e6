package interp

import (
	"sync"
	"sync/atomic"
	"time"

	"sysv/system"
)

// interrupts is what becomes of an INT that has no trap. As dash does, a shell
// that waits for a program waits on until that has ended, and dies of the INT
// then; otherwise it dies at once.
//
// dash's subshells are processes, which get an INT of their own if it is sent
// to the whole group. Here they share the one that the shell gets: with one of
// them, or a built-in utility, at work it counts as sent to the group.
type interrupts struct {
	sys system.System
	die func(system.Signal)

	mu sync.Mutex
	// off tells that the signal has a trap, is ignored, or kills a shell that
	// reads its commands from standard input, as it does there in dash.
	off bool
	// in has the signals that come; nil before the first program is waited
	// for. watched tells that INT goes there now.
	in      chan system.Signal
	watched bool
	// working counts the shell and its subshells in this process that do not
	// wait for a program.
	working int
	// came tells that there was an INT while all of them waited.
	came atomic.Bool
	// seen gets something when the barrier has come through in.
	seen chan struct{}
}

// watch makes INT come here. It is done when the first program is waited for:
// most calls of a script for a status have none. done is closed when the shell
// has ended, if anybody closes it.
func (i *interrupts) watch(done <-chan struct{}) {
	if i.watched || i.off {
		return
	}
	if i.sys.Ignored(system.SIGINT) {
		i.off = true
		return
	}
	i.watched = true
	if i.in == nil {
		i.in = make(chan system.Signal, 16)
		i.seen = make(chan struct{}, 1)
		go i.take(done)
	}
	i.sys.Notify(i.in, system.SIGINT, barrier)
}

// change tells that a trap for INT is set (or the signal ignored) from now on,
// or is not any more.
func (i *interrupts) change(off bool) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.off, i.watched = off, false
}

func (i *interrupts) take(done <-chan struct{}) {
	for {
		var sig system.Signal
		select {
		case sig = <-i.in:
		case <-done:
			return
		}
		if sig == barrier {
			select {
			case i.seen <- struct{}{}:
			default:
			}
			continue
		}
		i.mu.Lock()
		if i.watched {
			if i.came.Store(true); i.working > 0 {
				i.end()
			}
		}
		i.mu.Unlock()
	}
}

// end ends the process by INT.
func (i *interrupts) end() {
	i.die(system.SIGINT)
	i.sys.Default(system.SIGINT)
	i.sys.Kill(i.sys.Getpid(), system.SIGINT)
}

// add counts subshells that begin (or, with -1, one that ends).
func (i *interrupts) add(n int) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.working += n
}

// arrivalPause is how long an INT takes from the kernel to here, at first
// guess; arrivalTries bounds the guesses, each twice as long.
const (
	arrivalPause = 20 * time.Microsecond
	arrivalTries = 14
)

// settleInterrupt waits until an INT has arrived that was sent before.
func (sh *Shell) settleInterrupt() {
	i := &sh.signals.interrupts
	i.mu.Lock()
	watched := i.watched
	i.mu.Unlock()
	if !watched {
		return
	}
	select {
	case <-i.seen:
	default:
	}
	i.sys.Kill(i.sys.Getpid(), barrier)
	pause := arrivalPause
	for range arrivalTries {
		select {
		case <-i.seen:
			return
		default:
		}
		if i.sys.Sleep(sh.ctx, pause) != nil {
			return
		}
		pause *= 2
	}
}

// await waits for a program that the shell, or a subshell of it, has started
// in the foreground. A subshell whose program an INT has ended ends with it:
// the INT was sent to the group. What it means for the shell itself is looked
// at by [Shell.interrupted].
func (sh *Shell) await(child system.Child, stopped bool) (system.WaitStatus, error) {
	i := &sh.signals.interrupts
	i.mu.Lock()
	i.watch(sh.ctx.Done())
	i.working--
	i.mu.Unlock()
	st, err := child.Wait(stopped)
	sh.signals.waited.Store(true)
	i.add(1)
	if st.Signal == system.SIGINT && !i.came.Load() {
		sh.settleInterrupt()
	}
	if !i.came.Load() {
		return st, err
	}
	switch {
	case st.Signal == system.SIGINT && !sh.main:
		panic(exit{status: st.Status()})
	case st.Signal != system.SIGINT && sh.dialect == Bash:
		// bash lets the program decide.
		i.came.Store(false)
	}
	return st, err
}

// interrupted ends the shell itself by an INT that came while it waited.
func (sh *Shell) interrupted() {
	if i := &sh.signals.interrupts; sh.main && i.came.Load() {
		sh.out.flush()
		i.end()
		panic(exit{status: 128 + int(system.SIGINT)})
	}
}
