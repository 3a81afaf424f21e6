package simulated

import "sysv/system"

// Halt is what happens to processes at a point in the middle of a run: the
// machine's own kill -9 or a pause, as no model could time it.
type Halt struct {
	// After is after how many further effects it happens; those of the
	// processes that Counts tells, which are given as they are then.
	After  int
	Counts func(ProcessInfo) bool
	// Before, if not 0, makes it happen before that call instead (see
	// [Effect].Call) of those processes.
	Before uint64
	// Kill ends those processes by SIGKILL; without it they stand still until
	// [Machine.Release].
	Kill bool
	// Done, if not nil, is called when it has happened. It must not use the
	// machine.
	Done func()
}

// SetHalt arms a Halt, in place of one that is still to come; nil is none.
func (m *Machine) SetHalt(h *Halt) {
	m.w.mu.Lock()
	defer m.w.mu.Unlock()
	m.w.halting = h
}

// CountCalls counts, from now on, the calls of the processes that counts
// tells, for the Call of an [Effect]. counts must not use the machine.
func (m *Machine) CountCalls(counts func(ProcessInfo) bool) {
	m.w.mu.Lock()
	defer m.w.mu.Unlock()
	m.w.counts, m.w.counted = counts, 0
}

// countCall counts a call that is about to be made, and reports whether the
// process has to stand still first.
func (w *world) countCall(p *process) (held bool) {
	if w.counts == nil || p == w.first || !w.counts(p.brief()) {
		return false
	}
	w.counted++
	h := w.halting
	if h == nil || h.Before == 0 || w.counted != h.Before {
		return false
	}
	w.happen(h)
	return true
}

// Release lets those go on that a Halt has stopped.
func (m *Machine) Release() {
	w := m.w
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, pid := range w.pids() {
		if p := w.procs[pid]; p.held {
			p.held = false
			p.queueIfAble()
		}
	}
	w.turn.Broadcast()
	w.dispatch()
}

func (p *process) brief() ProcessInfo {
	return ProcessInfo{PID: p.pid, PPID: p.ppid, Session: p.sid, Path: p.exePath, Args: p.args, UID: p.id.UID, Zombie: p.ended, Container: p.ns != 0, File: p.file, Line: p.line}
}

// halt is called after each effect.
func (w *world) halt(by *process, k Kind) {
	h := w.halting
	if h == nil || h.Before != 0 || k == Slept || by == w.first || !h.Counts(by.brief()) {
		return
	}
	if h.After--; h.After > 0 {
		return
	}
	w.happen(h)
}

// happen does what a Halt says.
func (w *world) happen(h *Halt) {
	w.halting = nil
	if h.Done != nil {
		h.Done()
	}
	for _, pid := range w.pids() {
		p := w.procs[pid]
		if p == nil || p == w.first || !p.model || p.ended || !h.Counts(p.brief()) {
			continue
		}
		if h.Kill {
			w.end(p, system.WaitStatus{Signal: system.SIGKILL})
		} else {
			p.held = true
		}
	}
}

// SetCalls says how many calls all processes but the first may make from now
// on, until they are stopped; 0 is any number.
func (m *Machine) SetCalls(n uint64) {
	m.w.mu.Lock()
	defer m.w.mu.Unlock()
	m.w.callsLeft = n
}

// Stop ends every process but the first, for a reason that Stopped gives. It
// may be called at any time, by any goroutine.
func (m *Machine) Stop(why string) {
	w := m.w
	w.mu.Lock()
	defer w.mu.Unlock()
	w.stopAll(why)
}

// Stopped is why all processes were stopped, or "".
func (m *Machine) Stopped() string {
	m.w.mu.Lock()
	defer m.w.mu.Unlock()
	return m.w.stopped
}

func (w *world) stopAll(why string) {
	if w.stopped == "" {
		w.stopped = why
	}
	for _, pid := range w.pids() {
		if p := w.procs[pid]; p != nil && p != w.first && p.model {
			w.end(p, system.WaitStatus{Signal: system.SIGKILL})
		}
	}
	w.changed()
	w.dispatch()
}

// Resolve is a path without symbolic links, or the path itself where nothing
// is there.
func (m *Machine) Resolve(path string) string {
	m.w.mu.Lock()
	defer m.w.mu.Unlock()
	if f, err := m.find(path, follow); err == nil {
		return f.path()
	}
	return path
}
