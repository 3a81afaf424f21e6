//go:build unix

package runlevel

import (
	"io"
	"os"
	"syscall"
)

// noFollow refuses a symbolic link in the lock's place.
const noFollow = syscall.O_NOFOLLOW

// The two bytes of the file that are locked. Who waits for the lock holds the
// turn; who has just given the lock back waits for the turn first, and so
// cannot take it again before the one that waited.
const (
	lockByte = 0
	turnByte = 1
)

// tryLock takes the lock if nobody has it and nobody waits for it.
func tryLock(f *os.File) bool {
	if record(f, turnByte, syscall.F_WRLCK, syscall.F_SETLK) != nil ||
		record(f, lockByte, syscall.F_WRLCK, syscall.F_SETLK) != nil {
		return false
	}
	return record(f, turnByte, syscall.F_UNLCK, syscall.F_SETLK) == nil
}

// lockFile waits for the lock. The system gives it back when the file is
// closed or the process ends, however it does.
func lockFile(f *os.File) error {
	if err := record(f, turnByte, syscall.F_WRLCK, syscall.F_SETLKW); err != nil {
		return err
	}
	if err := record(f, lockByte, syscall.F_WRLCK, syscall.F_SETLKW); err != nil {
		return err
	}
	return record(f, turnByte, syscall.F_UNLCK, syscall.F_SETLK)
}

func record(f *os.File, at int64, kind int16, cmd int) error {
	for {
		l := syscall.Flock_t{Type: kind, Whence: io.SeekStart, Start: at, Len: 1}
		err := syscall.FcntlFlock(f.Fd(), cmd, &l)
		if err != syscall.EINTR {
			return err
		}
	}
}

// awaited tells whether another process waits for the lock.
func awaited(f *os.File) bool { return holder(f, turnByte) != 0 }

// lockHolder is the process that has the lock, 0 if none is known.
func lockHolder(f *os.File) int { return holder(f, lockByte) }

func holder(f *os.File, at int64) int {
	l := syscall.Flock_t{Type: syscall.F_WRLCK, Whence: io.SeekStart, Start: at, Len: 1}
	if syscall.FcntlFlock(f.Fd(), syscall.F_GETLK, &l) != nil || l.Type == syscall.F_UNLCK {
		return 0
	}
	return int(l.Pid)
}
