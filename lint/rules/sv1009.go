package rules

import (
	"sysv/lint"
	"sysv/lsb"
)

func sv1009() *lint.Rule {
	return &lint.Rule{
		ID: "SV1009", Name: "level-conflict", Severity: lint.Warning, Since: "0.2",
		Title: "a runlevel is in Default-Start and in Default-Stop",
		Text:  "On entering that runlevel the service would be stopped and started. insserv warns\nand makes both links; chkconfig lets the line that comes last decide.",
		Like:  []string{"lintian init.d-script-has-conflicting-start-stop"},
		Bad:   header("Default-Stop: 0 1 2 6"),
		Good:  header(),
		Any:   true,
		Run: func(p *lint.Pass) {
			start := p.Header.Levels(lsb.DefaultStart)
			for _, w := range p.Header.Words(lsb.DefaultStop) {
				if len(w.Text) == 1 && lsb.LevelOf(w.Text[0]) != 0 && start.Has(w.Text[0]) {
					p.ReportValue(w, "runlevel %s is in Default-Start, too", w.Text)
				}
			}
		},
	}
}
