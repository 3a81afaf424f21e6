// Package simulated is an invented machine: a [system.System] that is all in
// memory. Files, processes, users and the clock are made up, nothing of the
// host is read (but for a base layer, if one is given) and nothing of it is
// ever changed. It builds and runs on every operating system.
//
// # Processes and turns
//
// A program is a model: a Go function that does to the machine what the
// program would ([Program]). Each process runs its model in a goroutine, and
// processes take turns: one runs until it waits (for time, a child, a pipe, a
// lock) or has made many calls, then the next in the queue. So the same
// models give the same run each time.
//
// The clock is virtual. It stands still while any process can run, and moves
// to the next moment that somebody waits for when none can. A model must wait
// by the machine's own means ([system.Host] Sleep, reads, Wait), as it would
// on a real machine; see [Pause]. One that waits by other means (a channel of
// its own, ctx.Done) is noticed by a watchdog after a moment of real time,
// and the others go on without it.
//
// A process whose calls come from several goroutines has one turn for all of
// them, and counts as waiting as soon as one of them waits; before the clock
// is moved the others get a chance to run. [Threads] makes that exact.
package simulated

import (
	"context"
	"io/fs"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"sysv/system"
)

// Program is a model of a program: what it does to the machine that p.Sys is,
// through p's descriptors. args is the argument vector. Its result is the
// exit status, 0 to 255.
//
// A signal whose default action is to end the process cancels ctx; the model
// then tidies up as the program would and returns its exit status, or
// [BySignal] where the signal itself shall have ended it. A model that gives
// the signal to Notify has it delivered there and ctx goes on. SIGKILL ends a
// process at once: the model's next call does not return.
type Program func(ctx context.Context, p *system.Process, args []string) int

// BySignal is what a [Program] returns to end by the signal that cancelled
// its context, as a program without a handler does.
const BySignal = -1

// Forever is longer than any run: a Sleep that only its context ends.
const Forever = time.Duration(1<<63 - 1)

// Pause waits until ctx has ended, as pause(2) does.
func Pause(ctx context.Context, p *system.Process) { p.Sys.Sleep(ctx, Forever) }

// Options says what a new machine is like. The zero value is an empty
// machine: a root directory and /proc.
type Options struct {
	// Base is a file system under the machine's own, of which nothing is
	// changed: what is written, and what is removed, is so in memory only. A
	// directory of it is read once, when it is first looked at.
	Base system.Files
	// BaseFS is a base too, for where Base is nil; its files belong to root,
	// but for those that say otherwise by an [Owner].
	BaseFS fs.FS
	// NoProc leaves /proc out.
	NoProc bool
	// Capacity is how many bytes all files may hold in memory before writing
	// gives ENOSPC; 0 is 256 MiB.
	Capacity int64

	// Programs are the models, by the absolute path of the program's file
	// (which must be in the tree, and executable). A script without a model
	// runs that of its interpreter.
	Programs map[string]Program
	// Find, if not nil, gives the model of a program that is not in Programs,
	// or nil, if its file is no script with a "#!" line; it is asked for the
	// path as it was named, and for the one without symbolic links. It must
	// not use the machine.
	Find func(path string) Program
	// Otherwise is the model of a program that has none; nil makes Start fail
	// with ENOSYS.
	Otherwise Program

	// PID and PPID are those of the first process; 0 is 100 and 1.
	PID, PPID int
	// Identity is who the first process is; the zero value is root.
	Identity system.Identity
	// Comm is the first process's name in /proc and Env its environment; ""
	// is "sysv".
	Comm string
	Env  []string
	// Executable is what the first process's Executable gives.
	Executable string
	// Inherited are files that the first process was started with, at
	// descriptors 3 and up.
	Inherited map[int]system.File

	// Time is the time at the start; zero is 2026-01-01 00:00 UTC. Uptime is
	// for how long the machine has been up then; 0 is one minute.
	Time   time.Time
	Uptime time.Duration
	// CallTime is what each call on the machine takes. With 0 calls take no
	// time, and a loop that does not sleep stops the clock.
	CallTime time.Duration
	// Uname is the machine's; empty fields are filled in.
	Uname system.Uname
	// Seed is for /dev/urandom.
	Seed uint64
	// MaxProcesses is how many processes there may be at a time before another
	// gives EAGAIN; 0 is as many as there are pids.
	MaxProcesses int
	// Faults are what is wrong with the machine.
	Faults Faults
	// Outside makes the first process one that looks on from outside: the
	// others do not see it in /proc and cannot signal it.
	Outside bool
	// Patient leaves out the watchdog: a model that keeps its turn without a
	// call keeps the others waiting for as long as it likes. It is for models
	// whose work is bounded by other means, whose runs must all be the same.
	Patient bool
	// Effects, if not nil, is told each effect as it happens. It must not use
	// the machine.
	Effects func(Effect)
}

// defaultCapacity is more than any script's files need, and little enough
// for a hostile one not to fill the host's memory.
const defaultCapacity = 256 << 20

// Machine is an invented machine, as its first process sees it. Its methods
// are the calls of that process; those that only a test or a rehearsal uses
// are its own.
type Machine struct {
	*process
}

// New makes a machine with one process in it (and init, if that is another).
func New(o Options) *Machine {
	w := &world{
		opts: o, now: o.Time, procs: map[int]*process{}, used: 0,
		rng: rand.New(rand.NewPCG(o.Seed, 0)), origins: map[[2]uint64]*node{},
	}
	w.turn = sync.NewCond(&w.mu)
	if w.now.IsZero() {
		w.now = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	up := o.Uptime
	if up == 0 {
		up = time.Minute
	}
	w.boot = w.now.Add(-up)
	if w.opts.Capacity == 0 {
		w.opts.Capacity = defaultCapacity
	}
	w.uname = o.Uname
	for _, f := range []struct {
		field *string
		value string
	}{
		{&w.uname.Sysname, "Linux"}, {&w.uname.Nodename, "simulated"}, {&w.uname.Release, "6.1.0"},
		{&w.uname.Version, "#1 SMP"}, {&w.uname.Machine, "x86_64"}, {&w.uname.Domainname, "(none)"},
	} {
		if *f.field == "" {
			*f.field = f.value
		}
	}
	w.root = w.newRoot()
	if !o.NoProc {
		w.mountProc()
	}
	return &Machine{w.newFirst()}
}

// Process is a new [system.Process] of the machine's first process: working
// directory /, umask 022, the environment of the options, and /dev/null (if
// there is one) as descriptors 0 to 2.
func (m *Machine) Process() *system.Process {
	p := &system.Process{Sys: m, Dir: "/", Umask: 0o022, Env: slices.Clone(m.w.opts.Env)}
	for fd := range 3 {
		if f, err := m.Open("/dev/null", system.ReadWrite, 0); err == nil {
			p.Files.Set(fd, f)
		}
	}
	p.Files.Inherit(m)
	return p
}

// Close ends every process but the first, so that nothing is left running.
func (m *Machine) Close() {
	m.Stop("closed")
}

// SetNextPID makes pid the next one that is given to a process, if it is
// free then. With it a pid can be used again at once.
func (m *Machine) SetNextPID(pid int) {
	m.w.mu.Lock()
	defer m.w.mu.Unlock()
	m.w.nextPID = pid
}

// Ended tells whether and how the machine's first process has ended.
func (m *Machine) Ended() (system.WaitStatus, bool) {
	m.w.mu.Lock()
	defer m.w.mu.Unlock()
	return m.status, m.ended
}

// WriteFile makes a regular file, and the directories on the way to it, as
// root would and without an effect being noted: it is for what is there
// before anything happens.
func (m *Machine) WriteFile(path string, perm system.Mode, data string) error {
	return m.w.plant(path, &node{mode: system.TypeRegular | perm.Perm(), data: []byte(data), nlink: 1})
}

// AddSymlink is like WriteFile for a symbolic link; AddDir and AddNode are for
// other kinds of file.
func (m *Machine) AddSymlink(path, target string) error {
	return m.w.plant(path, &node{mode: system.TypeSymlink | 0o777, target: target, nlink: 1})
}

// AddDir makes a directory and those on the way to it, or sets the mode of
// one that is there.
func (m *Machine) AddDir(path string, perm system.Mode) error {
	return m.w.plant(path, &node{mode: system.TypeDir | perm.Perm(), entries: map[string]*node{}, nlink: 2})
}

// AddNode makes a fifo, socket or device.
func (m *Machine) AddNode(path string, mode system.Mode, dev uint64) error {
	return m.w.plant(path, &node{mode: mode, rdev: dev, nlink: 1})
}
