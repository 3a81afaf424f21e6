// Package utility is the commands that sysv has built in, so that a script
// runs where there is no coreutils. Each does what the GNU (or Debian's)
// program of its name does, for the options that scripts use; it refuses any
// other option, and the real program then runs, if there is one.
package utility

import (
	"sysv/utility/call"
	"sysv/utility/process"
	"sysv/utility/text"
)

// Lookup finds a built-in utility by its name, or returns nil. It is a switch
// and no map, so that nothing is built when the program starts.
func Lookup(name string) call.Func {
	switch name {
	case "egrep", "fgrep", "grep", "sed":
		return text.Lookup(name)
	case "chroot", "env", "getent", "groups", "id", "nice", "nohup", "pidof", "setsid", "sleep", "start-stop-daemon", "timeout", "tty",
		"whoami":
		return process.Lookup(name)
	}
	return nil
}
