package rules

import (
	"sysv/lint"
	"sysv/lsb"
)

func sv7008() *lint.Rule {
	return &lint.Rule{
		ID: "SV7008", Name: "behind-the-last", Severity: lint.Error, Since: "0.2",
		Title: "a script asks for one that asks for $all",
		Text:  "A script with $all comes after all others: nothing can come after it. insserv refuses\nto order the two. Take $all out of the other's header.",
		Bad: "-- etc/init.d/one --\n" + header("Provides: one", "Required-Start: two") +
			"-- etc/init.d/two --\n" + header("Provides: two", "Required-Start: $all"),
		Good: "-- etc/init.d/one --\n" + header("Provides: one", "Required-Start: two") +
			"-- etc/init.d/two --\n" + header("Provides: two"),
		Tree: func(t *lint.Tree) {
			s := servicesOf(t)
			for _, n := range t.Scripts {
				for _, w := range n.Header.Words(lsb.RequiredStart) {
					for _, o := range s.by[w.Text] {
						for _, k := range []lsb.Key{lsb.RequiredStart, lsb.ShouldStart} {
							for _, x := range o.Header.Words(k) {
								if x.Text == "$all" && o != n {
									t.Report(w.Position, len(w.Text), "%s comes after all others: nothing can come after it", w.Text).
										Step(x.Position, "it asks for $all here")
								}
							}
						}
					}
				}
			}
		},
	}
}
