package rules

import (
	"sysv/lint"
	"sysv/script"
)

func sv3011() *lint.Rule {
	return &lint.Rule{
		ID: "SV3011", Name: "waits-for-network-setup", Severity: lint.Warning, Since: "0.2",
		Title: "an address or the time is asked of the network, and waited for",
		Text: `A DHCP client waits for a minute where no server answers, ntpdate and the like for
a name service. Let the client go into the background (` + "`dhclient -nw`, `udhcpc -b`" + `),
leave the time to a daemon, or run them under ` + "`timeout`" + `.`,
		Bad:  "dhclient eth0",
		Good: "dhclient -nw eth0",
		Run: func(p *lint.Pass) {
			p.EachCall(func(c *script.Call) {
				if c.Wrapped("timeout") || c.Background() || !starts(p, c) {
					return
				}
				switch c.Name {
				case "dhclient":
					if c.Has("-nw", "-x", "-r", "--version") {
						return
					}
				case "udhcpc":
					if c.HasFlag('b') || c.HasFlag('n') {
						return
					}
				case "dhcpcd":
					if !c.HasFlag('w') && !c.Has("--waitip") {
						return
					}
				case "ntpd", "chronyd":
					if !c.HasFlag('q') || c.HasFlag('t') {
						return
					}
				}
				p.ReportCall(c, "%s waits for the network", c.Name)
			}, "dhclient", "udhcpc", "dhcpcd", "pump", "ntpdate", "ntpdate-debian", "ntpd", "chronyd", "rdate", "sntp")
		},
	}
}
