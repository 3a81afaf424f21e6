package simulated

import "time"

// The watchdog is the one thing here that knows of real time. It decides
// nothing that a script could see, unless a model waits outside the machine:
// then there would be no end of it.

// watch sets the watchdog on the process whose turn it is.
func (w *world) watch() {
	if w.watched || w.current == nil || w.opts.Patient {
		return
	}
	w.watched = true
	calls, current := w.calls, w.current
	time.AfterFunc(watchdogPeriod, func() { w.bark(calls, current) })
}

// bark takes the turn from a process that has made no call since then.
func (w *world) bark(calls uint64, current *process) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.watched = false
	if w.calls == calls && w.current == current && current != nil {
		current.away = true
		w.current = nil
		w.dispatch()
	}
	if len(w.ready) > 0 || len(w.waits) > 0 {
		w.watch()
	}
}
