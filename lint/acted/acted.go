// Package acted joins the rehearsal to the linter: its failed verdicts become
// findings, and it says whether a fix may be applied.
package acted

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"

	"sysv/lint"
	"sysv/lsb"
	"sysv/rehearse"
	"sysv/script"
)

// Can says that a script is of the kind that a rehearsal acts out: it has a
// start and a stop, and is a shell's.
func Can(s *script.Script) bool {
	if s.Shell == script.NoShell || s.Err != nil {
		return false
	}
	switch s.Dialect {
	case script.OpenWrt, script.OpenRC:
		return false
	case script.InitDScript:
		return true
	}
	return s.Action("start") != nil && s.Action("stop") != nil
}

// Findings acts a script out, with the files of the tree below root ("" for
// none), and gives what has failed as findings. rules are those that there
// are: their severities and names count.
func Findings(ctx context.Context, s *script.Script, root string, rules []*lint.Rule) ([]lint.Finding, error) {
	if !Can(s) {
		return nil, nil
	}
	report, err := run(ctx, s, root)
	if err != nil {
		return nil, err
	}
	byID := map[string]*lint.Rule{}
	for _, r := range rules {
		byID[r.ID] = r
	}
	var out []lint.Finding
	seen := map[string]bool{}
	for _, v := range report.Verdicts {
		rule := byID[v.Rule]
		if v.Result != rehearse.Fail || rule == nil {
			continue
		}
		f := finding(s, rule, v)
		// One fault shows itself in many scenarios; the first is told.
		key := fmt.Sprint(f.Rule, "\x00", f.Line)
		if seen[key] {
			continue
		}
		seen[key] = true
		out = append(out, f)
	}
	return out, nil
}

// run rehearses in a goroutine of its own, so that nothing that goes wrong
// inside takes the linter with it.
func run(ctx context.Context, s *script.Script, root string) (report *rehearse.Report, err error) {
	o := rehearse.Options{Script: s.Path, Source: s.Source}
	if root != "" {
		o.Root = os.DirFS(root)
	}
	err = errors.New("the rehearsal went wrong")
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer func() {
			if r := recover(); r != nil {
				report, err = nil, fmt.Errorf("the rehearsal went wrong: %v", r)
			}
		}()
		report, err = rehearse.Run(ctx, o)
	}()
	<-done
	return report, err
}

// finding makes one of a verdict that failed.
func finding(s *script.Script, rule *lint.Rule, v rehearse.Verdict) lint.Finding {
	f := lint.Finding{
		Rule: rule.ID, Name: rule.Name, Severity: rule.Severity, Path: s.Path, Message: message(v),
	}
	if v.Warning || faults()[v.Scenario] && v.Rule != stranger {
		f.Severity = min(f.Severity, lint.Warning)
	}
	if own(s, v.Position.File) && v.Position.Line > 0 && v.Position.Line <= s.Lines() {
		f.Line = v.Position.Line
		text := s.Line(f.Line)
		f.Col = len(text) - len(strings.TrimLeft(text, " \t")) + 1
		f.EndCol = max(len(strings.TrimRight(text, " \t\r"))+1, f.Col+1)
	}
	for _, e := range v.Trace {
		at := lsb.Position{Path: e.Position.File, Line: e.Position.Line}
		if own(s, at.Path) {
			at.Path = s.Path
		}
		f.Trace = append(f.Trace, lint.Step{Position: at, What: e.What})
	}
	for _, a := range v.Assumes {
		f.Trace = append(f.Trace, lint.Step{What: "assumed: " + a})
	}
	if x := v.Fix; x != nil && x.Line >= 1 && x.Line <= s.Lines() && strings.TrimRight(s.Line(x.Line), "\r") == strings.TrimRight(x.Old, "\r\n") {
		at := s.Offset(x.Line)
		f.Replace("write "+strings.TrimSpace(x.New), at, at+len(strings.TrimRight(s.Line(x.Line), "\r")), strings.TrimRight(x.New, "\n"))
	}
	return f
}

// stranger is the rule against signals to processes of others, which is an
// error whatever else has gone wrong.
const stranger = "SV5101"

// faults are the scenarios in which something goes wrong: what a script does
// then is no breach of the contract, and so a warning.
var faults = sync.OnceValue(func() map[string]bool {
	out := map[string]bool{}
	for _, s := range rehearse.Scenarios() {
		if s.Fault() {
			out[s.Name] = true
		}
	}
	return out
})

func message(v rehearse.Verdict) string {
	m := v.Message
	if v.Scenario != "" && !strings.Contains(m, v.Scenario) {
		m += " (" + v.Scenario + ")"
	}
	return m
}

// own says that a position is in the script itself.
func own(s *script.Script, file string) bool {
	return file == s.Path || file == "" || script.Base(file) == script.Base(s.Path) && strings.Contains(file, "init.d/")
}

// Verify says whether a script does after a fix what it did before, but for
// the finding: no verdict that was passed fails, and where the finding was the
// rehearsal's own, its rule is broken no more.
func Verify(ctx context.Context, before, after *script.Script, root string, f *lint.Finding) (ok bool, why string) {
	if !Can(before) {
		return false, "it changes commands of a script that cannot be rehearsed"
	}
	a, err := run(ctx, before, root)
	if err != nil {
		return false, err.Error()
	}
	b, err := run(ctx, after, root)
	if err != nil {
		return false, err.Error()
	}
	was := map[string]rehearse.Result{}
	for _, v := range a.Verdicts {
		was[key(v)] = worse(was[key(v)], v.Result)
	}
	failsNow := false
	is := map[string]rehearse.Result{}
	for _, v := range b.Verdicts {
		is[key(v)] = worse(is[key(v)], v.Result)
		failsNow = failsNow || v.Result == rehearse.Fail && v.Rule == f.Rule
	}
	for _, v := range b.Verdicts {
		if is[key(v)] == rehearse.Fail && was[key(v)] != rehearse.Fail {
			return false, fmt.Sprintf("rehearsed, it fails at %s, %s: %s", v.Scenario, v.Step, v.Message)
		}
	}
	if failsNow && rehearsed(a, f.Rule) {
		return false, "rehearsed, the fault is still there"
	}
	return true, ""
}

func rehearsed(r *rehearse.Report, rule string) bool {
	for _, v := range r.Verdicts {
		if v.Rule == rule && v.Result == rehearse.Fail {
			return true
		}
	}
	return false
}

func key(v rehearse.Verdict) string { return v.Scenario + "\x00" + v.Step + "\x00" + v.Rule }

// worse is the worse of two results of the same step.
func worse(a, b rehearse.Result) rehearse.Result {
	if a == rehearse.Fail || b == rehearse.Fail {
		return rehearse.Fail
	}
	if a == "" {
		return b
	}
	return a
}
