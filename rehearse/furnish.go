package rehearse

import (
	"slices"
	"strings"

	"sysv/system"
	"sysv/system/simulated"
	"sysv/utility"
)

// furnish makes the machine that all others stand on: the tree, and what every
// system has where the tree does not have it. whole tells that the tree is
// that of a system.
func (r *run) furnish() (m *simulated.Machine, whole bool) {
	so := simulated.Options{Capacity: capacity, Patient: true, NoProc: true}
	if r.tree != nil {
		so.BaseFS = r.tree
	}
	m = simulated.New(so)
	missing := func(path string) bool {
		_, err := m.Lstat(path)
		return err != nil
	}
	dir := func(path string, mode system.Mode) {
		if missing(path) {
			m.AddDir(path, mode)
		}
	}
	whole = r.tree != nil && !missing("/bin/sh")
	if !whole {
		for _, d := range []string{"bin", "sbin", "lib"} {
			dir("/usr/"+d, 0o755)
			if missing("/" + d) {
				m.AddSymlink("/"+d, "usr/"+d)
			}
		}
		for _, d := range []string{"/etc/default", "/etc/init.d", "/home", "/opt", "/srv", "/var/lib", "/var/log", "/var/cache", "/var/spool", "/usr/local/bin", "/usr/local/sbin"} {
			dir(d, 0o755)
		}
		dir("/root", 0o700)
	}
	for _, d := range []string{"/tmp", "/run/lock", "/dev/shm", "/var/tmp"} {
		m.AddDir(d, system.Sticky|0o777)
	}
	m.AddDir("/sys", 0o555)
	if missing("/var/run") {
		m.AddSymlink("/var/run", "/run")
	}
	if missing("/var/lock") {
		m.AddSymlink("/var/lock", "/run/lock")
	}
	simulated.AddDevices(m)
	if missing("/etc/passwd") {
		simulated.AddUsers(m)
	}
	if !whole {
		r.addPrograms(m)
	}
	m.WriteFile(r.at, 0o755, string(r.o.Source))
	return m, whole
}

// complete puts into a machine what has been learnt of the script: its daemon,
// and its users.
func (s *stage) complete() {
	m, r := s.m, s.r
	missing := func(path string) bool {
		_, err := m.Lstat(path)
		return err != nil
	}
	incomplete := !r.whole
	for _, d := range r.daemonPaths() {
		switch {
		case s.o.noDaemon:
			m.Hide(d)
		case missing(d):
			incomplete = true
			r.note("the program " + d + " is invented")
			m.AddProgram(d)
		}
	}
	if incomplete {
		s.addAccounts()
	}
}

// daemonPaths are the daemons' programs, sorted.
func (r *run) daemonPaths() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	var l []string
	for d := range r.daemons {
		l = append(l, d)
	}
	slices.Sort(l)
	return l
}

// addPrograms makes the programs that a system has, and those that the script
// calls by name: a machine without them would say nothing about the script.
func (r *run) addPrograms(m *simulated.Machine) {
	m.AddProgram("/bin/sh")
	for _, name := range utility.Names() {
		switch name {
		case "start-stop-daemon", "killall5", "runuser", "chroot", "sysctl":
			m.AddProgram("/usr/sbin/" + name)
		case "restorecon", "[", "printf", "test":
		default:
			m.AddProgram("/usr/bin/" + name)
		}
	}
	for _, name := range []string{"dash", "bash", "python3", "perl", "env"} {
		m.AddProgram("/usr/bin/" + name)
	}
	for _, name := range r.commandWords() {
		if strings.HasPrefix(name, "/") {
			m.AddProgram(name)
		} else if _, err := m.Stat("/usr/bin/" + name); err != nil {
			m.AddProgram("/usr/sbin/" + name)
		}
	}
}

// commandWords are the names of programs that the script calls, sorted.
func (r *run) commandWords() []string {
	var l []string
	for name := range r.read.words {
		if r.read.funcs[name] || isShellWord(name) || name == "" {
			continue
		}
		if strings.HasPrefix(name, "/") {
			if strings.Contains(name, "bin/") {
				l = append(l, name)
			}
			continue
		}
		if plainName(name) && !libraryWord(name) {
			l = append(l, name)
		}
	}
	slices.Sort(l)
	return l
}

func plainName(s string) bool {
	for _, c := range []byte(s) {
		if !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("._+-", c) >= 0) {
			return false
		}
	}
	return s[0] != '-' && s[0] != '.' && s[0] != '+'
}

// isShellWord tells the shell's own commands.
func isShellWord(name string) bool {
	switch name {
	case ".", ":", "[", "alias", "bg", "break", "cd", "chdir", "command", "continue", "echo", "eval", "exec", "exit", "export", "false", "fg",
		"getopts", "hash", "jobs", "kill", "let", "local", "printf", "pwd", "read", "readonly", "return", "set", "shift", "source", "test", "times",
		"trap", "true", "type", "ulimit", "umask", "unalias", "unset", "wait", "declare", "typeset", "shopt", "builtin", "enable", "[[":
		return true
	}
	return false
}

// libraryWord tells functions of the distributions' libraries: they are not
// invented as programs.
func libraryWord(name string) bool {
	switch name {
	case "start_daemon", "killproc", "pidofproc", "status_of_proc", "daemon", "success", "failure", "passed", "warning", "action", "status", "checkpid",
		"startproc", "checkproc", "rc_status", "rc_reset", "rc_exit", "rc_failed", "rc_check", "init_is_upstart", "get_lsb_header_val":
		return true
	}
	return strings.HasPrefix(name, "log_") || strings.HasPrefix(name, "rc_") || strings.HasPrefix(name, "einfo")
}
