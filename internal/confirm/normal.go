//go:build linux

package confirm

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// normaliser replaces what differs between two equal runs: pids, by the name
// of the process, and the shell's own command line, by <SHELL>.
type normaliser struct {
	watch  *watch
	script map[int]bool // pids of the steps' shells
	shell  []string     // the words that start the shell, before the script
	last   int          // the last pid given out
}

// date is how `date` and many logs write the time.
var date = regexp.MustCompile(`(Mon|Tue|Wed|Thu|Fri|Sat|Sun),? .{3,6} +\d{1,2}:\d\d:\d\d( [AP]M)?( [A-Z]{3,4})?( \d{4})?|\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d`)

// notify is start-stop-daemon's directory for --notify-await.
var notify = regexp.MustCompile(`\.s-s-d-notify\.\w+`)

var number = regexp.MustCompile(`[0-9]+`)

// text replaces each number that is a pid of this sandbox.
func (n *normaliser) text(s string) string {
	if strings.Contains(s, ":") {
		s = date.ReplaceAllString(s, "<DATE>")
	}
	if strings.Contains(s, "s-s-d-notify") {
		s = notify.ReplaceAllString(s, ".s-s-d-notify.<RANDOM>")
	}
	return number.ReplaceAllStringFunc(s, func(digits string) string {
		pid, err := strconv.Atoi(digits)
		if err != nil || len(digits) != 5 || pid < firstPid || pid > n.last {
			return digits
		}
		return "<PID" + n.name(pid) + ">"
	})
}

// name is what a pid is (or was), for texts that mention it.
func (n *normaliser) name(pid int) string {
	if n.script[pid] {
		return ":script"
	}
	if name, ok := n.watch.names[pid]; ok {
		return ":" + name
	}
	return ""
}

// relation says who other is to p: itself, PID 1, the script or a program.
func (n *normaliser) relation(p process, other int) string {
	switch {
	case other == p.pid:
		return "itself"
	case other <= 1:
		return strconv.Itoa(other)
	}
	return "<PID" + n.name(other) + ">"
}

// isShell is true for the program that runs the script.
func (n *normaliser) isShell(exe string) bool {
	target, err := filepath.EvalSymlinks(n.shell[0])
	return err == nil && (exe == target || exe == n.shell[0])
}

// argv is a process's command line. A copy of the shell that runs the script
// (a subshell) has another one with each shell.
func (n *normaliser) argv(p process) []string {
	started := len(p.argv) >= len(n.shell) && slices.Equal(p.argv[:len(n.shell)], n.shell) &&
		len(p.argv) > len(n.shell) && strings.HasPrefix(p.argv[len(n.shell)], "/")
	if started || strings.HasPrefix(p.exe, "/.confirm/") && p.exe != stubInterpreter {
		return []string{"<SHELL>"}
	}
	return p.argv
}

// readLast learns the last pid that was given out.
func (n *normaliser) readLast() {
	text, err := os.ReadFile("/proc/sys/kernel/ns_last_pid")
	if err == nil {
		n.last, _ = strconv.Atoi(strings.TrimSpace(string(text)))
	}
}
