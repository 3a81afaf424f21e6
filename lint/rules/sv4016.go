package rules

import (
	"strconv"

	"sysv/lint"
	"sysv/script"
)

func sv4016() *lint.Rule {
	return &lint.Rule{
		ID: "SV4016", Name: "exit-out-of-range", Severity: lint.Error, Since: "0.2",
		Title: "exit or return with what is no exit code",
		Text: `Exit codes are 0 to 255. ` + "`exit -1`" + ` is an error in dash ("Illegal number"), and
` + "`exit 256`" + ` is 0.`,
		Bad:  dispatch("*", "exit -1"),
		Good: dispatch("*", "exit 2"),
		Run: func(p *lint.Pass) {
			for _, c := range p.Calls {
				if c.Path != "exit" && c.Path != "return" || len(c.Args) == 0 || c.Function != nil {
					continue
				}
				text, known := p.Constant(c.Word(0))
				if !known || text == "" {
					continue
				}
				n, err := strconv.Atoi(text)
				if err == nil && n >= 0 && n <= 255 {
					continue
				}
				f := p.ReportCall(c, "%q is no exit code", text)
				if p.Shell == script.Bash && err == nil {
					f.Severity = lint.Warning
				}
			}
		},
	}
}
