package simulated

import (
	"context"
	"maps"
	"slices"

	"sysv/system"
)

// Forker is implemented by the System of every process here: what only a
// model does, and no shell.
type Forker interface {
	// Fork makes a copy of the process, as fork(2) does, that runs body. sp is
	// what it has; the copy gets descriptors of its own. With daemon it has
	// left its session and parent behind, as daemon(3) does: init adopts it.
	Fork(sp *system.Process, daemon bool, body Program) (system.Child, error)
	// SetIdentity makes the process another user's, as setgroups(2), setgid(2)
	// and setuid(2) do; only root may.
	SetIdentity(system.Identity) error
}

// SetIdentity implements [Forker].
func (p *process) SetIdentity(id system.Identity) error {
	p.enter()
	defer p.leave()
	if p.id.EUID != 0 {
		return system.EPERM
	}
	p.id = system.Identity{UID: id.UID, EUID: id.UID, GID: id.GID, EGID: id.GID, Groups: slices.Clone(id.Groups)}
	return nil
}

// Fork implements [Forker].
func (p *process) Fork(sp *system.Process, daemon bool, body Program) (system.Child, error) {
	files := sp.Files.List()
	p.enter()
	defer p.leave()
	if p.w.stopped != "" {
		return nil, system.EAGAIN
	}
	leader := 0
	if daemon {
		// setsid(2), and a second fork so as not to be the session's leader.
		var err error
		if leader, err = p.w.newPID(); err != nil {
			return nil, err
		}
	}
	pid, err := p.w.newPID()
	if err != nil {
		return nil, err
	}
	q := &process{
		w: p.w, pid: pid, ppid: p.pid, pgid: p.pgid, sid: p.sid, root: p.root, id: p.id, nice: p.nice, env: p.env, cwd: p.cwd,
		file: p.file, line: p.line, ns: p.ns, exe: p.exe, exePath: p.exePath, comm: p.comm, args: p.args, umask: p.umask, ignored: p.ignored,
		limits: maps.Clone(p.limits),
	}
	if daemon {
		q.ppid, q.pgid, q.sid = 1, leader, leader
	}
	p.w.add(q)
	c := &system.Process{Sys: q, Dir: sp.Dir, Umask: sp.Umask, Env: slices.Clone(sp.Env)}
	for fd, f := range files {
		if g := q.pass(f); g != nil {
			c.Files.Set(fd, g)
		}
	}
	q.start(p, body, c)
	return &child{p, q, daemon}, nil
}

// start lets a new process run.
func (p *process) start(from *process, body Program, sp *system.Process) {
	p.ctx, p.cancel = context.WithCancelCause(context.Background())
	p.model = true
	from.note(ProcessStarted, p.exePath, p.pid, argsText(p.args))
	p.queue()
	go p.run(body, sp)
}

// Planted is a process that is there before anything happens.
type Planted struct {
	// PID is its number; 0 is the next free one.
	PID int
	// Path is the program's file: it must be in the tree, but not in that of
	// a container. Args is its argument vector; nil is Path alone.
	Path string
	Args []string
	// Comm is its name in /proc; "" is that of Path.
	Comm string
	// UID and GID are who it runs as.
	UID, GID int
	// Container puts it into pid and mount namespaces of its own.
	Container bool
	// Body is what it does; nil is to wait for a signal.
	Body Program
}

// Plant makes a process, a child of init, without an effect being noted.
func (m *Machine) Plant(o Planted) (pid int, err error) {
	w, p := m.w, m.process
	w.mu.Lock()
	defer w.mu.Unlock()
	if pid = o.PID; pid == 0 {
		if pid, err = w.newPID(); err != nil {
			return 0, err
		}
	}
	if w.procs[pid] != nil {
		return 0, system.EEXIST
	}
	q := &process{w: w, pid: pid, ppid: 1, pgid: pid, sid: pid, root: w.root, cwd: "/", umask: 0o022, exePath: o.Path, args: slices.Clone(o.Args), comm: o.Comm}
	q.id = system.Identity{UID: o.UID, EUID: o.UID, GID: o.GID, EGID: o.GID}
	if q.args == nil {
		q.args = []string{o.Path}
	}
	if q.comm == "" {
		q.comm = base(o.Path)
	}
	f, err := p.find(o.Path, follow)
	switch {
	case err == nil:
		q.exe, q.exePath = f.node, f.path()
	case !o.Container:
		return 0, err
	}
	if o.Container {
		// The same path, and another file: that of the container's image.
		q.exe, q.ns = w.adopt(&node{mode: system.TypeRegular | 0o755, nlink: 1}), 1
		q.root = w.adopt(&node{mode: system.TypeDir | 0o755, entries: map[string]*node{}, nlink: 2})
		q.root.parent = q.root
	}
	body := o.Body
	if body == nil {
		body = func(ctx context.Context, p *system.Process, _ []string) int {
			Pause(ctx, p)
			return BySignal
		}
	}
	w.add(q)
	q.ctx, q.cancel = context.WithCancelCause(context.Background())
	q.model = true
	q.queue()
	go q.run(body, &system.Process{Sys: q, Dir: "/", Umask: 0o022})
	return pid, nil
}

// ProcessInfo is a process of the machine, for who looks from outside.
type ProcessInfo struct {
	PID, PPID, Session int
	// Path is the program's file, Args its argument vector.
	Path      string
	Args      []string
	UID       int
	Zombie    bool
	Container bool
	// File and Line are where its script is.
	File string
	Line int
}

// Processes lists the machine's processes in the order of their pids, but for
// the first one and init.
func (m *Machine) Processes() []ProcessInfo {
	w := m.w
	w.mu.Lock()
	defer w.mu.Unlock()
	var l []ProcessInfo
	for _, pid := range w.pids() {
		if p := w.procs[pid]; p != w.first && pid != 1 {
			l = append(l, p.brief())
		}
	}
	return l
}
