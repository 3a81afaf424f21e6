//go:build linux

package linux

import (
	"runtime"

	"golang.org/x/sys/unix"

	"sysv/system"
)

// Exec replaces this process by a program. It is done on a thread that has
// descriptors, directory, root and umask to itself, so that a failure leaves
// the process as it was: the thread ends, and limits and signals are put back.
// Only a new session or process group stays.
func (m *Machine) Exec(c *system.Command) error {
	files, err := descriptors(c.Files)
	if err != nil {
		return err
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		runtime.LockOSThread() // and never unlocked: the thread ends here
		if e := unix.Unshare(unix.CLONE_FS | unix.CLONE_FILES); e != nil {
			// Nothing can be put back then: what can be told is told first.
			if err = m.executable(c); err != nil {
				return
			}
		}
		undo := m.keep(c)
		err = become(c, files)
		undo()
	}()
	<-done
	return err
}

// become does all on the calling thread.
func become(c *system.Command, files []uintptr) error {
	p := planOf(c)
	if unnamed(p.dir) {
		// place may close the descriptor that it is known by.
		if err := unix.Chdir(p.dir); err != nil {
			return fail(err)
		}
		p.dir = "."
	}
	if err := place(files); err != nil {
		return err
	}
	unix.Umask(int(c.Umask.Perm() & 0o777))
	if err := p.apply(); err != nil {
		return err
	}
	return execve(named(c), c.Args, c.Env)
}

// keep remembers those limits and signals that the command changes.
func (m *Machine) keep(c *system.Command) (undo func()) {
	limits := map[system.Resource]system.Limit{}
	for r := range c.Limits {
		if l, err := m.Limit(r); err == nil {
			limits[r] = l
		}
	}
	actions := map[system.Signal]sigaction{}
	for _, l := range [...][]system.Signal{c.Ignored, c.Restored} {
		for _, s := range l {
			var old sigaction
			if setAction(toSignal(s), nil, &old) == nil {
				actions[s] = old
			}
		}
	}
	return func() {
		for r, l := range limits {
			m.SetLimit(r, l)
		}
		for s, a := range actions {
			setAction(toSignal(s), &a, nil)
		}
	}
}

// place moves descriptors to the numbers that they shall have. Each is first
// copied out of the way of all others.
func place(files []uintptr) error {
	above := max(len(files), 3)
	for _, fd := range files {
		if fd != closed && int(fd) >= above {
			above = int(fd) + 1
		}
	}
	copies := make([]int, max(len(files), 3))
	for i := range copies {
		copies[i] = -1
		if i >= len(files) || files[i] == closed {
			continue
		}
		fd, err := unix.FcntlInt(files[i], unix.F_DUPFD_CLOEXEC, above)
		if err != nil {
			return fail(err)
		}
		copies[i] = fd
	}
	for i, fd := range copies {
		if fd < 0 {
			unix.Close(i)
			continue
		}
		if err := unix.Dup3(fd, i, 0); err != nil {
			return fail(err)
		}
	}
	return nil
}

// executable tells the errors of execve(2) that can be foreseen.
func (m *Machine) executable(c *system.Command) error {
	path := c.Root + c.Path
	if err := m.Access(path, system.ExecuteOK); err != nil {
		return err
	}
	if st, err := m.Stat(path); err != nil || !st.Mode.IsRegular() {
		return system.EACCES
	}
	f, err := m.Open(path, system.ReadOnly, 0)
	if err != nil {
		return nil // it may be executable and not readable
	}
	defer f.Close()
	head := make([]byte, 4)
	n, _ := f.Read(head)
	if string(head[:n]) == "\x7fELF" || n >= 2 && string(head[:2]) == "#!" {
		return nil
	}
	return system.ENOEXEC
}
