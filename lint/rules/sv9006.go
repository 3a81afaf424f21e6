package rules

import (
	"sysv/lint"
	"sysv/script"
)

func sv9006() *lint.Rule {
	return &lint.Rule{
		ID: "SV9006", Name: "calls-systemctl", Severity: lint.Warning, Since: "0.2",
		Title: "the script calls systemctl, or does something else under systemd",
		Text: `A script that calls systemctl for its own service calls itself, through the unit
that is generated of it; where systemd is not, there is no such program. Behind a
test of /run/systemd/system it is known to be so: that is a note.`,
		Bad:  "systemctl start exampled.socket\n",
		Good: "exampled\n",
		Run: func(p *lint.Pass) {
			p.EachCall(func(c *script.Call) {
				f := p.ReportCall(c, "%s is there under systemd only", c.Name)
				for _, g := range c.Guards() {
					if mentions(p, g.Cond, "systemd") || mentions(p, g.Cond, "systemctl") {
						f.Severity = lint.Info
					}
				}
			}, "systemctl", "systemd-run", "systemd-notify")
		},
	}
}
