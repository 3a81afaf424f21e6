package rules

import (
	"sysv/lint"
	"sysv/lsb"
)

func sv1007() *lint.Rule {
	return &lint.Rule{
		ID: "SV1007", Name: "missing-description", Severity: lint.Info, Since: "0.2",
		Title: "the header has no Short-Description",
		Text:  "It is what lists of services show, what systemd's generator makes the unit's\ndescription of, and what `startpar` and boot screens print.",
		Like:  []string{"lintian init.d-script-missing-lsb-short-description"},
		Bad:   header("-Short-Description"),
		Good:  header(),
		Any:   true,
		Run: func(p *lint.Pass) {
			if !p.Header.Found() {
				return
			}
			f := p.Header.Get(lsb.ShortDescription)
			switch {
			case f == nil && !p.Header.Has(lsb.Description):
				p.ReportLine(p.Header.Begin, "the header has no Short-Description")
			case f != nil && f.Value == "":
				p.ReportField(f, "Short-Description is empty")
			}
		},
	}
}
