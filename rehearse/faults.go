package rehearse

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"sysv/system"
	"sysv/system/simulated"
)

// slowEnd is how long the slow daemon of a fault takes to end, and lateWrite
// the late one to write its pid file: longer than scripts wait by chance, and
// shorter than most wait on purpose.
const (
	slowEnd   = 3 * time.Second
	lateWrite = 5 * time.Second
)

// faults are the things that go wrong, and in which the contract must hold.
func faults() []Scenario {
	notFull := simulated.Faults{Full: []string{"/"}}
	frozen := simulated.Faults{ReadOnly: []string{"/"}, Writable: []string{"/run", "/tmp", "/dev", "/proc"}}
	return []Scenario{
		{Name: "stale-pid-dead", Title: "a pid file of a daemon that was killed", act: actStaleDead},
		{Name: "stale-pid-other", Title: "a pid file whose pid belongs to another program by now", act: actStaleOther},
		{Name: "pid-file-empty", Title: "an empty pid file", act: badPIDFile("")},
		{Name: "pid-file-garbage", Title: "a pid file with no number in it", act: badPIDFile("garbage\n")},
		{Name: "pid-file-minus-one", Title: "a pid file with -1 in it", act: badPIDFile("-1\n")},
		{Name: "pid-file-directory", Title: "a directory in place of the pid file", act: badPIDFile("/")},
		{Name: "daemon-dies", Title: "the daemon ends at once, with an error", act: actDies, with: stageOptions{conduct: conduct{dies: 1}}},
		{Name: "pid-file-late", Title: "the daemon takes five seconds to write its pid file", act: actLate, with: stageOptions{conduct: conduct{late: lateWrite}}},
		{Name: "daemon-deaf", Title: "the daemon ignores TERM", act: actDeaf, with: stageOptions{conduct: conduct{deaf: true}}},
		{Name: "daemon-slow", Title: "the daemon takes three seconds to end", act: actSlow, with: stageOptions{conduct: conduct{slow: slowEnd}}},
		{Name: "daemon-children", Title: "the daemon leaves children that ignore TERM", act: actChildren, with: stageOptions{conduct: conduct{children: 2}}},
		{Name: "two-running", Title: "two daemons run already", act: actTwo},
		{Name: "same-name-other-user", Title: "a program of the same name runs, another user's", act: actOtherUser},
		{Name: "same-name-container", Title: "the same program runs in a container", act: actContainer},
		{Name: "name-in-arguments", Title: "an editor has the daemon's configuration open", act: actEditor},
		{Name: "interpreted", Title: "the daemon is a script: its program is an interpreter's", act: actInterpreted},
		{Name: "run-empty", Title: "/run is empty, as after a boot", act: actRunEmpty},
		{Name: "read-only-root", Title: "the root file system is read-only", act: actTruthful, with: stageOptions{faults: frozen}},
		{Name: "full-disk", Title: "no file system has room left", act: actTruthful, with: stageOptions{faults: notFull}},
		{Name: "defaults-missing", Title: "the defaults file is missing", act: actDefaults(nil)},
		{Name: "defaults-unreadable", Title: "a directory in place of the defaults file", act: actDefaults(unreadable)},
		{Name: "defaults-crlf", Title: "the defaults file has CR LF at its lines' ends", act: actDefaults(crlf)},
		{Name: "defaults-bytes", Title: "the defaults file has bytes that are no text", act: actDefaults(bytesAdded)},
		{Name: "no-network", Title: "no network and no name service: programs that use them hang", act: actNoNetwork, with: stageOptions{noNetwork: true}},
		{Name: "race", Title: "two starts at once, one held at each of its effects", act: actRace},
		{Name: "killed-start", Title: "a start that is killed at each of its effects, and then another", act: actKilled},
	}
}

// pidFile is the pid file of the daemon that runs, as the script knows it.
func (t *trial) pidFile() string {
	if f := t.leftPIDFile(); f != "" {
		return f
	}
	if l := t.r.allPIDFiles(); len(l) > 0 {
		return l[0]
	}
	return ""
}

// startsOne judges a start that must bring one daemon up.
func (t *trial) startsOne(rule string) bool {
	o, ok := t.step("start")
	if !ok {
		return false
	}
	switch {
	case o.n() == 0:
		t.fail(rule, "start", t.placeOf("start"), "start exits %d, and no daemon runs", o.status)
	case o.n() > 1:
		t.fail(ruleSecond, "start", t.startPlace(o), "%d daemons run after start", len(o.after))
	default:
		return t.judge(o.status == 0, rule, "start", t.placeOf("start"), "start exits 0, one daemon runs", "start exits %d although the daemon runs", o.status)
	}
	return false
}

func actStaleDead(t *trial) {
	if !t.running("start") {
		return
	}
	t.killDaemons()
	if t.leftPIDFile() == "" {
		t.na("start", "there is no pid file")
		return
	}
	if !t.startsOne(ruleBadPIDFile) {
		return
	}
	t.killDaemons()
	if o, ok := t.step("stop"); ok {
		t.judge(o.status == 0, ruleStopAgain, "stop", t.placeOf("stop"), "stop of what was killed exits 0", "stop of what was killed exits %d", o.status)
	}
}

// stranger is a program that has nothing to do with the daemon.
const stranger = "/usr/bin/stranger"

func actStaleOther(t *trial) {
	if !t.running("start") {
		return
	}
	main := t.stage.daemons()[0].PID
	t.killDaemons()
	f := t.leftPIDFile()
	if f == "" {
		t.na("start", "there is no pid file")
		return
	}
	text, err := readText(t.m, f)
	if err != nil || strings.TrimSpace(text) != fmt.Sprint(main) {
		t.na("start", "the pid file %s does not have the daemon's pid", f)
		return
	}
	t.m.AddProgram(stranger)
	if _, err := t.m.Plant(simulated.Planted{PID: main, Path: stranger, Args: []string{"stranger"}}); err != nil {
		t.na("start", "the pid could not be used again: %v", err)
		return
	}
	t.decoys[main] = "another program, which has the pid now"
	if t.hasStatus() {
		if o, ok := t.step("status"); ok {
			t.judge(o.status != 0, ruleStatus, "status", t.placeOf("status"), "status does not take another program for the daemon",
				"status exits 0 although the pid in the pid file is another program's")
		}
	}
	if o, ok := t.step("stop"); ok {
		t.spares(o)
	}
	if t.decoyLives() {
		t.m.WriteFile(f, 0o644, text)
		t.startsOne(ruleBadPIDFile)
	}
}

// spares judges that an action has signalled none of the strangers.
func (t *trial) spares(o outcome) bool {
	for _, pid := range t.decoyPIDs() {
		if at, hit := t.signalPlace(o, pid); hit {
			t.fail(ruleStranger, o.action, at, "%s signals a process that is not the daemon: %s", o.action, t.decoys[pid])
			return false
		}
	}
	t.pass(o.action, "%s signals nobody else", o.action)
	return true
}

func (t *trial) decoyPIDs() []int {
	var l []int
	for pid := range t.decoys {
		l = append(l, pid)
	}
	slices.Sort(l)
	return l
}

func (t *trial) decoyLives() bool {
	for _, p := range t.m.Processes() {
		if t.decoys[p.PID] != "" && !p.Zombie {
			return true
		}
	}
	return false
}

func readText(m *simulated.Machine, path string) (string, error) {
	f, err := m.Open(path, system.ReadOnly, 0)
	if err != nil {
		return "", err
	}
	defer f.Close()
	b, err := system.ReadAll(f, 1<<20)
	return string(b), err
}

// badPIDFile is the scenario of a pid file with this text; "/" is a directory.
func badPIDFile(text string) func(*trial) {
	return func(t *trial) {
		// What the script names is known from the runs before.
		f := t.pidFile()
		switch {
		case f == "":
			t.na("start", "the script names no pid file")
			return
		case t.neverRuns():
			t.na("start", "start starts no daemon")
			return
		}
		t.m.AddProgram(stranger)
		pid, err := t.m.Plant(simulated.Planted{Path: stranger, Args: []string{"stranger"}})
		if err == nil {
			t.decoys[pid] = "an innocent process"
		}
		if text == "/" {
			err = t.m.AddDir(f, 0o755)
		} else {
			err = t.m.WriteFile(f, 0o644, text)
		}
		if err != nil {
			t.na("start", "the pid file could not be made: %v", err)
			return
		}
		if text != "-1\n" && t.hasStatus() {
			if o, ok := t.step("status"); ok && !t.neverRuns() {
				t.judge(o.status != 0, ruleStatus, "status", t.placeOf("status"), "status does not say that it runs", "status exits 0 although no daemon runs")
			}
		}
		if o, ok := t.step("stop"); ok {
			t.spares(o)
		}
		o, ok := t.step("start")
		switch {
		case !ok:
		case t.neverRuns():
			t.na("start", "start starts no daemon")
		case o.n() == 1 && o.status == 0:
			t.pass("start", "start exits 0, one daemon runs")
		case o.n() == 0 && o.status != 0 && text == "/":
			t.pass("start", "start says that it failed")
		case o.n() == 0:
			t.fail(ruleBadPIDFile, "start", t.placeOf("start"), "with a bad pid file start exits %d, and no daemon runs", o.status)
		case o.n() > 1:
			t.fail(ruleSecond, "start", t.startPlace(o), "%d daemons run after start", len(o.after))
		default:
			t.fail(ruleStart, "start", t.placeOf("start"), "start exits %d although the daemon runs", o.status)
		}
	}
}

func actDies(t *trial) {
	if t.r.never != nil && *t.r.never {
		t.na("start", "start starts no daemon")
		return
	}
	o, ok := t.step("start")
	if !ok {
		return
	}
	started := false
	for _, e := range o.effects {
		if e.Kind == simulated.ProcessStarted && t.runsDaemon(e.Path) {
			started = true
		}
	}
	switch {
	case !started:
		t.na("start", "start starts no daemon")
	case t.r.read.backgrounds():
		t.na("start", "the daemon is started in the background: what becomes of it is not seen")
	default:
		t.judge(o.status != 0, ruleStart, "start", t.startPlace(o), "start exits not 0", "start exits 0 although the daemon ended with an error")
	}
	if !t.hasStatus() || !started {
		return
	}
	if o, ok := t.step("status"); ok {
		t.judge(o.status != 0, ruleStatus, "status", t.placeOf("status"), "status does not say that it runs", "status exits 0 although the daemon has ended")
	}
}

// beside judges the actions while a process runs that only looks like the
// daemon.
func (t *trial) beside(p simulated.Planted, what string) {
	if len(t.r.daemonPaths()) == 0 {
		t.na("start", "the script starts no daemon")
		return
	}
	if !p.Container {
		t.m.AddProgram(p.Path)
	}
	pid, err := t.m.Plant(p)
	if err != nil {
		t.na("start", "it could not be made: %v", err)
		return
	}
	t.decoys[pid] = what
	never := t.neverRuns()
	if t.hasStatus() && !never {
		if o, ok := t.step("status"); ok {
			t.judge(o.status != 0, ruleStatus, "status", t.placeOf("status"), "status does not take it for the daemon", "status exits 0 although only %s runs", what)
		}
	}
	if o, ok := t.step("stop"); !ok || !t.spares(o) {
		return
	}
	if never {
		t.na("start", "start starts no daemon")
		return
	}
	if !t.startsOne(ruleStart) {
		return
	}
	if o, ok := t.step("stop"); ok {
		t.spares(o)
		t.judge(o.n() == 0 || o.status != 0, ruleStop, "stop", t.placeOf("stop"), "stop ends the daemon", "stop exits 0, and the daemon runs on")
	}
}

// mainPath is the daemon's program.
func (t *trial) mainPath() string {
	for _, d := range t.r.daemonPaths() {
		if _, err := t.m.Stat(d); err == nil {
			return d
		}
	}
	return ""
}

func actOtherUser(t *trial) {
	d := t.mainPath()
	t.beside(simulated.Planted{Path: "/home/user/bin/" + base(d), Args: []string{base(d)}, UID: 1000, GID: 1000}, "another user's program of the same name")
}

func actContainer(t *trial) {
	d := t.mainPath()
	t.beside(simulated.Planted{Path: d, Args: []string{d}, Container: true}, "the same program in a container")
}

func actEditor(t *trial) {
	d := t.mainPath()
	t.beside(simulated.Planted{Path: "/usr/bin/vi", Args: []string{"vi", "/etc/" + base(d) + ".conf", d}}, "an editor with the daemon's name in its arguments")
}

// actInterpreted is for a daemon that is a script itself: the program that it
// runs, which --exec and status look at, is the interpreter.
func actInterpreted(t *trial) {
	d := t.mainPath()
	if d == "" || t.neverRuns() {
		t.na("start", "start starts no daemon")
		return
	}
	text, err := readText(t.m, d)
	if err != nil || !strings.HasPrefix(text, "#!") {
		t.na("start", "the daemon is no script")
		return
	}
	line, _, _ := strings.Cut(text, "\n")
	interpreter := strings.Fields(strings.TrimPrefix(line, "#!") + " ?")[0]
	if isShell(interpreter) {
		t.na("start", "the daemon is a shell's script, which is acted out")
		return
	}
	t.m.AddProgram(interpreter)
	if !t.startsOne(ruleStart) {
		return
	}
	first := pids(t.stage.daemons())
	o, ok := t.step("start")
	if !ok {
		return
	}
	t.judgeAgain(o, first)
	if t.hasStatus() {
		if o, ok := t.step("status"); ok {
			t.statusIs(o, "running", 0)
		}
	}
	if o, ok := t.step("stop"); ok {
		t.judgeStop(o, ruleStop)
	}
}

func actRunEmpty(t *trial) {
	t.m.Hide("/run/lock")
	if t.neverRuns() {
		t.na("start", "start starts no daemon")
		return
	}
	t.startsOne(ruleStart)
}

// actTruthful judges that an exit status tells what came of a start.
func actTruthful(t *trial) {
	o, ok := t.step("start")
	if ok {
		t.truthful(o)
	}
}

func (t *trial) truthful(o outcome) {
	switch {
	case o.n() > 1:
		t.fail(ruleSecond, "start", t.startPlace(o), "one start starts %d daemons", len(o.after))
	case o.n() == 0 && o.status == 0 && !t.startsNone(o):
		t.fail(ruleStart, "start", t.placeOf("start"), "start exits 0, and no daemon runs")
	case o.n() == 0 && o.status == 0 && !t.usuallyNone():
		t.fail(ruleStart, "start", t.placeOf("start"), "start exits 0, and no daemon was started")
	default:
		t.pass("start", "start exits %d, %s", o.status, counted(o.n()))
	}
}

// hung tells whether a program has waited for a network.
func (t *trial) hung() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.hanging
}

// usuallyNone tells whether the script starts no daemon where nothing is wrong.
func (t *trial) usuallyNone() bool {
	other := t.r.stage(stageOptions{})
	defer other.close()
	o := other.do("start")
	return o.ended && o.n() == 0
}

func actNoNetwork(t *trial) {
	o, ok := t.step("start")
	if !ok {
		return
	}
	if t.hung() {
		t.truthful(o)
		return
	}
	t.na("start", "start waits for no program that needs a network")
}
