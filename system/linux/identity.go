//go:build linux

package linux

import (
	"os"
	"strings"
	"unsafe"

	"golang.org/x/sys/unix"

	"sysv/system"
)

// Getpid is getpid(2).
func (*Machine) Getpid() int { return unix.Getpid() }

// Getppid is getppid(2).
func (*Machine) Getppid() int { return unix.Getppid() }

// Getpgid is getpgid(2).
func (*Machine) Getpgid(pid int) (int, error) {
	g, err := unix.Getpgid(pid)
	if err != nil {
		return 0, fail(err)
	}
	return g, nil
}

// Identity is who this process runs as.
func (*Machine) Identity() system.Identity {
	groups, _ := unix.Getgroups()
	return system.Identity{
		UID: unix.Getuid(), EUID: unix.Geteuid(), GID: unix.Getgid(), EGID: unix.Getegid(), Groups: groups,
	}
}

// Executable is the path of this program. Once its file has been replaced that
// is /proc/self/exe, and without /proc the path that it was started by.
func (m *Machine) Executable() string {
	path, err := m.Readlink("/proc/self/exe")
	if err != nil {
		return startedBy()
	}
	if strings.HasSuffix(path, " (deleted)") {
		return "/proc/self/exe"
	}
	return path
}

// atExecfn is AT_EXECFN of getauxval(3).
const atExecfn = 31

// startedBy is the path given to execve(2), made absolute.
func startedBy() string {
	aux, err := unix.Auxv()
	if err != nil {
		return ""
	}
	for _, kv := range aux {
		if kv[0] != atExecfn || kv[1] == 0 {
			continue
		}
		address := kv[1]
		path := unix.BytePtrToString(*(**byte)(unsafe.Pointer(&address)))
		if strings.HasPrefix(path, "/") {
			return path
		}
		if dir, err := os.Getwd(); err == nil {
			return dir + "/" + path
		}
	}
	return ""
}
