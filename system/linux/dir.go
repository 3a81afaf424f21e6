//go:build linux

package linux

import (
	"bytes"
	"encoding/binary"

	"golang.org/x/sys/unix"

	"sysv/system"
)

// Layout of struct linux_dirent64, getdents(2).
const (
	direntReclen = 16
	direntType   = 18
	direntName   = 19
)

// direntBuffer is room for the entries of one call, as much as glibc takes.
const direntBuffer = 32 << 10

// ReadDir lists a directory in the file system's own order, without "." and
// "..".
func (*Machine) ReadDir(path string) ([]system.DirEntry, error) {
	fd, err := openAsIs(path, unix.O_RDONLY|unix.O_DIRECTORY|unix.O_CLOEXEC, 0)
	if err != nil {
		return nil, err
	}
	defer unix.Close(fd)
	var list []system.DirEntry
	buf := make([]byte, direntBuffer)
	for {
		n, err := unix.Getdents(fd, buf)
		if err == unix.EINTR {
			continue
		}
		if err != nil {
			return list, fail(err)
		}
		if n == 0 {
			return list, nil
		}
		list = appendEntries(list, buf[:n])
	}
}

func appendEntries(list []system.DirEntry, b []byte) []system.DirEntry {
	for len(b) > direntName {
		n := int(binary.NativeEndian.Uint16(b[direntReclen:]))
		if n <= direntName || n > len(b) {
			return list
		}
		name, _, _ := bytes.Cut(b[direntName:n], []byte{0})
		if s := string(name); s != "." && s != ".." {
			// DT_DIR and the rest are the file type bits of st_mode, moved.
			list = append(list, system.DirEntry{
				Name: s, Type: system.Mode(b[direntType]) << 12 & system.TypeMask,
				Ino: binary.NativeEndian.Uint64(b),
			})
		}
		b = b[n:]
	}
	return list
}
