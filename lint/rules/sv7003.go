package rules

import (
	"sysv/lint"
	"sysv/lsb"
)

func sv7003() *lint.Rule {
	return &lint.Rule{
		ID: "SV7003", Name: "provided-twice", Severity: lint.Warning, Since: "0.2",
		Title: "two scripts provide the same service",
		Text:  "insserv takes one of them and warns (\"service x already provided\"); what waits for the\nservice waits for either. A copy of a script that was made for a second instance has\nto have its own name in Provides.",
		Bad:   "-- etc/init.d/one --\n" + header("Provides: one") + "-- etc/init.d/two --\n" + header("Provides: one two"),
		Good:  "-- etc/init.d/one --\n" + header("Provides: one") + "-- etc/init.d/two --\n" + header("Provides: two"),
		Tree: func(t *lint.Tree) {
			for name, list := range servicesOf(t).by {
				if len(list) < 2 {
					continue
				}
				for _, n := range list {
					// Told of the one whose name it is not.
					if n.Name == name {
						continue
					}
					other := list[0]
					if other == n {
						other = list[1]
					}
					for _, w := range n.Header.Words(lsb.Provides) {
						if w.Text == name {
							f := t.Report(w.Position, len(w.Text), "%s is provided by %s, too", name, other.Name)
							for _, o := range other.Header.Words(lsb.Provides) {
								if o.Text == name {
									f.Step(o.Position, "here")
								}
							}
							break
						}
					}
				}
			}
		},
	}
}
