package rehearse

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"sysv/system/simulated"
)

// trial is one scenario being acted.
type trial struct {
	*stage
	r        *run
	scenario Scenario
	verdicts []Verdict
}

// Scenario is one line of the contract, or one fault.
type Scenario struct {
	// Name is what --scenario takes.
	Name string `json:"name"`
	// Title says what is the case.
	Title string `json:"title"`
	act   func(t *trial)
	with  stageOptions
	// contract is false for a fault: an action may take long then.
	contract bool
	// explore lets unknown programs fail, too, to see what must hold anyway.
	explore bool
}

// act acts a scenario, and adds its verdicts.
func (r *run) act(s Scenario) {
	r.setForced(nil)
	base := r.actOnce(s)
	r.verdicts = append(r.verdicts, base...)
	if s.explore {
		r.verdicts = append(r.verdicts, r.explore(s, base)...)
	}
}

func (r *run) setForced(forced map[string]int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.forced, r.asked = forced, nil
}

func (r *run) actOnce(s Scenario) []Verdict {
	t := &trial{r: r, scenario: s}
	t.stage = r.stage(s.with)
	defer func() { t.stage.close() }()
	s.act(t)
	return t.verdicts
}

func (t *trial) add(v Verdict) {
	v.Scenario = t.scenario.Name
	t.verdicts = append(t.verdicts, v)
}

// pass, na and fail add a verdict about the last action.
func (t *trial) pass(step, format string, args ...any) {
	t.add(Verdict{Step: step, Result: Pass, Message: fmt.Sprintf(format, args...)})
}

func (t *trial) na(step, format string, args ...any) {
	t.add(Verdict{Step: step, Result: NotApplicable, Message: fmt.Sprintf(format, args...)})
}

func (t *trial) assumed(step string, assumes []string, format string, args ...any) {
	t.add(Verdict{Step: step, Result: Assumed, Message: fmt.Sprintf(format, args...), Assumes: assumes, Trace: t.trace()})
}

func (t *trial) fail(rule, step string, at Position, format string, args ...any) {
	if at.File == "" {
		at.File = t.r.o.Script
	}
	if l := t.meddled(); len(l) > 0 && restsOnDaemon(rule) {
		var assumes []string
		for _, name := range l {
			assumes = append(assumes, name+" does nothing to the daemon")
		}
		t.add(Verdict{Step: step, Result: Assumed, Rule: rule, Position: at, Message: fmt.Sprintf(format, args...), Assumes: assumes, Trace: t.trace()})
		return
	}
	t.add(Verdict{Step: step, Result: Fail, Rule: rule, Position: at, Message: fmt.Sprintf(format, args...), Trace: t.trace(), Warning: isWarning(rule)})
}

// meddled are the unknown programs of the actions so far.
func (t *trial) meddled() []string {
	var l []string
	for _, o := range t.history {
		for _, name := range o.unknown {
			if !slices.Contains(l, name) {
				l = append(l, name)
			}
		}
	}
	return l
}

// restsOnDaemon tells rules that are broken by what becomes of the daemon: an
// unknown program may be what starts, asks or stops it.
func restsOnDaemon(rule string) bool {
	switch rule {
	case ruleEndless, ruleSlow, ruleUnknown, ruleUnknownCode, ruleAbsent, ruleNotRoot, ruleStranger:
		return false
	}
	return true
}

// judge is pass or fail.
func (t *trial) judge(ok bool, rule, step string, at Position, good, bad string, args ...any) bool {
	if ok {
		t.pass(step, "%s", good)
	} else {
		t.fail(rule, step, at, bad, args...)
	}
	return ok
}

// step does an action that must end: where it does not, that is the verdict,
// and ok is false.
func (t *trial) step(args ...string) (o outcome, ok bool) {
	o = t.do(args...)
	return o, t.endsWell(o)
}

// endsWell judges whether an action has ended, and in time.
func (t *trial) endsWell(o outcome) bool {
	r, name := t.r, o.action
	if !o.ended {
		rule := ruleEndless
		switch o.cut {
		case "known":
			t.na(name, "%s does not end", name)
			return false
		case "patience":
			t.assumed(name, []string{"the rehearsal's time was over"}, "%s was given up", name)
			return false
		case "moment":
			t.fail(rule, name, o.stuck, "%s computes without an end: after %s of real time it was given up", name, r.budget.Moment)
		case "steps":
			t.fail(rule, name, o.stuck, "%s had not ended after %d commands", name, r.budget.Steps)
		case "calls":
			t.fail(rule, name, o.stuck, "%s had not ended after %d system calls", name, r.budget.Calls)
		default:
			t.fail(rule, name, o.stuck, "%s does not end: %s later it is still here", name, r.budget.Time)
		}
		return false
	}
	if !t.scenario.contract {
		return true
	}
	if o.took > r.worst {
		r.worst, r.worstPlace, r.worstStep = o.took, t.slowest(o), name
	}
	if o.took > r.budget.Deadline {
		t.fail(ruleSlow, name, t.slowest(o), "%s takes %s, longer than the deadline of %s", name, round(o.took), r.budget.Deadline)
	}
	return true
}

// slowest is where most of an action's time was spent.
func (t *trial) slowest(o outcome) Position {
	spent := map[Position]time.Duration{}
	best, at := o.took/10, Position{}
	for i, e := range o.effects {
		if i == 0 || e.Line == 0 {
			continue
		}
		p := t.position(e.File, e.Line)
		spent[p] += e.Time.Sub(o.effects[i-1].Time)
		if spent[p] > best {
			best, at = spent[p], p
		}
	}
	return at
}

// maxTrace is how many events a trace has at most; what is left out in the
// middle is said.
const maxTrace = 40

// trace is what has been done so far, and what came of it.
func (t *trial) trace() []Event {
	var l []Event
	for _, o := range t.history {
		at := Position{t.r.o.Script, t.r.read.patterns[firstWord(o.action)]}
		if o.action == "" {
			o.action = "(no action)"
		}
		l = append(l, Event{at, o.action})
		for _, e := range o.effects {
			if what := t.describe(e); what != "" {
				l = append(l, Event{t.position(e.File, e.Line), what})
			}
		}
		switch {
		case !o.ended:
			l = append(l, Event{o.stuck, "it is still there"})
		case strings.HasPrefix(o.action, "kill"):
		default:
			l = append(l, Event{at, fmt.Sprintf("exit %d, %s", o.status, counted(o.n()))})
		}
	}
	if len(l) > maxTrace {
		cut := len(l) - maxTrace
		l = append(append(slices.Clone(l[:maxTrace/2]), Event{What: fmt.Sprintf("(%d events)", cut)}), l[len(l)-maxTrace/2:]...)
	}
	return l
}

func firstWord(s string) string {
	w, _, _ := strings.Cut(s, " ")
	return strings.TrimSuffix(w, ",")
}

func counted(n int) string {
	switch n {
	case 0:
		return "no daemon runs"
	case 1:
		return "one daemon runs"
	}
	return fmt.Sprintf("%d daemons run", n)
}

// describe is an effect in a trace, or "" for one that does not matter there.
func (t *trial) describe(e simulated.Effect) string {
	switch e.Kind {
	case simulated.Slept, simulated.LimitSet, simulated.TimesChanged:
		return ""
	case simulated.ProcessStarted:
		if isShell(e.Path) {
			return ""
		}
		return "starts " + e.Detail + " as " + pidText(e.Target)
	case simulated.ProcessBecame:
		return "becomes " + e.Detail
	case simulated.ProcessEnded:
		if !t.runsDaemon(e.Path) {
			return ""
		}
		return pidText(e.Target) + " ends: " + e.Detail
	case simulated.Signalled:
		return "sends " + e.Detail + " to " + pidText(e.Target)
	case simulated.Created, simulated.Changed, simulated.Removed, simulated.Locked:
		return string(e.Kind) + " " + e.Path
	}
	s := string(e.Kind) + " " + e.Path
	if e.Detail != "" {
		s += ": " + e.Detail
	}
	return s
}

func pidText(pid int) string { return fmt.Sprintf("process %d", pid) }

// changes are the net effects of an action on the machine: what is made and
// taken away again is none.
func (t *trial) changes(o outcome) []simulated.Effect {
	var l []simulated.Effect
	made := map[string]bool{}
	for _, e := range o.effects {
		if strings.HasPrefix(e.Path, "/dev/") && e.Kind != simulated.Created && e.Kind != simulated.Removed || strings.HasPrefix(e.Path, "/proc/") {
			continue
		}
		switch e.Kind {
		case simulated.Created:
			made[e.Path] = true
		case simulated.Removed:
			if made[e.Path] {
				l = slices.DeleteFunc(l, func(x simulated.Effect) bool { return x.Path == e.Path })
				delete(made, e.Path)
				continue
			}
		case simulated.Changed, simulated.Renamed, simulated.Linked, simulated.ModeChanged, simulated.OwnerChanged:
		case simulated.Signalled:
			if e.Detail == "CHLD" || t.inSession(e, o) {
				continue
			}
		case simulated.ProcessStarted:
			if !slices.ContainsFunc(o.after, func(p simulated.ProcessInfo) bool { return p.PID == e.Target }) {
				continue
			}
		default:
			continue
		}
		l = append(l, e)
	}
	return l
}

// inSession tells whether a signal was sent to a process that the action
// itself started.
func (t *trial) inSession(e simulated.Effect, o outcome) bool {
	return slices.ContainsFunc(o.effects, func(x simulated.Effect) bool { return x.Kind == simulated.ProcessStarted && x.Target == e.Target })
}

// firstPlace is the place of the first of some effects.
func (t *trial) firstPlace(l []simulated.Effect) Position {
	for _, e := range l {
		if e.Line != 0 {
			return t.position(e.File, e.Line)
		}
	}
	return Position{}
}

// placeOf is where the script does an action.
func (t *trial) placeOf(action string) Position {
	return Position{t.r.o.Script, t.r.read.patterns[action]}
}

// startPlace is where an action started the daemon that runs.
func (t *trial) startPlace(o outcome) Position {
	for _, e := range slices.Backward(o.effects) {
		runs := slices.ContainsFunc(o.after, func(p simulated.ProcessInfo) bool { return p.PID == e.Target })
		if e.Kind == simulated.ProcessStarted && (runs || t.runsDaemon(e.Path)) && e.Line != 0 {
			return t.position(e.File, e.Line)
		}
	}
	return t.placeOf(o.action)
}

// signalPlace is where an action signalled a process.
func (t *trial) signalPlace(o outcome, pid int) (Position, bool) {
	for _, e := range o.effects {
		if e.Kind == simulated.Signalled && e.Target == pid && e.Detail != "CHLD" {
			return t.position(e.File, e.Line), true
		}
	}
	return Position{}, false
}

// running brings the daemon up; false if it cannot be done, and then it is
// said why the scenario does not apply.
func (t *trial) running(step string) bool {
	if t.r.never != nil && *t.r.never {
		t.na(step, "start starts no daemon")
		return false
	}
	o := t.do("start")
	switch {
	case !o.ended:
		t.na(step, "start does not end")
	case o.n() == 0:
		t.na(step, "start starts no daemon")
	default:
		return true
	}
	return false
}

func pids(l []simulated.ProcessInfo) []int {
	var out []int
	for _, p := range l {
		out = append(out, p.PID)
	}
	return out
}
