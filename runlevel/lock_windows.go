package runlevel

import (
	"os"

	"golang.org/x/sys/windows"
)

const noFollow = 0

func tryLock(*os.File) bool { return false }

// lockFile waits for the lock; closing the file gives it back.
func lockFile(f *os.File) error {
	return windows.LockFileEx(windows.Handle(f.Fd()), windows.LOCKFILE_EXCLUSIVE_LOCK, 0, 1, 0, &windows.Overlapped{})
}

// awaited: a file that is open cannot be removed.
func awaited(*os.File) bool { return true }

func lockHolder(*os.File) int { return 0 }
