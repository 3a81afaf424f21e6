package rules

import (
	"strings"

	"sysv/lint"
	"sysv/lsb"
)

func sv1017() *lint.Rule {
	return &lint.Rule{
		ID: "SV1017", Name: "provides-facility", Severity: lint.Warning, Since: "0.2",
		Title: "Provides has a system facility",
		Text: `A script cannot provide a name with a dollar sign: nothing would be found by it.
Say it in a file of ` + "`/etc/insserv.conf.d`" + `:

    $mail-transport-agent +example`,
		Like: []string{"lintian init.d-script-provides-virtual-facility"},
		Bad:  header("Provides: example $mail-transport-agent"),
		Good: header("Provides: example"),
		Any:  true,
		Run: func(p *lint.Pass) {
			for _, w := range p.Header.Words(lsb.Provides) {
				if strings.HasPrefix(w.Text, "$") {
					p.ReportValue(w, "Provides has the facility %s: that is said in insserv.conf.d", w.Text)
				}
			}
		},
	}
}
