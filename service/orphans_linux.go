package service

import (
	"runtime"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/sys/unix"

	"sysv/system"
)

// adoptOrphans makes this process the one that orphans come to, out of all
// that it starts, as long as it runs: at the deadline it can find them all. It
// reaps them as init does.
func (m *supervised) adoptOrphans() {
	// Whoever ignores CHLD has the kernel reap.
	if m.System.Ignored(system.SIGCHLD) || unix.Prctl(unix.PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != nil {
		return
	}
	signals := make(chan system.Signal, 1)
	m.System.Notify(signals, system.SIGCHLD)
	go func() {
		for range signals {
			m.reap()
		}
	}()
	spareThreads()
}

// spares are threads that are made before the script can have taken the last
// process that the kernel lets this machine have: a Go program that needs one
// more and gets none ends. They are for the deadline's work, and for what
// waits in system calls meanwhile.
const spares = 10

// spareThreads has the Go runtime make threads: goroutines that have one each
// at the same time. When they end, the threads stay, and have nothing to do.
func spareThreads() {
	var all sync.WaitGroup
	all.Add(spares)
	for range spares {
		go func() {
			runtime.LockOSThread()
			defer runtime.UnlockOSThread()
			all.Done()
			all.Wait()
		}()
	}
	all.Wait()
}

// reap waits for those children that have ended and that nobody else waits
// for. A lock keeps it from those that are just being started.
func (m *supervised) reap() {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, pid := range m.children() {
		if !m.own[pid] {
			var ws unix.WaitStatus
			unix.Wait4(pid, &ws, unix.WNOHANG, nil)
		}
	}
}

// children are the children of this process's first thread, which is the one
// that orphans come to.
func (m *supervised) children() []int {
	self := strconv.Itoa(unix.Getpid())
	f, err := m.System.Open("/proc/self/task/"+self+"/children", system.ReadOnly, 0)
	if err != nil {
		return nil
	}
	defer f.Close()
	text, _ := system.ReadAll(f, 1<<20)
	var pids []int
	for word := range strings.FieldsSeq(string(text)) {
		if pid, err := strconv.Atoi(word); err == nil {
			pids = append(pids, pid)
		}
	}
	return pids
}
