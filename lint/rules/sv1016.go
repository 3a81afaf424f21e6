package rules

import (
	"slices"
	"strings"

	"sysv/lint"
	"sysv/lsb"
)

func sv1016() *lint.Rule {
	return &lint.Rule{
		ID: "SV1016", Name: "unknown-facility", Severity: lint.Warning, Since: "0.2",
		Title: "a facility with a $ that no insserv.conf has",
		Text: `Names with a dollar sign are system facilities, which
` + "`/etc/insserv.conf` and `/etc/insserv.conf.d`" + ` say the services of. One that is
not there stands for nothing: the order is lost without a word, or the header
is refused. If the tree of the script has these files, they are read.`,
		Like: []string{"lintian init.d-script-depends-on-unknown-virtual-facility"},
		Bad:  header("Required-Start: $remotefs $syslog"),
		Good: header(),
		Any:  true,
		Run: func(p *lint.Pass) {
			var known []string
			for _, k := range dependencyKeys() {
				for _, w := range p.Header.Words(k) {
					if !strings.HasPrefix(w.Text, "$") {
						continue
					}
					if known == nil {
						known = facilities(p.Root)
					}
					if slices.Contains(known, w.Text) {
						continue
					}
					like := near(w.Text, known)
					if like == "" {
						f := p.ReportValue(w, "%s in %s is no facility that is known", w.Text, title(k))
						if k != lsb.RequiredStart && k != lsb.RequiredStop {
							f.Severity = lint.Info
						}
						continue
					}
					f := p.ReportValue(w, "%s in %s is no facility: %s is meant", w.Text, title(k), like)
					f.Severity = lint.Error
					at := p.Offset(w.Line) + w.Col - 1
					f.Replace("write "+like, at, at+len(w.Text), like)
				}
			}
		},
	}
}
