package rules

import (
	"sysv/lint"
	"sysv/script"
)

func sv5005() *lint.Rule {
	return &lint.Rule{
		ID: "SV5005", Name: "running-by-name", Severity: lint.Info, Since: "0.2",
		Title: "whether the daemon runs is asked by its name",
		Text: `pidof and pgrep find each process of that name: a second instance, one in a
container, another user's. Ask by the pid file.`,
		Bad:  dispatch("status", "pidof exampled > /dev/null || exit 3"),
		Good: dispatch(),
		Run: func(p *lint.Pass) {
			p.EachCall(func(c *script.Call) {
				if len(p.Actions) == 0 || c.Has("-F", "--pidfile", "-P", "-s") && c.Name == "pgrep" || len(c.Args) == 0 || c.Has("/sbin/init") {
					return
				}
				p.ReportCall(c, "%s finds each process of that name, not only this service's", c.Name)
			}, "pidof", "pgrep")
			startStops(p, func(o *script.StartStop) {
				if o.Command == "status" && o.PIDFile == "" && !o.Opaque && (o.Exec != "" || o.Name != "") {
					p.ReportCall(o.Call, "--status without --pidfile finds each process of that program, not only this service's")
				}
			})
		},
	}
}
