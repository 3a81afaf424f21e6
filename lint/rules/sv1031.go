package rules

import (
	"strings"

	"sysv/lint"
	"sysv/script"
)

func sv1031() *lint.Rule {
	return &lint.Rule{
		ID: "SV1031", Name: "buildroot-convention", Severity: lint.Style, Since: "0.2",
		Title: "a Buildroot script does not keep to Buildroot's form",
		Text: `Buildroot's manual asks that S??NAME has DAEMON="NAME" and
PIDFILE="/var/run/$DAEMON.pid", so that all scripts can be read alike, and that
the name of the file ends in what DAEMON is.`,
		Like: []string{"Buildroot check-package lib_sysv"},
		Path: "/etc/init.d/S50exampled",
		Bad:  "#!/bin/sh\nPIDFILE=/tmp/pid\ncase \"$1\" in\nstart) start-stop-daemon -S -p $PIDFILE -x /usr/bin/exampled ;;\nstop) start-stop-daemon -K -p $PIDFILE ;;\nesac\n",
		Good: "#!/bin/sh\nDAEMON=\"exampled\"\nPIDFILE=\"/var/run/$DAEMON.pid\"\ncase \"$1\" in\nstart) start-stop-daemon -S -p \"$PIDFILE\" -x \"/usr/bin/$DAEMON\" ;;\nstop) start-stop-daemon -K -p \"$PIDFILE\" ;;\nesac\n",
		Run: func(p *lint.Pass) {
			if p.Dialect != script.Buildroot {
				return
			}
			name := script.Base(p.Path)[3:]
			var daemon, pidfile *script.Assignment
			for _, a := range p.Assignments {
				switch {
				case a.Name == "DAEMON" && daemon == nil:
					daemon = a
				case a.Name == "PIDFILE" && pidfile == nil:
					pidfile = a
				}
			}
			uses := false
			p.EachCall(func(*script.Call) { uses = true }, "start-stop-daemon")
			switch {
			case daemon == nil && uses:
				p.ReportLine(0, "there is no DAEMON=%q", name)
			case daemon != nil && daemon.Value != nil:
				if v, ok := p.Constant(daemon.Value); ok && v != name && v != strings.TrimSuffix(name, ".sh") {
					p.ReportWord(daemon.Value, "DAEMON is %q, but the file's name ends in %q", v, name)
				}
			}
			if pidfile == nil || pidfile.Value == nil {
				return
			}
			if v, ok := p.Constant(pidfile.Value); ok && !strings.HasPrefix(v, "/var/run/") && !strings.HasPrefix(v, "/run/") {
				p.ReportWord(pidfile.Value, "PIDFILE is %q, and not below /var/run", v)
			}
		},
	}
}
