package rules

import (
	"strings"

	"sysv/lint"
	"sysv/lsb"
	"sysv/script"
)

func sv1013() *lint.Rule {
	return &lint.Rule{
		ID: "SV1013", Name: "some-start-levels", Severity: lint.Info, Since: "0.2",
		Title: "Default-Start has some of the runlevels 2 to 5, and not all",
		Text: `Debian leaves it to the administrator what the runlevels 2 to 5 are, so that a
service starts in all of them or in none (Policy 9.3.3). Red Hat and SUSE have
2 without network and 3 without graphics: their scripts are not looked at.`,
		Like: []string{"lintian init.d-script-missing-start"},
		Bad:  header("Default-Start: 2 3"),
		Good: header(),
		Any:  true,
		Run: func(p *lint.Pass) {
			if p.Dialect != script.Debian && p.Dialect != script.InitDScript {
				return
			}
			f := p.Header.Get(lsb.DefaultStart)
			if f == nil {
				return
			}
			var missing []string
			for _, l := range []byte("2345") {
				if !p.Header.Levels(lsb.DefaultStart).Has(l) {
					missing = append(missing, string(l))
				}
			}
			if n := len(missing); n > 0 && n < 4 {
				p.ReportField(f, "Default-Start has no %s", strings.Join(missing, " "))
			}
		},
	}
}
