// Package rehearse acts an init script out in an invented machine
// (package system/simulated) and judges what it does: against the contract of
// the LSB's actions, and again with each of a list of things that go wrong.
// Nothing of the script runs on the machine that does the rehearsal, nothing
// is written there, and no process started.
//
// What cannot be known is said: a verdict that rests on an assumption names
// it. The same script, tree and options give the same report.
package rehearse

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"time"
)

// Options is what is rehearsed, and how.
type Options struct {
	// Script is the script's path, as it is named in positions.
	Script string
	// Source is its text.
	Source []byte
	// Root is the tree that sourced files, configuration and programs come
	// from; nil is an invented one. Nothing of it is changed.
	Root fs.FS
	// At is where the script is in the invented machine; "" is
	// /etc/init.d/ and the last part of Script.
	At string
	// Scenarios are names to be acted out, as in Scenarios(); nil is all.
	Scenarios []string
	Budget    Budget
}

// Budget is what a rehearsal may cost, so that a hostile script's ends too.
// A field that is 0 has the value of DefaultBudget.
type Budget struct {
	// Time is how long, in the machine's own time, one action may take until
	// it counts as one that does not end.
	Time time.Duration
	// Deadline is how long one may take, in the machine's time, to be in time.
	Deadline time.Duration
	// Steps is how many commands one action may run, Calls how many calls on
	// the machine it may make.
	Steps int
	Calls uint64
	// Paths is how many outcomes of unknown programs are tried in a scenario.
	Paths int
	// Moment is how long, in real time, one action may take: for one that
	// computes for ever and neither runs a command nor makes a call.
	Moment time.Duration
	// Patience is how long, in real time, all may take: a last resort, which
	// no script that is meant well comes near.
	Patience time.Duration
}

// DefaultBudget is the budget where the options do not say. A minute is what
// most callers of init scripts wait for at most; half an hour is longer than
// any start that ends.
func DefaultBudget() Budget {
	return Budget{Time: 30 * time.Minute, Deadline: time.Minute, Steps: 20_000, Calls: 150_000, Paths: 64, Moment: 2 * time.Second, Patience: 15 * time.Second}
}

func (b Budget) orDefault() Budget {
	d := DefaultBudget()
	if b.Time == 0 {
		b.Time = d.Time
	}
	if b.Deadline == 0 {
		b.Deadline = d.Deadline
	}
	if b.Steps == 0 {
		b.Steps = d.Steps
	}
	if b.Calls == 0 {
		b.Calls = d.Calls
	}
	if b.Paths == 0 {
		b.Paths = d.Paths
	}
	if b.Moment == 0 {
		b.Moment = d.Moment
	}
	if b.Patience == 0 {
		b.Patience = d.Patience
	}
	return b
}

// Result is a verdict's.
type Result string

// Results of a [Verdict].
const (
	Pass          Result = "pass"
	Fail          Result = "fail"
	Assumed       Result = "assumed"
	NotApplicable Result = "n/a"
)

// Position is a place in a script or a sourced file. Line is 0 where there is
// none.
type Position struct {
	File string `json:"file"`
	Line int    `json:"line"`
}

// String is file:line.
func (p Position) String() string {
	if p.Line == 0 {
		return p.File
	}
	return fmt.Sprintf("%s:%d", p.File, p.Line)
}

// Event is one thing that happened on the way to a verdict.
type Event struct {
	Position Position `json:"position"`
	What     string   `json:"what"`
}

// Verdict is what one step of a scenario has shown.
type Verdict struct {
	Scenario string `json:"scenario"`
	Step     string `json:"step"`
	Result   Result `json:"result"`
	// Rule is the id of the rule that a failure breaks, "" otherwise.
	Rule string `json:"rule,omitempty"`
	// Warning is a failure that does not matter much: most scripts have it.
	Warning  bool     `json:"warning,omitempty"`
	Position Position `json:"position"`
	Message  string   `json:"message"`
	// Assumes names what the verdict rests on.
	Assumes []string `json:"assumes,omitempty"`
	// Trace is what led there, in order. Of several ways to one failure it is
	// the shortest.
	Trace []Event `json:"trace,omitempty"`
	// Fix is a change of one line that may mend it, or nil.
	Fix *Fix `json:"fix,omitempty"`
}

// Fix replaces a line of the script.
type Fix struct {
	Line int    `json:"line"`
	Old  string `json:"old"`
	New  string `json:"new"`
}

// Report is the outcome of a rehearsal.
type Report struct {
	Script   string    `json:"script"`
	Verdicts []Verdict `json:"verdicts"`
	// Summary has one word or two for each question: idempotent, blocking,
	// status, stop.
	Summary Summary `json:"summary"`
	// Notes say what was not there and had to be invented.
	Notes []string `json:"notes,omitempty"`
}

// Summary answers the questions that people have of a script.
type Summary struct {
	Idempotent     string `json:"idempotent"` // yes, no, unknown
	Blocking       string `json:"blocking"`   // no, bounded (how long, where), unbounded (where)
	StatusTruthful string `json:"status_truthful"`
	SafeToStop     string `json:"safe_to_stop"`
	Repeatable     string `json:"repeatable"` // what a killed start leaves can be started again
}

// Count is how many verdicts have a result.
func (r *Report) Count(result Result) int {
	n := 0
	for _, v := range r.Verdicts {
		if v.Result == result {
			n++
		}
	}
	return n
}

// Errors is how many failures are more than warnings.
func (r *Report) Errors() int {
	n := 0
	for _, v := range r.Verdicts {
		if v.Result == Fail && !v.Warning {
			n++
		}
	}
	return n
}

// Run rehearses a script. The error is that of the options, or of the
// context; what is wrong with the script is in the report.
func Run(ctx context.Context, o Options) (*Report, error) {
	r, err := newRun(ctx, o)
	if err != nil {
		return nil, err
	}
	r.learn()
	known := Scenarios()
	for _, name := range o.Scenarios {
		if !slices.ContainsFunc(known, func(s Scenario) bool { return s.Name == name }) {
			return nil, fmt.Errorf("no scenario %q", name)
		}
	}
	for _, s := range scenarios() {
		if len(o.Scenarios) > 0 && !slices.Contains(o.Scenarios, s.Name) {
			continue
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if r.isOver() {
			r.verdicts = append(r.verdicts, Verdict{Scenario: s.Name, Step: "start", Result: Assumed, Message: "not acted: the time for the rehearsal is over", Assumes: []string{"it is like the others"}})
			continue
		}
		r.act(s)
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return r.finish(), nil
}

// errScript is an empty script.
var errScript = errors.New("expected a script, and got nothing")
