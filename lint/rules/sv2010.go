package rules

import (
	"strings"

	"sysv/lint"
	"sysv/script"
)

func sv2010() *lint.Rule {
	return &lint.Rule{
		ID: "SV2010", Name: "address-again", Severity: lint.Warning, Since: "0.2",
		Title: "an address, link or route is added at each start",
		Text: `` + "`ip addr add`" + ` and the like fail if it is there ("File exists"). Use
` + "`ip addr replace`, `ip route replace`" + `, or ask with ` + "`ip … show`" + ` first.`,
		Bad:  "ip addr add 10.0.0.1/24 dev eth0",
		Good: "ip addr replace 10.0.0.1/24 dev eth0",
		Run: func(p *lint.Pass) {
			undo := map[string]bool{}
			p.EachCall(func(c *script.Call) {
				if c.Has("del", "delete", "flush") && !c.RunsOnlyIn(p.Script, "stop") {
					undo[c.Name+c.Arg(0)] = true
				}
			}, "ip", "route", "brctl", "vconfig", "tc")
			again(p, func(c *script.Call) (string, string) {
				at := c.Find("add", "addbr", "addif", "a")
				if at < 0 || at > 3 || undo[c.Name+c.Arg(0)] {
					return "", ""
				}
				if name := c.Arg(at + 1); name != "" {
					return name, c.Name + " " + strings.Join(c.Args[:at+1], " ") + " fails if %q is there"
				}
				return "", ""
			}, nil, "ip", "route", "brctl", "vconfig", "tc")
		},
	}
}
