package shell

import (
	"syscall"

	"sysv/system"
	"sysv/system/linux"
)

// HostProcess is this process, on the real machine, as the shell's own.
func HostProcess() *system.Process {
	m := linux.New()
	p := &system.Process{Sys: m, Env: m.Environ(), Umask: m.Umask()}
	for fd, f := range m.Stdio() {
		if f != nil {
			p.Files.Set(fd, f)
		}
	}
	p.Files.Inherit(m)
	dir, err := syscall.Getwd()
	if err != nil {
		dir = "/"
	}
	p.Dir = dir
	return p
}
