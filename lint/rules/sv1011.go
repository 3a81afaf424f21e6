package rules

import (
	"sysv/lint"
	"sysv/lsb"
)

func sv1011() *lint.Rule {
	return &lint.Rule{
		ID: "SV1011", Name: "starts-in-halt-level", Severity: lint.Warning, Since: "0.2",
		Title: "Default-Start has runlevel 0 or 6",
		Text: `The machine halts in 0 and reboots in 6: nothing is started there. What has to
be done at that time belongs in the script's stop, and the runlevel in
Default-Stop. systemd's generator and update-rc.d drop it.`,
		Like: []string{"lintian init.d-script-starts-in-stop-runlevel"},
		Bad:  header("Default-Start: 0 6", "Default-Stop: 1"),
		Good: header(),
		Any:  true,
		Run: func(p *lint.Pass) {
			if !ordinary(p) {
				return
			}
			for _, w := range p.Header.Words(lsb.DefaultStart) {
				if w.Text == "0" || w.Text == "6" {
					p.ReportValue(w, "runlevel %s only stops services", w.Text)
				}
			}
		},
	}
}
