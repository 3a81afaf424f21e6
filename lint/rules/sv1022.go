package rules

import (
	"sysv/lint"
	"sysv/lsb"
)

func sv1022() *lint.Rule {
	return &lint.Rule{
		ID: "SV1022", Name: "depends-on-itself", Severity: lint.Warning, Since: "0.2",
		Title: "the script asks for what it provides itself",
		Text:  "It would have to run before itself. insserv passes over it; chkconfig, and tools\nthat draw the order, find a loop.",
		Bad:   header("Required-Start: $remote_fs example"),
		Good:  header(),
		Any:   true,
		Run: func(p *lint.Pass) {
			own := map[string]bool{}
			for _, w := range p.Header.Words(lsb.Provides) {
				own[w.Text] = true
			}
			for _, k := range dependencyKeys() {
				for _, w := range p.Header.Words(k) {
					if own[w.Text] {
						p.ReportValue(w, "%s has %s, which the script provides itself", title(k), w.Text)
					}
				}
			}
		},
	}
}
