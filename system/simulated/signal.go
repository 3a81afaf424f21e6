package simulated

import (
	"context"
	"errors"
	"time"

	"sysv/system"
)

// Kill implements [system.Processes].
func (p *process) Kill(pid int, sig system.Signal) error {
	p.enter()
	defer p.leave()
	if sig < 0 || sig >= system.SignalCount {
		return system.EINVAL
	}
	w := p.w
	if pid > 0 {
		q := w.seen(p, pid)
		switch {
		case q == nil:
			return system.ESRCH
		case !p.maySignal(q, sig):
			return system.EPERM
		}
		p.signal(q, sig)
		return nil
	}
	group := -pid
	if pid == 0 {
		group = p.pgid
	}
	found, allowed := false, false
	for _, n := range w.pids() {
		q := w.seen(p, n)
		if q == nil || pid == -1 && (n == 1 || q == p) || pid != -1 && q.pgid != group {
			continue
		}
		found = true
		if p.maySignal(q, sig) {
			allowed = true
			p.signal(q, sig)
		}
	}
	switch {
	case !found:
		return system.ESRCH
	case !allowed:
		return system.EPERM
	}
	return nil
}

// maySignal is kill(2)'s rule.
func (p *process) maySignal(q *process, sig system.Signal) bool {
	return p.id.EUID == 0 || p.id.EUID == q.id.UID || p.id.UID == q.id.UID || sig == system.SIGCONT && p.sid == q.sid
}

// signal notes a signal and delivers it. 0 is only a question.
func (p *process) signal(q *process, sig system.Signal) {
	if sig == 0 {
		return
	}
	p.note(Signalled, "", q.pid, sig.Name())
	q.deliver(sig)
	p.w.changed()
}

// deliver is what a signal does to a process.
func (p *process) deliver(sig system.Signal) {
	w := p.w
	switch {
	case p.ended:
		return
	case sig == system.SIGKILL:
		if p.pid != 1 {
			w.end(p, system.WaitStatus{Signal: sig})
		}
		return
	case sig == system.SIGCONT && p.stopped:
		p.stopped, p.told = false, false
		p.queueIfAble()
		w.turn.Broadcast()
		w.dispatch()
	case sig == system.SIGSTOP:
		p.stop(sig)
		return
	}
	if p.ignored[sig] {
		return
	}
	if c := p.notified[sig]; c != nil {
		select {
		case c <- sig:
		default: // as os/signal does: who listens must have room
		}
		return
	}
	switch sig {
	case system.SIGCHLD, system.SIGURG, system.SIGWINCH, system.SIGCONT:
	case system.SIGTSTP, system.SIGTTIN, system.SIGTTOU:
		p.stop(sig)
	default:
		p.terminate(sig)
	}
}

func (p *process) stop(sig system.Signal) {
	p.stopped, p.told, p.stopSignal = true, false, sig
	p.w.changed()
	p.yield()
}

// terminate is the default action of TERM and most others. A model gets its
// context cancelled, and the rest is its own; any other process ends, but for
// init, which the kernel keeps from signals that it does not handle.
func (p *process) terminate(sig system.Signal) {
	w := p.w
	switch {
	case p.pid == 1:
	case !p.model:
		w.end(p, system.WaitStatus{Signal: sig})
	case p.ending == 0:
		p.ending = sig
		// It will run now, also if it waited where the machine does not see it.
		p.away = false
		if w.current != p {
			p.queueIfAble()
		}
		p.cancel(&Ending{sig})
		w.changed()
		w.dispatch()
	}
}

// Ending is the cause of the context of a model that a signal ends.
type Ending struct{ Signal system.Signal }

// Error is the signal's text.
func (e *Ending) Error() string { return e.Signal.String() }

// EndedBy is the signal that has ended a model's context, or 0.
func EndedBy(ctx context.Context) system.Signal {
	if e, ok := errors.AsType[*Ending](context.Cause(ctx)); ok {
		return e.Signal
	}
	return 0
}

// Notify implements [system.Processes]. A channel without room loses what
// does not fit.
func (p *process) Notify(c chan<- system.Signal, sigs ...system.Signal) {
	p.enter()
	defer p.leave()
	for _, s := range sigs {
		if catchable(s) {
			p.notified[s], p.ignored[s] = c, false
		}
	}
}

// Ignore implements [system.Processes].
func (p *process) Ignore(sigs ...system.Signal) {
	p.enter()
	defer p.leave()
	for _, s := range sigs {
		if catchable(s) {
			p.notified[s], p.ignored[s] = nil, true
		}
	}
}

// Default implements [system.Processes].
func (p *process) Default(sigs ...system.Signal) {
	p.enter()
	defer p.leave()
	for _, s := range sigs {
		if catchable(s) {
			p.notified[s], p.ignored[s] = nil, false
		}
	}
}

// Ignored implements [system.Processes].
func (p *process) Ignored(sig system.Signal) bool {
	p.enter()
	defer p.leave()
	return catchable(sig) && p.ignored[sig]
}

func catchable(s system.Signal) bool {
	return s > 0 && s < system.SignalCount && s != system.SIGKILL && s != system.SIGSTOP
}

// Limit implements [system.Processes].
func (p *process) Limit(r system.Resource) (system.Limit, error) {
	p.enter()
	defer p.leave()
	if r < 0 || r > system.LimitRTTime {
		return system.Limit{}, system.EINVAL
	}
	return p.limit(r), nil
}

// limit is a resource's limit: what the kernel and Debian set, where nothing
// else has been.
func (p *process) limit(r system.Resource) system.Limit {
	if l, ok := p.limits[r]; ok {
		return l
	}
	switch r {
	case system.LimitStack:
		return system.Limit{Soft: 8 << 20, Hard: system.Infinity}
	case system.LimitCore, system.LimitNice, system.LimitRTPrio:
		return system.Limit{Soft: 0, Hard: hardDefault(r)}
	case system.LimitOpenFiles:
		return system.Limit{Soft: 1024, Hard: 4096}
	case system.LimitMemlock:
		return system.Limit{Soft: 8 << 20, Hard: 8 << 20}
	case system.LimitMsgQueue:
		return system.Limit{Soft: 819200, Hard: 819200}
	case system.LimitProcesses, system.LimitSigPending:
		return system.Limit{Soft: 7812, Hard: 7812} // of a machine with 2 GiB
	}
	return system.Limit{Soft: system.Infinity, Hard: system.Infinity}
}

func hardDefault(r system.Resource) uint64 {
	if r == system.LimitCore {
		return system.Infinity
	}
	return 0
}

// SetLimit implements [system.Processes].
func (p *process) SetLimit(r system.Resource, l system.Limit) error {
	p.enter()
	defer p.leave()
	if err := p.setLimit(r, l); err != nil {
		return err
	}
	p.note(LimitSet, "", p.pid, "resource "+itoa(int(r)))
	return nil
}

func (p *process) setLimit(r system.Resource, l system.Limit) error {
	switch {
	case r < 0 || r > system.LimitRTTime, l.Soft > l.Hard:
		return system.EINVAL
	case l.Hard > p.limit(r).Hard && p.id.EUID != 0:
		return system.EPERM
	}
	p.limits[r] = l
	return nil
}

// ticks is a duration in clock ticks, 100 a second.
func ticks(d time.Duration) int64 { return int64(d / (10 * time.Millisecond)) }
