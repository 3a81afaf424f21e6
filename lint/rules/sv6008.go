package rules

import (
	"sysv/lint"
	"sysv/script"
)

func sv6008() *lint.Rule {
	return &lint.Rule{
		ID: "SV6008", Name: "su-in-script", Severity: lint.Warning, Since: "0.2",
		Title: "su or sudo starts a service's program",
		Text: `su opens a session (PAM, utmp), may ask for a password, gives the program the
caller's terminal, into which it can push commands for root, and stays in between, so
that signals and pids are su's. Use ` + "`start-stop-daemon --chuid`, `runuser -u`" + ` or setpriv.`,
		Bad:  "su - example -c \"$DAEMON start\"",
		Good: "runuser -u example -- \"$DAEMON\" start",
		Run: func(p *lint.Pass) {
			p.EachCall(func(c *script.Call) {
				if len(c.Args) == 0 {
					return
				}
				p.ReportCall(c, "%s opens a session and stays in between: use --chuid or runuser", c.Name)
			}, "su", "sudo")
		},
	}
}
