package process

import "sysv/utility/call"

// Lookup finds a utility of this package by its name, or returns nil.
func Lookup(name string) call.Func {
	switch name {
	case "chroot":
		return Chroot
	case "env":
		return Env
	case "getent":
		return Getent
	case "groups":
		return Groups
	case "id":
		return ID
	case "kill":
		return Kill
	case "killall":
		return KillAll
	case "killall5":
		return KillAll5
	case "nice":
		return Nice
	case "nohup":
		return Nohup
	case "pgrep":
		return PGrep
	case "pidof":
		return PIDOf
	case "pkill":
		return PKill
	case "ps":
		return PS
	case "runuser":
		return RunUser
	case "setsid":
		return Setsid
	case "sleep":
		return Sleep
	case "start-stop-daemon":
		return StartStopDaemon
	case "su":
		return Su
	case "timeout":
		return Timeout
	case "tty":
		return TTY
	case "whoami":
		return Whoami
	}
	return nil
}
