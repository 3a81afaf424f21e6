package rules

import (
	"bytes"

	"sysv/lint"
)

func sv1003() *lint.Rule {
	return &lint.Rule{
		ID: "SV1003", Name: "duplicate-header", Severity: lint.Warning, Since: "0.2",
		Title: "the script has more than one header",
		Text:  "insserv reads the first one only; chkconfig reads every comment of the file, and\nthe last one wins. The two enable the script differently. Keep one.",
		Like:  []string{"lintian init.d-script-has-duplicate-lsb-section"},
		Bad:   header() + "\n" + header("Default-Start: 3 5"),
		Good:  header(),
		Any:   true,
		Run: func(p *lint.Pass) {
			if p.Header.End == 0 {
				return
			}
			for n := p.Header.End + 1; n <= p.Lines(); n++ {
				if bytes.HasPrefix([]byte(p.Line(n)), []byte("### BEGIN INIT INFO")) {
					p.ReportLine(n, "a second header begins here: the first, of line %d, is the one that insserv reads", p.Header.Begin)
				}
			}
		},
	}
}
