package rules

import (
	"sysv/lint"
)

func sv4004() *lint.Rule {
	return &lint.Rule{
		ID: "SV4004", Name: "unknown-action-code", Severity: lint.Info, Since: "0.2",
		Title: "an unknown action exits with another code than 2 or 3",
		Text: `The LSB wants 2 for a wrong argument and 3 for an action that is not implemented.
1 means that the action was tried, and failed.`,
		Bad:  dispatch("*", "echo \"Usage: $0 {start|stop|restart|force-reload|status}\" >&2\n\texit 1"),
		Good: dispatch(),
		Run: func(p *lint.Pass) {
			out, ok := p.Outcome(noAction)
			if ok && dispatches(p) && !out.Other && !out.OnlyZero() && !out.Has(2) && !out.Has(3) {
				clauseAt(p, "*", "an unknown action exits with 1: 2 or 3 is expected")
			}
		},
	}
}
