package rules

import (
	"sysv/lint"
)

func sv4008() *lint.Rule {
	return &lint.Rule{
		ID: "SV4008", Name: "stop-always-zero", Severity: lint.Info, Since: "0.2",
		Title: "stop exits with 0 whatever happens",
		Text: `A stop that has not stopped the daemon is not seen by the caller, who goes on to
remove its files or to start another one.`,
		Bad:  dispatch("esac", "exit 0"),
		Good: dispatch(),
		Run: func(p *lint.Pass) {
			if !isService(p) || p.Action("stop") == nil {
				return
			}
			if out, ok := p.Outcome("stop"); ok && out.OnlyZero() {
				clauseAt(p, "stop", "stop exits with 0 also if the daemon could not be stopped")
			}
		},
	}
}
