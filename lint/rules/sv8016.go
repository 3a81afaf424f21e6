package rules

import (
	"bytes"

	"sysv/lint"
)

func sv8016() *lint.Rule {
	return &lint.Rule{
		ID: "SV8016", Name: "carriage-return", Severity: lint.Error, Since: "0.2",
		Title: "lines end in CR LF",
		Text:  "The kernel looks for an interpreter whose name ends in a carriage return, and finds\nnone; in the script itself each value ends in one: `start\\r` is no action, and a pid\nfile's name has it too. Save the file with Unix line ends.",
		Bad:   "#!/bin/sh\r\ncase \"$1\" in\r\nstart) echo start ;;\r\nesac\r\n",
		Good:  "#!/bin/sh\ncase \"$1\" in\nstart) echo start ;;\nesac\n",
		Any:   true,
		Run: func(p *lint.Pass) {
			n := bytes.Count(p.Source, []byte("\r\n"))
			if n == 0 {
				return
			}
			line := 1 + bytes.Count(p.Source[:bytes.Index(p.Source, []byte("\r\n"))], []byte("\n"))
			f := p.ReportLine(line, "%s with CR LF at the end, this one first", lines(n))
			for i := 0; i+1 < len(p.Source); i++ {
				if p.Source[i] == '\r' && p.Source[i+1] == '\n' {
					f.Replace("end lines in LF", i, i+1, "")
				}
			}
		},
	}
}
