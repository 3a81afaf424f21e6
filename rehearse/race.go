package rehearse

import (
	"context"

	"sysv/system/simulated"
)

// maxPoints is at how many effects of a start it is held or killed: more than
// any real start has that matter.
const maxPoints = 40

// points is how many effects a start has, at each of which it can be held or
// killed.
func (t *trial) points() int {
	other := t.r.stage(t.o)
	defer other.close()
	n := 0
	a := other.begin(nil, "start")
	if a.err != nil {
		return 0
	}
	o := a.finish()
	for _, e := range o.effects {
		if e.Kind != simulated.Slept && other.byScript(e, o) {
			n++
		}
	}
	return min(n, maxPoints)
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

// actRace holds one start at each of its effects while another one runs.
func actRace(t *trial) {
	if t.neverRuns() {
		t.na("start", "start starts no daemon")
		return
	}
	points := t.points()
	for k := 1; k <= points; k++ {
		if !t.raceAt(k) {
			return
		}
	}
	t.pass("start", "two starts at once give one daemon, whichever of the %d effects of the first the second comes at", points)
}

func (t *trial) raceAt(k int) bool {
	t.again()
	a := t.begin(nil, "start")
	if a.err != nil {
		return true
	}
	// The first start gets to its effect, or to its end.
	t.awaitHalt(a, k)
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
			t.fail(ruleRace, "start", at, "of two starts at once, the first held at its effect %d, each starts a daemon: %d run", k, n)
		} else {
			t.fail(ruleRace, "start", at, "of two starts at once, the first held at its effect %d, each starts a daemon: %d run, if the daemon does not itself refuse to", k, n)
		}
		return false
	}
	t.fail(ruleRace, "start", at, "after two starts at once, the first held at its effect %d, no daemon runs", k)
	return false
}

// awaitHalt lets an action run until it is held at its effect k, or ends.
func (t *trial) awaitHalt(a *acting, k int) {
	defer t.r.guard(t.m)()
	fd, err := t.m.OpenPID(a.child.PID())
	if err != nil {
		return
	}
	defer fd.Close()
	ctx, cancel := t.m.WithTimeout(t.r.ctx, t.r.budget.Time)
	defer cancel()
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	t.m.SetHalt(&simulated.Halt{After: k, Counts: t.scriptOnly(a.child.PID()), Done: stop})
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
	points := t.points()
	for k := 1; k <= points; k++ {
		t.again()
		a := t.begin(nil, "start")
		if a.err != nil {
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
