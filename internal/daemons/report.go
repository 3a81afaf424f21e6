//go:build linux

package daemons

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
)

// Report is what a comparison has found.
type Report struct {
	outcomes       []outcome
	prepared, took time.Duration
}

// Failed tells whether anything differs for no known reason, or nothing was
// compared.
func (r *Report) Failed() bool {
	for _, o := range r.outcomes {
		if o.err != nil || o.steps == 0 || slices.ContainsFunc(o.found, func(d difference) bool { return d.reason == "" }) {
			return true
		}
	}
	return len(r.outcomes) == 0
}

// Print writes the differences, then a table, then the sums.
func (r *Report) Print(w io.Writer) {
	reasons := map[string]int{}
	for _, o := range r.outcomes {
		if o.err != nil {
			fmt.Fprintf(w, "%s %s, %s: %v\n\n", o.part, o.name, o.side, o.err)
		}
		for _, d := range o.found {
			if d.reason != "" {
				reasons[d.reason]++
				continue
			}
			fmt.Fprintf(w, "%s %s, step %s, %s: %s differs\n", o.part, o.name, d.step, o.side, d.field)
			for _, l := range changedLines(d.dash, d.got) {
				fmt.Fprintf(w, "\t%s\n", l)
			}
		}
	}
	t := tabwriter.NewWriter(w, 0, 8, 2, ' ', 0)
	fmt.Fprintln(t, "part\tname\tside\tsteps\tdash again\tsame\tknown\tnoise")
	var steps, self, same, known, noise, failed int
	for _, o := range r.outcomes {
		k := 0
		for _, d := range o.found {
			if d.reason != "" {
				k++
			}
		}
		note := ""
		if o.repeated {
			note = "repeated"
		}
		if len(o.noise) > 0 {
			note += " (" + strings.Join(o.noise, ", ") + ")"
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%d\t%d\t%d\t%d\t%d %s\n", o.part, o.name, o.side, o.steps, o.selfSame, o.same, k, len(o.noise), note)
		steps, self, same, known, noise = steps+o.steps, self+o.selfSame, same+o.same, known+k, noise+len(o.noise)
		if o.err != nil || o.same < o.steps || o.steps == 0 {
			failed++
		}
	}
	t.Flush()
	for reason, n := range reasons {
		fmt.Fprintf(w, "known difference, %d times: %s\n", n, reason)
	}
	fmt.Fprintf(w, "%d steps: dash repeats %d, ours are equal in %d (%d fields differ for known reasons, %d are noise of dash's)\n", steps, self, same, known, noise)
	fmt.Fprintf(w, "%.0f s, of which %.0f s to prepare\n", r.took.Seconds(), r.prepared.Seconds())
	fmt.Fprintf(w, "%d passed, %d failed\n", len(r.outcomes)-failed, failed)
}
