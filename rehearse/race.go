package rehearse

import (
	"context"
	"slices"

	"sysv/system/simulated"
)

// maxPoints is at how many effects of a start it is held or killed: more than
// any real start has that matter.
const maxPoints = 24

// starting begins a start whose calls are counted.
func (t *trial) starting() *acting {
	t.again()
	a := t.begin(nil, "start")
	if a.child != nil {
		t.m.CountCalls(t.scriptOnly(a.child.PID()))
	}
	return a
}

// points are the calls by which a start changes something, as it goes when
// nobody disturbs it.
func (t *trial) points() []uint64 {
	a := t.starting()
	if a.child == nil {
		return nil
	}
	var l []uint64
	o := a.finish()
	for _, e := range o.effects {
		if e.Kind != simulated.Slept && t.byScript(e, o) && !slices.Contains(l, e.Call) && len(l) < maxPoints {
			l = append(l, e.Call)
		}
	}
	return l
}

// scriptOnly tells the processes of an action that are the script's own.
func (s *stage) scriptOnly(sid int) func(simulated.ProcessInfo) bool {
	return func(p simulated.ProcessInfo) bool { return p.Session == sid && !s.isDaemonProcess(p) }
}

// byScript tells whether an effect was made by one of them: by a process that
// is none of the daemons that the action has started.
func (s *stage) byScript(e simulated.Effect, o outcome) bool {
	for _, x := range o.effects {
		if x.Kind == simulated.ProcessStarted && x.Target == e.PID && s.runsDaemon(x.Path) {
			return false
		}
	}
	return true
}

// actRace holds one start before each call by which it changes something,
// while another one runs.
func actRace(t *trial) {
	if t.neverRuns() {
		t.na("start", "start starts no daemon")
		return
	}
	points := t.points()
	for i, call := range points {
		if !t.raceAt(i+1, call) {
			return
		}
	}
	t.pass("start", "two starts at once give one daemon, whichever of the %d effects of the first the second comes before", len(points))
}

func (t *trial) raceAt(k int, call uint64) bool {
	a := t.starting()
	if a.child == nil {
		return true
	}
	// The first start gets to where it is held, or to its end.
	t.awaitHalt(a, call)
	b := t.do("start")
	t.m.SetHalt(nil)
	t.m.Release()
	o := a.finish()
	if !o.ended || !b.ended {
		return true // what does not end is found elsewhere
	}
	n := o.n()
	if n == 1 {
		return true
	}
	at := t.startPlace(b)
	if n > 1 {
		if t.knownDaemon() {
			t.fail(ruleRace, "start", at, "of two starts at once, the first held before its effect %d, each starts a daemon: %d run", k, n)
		} else {
			t.fail(ruleRace, "start", at, "of two starts at once, the first held before its effect %d, each starts a daemon: %d run, if the daemon does not itself refuse to", k, n)
		}
		return false
	}
	t.fail(ruleRace, "start", at, "after two starts at once, the first held before its effect %d, no daemon runs", k)
	return false
}

// awaitHalt lets an action run until it is held before a call, or ends.
func (t *trial) awaitHalt(a *acting, call uint64) {
	fd, err := t.m.OpenPID(a.child.PID())
	if err != nil {
		return
	}
	defer fd.Close()
	ctx, cancel := t.m.WithTimeout(t.r.ctx, t.r.budget.Time)
	defer cancel()
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	t.m.SetHalt(&simulated.Halt{Before: call, Counts: t.scriptOnly(a.child.PID()), Done: stop})
	fd.Wait(ctx)
}

// again gives the trial a new machine.
func (t *trial) again() {
	t.stage.close()
	t.stage = t.r.stage(t.scenario.with)
}

// actKilled kills a start at each of its effects, and starts again.
func actKilled(t *trial) {
	if t.neverRuns() {
		t.na("start", "start starts no daemon")
		return
	}
	points := len(t.points())
	for k := 1; k <= points; k++ {
		t.again()
		a := t.begin(nil, "start")
		if a.child == nil {
			continue
		}
		t.m.SetHalt(&simulated.Halt{After: k, Counts: t.scriptOnly(a.child.PID()), Kill: true})
		first := a.finish()
		t.m.SetHalt(nil)
		t.history[len(t.history)-1].action = "start, killed"
		o := t.do("start")
		if !o.ended {
			t.fail(ruleKilledStart, "start", o.stuck, "after a start that was killed at its effect %d, start does not end", k)
			return
		}
		if o.n() != 1 || o.status != 0 {
			at := t.firstPlace(lastEffects(first))
			t.fail(ruleKilledStart, "start", at, "after a start that was killed at its effect %d, start exits %d and %s", k, o.status, counted(o.n()))
			return
		}
	}
	t.pass("start", "a start that is killed at any of its %d effects can be repeated", points)
}

// lastEffects are the effects of an action from its last one on.
func lastEffects(o outcome) []simulated.Effect {
	for i := len(o.effects) - 1; i >= 0; i-- {
		if o.effects[i].Line != 0 {
			return o.effects[i:]
		}
	}
	return nil
}
