package daemon

import (
	"strings"

	"sysv/system"
)

// Error tells why a process is not looked for or started, in the words of
// dpkg's start-stop-daemon.
type Error struct {
	Text string
	Err  error // of the system call that failed, if one did
}

func (e *Error) Error() string {
	if e.Err == nil {
		return e.Text
	}
	return e.Text + " (" + e.Err.Error() + ")"
}

func (e *Error) Unwrap() error { return e.Err }

// pidFileLimit bounds a pid file: its first word counts.
const pidFileLimit = 64 << 10

// ReadPIDFile reads the pid in a pid file: the first word of it, which must be
// a number greater than 0. dpkg also takes -7, 0 and 7x; a signal to the first
// two goes to a whole process group, here they are [system.EINVAL], as is an
// empty file. No such file is [system.ENOENT].
//
// alone tells that nothing but the file says which process is meant. As
// start-stop-daemon(8) tells, a file that anyone may write is then refused,
// and with alone one that belongs to another user or group than root or us;
// /dev/null is exempt.
func ReadPIDFile(p *system.Process, path string, alone bool) (int, error) {
	f, err := p.Open(path, system.ReadOnly, 0)
	if err == system.ENOENT {
		return 0, err
	}
	if err != nil {
		return 0, &Error{"unable to open pidfile " + path, err}
	}
	defer f.Close()
	if path != "/dev/null" {
		st, err := f.Stat()
		if err != nil {
			return 0, &Error{"cannot stat pidfile " + path, err}
		}
		me := p.Sys.Identity()
		if alone && (st.UID != me.UID && st.UID != 0 || st.GID != me.GID && st.GID != 0) {
			return 0, &Error{"matching only on non-root pidfile " + path + " is insecure", nil}
		}
		if st.Mode&0o002 != 0 {
			return 0, &Error{"matching on world-writable pidfile " + path + " is insecure", nil}
		}
	}
	b, err := system.ReadAll(f, pidFileLimit)
	if err != nil && err != system.EFBIG {
		return 0, system.EINVAL
	}
	words := strings.Fields(string(b))
	if len(words) == 0 {
		return 0, system.EINVAL
	}
	pid, ok := number(words[0])
	if !ok {
		return 0, system.EINVAL
	}
	return pid, nil
}
