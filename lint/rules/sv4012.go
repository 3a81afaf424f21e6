package rules

import (
	"sysv/interp/ast"
	"sysv/lint"
)

func sv4012() *lint.Rule {
	return &lint.Rule{
		ID: "SV4012", Name: "not-root-code", Severity: lint.Info, Since: "0.2",
		Title: "another user than root gets another code than 4",
		Text:  `The LSB has 4 for "user had insufficient privilege". 1 is a failure of the service.`,
		Bad:   "#!/bin/sh\nif [ \"$(id -u)\" -ne 0 ]; then\n\techo \"you must be root\" >&2\n\texit 1\nfi\n" + dispatch(),
		Good:  "#!/bin/sh\nif [ \"$(id -u)\" -ne 0 ]; then\n\techo \"you must be root\" >&2\n\texit 4\nfi\n" + dispatch(),
		Run: func(p *lint.Pass) {
			wrongCode(p, "4 is expected of another user than root", []string{"4"}, func(cond ast.Command) bool {
				return words(p, cond, func(w string) bool {
					return w == "whoami" || w == "id" || w == "$EUID" || w == "$UID" || w == "$USER"
				})
			})
		},
	}
}
