package rules

import (
	"strings"

	"sysv/lint"
	"sysv/script"
)

func sv3006() *lint.Rule {
	return &lint.Rule{
		ID: "SV3006", Name: "lock-without-limit", Severity: lint.Warning, Since: "0.2",
		Title: "a lock is waited for without a limit of time",
		Text: `flock without ` + "`-w`" + ` or ` + "`-n`" + ` waits until the other one lets go, and if that hangs,
for ever. Give it a time.`,
		Bad:  "exec 9> /run/lock/example\nflock 9",
		Good: "exec 9> /run/lock/example\nflock -w 20 9 || exit 1",
		Run: func(p *lint.Pass) {
			p.EachCall(func(c *script.Call) {
				limit := c.HasFlag('w') || c.HasFlag('n') || c.HasFlag('u') || c.Has("--nonblock", "--nb", "--unlock") || c.Wrapped("timeout")
				for _, a := range c.Args {
					limit = limit || strings.HasPrefix(a, "--wait") || strings.HasPrefix(a, "--timeout")
				}
				if c.Name == "lockfile" {
					limit = c.HasFlag('r') || strings.HasPrefix(c.Arg(0), "-r")
				}
				if !limit && len(c.Args) > 0 {
					p.ReportCall(c, "%s waits for the lock without a limit of time", c.Name)
				}
			}, "flock", "lockfile")
		},
	}
}
