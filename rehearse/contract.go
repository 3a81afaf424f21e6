package rehearse

import (
	"slices"

	"sysv/system"
	"sysv/system/simulated"
)

// Scenarios lists all that a rehearsal acts, in its order: the contract first,
// each step with as little before it as possible, then the faults.
func Scenarios() []Scenario { return scenarios() }

func scenarios() []Scenario {
	l := contract()
	for i := range l {
		l[i].contract = true
	}
	return append(l, faults()...)
}

// contract is the LSB's (init script actions and their exit codes), with
// Debian's Policy 9.3 and what Red Hat and Pacemaker ask for.
func contract() []Scenario {
	return []Scenario{
		{Name: "start", Title: "start of what is stopped", act: actStart, explore: true},
		{Name: "start-again", Title: "start of what runs", act: actStartAgain, explore: true},
		{Name: "status-stopped", Title: "status of what is stopped", act: actStatusStopped},
		{Name: "status-running", Title: "status of what runs", act: actStatusRunning, explore: true},
		{Name: "status-dead", Title: "status of what was killed", act: actStatusDead},
		{Name: "stop", Title: "stop of what runs", act: actStop, explore: true},
		{Name: "stop-again", Title: "stop of what is stopped", act: actStopAgain},
		{Name: "restart-stopped", Title: "restart of what is stopped", act: actRestartStopped},
		{Name: "restart-running", Title: "restart of what runs", act: actRestartRunning},
		{Name: "try-restart", Title: "try-restart of what is stopped", act: actTryRestart},
		{Name: "reload", Title: "reload of what runs", act: actReload},
		{Name: "force-reload", Title: "force-reload of what runs", act: actForceReload},
		{Name: "unknown-action", Title: "an action that there is not, and none", act: actUnknown},
		{Name: "not-installed", Title: "the program is absent, the configuration left", act: actAbsent, with: stageOptions{noDaemon: true}},
		{Name: "not-root", Title: "called by another user than root", act: actNotRoot, with: stageOptions{identity: system.Identity{UID: 1000, EUID: 1000, GID: 1000, EGID: 1000, Groups: []int{1000}}}},
		{Name: "surroundings", Title: "no environment, no input, another directory and umask", act: actSurroundings},
	}
}

func actStart(t *trial) {
	o, ok := t.step("start")
	if !ok {
		return
	}
	if o.n() == 0 && len(t.r.daemonPaths()) == 0 {
		t.judge(o.status == 0, ruleStart, "start", t.placeOf("start"), "start exits 0; it starts no daemon", "start exits %d", o.status)
		return
	}
	switch {
	case o.n() == 0 && t.startsNone(o):
		t.na("start", "start exits %d and starts no daemon: the service is off, or its program does its work and ends", o.status)
	case o.n() == 0 && o.status == 0:
		t.fail(ruleStart, "start", t.placeOf("start"), "start exits 0, and no daemon runs")
	case o.n() == 0 && !t.triedToStart(o):
		t.assumed("start", []string{"what it asks for is not in this tree"}, "start exits %d before it starts the daemon", o.status)
	case o.n() == 0:
		t.fail(ruleStart, "start", t.placeOf("start"), "start exits %d, and no daemon runs", o.status)
	case o.n() > 1:
		t.fail(ruleSecond, "start", t.startPlace(o), "one start starts %d daemons", len(o.after))
	default:
		t.judge(o.status == 0, ruleStart, "start", t.placeOf("start"), "start exits 0, one daemon runs", "start exits %d although the daemon runs", o.status)
	}
}

// triedToStart tells whether an action has started the daemon's program.
func (t *trial) triedToStart(o outcome) bool {
	return slices.ContainsFunc(o.effects, func(e simulated.Effect) bool {
		return (e.Kind == simulated.ProcessStarted || e.Kind == simulated.ProcessBecame) && t.runsDaemon(e.Path)
	})
}

// refuses tells whether start fails before it starts anything.
func (t *trial) refuses() bool {
	other := t.r.stage(t.scenario.with)
	defer other.close()
	o := other.do("start")
	return o.ended && o.status != 0 && o.n() == 0 && !(&trial{r: t.r, stage: other}).triedToStart(o)
}

// startsNone tells a start that did not even try to start a daemon, or whose
// daemon ends by itself as it should.
func (t *trial) startsNone(o outcome) bool {
	for _, e := range o.effects {
		if t.runsDaemon(e.Path) && e.Kind == "process started" && !kindOf(base(e.Path)).oneShot {
			return false
		}
	}
	return o.status == 0 || o.status == 5 || o.status == 6
}

func actStartAgain(t *trial) {
	if !t.running("start") {
		return
	}
	first := pids(t.daemons())
	o, ok := t.step("start")
	if !ok {
		return
	}
	t.judgeAgain(o, first)
}

// judgeAgain judges a start of what ran already.
func (t *trial) judgeAgain(o outcome, first []int) {
	now := pids(o.after)
	switch {
	case len(now) > len(first):
		t.fail(ruleSecond, "start", t.startPlace(o), "a second start starts another daemon: %d run", len(now))
	case len(now) == 0:
		t.fail(ruleSecond, "start", t.placeOf("start"), "after a second start no daemon runs")
	case !slices.Equal(now, first):
		t.fail(ruleSecond, "start", t.startPlace(o), "a second start replaces the daemon by a new one")
	default:
		t.judge(o.status == 0, ruleStartAgain, "start", t.placeOf("start"), "exit 0, the same daemon runs", "a second start exits %d", o.status)
	}
}

// statusIs judges a status.
func (t *trial) statusIs(o outcome, state string, wanted ...int) {
	if changed := t.changes(o); len(changed) > 0 {
		t.fail(ruleStatusActs, "status", t.firstPlace(changed), "status changes something: %s", changed[0].String())
	}
	if slices.Contains(wanted, o.status) {
		t.pass("status", "status exits %d: %s", o.status, state)
		return
	}
	t.fail(ruleStatus, "status", t.placeOf("status"), "status exits %d, and not %d, although the daemon is %s", o.status, wanted[0], state)
}

func (t *trial) hasStatus() bool {
	if t.r.read.has("status") || t.r.read.initD || t.r.read.has("*") && len(t.r.read.patterns) < 2 {
		return true
	}
	t.na("status", "the script has no status")
	return false
}

func actStatusStopped(t *trial) {
	if !t.hasStatus() {
		return
	}
	o, ok := t.step("status")
	if !ok {
		return
	}
	if len(t.r.daemonPaths()) == 0 {
		t.na("status", "status exits %d; there is no daemon to tell of", o.status)
		return
	}
	if o.status == 0 && t.neverRuns() {
		t.na("status", "status exits 0; the service is off, or has no daemon that stays")
		return
	}
	t.statusIs(o, "stopped", 3)
}

// neverRuns tells whether the script's start brings no daemon up.
func (t *trial) neverRuns() bool {
	with := t.scenario.with
	if t.r.never != nil && (*t.r.never || with.plain()) {
		return *t.r.never
	}
	other := t.r.stage(with)
	defer other.close()
	o := other.do("start")
	never := o.ended && o.n() == 0
	if with.plain() {
		t.r.never = &never
	}
	return never
}

func actStatusRunning(t *trial) {
	if !t.hasStatus() || !t.running("status") {
		return
	}
	if o, ok := t.step("status"); ok {
		t.statusIs(o, "running", 0)
	}
}

func actStatusDead(t *trial) {
	if !t.hasStatus() || !t.running("status") {
		return
	}
	t.killDaemons()
	if o, ok := t.step("status"); ok {
		if t.pidFileThere() {
			t.statusIs(o, "dead, with its pid file there", 1, 2, 3)
		} else {
			t.statusIs(o, "dead", 3, 1, 2)
		}
	}
}

// pidFileThere tells whether there is a pid file that the script names.
func (t *trial) pidFileThere() bool { return t.leftPIDFile() != "" }

func (t *trial) leftPIDFile() string {
	for _, f := range t.r.allPIDFiles() {
		if i, err := t.m.Stat(f); err == nil && i.Size > 0 {
			return f
		}
	}
	return ""
}

func actStop(t *trial) {
	if !t.running("stop") {
		return
	}
	o, ok := t.step("stop")
	if !ok {
		return
	}
	t.judgeStop(o, ruleStop)
	if o.n() > 0 {
		return
	}
	f := t.leftPIDFile()
	switch {
	case f == "":
		t.pass("pid file", "the pid file is gone")
	case t.knownDaemon():
		t.fail(rulePIDFileLeft, "pid file", t.placeOf("stop"), "stop leaves the pid file %s behind", f)
	default:
		t.assumed("pid file", []string{"the daemon removes its pid file"}, "the script does not remove %s", f)
	}
}

func (t *trial) judgeStop(o outcome, rule string) {
	switch {
	case o.n() > 0 && o.status == 0:
		t.fail(rule, "stop", t.placeOf("stop"), "stop exits 0, and the daemon runs on")
	case o.n() > 0:
		t.fail(rule, "stop", t.placeOf("stop"), "stop exits %d, and the daemon runs on", o.status)
	default:
		t.judge(o.status == 0, rule, "stop", t.placeOf("stop"), "stop exits 0, no daemon runs", "stop exits %d although the daemon has ended", o.status)
	}
}

// knownDaemon tells whether the daemon's ways are known by its name.
func (t *trial) knownDaemon() bool {
	for _, d := range t.r.daemonPaths() {
		if kindOf(base(d)).known {
			return true
		}
	}
	return false
}

func actStopAgain(t *trial) {
	o, ok := t.step("stop")
	if !ok {
		return
	}
	if o.status != 0 && t.refuses() {
		t.assumed("stop", []string{"what it asks for is not in this tree"}, "stop exits %d, as start does before it starts the daemon", o.status)
		return
	}
	t.judge(o.status == 0, ruleStopAgain, "stop", t.placeOf("stop"), "stop of what is stopped exits 0", "stop of what is stopped exits %d", o.status)
}

func (t *trial) offers(action string) bool {
	if t.r.read.has(action) || t.r.read.initD {
		return true
	}
	t.na(action, "the script has no %s", action)
	return false
}

func actRestartStopped(t *trial) {
	if !t.offers("restart") || t.neverRunsNA("restart") {
		return
	}
	if o, ok := t.step("restart"); ok {
		t.judgeRestart(o, "restart of what is stopped", nil)
	}
}

func (t *trial) neverRunsNA(step string) bool {
	if t.neverRuns() {
		t.na(step, "start starts no daemon")
		return true
	}
	return false
}

func (t *trial) judgeRestart(o outcome, what string, before []int) {
	at := t.placeOf("restart")
	switch now := pids(o.after); {
	case o.n() == 0:
		t.fail(ruleRestart, "restart", at, "after a %s no daemon runs (exit %d)", what, o.status)
	case o.n() > 1:
		t.fail(ruleRestart, "restart", t.startPlace(o), "after a %s %d daemons run", what, len(now))
	case slices.Equal(now, before):
		t.fail(ruleRestart, "restart", at, "a %s leaves the same process running (exit %d)", what, o.status)
	default:
		t.judge(o.status == 0, ruleRestart, "restart", at, "exit 0, one daemon runs", "a %s exits %d", what, o.status)
	}
}

func actRestartRunning(t *trial) {
	if !t.offers("restart") || !t.running("restart") {
		return
	}
	before := pids(t.daemons())
	if o, ok := t.step("restart"); ok {
		t.judgeRestart(o, "restart of what runs", before)
	}
}

func actTryRestart(t *trial) {
	done := false
	for _, action := range []string{"try-restart", "condrestart"} {
		if !t.r.read.has(action) {
			continue
		}
		done = true
		o, ok := t.step(action)
		if !ok {
			return
		}
		if o.n() > 0 {
			t.fail(ruleTryRestart, action, t.startPlace(o), "%s starts a service that was stopped", action)
			return
		}
		t.judge(o.status == 0, ruleTryRestart, action, t.placeOf(action), "exit 0, nothing is started", "%s of what is stopped exits %d", action, o.status)
	}
	if !done {
		t.na("try-restart", "the script has no try-restart")
	}
}

func actReload(t *trial)      { t.reload("reload") }
func actForceReload(t *trial) { t.reload("force-reload") }

func (t *trial) reload(action string) {
	if !t.running(action) {
		return
	}
	o, ok := t.step(action)
	if !ok {
		return
	}
	switch {
	case o.n() == 0:
		t.fail(ruleReload, action, t.placeOf(action), "after %s no daemon runs (exit %d)", action, o.status)
	case o.n() > 1:
		t.fail(ruleReload, action, t.startPlace(o), "after %s %d daemons run", action, len(o.after))
	case t.r.read.has(action) || t.r.read.initD:
		t.judge(o.status == 0 || o.status == 3, ruleReload, action, t.placeOf(action), "one daemon runs", "%s exits %d", action, o.status)
	default:
		t.na(action, "the script has no %s (exit %d)", action, o.status)
	}
}

// bogus is an action that no script has.
const bogus = "no-such-action"

func actUnknown(t *trial) {
	for _, args := range [][]string{{bogus}, {}} {
		name := "an unknown action"
		if len(args) == 0 {
			name = "no action"
		}
		o := t.do(args...)
		if !t.endsWell(o) {
			return
		}
		at := t.placeOf("*")
		if changed := t.changes(o); len(changed) > 0 {
			t.fail(ruleUnknown, name, t.firstPlace(changed), "%s changes something: %s", name, changed[0].String())
			continue
		}
		switch {
		case o.status == 2 || o.status == 3:
			t.pass(name, "%s exits %d and changes nothing", name, o.status)
		case o.status == 0 && t.leavesEarly():
			t.na(name, "the script leaves before it looks at its action")
		case o.status == 0:
			t.fail(ruleUnknown, name, at, "%s exits 0", name)
		default:
			t.fail(ruleUnknownCode, name, at, "%s exits %d, and not 2 or 3", name, o.status)
		}
	}
}

// leavesEarly tells a script whose start does nothing, either.
func (t *trial) leavesEarly() bool {
	if !t.neverRuns() {
		return false
	}
	other := &trial{r: t.r, stage: t.r.stage(t.scenario.with)}
	defer other.close()
	o := other.do("start")
	return o.ended && o.status == 0 && len(other.changes(o)) == 0
}

func actAbsent(t *trial) {
	if len(t.r.daemonPaths()) == 0 {
		t.na("start", "the script starts no daemon")
		return
	}
	o, ok := t.step("start")
	if !ok {
		return
	}
	changed := t.changes(o)
	switch {
	case len(changed) > 0:
		t.fail(ruleAbsent, "start", t.firstPlace(changed), "without the program, start changes something: %s", changed[0].String())
	default:
		t.judge(o.status == 0 || o.status == 5, ruleAbsent, "start", t.placeOf("start"), "without the program, start does nothing", "without the program, start exits %d, and not 5 or 0", o.status)
	}
}

func actNotRoot(t *trial) {
	o, ok := t.step("start")
	if !ok {
		return
	}
	changed := t.changes(o)
	switch {
	case o.n() > 0:
		t.assumed("start", []string{"the daemon itself runs as another user than root"}, "another user than root starts the daemon (exit %d)", o.status)
	case len(changed) > 0:
		t.fail(ruleNotRoot, "start", t.firstPlace(changed), "called by another user than root, start changes something: %s", changed[0].String())
	case o.status == 0 && !t.neverRuns():
		t.fail(ruleNotRoot, "start", t.placeOf("start"), "called by another user than root, start exits 0 although no daemon runs")
	default:
		t.pass("start", "called by another user than root, start exits %d and changes nothing", o.status)
	}
}

func actSurroundings(t *trial) {
	plain := t.do("start")
	if !plain.ended {
		t.na("start", "start does not end")
		return
	}
	for _, c := range []struct {
		name   string
		change func(*system.Command)
	}{
		{"env -i", func(c *system.Command) { c.Env = nil }},
		{"standard input closed", func(c *system.Command) { c.Files[0] = nil }},
		{"another directory and umask", func(c *system.Command) { c.Dir, c.Umask = "/tmp", 0o077 }},
		{"a small PATH", func(c *system.Command) { c.Env = []string{"PATH=/bin:/usr/bin"} }},
	} {
		other := t.r.stage(t.o)
		o := other.doWith(c.change, "start")
		other.close()
		same := o.ended == plain.ended && o.status == plain.status && o.n() == plain.n()
		t.judge(same, ruleSurrounding, c.name, t.placeOf("start"), "the same as without",
			"with %s, start exits %d and %s; without it exits %d and %s", c.name, o.status, counted(o.n()), plain.status, counted(plain.n()))
	}
}
