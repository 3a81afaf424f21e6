package rules

import (
	"sysv/lint"
	"sysv/script"
)

func sv5007() *lint.Rule {
	return &lint.Rule{
		ID: "SV5007", Name: "pid-file-alone", Severity: lint.Warning, Since: "0.2",
		Title: "stop trusts the number in the pid file alone",
		Text: `With ` + "`--pidfile`" + ` and nothing else the process with that number is signalled, whoever
it is: after a crash the number may be another's. Add ` + "`--exec`" + ` (BusyBox: ` + "`-x`" + `), or
` + "`--name`" + ` for a script. Debian's start-stop-daemon at least refuses a pid file that
others than root can write; BusyBox does not.`,
		Bad:  dispatch("stop", "start-stop-daemon --stop --oknodo --retry 5 --pidfile \"$PIDFILE\""),
		Good: dispatch(),
		Run: func(p *lint.Pass) {
			startStops(p, func(o *script.StartStop) {
				if o.Command != "stop" || o.PIDFile == "" || o.Exec != "" || o.Name != "" || o.User != "" || o.HasPPID || o.Opaque {
					return
				}
				p.ReportCall(o.Call, "stop signals the number in %q, whoever has it now: no --exec, --name or --user", o.PIDFile)
			})
		},
	}
}
