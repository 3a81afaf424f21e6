package rules

import (
	"bytes"

	"sysv/lint"
)

func sv8017() *lint.Rule {
	return &lint.Rule{
		ID: "SV8017", Name: "byte-order-mark", Severity: lint.Error, Since: "0.2",
		Title: "the file begins with a byte order mark",
		Text:  "The kernel wants \"#!\" in the first two bytes: it does not execute the script. A shell\ntakes the mark and the line for a command that it does not find.",
		Bad:   "#!/bin/sh\n\uFEFF\n",
		Good:  "#!/bin/sh\ntrue\n",
		Any:   true,
		Run: func(p *lint.Pass) {
			if i := bytes.Index(p.Source, []byte("\uFEFF")); i == 0 {
				p.ReportLine(1, "the file begins with a byte order mark, and not with #!").Replace("remove it", 0, 3, "")
			} else if i > 0 {
				at := p.Position(i)
				p.ReportLine(at.Line, "a byte order mark inside the file").Severity = lint.Warning
			}
		},
	}
}
