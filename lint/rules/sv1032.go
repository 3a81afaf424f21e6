package rules

import (
	"strings"

	"sysv/lint"
	"sysv/lsb"
	"sysv/script"
)

func sv1032() *lint.Rule {
	return &lint.Rule{
		ID: "SV1032", Name: "service-instead-of-facility", Severity: lint.Info, Since: "0.2",
		Title: "the header names one service where a facility is meant",
		Text: `"Required-Start: rsyslog" is wrong on a machine whose log daemon is another one:
insserv then refuses to enable the service. The facility ($syslog) stands for
whichever is there.`,
		Like: []string{"lintian non-virtual-facility-in-initd-script"},
		Bad:  header("Required-Start: $remote_fs rsyslog"),
		Good: header("Required-Start: $remote_fs $syslog"),
		Any:  true,
		Run: func(p *lint.Pass) {
			for _, k := range []lsb.Key{lsb.RequiredStart, lsb.RequiredStop} {
				for _, w := range p.Header.Words(k) {
					facility := facilityOf(w.Text)
					if facility == "" || strings.HasPrefix(script.Base(p.Path), "mount") {
						continue
					}
					f := p.ReportValue(w, "%s has %s, which is one of several: %s stands for whichever is there", title(k), w.Text, facility)
					at := p.Offset(w.Line) + w.Col - 1
					f.Replace("write "+facility, at, at+len(w.Text), facility)
				}
			}
		},
	}
}

// facilityOf is the facility that a well-known service is one of.
func facilityOf(service string) string {
	switch service {
	case "mountall":
		return "$local_fs"
	case "mountnfs":
		return "$remote_fs"
	case "hwclock":
		return "$time"
	case "portmap", "rpcbind":
		return "$portmap"
	case "named", "bind9":
		return "$named"
	case "networking", "network":
		return "$network"
	case "syslog", "rsyslog", "sysklogd", "syslog-ng", "inetutils-syslogd":
		return "$syslog"
	}
	return ""
}
