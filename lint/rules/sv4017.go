package rules

import (
	"strings"

	"sysv/lint"
	"sysv/script"
)

func sv4017() *lint.Rule {
	return &lint.Rule{
		ID: "SV4017", Name: "usage-on-stdout", Severity: lint.Style, Since: "0.2",
		Title: "the usage of an unknown action goes to standard output",
		Text:  `A message about a mistake belongs on standard error.`,
		Bad:   dispatch("*", "echo \"Usage: $0 {start|stop|restart|force-reload|status}\"\n\texit 2"),
		Good:  dispatch(),
		Run: func(p *lint.Pass) {
			p.EachCall(func(c *script.Call) {
				if c.Action == nil || c.Action.Name != "*" || redirected(c) || !strings.HasPrefix(strings.ToLower(c.Arg(0)), "usage") {
					return
				}
				p.ReportCall(c, "the usage goes to standard output")
			}, "echo", "printf")
		},
	}
}
