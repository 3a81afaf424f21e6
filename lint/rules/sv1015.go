package rules

import (
	"sysv/lint"
	"sysv/lsb"
	"sysv/script"
)

func sv1015() *lint.Rule {
	return &lint.Rule{
		ID: "SV1015", Name: "depends-on-all", Severity: lint.Warning, Since: "0.2",
		Title: "the script depends on $all",
		Text: `It is put behind all others, and a script that needs this one cannot be: insserv
refuses it. systemd's generator, and chkconfig, do not know $all. Name what the
service really needs.`,
		Like: []string{"lintian init.d-script-depends-on-all-virtual-facility"},
		Bad:  header("Required-Start: $all"),
		Good: header(),
		Any:  true,
		Run: func(p *lint.Pass) {
			if script.Base(p.Path) == "rc.local" {
				return
			}
			for _, k := range dependencyKeys() {
				for _, w := range p.Header.Words(k) {
					if w.Text == "$all" && k != lsb.StartBefore && k != lsb.StopAfter {
						p.ReportValue(w, "%s has $all: nothing can be ordered behind this script", title(k))
					}
				}
			}
		},
	}
}
