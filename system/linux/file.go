//go:build linux

package linux

import (
	"context"
	"io"
	"sync/atomic"
	"time"

	"golang.org/x/sys/unix"

	"sysv/system"
)

// File is an open descriptor of this process.
type File struct {
	fd atomic.Int32 // -1 once closed
}

var _ system.File = (*File)(nil)

// adopt makes a File of a descriptor, under its own number.
func adopt(fd int) *File {
	f := new(File)
	f.fd.Store(int32(fd))
	return f
}

// opened makes a File of a descriptor that was just opened. Numbers 0 to 2
// are left to standard input, output and error: the file moves up.
func opened(fd int) (*File, error) {
	if fd > 2 {
		return adopt(fd), nil
	}
	up, err := unix.FcntlInt(uintptr(fd), unix.F_DUPFD_CLOEXEC, 3)
	unix.Close(fd)
	if err != nil {
		return nil, fail(err)
	}
	return adopt(up), nil
}

// FD is the descriptor's number, -1 once the file is closed.
func (f *File) FD() int { return int(f.fd.Load()) }

// Read is read(2), with io.EOF for the end.
func (f *File) Read(p []byte) (int, error) {
	defer namesMayChange()
	if len(p) == 0 {
		return 0, nil
	}
	for {
		n, err := unix.Read(f.FD(), p)
		if err == unix.EINTR {
			continue
		}
		if err != nil {
			return 0, fail(err)
		}
		if n == 0 {
			return 0, io.EOF
		}
		return n, nil
	}
}

// Write is write(2): it may write less than all.
func (f *File) Write(p []byte) (int, error) {
	for {
		n, err := unix.Write(f.FD(), p)
		if err == unix.EINTR {
			continue
		}
		if err != nil {
			return 0, fail(err)
		}
		return n, nil
	}
}

// Close is close(2). Descriptors 0 to 2 are not left free, since the next
// file to be opened would get their number: something that can neither be
// read nor written takes their place.
func (f *File) Close() error {
	fd := int(f.fd.Swap(-1))
	if fd < 0 {
		return system.EBADF
	}
	if fd <= 2 {
		return occupy(fd)
	}
	// After EINTR Linux has closed the descriptor all the same.
	if err := unix.Close(fd); err != nil && err != unix.EINTR {
		return fail(err)
	}
	return nil
}

func occupy(fd int) error {
	other, err := unix.Open("/", unix.O_PATH|unix.O_CLOEXEC, 0)
	if err != nil {
		return fail(err)
	}
	if other == fd {
		return nil
	}
	err = unix.Dup3(other, fd, unix.O_CLOEXEC)
	unix.Close(other)
	return fail(err)
}

// Seek is lseek(2).
func (f *File) Seek(offset int64, whence int) (int64, error) {
	n, err := unix.Seek(f.FD(), offset, whence)
	if err != nil {
		return 0, fail(err)
	}
	return n, nil
}

// Stat is fstat(2).
func (f *File) Stat() (system.FileInfo, error) {
	var st unix.Stat_t
	if err := unix.Fstat(f.FD(), &st); err != nil {
		return system.FileInfo{}, fail(err)
	}
	return fileInfo(&st), nil
}

// Truncate is ftruncate(2).
func (f *File) Truncate(size int64) error {
	return retry(func() error { return unix.Ftruncate(f.FD(), size) })
}

// Chmod is fchmod(2).
func (f *File) Chmod(mode system.Mode) error {
	return fail(unix.Fchmod(f.FD(), uint32(mode.Perm())))
}

// Chown is fchown(2).
func (f *File) Chown(uid, gid int) error { return fail(unix.Fchown(f.FD(), uid, gid)) }

// lockPause is how often a lock that is waited for is tried again: flock(2)
// itself cannot be called off. It grows from the first to the second.
const (
	lockPause    = time.Millisecond
	maxLockPause = 50 * time.Millisecond
)

// Lock is flock(2).
func (f *File) Lock(ctx context.Context, how system.Lock) error {
	op := unix.LOCK_EX
	switch {
	case how.Unlock:
		op = unix.LOCK_UN
	case how.Shared:
		op = unix.LOCK_SH
	}
	if how.Wait && ctx.Done() == nil {
		return retry(func() error { return unix.Flock(f.FD(), op) })
	}
	for pause := lockPause; ; pause = min(2*pause, maxLockPause) {
		err := retry(func() error { return unix.Flock(f.FD(), op|unix.LOCK_NB) })
		if err != system.EAGAIN || !how.Wait {
			return err
		}
		if err := (*Machine)(nil).Sleep(ctx, pause); err != nil {
			return err
		}
	}
}

// IsTerminal is isatty(3).
func (f *File) IsTerminal() bool {
	_, err := unix.IoctlGetTermios(f.FD(), unix.TCGETS)
	return err == nil
}

// Size is the terminal's size, as TIOCGWINSZ of ioctl_tty(2) gives it.
func (f *File) Size() (columns, rows int) {
	w, err := unix.IoctlGetWinsize(f.FD(), unix.TIOCGWINSZ)
	if err != nil {
		return 0, 0
	}
	return int(w.Col), int(w.Row)
}

// Inherited returns descriptor fd, 3 and up, if it is open and not one of this
// process's own. From then on it is one: closed on exec like all others.
func (*Machine) Inherited(fd int) (system.File, bool) {
	if fd < 3 {
		return nil, false
	}
	flags, err := unix.FcntlInt(uintptr(fd), unix.F_GETFD, 0)
	if err != nil || flags&unix.FD_CLOEXEC != 0 {
		return nil, false
	}
	if _, err := unix.FcntlInt(uintptr(fd), unix.F_SETFD, flags|unix.FD_CLOEXEC); err != nil {
		return nil, false
	}
	return adopt(fd), true
}
