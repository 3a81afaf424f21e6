//go:build linux

package linux

import (
	"runtime"
	"slices"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"

	"sysv/system"
)

// closed is a descriptor that a new process shall not have.
const closed = ^uintptr(0)

// Start runs a program in a new process. What fork and execve by way of the
// Go runtime cannot do is done by this program, run in between; see
// [RunStage].
func (m *Machine) Start(c *system.Command) (system.Child, error) {
	defer namesMayChange()
	files, err := descriptors(c.Files)
	if err != nil {
		return nil, err
	}
	p := planOf(c)
	m.simplify(p)
	if c.Detach || p.needsStage() {
		return m.startStaged(c, p, files)
	}
	attr := &syscall.ProcAttr{Dir: p.dir, Env: c.Env, Files: files, Sys: &syscall.SysProcAttr{
		Chroot: p.root, Setsid: p.setsid, Setpgid: p.setpgid, Pgid: p.pgid, Credential: credential(p.identity),
	}}
	pid, err := forkExec(c.Umask, named(c), c.Args, attr)
	if err != nil {
		return nil, err
	}
	return &child{pid: pid}, nil
}

// simplify drops from a plan what is so already.
func (m *Machine) simplify(p *plan) {
	p.ignored = without(p.ignored, func(s system.Signal) bool {
		return m.Ignored(s) && !slices.Contains(p.restored, s)
	})
	p.restored = without(p.restored, func(s system.Signal) bool {
		return !m.Ignored(s)
	})
	for r, l := range p.limits {
		if now, err := m.Limit(r); err != nil || now != l {
			return
		}
	}
	p.limits = nil
}

// without is a copy of a list, less what drop tells.
func without(l []system.Signal, drop func(system.Signal) bool) []system.Signal {
	if len(l) == 0 {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(l), drop)
}

// needsStage tells what syscall.ForkExec has no way to do. It changes the
// directory after the identity, so that one must be a directory for everyone.
func (p *plan) needsStage() bool {
	return p.nice != 0 || p.scheduler != nil || p.ioPriority != nil || p.pidFile != "" ||
		len(p.limits) > 0 || len(p.ignored) > 0 || len(p.restored) > 0 ||
		p.identity != nil && p.dir != "" && p.dir != "/"
}

func credential(id *system.Identity) *syscall.Credential {
	if id == nil {
		return nil
	}
	c := &syscall.Credential{Uid: uint32(id.UID), Gid: uint32(id.GID)}
	for _, g := range id.Groups {
		c.Groups = append(c.Groups, uint32(g))
	}
	return c
}

// descriptors are the numbers of a Command's files here, by their number there.
func descriptors(files []system.File) ([]uintptr, error) {
	l := make([]uintptr, len(files))
	for i, f := range files {
		l[i] = closed
		// A system.Capture has a real file only once one is asked for.
		if v, ok := f.(interface{ Real() (system.File, error) }); ok {
			r, err := v.Real()
			if err != nil {
				return nil, err
			}
			f = r
		}
		if f == nil {
			continue
		}
		v, ok := f.(interface{ FD() int })
		if !ok {
			return nil, system.EBADF
		}
		if fd := v.FD(); fd >= 0 {
			l[i] = uintptr(fd)
		}
	}
	return l, nil
}

// forkExec is fork(2) and execve(2) with a umask. If it is another one than
// this process's, the fork is that of a thread with a umask of its own, which
// ends with its goroutine.
func forkExec(mask system.Mode, path string, args []string, attr *syscall.ProcAttr) (pid int, err error) {
	want := int(mask.Perm() & 0o777)
	if want == restingUmask() {
		umask.Lock()
		defer umask.Unlock()
		pid, err = syscall.ForkExec(path, args, attr)
		return pid, fail(err)
	}
	if unshareRefused.Load() {
		pid, err = forkExecShared(want, path, args, attr)
		return pid, fail(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		runtime.LockOSThread()
		if e := unix.Unshare(unix.CLONE_FS); e != nil {
			runtime.UnlockOSThread()
			pid, err = forkExecShared(want, path, args, attr)
			return
		}
		unix.Umask(want)
		pid, err = syscall.ForkExec(path, args, attr)
	}()
	<-done
	return pid, fail(err)
}

// forkExecShared sets the whole process's umask for the time of the fork.
func forkExecShared(want int, path string, args []string, attr *syscall.ProcAttr) (int, error) {
	unshareRefused.Store(true)
	umask.Lock()
	defer umask.Unlock()
	old := unix.Umask(want)
	defer unix.Umask(old)
	return syscall.ForkExec(path, args, attr)
}

// startStaged starts the program by way of a stage, and waits for the stage's
// word: nothing if it has become the program, an error, or the pid of the
// detached process.
func (m *Machine) startStaged(c *system.Command, p *plan, files []uintptr) (system.Child, error) {
	if !stageReady {
		return nil, system.ENOSYS
	}
	exe := m.Executable()
	if exe == "" {
		return nil, system.ENOSYS
	}
	var pipe [2]int
	if err := unix.Pipe2(pipe[:], unix.O_CLOEXEC); err != nil {
		return nil, fail(err)
	}
	word := adopt(pipe[0])
	defer word.Close()
	files, at := addFile(files, pipe[1])
	if h, ok := c.Held.(interface{ FD() int }); ok && h.FD() >= 0 {
		files, p.held = addFile(files, h.FD())
	}
	// The Go runtime of the stage forgets which signals it found ignored.
	for _, s := range ignoredSignals() {
		if !slices.Contains(p.ignored, s) && !slices.Contains(p.restored, s) {
			p.ignored = append(p.ignored, s)
		}
	}
	// The stage has not the descriptors by which a directory is known here.
	dir := ""
	if unnamed(p.dir) {
		dir, p.dir = p.dir, "."
	}
	args := append([]string{StageName, p.encode(at, c.Detach, files)}, p.root, p.dir, p.pidFile, named(c))
	pid, err := forkExec(c.Umask, exe, append(args, c.Args...), &syscall.ProcAttr{Dir: dir, Env: c.Env, Files: files})
	unix.Close(pipe[1])
	if err != nil {
		return nil, err
	}
	said, err := system.ReadAll(word, 0)
	if err != nil {
		return nil, err
	}
	return heard(pid, c.Detach, string(said))
}

// addFile gives a new process one more file, at the first number that it
// would have closed, and tells that number.
func addFile(files []uintptr, fd int) ([]uintptr, int) {
	for len(files) < 3 {
		files = append(files, closed)
	}
	for {
		at := len(files)
		flags, err := unix.FcntlInt(uintptr(at), unix.F_GETFD, 0)
		if err != nil || flags&unix.FD_CLOEXEC != 0 {
			return append(files, uintptr(fd)), at
		}
		files = append(files, uintptr(at)) // inherited, and to be passed on
	}
}

// heard is the child that a stage has reported.
func heard(pid int, detached bool, said string) (system.Child, error) {
	started := 0
	var failure system.Errno
	for line := range strings.Lines(said) {
		n := atoi(strings.TrimSpace(line[1:]))
		switch line[0] {
		case stageError:
			failure = system.Errno(n)
		case stagePID:
			started = n
		}
	}
	if failure == 0 && !detached {
		return &child{pid: pid}, nil
	}
	wait4(pid, 0) // the stage itself has ended
	if failure == 0 && started == 0 {
		failure = system.EAGAIN // killed before it could say anything
	}
	if failure != 0 {
		return nil, failure
	}
	return &child{pid: started, detached: true}, nil
}
