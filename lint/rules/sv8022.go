package rules

import (
	"sysv/lint"
	"sysv/script"
)

func sv8022() *lint.Rule {
	return &lint.Rule{
		ID: "SV8022", Name: "local-outside-function", Severity: lint.Error, Since: "0.2",
		Title: "local outside a function",
		Text:  "bash refuses it and goes on; dash ends the script. In the clauses of the dispatch there\nis nothing to be local to: assign plainly.",
		Like:  []string{"ShellCheck SC2168"},
		Bad:   "start)\n\tlocal pid=1\n\t;;\nstop)\n\t;;\n*)\n\texit 2\n\t;;\n",
		Good:  "start)\n\tpid=1\n\t;;\nstop)\n\t;;\n*)\n\texit 2\n\t;;\n",
		Run: func(p *lint.Pass) {
			p.EachCall(func(c *script.Call) {
				if c.In == nil && !c.Substituted() {
					p.ReportCall(c, "local outside a function")
				}
			}, "local")
		},
	}
}
