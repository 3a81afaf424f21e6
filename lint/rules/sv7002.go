package rules

import (
	"strings"

	"sysv/lint"
	"sysv/lsb"
)

func sv7002() *lint.Rule {
	return &lint.Rule{
		ID: "SV7002", Name: "unknown-service", Severity: lint.Warning, Since: "0.2",
		Title: "a script asks for a service that no script of the machine provides",
		Text: `insserv does not enable the script ("Service x has to be enabled to start service
y"), and says so when another package is installed. Only the tree of a whole
machine is looked at: in a package the other script may be in another one. What
may be absent is asked for in Should-Start.`,
		Bad:  "-- bin/sh --\n-- etc/init.d/one --\n" + header("Provides: one", "Required-Start: database"),
		Good: "-- bin/sh --\n-- etc/init.d/one --\n" + header("Provides: one", "Should-Start: database"),
		Tree: func(t *lint.Tree) {
			if !system(t) {
				return
			}
			s := servicesOf(t)
			for _, n := range t.Scripts {
				for _, k := range []lsb.Key{lsb.RequiredStart, lsb.RequiredStop} {
					for _, w := range n.Header.Words(k) {
						if !strings.HasPrefix(w.Text, "$") && len(s.by[w.Text]) == 0 {
							t.Report(w.Position, len(w.Text), "no script provides %s, which %s asks for", w.Text, title(k))
						}
					}
				}
			}
		},
	}
}
