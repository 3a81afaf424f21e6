package service

import (
	"context"
	"strconv"
	"strings"
	"sync"
	"time"

	"sysv/daemon"
	"sysv/system"
)

// LockDir has one file for each service; who has its lock (flock(2)) runs an
// action of the service. The file holds that process's pid, and on a second
// line the pids of what it waits for; it is empty after an action that has
// ended by itself. It stays, as the directory is emptied at boot: to remove it
// would let two in.
const LockDir = "/run/sysv/lock"

// lockFile is a service's lock, held. A nil one is none.
type lockFile struct {
	system.File
	self string

	mu      sync.Mutex
	waiting []int
	ended   bool
}

// busy is a service whose lock was not to be had in time.
type busy struct {
	name  string
	pid   int
	after time.Duration
}

func (e *busy) Error() string {
	who := "another action"
	if e.pid > 0 {
		who += " (pid " + strconv.Itoa(e.pid) + ")"
	}
	return e.name + ": " + who + " still runs after " + e.after.String()
}

// lock waits for a service's lock, for at most limit (0 is for ever). It ends
// with the file, which is closed on exec: no daemon keeps it. There is none,
// and no error, where it cannot be made (no /run, not root), and where the
// process that holds it is an ancestor of this one: a script's own restart may
// say service NAME start.
//
// If the action before was killed, what it was waiting for is waited for, for
// some time: it may be a daemon that is about to be there.
func lock(ctx context.Context, p *system.Process, name string, limit time.Duration) (*lockFile, error) {
	if limit > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, limit)
		defer cancel()
	}
	path := LockDir + "/" + name
	f, err := p.Sys.Open(path, system.ReadWrite|system.Create|system.NoFollow, 0o644)
	if err == system.ENOENT {
		p.Sys.Mkdir("/run/sysv", 0o755)
		p.Sys.Mkdir(LockDir, 0o755)
		f, err = p.Sys.Open(path, system.ReadWrite|system.Create|system.NoFollow, 0o644)
	}
	if err != nil {
		return nil, nil
	}
	err = f.Lock(ctx, system.Lock{})
	if err == system.EAGAIN {
		holder, _ := readLock(f)
		if isAncestor(p.Sys, holder) {
			f.Close()
			return nil, nil
		}
		if f.Lock(ctx, system.Lock{Wait: true}) != nil {
			holder, _ = readLock(f)
			f.Close()
			return nil, &busy{name, holder, limit}
		}
	} else if err != nil {
		f.Close()
		return nil, nil // a file system without locks
	}
	if _, left := readLock(f); len(left) > 0 {
		awaitLeft(ctx, p, f, left)
	}
	l := &lockFile{File: f, self: strconv.Itoa(p.Sys.Getpid()) + "\n"}
	f.Truncate(0)
	l.write(l.self)
	return l, nil
}

// write replaces the file's text by one that is not shorter, or that has a
// newline before what is left of the old one.
func (l *lockFile) write(text string) {
	l.Seek(0, 0)
	system.WriteAll(l.File, []byte(text))
}

// waits notes that a process is waited for, or no more.
func (l *lockFile) waits(pid int, begins bool) {
	if l == nil {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.ended {
		return
	}
	if begins {
		l.waiting = append(l.waiting, pid)
	} else {
		for i, w := range l.waiting {
			if w == pid {
				l.waiting = append(l.waiting[:i], l.waiting[i+1:]...)
				break
			}
		}
	}
	text := l.self
	for _, w := range l.waiting {
		text += strconv.Itoa(w) + " "
	}
	l.write(text + "\n\n")
}

// end gives the lock back, after an action that has ended by itself.
func (l *lockFile) end() {
	if l == nil {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.ended = true
	l.Truncate(0)
	l.Close()
}

// readLock reads the holder's pid, and those that it waits for.
func readLock(f system.File) (holder int, waiting []int) {
	if _, err := f.Seek(0, 0); err != nil {
		return 0, nil
	}
	b := make([]byte, 4096)
	n, _ := f.Read(b)
	first, rest, _ := strings.Cut(string(b[:n]), "\n")
	holder, _ = strconv.Atoi(first)
	second, _, _ := strings.Cut(rest, "\n")
	for word := range strings.FieldsSeq(second) {
		if pid, err := strconv.Atoi(word); err == nil {
			waiting = append(waiting, pid)
		}
	}
	return holder, waiting
}

const (
	// leftPause is how often it is looked whether a process has ended.
	leftPause = 10 * time.Millisecond
	// leftTime bounds that: most daemons are there within it.
	leftTime = 30 * time.Second
	// startSlack is how exactly the start time of a process is known.
	startSlack = time.Second
)

// awaitLeft waits for processes that an action that was killed had waited
// for. A process that has been given such a pid later on is none of them: it
// was started after the file was written.
func awaitLeft(ctx context.Context, p *system.Process, f system.File, left []int) {
	info, err := f.Stat()
	if err != nil {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, leftTime)
	defer cancel()
	t := daemon.Table{Sys: p.Sys}
	for _, pid := range left {
		for {
			row, err := t.Read(pid)
			if err != nil || row.Zombie() || startedAt(p, row.Start).After(info.Mtime.Add(startSlack)) {
				break
			}
			if p.Sys.Sleep(ctx, leftPause) != nil {
				return
			}
		}
	}
}

// ticks are in a second, on every Linux (sysconf(3), _SC_CLK_TCK).
const ticks = 100

// startedAt is a start time in ticks after the boot as a time of day.
func startedAt(p *system.Process, start uint64) time.Time {
	text, err := p.ReadFile("/proc/uptime", 128)
	up, _, _ := strings.Cut(string(text), " ")
	seconds, err2 := strconv.ParseFloat(up, 64)
	if err != nil || err2 != nil {
		return time.Time{}
	}
	boot := p.Sys.Now().Add(-time.Duration(seconds * float64(time.Second)))
	return boot.Add(time.Duration(start) * time.Second / ticks)
}

// maxAncestors bounds the walk to the first process.
const maxAncestors = 10000

// isAncestor tells whether a process is this one's parent, or a parent of its
// parents.
func isAncestor(sys system.System, pid int) bool {
	if pid <= 0 {
		return false
	}
	t := daemon.Table{Sys: sys}
	at := sys.Getppid()
	for range maxAncestors {
		if at == pid {
			return true
		}
		if at <= 1 {
			return false
		}
		row, err := t.Read(at)
		if err != nil {
			return false
		}
		at = row.PPID
	}
	return false
}
