package rules

import (
	"sysv/lint"
	"sysv/lsb"
	"sysv/script"
)

func sv1020() *lint.Rule {
	return &lint.Rule{
		ID: "SV1020", Name: "missing-network", Severity: lint.Info, Since: "0.2",
		Title: "the start uses the network, and the header does not ask for $network",
		Text: `A start that fetches something, sets the clock by a server or adds an address
needs interfaces that are up. What scripts of the boot itself (Default-Start: S)
do to make the network is not meant.`,
		Bad:  header("Required-Start: $local_fs") + "#\ncase \"$1\" in\nstart) ntpdate pool.ntp.org ;;\nstop) ;;\nesac\n",
		Good: header("Required-Start: $local_fs $network") + "#\ncase \"$1\" in\nstart) ntpdate pool.ntp.org ;;\nstop) ;;\nesac\n",
		Run: func(p *lint.Pass) {
			f := p.Header.Get(lsb.RequiredStart)
			if f == nil || len(p.Header.Words(lsb.DefaultStart)) == 0 || p.Header.Levels(lsb.DefaultStart).Has('S') {
				return
			}
			// $syslog is not behind $network, but most else is.
			for _, k := range []lsb.Key{lsb.RequiredStart, lsb.ShouldStart} {
				for _, w := range p.Header.Words(k) {
					switch w.Text {
					case "$local_fs", "$syslog", "$time", "udev", "dbus":
					default:
						return
					}
				}
			}
			p.EachCall(func(c *script.Call) {
				if c.Runs(p.Script, "start") {
					p.ReportCall(c, "%s wants the network, but the header does not ask for $network", c.Name)
				}
			}, "ntpdate", "sntp", "curl", "wget", "ping", "nc", "rdate", "dig", "nslookup", "showmount")
		},
	}
}
