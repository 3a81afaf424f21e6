package simulated

import (
	"fmt"
	"strconv"
	"strings"

	"sysv/system"
)

// mountProc puts /proc into the tree, over what the base has there.
func (w *world) mountProc() {
	if old, _ := w.lookup(w.first, w.root, "proc"); old != nil && old.mode.IsDir() {
		w.root.nlink--
	}
	dir := w.adopt(&node{mode: system.TypeDir | 0o555, nlink: 2})
	dir.virtual = &virtual{
		lookup: func(p *process, name string) *node { return w.procEntry(p, name) },
		list:   func(p *process) []system.DirEntry { return w.procList(p) },
	}
	w.insert(w.root, "proc", dir)
}

// procFiles are the files of /proc itself, in its order.
const procFiles = "cmdline loadavg mounts self uptime version"

func (w *world) procList(p *process) []system.DirEntry {
	var l []system.DirEntry
	for name := range strings.FieldsSeq(procFiles) {
		t := system.TypeRegular
		if name == "self" || name == "mounts" {
			t = system.TypeSymlink
		}
		l = append(l, system.DirEntry{Name: name, Type: t, Ino: procIno(0, name)})
	}
	for _, pid := range w.pids() {
		if w.seen(p, pid) == nil {
			continue
		}
		l = append(l, system.DirEntry{Name: itoa(pid), Type: system.TypeDir, Ino: procIno(pid, "")})
	}
	return l
}

func (w *world) procEntry(p *process, name string) *node {
	switch name {
	case "self":
		return w.procLink(0, name, itoa(p.pid), nil, nil)
	case "mounts":
		return w.procLink(0, name, "self/mounts", nil, nil)
	case "uptime":
		up := w.now.Sub(w.boot).Seconds()
		return w.procText(0, name, 0o444, nil, func() string { return fmt.Sprintf("%.2f %.2f\n", up, up) })
	case "loadavg":
		return w.procText(0, name, 0o444, nil, func() string {
			return fmt.Sprintf("0.00 0.00 0.00 1/%d %d\n", len(w.procs), w.nextPID-1)
		})
	case "version":
		return w.procText(0, name, 0o444, nil, func() string {
			return fmt.Sprintf("%s version %s (simulated) %s\n", w.uname.Sysname, w.uname.Release, w.uname.Version)
		})
	case "cmdline":
		return w.procText(0, name, 0o444, nil, func() string { return "root=/dev/sda1 ro\n" })
	}
	pid, err := strconv.Atoi(name)
	q := w.seen(p, pid)
	if err != nil || q == nil || name != itoa(pid) {
		return nil
	}
	n := w.procNode(q.pid, "", system.TypeDir|0o555, q)
	n.nlink = 9 // nothing counts it; more than two, as on a real one
	n.virtual = &virtual{
		lookup: func(_ *process, name string) *node { return w.pidEntry(q, name) },
		list:   func(*process) []system.DirEntry { return w.pidList(q) },
	}
	return n
}

const pidFiles = "cmdline comm cwd environ exe mounts ns root stat status"

func (w *world) pidList(q *process) []system.DirEntry {
	var l []system.DirEntry
	for name := range strings.FieldsSeq(pidFiles) {
		t := system.TypeRegular
		switch name {
		case "cwd", "exe", "root":
			t = system.TypeSymlink
		case "ns":
			t = system.TypeDir
		}
		l = append(l, system.DirEntry{Name: name, Type: t, Ino: procIno(q.pid, name)})
	}
	return l
}

func (w *world) pidEntry(q *process, name string) *node {
	text := func(mode system.Mode, owner *process, read func() string) *node {
		return w.procText(q.pid, name, mode, owner, read)
	}
	switch name {
	case "stat":
		return text(0o444, nil, func() string { return w.procStat(q) })
	case "status":
		return text(0o444, nil, func() string { return w.procStatus(q) })
	case "comm":
		return text(0o644, nil, func() string { return q.comm + "\n" })
	case "cmdline":
		return text(0o444, nil, func() string { return zeros(q, q.args) })
	case "environ":
		return text(0o400, q, func() string { return zeros(q, q.env) })
	case "mounts":
		return text(0o444, nil, func() string {
			if q.ended {
				return ""
			}
			return "/dev/sda1 / ext4 rw,relatime 0 0\nproc /proc proc rw,nosuid,nodev,noexec,relatime 0 0\n"
		})
	case "exe":
		target := q.exePath
		if q.exe != nil && q.exe.nlink == 0 {
			target += " (deleted)"
		}
		if q.ended || q.exePath == "" {
			target = ""
		}
		return w.procLink(q.pid, name, target, q, w.live(q, q.exe))
	case "root":
		return w.procLink(q.pid, name, q.root.path(), q, w.live(q, q.root))
	case "ns":
		return w.procNamespaces(q)
	case "cwd":
		return w.procLink(q.pid, name, q.cwd, q, nil)
	}
	return nil
}

// ownNamespace is the number of the machine's first pid and mount namespace;
// that of a container is so many more.
const ownNamespace uint32 = 4026531836

// procNamespaces is /proc/PID/ns, with the two that tell a container.
func (w *world) procNamespaces(q *process) *node {
	n := w.procNode(q.pid, "ns", system.TypeDir|0o511, q)
	link := func(name string) *node {
		l := w.procLink(q.pid, "ns/"+name, fmt.Sprintf("%s:[%d]", name, ownNamespace+uint32(q.ns)), q, nil)
		if q.ended {
			l.target = ""
		}
		return l
	}
	n.virtual = &virtual{
		lookup: func(_ *process, name string) *node {
			if name == "mnt" || name == "pid" {
				return link(name)
			}
			return nil
		},
		list: func(*process) []system.DirEntry {
			return []system.DirEntry{
				{Name: "mnt", Type: system.TypeSymlink, Ino: procIno(q.pid, "ns/mnt")},
				{Name: "pid", Type: system.TypeSymlink, Ino: procIno(q.pid, "ns/pid")},
			}
		},
	}
	return n
}

// live is what a link of a process leads to, while it has not ended.
func (w *world) live(q *process, n *node) *node {
	if q.ended {
		return nil
	}
	return n
}

// zeros is a list of strings as /proc has them; a zombie has none.
func zeros(q *process, list []string) string {
	if q.ended || len(list) == 0 {
		return ""
	}
	return strings.Join(list, "\x00") + "\x00"
}

// procIno is a number for a file of /proc that stays the same for the life of
// the process.
func procIno(pid int, name string) uint64 {
	h := uint64(14695981039346656037) // FNV-1a
	for _, c := range []byte(name) {
		h = (h ^ uint64(c)) * 1099511628211
	}
	return uint64(pid)<<32 | h>>33 | 1
}

func (w *world) procNode(pid int, name string, mode system.Mode, q *process) *node {
	n := &node{ino: procIno(pid, name), mode: mode, nlink: 1, atime: w.now, mtime: w.now, ctime: w.now}
	if q != nil && !q.ended {
		n.uid, n.gid = q.id.EUID, q.id.EGID
	}
	return n
}

func (w *world) procText(pid int, name string, mode system.Mode, owner *process, read func() string) *node {
	n := w.procNode(pid, name, system.TypeRegular|mode, w.procs[pid])
	n.virtual = &virtual{read: read, owner: owner}
	return n
}

func (w *world) procLink(pid int, name, target string, owner *process, jump *node) *node {
	n := w.procNode(pid, name, system.TypeSymlink|0o777, w.procs[pid])
	n.target, n.jump, n.virtual = target, jump, &virtual{owner: owner}
	return n
}

// mayTrace is ptrace(2)'s rule for reading what a process keeps to itself.
func (p *process) mayTrace(q *process) bool {
	return q == nil || p.id.EUID == 0 || p == q || p.id.EUID == q.id.UID && p.id.EUID == q.id.EUID && p.id.EGID == q.id.GID
}

// state is the letter and the word of /proc/PID/status.
func (q *process) state() (letter, word string) {
	switch {
	case q.ended:
		return "Z", "zombie"
	case q.stopped:
		return "T", "stopped"
	case q.w.current == q:
		return "R", "running"
	}
	return "S", "sleeping"
}

// procStat is /proc/PID/stat, as proc(5) has it: 52 fields.
func (w *world) procStat(q *process) string {
	letter, _ := q.state()
	f := make([]string, 53)
	for i := range f {
		f[i] = "0"
	}
	f[3], f[4], f[5], f[6], f[8] = letter, itoa(q.ppid), itoa(q.pgid), itoa(q.sid), "-1"
	f[18], f[19], f[20] = itoa(20+q.nice), itoa(q.nice), "1"
	f[22] = strconv.FormatInt(ticks(q.begun.Sub(w.boot)), 10)
	f[25], f[38] = "18446744073709551615", "17"
	if !q.ended {
		f[23], f[24] = "2621440", "256"
	}
	return fmt.Sprintf("%d (%s) %s\n", q.pid, q.comm, strings.Join(f[3:], " "))
}

// procStatus is /proc/PID/status: the lines that programs read.
func (w *world) procStatus(q *process) string {
	letter, word := q.state()
	var b strings.Builder
	line := func(name, format string, args ...any) { fmt.Fprintf(&b, name+":\t"+format+"\n", args...) }
	line("Name", "%s", q.comm)
	if !q.ended {
		line("Umask", "%04o", q.umask)
	}
	line("State", "%s (%s)", letter, word)
	line("Tgid", "%d", q.pid)
	line("Ngid", "0")
	line("Pid", "%d", q.pid)
	line("PPid", "%d", q.ppid)
	line("TracerPid", "0")
	line("Uid", "%d\t%d\t%d\t%d", q.id.UID, q.id.EUID, q.id.EUID, q.id.EUID)
	line("Gid", "%d\t%d\t%d\t%d", q.id.GID, q.id.EGID, q.id.EGID, q.id.EGID)
	line("FDSize", "64")
	var groups strings.Builder
	for _, g := range q.id.Groups {
		groups.WriteString(itoa(g) + " ")
	}
	line("Groups", "%s", groups.String())
	line("NStgid", "%d", q.pid)
	line("NSpid", "%d", q.pid)
	line("NSpgid", "%d", q.pgid)
	line("NSsid", "%d", q.sid)
	if !q.ended {
		line("VmSize", "%8d kB", 2560)
		line("VmRSS", "%8d kB", 1024)
	}
	line("Threads", "1")
	var ignored, caught uint64
	for s := 1; s < system.SignalCount; s++ {
		if q.ignored[s] {
			ignored |= 1 << (s - 1)
		}
		if q.notified[s] != nil {
			caught |= 1 << (s - 1)
		}
	}
	line("SigIgn", "%016x", ignored)
	line("SigCgt", "%016x", caught)
	return b.String()
}
