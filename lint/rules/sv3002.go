package rules

import (
	"sysv/lint"
	"sysv/script"
)

func sv3002() *lint.Rule {
	return &lint.Rule{
		ID: "SV3002", Name: "make-pidfile-in-foreground", Severity: lint.Warning, Since: "0.2",
		Title: "--make-pidfile without --background",
		Text: `With ` + "`--make-pidfile`" + ` start-stop-daemon writes the number of the process that it
starts. A daemon that forks away has another number then, and stop signals nobody
or somebody else; one that stays keeps start-stop-daemon, and with it the boot,
waiting for ever. It belongs to ` + "`--background`" + `.`,
		Bad:  "start-stop-daemon --start --oknodo --make-pidfile --pidfile \"$PIDFILE\" --exec \"$DAEMON\"",
		Good: "start-stop-daemon --start --oknodo --background --make-pidfile --pidfile \"$PIDFILE\" --exec \"$DAEMON\"",
		Run: func(p *lint.Pass) {
			startStops(p, func(o *script.StartStop) {
				if o.Command == "stop" || !o.MakePID || o.Background || o.Opaque || o.Test || o.Call.Background() {
					return
				}
				f := p.ReportCall(o.Call, "--make-pidfile without --background: a daemon that stays blocks the action, one that forks leaves a wrong pid")
				addOption(o.Call, f, "--background")
			})
		},
	}
}
