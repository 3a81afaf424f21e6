package service

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"sysv/system"
)

// supervised is the System that a supervised script runs on: the one below, but
// a program that would take the script's place becomes its child, so that the
// lock, the deadline and the log go on; and it knows which of this process's
// children were started here, and which ones have come to it as orphans.
type supervised struct {
	system.System

	// mu is held while a process is started, and while orphans are reaped.
	mu  sync.Mutex
	own map[int]bool

	// lock is the service's, or nil.
	lock *lockFile

	// traps tells that the script has set a trap for TERM, or ignores it.
	traps atomic.Bool
	// late is done at the deadline.
	late    context.Context
	setLate context.CancelFunc
	// shut tells that the script may do nothing any more.
	shut atomic.Bool
	// replaced ends this process as the program ended that the script has put
	// into its place.
	replaced func(system.WaitStatus)
}

func newSupervised(below system.System) *supervised {
	m := &supervised{System: below, own: map[int]bool{}}
	m.late, m.setLate = context.WithCancel(context.Background())
	return m
}

// view is the machine with the optional interfaces that the one below has.
func (m *supervised) view() system.System {
	n, notifies := m.System.(system.Notifier)
	d, sends := m.System.(system.DatagramSender)
	if notifies && sends {
		return &struct {
			*supervised
			system.Notifier
			system.DatagramSender
		}{m, n, d}
	}
	return m
}

// Die and AddThreads pass on what the System below may have.
func (m *supervised) Die(sig system.Signal) {
	if d, ok := m.System.(interface{ Die(system.Signal) }); ok {
		d.Die(sig)
	}
}

// AddThreads does so too.
func (m *supervised) AddThreads(n int) { system.AddThreads(m.System, n) }

// Again does so too: what a subshell in a process of its own is run as.
func (m *supervised) Again(fd int) (args []string, variable string) {
	if a, ok := m.System.(interface {
		Again(fd int) (args []string, variable string)
	}); ok {
		return a.Again(fd)
	}
	return nil, ""
}

// gate stops the goroutine for ever once the script is to do nothing more:
// the process is about to end.
func (m *supervised) gate() {
	if m.shut.Load() {
		select {}
	}
}

// Open is the first thing that a command does, before it runs.
func (m *supervised) Open(path string, flag system.OpenFlag, perm system.Mode) (system.File, error) {
	m.gate()
	return m.System.Open(path, flag, perm)
}

// Sleep ends at the deadline, as a program does that TERM ends: there is a trap
// to be run.
func (m *supervised) Sleep(ctx context.Context, d time.Duration) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(m.late, cancel)()
	return m.System.Sleep(ctx, d)
}

// Start starts a process and remembers it.
func (m *supervised) Start(c *system.Command) (system.Child, error) {
	m.gate()
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.lock != nil {
		// A start that is being made is the action's, also when this process
		// has been killed.
		c.Held = m.lock.File
	}
	child, err := m.System.Start(c)
	if err != nil || c.Detach {
		return child, err
	}
	m.own[child.PID()] = true
	return &ownChild{child, m, c.Background}, nil
}

// ownChild is a child that is forgotten when it has been waited for: its pid
// may then be another's.
type ownChild struct {
	system.Child
	m          *supervised
	background bool
}

func (c *ownChild) Wait(stopped bool) (system.WaitStatus, error) {
	if !c.background {
		c.m.lock.waits(c.PID(), true)
		defer c.m.lock.waits(c.PID(), false)
	}
	ws, err := c.Child.Wait(stopped)
	if err == nil && !ws.Stopped {
		c.m.mu.Lock()
		delete(c.m.own, c.PID())
		c.m.mu.Unlock()
	}
	return ws, err
}

// Kill keeps a script that stops itself from stopping the deadline with it: it
// alone waits until CONT comes.
func (m *supervised) Kill(pid int, sig system.Signal) error {
	m.gate()
	if sig == system.SIGSTOP && (pid == 0 || pid == m.System.Getpid()) {
		goOn := make(chan system.Signal, 1)
		m.System.Notify(goOn, system.SIGCONT)
		<-goOn
		m.gate()
		return nil
	}
	return m.System.Kill(pid, sig)
}

// Exec runs the program as a child, passes signals on to it, and ends as it
// ends. It returns only if there is no such program.
func (m *supervised) Exec(c *system.Command) error {
	child, err := m.Start(c)
	if err != nil {
		return err
	}
	m.replaced(m.stand(child))
	return nil
}

// passedOn are the signals that a caller sends to what it believes to be the
// script. Those of a terminal reach the child without us.
func passedOn() []system.Signal {
	return []system.Signal{system.SIGHUP, system.SIGTERM, system.SIGUSR1, system.SIGUSR2, system.SIGWINCH, system.SIGCONT}
}

// stand waits for a child that stands for this process.
func (m *supervised) stand(child system.Child) system.WaitStatus {
	signals := make(chan system.Signal, 8)
	m.System.Notify(signals, append(passedOn(), system.SIGINT, system.SIGQUIT)...)
	m.traps.Store(true) // it decides for itself what TERM does
	done := make(chan system.WaitStatus, 1)
	go func() {
		ws, _ := child.Wait(false)
		done <- ws
	}()
	for {
		select {
		case ws := <-done:
			return ws
		case sig := <-signals:
			if sig != system.SIGINT && sig != system.SIGQUIT {
				m.System.Kill(child.PID(), sig)
			}
		}
	}
}

// Notify, Ignore and Default see whether the script traps TERM.
func (m *supervised) Notify(c chan<- system.Signal, sigs ...system.Signal) {
	m.heed(sigs, true)
	m.System.Notify(c, sigs...)
}

// Ignore sees it too.
func (m *supervised) Ignore(sigs ...system.Signal) {
	m.heed(sigs, true)
	m.System.Ignore(sigs...)
}

// Default sees it too.
func (m *supervised) Default(sigs ...system.Signal) {
	m.heed(sigs, false)
	m.System.Default(sigs...)
}

func (m *supervised) heed(sigs []system.Signal, traps bool) {
	for _, s := range sigs {
		if s == system.SIGTERM {
			m.traps.Store(traps)
		}
	}
}
