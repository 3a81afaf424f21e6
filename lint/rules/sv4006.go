package rules

import (
	"sysv/lint"
)

func sv4006() *lint.Rule {
	return &lint.Rule{
		ID: "SV4006", Name: "status-code", Severity: lint.Warning, Since: "0.2",
		Title: "status has no exit code 3",
		Text: `The LSB wants 3 of a service that is stopped; 1 is one that is dead and has left
its pid file. Cluster managers take 1 for a failure, and act.`,
		Bad:  dispatch("status", "if pidofproc -p \"$PIDFILE\" \"$DAEMON\" > /dev/null; then\n\t\texit 0\n\telse\n\t\texit 1\n\tfi"),
		Good: dispatch("status", "if pidofproc -p \"$PIDFILE\" \"$DAEMON\" > /dev/null; then\n\t\texit 0\n\telse\n\t\texit 3\n\tfi"),
		Run: func(p *lint.Pass) {
			if p.Action("status") == nil || !isService(p) {
				return
			}
			if out, ok := p.Outcome("status"); ok && !out.OnlyZero() && !out.Other && !out.Has(3) {
				clauseAt(p, "status", "status never exits with 3, which is expected of a service that is stopped")
			}
		},
	}
}
