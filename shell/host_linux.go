package shell

import (
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
	if here, err := m.HoldDirectory(""); err == nil {
		// One that has been removed has no name.
		dir, _ := here.Name()
		p.Hold(here, dir)
	}
	return p
}
