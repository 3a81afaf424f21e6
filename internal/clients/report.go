//go:build linux

package clients

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
)

// Report is what a comparison has found.
type Report struct {
	outcomes       []outcome
	lacking        []string // programs that our binary is not
	allowLacking   bool
	prepared, took time.Duration
}

func (o outcome) failed() bool {
	return o.err != nil || o.steps == 0 || o.same < o.steps || slices.ContainsFunc(o.found, func(d difference) bool { return d.reason == "" })
}

// Failed tells whether anything differs for no known reason, an answer is not
// what it must be, a drop-in is missing, or nothing was compared.
func (r *Report) Failed() bool {
	return len(r.outcomes) == 0 || len(r.lacking) > 0 && !r.allowLacking || slices.ContainsFunc(r.outcomes, outcome.failed)
}

// Print writes the differences, then a table, then the sums.
func (r *Report) Print(w io.Writer) {
	reasons := map[string]int{}
	for _, o := range r.outcomes {
		if o.err != nil {
			fmt.Fprintf(w, "%s: %v\n\n", o.name, o.err)
		}
		for _, d := range o.found {
			if d.reason != "" {
				reasons[d.reason]++
				continue
			}
			fmt.Fprintf(w, "%s, step %s, %s: %s differs\n", o.name, d.step, d.side, d.field)
			for _, l := range d.lines {
				fmt.Fprintf(w, "\t%s\n", l)
			}
		}
	}
	t := tabwriter.NewWriter(w, 0, 8, 2, ' ', 0)
	fmt.Fprintln(t, "client\tsteps\tsame\tknown\tnoise\tcompared with")
	var steps, same, failed int
	for _, o := range r.outcomes {
		known := 0
		for _, d := range o.found {
			if d.reason != "" {
				known++
			}
		}
		with := "the original and what is wanted"
		if !o.original {
			with = "what is wanted"
		}
		fmt.Fprintf(t, "%s\t%d\t%d\t%d\t%d\t%s\n", o.name, o.steps, o.same, known, len(o.noise), with)
		steps, same = steps+o.steps, same+o.same
		if o.failed() {
			failed++
		}
	}
	t.Flush()
	for _, reason := range slices.Sorted(maps.Keys(reasons)) {
		fmt.Fprintf(w, "known difference, %d times: %s\n", reasons[reason], reason)
	}
	if len(r.lacking) > 0 {
		slices.Sort(r.lacking)
		fmt.Fprintf(w, "not ours, but the original: %s\n", strings.Join(r.lacking, " "))
	}
	fmt.Fprintf(w, "%d steps, %d the same; %.0f s, of which %.0f s to prepare\n", steps, same, r.took.Seconds(), r.prepared.Seconds())
	fmt.Fprintf(w, "%d passed, %d failed\n", len(r.outcomes)-failed, failed)
}
