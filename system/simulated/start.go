package simulated

import (
	"bytes"
	"fmt"
	"maps"
	"path"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"sysv/system"
)

// argsText is an argument vector in an effect's detail.
func argsText(args []string) string { return strings.Join(args, " ") }

func itoa(n int) string { return strconv.Itoa(n) }

// program is a file that execve(2) has accepted.
type program struct {
	model Program
	node  *node
	path  string
	args  []string
}

// scriptsMax is how many interpreters the kernel follows that are scripts
// themselves.
const scriptsMax = 4

// findProgram is execve(2) up to where it cannot fail any more. A path that
// is not in the tree gives ENOENT, one that is no regular file or may not be
// executed EACCES, a text without "#!" ENOEXEC, and a program that has no
// model ENOSYS.
func (p *process) findProgram(file string, args []string) (program, error) {
	for range scriptsMax + 1 {
		f, err := p.find(file, follow)
		if err != nil {
			return program{}, err
		}
		if !f.node.mode.IsRegular() || !p.may(f.node, system.ExecuteOK) {
			return program{}, system.EACCES
		}
		real := f.path()
		if m := p.w.model(path.Clean(file), real); m != nil {
			return program{m, f.node, real, args}, nil
		}
		head, err := p.w.head(f.node)
		if err != nil {
			return program{}, err
		}
		if !bytes.HasPrefix(head, []byte("#!")) {
			if m := p.w.find(path.Clean(file), real); m != nil {
				return program{m, f.node, real, args}, nil
			}
			switch {
			case !bytes.HasPrefix(head, []byte("\x7fELF")):
				return program{}, system.ENOEXEC
			case p.w.opts.Otherwise == nil:
				return program{}, system.ENOSYS
			}
			return program{p.w.opts.Otherwise, f.node, real, args}, nil
		}
		line, _, _ := strings.Cut(string(head[2:min(len(head), 256)]), "\n")
		name, arg, _ := strings.Cut(strings.Trim(line, " \t"), " ")
		if name == "" {
			return program{}, system.ENOEXEC
		}
		with := []string{name}
		if arg = strings.Trim(arg, " \t"); arg != "" {
			with = append(with, arg)
		}
		with = append(with, file)
		if len(args) > 0 {
			with = append(with, args[1:]...)
		}
		file, args = name, with
	}
	return program{}, system.ELOOP
}

// model is the model of a program by its names, or nil.
func (w *world) model(names ...string) Program {
	for _, name := range names {
		if m := w.opts.Programs[name]; m != nil {
			return m
		}
	}
	return nil
}

// find asks the options' Find.
func (w *world) find(names ...string) Program {
	if w.opts.Find == nil {
		return nil
	}
	for _, name := range names {
		if m := w.opts.Find(name); m != nil {
			return m
		}
	}
	return nil
}

// Start implements [system.Processes]: it runs the model of the program in a
// goroutine of its own, from the next turn on.
func (p *process) Start(c *system.Command) (system.Child, error) {
	p.enter()
	defer p.leave()
	if p.w.stopped != "" {
		return nil, system.EAGAIN
	}
	leader := 0
	if c.Detach && c.Setsid {
		// The process in between, which has ended, led the session.
		var err error
		if leader, err = p.w.newPID(); err != nil {
			return nil, err
		}
	}
	pid, err := p.w.newPID()
	if err != nil {
		return nil, err
	}
	q := &process{w: p.w, pid: pid, ppid: p.pid, pgid: p.pgid, sid: p.sid, root: p.root, id: p.id, nice: p.nice, env: p.env, cwd: p.cwd, file: p.file, line: p.line, ns: p.ns}
	q.limits = make(map[system.Resource]system.Limit, len(p.limits))
	maps.Copy(q.limits, p.limits)
	q.ignored = p.ignored
	if c.Detach {
		q.ppid = 1
	}
	switch {
	case leader != 0:
		q.pgid, q.sid = leader, leader
	case c.Setsid:
		q.pgid, q.sid = pid, pid
	case c.Setpgid && c.Pgid == 0:
		q.pgid = pid
	case c.Setpgid:
		q.pgid = c.Pgid
	}
	prog, err := q.prepare(c)
	if err != nil {
		return nil, err
	}
	p.w.add(q)
	sp := q.become(c, prog, p)
	q.start(p, prog.model, sp)
	return &child{p, q, c.Detach}, nil
}

// execsMax is how often a process may become another program: each is a model
// on the stack of the one before.
const execsMax = 50

// Exec implements [system.Processes]: the program's model runs in the
// goroutine that calls it, and that ends with it.
func (p *process) Exec(c *system.Command) error {
	prog, sp, err := p.exec(c)
	if err != nil {
		return err
	}
	p.run(prog.model, sp)
	runtime.Goexit()
	return nil
}

func (p *process) exec(c *system.Command) (program, *system.Process, error) {
	p.enter()
	defer p.leave()
	// What fails must not have changed this process, so a copy is prepared.
	q := *p
	q.limits = make(map[system.Resource]system.Limit, len(p.limits))
	maps.Copy(q.limits, p.limits)
	prog, err := q.prepare(c)
	if err != nil {
		return prog, nil, err
	}
	p.root, p.id, p.cwd, p.limits, p.nice, p.ignored = q.root, q.id, q.cwd, q.limits, q.nice, q.ignored
	clear(p.notified[:])
	old := make([]*handle, 0, len(p.files))
	for h := range p.files {
		old = append(old, h)
	}
	sp := p.become(c, prog, p)
	for _, h := range old {
		h.close()
	}
	if p.execs++; p.execs > execsMax {
		p.w.stopAll("calls")
	}
	p.note(ProcessBecame, prog.path, p.pid, strings.Join(prog.args, " "))
	return prog, sp, nil
}

// prepare does what a new process does before its execve(2), in the order of
// start-stop-daemon: root, directory, pid file, identity.
func (p *process) prepare(c *system.Command) (program, error) {
	if c.Root != "" {
		f, err := p.find(c.Root, follow)
		switch {
		case err != nil:
			return program{}, err
		case !f.node.mode.IsDir():
			return program{}, system.ENOTDIR
		case p.id.EUID != 0:
			return program{}, system.EPERM
		}
		p.root = f.node
	}
	if c.PIDFile != "" {
		if err := p.writePIDFile(c); err != nil {
			return program{}, err
		}
	}
	for r, l := range c.Limits {
		if err := p.setLimit(r, l); err != nil {
			return program{}, err
		}
	}
	if c.Nice < 0 && p.id.EUID != 0 {
		return program{}, system.EPERM
	}
	p.nice = min(19, max(-20, p.nice+c.Nice))
	if c.Identity != nil {
		if p.id.EUID != 0 && (c.Identity.UID != p.id.UID || c.Identity.GID != p.id.GID) {
			return program{}, system.EPERM
		}
		i := *c.Identity
		p.id = system.Identity{UID: i.UID, EUID: i.UID, GID: i.GID, EGID: i.GID, Groups: slices.Clone(i.Groups)}
	}
	if c.Dir != "" {
		f, err := p.find(c.Dir, follow)
		switch {
		case err != nil:
			return program{}, err
		case !f.node.mode.IsDir():
			return program{}, system.ENOTDIR
		case !p.may(f.node, system.ExecuteOK):
			return program{}, system.EACCES
		}
		p.cwd = f.node.path()
	}
	for _, s := range c.Ignored {
		p.ignored[s] = true
	}
	for _, s := range c.Restored {
		p.ignored[s] = false
	}
	return p.findProgram(c.Path, c.Args)
}

func (p *process) writePIDFile(c *system.Command) error {
	flag := system.WriteOnly | system.Create | system.Truncate | system.NoFollow | system.NonBlock
	f, created, err := p.openPlace(c.PIDFile, flag, 0o666&^c.Umask)
	if err != nil {
		return err
	}
	if err := p.mayOpen(f.node, flag, created); err != nil {
		return err
	}
	if !f.node.mode.IsRegular() {
		return nil
	}
	if err := p.w.frozen(f.path()); err != nil {
		return err
	}
	if err := p.w.noRoom(f.path()); err != nil {
		return err
	}
	text := fmt.Sprintf("%d\n", p.pid)
	f.node.lower, f.node.data, f.node.borrowed = nil, nil, false
	if err := p.w.resize(f.node, int64(len(text))); err != nil {
		return err
	}
	copy(f.node.data, text)
	p.wrote(f.node)
	p.note(Changed, f.path(), 0, "written")
	return nil
}

// become gives the process its program and descriptors; from is the process
// that they come from.
func (p *process) become(c *system.Command, prog program, from *process) *system.Process {
	p.exe, p.exePath, p.args = prog.node, prog.path, slices.Clone(prog.args)
	p.comm, p.env, p.umask = base(c.Path), slices.Clone(c.Env), c.Umask
	sp := &system.Process{Sys: p, Dir: c.Dir, Umask: c.Umask, Env: slices.Clone(c.Env)}
	if sp.Dir == "" {
		sp.Dir = p.cwd
	}
	for fd, f := range c.Files {
		if g := p.pass(f); g != nil {
			sp.Files.Set(fd, g)
		}
	}
	higher := map[int]system.File{}
	for fd, f := range from.inherited {
		if fd >= len(c.Files) {
			if g := p.pass(f); g != nil {
				higher[fd] = g
			}
		}
	}
	p.inherited = higher
	sp.Files.Inherit(p)
	return sp
}

// pass makes the process's own handle for a file of another. A file that is
// none of the machine's is lent: the process does not close it.
func (p *process) pass(f system.File) system.File {
	switch f := f.(type) {
	case nil:
		return nil
	case *handle:
		if f.closed {
			return nil
		}
		f.d.refs++
		return p.handle(f.d)
	}
	return lent{f}
}

type lent struct{ system.File }

// Close leaves the file to its owner.
func (lent) Close() error { return nil }
