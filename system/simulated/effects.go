package simulated

import (
	"fmt"
	"slices"
	"time"
)

// Kind is what kind of change an [Effect] is.
type Kind string

// Kinds of effects.
const (
	Created        Kind = "created"         // a file of any kind; Detail has mode and, for a link, target
	Changed        Kind = "changed"         // contents, once for each time the file was opened
	Removed        Kind = "removed"         // a name
	Renamed        Kind = "renamed"         // Detail has the new name
	Linked         Kind = "linked"          // a further name; Detail has the old one
	ModeChanged    Kind = "mode changed"    // Detail has the new mode
	OwnerChanged   Kind = "owner changed"   // Detail has uid:gid
	TimesChanged   Kind = "times changed"   //
	Locked         Kind = "locked"          // flock(2) got
	ProcessStarted Kind = "process started" // Path is the program, Target the new pid
	ProcessBecame  Kind = "process became"  // execve(2)
	ProcessEnded   Kind = "process ended"   // Target is the pid
	Signalled      Kind = "signalled"       // Target got the signal in Detail
	LimitSet       Kind = "limit set"       //
	Slept          Kind = "slept"           // Detail has for how long
)

// Effect is one change of the machine.
type Effect struct {
	// Seq counts from 1.
	Seq int
	// Time is the virtual time.
	Time time.Time
	// PID is the process that did it.
	PID  int
	Kind Kind
	// Path is the file that was changed, without symbolic links in it.
	Path string
	// Target is the process that was changed.
	Target int
	Detail string
	// File and Line are where the script was that did it, or that started
	// the process that did; "" and 0 where nobody has said (see [Locator]).
	File string
	Line int
	// Call is in which of the calls that [Machine].CountCalls counts it was.
	Call uint64
}

// String is one line for a log.
func (e Effect) String() string {
	s := fmt.Sprintf("[%d] %s", e.PID, e.Kind)
	if e.Target != 0 {
		s += fmt.Sprintf(" %d", e.Target)
	}
	if e.Path != "" {
		s += " " + e.Path
	}
	if e.Detail != "" {
		s += ": " + e.Detail
	}
	return s
}

// Effects is what has been changed so far, in order.
func (m *Machine) Effects() []Effect {
	m.w.mu.Lock()
	defer m.w.mu.Unlock()
	return slices.Clone(m.w.effects)
}

// note adds an effect to the log.
func (p *process) note(k Kind, path string, target int, detail string) {
	w := p.w
	e := Effect{Seq: len(w.effects) + 1, Time: w.now, PID: p.pid, Kind: k, Path: path, Target: target, Detail: detail, File: p.file, Line: p.line, Call: w.counted}
	w.effects = append(w.effects, e)
	if w.opts.Effects != nil {
		w.opts.Effects(e)
	}
	w.halt(p, k)
}

// Locator is implemented by the System of every process here: a script says
// at which line it is, for the effects that come from there.
type Locator interface {
	// Locate says where the process is, until the next call.
	Locate(file string, line int)
}

// Locate implements [Locator]. It is no call on the machine: it takes neither
// a turn nor time.
func (p *process) Locate(file string, line int) {
	p.w.mu.Lock()
	defer p.w.mu.Unlock()
	p.file, p.line = file, line
}
