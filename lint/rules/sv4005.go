package rules

import (
	"sysv/lint"
)

func sv4005() *lint.Rule {
	return &lint.Rule{
		ID: "SV4005", Name: "status-always-zero", Severity: lint.Error, Since: "0.2",
		Title: "status exits with 0 whatever it finds",
		Text: `Who asks reads the exit code: 0 is "it runs". The LSB wants 3 of a service that is
stopped, 1 of one that is dead and has left its pid file, 2 of one that has left its
lock. Often an ` + "`exit 0`" + ` at the end of the script is the reason.`,
		Bad:  dispatch("esac", "exit 0"),
		Good: dispatch(),
		Run: func(p *lint.Pass) {
			if p.Action("status") == nil || !isService(p) {
				return
			}
			if out, ok := p.Outcome("status"); ok && out.OnlyZero() {
				clauseAt(p, "status", "status exits with 0 whatever it finds: 3 is expected of what is stopped")
			}
		},
	}
}
