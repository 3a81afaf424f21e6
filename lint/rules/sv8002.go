package rules

import (
	"strings"

	"sysv/lint"
	"sysv/script"
)

func sv8002() *lint.Rule {
	return &lint.Rule{
		ID: "SV8002", Name: "bash-syntax", Severity: lint.Error, Since: "0.2",
		Title: "a script for sh is in bash's grammar only",
		Text:  "Arrays, `function name() {`, `<(…)`, `<<<` and the like are syntax errors for dash and\nash. Write it otherwise, or say `#!/bin/bash`.",
		Like:  []string{"checkbashisms", "ShellCheck SC3000-SC3057"},
		Bad:   "#!/bin/sh\nLIST=(one two)\ncase \"$1\" in start) echo \"${LIST[0]}\" ;; stop) ;; esac\n",
		Good:  "#!/bin/bash\nLIST=(one two)\ncase \"$1\" in start) echo \"${LIST[0]}\" ;; stop) ;; esac\n",
		Run: func(p *lint.Pass) {
			if p.Err == nil || !p.Bash || !forSh(p) {
				return
			}
			f := p.ReportLine(p.Err.Line, "%s does not read this: %s; bash does", whose(p, false), strings.TrimPrefix(p.Err.Msg, "Syntax error: "))
			if p.Err.Col > 1 {
				f.Col = p.Err.Col
				f.EndCol = max(f.EndCol, f.Col+1)
			}
			if p.Dialect == script.RedHat || p.Dialect == script.SUSE {
				f.Severity = lint.Info
			}
		},
	}
}
