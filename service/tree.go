package service

import (
	"time"

	"sysv/daemon"
	"sysv/system"
)

// ending ends all that an action has started: see [ending.term] and
// [ending.kill].
type ending struct {
	m     *supervised
	self  int
	sid   int
	table daemon.Table
	// meant are the processes that were seen to be the action's, by pid, with
	// their start time: they stay meant when they become orphans.
	meant map[int]uint64
	// spared are the daemons that were there at the deadline.
	spared map[int]uint64
	// merciless takes daemons too.
	merciless bool
}

func newEnding(m *supervised) *ending {
	e := &ending{m: m, self: m.System.Getpid(), table: daemon.Table{Sys: m.System}, meant: map[int]uint64{}}
	if row, err := e.table.Read(e.self); err == nil {
		e.sid = row.SID
	}
	return e
}

// scan finds the processes of the action that live. A daemon that has been
// started properly, so that it is nobody's child and has a session of its
// own, is none of them, nor is what it has started: but one that comes after
// the first scan is.
func (e *ending) scan() []daemon.Process {
	all, err := e.table.All()
	if err != nil {
		return nil
	}
	children := map[int][]daemon.Process{}
	by := make(map[int]daemon.Process, len(all))
	for _, p := range all {
		children[p.PPID] = append(children[p.PPID], p)
		by[p.PID] = p
	}
	first := e.spared == nil
	if first {
		e.spared = map[int]uint64{}
	}
	e.m.mu.Lock()
	var roots []daemon.Process
	for _, c := range children[e.self] {
		isDaemon := !e.m.own[c.PID] && c.SID != e.sid
		if first && isDaemon {
			e.spared[c.PID] = c.Start
		}
		if start, ok := e.spared[c.PID]; ok && start == c.Start && !e.merciless {
			continue
		}
		roots = append(roots, c)
	}
	e.m.mu.Unlock()
	for pid, start := range e.meant {
		if p, ok := by[pid]; ok && p.Start == start {
			roots = append(roots, p)
		} else {
			delete(e.meant, pid)
		}
	}
	var found []daemon.Process
	seen := map[int]bool{e.self: true}
	for len(roots) > 0 {
		p := roots[len(roots)-1]
		roots = roots[:len(roots)-1]
		if seen[p.PID] {
			continue
		}
		seen[p.PID] = true
		roots = append(roots, children[p.PID]...)
		if p.Zombie() {
			continue
		}
		e.meant[p.PID] = p.Start
		found = append(found, p)
	}
	return found
}

// scanPause is how long is waited for processes to end before they are looked
// for again.
const scanPause = 20 * time.Millisecond

// term sends TERM to all and waits until they have ended, for at most the
// time of grace.
func (e *ending) term(grace time.Duration, scriptEnded func() bool) {
	told := map[int]uint64{}
	limit := time.Now().Add(grace)
	for {
		living := e.scan()
		for _, p := range living {
			if told[p.PID] != p.Start {
				told[p.PID] = p.Start
				e.m.System.Kill(p.PID, system.SIGTERM)
				e.m.System.Kill(p.PID, system.SIGCONT)
			}
		}
		if len(living) == 0 && scriptEnded() || time.Now().After(limit) {
			return
		}
		time.Sleep(scanPause)
	}
}

const (
	// killTime bounds how long kill tries: what is in an uninterruptible
	// sleep does not end.
	killTime = 10 * time.Second
	// mercyTime is how long new processes may appear until nothing is taken
	// for a daemon any more: they come from one that forks without end.
	mercyTime = time.Second
)

// kill ends all with KILL. They are all stopped first, so that none starts
// another one while the others end.
func (e *ending) kill() {
	begin := time.Now()
	for {
		stopped := map[int]uint64{}
		for rounds := 0; rounds < 1000; rounds++ {
			fresh := 0
			for _, p := range e.scan() {
				if stopped[p.PID] != p.Start {
					stopped[p.PID] = p.Start
					e.m.System.Kill(p.PID, system.SIGSTOP)
					fresh++
				}
			}
			if fresh == 0 {
				break
			}
			e.merciless = e.merciless || time.Since(begin) > mercyTime
		}
		for pid := range stopped {
			e.m.System.Kill(pid, system.SIGKILL)
		}
		if len(stopped) == 0 || time.Since(begin) > killTime {
			return
		}
		time.Sleep(scanPause / 4)
	}
}
