// Package observed is a System that notes what is done to the one below it:
// the files that are made, changed and removed, the processes that are started
// and signalled. It is how a trace says what a command has changed.
package observed

import (
	"fmt"
	"strings"
	"sync"
	"time"

	"sysv/system"
)

// System passes every call on, and notes those that change something.
type System struct {
	system.System

	mu    sync.Mutex
	notes []string
	base  int
}

// New observes a System.
func New(s system.System) *System { return &System{System: s} }

// View is the System to be used in place of the one below: it offers the
// optional interfaces that the one below has.
func (s *System) View() system.System {
	n, notifies := s.System.(system.Notifier)
	d, sends := s.System.(system.DatagramSender)
	if notifies && sends {
		return &struct {
			*System
			system.Notifier
			system.DatagramSender
		}{s, n, d}
	}
	return s
}

// Count is how many changes there have been.
func (s *System) Count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.base + len(s.notes)
}

// Since gives the changes after the first n that have not been forgotten, in
// words.
func (s *System) Since(n int) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	n = max(n-s.base, 0)
	if n >= len(s.notes) {
		return nil
	}
	return append([]string(nil), s.notes[n:]...)
}

// Forget drops the changes that have been noted so far.
func (s *System) Forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.base += len(s.notes)
	s.notes = nil
}

// Die passes on what an optional method of the System below does.
func (s *System) Die(sig system.Signal) {
	if d, ok := s.System.(interface{ Die(system.Signal) }); ok {
		d.Die(sig)
	}
}

// HoldDirectory does so too.
func (s *System) HoldDirectory(path string) (system.HeldDirectory, error) {
	if h, ok := s.System.(system.DirectoryHolder); ok {
		return h.HoldDirectory(path)
	}
	return nil, nil
}

// Again does so too.
func (s *System) Again(fd int) (args []string, variable string) {
	if a, ok := s.System.(interface {
		Again(fd int) (args []string, variable string)
	}); ok {
		return a.Again(fd)
	}
	return nil, ""
}

// AddThreads does so too.
func (s *System) AddThreads(n int) { system.AddThreads(s.System, n) }

func (s *System) note(err error, format string, args ...any) {
	if err != nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.notes = append(s.notes, fmt.Sprintf(format, args...))
}

// Open notes a file that is made, emptied or opened to write to it.
func (s *System) Open(path string, flag system.OpenFlag, perm system.Mode) (system.File, error) {
	if flag&(system.Create|system.Truncate|system.WriteOnly|system.ReadWrite) == 0 {
		return s.System.Open(path, flag, perm)
	}
	_, missing := s.System.Stat(path)
	f, err := s.System.Open(path, flag, perm)
	if info, e := s.System.Stat(path); err == nil && e == nil && info.Mode.IsRegular() {
		switch {
		case missing != nil:
			s.note(nil, "made %s, mode %04o", path, perm.Perm())
		case flag&system.Truncate != 0:
			s.note(nil, "emptied %s to write it", path)
		default:
			s.note(nil, "opened %s to write to it", path)
		}
	}
	return f, err
}

// Mkdir notes a directory that is made.
func (s *System) Mkdir(path string, perm system.Mode) error {
	err := s.System.Mkdir(path, perm)
	s.note(err, "made directory %s, mode %04o", path, perm.Perm())
	return err
}

// Mknod notes a node that is made.
func (s *System) Mknod(path string, mode system.Mode, dev uint64) error {
	err := s.System.Mknod(path, mode, dev)
	s.note(err, "made %s, %v", path, mode)
	return err
}

// Symlink notes a symbolic link that is made.
func (s *System) Symlink(target, path string) error {
	err := s.System.Symlink(target, path)
	s.note(err, "made link %s -> %s", path, target)
	return err
}

// Link notes a hard link that is made.
func (s *System) Link(oldPath, newPath string, follow bool) error {
	err := s.System.Link(oldPath, newPath, follow)
	s.note(err, "linked %s as %s", oldPath, newPath)
	return err
}

// Rename notes a new name.
func (s *System) Rename(oldPath, newPath string) error {
	err := s.System.Rename(oldPath, newPath)
	s.note(err, "renamed %s to %s", oldPath, newPath)
	return err
}

// Unlink notes a file that is removed.
func (s *System) Unlink(path string) error {
	err := s.System.Unlink(path)
	s.note(err, "removed %s", path)
	return err
}

// Rmdir notes a directory that is removed.
func (s *System) Rmdir(path string) error {
	err := s.System.Rmdir(path)
	s.note(err, "removed directory %s", path)
	return err
}

// Chmod notes a new mode.
func (s *System) Chmod(path string, mode system.Mode) error {
	err := s.System.Chmod(path, mode)
	s.note(err, "set mode %04o on %s", mode.Perm(), path)
	return err
}

// Chown notes a new owner.
func (s *System) Chown(path string, uid, gid int, follow bool) error {
	err := s.System.Chown(path, uid, gid, follow)
	s.note(err, "set owner %d:%d on %s", uid, gid, path)
	return err
}

// Chtimes notes new times.
func (s *System) Chtimes(path string, atime, mtime time.Time, follow bool) error {
	err := s.System.Chtimes(path, atime, mtime, follow)
	s.note(err, "set times of %s", path)
	return err
}

// Truncate notes a new size.
func (s *System) Truncate(path string, size int64) error {
	err := s.System.Truncate(path, size)
	s.note(err, "set size of %s to %d", path, size)
	return err
}

// Start notes a process that is started.
func (s *System) Start(c *system.Command) (system.Child, error) {
	child, err := s.System.Start(c)
	if err == nil {
		s.note(nil, "started %s (pid %d)", strings.Join(append([]string{c.Path}, c.Args[min(1, len(c.Args)):]...), " "), child.PID())
	}
	return child, err
}

// Kill notes a signal that is sent.
func (s *System) Kill(pid int, sig system.Signal) error {
	err := s.System.Kill(pid, sig)
	if sig != 0 {
		s.note(err, "sent %s to %d", sig.Name(), pid)
	}
	return err
}

// OpenPID notes the signals that go through the handle.
func (s *System) OpenPID(pid int) (system.PIDFD, error) {
	fd, err := s.System.OpenPID(pid)
	if err != nil {
		return nil, err
	}
	return &pidfd{PIDFD: fd, s: s, pid: pid}, nil
}

type pidfd struct {
	system.PIDFD
	s   *System
	pid int
}

// Signal notes a signal that is sent.
func (f *pidfd) Signal(sig system.Signal) error {
	err := f.PIDFD.Signal(sig)
	if sig != 0 {
		f.s.note(err, "sent %s to %d", sig.Name(), f.pid)
	}
	return err
}
