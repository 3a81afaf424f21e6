//go:build linux

package linux

import (
	"strconv"
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"

	"sysv/system"
)

// plan is what a process does to itself before it becomes another program.
// All but limits, signals and the session belong to the calling thread, which
// must be locked to its goroutine.
type plan struct {
	// held is the descriptor of [system.Command].Held, 0 for none.
	held            int
	setsid, setpgid bool
	pgid            int
	nice            int
	scheduler       *system.Scheduler
	ioPriority      *system.IOPriority
	limits          map[system.Resource]system.Limit
	root, dir       string
	pidFile         string
	identity        *system.Identity
	ignored         []system.Signal
	restored        []system.Signal
}

func planOf(c *system.Command) *plan {
	return &plan{
		setsid: c.Setsid, setpgid: c.Setpgid, pgid: c.Pgid, nice: c.Nice,
		scheduler: c.Scheduler, ioPriority: c.IOPriority, limits: c.Limits,
		root: c.Root, dir: dirIn(c), pidFile: c.PIDFile, identity: c.Identity,
		ignored: c.Ignored, restored: c.Restored,
	}
}

// named is the path to execute a program by, once in its directory.
func named(c *system.Command) string {
	if c.Named != "" && c.Dir != "" {
		return c.Named
	}
	return c.Path
}

// dirIn is the directory to change to: in a new root there is no other.
func dirIn(c *system.Command) string {
	if c.Root != "" && c.Dir == "" {
		return "/"
	}
	return c.Dir
}

// apply does all that is planned, in the order of start-stop-daemon(8):
// priorities, root, directory, pid file, then the rights to do so are given up.
func (p *plan) apply() error {
	for _, step := range [...]func() error{
		p.group, p.priority, p.setLimits, p.place, p.writePID, p.become, p.setSignals,
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func (p *plan) group() error {
	if p.setsid {
		if _, err := unix.Setsid(); err != nil {
			return fail(err)
		}
	}
	if p.setpgid {
		return fail(unix.Setpgid(0, p.pgid))
	}
	return nil
}

// ioprioWhoProcess and ioprioClassShift are of ioprio_set(2).
const (
	ioprioWhoProcess = 1
	ioprioClassShift = 13
)

func (p *plan) priority() error {
	if p.nice != 0 {
		// The system call counts from 20 down, to have no negative numbers.
		now, err := unix.Getpriority(unix.PRIO_PROCESS, 0)
		if err != nil {
			return fail(err)
		}
		err = unix.Setpriority(unix.PRIO_PROCESS, 0, 20-now+p.nice)
		if err == unix.EACCES {
			return system.EPERM // as nice(2) has it
		}
		if err != nil {
			return fail(err)
		}
	}
	if p.scheduler != nil {
		param := int32(p.scheduler.Priority)
		if _, _, e := unix.RawSyscall(unix.SYS_SCHED_SETSCHEDULER, 0, uintptr(p.scheduler.Policy), uintptr(unsafe.Pointer(&param))); e != 0 {
			return fail(e)
		}
	}
	if p.ioPriority != nil {
		prio := p.ioPriority.Class<<ioprioClassShift | p.ioPriority.Level
		if _, _, e := unix.RawSyscall(unix.SYS_IOPRIO_SET, ioprioWhoProcess, 0, uintptr(prio)); e != 0 {
			return fail(e)
		}
	}
	return nil
}

func (p *plan) setLimits() error {
	for r, l := range p.limits {
		if err := (*Machine)(nil).SetLimit(r, l); err != nil {
			return err
		}
	}
	return nil
}

func (p *plan) place() error {
	if p.root != "" {
		if err := unix.Chroot(p.root); err != nil {
			return fail(err)
		}
	}
	if p.dir != "" {
		return fail(unix.Chdir(p.dir))
	}
	return nil
}

// writePID writes the pid file. A symbolic link in its place is refused, as
// start-stop-daemon does.
func (p *plan) writePID() error {
	if p.pidFile == "" {
		return nil
	}
	fd, err := openAsIs(p.pidFile, unix.O_CREAT|unix.O_WRONLY|unix.O_TRUNC|unix.O_NOFOLLOW|unix.O_CLOEXEC, 0o666)
	if err != nil {
		return err
	}
	f := adopt(fd)
	err = system.WriteAll(f, []byte(itoa(unix.Getpid())+"\n"))
	if e := f.Close(); err == nil {
		err = e
	}
	return err
}

// become takes the identity, for this thread only: the raw system calls know
// of no process.
func (p *plan) become() error {
	id := p.identity
	if id == nil {
		return nil
	}
	groups := make([]uint32, len(id.Groups)+1) // one more, so that [0] exists
	for i, g := range id.Groups {
		groups[i] = uint32(g)
	}
	if _, _, e := unix.RawSyscall(sysSetgroups, uintptr(len(id.Groups)), uintptr(unsafe.Pointer(&groups[0])), 0); e != 0 {
		return fail(e)
	}
	if _, _, e := unix.RawSyscall(sysSetgid, uintptr(id.GID), 0, 0); e != 0 {
		return fail(e)
	}
	if _, _, e := unix.RawSyscall(sysSetuid, uintptr(id.UID), 0, 0); e != 0 {
		return fail(e)
	}
	return nil
}

// setSignals sets what the program shall find. Signals with a handler need
// nothing: execve(2) gives them their default.
func (p *plan) setSignals() error {
	for _, s := range p.ignored {
		if _, err := setDisposition(toSignal(s), sigIgnore); err != nil {
			return err
		}
	}
	for _, s := range p.restored {
		if _, err := setDisposition(toSignal(s), sigDefault); err != nil {
			return err
		}
	}
	return nil
}

// execve is execve(2) from this thread, with the limit on open files as it
// was before the Go runtime raised it.
func execve(path string, args, env []string) error { return fail(syscall.Exec(path, args, env)) }

func itoa(n int) string { return strconv.Itoa(n) }
