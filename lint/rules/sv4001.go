package rules

import (
	"sysv/lint"
	"sysv/script"
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
					missing(p, name)
				}
			}
		},
	}
}

// missing tells of an action that is not there. Buildroot's own scripts have
// start, stop and restart alone, and nothing there calls others.
func missing(p *lint.Pass, name string) {
	f := p.ReportLine(p.Dispatch.Line, "no action %q", name)
	if p.Dialect == script.Buildroot && name != "start" && name != "stop" {
		f.Severity = lint.Style
	}
}
