package rules

import (
	"strings"

	"sysv/lint"
	"sysv/lsb"
)

func sv7007() *lint.Rule {
	return &lint.Rule{
		ID: "SV7007", Name: "required-elsewhere", Severity: lint.Warning, Since: "0.2",
		Title: "a script starts in a runlevel in which what it requires does not",
		Text:  "insserv refuses it: the required service is missed in that runlevel. What starts in S\nis there in all others.",
		Bad: "-- etc/init.d/one --\n" + header("Provides: one", "Required-Start: two") +
			"-- etc/init.d/two --\n" + header("Provides: two", "Default-Start: 3 5"),
		Good: "-- etc/init.d/one --\n" + header("Provides: one", "Required-Start: two") +
			"-- etc/init.d/two --\n" + header("Provides: two", "Default-Start: S", "Default-Stop:"),
		Tree: func(t *lint.Tree) {
			s := servicesOf(t)
			for _, n := range t.Scripts {
				own := n.Header.Levels(lsb.DefaultStart)
				for _, w := range n.Header.Words(lsb.RequiredStart) {
					list := s.by[w.Text]
					if strings.HasPrefix(w.Text, "$") || len(list) != 1 {
						continue
					}
					there := list[0].Header.Levels(lsb.DefaultStart)
					if there&lsb.LevelS != 0 || list[0] == n {
						continue
					}
					if missing := own &^ there; missing != 0 {
						f := t.Report(w.Position, len(w.Text), "%s does not start in %s, where this script does", w.Text, missing.String())
						if d := list[0].Header.Get(lsb.DefaultStart); d != nil {
							f.Step(d.Position, "it starts in %s", spaced(there))
						}
					}
				}
			}
		},
	}
}
