package rules

import (
	"sysv/interp/ast"
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
	type place struct {
		in     *script.Function
		action *script.Action
	}
	tested := map[place]bool{}
	startStops(p, func(o *script.StartStop) {
		tested[place{o.Call.In, o.Call.Action}] = tested[place{o.Call.In, o.Call.Action}] || o.Test
	})
	startStops(p, func(o *script.StartStop) {
		c := o.Call
		if o.Command != command || o.OkNoDo || o.Opaque || !c.Runs(p.Script, command) || signals(o) {
			return
		}
		if o.Test {
			if how := testFails(p, c); how != "" && command == "start" && !asksWhetherRunning(p, c) {
				p.ReportCall(c, "start-stop-daemon --start --test fails if the daemon %s, and %s", why, how)
			}
			return
		}
		if tested[place{c.In, c.Action}] && command == "start" {
			return
		}
		how, shows := failureShows(p, c, next)
		if !shows || asksWhetherRunning(p, c) {
			return
		}
		out, known := p.Outcome(command)
		shown := known && out.OnlyZero()
		if shown {
			how = "a failure is shown (the script exits with 0 nevertheless)"
		}
		f := p.ReportCall(c, "start-stop-daemon --%s without --oknodo fails if the daemon %s, and %s", command, why, how)
		if shown {
			f.Severity = lint.Info
		}
		addOption(c, f, "--oknodo")
	})
}

// testFails says how a test before the start makes a failure of a daemon that
// runs; "" if it does not.
func testFails(p *lint.Pass, c *script.Call) string {
	a := orElse(c)
	if a == nil {
		return ""
	}
	x, ok := a.Right.(*ast.Simple)
	if !ok || len(x.Args) < 2 {
		return ""
	}
	code, _ := x.Args[1].Lit()
	if code == "" || code == "0" {
		return ""
	}
	switch name, _ := x.Args[0].Lit(); {
	case name == "exit":
		return "|| exit " + code + " takes it for a failure"
	case name == "return" && p.SetsErrexit && c.In != nil && len(c.In.Callers) > 0 && !anyTested(c.In, 3):
		return "set -e ends the script at the return " + code
	}
	return ""
}
