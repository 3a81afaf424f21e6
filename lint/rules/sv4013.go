package rules

import (
	"strings"

	"sysv/interp/ast"
	"sysv/lint"
)

func sv4013() *lint.Rule {
	return &lint.Rule{
		ID: "SV4013", Name: "not-configured-code", Severity: lint.Info, Since: "0.2",
		Title: "a service that is not configured gives another code than 6 or 0",
		Text: `The LSB has 6 for "program is not configured"; Debian's scripts exit with 0. With 1
each boot reports a failure of what was disabled on purpose.`,
		Bad:  "#!/bin/sh\nENABLED=no\n[ -r /etc/default/example ] && . /etc/default/example\n[ \"$ENABLED\" = yes ] || exit 1\n" + dispatch(),
		Good: "#!/bin/sh\nENABLED=no\n[ -r /etc/default/example ] && . /etc/default/example\n[ \"$ENABLED\" = yes ] || exit 6\n" + dispatch(),
		Run: func(p *lint.Pass) {
			wrongCode(p, "0 or 6 is expected if the service is not configured", []string{"0", "6", "4", "5"}, func(cond ast.Command) bool {
				ofArgument := words(p, cond, func(w string) bool { return strings.Contains(w, "$1") || strings.Contains(w, "$2") })
				return !ofArgument && !testsProgram(p, cond) && words(p, cond, func(w string) bool {
					u := strings.ToUpper(w)
					for _, t := range [...]string{"$ENABLE", "$DISABLE", "$START_", "$RUN_", "$NO_START"} {
						if strings.HasPrefix(u, t) {
							return true
						}
					}
					return u == "$RUN" || u == "$START" || strings.HasSuffix(u, "_ENABLE") || strings.HasSuffix(u, "_ENABLED") ||
						strings.HasPrefix(w, "/etc/") && !strings.HasPrefix(w, "/etc/init.d") && !strings.HasPrefix(w, "/etc/rc.d") && !strings.HasPrefix(w, "/etc/rc.status")
				})
			})
		},
	}
}
