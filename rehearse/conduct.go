package rehearse

import (
	"slices"

	"sysv/system/simulated"
)

// This file is the faults of the daemon itself.

func actLate(t *trial) {
	if !t.running("start") {
		return
	}
	first := pids(t.stage.daemons())
	o, ok := t.step("start")
	if !ok {
		return
	}
	switch {
	case o.n() > len(first):
		t.assumed("start", []string{"the daemon does not itself refuse to run twice"}, "a second start, before the pid file is written, starts another daemon: %d run", o.n())
		return
	case o.status != 0 && slices.Equal(pids(o.after), first):
		t.assumed("start", []string{"the daemon itself refuses to run twice"}, "a second start, before the pid file is written, exits %d", o.status)
		return
	}
	t.judgeAgain(o, first)
}

func actDeaf(t *trial) {
	if !t.running("stop") {
		return
	}
	o, ok := t.step("stop")
	if !ok {
		return
	}
	switch {
	case o.n() == 0:
		t.pass("stop", "stop ends a daemon that ignores TERM")
	case o.status != 0:
		t.pass("stop", "stop exits %d: it says that the daemon runs on", o.status)
	default:
		t.fail(ruleStop, "stop", t.placeOf("stop"), "stop exits 0 although the daemon, which ignores TERM, runs on")
	}
}

func actSlow(t *trial) {
	if !t.running("stop") {
		return
	}
	if t.r.read.has("restart") || t.r.read.initD {
		before := pids(t.stage.daemons())
		o, ok := t.step("restart")
		if !ok {
			return
		}
		t.m.Sleep(t.r.ctx, 2*slowEnd)
		o.after = t.stage.daemons()
		t.judgeRestart(o, "restart of a daemon that is slow to end", before)
		return
	}
	if o, ok := t.step("stop"); ok {
		t.judge(o.n() == 0 || o.status != 0, ruleStop, "stop", t.placeOf("stop"), "stop waits for the daemon's end",
			"stop exits 0 before the daemon has ended")
	}
}

func actChildren(t *trial) {
	if !t.running("stop") {
		return
	}
	o, ok := t.step("stop")
	if !ok {
		return
	}
	if left := o.n(); left > 0 && o.status == 0 {
		t.assumed("stop", []string{"the daemon leaves its children"}, "stop leaves %d processes of the daemon", left)
		return
	}
	t.pass("stop", "stop leaves no process, or says so")
}

func actTwo(t *trial) {
	if !t.running("stop") {
		return
	}
	d := t.stage.daemons()[0]
	if _, err := t.m.Plant(simulated.Planted{Path: d.Path, Args: d.Args, UID: d.UID}); err != nil {
		t.na("stop", "no second daemon could be made: %v", err)
		return
	}
	o, ok := t.step("stop")
	if !ok {
		return
	}
	switch {
	case o.n() == 0:
		t.pass("stop", "stop ends both")
	case o.status != 0:
		t.pass("stop", "stop exits %d: it says that one runs on", o.status)
	default:
		t.fail(ruleAll, "stop", t.placeOf("stop"), "stop exits 0, and one of the two daemons runs on")
	}
}
