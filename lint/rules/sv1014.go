package rules

import (
	"strings"

	"sysv/lint"
	"sysv/lsb"
)

func sv1014() *lint.Rule {
	return &lint.Rule{
		ID: "SV1014", Name: "some-stop-levels", Severity: lint.Info, Since: "0.2",
		Title: "Default-Stop has some of the runlevels 0, 1 and 6, and not all",
		Text: `What has to be stopped in order when the machine halts has to be so when it
reboots, and as a rule when it goes to single-user mode. What may just be
killed needs none of the three.`,
		Like: []string{"lintian init.d-script-possible-missing-stop"},
		Bad:  header("Default-Stop: 0 1"),
		Good: header("Default-Stop:"),
		Any:  true,
		Run: func(p *lint.Pass) {
			f := p.Header.Get(lsb.DefaultStop)
			if f == nil || !ordinary(p) || p.Header.Levels(lsb.DefaultStart) == lsb.LevelS {
				return
			}
			var missing []string
			for _, l := range []byte("016") {
				if !p.Header.Levels(lsb.DefaultStop).Has(l) {
					missing = append(missing, string(l))
				}
			}
			if n := len(missing); n > 0 && n < 3 {
				p.ReportField(f, "Default-Stop has no %s", strings.Join(missing, " "))
			}
		},
	}
}
