package rules

import (
	"sysv/lint"
)

func sv4001() *lint.Rule {
	return &lint.Rule{
		ID: "SV4001", Name: "action-missing", Severity: lint.Warning, Since: "0.2",
		Title: "an action is missing that every script must have",
		Text: `Debian's Policy (9.3.2) and the LSB want start, stop, restart and force-reload of
each script: package scripts and other programs call them. Where reload does not
exist, force-reload is restart.`,
		Like: []string{"lintian init.d-script-does-not-implement-required-option"},
		Bad:  dispatch("restart|force-reload", "-", "restart", "\"$0\" stop\n\t\"$0\" start"),
		Good: dispatch(),
		Run: func(p *lint.Pass) {
			if !dispatches(p) {
				return
			}
			for _, name := range [...]string{"start", "stop", "restart", "force-reload"} {
				if !takes(p, name) {
					p.ReportLine(p.Dispatch.Line, "no action %q", name)
				}
			}
		},
	}
}
