package rules

import (
	"strings"

	"sysv/lint"
	"sysv/script"
)

func sv5013() *lint.Rule {
	return &lint.Rule{
		ID: "SV5013", Name: "kill-at-once", Severity: lint.Warning, Since: "0.2",
		Title: "the daemon is stopped by SIGKILL at once",
		Text: `SIGKILL gives it no time to write its data and to remove its files. Send TERM, wait,
and only then KILL: ` + "`--retry TERM/30/KILL/5`" + `.`,
		Bad:  dispatch("stop", "start-stop-daemon --stop --oknodo --signal KILL --pidfile \"$PIDFILE\" --exec \"$DAEMON\""),
		Good: dispatch("stop", "start-stop-daemon --stop --oknodo --retry TERM/30/KILL/5 --pidfile \"$PIDFILE\" --exec \"$DAEMON\""),
		Run: func(p *lint.Pass) {
			// A script that has asked politely before may insist.
			gentle := map[*script.Function]bool{}
			gentleIn := map[*script.Action]bool{}
			for _, c := range p.Calls {
				asks := false
				if o := p.StartStop(c); o != nil {
					asks = o.Command == "stop" && !kills(o.Signal) && !kills(o.Retry)
				} else if c.Name == "kill" || c.Name == "killall" || c.Name == "pkill" || c.Name == "killproc" || c.Name == "killall5" {
					asks = !asksOnly(c) && !killsNow(c)
				} else if c.Has("stop", "shutdown", "quit", "exit", "down") {
					asks = true
				}
				if asks {
					gentle[c.In] = gentle[c.In] || c.In != nil
					if c.Action != nil {
						gentleIn[c.Action] = true
					}
				}
				now := false
				if o := p.StartStop(c); o != nil {
					now = o.Command == "stop" && (kills(o.Signal) || strings.HasPrefix(o.Retry, "KILL") || strings.HasPrefix(o.Retry, "9/") || strings.HasPrefix(o.Retry, "-KILL"))
				} else if c.Name == "kill" || c.Name == "killall" || c.Name == "pkill" {
					now = killsNow(c)
				}
				if !now || !stops(p, c) || len(p.Actions) == 0 || gentle[c.In] || c.Action != nil && gentleIn[c.Action] || len(c.Guards()) > 1 || c.In != nil && strings.Contains(c.In.Name, "force") {
					continue
				}
				p.ReportCall(c, "SIGKILL at once gives the daemon no time to end")
			}
		},
	}
}

func kills(signal string) bool {
	signal = strings.TrimPrefix(strings.TrimPrefix(signal, "-"), "SIG")
	return signal == "KILL" || signal == "9"
}

// killsNow says that kill or killall is told to send SIGKILL.
func killsNow(c *script.Call) bool {
	for i, a := range c.Args {
		if len(a) > 1 && a[0] == '-' && kills(a[1:]) || (a == "-s" || a == "--signal") && kills(c.Arg(i+1)) || a == "-s9" {
			return true
		}
	}
	return false
}
