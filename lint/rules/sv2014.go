package rules

import (
	"sysv/interp/ast"
	"sysv/lint"
	"sysv/script"
)

func sv2014() *lint.Rule {
	return &lint.Rule{
		ID: "SV2014", Name: "restart-needs-stop", Severity: lint.Warning, Since: "0.2",
		Title: "restart starts only if stop has succeeded, and stop fails if nothing runs",
		Text: `restart is to start the service if it was not running. Here the start comes only
if the stop has succeeded, and the stop says that it failed if there was nothing
to stop.`,
		Bad: `start)
	start-stop-daemon --start --oknodo --pidfile "$PIDFILE" --exec "$DAEMON"
	;;
stop)
	start-stop-daemon --stop --retry 5 --pidfile "$PIDFILE" --exec "$DAEMON"
	;;
restart)
	"$0" stop && "$0" start
	;;
`,
		Good: `start)
	start-stop-daemon --start --oknodo --pidfile "$PIDFILE" --exec "$DAEMON"
	;;
stop)
	start-stop-daemon --stop --oknodo --retry 5 --pidfile "$PIDFILE" --exec "$DAEMON"
	;;
restart)
	"$0" stop && "$0" start
	;;
`,
		Run: func(p *lint.Pass) {
			// A stop that fails: one of start-stop-daemon's without --oknodo.
			strict := map[*script.Function]bool{}
			clause := false
			next := followers(p)
			startStops(p, func(o *script.StartStop) {
				if o.Command != "stop" || o.OkNoDo || o.Opaque || o.Test || !stops(p, o.Call) || rescued(o.Call) || asksWhetherRunning(p, o.Call) {
					return
				}
				if n := next[statement(o.Call)]; n != nil && !passesOn(n) {
					return
				}
				if o.Call.In != nil {
					strict[o.Call.In] = true
				} else if o.Call.Action != nil && o.Call.Action.Name == "stop" {
					clause = true
				}
			})
			if out, ok := p.Outcome("stop"); ok && !out.NonZero() {
				clause = false
			}
			for _, c := range p.Calls {
				if c.Action == nil && c.In == nil || !c.Runs(p.Script, "restart") || c.Runs(p.Script, "stop") || asksWhetherRunning(p, c) {
					continue
				}
				self := c.Words[0].Line > 0 && (c.Path == "$0" || script.Base(c.Path) == script.Base(p.Path)) && c.Arg(0) == "stop"
				if !(self && clause || c.Function != nil && strict[c.Function]) {
					continue
				}
				dies := errexit(p, c)
				if c.Context != nil && c.Context.Branch == script.InLeft {
					a := c.Context.Node.(*ast.AndOr)
					dies = !a.Or || a.Or && leaving(a.Right)
				}
				if dies {
					p.ReportCall(c, "restart does not come to its start if nothing runs: the stop before it fails then")
				}
			}
		},
	}
}
