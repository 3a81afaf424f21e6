package rules

import (
	"sysv/lint"
	"sysv/lsb"
)

func sv1006() *lint.Rule {
	return &lint.Rule{
		ID: "SV1006", Name: "missing-key", Severity: lint.Warning, Since: "0.2",
		Title: "the header has no line of a key that it must have",
		Text: `insserv says "script is incomplete" and guesses; chkconfig takes the runlevels
from elsewhere. The LSB wants Provides, Required-Start, Required-Stop,
Default-Start and Default-Stop. One that is meant to be empty is written as an
empty line ("# Required-Stop:").`,
		Like: []string{"lintian init.d-script-missing-lsb-keyword", "rpmlint missing-mandatory-lsb-keyword"},
		Bad:  header("-Required-Stop"),
		Good: header("Required-Stop:"),
		Any:  true,
		Run: func(p *lint.Pass) {
			if !p.Header.Found() {
				return
			}
			for _, k := range []lsb.Key{lsb.Provides, lsb.RequiredStart, lsb.RequiredStop, lsb.DefaultStart, lsb.DefaultStop} {
				if p.Header.Has(k) {
					continue
				}
				f := p.ReportLine(p.Header.Begin, "the header has no %s", title(k))
				if k == lsb.RequiredStart || k == lsb.RequiredStop || k == lsb.DefaultStop {
					at := p.Offset(p.Header.End)
					f.Replace("write an empty "+title(k), at, at, "# "+title(k)+":\n")
				}
			}
		},
	}
}
