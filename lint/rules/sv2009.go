package rules

import (
	"sysv/lint"
	"sysv/script"
)

func sv2009() *lint.Rule {
	return &lint.Rule{
		ID: "SV2009", Name: "firewall-rule-again", Severity: lint.Warning, Since: "0.2",
		Title: "each start adds a rule to the firewall",
		Text: `` + "`iptables -A`" + ` and ` + "`-I`" + ` add the rule once more, however often it is there, and stop
takes one away. Ask with ` + "`-C`" + ` first, empty a chain of one's own (` + "`-F`" + `), or load
the whole set with iptables-restore or ` + "`nft -f`" + `.`,
		Bad:  "iptables -A INPUT -p tcp --dport 80 -j ACCEPT",
		Good: "iptables -C INPUT -p tcp --dport 80 -j ACCEPT 2> /dev/null || iptables -A INPUT -p tcp --dport 80 -j ACCEPT",
		Run: func(p *lint.Pass) {
			flushed := map[string]bool{}
			p.EachCall(func(c *script.Call) {
				adds := c.Find("-A", "-I", "--append", "--insert")
				if c.Name == "nft" {
					adds = c.Find("add")
					if c.Has("flush", "delete") {
						flushed[c.Name] = starts(p, c)
					}
					if adds >= 0 && c.Arg(adds+1) != "rule" {
						adds = -1
					}
				}
				if c.Has("-F", "--flush", "-D", "--delete", "-X") && starts(p, c) {
					flushed[c.Name] = true
				}
				if adds < 0 || !starts(p, c) || flushed[c.Name] || asks(p, c, "-C", "--check", "-L", "--list", "iptables-save", "-S") {
					return
				}
				p.ReportCall(c, "%s adds its rule at each start, also if it is there", c.Name)
			}, "iptables", "ip6tables", "iptables-legacy", "iptables-nft", "ebtables", "arptables", "nft")
		},
	}
}
