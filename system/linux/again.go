//go:build linux

package linux

import (
	"os"
	"strconv"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"

	"sysv/system"
)

// againVariable tells this program, run again, that it is to go on as a
// subshell: its value is the descriptor of the state and, after a space, what
// the process is called (/proc/PID/comm). It is no argument, so that ps and
// pgrep find the process under the arguments of the script, as they do where a
// subshell is a fork.
const againVariable = "SYSV_SUBSHELL"

// againReady tells that Resumed was called, so that this program run again
// with againVariable does what it should.
var againReady bool

// Resumed is to be called in main before the arguments are looked at. It tells
// whether this process is to go on as a subshell, and where it finds the state.
// The variable that says so is gone from the environment then.
func Resumed() (fd int, ok bool) {
	againReady = true
	value, found := syscall.Getenv(againVariable)
	if !found {
		return 0, false
	}
	syscall.Unsetenv(againVariable)
	number, name, _ := strings.Cut(value, " ")
	fd, err := strconv.Atoi(number)
	if err != nil || fd < 3 {
		return -1, true // nothing that a shell of ours has written
	}
	if name != "" && name != processName() {
		if f, err := openAsIs(nameFile, unix.O_WRONLY|unix.O_CLOEXEC, 0); err == nil {
			unix.Write(f, []byte(name))
			unix.Close(f)
		}
	}
	return fd, true
}

// nameFile is what the process is called. Written to, it names the process, and
// not the thread that writes.
const nameFile = "/proc/self/comm"

func processName() string {
	f, err := openAsIs(nameFile, unix.O_RDONLY|unix.O_CLOEXEC, 0)
	if err != nil {
		return ""
	}
	file := adopt(f)
	defer file.Close()
	b, err := system.ReadAll(file, 0)
	if err != nil {
		return ""
	}
	return strings.TrimSuffix(string(b), "\n")
}

// Again is how this program is to be run so that it goes on as a subshell with
// its state at descriptor fd: its arguments, and a variable for its
// environment. It has no arguments where main does not ask for that.
func (*Machine) Again(fd int) (args []string, variable string) {
	if !againReady {
		return nil, ""
	}
	return os.Args, againVariable + "=" + itoa(fd) + " " + processName()
}
