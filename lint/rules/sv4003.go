package rules

import (
	"sysv/lint"
)

func sv4003() *lint.Rule {
	return &lint.Rule{
		ID: "SV4003", Name: "unknown-action-succeeds", Severity: lint.Error, Since: "0.2",
		Title: "an unknown action exits with 0",
		Text: `A caller who asks for something that the script does not have (reload, or a slip of
the finger) is told that it was done. The LSB wants 2 (wrong argument) or 3 (not
implemented).`,
		Bad:  dispatch("*", "echo \"Usage: $0 {start|stop|restart|force-reload|status}\" >&2\n\texit 0"),
		Good: dispatch(),
		Run: func(p *lint.Pass) {
			if out, ok := p.Outcome(noAction); ok && dispatches(p) && out.OnlyZero() {
				clauseAt(p, "*", "an unknown action exits with 0: 2 or 3 is expected")
			}
		},
	}
}
