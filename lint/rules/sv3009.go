package rules

import (
	"strings"

	"sysv/lint"
	"sysv/script"
)

func sv3009() *lint.Rule {
	return &lint.Rule{
		ID: "SV3009", Name: "retry-forever", Severity: lint.Error, Since: "0.2",
		Title: "start-stop-daemon --retry has a schedule without an end",
		Text: `With ` + "`forever`" + ` in its schedule start-stop-daemon repeats what follows until the
process has ended: one that cannot end (it waits for a dead disk or file server)
keeps the shutdown waiting for ever.`,
		Bad: `start)
	start-stop-daemon --start --oknodo --pidfile "$PIDFILE" --exec "$DAEMON"
	;;
stop)
	start-stop-daemon --stop --oknodo --retry TERM/forever/5 --pidfile "$PIDFILE" --exec "$DAEMON"
	;;
`,
		Good: `start)
	start-stop-daemon --start --oknodo --pidfile "$PIDFILE" --exec "$DAEMON"
	;;
stop)
	start-stop-daemon --stop --oknodo --retry TERM/30/KILL/5 --pidfile "$PIDFILE" --exec "$DAEMON"
	;;
`,
		Run: func(p *lint.Pass) {
			startStops(p, func(o *script.StartStop) {
				_, rest, endless := strings.Cut(o.Retry, "forever")
				if !endless {
					return
				}
				f := p.ReportCall(o.Call, "the schedule %q has no end", o.Retry)
				if strings.Contains(rest, "KILL") || strings.Contains(rest, "9") {
					// Only what cannot be killed stays.
					f.Severity = lint.Warning
				}
			})
		},
	}
}
