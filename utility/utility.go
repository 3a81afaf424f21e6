// Package utility is the commands that sysv has built in, so that a script
// runs where there is no coreutils. Each does what the GNU (or Debian's)
// program of its name does, for the options that scripts use; it refuses any
// other option, and the real program then runs, if there is one.
package utility

import (
	"strings"

	"sysv/utility/call"
	"sysv/utility/file"
	"sysv/utility/host"
	"sysv/utility/process"
	"sysv/utility/text"
)

// Lookup finds a built-in utility by its name, or returns nil. It is a switch
// and no map, so that nothing is built when the program starts.
func Lookup(name string) call.Func {
	switch name {
	case "basename", "cat", "chgrp", "chmod", "chown", "cp", "dd", "dirname", "find", "flock", "install", "ln", "ls", "mkdir", "mkfifo",
		"mknod", "mktemp", "mountpoint", "mv", "readlink", "realpath", "rm", "rmdir", "stat", "sync", "tee", "touch", "truncate":
		return file.Lookup(name)
	case "awk", "comm", "cut", "echo", "egrep", "expr", "false", "fgrep", "fold", "grep", "head", "mawk", "od",
		"paste", "rev", "sed", "seq", "sort", "tac", "tail", "tr", "true",
		"uniq", "wc", "xargs", "yes":
		return text.Lookup(name)
	case "chroot", "env", "getent", "groups", "id", "kill", "killall", "killall5", "nice", "nohup", "pgrep", "pidof", "pkill", "ps", "runuser",
		"setsid", "sleep", "start-stop-daemon", "su", "timeout", "tty", "whoami":
		return process.Lookup(name)
	case "[", "arch", "cmp", "date", "dnsdomainname", "getconf", "hostname", "link", "logger", "nproc", "printenv", "printf", "pwd",
		"restorecon", "run-parts", "stty", "sysctl", "test", "tput", "uname", "unlink", "which":
		return host.Lookup(name)
	}
	return nil
}

// Names lists the built-in utilities.
func Names() []string {
	var names []string
	for name := range strings.FieldsSeq(candidates) {
		if Lookup(name) != nil {
			names = append(names, name)
		}
	}
	return names
}

// candidates are the names that Lookup may know, sorted.
const candidates = `[ arch awk basename cat chgrp chmod chown chroot cmp comm cp cut date dd dirname dnsdomainname echo egrep env
	expr false fgrep find flock fold getconf getent grep groups head hostname id install kill killall killall5 link
	ln logger ls mawk mkdir mkfifo mknod mktemp mountpoint mv nice nohup nproc od paste pgrep pidof pkill printenv
	printf ps pwd readlink realpath restorecon rev rm rmdir run-parts runuser sed seq setsid sleep sort
	start-stop-daemon stat stty su sync sysctl tac tail tee test timeout touch tput tr true truncate tty uname uniq
	unlink wc which whoami xargs yes`
