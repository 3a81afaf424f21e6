package daemon

import (
	"strings"

	"sysv/system"
)

// Criteria say which processes are meant. All that are set must be true of a
// process; with none set, none is meant.
type Criteria struct {
	// PID names the process, and PIDFile the file that has its pid; only one
	// of them is to be set. Without either, all of /proc is looked through.
	PID     int
	PIDFile *string
	// PPID is its parent.
	PPID int
	// Exec is the program file: its device and inode, as dpkg compares them.
	Exec *system.FileInfo
	// Name is the process name (15 bytes are all that the kernel keeps).
	Name *string
	// User is the effective user.
	User *int
	// Root is a chroot in which processes count as this system's own, beside
	// those in the root directory.
	Root string
	// Absent lets a pid match that is named by PID or PIDFile alone, and is
	// not running, as dpkg does for --stop: signalling it then fails.
	Absent bool
}

func (c *Criteria) byLooks() bool {
	return c.Exec != nil || c.Name != nil || c.User != nil || c.PPID > 0
}

// State is what was found, with the numbers of the LSB for an init script's
// status action.
type State int

// States of a daemon.
const (
	Running     State = 0
	DeadPIDFile State = 1 // not running, but there is a pid file
	Dead        State = 3 // not running
	Unknown     State = 4 // the pid file cannot be read as one
)

// Identity is one process and no later one that has been given its pid.
type Identity struct {
	PID int
	// Start is the start time in clock ticks, 0 for a process that was not
	// there when it was looked for.
	Start uint64
	// Exe is the program, if it was recognised by that.
	Exe string
}

// Finder finds processes, and remembers between two searches which one a pid
// file named.
type Finder struct {
	Table
	Criteria
	proc  *system.Process
	house *house
	// named is the process of the pid file: the file is read once only, so
	// that a stop still knows its process after the daemon removed the file.
	named *Identity
}

// NewFinder makes a Finder that works for process p: the pid file's path may
// be relative to its directory.
func NewFinder(p *system.Process, c Criteria) *Finder {
	t := Table{p.Sys}
	return &Finder{Table: t, Criteria: c, proc: p, house: newHouse(t, c.Root)}
}

// Find looks for the processes, in the order of their pids. The error is a
// [*Error], or that of reading /proc.
//
// Where /proc is not mounted, a process is only known by its pid, as dpkg
// knows it then: with no criterion but a pid (or a pid file that ReadPIDFile
// trusts) it is taken for the one that is meant. With any other criterion one
// that runs gives [system.ENOENT], where dpkg says that none runs, and starts
// a second one.
func (f *Finder) Find() ([]Identity, State, error) {
	switch {
	case f.PID > 0:
		id, ok := f.check(f.PID)
		if f.unrecognised(f.PID, ok) {
			return nil, Unknown, system.ENOENT
		}
		return one(id, ok, Dead)
	case f.PIDFile != nil:
		return f.fromFile()
	}
	if !f.byLooks() {
		return nil, Dead, nil
	}
	pids, err := f.PIDs()
	if err != nil {
		return nil, Unknown, err
	}
	if len(pids) == 0 {
		return nil, Unknown, system.ENOENT
	}
	var found []Identity
	state := Dead
	for _, pid := range pids {
		if id, ok := f.check(pid); ok {
			found, state = append(found, id), Running
		}
	}
	return found, state, nil
}

func one(id Identity, ok bool, otherwise State) ([]Identity, State, error) {
	if !ok {
		return nil, otherwise, nil
	}
	return []Identity{id}, Running, nil
}

func (f *Finder) fromFile() ([]Identity, State, error) {
	if f.named != nil {
		id, ok := f.check(f.named.PID)
		if f.unrecognised(f.named.PID, ok) {
			return nil, Unknown, system.ENOENT
		}
		if ok && f.named.Start != 0 && id.Start != f.named.Start {
			return nil, DeadPIDFile, nil
		}
		return one(id, ok, DeadPIDFile)
	}
	pid, err := ReadPIDFile(f.proc, *f.PIDFile, !f.byLooks())
	switch err {
	case nil:
	case system.ENOENT:
		return nil, Dead, nil
	case system.EINVAL:
		return nil, Unknown, nil
	default:
		return nil, Unknown, err
	}
	id, ok := f.check(pid)
	if f.unrecognised(pid, ok) {
		return nil, Unknown, system.ENOENT
	}
	if !ok {
		id = Identity{PID: pid}
	}
	f.named = &id
	return one(id, ok, DeadPIDFile)
}

// check compares one process with the criteria. A zombie is none: it does not
// run, and no signal changes that.
func (f *Finder) check(pid int) (Identity, bool) {
	id := Identity{PID: pid}
	if f.Exec != nil {
		// First, since it is one call that rules most processes out.
		exe, ok := f.runs(pid, *f.Exec)
		if !ok {
			return id, false
		}
		id.Exe = exe
	}
	p, err := f.Read(pid)
	if err != nil {
		if f.byLooks() {
			return id, false
		}
		return id, f.Absent && !f.there(pid) || !f.mounted() && f.exists(pid)
	}
	if p.Zombie() {
		return id, false
	}
	id.Start = p.Start
	if f.PPID > 0 && p.PPID != f.PPID || f.Name != nil && p.Comm != *f.Name {
		return id, false
	}
	if f.User != nil {
		if uid, err := f.UID(pid); err != nil || uid != *f.User {
			return id, false
		}
	}
	return id, !f.byLooks() || f.house.inside(pid)
}

// unrecognised tells that a process that was not found to match might be the
// one that is meant all the same: it runs, and nothing says what it is.
func (f *Finder) unrecognised(pid int, matches bool) bool {
	return !matches && f.byLooks() && f.exists(pid) && !f.mounted()
}

// there reports whether /proc has the process: it may have, and not let us
// read its stat.
func (f *Finder) there(pid int) bool {
	_, err := f.UID(pid)
	return err == nil
}

// runs reports whether process pid runs the program file prog, and its path.
//
// As dpkg does it, the path of the program is what counts, so that a daemon is
// still found after its program has been replaced by a newer one. Where the
// program has not been replaced, the file itself must be the same one, too:
// the path of a process in another mount namespace means another file there.
func (f *Finder) runs(pid int, prog system.FileInfo) (string, bool) {
	exe, deleted, err := f.Exe(pid)
	if err != nil {
		return "", false
	}
	// OpenVZ kernels put the mark in front.
	path, before := strings.CutPrefix(exe, deletedMark)
	st, err := f.Sys.Stat(path)
	if err != nil || !st.SameFile(prog) {
		return "", false
	}
	if deleted || before {
		return exe, true
	}
	real, err := f.Sys.Stat(f.path(pid, "exe"))
	return exe, err != nil || real.SameFile(prog)
}
