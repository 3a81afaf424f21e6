//go:build linux

package daemons

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
)

// difference is one field of one step that is as in no run of dash.
type difference struct {
	step, field string
	dash, got   string
	reason      string // why it is right so, or ""
}

// compare compares a run with those of dash. What they do not agree on among
// themselves is noise: a field that differs there is named, not compared.
func compare(t task, side string, real []Result, got Result) (same, steps int, found []difference, noise []string) {
	for i, first := range real[0].Steps {
		steps++
		if i >= len(got.Steps) {
			found = append(found, difference{step: first.Step, field: "step", dash: "run", got: "not reached"})
			continue
		}
		ok := true
		for j, f := range got.Steps[i].fields() {
			var samples []string
			for _, r := range real {
				if i < len(r.Steps) {
					samples = append(samples, r.Steps[i].fields()[j].text)
				}
			}
			match := func(s string) bool {
				return s == f.text || t.killed && f.name == "processes" && subset(f.text, s) || f.name == "took" && near(s, f.text)
			}
			if slices.ContainsFunc(samples, match) {
				continue
			}
			if slices.ContainsFunc(samples, func(s string) bool { return s != samples[0] }) {
				noise = append(noise, first.Step+" "+f.name)
				continue
			}
			d := difference{step: first.Step, field: f.name, dash: samples[0], got: f.text}
			d.reason = explain(t, side, d)
			found = append(found, d)
			ok = ok && d.reason != ""
		}
		if ok {
			same++
		}
	}
	return same, steps, found, noise
}

// near tells whether two times of Took are as long as makes no difference: what
// is waited for takes two seconds or none.
func near(a, b string) bool {
	var x, y int
	fmt.Sscanf(a, "%d", &x)
	fmt.Sscanf(b, "%d", &y)
	return max(x-y, y-x) <= 1
}

// parent is what a line says of a process's parent: who has lost a shell is
// adopted by process 1.
var parent = regexp.MustCompile(`parent=(<[^>]*>|\d+)`)

// subset tells whether each line of a is one of b's, as often at most, but for
// parents.
func subset(a, b string) bool {
	a, b = parent.ReplaceAllString(a, ""), parent.ReplaceAllString(b, "")
	rest := slices.Collect(strings.Lines(b))
	for l := range strings.Lines(a) {
		i := slices.Index(rest, l)
		if i < 0 {
			return false
		}
		rest = slices.Delete(rest, i, i+1)
	}
	return true
}

// changedLines are the lines that only one of two texts has, marked - and +.
func changedLines(a, b string) []string {
	left, right := strings.Split(a, "\n"), strings.Split(b, "\n")
	var out []string
	for _, l := range left {
		if i := slices.Index(right, l); i >= 0 {
			right = slices.Delete(right, i, i+1)
		} else {
			out = append(out, "- "+l)
		}
	}
	for _, l := range right {
		out = append(out, "+ "+l)
	}
	if len(out) == 0 && a != b {
		out = append(out, "  the same lines in another order")
	}
	return out
}

// Known is a difference from dash that is understood and accepted. Any other
// fails the run.
type Known struct {
	// Task is a pattern (path.Match) of the daemon or the case.
	Task string
	// Step, Side and Field limit it to one; empty is any.
	Step, Side, Field string
	// Line is what each line that differs has in it; empty is any.
	Line string
	// Reason says why it is right that it differs.
	Reason string
}

func explain(t task, side string, d difference) string {
	for _, k := range knownDifferences() {
		if ok, err := path.Match(k.Task, t.name); err != nil || !ok {
			continue
		}
		if k.Step != "" && k.Step != d.step || k.Side != "" && k.Side != side || k.Field != "" && k.Field != d.field {
			continue
		}
		all := true
		for _, l := range changedLines(d.dash, d.got) {
			all = all && strings.Contains(l, k.Line)
		}
		if all {
			return k.Reason
		}
	}
	return ""
}
