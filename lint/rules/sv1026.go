package rules

import (
	"strings"

	"sysv/lint"
	"sysv/lsb"
)

func sv1026() *lint.Rule {
	return &lint.Rule{
		ID: "SV1026", Name: "boot-and-runlevels", Severity: lint.Warning, Since: "0.2",
		Title: "Default-Start has S and other runlevels",
		Text:  "What runs in S, while the machine boots, would be started a second time on\nentering the runlevel. It is one or the other.",
		Bad:   header("Default-Start: S 2 3 4 5"),
		Good:  header("Default-Start: S", "Default-Stop:"),
		Any:   true,
		Run: func(p *lint.Pass) {
			levels := p.Header.Levels(lsb.DefaultStart)
			if levels&lsb.LevelS == 0 || levels == lsb.LevelS {
				return
			}
			for _, w := range p.Header.Words(lsb.DefaultStart) {
				if strings.EqualFold(w.Text, "S") {
					p.ReportValue(w, "S is passed through before %s: the script would be started twice", (levels &^ lsb.LevelS).String())
				}
			}
		},
	}
}
