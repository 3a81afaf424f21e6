package rules

import (
	"sysv/lint"
	"sysv/script"
)

func sv5003() *lint.Rule {
	return &lint.Rule{
		ID: "SV5003", Name: "kill-by-name", Severity: lint.Warning, Since: "0.2",
		Title: "processes are killed by their name",
		Text: `All processes of that name are hit: those of other users, of a second instance, in
containers, and programs that only are called the same. Use the pid file, with
start-stop-daemon or killproc.`,
		Bad:  dispatch("stop", "killall exampled"),
		Good: dispatch("stop", "killproc -p \"$PIDFILE\" \"$DAEMON\""),
		Run: func(p *lint.Pass) {
			sources := pidSources(p)
			p.EachCall(func(c *script.Call) {
				switch c.Name {
				case "killall", "pkill", "skill", "slay":
					if asksOnly(c) || c.Has("-F", "--pidfile", "--help", "-V") || hasPrefix(c, "-P") || hasPrefix(c, "-g") && c.Name == "pkill" || len(c.Args) == 0 {
						return
					}
					p.ReportCall(c, "%s hits all processes of that name, not only this service's", c.Name)
				case "kill":
					if asksOnly(c) {
						return
					}
					for _, w := range c.Words[1:] {
						from := pidSource(p, w)
						for _, name := range wholeVariables(w) {
							if from == "" {
								from = sources[name]
							}
						}
						if from == "pidof" || from == "pgrep" || from == "ps" {
							p.ReportCall(c, "kills what %s has found by its name, not only this service's", from)
							return
						}
					}
				}
			}, "killall", "pkill", "skill", "slay", "kill")
		},
	}
}
