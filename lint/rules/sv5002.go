package rules

import (
	"sysv/lint"
	"sysv/script"
)

func sv5002() *lint.Rule {
	return &lint.Rule{
		ID: "SV5002", Name: "kill-0-by-pid-file", Severity: lint.Info, Since: "0.2",
		Title: "kill -0 of a number from a pid file says only that some process has it",
		Text: `After a reboot or a crash the number in the pid file may be another process's: the
script then says that the daemon runs, and does not start it. Compare the program
too (pidofproc, start-stop-daemon --status --exec).`,
		Bad:  dispatch("status", "kill -0 $(cat \"$PIDFILE\") || exit 3"),
		Good: dispatch(),
		Run: func(p *lint.Pass) {
			sources := pidSources(p)
			p.EachCall(func(c *script.Call) {
				if !asksOnly(c) || verified(p, c) || c.Has("-l", "-L") {
					return
				}
				for _, w := range c.Words[1:] {
					from := pidSource(p, w)
					for _, name := range wholeVariables(w) {
						if from == "" {
							from = sources[name]
						}
					}
					if from == "file" {
						p.ReportCall(c, "says only that some process has the number in the pid file")
						return
					}
				}
			}, "kill")
		},
	}
}
