package rules

import (
	"sysv/lint"
	"sysv/script"
)

func sv2002() *lint.Rule {
	return &lint.Rule{
		ID: "SV2002", Name: "start-without-oknodo", Severity: lint.Warning, Since: "0.2",
		Title: "start-stop-daemon --start without --oknodo: the second start fails",
		Text: `start-stop-daemon exits with 1 if the daemon runs already. The LSB and Debian's
Policy want 0 from the start of a service that runs, so either ` + "`--oknodo`" + ` has to
be there, or the script has to look first.`,
		Bad:  "start-stop-daemon --start --quiet --pidfile \"$PIDFILE\" --exec \"$DAEMON\"\nlog_end_msg $?",
		Good: "start-stop-daemon --start --quiet --oknodo --pidfile \"$PIDFILE\" --exec \"$DAEMON\"\nlog_end_msg $?",
		Run:  func(p *lint.Pass) { withoutOkNoDo(p, "start", "runs already") },
	}
}

// withoutOkNoDo looks for calls that fail if there is nothing to do, where
// that failure becomes the action's.
func withoutOkNoDo(p *lint.Pass, command, why string) {
	next := followers(p)
	tested := map[*script.Function]bool{}
	startStops(p, func(o *script.StartStop) {
		if o.Test {
			tested[o.Call.In] = true
		}
	})
	startStops(p, func(o *script.StartStop) {
		c := o.Call
		if o.Command != command || o.OkNoDo || o.Test || o.Opaque || tested[c.In] && command == "start" || !c.Runs(p.Script, command) {
			return
		}
		if signals(o) {
			return
		}
		how, shows := failureShows(p, c, next)
		if !shows || asksWhetherRunning(p, c) {
			return
		}
		f := p.ReportCall(c, "start-stop-daemon --%s without --oknodo fails if the daemon %s, and %s", command, why, how)
		addOption(c, f, "--oknodo")
	})
}
