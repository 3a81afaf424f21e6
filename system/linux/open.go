//go:build linux

package linux

import (
	"strings"
	"sync"
	"sync/atomic"

	"golang.org/x/sys/unix"

	"sysv/system"
)

// umask is locked whenever the process's file mode creation mask is not what
// it is at rest, and while a process is being started, which would inherit it.
// rest is one more than the mask at rest, 0 while that is not known.
var umask struct {
	sync.Mutex
	rest atomic.Int32
}

// restingUmask is the mask that the process was started with, and has for all
// but moments.
func restingUmask() int {
	if rest := umask.rest.Load(); rest > 0 {
		return int(rest - 1)
	}
	umask.Lock()
	defer umask.Unlock()
	// The only way to read it without /proc is to set it.
	rest := unix.Umask(0o777)
	unix.Umask(rest)
	umask.rest.Store(int32(rest) + 1)
	return rest
}

// unmasked tells that the resting umask takes nothing from perm, so that a
// file can be made without touching the umask at all.
func unmasked(perm system.Mode) bool {
	return uint32(perm.Perm())&uint32(restingUmask()) == 0 && !unshareRefused.Load()
}

// withPerm makes a file that shall have exactly the permissions perm. The
// call must not be one that can block.
func withPerm(perm system.Mode, call func() error) error {
	if unmasked(perm) {
		return retry(call)
	}
	umask.Lock()
	defer umask.Unlock()
	old := unix.Umask(0)
	err := retry(call)
	unix.Umask(old)
	return err
}

// Open is open(2); a file that it makes has exactly the permissions perm.
func (*Machine) Open(path string, flag system.OpenFlag, perm system.Mode) (system.File, error) {
	fd, err := open(path, openFlags(flag), perm.Perm())
	if err != nil {
		return nil, err
	}
	f, err := opened(fd)
	if err != nil {
		return nil, err
	}
	return f, nil
}

func open(path string, flags int, perm system.Mode) (int, error) {
	if flags&unix.O_CREAT == 0 || unmasked(perm) {
		return openAsIs(path, flags, perm)
	}
	if flags&unix.O_EXCL != 0 {
		return openNew(path, flags, perm)
	}
	return openOrMake(path, flags, perm)
}

func openAsIs(path string, flags int, perm system.Mode) (fd int, err error) {
	err = retry(func() error {
		fd, err = unix.Open(path, flags, uint32(perm))
		return err
	})
	return fd, err
}

// openNew makes a file that must not exist. It cannot block.
func openNew(path string, flags int, perm system.Mode) (fd int, err error) {
	err = withPerm(perm, func() error {
		fd, err = unix.Open(path, flags, uint32(perm))
		return err
	})
	return fd, err
}

// maxOpenTries bounds the race of openOrMake against somebody who makes and
// removes the same file again and again; maxLinks is the kernel's own limit.
const (
	maxOpenTries = 1000
	maxLinks     = 40
)

// openOrMake opens a file that may exist, or makes it while the umask is 0.
// What exists is opened without O_CREAT and the umask as it is, for that may
// block (a FIFO); what does not is made with O_EXCL, which never blocks.
func openOrMake(path string, flags int, perm system.Mode) (int, error) {
	links := 0
	for range maxOpenTries {
		fd, err := openAsIs(path, flags&^unix.O_CREAT, 0)
		if err == nil {
			return refuseDir(fd, flags)
		}
		if err != system.ENOENT {
			return -1, err
		}
		fd, err = openNew(path, flags|unix.O_EXCL, perm)
		if err != system.EEXIST {
			return fd, err
		}
		// Somebody was faster, or it is a symbolic link to nothing: then
		// what it names shall be made.
		target, err := (*Machine)(nil).Readlink(path)
		if err != nil {
			continue
		}
		if links++; links > maxLinks {
			return -1, system.ELOOP
		}
		path = linkTarget(path, target)
	}
	return -1, system.EEXIST
}

// linkTarget is the path that a symbolic link at path leads to.
func linkTarget(path, target string) string {
	if strings.HasPrefix(target, "/") {
		return target
	}
	return path[:strings.LastIndexByte(path, '/')+1] + target
}

// refuseDir answers as open(2) with O_CREAT does for a directory, also when
// it is only to be read.
func refuseDir(fd, flags int) (int, error) {
	if flags&unix.O_ACCMODE != unix.O_RDONLY {
		return fd, nil
	}
	var st unix.Stat_t
	if unix.Fstat(fd, &st) == nil && st.Mode&unix.S_IFMT == unix.S_IFDIR {
		unix.Close(fd)
		return -1, system.EISDIR
	}
	return fd, nil
}

// openFlags are the flags with this architecture's numbers.
func openFlags(flag system.OpenFlag) int {
	f := unix.O_CLOEXEC | int(flag)&unix.O_ACCMODE
	set := func(ours system.OpenFlag, theirs int) {
		if flag&ours != 0 {
			f |= theirs
		}
	}
	set(system.Create, unix.O_CREAT)
	set(system.Exclusive, unix.O_EXCL)
	set(system.NoCTTY, unix.O_NOCTTY)
	set(system.Truncate, unix.O_TRUNC)
	set(system.Append, unix.O_APPEND)
	set(system.NonBlock, unix.O_NONBLOCK)
	set(system.Directory, unix.O_DIRECTORY)
	set(system.NoFollow, unix.O_NOFOLLOW)
	return f
}
