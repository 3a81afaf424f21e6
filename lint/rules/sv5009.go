package rules

import (
	"strings"

	"sysv/interp/ast"
	"sysv/lint"
	"sysv/script"
)

func sv5009() *lint.Rule {
	return &lint.Rule{
		ID: "SV5009", Name: "made-pid-file-left", Severity: lint.Warning, Since: "0.2",
		Title: "the script makes a pid file and never removes it",
		Text: `With the pid file left there, status has to say 1 (dead, pid file there) instead of
3 (stopped), and a later process with that number is taken for the daemon. A daemon
that writes its own removes it; one that start-stop-daemon's ` + "`--make-pidfile`" + ` made is
removed by ` + "`--remove-pidfile`" + ` at the stop.`,
		Bad: dispatch("start", "start-stop-daemon --start --oknodo --background --make-pidfile --pidfile \"$PIDFILE\" --exec \"$DAEMON\""),
		Good: dispatch("start", "start-stop-daemon --start --oknodo --background --make-pidfile --pidfile \"$PIDFILE\" --exec \"$DAEMON\"",
			"stop", "start-stop-daemon --stop --oknodo --retry 5 --remove-pidfile --pidfile \"$PIDFILE\" --exec \"$DAEMON\""),
		Run: func(p *lint.Pass) {
			removes := false
			p.EachCall(func(c *script.Call) {
				for _, a := range c.Args {
					removes = removes || strings.Contains(strings.ToLower(a), "pid") || strings.HasPrefix(a, "$")
				}
			}, "rm", "unlink", "killproc")
			startStops(p, func(o *script.StartStop) { removes = removes || o.RemovePID })
			if removes {
				return
			}
			var stop *script.Call
			startStops(p, func(o *script.StartStop) {
				if o.Command == "stop" && stop == nil && !signals(o) {
					stop = o.Call
				}
			})
			fix := func(f *lint.Finding) {
				if stop != nil {
					addOption(stop, f, "--remove-pidfile")
				}
			}
			startStops(p, func(o *script.StartStop) {
				if o.Command == "start" && o.MakePID {
					fix(p.ReportCall(o.Call, "--make-pidfile makes %q, and nothing removes it", o.PIDFile))
				}
			})
			for _, c := range p.Calls {
				if c.Name != "echo" && c.Name != "printf" && c.Name != "pidof" && c.Name != "pgrep" {
					continue
				}
				for _, r := range c.Simple.Redirs {
					if r.Op == ast.RedirOut && r.Word != nil && isPIDFile(p, p.Expand(r.Word)) {
						fix(p.ReportCall(c, "writes the pid file %q, and nothing removes it", p.Expand(r.Word)))
					}
				}
			}
		},
	}
}
