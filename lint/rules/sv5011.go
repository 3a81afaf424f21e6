package rules

import (
	"strings"

	"sysv/lint"
	"sysv/script"
)

func sv5011() *lint.Rule {
	return &lint.Rule{
		ID: "SV5011", Name: "name-too-long", Severity: lint.Error, Since: "0.2",
		Title: "--name is longer than the kernel keeps names",
		Text: `The kernel keeps 15 bytes of a process's name. A longer one never matches: each
start starts another daemon, and stop stops none. Use --exec or --pidfile.`,
		Bad:  dispatch("stop", "start-stop-daemon --stop --oknodo --retry 5 --name example-long-daemon-name"),
		Good: dispatch("stop", "start-stop-daemon --stop --oknodo --retry 5 --pidfile \"$PIDFILE\" --name exampled"),
		Run: func(p *lint.Pass) {
			startStops(p, func(o *script.StartStop) {
				if len(o.Name) > 15 && !strings.Contains(o.Name, "$") && !strings.ContainsAny(o.Name, " \t") {
					p.ReportCall(o.Call, "the name %q is longer than 15 bytes, and never matches", o.Name)
				}
			})
		},
	}
}
