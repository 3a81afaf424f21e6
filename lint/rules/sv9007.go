package rules

import (
	"strings"

	"sysv/lint"
	"sysv/lsb"
)

func sv9007() *lint.Rule {
	return &lint.Rule{
		ID: "SV9007", Name: "no-pidfile-comment", Severity: lint.Style, Since: "0.2",
		Title: "systemd's generator is not told the pid file",
		Text: `Without a comment "# pidfile: /run/NAME.pid" the unit that systemd makes of the
script has RemainAfterExit=yes: it is "active (exited)" whether the daemon lives or
not, and is not restarted. The comment stands outside the LSB block.`,
		Bad:  "start-stop-daemon --start --oknodo --pidfile /run/exampled.pid --exec \"$DAEMON\"\n",
		Good: "#!/bin/sh\n" + header() + "# pidfile: /run/exampled.pid\ncase \"$1\" in\nstart) start-stop-daemon --start --oknodo --pidfile /run/exampled.pid --exec /usr/sbin/exampled ;;\nstop) ;;\nesac\n",
		Run: func(p *lint.Pass) {
			file := p.Daemon.PIDFile
			if !p.Header.Found() || p.Daemon.Start == nil || !strings.HasPrefix(file, "/") || strings.ContainsAny(file, "$ ") || p.Chkconfig.Get(lsb.PIDFile) != nil {
				return
			}
			f := p.ReportCall(p.Daemon.Start, "the pid file is %s, but no comment \"# pidfile: %s\" says so to systemd's generator", file, file)
			at := p.Offset(p.Header.End + 1)
			f.Replace("say the pid file in a comment", at, at, "# pidfile: "+file+"\n")
		},
	}
}
