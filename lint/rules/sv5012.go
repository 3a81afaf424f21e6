package rules

import (
	"sysv/lint"
	"sysv/script"
)

func sv5012() *lint.Rule {
	return &lint.Rule{
		ID: "SV5012", Name: "stop-by-program", Severity: lint.Info, Since: "0.2",
		Title: "stop finds its daemon by the program or its name alone",
		Text: `Without a pid file all processes of that program are signalled: a second instance,
one that a user has started by hand, one in a container. Give ` + "`--pidfile`" + ` too.`,
		Bad:  dispatch("stop", "start-stop-daemon --stop --oknodo --retry 5 --exec \"$DAEMON\""),
		Good: dispatch(),
		Run: func(p *lint.Pass) {
			startStops(p, func(o *script.StartStop) {
				if o.Command != "stop" || o.PIDFile != "" || o.Opaque || o.HasPID || o.HasPPID || o.Exec == "" && o.Name == "" && o.User == "" || o.Test || asksZero(o) {
					return
				}
				by := "--exec"
				if o.Exec == "" {
					by = "--name"
					if o.Name == "" {
						by = "--user"
					}
				}
				p.ReportCall(o.Call, "stop signals all processes that match %s, not only this service's: no --pidfile", by)
			})
		},
	}
}

func asksZero(o *script.StartStop) bool { return o.Signal == "0" }
