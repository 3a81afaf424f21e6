package simulated

import (
	"context"
	"maps"
	"path"
	"runtime"
	"slices"
	"time"

	"sysv/system"
)

// process is one process of the machine, and a [system.System] as that
// process sees it.
type process struct {
	w                    *world
	pid, ppid, pgid, sid int
	id                   system.Identity
	root                 *node
	// exe is its program; comm, args, env and cwd are what /proc tells.
	exe       *node
	exePath   string
	comm      string
	args, env []string
	cwd       string
	umask     system.Mode
	nice      int
	begun     time.Time
	limits    map[system.Resource]system.Limit
	files     map[*handle]bool
	inherited map[int]system.File

	// model tells that a goroutine here runs it; ctx is that model's.
	model  bool
	ctx    context.Context
	cancel context.CancelCauseFunc

	// threads, blocked, used and away are for its turns.
	threads, blocked, used int
	away                   bool

	ignored  [system.SignalCount]bool
	notified [system.SignalCount]chan<- system.Signal
	// ending is the signal that cancelled ctx.
	ending system.Signal

	// file and line are where its script is (see Locate).
	file string
	line int
	// held is a process that stands still until Release.
	held bool
	// execs counts what it has become.
	execs int
	// ns is its pid namespace, where that is not the machine's own.
	ns int

	stopped, told bool
	stopSignal    system.Signal
	ended, reaped bool
	status        system.WaitStatus
}

// pidMax is the kernel's default for /proc/sys/kernel/pid_max.
const pidMax = 32768

// firstPID is that of the first process, where the options do not say: as in
// a small container, and not so small that 1 and 2 would be near.
const firstPID = 100

func (w *world) newFirst() *process {
	o := w.opts
	p := &process{
		w: w, pid: o.PID, ppid: o.PPID, id: o.Identity, root: w.root, comm: o.Comm, env: o.Env, cwd: "/", umask: 0o022,
		exePath: o.Executable, inherited: o.Inherited, ctx: context.Background(),
	}
	if p.pid == 0 {
		p.pid = firstPID
	}
	if p.ppid == 0 && p.pid != 1 {
		p.ppid = 1
	}
	if p.comm == "" {
		p.comm = "sysv"
	}
	p.args = []string{p.comm}
	p.pgid, p.sid = p.pid, p.pid
	w.first = p
	w.add(p)
	if p.pid != 1 {
		w.add(&process{w: w, pid: 1, pgid: 1, sid: 1, root: w.root, comm: "init", args: []string{"init"}, cwd: "/", exePath: "/sbin/init"})
	}
	if p.ppid > 1 {
		w.add(&process{w: w, pid: p.ppid, ppid: 1, pgid: p.ppid, sid: p.ppid, root: w.root, comm: "sh", args: []string{"sh"}, cwd: "/", exePath: "/bin/sh"})
	}
	w.nextPID = max(p.pid, p.ppid) + 1
	return p
}

// add puts a process into the table.
func (w *world) add(p *process) {
	p.files, p.threads, p.begun = map[*handle]bool{}, 1, w.now
	if p.limits == nil {
		p.limits = map[system.Resource]system.Limit{}
	}
	w.procs[p.pid] = p
}

// seen is the process of a pid, as another one sees it: nil if there is none.
func (w *world) seen(by *process, pid int) *process {
	q := w.procs[pid]
	if q == w.first && by != q && w.opts.Outside {
		return nil
	}
	return q
}

func (w *world) pids() []int { return slices.Sorted(maps.Keys(w.procs)) }

// newPID is the next free number, as the kernel counts them. A number that is
// a process group or a session is not free.
func (w *world) newPID() (int, error) {
	if most := w.opts.MaxProcesses; most > 0 && len(w.procs) >= most {
		return 0, system.EAGAIN
	}
	for range pidMax {
		if w.nextPID <= 1 || w.nextPID >= pidMax {
			w.nextPID = 2
		}
		pid := w.nextPID
		w.nextPID++
		taken := w.procs[pid] != nil
		for _, p := range w.procs {
			taken = taken || p.pgid == pid || p.sid == pid
		}
		if !taken {
			return pid, nil
		}
	}
	return 0, system.EAGAIN
}

// Getpid implements [system.Processes].
func (p *process) Getpid() int { return p.pid }

// Getppid implements [system.Processes].
func (p *process) Getppid() int {
	p.enter()
	defer p.leave()
	return p.ppid
}

// Identity implements [system.Processes].
func (p *process) Identity() system.Identity {
	id := p.id
	id.Groups = slices.Clone(id.Groups)
	return id
}

// Executable implements [system.Processes].
func (p *process) Executable() string { return p.exePath }

// Inherited implements [system.Processes].
func (p *process) Inherited(fd int) (system.File, bool) {
	p.enter()
	defer p.leave()
	f, ok := p.inherited[fd]
	if !ok || f == nil {
		return nil, false
	}
	// Who asks owns what he gets, so he gets one of his own.
	if h, is := f.(*handle); is {
		if h.closed {
			return nil, false
		}
		h.d.refs++
		return p.handle(h.d), true
	}
	return f, true
}

// Getpgid implements [system.Processes].
func (p *process) Getpgid(pid int) (int, error) {
	p.enter()
	defer p.leave()
	if pid == 0 {
		return p.pgid, nil
	}
	if q := p.w.seen(p, pid); q != nil {
		return q.pgid, nil
	}
	return 0, system.ESRCH
}

// Uname implements [system.Host].
func (p *process) Uname() system.Uname { return p.w.uname }

// Times implements [system.Processes]: models take no processor time.
func (p *process) Times() system.Times { return system.Times{} }

// Exit implements [system.Processes]. It ends the goroutine that calls it,
// with its deferred calls, and so does every later call of the process.
func (p *process) Exit(status int) {
	p.enter()
	defer p.leave()
	p.w.end(p, system.WaitStatus{Code: status & 0xff})
	runtime.Goexit()
}

// run is the goroutine of a process.
func (p *process) run(prog Program, sp *system.Process) {
	p.enter()
	p.leave()
	status := prog(p.ctx, sp, p.args)
	p.enter()
	defer p.leave()
	ws := system.WaitStatus{Code: status & 0xff}
	if status == BySignal {
		ws = system.WaitStatus{Signal: p.ending}
		if p.ending == 0 {
			ws.Signal = system.SIGKILL
		}
	}
	p.w.end(p, ws)
}

// end makes a process a zombie, or nothing where init is its parent.
func (w *world) end(p *process, ws system.WaitStatus) {
	if p.ended {
		return
	}
	p.ended, p.status = true, ws
	for h := range p.files {
		h.close()
	}
	detail := "exit " + itoa(ws.Code)
	if ws.Signal != 0 {
		detail = "signal " + ws.Signal.Name()
	}
	p.note(ProcessEnded, p.exePath, p.pid, detail)
	if p.cancel != nil {
		p.cancel(context.Canceled)
	}
	for _, pid := range w.pids() {
		if c := w.procs[pid]; c.ppid == p.pid && c != p {
			c.ppid = 1
			w.reapOrphan(c)
		}
	}
	w.reapOrphan(p)
	if parent := w.procs[p.ppid]; parent != nil && !parent.ended {
		parent.deliver(system.SIGCHLD)
	}
	w.ready = slices.DeleteFunc(w.ready, func(q *process) bool { return q == p })
	if w.current == p {
		w.current = nil
	}
	w.turn.Broadcast()
	w.changed()
	w.dispatch()
}

// reapOrphan is what init does with its children that have ended. Where init
// is the machine's first process, it has to do that itself.
func (w *world) reapOrphan(p *process) {
	if p.ppid == 1 && p.ended && w.first.pid != 1 && p != w.first {
		w.reap(p)
	}
}

func (w *world) reap(p *process) {
	p.reaped = true
	if w.procs[p.pid] == p {
		delete(w.procs, p.pid)
	}
}

// child is what Start gives.
type child struct {
	parent, p *process
	detached  bool
}

// PID implements [system.Child].
func (c *child) PID() int { return c.p.pid }

// Wait implements [system.Child]. A process that was started with Detach is
// nobody's child: ECHILD.
func (c *child) Wait(stopped bool) (system.WaitStatus, error) {
	c.parent.enter()
	defer c.parent.leave()
	if c.detached {
		return system.WaitStatus{}, system.ECHILD
	}
	p := c.p
	over := func() bool { return p.ended || stopped && p.stopped && !p.told }
	for !over() {
		if err := c.parent.block(c.parent.ctx, time.Time{}, over); err != nil {
			return system.WaitStatus{}, system.EINTR
		}
	}
	if !p.ended {
		p.told = true
		return system.WaitStatus{Signal: p.stopSignal, Stopped: true}, nil
	}
	c.parent.w.reap(p)
	return p.status, nil
}

// OpenPID implements [system.Processes].
func (p *process) OpenPID(pid int) (system.PIDFD, error) {
	p.enter()
	defer p.leave()
	if pid <= 0 {
		return nil, system.EINVAL
	}
	q := p.w.seen(p, pid)
	if q == nil {
		return nil, system.ESRCH
	}
	return &pidfd{owner: p, p: q}, nil
}

type pidfd struct {
	owner, p *process
	closed   bool
}

// Signal implements [system.PIDFD].
func (f *pidfd) Signal(sig system.Signal) error {
	f.owner.enter()
	defer f.owner.leave()
	switch {
	case f.closed:
		return system.EBADF
	case sig < 0 || sig >= system.SignalCount:
		return system.EINVAL
	case f.p.reaped:
		return system.ESRCH
	case !f.owner.maySignal(f.p, sig):
		return system.EPERM
	}
	f.owner.signal(f.p, sig)
	return nil
}

// Wait implements [system.PIDFD].
func (f *pidfd) Wait(ctx context.Context) error {
	f.owner.enter()
	defer f.owner.leave()
	if f.closed {
		return system.EBADF
	}
	for !f.p.ended {
		if err := f.owner.block(ctx, time.Time{}, func() bool { return f.p.ended }); err != nil {
			return err
		}
	}
	return nil
}

// Close implements [system.PIDFD].
func (f *pidfd) Close() error {
	f.owner.w.mu.Lock()
	defer f.owner.w.mu.Unlock()
	if f.closed {
		return system.EBADF
	}
	f.closed = true
	return nil
}

// base is the name that the kernel gives a process for its program: at most
// fifteen bytes.
func base(p string) string {
	b := path.Base(p)
	if len(b) > 15 {
		b = b[:15]
	}
	return b
}
