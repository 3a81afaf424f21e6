package rules

import (
	"sysv/lint"
	"sysv/lsb"
)

func sv1012() *lint.Rule {
	return &lint.Rule{
		ID: "SV1012", Name: "stops-in-boot-level", Severity: lint.Warning, Since: "0.2",
		Title: "Default-Stop has runlevel S",
		Text:  "S is passed through once, at boot, when nothing runs that could be stopped, and\nthere is no way back into it.",
		Like:  []string{"lintian init-d-script-stops-in-s-runlevel"},
		Bad:   header("Default-Stop: S"),
		Good:  header(),
		Any:   true,
		Run: func(p *lint.Pass) {
			for _, w := range p.Header.Words(lsb.DefaultStop) {
				if w.Text == "S" || w.Text == "s" {
					p.ReportValue(w, "there is no way into runlevel S to stop anything in")
				}
			}
		},
	}
}
