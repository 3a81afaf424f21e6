package service

import (
	"strings"

	"sysv/system"
)

// unitDirs are where systemd finds units (systemd.unit(5)), those that
// generators made included.
func unitDirs() []string {
	return []string{
		"/etc/systemd/system", "/run/systemd/system", "/run/systemd/generator.early", "/run/systemd/generator", "/run/systemd/generator.late",
		"/run/systemd/transient", "/etc/systemd/system.control", "/run/systemd/system.control",
		"/usr/local/lib/systemd/system", "/usr/lib/systemd/system", "/lib/systemd/system",
	}
}

// HasUnit tells whether there is a file of a unit, which a dangling link and a
// masked unit (a link to /dev/null) are too.
func HasUnit(p *system.Process, unit string) bool {
	if unit == "" || strings.Contains(unit, "/") {
		return false
	}
	for _, dir := range unitDirs() {
		if _, err := p.Sys.Lstat(dir + "/" + unit); err == nil {
			return true
		}
	}
	return false
}

// FindProgram finds a program on the PATH of a process's environment, or
// gives "".
func FindProgram(p *system.Process, name string) string {
	if strings.Contains(name, "/") {
		return name
	}
	dirs, ok := p.Getenv("PATH")
	if !ok {
		dirs = defaultPath
	}
	for dir := range strings.SplitSeq(dirs, ":") {
		path := dir + "/" + name
		if dir == "" {
			path = name
		}
		if info, err := p.Stat(path); err == nil && info.Mode.IsRegular() && p.Access(path, system.ExecuteOK) == nil {
			return p.Abs(path)
		}
	}
	return ""
}

// RunProgram runs a program that is found on the PATH, and gives its status,
// 127 if there is none. If it is asked for its output, that is given too,
// without the newlines at its end, and what it says on standard error is
// dropped.
func RunProgram(p *system.Process, ask bool, argv ...string) (status int, output string) {
	path := FindProgram(p, argv[0])
	if path == "" {
		return StatusNotFound, ""
	}
	child := p.Fork()
	defer child.Files.CloseAll()
	var out *system.Capture
	if ask {
		out = system.NewCapture(p.Sys)
		child.Files.Set(1, out)
		silence(child)
	}
	started, err := p.Sys.Start(child.Command(path, argv))
	if err != nil {
		return StatusNotExecutable, ""
	}
	child.Files.CloseAll()
	ws, _ := started.Wait(false)
	if out == nil {
		return ws.Status(), ""
	}
	return ws.Status(), strings.TrimRight(string(out.Bytes()), "\n")
}

// RunQuietly runs a program as [RunProgram] does, and drops what it says on
// standard error.
func RunQuietly(p *system.Process, argv ...string) (status int) {
	child := p.Fork()
	defer child.Files.CloseAll()
	silence(child)
	status, _ = RunProgram(child, false, argv...)
	return status
}

func silence(p *system.Process) {
	if null, err := p.Sys.Open("/dev/null", system.WriteOnly, 0); err == nil {
		p.Files.Set(2, null)
	}
}
