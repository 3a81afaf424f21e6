//go:build linux

package reality

import (
	"fmt"
	"io"
)

// Count is how many steps there were, how many were predicted, and how many of
// the others are explained.
func (r *Report) Count() (steps, same, explained int) {
	for _, o := range r.Outcomes {
		for i := range o.Steps {
			steps++
			switch s := &o.Steps[i]; {
			case s.Same():
				same++
			case s.Reason != "":
				explained++
			}
		}
	}
	return steps, same, explained
}

// Failed tells whether a step differs for no known reason, or a daemon could
// not be run.
func (r *Report) Failed() bool {
	steps, same, explained := r.Count()
	for _, o := range r.Outcomes {
		if o.Err != nil {
			return true
		}
	}
	return same+explained < steps
}

// Print prints it.
func (r *Report) Print(w io.Writer, verbose bool) {
	for _, o := range r.Outcomes {
		if o.Err != nil {
			fmt.Fprintf(w, "%-16s %v\n", o.Name, o.Err)
			continue
		}
		same := 0
		for i := range o.Steps {
			if o.Steps[i].Same() {
				same++
			}
		}
		fmt.Fprintf(w, "%-16s %2d of %2d\n", o.Name, same, len(o.Steps))
		for i := range o.Steps {
			s := &o.Steps[i]
			if s.Same() && !verbose {
				continue
			}
			mark := "  "
			if !s.Same() {
				mark = "- "
			}
			fmt.Fprintf(w, "  %s%2d %-9s predicted %d, %d running; really %s, %d running", mark, i+1, s.Name, s.Status, s.Running, s.Real, s.WantedRunning)
			if s.Reason != "" {
				fmt.Fprintf(w, ": %s", s.Reason)
			}
			fmt.Fprintln(w)
			if !s.Same() {
				for _, e := range s.Effects {
					fmt.Fprintf(w, "       %s %s\n", e.Position, e.What)
				}
				for _, p := range s.Processes {
					fmt.Fprintf(w, "       real: %.120s\n", p)
				}
				if s.Output != "" {
					fmt.Fprintf(w, "       said: %q\n", s.Output)
				}
			}
		}
	}
	for _, known := range []bool{true, false} {
		part := Report{}
		for _, o := range r.Outcomes {
			if o.Known == known {
				part.Outcomes = append(part.Outcomes, o)
			}
		}
		what := "known by name"
		if !known {
			what = "not known   "
		}
		steps, same, _ := part.Count()
		fmt.Fprintf(w, "%s: %2d daemons, %3d steps, %3d predicted (%.1f %%)\n", what, len(part.Outcomes), steps, same, 100*float64(same)/float64(max(steps, 1)))
	}
	steps, same, explained := r.Count()
	fmt.Fprintf(w, "%d daemons, %d steps: %d predicted (%.1f %%), %d more explained; %.0f s\n", len(r.Outcomes), steps, same, 100*float64(same)/float64(max(steps, 1)), explained, r.Took.Seconds())
}
