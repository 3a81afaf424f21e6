package rules

import (
	"strconv"

	"sysv/lint"
	"sysv/script"
)

func sv3008() *lint.Rule {
	return &lint.Rule{
		ID: "SV3008", Name: "long-sleep", Severity: lint.Warning, Since: "0.2",
		Title: "a long, fixed sleep",
		Text: `The time is lost at each boot and each shutdown, and is too short on a slow machine
nevertheless. Wait in a loop for what is waited for, with short pauses and an end.`,
		Bad:  "sleep 30",
		Good: "i=0\nwhile [ ! -e \"$PIDFILE\" ] && [ $i -lt 30 ]; do\n\tsleep 1\n\ti=$((i + 1))\ndone",
		Run: func(p *lint.Pass) {
			p.EachCall(func(c *script.Call) {
				if c.Background() || len(p.Actions) > 0 && c.Action != nil && !starts(p, c) && !stops(p, c) && !c.Runs(p.Script, "restart") && !c.Runs(p.Script, "status") && !c.Runs(p.Script, "reload") {
					return
				}
				if s, ok := seconds(c.Arg(0)); ok && s >= 10 {
					p.ReportCall(c, "%q waits, whatever has happened", "sleep "+c.Arg(0))
				}
			}, "sleep")
		},
	}
}

// seconds is a time as sleep takes it.
func seconds(s string) (float64, bool) {
	unit := 1.0
	if s != "" {
		switch s[len(s)-1] {
		case 's':
			s = s[:len(s)-1]
		case 'm':
			s, unit = s[:len(s)-1], 60
		case 'h':
			s, unit = s[:len(s)-1], 3600
		case 'd':
			s, unit = s[:len(s)-1], 86400
		}
	}
	n, err := strconv.ParseFloat(s, 64)
	return n * unit, err == nil
}
