package rules

import (
	"strings"

	"sysv/interp/ast"
	"sysv/lint"
	"sysv/script"
)

func sv4010() *lint.Rule {
	return &lint.Rule{
		ID: "SV4010", Name: "success-is-said", Severity: lint.Warning, Since: "0.2",
		Title: "success is reported, whatever came of it",
		Text: `` + "`log_end_msg 0`" + ` right behind a command whose status nothing has looked at says that
it has succeeded. It is also the action's exit code.`,
		Bad:  "start-stop-daemon --start --quiet --oknodo --pidfile \"$PIDFILE\" --exec \"$DAEMON\"\nlog_end_msg 0",
		Good: "start-stop-daemon --start --quiet --oknodo --pidfile \"$PIDFILE\" --exec \"$DAEMON\"\nlog_end_msg $?",
		Run: func(p *lint.Pass) {
			next := followers(p)
			for _, c := range p.Calls {
				if !startsOrStops(p, c) || c.Tested() || errexit(p, c) {
					continue
				}
				if o := p.StartStop(c); o != nil && signals(o) {
					continue
				}
				x, ok := next[statement(c)].(*ast.Simple)
				if !ok || len(x.Args) < 2 {
					continue
				}
				name, _ := x.Args[0].Lit()
				arg, _ := x.Args[1].Lit()
				if (name == "log_end_msg" || name == "log_action_end_msg" || name == "exit" || name == "return") && arg == "0" {
					f := p.ReportCall(c, "%q says that this has succeeded, but nothing has looked at its status", name+" 0")
					if w := x.Args[1]; w.At.Known() && name[0] == 'l' {
						f.Replace("pass the status on", int(w.At.Pos), int(w.At.End), "$?")
					}
				}
			}
		},
	}
}

// signals says that a stop only sends a signal that does not end the daemon.
func signals(o *script.StartStop) bool {
	switch s := strings.TrimPrefix(o.Signal, "SIG"); s {
	case "0", "1", "HUP", "USR1", "USR2", "10", "12", "WINCH":
		return true
	}
	// Of a variable it is not known.
	return strings.HasPrefix(o.Signal, "$")
}

// startsOrStops says that a command starts or stops the daemon.
func startsOrStops(p *lint.Pass, c *script.Call) bool {
	if c.Function != nil {
		return false
	}
	if c == p.Daemon.Start || c.Name == "killproc" || c.Name == "start_daemon" || c.Name == "startproc" || c.Name == "daemon" {
		return true
	}
	if o := p.StartStop(c); o != nil {
		return !o.Test && o.Command != "status"
	}
	return false
}
