package service

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"sysv/daemon"
	"sysv/system"
)

// Truth is what is so of a service, next to what its script says.
type Truth struct {
	Name, Path string
	// Status is the exit status of the script's status action, and Says what
	// it prints.
	Status int
	Says   string
	// Processes are its daemon's.
	Processes []Running
	// PIDFiles are the files that are there, of those that the script names.
	PIDFiles []PIDFile
	// Known tells that something of the daemon is known, a pid file or a
	// program: only then do no processes mean that it does not run.
	Known bool
	// Disagree are the contradictions, each in a line.
	Disagree []string
}

// Running is a process of a daemon.
type Running struct {
	PID, PPID int
	// Exe is its program; Replaced tells that the file is another by now.
	Exe      string
	Replaced bool
	Command  []string
	Since    time.Time
	// Memory is what it has in memory, in bytes, what it shares included.
	Memory int64
	// By says how it was found: a pid file's path, or "program".
	By string
}

// PIDFile is a pid file.
type PIDFile struct {
	Path string
	PID  int
	// Stale says why it names no process of the daemon, "" if it does.
	Stale string
}

// Running tells whether the service runs: "running", "stopped", or "unknown".
func (t *Truth) Running() string {
	switch {
	case len(t.Processes) > 0:
		return "running"
	case t.Known:
		return "stopped"
	case t.Status == 0:
		return "unknown" // the script says so, and nothing else is known
	}
	return "stopped"
}

// Look finds out what is so of a service. It does not run the script.
func Look(p *system.Process, name, path string) (*Truth, error) {
	script, err := Load(p, path, true)
	if err != nil {
		return nil, err
	}
	t := &Truth{Name: name, Path: path}
	c := cluesOf(p, name, script)
	l := &looker{p: p, table: daemon.Table{Sys: p.Sys}, programs: c.programs}
	for _, path := range c.pidFiles {
		l.pidFile(t, path)
	}
	l.byProgram(t)
	t.Known = len(t.PIDFiles) > 0 || len(c.programs) > 0
	return t, nil
}

type looker struct {
	p        *system.Process
	table    daemon.Table
	programs []string
}

// pidFile looks at a pid file, if it is there, and at the process that it
// names.
func (l *looker) pidFile(t *Truth, path string) {
	info, err := l.p.Sys.Stat(path)
	if err != nil || !info.Mode.IsRegular() {
		return
	}
	f := PIDFile{Path: path}
	text, err := l.p.ReadFile(path, 1<<16)
	first, _, _ := strings.Cut(strings.TrimSpace(string(text)), "\n")
	f.PID, _ = strconv.Atoi(strings.TrimSpace(first))
	switch {
	case err != nil:
		f.Stale = "cannot be read: " + err.Error()
	case f.PID <= 0:
		f.Stale = "has no pid in it"
	case f.PID == 1:
		f.Stale = "names 1, which is the first process"
	default:
		f.Stale = l.process(t, f.PID, path, info.Mtime)
	}
	t.PIDFiles = append(t.PIDFiles, f)
}

// rebootSlack is how much later than its pid file a process may have been
// started to be still the one that is meant.
const rebootSlack = 5 * time.Second

// process takes a process for the service's, or says why it is none.
func (l *looker) process(t *Truth, pid int, by string, written time.Time) string {
	for _, r := range t.Processes {
		if r.PID == pid {
			return ""
		}
	}
	r, ok := l.running(pid)
	if !ok {
		return fmt.Sprintf("names %d, and there is no such process", pid)
	}
	if len(l.programs) > 0 && !l.isProgram(r) && !l.runsAny(r) {
		return fmt.Sprintf("names %d, which is %s", pid, r.name())
	}
	if r.Since.After(written.Add(rebootSlack)) {
		return fmt.Sprintf("names %d, which is %s and was started later", pid, r.name())
	}
	r.By = by
	t.Processes = append(t.Processes, r)
	return ""
}

// runsAny tells a process of a program that the script does not name, but that
// may still be the daemon: the script names one that starts another.
func (l *looker) runsAny(r Running) bool {
	for _, prog := range l.programs {
		b := make([]byte, 2)
		f, err := l.p.Sys.Open(prog, system.ReadOnly, 0)
		if err != nil {
			continue
		}
		n, _ := f.Read(b)
		f.Close()
		if string(b[:n]) == "#!" {
			return true // a wrapper
		}
	}
	return false
}

// running reads a process; a zombie is none.
func (l *looker) running(pid int) (Running, bool) {
	row, err := l.table.Read(pid)
	if err != nil || row.Zombie() {
		return Running{}, false
	}
	r := Running{PID: pid, PPID: row.PPID, Since: startedAt(l.p, row.Start), Memory: row.RSS * int64(os.Getpagesize())}
	r.Exe, r.Replaced, _ = l.table.Exe(pid)
	r.Command, _ = l.table.Cmdline(pid)
	if r.Exe == "" && len(r.Command) == 0 {
		r.Command = []string{row.Comm}
	}
	return r, true
}

// name is what a process is called for people.
func (r Running) name() string {
	if r.Exe != "" {
		return r.Exe
	}
	return strings.Join(r.Command, " ")
}

// isProgram tells that a process runs one of the service's programs, itself
// or by an interpreter.
func (l *looker) isProgram(r Running) bool {
	for _, prog := range l.programs {
		if l.same(prog, r.Exe) {
			return true
		}
		for i := 1; i < len(r.Command) && i < 4; i++ {
			if r.Command[i] == prog {
				return isInterpreter(r.Exe)
			}
		}
	}
	return false
}

func (l *looker) same(a, b string) bool {
	if a == b {
		return true
	}
	x, err := l.p.Sys.Stat(a)
	if err != nil || b == "" {
		return false
	}
	y, err := l.p.Sys.Stat(b)
	return err == nil && x.SameFile(y)
}

// byProgram adds the processes of the service's programs that no pid file
// named: the main ones, whose parent is none of them.
func (l *looker) byProgram(t *Truth) {
	if len(l.programs) == 0 {
		return
	}
	pids, _ := l.table.PIDs()
	known := map[int]bool{}
	for _, r := range t.Processes {
		known[r.PID] = true
	}
	var found []Running
	self := l.p.Sys.Getpid()
	for _, pid := range pids {
		if known[pid] || pid == self {
			continue
		}
		if r, ok := l.running(pid); ok && l.isProgram(r) {
			r.By = "program"
			found = append(found, r)
			known[pid] = true
		}
	}
	for _, r := range found {
		if !known[r.PPID] {
			t.Processes = append(t.Processes, r)
		}
	}
}

// Compare notes what disagrees, once Status and Says are known.
func (t *Truth) Compare() {
	add := func(format string, args ...any) { t.Disagree = append(t.Disagree, fmt.Sprintf(format, args...)) }
	for _, f := range t.PIDFiles {
		if f.Stale != "" {
			add("%s is stale: it %s", f.Path, f.Stale)
		}
	}
	switch n := len(t.Processes); {
	case t.Status == 0 && n == 0 && t.Known:
		add("the script says that it runs, and no process of it is there")
	case t.Status >= 1 && t.Status <= 3 && n > 0 && !t.isUsage():
		add("the script says that it does not run (%d), and process %d is there", t.Status, t.Processes[0].PID)
	}
	for _, r := range t.Processes {
		if r.Replaced {
			add("process %d runs a program that has been replaced since: %s", r.PID, r.Exe)
		}
	}
}

// isUsage tells a script that does not know the action.
func (t *Truth) isUsage() bool { return strings.Contains(strings.ToLower(t.Says), "usage:") }

// Meaning is what the exit status means in the LSB (Core, 22.2).
func (t *Truth) Meaning() string {
	switch {
	case t.isUsage():
		return "has no status action"
	case t.Status == 0:
		return "running"
	case t.Status == 1:
		return "dead, with a pid file"
	case t.Status == 2:
		return "dead, with a lock file"
	case t.Status == 3:
		return "not running"
	case t.Status == 4:
		return "unknown"
	case t.Status == StatusTimeout:
		return "does not answer"
	}
	return "status " + strconv.Itoa(t.Status)
}
