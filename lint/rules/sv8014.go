package rules

import (
	"strings"

	"sysv/lint"
	"sysv/script"
)

func sv8014() *lint.Rule {
	return &lint.Rule{
		ID: "SV8014", Name: "usr-interpreter", Severity: lint.Warning, Since: "0.2",
		Title: "the interpreter is below /usr, or found by env",
		Text: `A script is configuration, and stays when its package is removed: the interpreter
may be gone then, or /usr not mounted yet. ` + "`/usr/bin/env sh`" + ` looks in a PATH that is
not the same at boot. /bin/sh is always there.`,
		Like: []string{"lintian init.d-script-uses-usr-interpreter"},
		Bad:  "#!/usr/bin/env sh\n" + header() + "case \"$1\" in start) ;; stop) ;; esac\n",
		Good: "#!/bin/sh\n" + header() + "case \"$1\" in start) ;; stop) ;; esac\n",
		Any:  true,
		Run: func(p *lint.Pass) {
			f := strings.Fields(p.Interpreter)
			if len(f) == 0 || !strings.HasPrefix(f[0], "/usr/") || p.Dialect == script.OpenRC || p.Dialect == script.InitDScript {
				return
			}
			x := p.ReportLine(1, "the interpreter is %s: it may not be there at boot", f[0])
			if len(f) == 2 && f[0] == "/usr/bin/env" && (f[1] == "sh" || f[1] == "bash") {
				line := p.Line(1)
				x.Replace("write /bin/"+f[1], 2, len(strings.TrimRight(line, "\r")), "/bin/"+f[1])
			} else if script.Base(f[0]) == "sh" || script.Base(f[0]) == "bash" {
				x.Severity = lint.Info
			}
		},
	}
}
