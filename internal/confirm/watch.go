//go:build linux

package confirm

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unsafe"

	"golang.org/x/sys/unix"
)

// watch learns from fanotify which files are executed, and by which pids.
type watch struct {
	fd    int
	names map[int]string // the last program that a pid executed
	execs map[string]bool
}

func newWatch() (*watch, error) {
	fd, err := unix.FanotifyInit(unix.FAN_CLASS_NOTIF|unix.FAN_CLOEXEC|unix.FAN_NONBLOCK|unix.FAN_UNLIMITED_QUEUE|unix.FAN_UNLIMITED_MARKS,
		unix.O_RDONLY|unix.O_CLOEXEC|unix.O_LARGEFILE)
	if err != nil {
		return nil, fmt.Errorf("fanotify: %w", err)
	}
	for _, mount := range []string{"/", "/run", "/usr", "/etc", "/var"} {
		if err := unix.FanotifyMark(fd, unix.FAN_MARK_ADD|unix.FAN_MARK_MOUNT, unix.FAN_OPEN_EXEC, unix.AT_FDCWD, mount); err != nil {
			return nil, fmt.Errorf("fanotify on %s: %w", mount, err)
		}
	}
	return &watch{fd: fd, names: map[int]string{}, execs: map[string]bool{}}, nil
}

// drain reads what has been executed until now.
func (w *watch) drain() {
	buf := make([]byte, 64<<10)
	for {
		n, err := unix.Read(w.fd, buf)
		if err == unix.EINTR {
			continue
		}
		if err != nil || n <= 0 {
			return
		}
		for at := 0; at+int(unsafe.Sizeof(unix.FanotifyEventMetadata{})) <= n; {
			e := (*unix.FanotifyEventMetadata)(unsafe.Pointer(&buf[at]))
			if e.Event_len == 0 {
				break
			}
			at += int(e.Event_len)
			if e.Fd < 0 {
				continue
			}
			path, err := os.Readlink(fmt.Sprintf("/proc/self/fd/%d", e.Fd))
			unix.Close(int(e.Fd))
			if err != nil || isLoader(path) {
				continue
			}
			w.names[int(e.Pid)] = filepath.Base(path)
			w.execs[path] = true
		}
	}
}

// isLoader is true for the dynamic linker, which each program drags along.
func isLoader(path string) bool {
	return strings.HasPrefix(filepath.Base(path), "ld-") || strings.HasPrefix(filepath.Base(path), "ld.so")
}

// take returns what was executed since the last take.
func (w *watch) take() []string {
	w.drain()
	var out []string
	for p := range w.execs {
		out = append(out, p)
	}
	slices.Sort(out)
	w.execs = map[string]bool{}
	return out
}
