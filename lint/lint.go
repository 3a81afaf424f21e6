// Package lint finds what is wrong with init scripts without running them:
// rules look at the text, its tree, its header and its neighbours, and what a
// rehearsal has shown becomes findings of the same form.
//
// The rules are in lint/rules, the forms of the output in lint/format. This
// package is the engine between the two: it reads files in parallel, calls
// the rules, drops what is suppressed, and puts all in a stable order. It
// needs no root, no Linux and no shell, and changes nothing but by a fix that
// its caller has asked for.
package lint

import (
	"cmp"
	"fmt"
	"strings"

	"sysv/lsb"
)

// Severity says how bad a finding is.
type Severity int

// Severities, the mildest first.
const (
	// Off is not reported.
	Off Severity = iota
	// Style is a matter of custom: nothing breaks.
	Style
	// Info is worth knowing: it breaks elsewhere, or could.
	Info
	// Warning is likely to be wrong.
	Warning
	// Error is wrong.
	Error
)

// String is the severity's name.
func (s Severity) String() string {
	switch s {
	case Style:
		return "style"
	case Info:
		return "info"
	case Warning:
		return "warning"
	case Error:
		return "error"
	}
	return "off"
}

// ParseSeverity is the severity of a name.
func ParseSeverity(name string) (Severity, error) {
	for s := Off; s <= Error; s++ {
		if s.String() == name {
			return s, nil
		}
	}
	return Off, fmt.Errorf("%q is no severity: error, warning, info, style, off", name)
}

// Finding is one thing that is wrong, and where.
type Finding struct {
	// Rule is the id ("SV2003"), Name the rule's name ("start-not-idempotent").
	Rule, Name string
	Severity   Severity
	Path       string
	// Line and Col count from 1, Col in bytes; EndCol is behind the last byte
	// on the same line, and Col+1 at least. A Line of 0 is the file as a
	// whole.
	Line, Col, EndCol int
	// Message says what is wrong, in lower case, quoting the offender.
	Message string
	// Trace is how it comes to that, in order.
	Trace []Step
	// Fix puts it right, or is nil.
	Fix *Fix
}

// Step is one step of a trace: what is done, and by which line.
type Step struct {
	lsb.Position
	What string
}

// Fix is a change of the file's text.
type Fix struct {
	// What says what is changed, in the imperative.
	What  string
	Edits []Edit
}

// Edit puts New in the place of the bytes from Start to End of the source.
type Edit struct {
	Start, End int
	New        string
}

// Replace adds an edit to the finding's fix, which says what it does.
func (f *Finding) Replace(what string, start, end int, text string) *Finding {
	if f.Fix == nil {
		f.Fix = &Fix{What: what}
	}
	f.Fix.Edits = append(f.Fix.Edits, Edit{start, end, text})
	return f
}

// Step adds a step to the trace.
func (f *Finding) Step(at lsb.Position, format string, args ...any) *Finding {
	f.Trace = append(f.Trace, Step{at, fmt.Sprintf(format, args...)})
	return f
}

// Compare orders findings by file, place, rule and message.
func Compare(a, b Finding) int {
	return cmp.Or(
		strings.Compare(a.Path, b.Path), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Col, b.Col),
		strings.Compare(a.Rule, b.Rule), strings.Compare(a.Message, b.Message),
	)
}
