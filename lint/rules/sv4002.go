package rules

import (
	"sysv/lint"
)

func sv4002() *lint.Rule {
	return &lint.Rule{
		ID: "SV4002", Name: "status-missing", Severity: lint.Warning, Since: "0.2",
		Title: "there is no action status",
		Text: `The LSB wants it, and cluster managers, configuration managements and
` + "`service --status-all`" + ` ask for it. Debian's status_of_proc is one line.`,
		Like: []string{"lintian init.d-script-does-not-implement-status-option"},
		Bad:  dispatch("status", "-"),
		Good: dispatch(),
		Run: func(p *lint.Pass) {
			if dispatches(p) && !takes(p, "status") {
				missing(p, "status")
			}
		},
	}
}
