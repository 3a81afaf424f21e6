package rules

import (
	"strings"

	"sysv/lint"
	"sysv/script"
)

func sv2015() *lint.Rule {
	return &lint.Rule{
		ID: "SV2015", Name: "restart-without-waiting", Severity: lint.Warning, Since: "0.2",
		Title: "restart does not wait for the old daemon before it starts the new one",
		Text: `start-stop-daemon --stop without ` + "`--retry`" + ` sends the signal and comes back at
once. The start that follows finds the old daemon still there and does nothing,
or the new one cannot have its port. Then the old one is gone, and nothing runs.
Give ` + "`--retry`" + ` a time. A fixed sleep between
the two is too long for most, and too short for one that has data to write.`,
		Bad: `start)
	start-stop-daemon --start --oknodo --pidfile "$PIDFILE" --exec "$DAEMON"
	;;
stop)
	start-stop-daemon --stop --oknodo --pidfile "$PIDFILE" --exec "$DAEMON"
	;;
restart)
	"$0" stop
	"$0" start
	;;
`,
		Good: `start)
	start-stop-daemon --start --oknodo --pidfile "$PIDFILE" --exec "$DAEMON"
	;;
stop)
	start-stop-daemon --stop --oknodo --retry 5 --pidfile "$PIDFILE" --exec "$DAEMON"
	;;
restart)
	"$0" stop
	"$0" start
	;;
`,
		Run: func(p *lint.Pass) {
			if p.Action("restart") == nil {
				return
			}
			// Something that waits in what restart or stop runs.
			asleep := ""
			for _, c := range p.Calls {
				if starts(p, c) || !c.Runs(p.Script, "restart") && !c.Runs(p.Script, "stop") {
					continue
				}
				switch {
				case c.Loop() != nil, c.Name == "wait", c.Name == "killproc":
					return
				case c.Name == "sleep" || c.Name == "usleep":
					asleep = c.Name + " " + c.Arg(0)
				}
			}
			again := restartCallsStop(p)
			startStops(p, func(o *script.StartStop) {
				c := o.Call
				if o.Command != "stop" || o.Retry != "" || o.Opaque || o.Test || starts(p, c) || !stops(p, c) || !again && !c.Runs(p.Script, "restart") {
					return
				}
				switch s := strings.TrimPrefix(o.Signal, "SIG"); s {
				case "", "TERM", "15", "QUIT", "3", "INT", "2":
				default:
					return
				}
				if asleep != "" {
					f := p.ReportCall(c, "restart waits a fixed time (%s), however long the daemon takes to end: no --retry", asleep)
					f.Severity = lint.Info
					addOption(c, f, "--retry 10")
					return
				}
				f := p.ReportCall(c, "restart starts the new daemon while the old one may still run: --stop without --retry does not wait")
				addOption(c, f, "--retry 10")
			})
		},
	}
}

// restartCallsStop says that restart runs the script itself with stop.
func restartCallsStop(p *lint.Pass) bool {
	for _, x := range p.Calls {
		if x.Arg(0) == "stop" && (x.Path == "$0" || x.Path == "$SELF" || script.Base(x.Path) == script.Base(p.Path)) && x.Runs(p.Script, "restart") {
			return true
		}
	}
	return false
}
