//go:build linux

package linux

import (
	"fmt"
	"os"

	"golang.org/x/sys/unix"

	"sysv/system"
)

// scenes are what the test binary does in a process of its own.
func scenes() map[string]func(*Machine) {
	return map[string]func(*Machine){
		"epipe":       sceneEPIPE,
		"close-stdio": sceneCloseStdio,
	}
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "scene:", err)
		os.Exit(98)
	}
}

func sceneEPIPE(m *Machine) {
	r, w, err := m.Pipe()
	check(err)
	check(r.Close())
	check(unix.Dup2(w.(*File).FD(), 1))
	if _, err := m.Stdio()[1].Write([]byte("x")); err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
}

func sceneCloseStdio(m *Machine) {
	std := m.Stdio()
	for _, f := range std {
		check(f.Close())
	}
	f, err := m.Open("/etc/passwd", system.ReadOnly, 0)
	if err != nil || f.(*File).FD() < 3 {
		os.Exit(1)
	}
	for fd := range 3 {
		if _, err := adopt(fd).Write([]byte("x")); err != system.EBADF {
			os.Exit(2)
		}
		if _, err := adopt(fd).Read(make([]byte, 1)); err != system.EBADF {
			os.Exit(3)
		}
	}
}
