package rules

import (
	"sysv/lint"
	"sysv/script"
)

func sv2011() *lint.Rule {
	return &lint.Rule{
		ID: "SV2011", Name: "node-again", Severity: lint.Warning, Since: "0.2",
		Title: "mknod or mkfifo fails if the file is there",
		Text: `At the second start the device or fifo is there, and the command fails. Test for
it (` + "`[ -c FILE ]`, `[ -p FILE ]`" + `) first.`,
		Bad:  "mkfifo -m 600 /run/example.fifo",
		Good: "[ -p /run/example.fifo ] || mkfifo -m 600 /run/example.fifo",
		Run: func(p *lint.Pass) {
			gone := undone(p, "rm")
			again(p, func(c *script.Call) (string, string) {
				names := operands(c, "mZ")
				if len(names) == 0 || gone[names[0]] {
					return "", ""
				}
				return names[0], c.Name + " fails if %q is there"
			}, nil, "mknod", "mkfifo")
		},
	}
}
