package rules

import (
	"sysv/lint"
	"sysv/script"
)

func sv2007() *lint.Rule {
	return &lint.Rule{
		ID: "SV2007", Name: "user-again", Severity: lint.Warning, Since: "0.2",
		Title: "a user or group is made at each start",
		Text: `useradd and groupadd fail if there is one of that name. Making users is the
package's work at its installation; where a script has to do it, it should ask
` + "`getent passwd NAME`" + ` first.`,
		Bad:  "useradd -r -d /run/example example",
		Good: "getent passwd example > /dev/null || useradd -r -d /run/example example",
		Run: func(p *lint.Pass) {
			again(p, func(c *script.Call) (string, string) {
				// Debian's adduser --system succeeds if there is such a user.
				if (c.Name == "adduser" || c.Name == "addgroup") && c.Has("--system") || len(c.Args) == 0 {
					return "", ""
				}
				return c.Args[len(c.Args)-1], c.Name + " fails if there is a %q"
			}, nil, "useradd", "groupadd", "adduser", "addgroup")
		},
	}
}
