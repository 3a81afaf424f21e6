package rules

import (
	"sysv/lint"
	"sysv/script"
)

func sv3007() *lint.Rule {
	return &lint.Rule{
		ID: "SV3007", Name: "wait-without-limit", Severity: lint.Warning, Since: "0.2",
		Title: "wait has no limit of time",
		Text: `` + "`wait`" + ` comes back when the processes in the background have ended. A daemon among
them does not end, and the action does not come back.`,
		Bad:  "$DAEMON --config /etc/example.conf > /dev/null 2>&1 &\nwait",
		Good: "/usr/lib/example/prepare & pid=$!\nkill $pid",
		Run: func(p *lint.Pass) {
			p.EachCall(func(c *script.Call) {
				if c.Path == "wait" && len(p.Actions) > 0 {
					p.ReportCall(c, "wait has no limit of time: it comes back when what is in the background has ended")
				}
			}, "wait")
		},
	}
}
