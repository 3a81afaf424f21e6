package rules

import (
	"strings"

	"sysv/lint"
)

func sv8001() *lint.Rule {
	return &lint.Rule{
		ID: "SV8001", Name: "syntax-error", Severity: lint.Error, Since: "0.2",
		Title: "the shell refuses the script",
		Text:  "dash and bash read a script line by line: what stands above the error is run at\nevery call, what stands below never.",
		Bad:   "#!/bin/sh\ncase \"$1\" in\nstart) if true; echo started; fi ;;\nesac\n",
		Good:  "#!/bin/sh\ncase \"$1\" in\nstart) if true; then echo started; fi ;;\nesac\n",
		Run: func(p *lint.Pass) {
			if p.Err == nil || p.Bash && forSh(p) {
				return
			}
			f := p.ReportLine(p.Err.Line, "%s", strings.TrimPrefix(p.Err.Msg, "Syntax error: "))
			if p.Err.Col > 1 {
				f.Col = p.Err.Col
				f.EndCol = max(f.EndCol, f.Col+1)
			}
		},
	}
}
