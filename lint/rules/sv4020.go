package rules

import (
	"sysv/lint"
)

func sv4020() *lint.Rule {
	return &lint.Rule{
		ID: "SV4020", Name: "try-restart-missing", Severity: lint.Style, Since: "0.2",
		Title: "there is no action try-restart",
		Text: `The LSB has try-restart (Red Hat: condrestart) for "restart it if it runs": what a
package wants that has been updated.`,
		Bad:  dispatch(),
		Good: dispatch("try-restart", "pidofproc -p \"$PIDFILE\" \"$DAEMON\" > /dev/null || exit 0\n\t\"$0\" restart"),
		Run: func(p *lint.Pass) {
			if dispatches(p) && isService(p) && !takes(p, "try-restart") && !takes(p, "condrestart") {
				p.ReportLine(p.Dispatch.Line, "no action \"try-restart\"")
			}
		},
	}
}
