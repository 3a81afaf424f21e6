//go:build linux

package confirm

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
)

// Report is what a comparison found.
type Report struct {
	Packages []fetched
	Sides    []Side
	Skipped  []string // scripts not run, and why
	Outcomes []Outcome
	Prepared time.Duration // of Took, spent on downloads and builds
	Took     time.Duration
}

// Failed is true where something differs for no known reason, or was not
// compared at all.
func (r *Report) Failed() bool {
	for _, p := range r.Packages {
		if p.Err != nil && !p.Gone {
			return true
		}
	}
	return len(r.Outcomes) == 0 || slices.ContainsFunc(r.Outcomes, Outcome.Unexplained)
}

// tally counts the outcomes of one side.
type tally struct{ runs, same, repeated, excluded, known, unexplained, broken int }

func (r *Report) tally(side string) tally {
	var t tally
	for _, o := range r.Outcomes {
		if o.Side != side {
			continue
		}
		t.runs++
		switch {
		case o.Err != nil:
			t.broken++
		case o.Same:
			t.same++
		case side == again:
		case len(o.Differences) == 0:
			t.excluded++
		case o.Unexplained():
			t.unexplained++
		default:
			t.known++
		}
		if o.Same && o.Repeated {
			t.repeated++
		}
	}
	return t
}

// Print writes the report for people: the table, then each run that is not
// identical.
func (r *Report) Print(w io.Writer) {
	scripts := map[string]bool{}
	have := 0
	for _, o := range r.Outcomes {
		scripts[o.Task.Package+o.Task.Script] = true
	}
	for _, p := range r.Packages {
		if p.Err == nil {
			have++
		} else {
			fmt.Fprintf(w, "NOT COMPARED: package %s: %v\n", p.Package, p.Err)
		}
	}
	for _, s := range r.Skipped {
		fmt.Fprintf(w, "not run: %s\n", s)
	}
	r.printNoise(w)
	for _, s := range r.Sides {
		r.printSide(w, s.Name)
	}
	first := r.tally(again)
	fmt.Fprintf(w, "\n%d packages, %d scripts, %d runs a shell, %.0f s (%.0f s of them to prepare)\n", have, len(scripts), first.runs, r.Took.Seconds(), r.Prepared.Seconds())
	fmt.Fprintf(w, "%-24s %9s %9s %9s %9s %9s %9s %9s\n", "compared with dash", "runs", "identical", "(2nd try)", "noise", "known", "DIFFERENT", "BROKEN")
	for _, name := range append([]string{again}, r.sideNames()...) {
		t := r.tally(name)
		noise := t.excluded
		if name == again {
			noise = t.runs - t.same - t.broken
		}
		fmt.Fprintf(w, "%-24s %9d %9d %9d %9d %9d %9d %9d\n", name, t.runs, t.same, t.repeated, noise, t.known, t.unexplained, t.broken)
	}
	r.printKinds(w)
}

func (r *Report) sideNames() []string {
	var out []string
	for _, s := range r.Sides {
		out = append(out, s.Name)
	}
	return out
}

// printNoise names the runs that dash does not repeat.
func (r *Report) printNoise(w io.Writer) {
	for _, o := range r.Outcomes {
		if o.Side != again {
			continue
		}
		if o.Err != nil {
			fmt.Fprintf(w, "BROKEN: %s: %v\n", o.Task.Name(), o.Err)
		}
		if len(o.Noise) > 0 {
			fmt.Fprintf(w, "dash differs from itself: %s: %s\n", o.Task.Name(), strings.Join(o.Noise, ", "))
			if len(o.noise) > 0 {
				fmt.Fprint(w, unified(o.noise[0].Want, o.noise[0].Got))
			}
		}
	}
}

// printSide prints what one side did differently.
func (r *Report) printSide(w io.Writer, side string) {
	for _, o := range r.Outcomes {
		if o.Side != side {
			continue
		}
		switch {
		case o.Err != nil:
			fmt.Fprintf(w, "\nBROKEN: %s, %s: %v\n", o.Task.Name(), side, o.Err)
		case len(o.Excluded) > 0:
			fmt.Fprintf(w, "excluded, for dash does not repeat it: %s, %s: %s\n", o.Task.Name(), side, strings.Join(o.Excluded, ", "))
		}
		if len(o.Differences) == 0 {
			continue
		}
		fmt.Fprintf(w, "\nDIFFERENT: %s, %s\n", o.Task.Name(), side)
		for i, d := range o.Differences {
			reason := o.Reasons[i]
			if reason != "" {
				fmt.Fprintf(w, "  step %s, %s (known: %s)\n", d.Step, d.Kind, reason)
				continue
			}
			fmt.Fprintf(w, "  step %s, %s\n%s", d.Step, d.Kind, unified(d.Want, d.Got))
		}
	}
}

// printKinds counts the unexplained runs by what differs.
func (r *Report) printKinds(w io.Writer) {
	for _, side := range r.sideNames() {
		count := map[string]int{}
		for _, o := range r.Outcomes {
			kinds := map[string]bool{}
			for i, d := range o.Differences {
				if o.Side == side && o.Reasons[i] == "" {
					kinds[d.Kind] = true
				}
			}
			for k := range kinds {
				count[k]++
			}
		}
		if len(count) == 0 {
			continue
		}
		fmt.Fprintf(w, "%s differs in:", side)
		for _, k := range Kinds {
			if count[k] > 0 {
				fmt.Fprintf(w, " %s %d", k, count[k])
			}
		}
		fmt.Fprintln(w)
	}
}

// JSON writes the report for programs: one record a run, with its time, and
// the slowest packages.
func (r *Report) JSON(w io.Writer) error {
	type run struct {
		Package, Script, Action, Side string
		Identical, Repeated           bool
		Noise, Excluded               []string     `json:",omitempty"`
		Differences                   []Difference `json:",omitempty"`
		Reasons                       []string     `json:",omitempty"`
		Error                         string       `json:",omitempty"`
		Seconds                       float64
	}
	type pkg struct {
		Name    string
		Error   string `json:",omitempty"`
		Runs    int
		Seconds float64
	}
	var out struct {
		Seconds, PrepareSeconds float64
		Packages                []pkg
		Skipped                 []string
		Runs                    []run
	}
	out.Seconds, out.PrepareSeconds, out.Skipped = r.Took.Seconds(), r.Prepared.Seconds(), r.Skipped
	for _, p := range r.Packages {
		one := pkg{Name: p.Package}
		if p.Err != nil {
			one.Error = p.Err.Error()
		}
		for _, o := range r.Outcomes {
			if o.Task.Package == p.Package {
				one.Runs++
				one.Seconds += o.Seconds
			}
		}
		out.Packages = append(out.Packages, one)
	}
	slices.SortStableFunc(out.Packages, func(a, b pkg) int { return cmp.Compare(b.Seconds, a.Seconds) })
	for _, o := range r.Outcomes {
		one := run{o.Task.Package, o.Task.Script, o.Task.Action, o.Side, o.Same, o.Repeated, o.Noise, o.Excluded, o.Differences, o.Reasons, "", o.Seconds}
		if o.Err != nil {
			one.Error = o.Err.Error()
		}
		out.Runs = append(out.Runs, one)
	}
	e := json.NewEncoder(w)
	e.SetIndent("", " ")
	return e.Encode(out)
}
