// Package daemon finds, starts, watches and stops processes on a
// [system.System]. It is the engine under start-stop-daemon, pidof, killproc
// and their like: the process table, what makes a process the one that is
// meant, pid files, and retry schedules.
//
// It reads /proc through the seam, so that it works on an invented machine as
// on a real one.
package daemon

import (
	"strconv"
	"strings"

	"sysv/system"
)

// Process is one row of the process table, as /proc/PID/stat has it (see
// proc_pid_stat(5)).
type Process struct {
	PID, PPID, PGID, SID int
	// State is the letter of the state: R, S, D, Z, T …
	State byte
	// TTY is the device number of the controlling terminal, 0 if none;
	// ForegroundPGID is the process group in its foreground, -1 if none.
	TTY, ForegroundPGID int
	// Start is when it was started, in clock ticks (100 a second) after the
	// machine was.
	Start uint64
	// Comm is the name, of at most 15 bytes.
	Comm string
	// UserTime and SystemTime are processor time in clock ticks; ChildTime is
	// that of children that were waited for.
	UserTime, SystemTime, ChildTime uint64
	Priority, Nice, Threads         int
	// VSize is the size in bytes, RSS the resident part in pages.
	VSize uint64
	RSS   int64
	// Kernel tells that it has no program text: a kernel thread or a zombie.
	Kernel bool
}

// Zombie tells that the process has ended and only waits to be reaped: it is
// not running any more.
func (p Process) Zombie() bool { return p.State == 'Z' || p.State == 'X' }

// Table is the process table of a machine.
type Table struct{ Sys system.System }

// PIDs lists the process ids in the order of /proc, which is ascending.
func (t Table) PIDs() ([]int, error) {
	list, err := t.Sys.ReadDir("/proc")
	if err != nil {
		return nil, err
	}
	pids := make([]int, 0, len(list))
	for _, e := range list {
		if n, ok := number(e.Name); ok {
			pids = append(pids, n)
		}
	}
	return pids, nil
}

// mounted reports whether there is a process table to read: /proc may not be
// mounted.
func (t Table) mounted() bool {
	_, err := t.Sys.Stat("/proc/self")
	return err == nil
}

// exists reports whether a process has the pid, without /proc.
func (t Table) exists(pid int) bool {
	err := t.Sys.Kill(pid, 0)
	return err == nil || err == system.EPERM
}

// All reads every row; a process that ends meanwhile is left out.
func (t Table) All() ([]Process, error) {
	pids, err := t.PIDs()
	if err != nil {
		return nil, err
	}
	list := make([]Process, 0, len(pids))
	for _, pid := range pids {
		if p, err := t.Read(pid); err == nil {
			list = append(list, p)
		}
	}
	return list, nil
}

// Read reads one row. A process that is not there gives [system.ENOENT] or
// [system.ESRCH].
func (t Table) Read(pid int) (Process, error) {
	b, err := t.file(pid, "stat")
	if err != nil {
		return Process{}, err
	}
	p, ok := parseStat(string(b))
	if !ok {
		return Process{}, system.EINVAL
	}
	return p, nil
}

// parseStat takes a line of /proc/PID/stat apart. The name stands in
// parentheses and may hold any character, so the last one closes it.
func parseStat(s string) (Process, bool) {
	open, shut := strings.IndexByte(s, '('), strings.LastIndexByte(s, ')')
	if open < 0 || shut < open {
		return Process{}, false
	}
	pid, ok := number(strings.TrimSpace(s[:open]))
	f := strings.Fields(s[shut+1:])
	// f[0] is field 3 of the manual.
	if !ok || len(f) < 22 {
		return Process{}, false
	}
	i := func(field int) int { n, _ := strconv.Atoi(f[field-3]); return n }
	u := func(field int) uint64 {
		if field-3 >= len(f) {
			return 0
		}
		n, _ := strconv.ParseUint(f[field-3], 10, 64)
		return n
	}
	return Process{
		PID: pid, Comm: s[open+1 : shut], State: f[0][0],
		PPID: i(4), PGID: i(5), SID: i(6), TTY: i(7), ForegroundPGID: i(8),
		UserTime: u(14), SystemTime: u(15), ChildTime: u(16) + u(17),
		Priority: i(18), Nice: i(19), Threads: i(20), Start: u(22),
		VSize: u(23), RSS: int64(u(24)),
		Kernel: u(26) == 0 && u(27) == 0,
	}, true
}

// Cmdline is the argument vector, empty for a zombie or a kernel thread. A
// process may have written something else there.
func (t Table) Cmdline(pid int) ([]string, error) {
	b, err := t.file(pid, "cmdline")
	if err != nil || len(b) == 0 {
		return nil, err
	}
	return strings.Split(strings.TrimSuffix(string(b), "\x00"), "\x00"), nil
}

// deletedMark is what the kernel adds to the name of an unlinked program.
const deletedMark = " (deleted)"

// Exe is the path of the program that the process runs, and whether that file
// has been removed, or replaced, since.
func (t Table) Exe(pid int) (path string, deleted bool, err error) {
	path, err = t.Sys.Readlink(t.path(pid, "exe"))
	if err != nil {
		return "", false, err
	}
	path, deleted = strings.CutSuffix(path, deletedMark)
	return path, deleted, nil
}

// UID is the user whose rights the process has, as the owner of its /proc
// directory tells.
func (t Table) UID(pid int) (int, error) {
	st, err := t.Sys.Stat("/proc/" + strconv.Itoa(pid))
	return st.UID, err
}

// Status is what proc_pid_status(5) tells beyond the row itself.
type Status struct {
	// UID and GID are the real, effective, saved and file system ids.
	UID, GID [4]int
	// NSPID is the pid in each pid namespace, the outermost visible first.
	NSPID []int
	// Locked is the size of locked memory in KiB.
	Locked int
	Umask  system.Mode
}

// Status reads /proc/PID/status.
func (t Table) Status(pid int) (Status, error) {
	var st Status
	b, err := t.file(pid, "status")
	if err != nil {
		return st, err
	}
	for line := range strings.Lines(string(b)) {
		key, value, _ := strings.Cut(line, ":")
		f := strings.Fields(value)
		if len(f) == 0 {
			continue
		}
		switch key {
		case "Uid":
			ids(st.UID[:], f)
		case "Gid":
			ids(st.GID[:], f)
		case "NSpid":
			for _, s := range f {
				n, _ := strconv.Atoi(s)
				st.NSPID = append(st.NSPID, n)
			}
		case "VmLck":
			st.Locked, _ = strconv.Atoi(f[0])
		case "Umask":
			n, _ := strconv.ParseUint(f[0], 8, 32)
			st.Umask = system.Mode(n)
		}
	}
	return st, nil
}

func ids(to []int, f []string) {
	for i := range min(len(to), len(f)) {
		to[i], _ = strconv.Atoi(f[i])
	}
}

func (t Table) path(pid int, name string) string {
	return "/proc/" + strconv.Itoa(pid) + "/" + name
}

// procLimit bounds what is read of a file in /proc: an argument vector may be
// as long as the kernel lets it be, 6 MiB.
const procLimit = 8 << 20

func (t Table) file(pid int, name string) ([]byte, error) {
	f, err := t.Sys.Open(t.path(pid, name), system.ReadOnly, 0)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return system.ReadAll(f, procLimit)
}

// number reads a pid: digits only, and more than 0.
func number(s string) (int, bool) {
	if s == "" || len(s) > 10 {
		return 0, false
	}
	n := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
		if n > 1<<31-1 || n < 0 {
			return 0, false
		}
	}
	return n, n > 0
}
