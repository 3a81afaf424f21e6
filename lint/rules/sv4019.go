package rules

import (
	"sysv/lint"
)

func sv4019() *lint.Rule {
	return &lint.Rule{
		ID: "SV4019", Name: "default-acts", Severity: lint.Error, Since: "0.2",
		Title: "an unknown action starts, stops or restarts the service",
		Text: `A slip of the finger (` + "`sttaus`" + `), or an action that this script does not have, must not
change anything. The clause ` + "`*`" + ` is for the usage.`,
		Bad:  "case \"$1\" in\nstop)\n\tstart-stop-daemon --stop --oknodo --exec \"$DAEMON\"\n\t;;\nstart|*)\n\tstart-stop-daemon --start --oknodo --exec \"$DAEMON\"\n\t;;\nesac\n",
		Good: dispatch(),
		Run: func(p *lint.Pass) {
			d := p.Action("*")
			if d == nil || d.Clause == nil || !isService(p) {
				return
			}
			for _, a := range p.Actions {
				if a.Clause == d.Clause && (a.Name == "start" || a.Name == "stop" || a.Name == "restart") {
					clauseAt(p, "*", "an unknown action is taken for %q", a.Name)
					return
				}
			}
		},
	}
}
