//go:build linux

package linux

import (
	"time"

	"golang.org/x/sys/unix"

	"sysv/system"
)

// Pipe is pipe2(2) with O_CLOEXEC.
func (*Machine) Pipe() (r, w system.File, err error) {
	var p [2]int
	if err := unix.Pipe2(p[:], unix.O_CLOEXEC); err != nil {
		return nil, nil, fail(err)
	}
	rf, err := opened(p[0])
	if err != nil {
		unix.Close(p[1])
		return nil, nil, err
	}
	wf, err := opened(p[1])
	if err != nil {
		rf.Close()
		return nil, nil, err
	}
	return rf, wf, nil
}

// Stat is stat(2).
func (*Machine) Stat(path string) (system.FileInfo, error) { return statAt(path, 0) }

// Lstat is lstat(2).
func (*Machine) Lstat(path string) (system.FileInfo, error) {
	return statAt(path, unix.AT_SYMLINK_NOFOLLOW)
}

func statAt(path string, flags int) (system.FileInfo, error) {
	var st unix.Stat_t
	err := retry(func() error { return unix.Fstatat(unix.AT_FDCWD, path, &st, flags) })
	if err != nil {
		return system.FileInfo{}, err
	}
	return fileInfo(&st), nil
}

// fileInfo translates a struct stat; its fields' types differ from one
// architecture to the next.
func fileInfo(st *unix.Stat_t) system.FileInfo {
	return system.FileInfo{
		Dev: uint64(st.Dev), Ino: uint64(st.Ino), Mode: system.Mode(st.Mode), Nlink: uint64(st.Nlink),
		UID: int(st.Uid), GID: int(st.Gid), Rdev: uint64(st.Rdev), Size: int64(st.Size),
		Blocks: int64(st.Blocks), BlockSize: int64(st.Blksize),
		Atime: time.Unix(st.Atim.Unix()), Mtime: time.Unix(st.Mtim.Unix()), Ctime: time.Unix(st.Ctim.Unix()),
	}
}

// Access is faccessat2(2) with AT_EACCESS.
func (*Machine) Access(path string, mode system.AccessMode) error {
	return fail(unix.Faccessat(unix.AT_FDCWD, path, uint32(mode), unix.AT_EACCESS))
}

// Readlink is readlink(2).
func (*Machine) Readlink(path string) (string, error) {
	for size := 256; ; size *= 4 {
		b := make([]byte, size)
		n, err := unix.Readlink(path, b)
		if err != nil {
			return "", fail(err)
		}
		if n < size {
			return string(b[:n]), nil
		}
	}
}

// Mkdir is mkdir(2) with exactly the mode given.
func (*Machine) Mkdir(path string, perm system.Mode) error {
	return withPerm(perm, func() error { return unix.Mkdir(path, uint32(perm.Perm())) })
}

// Mknod is mknod(2) with exactly the mode given.
func (*Machine) Mknod(path string, mode system.Mode, dev uint64) error {
	return withPerm(mode, func() error { return unix.Mknod(path, uint32(mode), int(dev)) })
}

// Symlink is symlink(2).
func (*Machine) Symlink(target, path string) error { return fail(unix.Symlink(target, path)) }

// Link is linkat(2).
func (*Machine) Link(oldPath, newPath string, follow bool) error {
	flags := 0
	if follow {
		flags = unix.AT_SYMLINK_FOLLOW
	}
	return fail(unix.Linkat(unix.AT_FDCWD, oldPath, unix.AT_FDCWD, newPath, flags))
}

// Rename is rename(2).
func (*Machine) Rename(oldPath, newPath string) error {
	defer namesMayChange()
	return fail(unix.Rename(oldPath, newPath))
}

// Unlink is unlink(2).
func (*Machine) Unlink(path string) error { return fail(unix.Unlink(path)) }

// Rmdir is rmdir(2).
func (*Machine) Rmdir(path string) error {
	defer namesMayChange()
	return fail(unix.Rmdir(path))
}

// Chmod is chmod(2).
func (*Machine) Chmod(path string, mode system.Mode) error {
	return fail(unix.Fchmodat(unix.AT_FDCWD, path, uint32(mode.Perm()), 0))
}

// Chown is fchownat(2).
func (*Machine) Chown(path string, uid, gid int, follow bool) error {
	return fail(unix.Fchownat(unix.AT_FDCWD, path, uid, gid, noFollow(follow)))
}

// Chtimes is utimensat(2).
func (*Machine) Chtimes(path string, atime, mtime time.Time, follow bool) error {
	var ts [2]unix.Timespec
	for i, t := range []time.Time{atime, mtime} {
		if t.IsZero() {
			ts[i].Nsec = unix.UTIME_OMIT
			continue
		}
		v, err := unix.TimeToTimespec(t)
		if err != nil {
			return system.ERANGE
		}
		ts[i] = v
	}
	return fail(unix.UtimesNanoAt(unix.AT_FDCWD, path, ts[:], noFollow(follow)))
}

func noFollow(follow bool) int {
	if follow {
		return 0
	}
	return unix.AT_SYMLINK_NOFOLLOW
}

// Truncate is truncate(2).
func (*Machine) Truncate(path string, size int64) error {
	return retry(func() error { return unix.Truncate(path, size) })
}

// Sync is sync(2).
func (*Machine) Sync() { unix.Sync() }
