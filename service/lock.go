package service

import (
	"bytes"
	"context"
	"strconv"
	"time"

	"sysv/daemon"
	"sysv/system"
)

// LockDir has one file for each service; who has its lock (flock(2)) runs an
// action of the service. The file holds that process's pid. It stays, as the
// directory is emptied at boot: to remove it would let two in.
const LockDir = "/run/sysv/lock"

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

// lock waits for a service's lock, for at most limit (0 is for ever). The
// lock ends with the file returned, which is closed on exec: no daemon keeps
// it. There is none, and no error, where it cannot be made (no /run, not
// root), and where the process that holds it is an ancestor of this one: a
// script's own restart may say service NAME start.
func lock(ctx context.Context, p *system.Process, name string, limit time.Duration) (system.File, error) {
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
		holder := pidIn(f)
		if isAncestor(p.Sys, holder) {
			f.Close()
			return nil, nil
		}
		if limit > 0 {
			var cancel context.CancelFunc
			ctx, cancel = context.WithTimeout(ctx, limit)
			defer cancel()
		}
		if err = f.Lock(ctx, system.Lock{Wait: true}); err != nil {
			holder = pidIn(f)
			f.Close()
			return nil, &busy{name, holder, limit}
		}
	}
	if err != nil {
		f.Close()
		return nil, nil // a file system without locks
	}
	f.Truncate(0)
	f.Seek(0, 0)
	system.WriteAll(f, []byte(strconv.Itoa(p.Sys.Getpid())+"\n"))
	return f, nil
}

func pidIn(f system.File) int {
	b := make([]byte, 32)
	if _, err := f.Seek(0, 0); err != nil {
		return 0
	}
	n, _ := f.Read(b)
	pid, _ := strconv.Atoi(string(bytes.TrimSpace(b[:n])))
	return pid
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
