package rehearse

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"sysv/rehearse"
	"sysv/system"
)

// printJSON prints a report as JSON.
func printJSON(w io.Writer, rep *rehearse.Report) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(rep)
}

// print prints a report for people.
func print(out io.Writer, rep *rehearse.Report, all bool) error {
	w := bufio.NewWriter(out)
	for _, v := range rep.Verdicts {
		if !all && v.Result != rehearse.Fail {
			continue
		}
		where := ""
		if v.Rule != "" {
			where = v.Position.String() + ": " + v.Rule + ": "
		}
		fmt.Fprintf(w, "%-7s %s, %s: %s%s\n", v.Result, v.Scenario, v.Step, where, v.Message)
		for _, a := range v.Assumes {
			fmt.Fprintf(w, "        if %s\n", a)
		}
		if v.Result == rehearse.Fail {
			for _, e := range v.Trace {
				fmt.Fprintf(w, "        %-24s %s\n", e.Position, e.What)
			}
		}
	}
	s := rep.Summary
	for _, l := range [][2]string{
		{"idempotent", s.Idempotent}, {"blocking", s.Blocking}, {"status truthful", s.StatusTruthful}, {"safe to stop", s.SafeToStop}, {"repeatable", s.Repeatable},
	} {
		fmt.Fprintf(w, "%-16s %s\n", l[0], l[1])
	}
	for _, n := range rep.Notes {
		fmt.Fprintf(w, "note: %s\n", n)
	}
	fmt.Fprintf(w, "%s: %d pass, %d fail, %d assumed, %d not applicable\n", rep.Script,
		rep.Count(rehearse.Pass), rep.Count(rehearse.Fail), rep.Count(rehearse.Assumed), rep.Count(rehearse.NotApplicable))
	return w.Flush()
}

// effects prints what an action would do.
func effects(ctx context.Context, p *system.Process, ro rehearse.Options, o options) int {
	rep, err := rehearse.Effects(ctx, ro, strings.Fields(o.effects)...)
	if err != nil {
		fmt.Fprintf(p.Stderr(), "sysv rehearse: %s: %v\n", o.script, err)
		return ExitUnread
	}
	if o.json {
		e := json.NewEncoder(p.Stdout())
		e.SetIndent("", "  ")
		e.SetEscapeHTML(false)
		if err := e.Encode(rep); err != nil {
			return ExitUnread
		}
		return 0
	}
	w := bufio.NewWriter(p.Stdout())
	for _, e := range rep.Effects {
		fmt.Fprintf(w, "%-24s %s\n", e.Position, e.What)
	}
	if rep.Ended {
		fmt.Fprintf(w, "exit %d after %s, %d daemon(s) running\n", rep.Status, rep.Took, rep.Running)
	} else {
		fmt.Fprintf(w, "does not end\n")
	}
	if err := w.Flush(); err != nil {
		return ExitUnread
	}
	return 0
}
