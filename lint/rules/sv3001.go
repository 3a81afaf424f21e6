package rules

import (
	"strings"

	"sysv/lint"
	"sysv/script"
)

func sv3001() *lint.Rule {
	return &lint.Rule{
		ID: "SV3001", Name: "foreground-daemon", Severity: lint.Error, Since: "0.2",
		Title: "a daemon is told to stay in the foreground, and nothing puts it into the background",
		Text: `The action does not come back, and at boot nothing that comes after it is started.
Leave the option out, or start the daemon with start-stop-daemon
` + "`--background --make-pidfile`" + `.`,
		Bad:  "start-stop-daemon --start --oknodo --pidfile \"$PIDFILE\" --exec \"$DAEMON\" -- --foreground",
		Good: "start-stop-daemon --start --oknodo --background --make-pidfile --pidfile \"$PIDFILE\" --exec \"$DAEMON\" -- --foreground",
		Run: func(p *lint.Pass) {
			startStops(p, func(o *script.StartStop) {
				if o.Command != "start" || o.Background || o.Test || o.Opaque || o.Call.Background() || !starts(p, o.Call) {
					return
				}
				path := o.Exec
				if o.StartAs != "" {
					path = o.StartAs
				}
				if opt := foreground(script.Base(path), o.Rest); opt != "" {
					p.ReportCall(o.Call, "%q keeps the daemon in the foreground, and start-stop-daemon has no --background", opt)
				}
			})
			for _, c := range p.Calls {
				if c.Function != nil || c.Name == "start-stop-daemon" || !starts(p, c) || c.RunsOnlyIn(p.Script, "stop", "status") || c.Background() || c.Substituted() || c.Wrapped("timeout") {
					continue
				}
				x := split(c)
				name, args := x.Name, x.Args
				switch name {
				case "daemon", "start_daemon", "startproc":
					name, args = launched(x)
					if x.Has("--background") {
						continue
					}
				}
				if opt := foreground(name, args); opt != "" && (daemonCall(p, c, name) || name != x.Name) {
					p.ReportCall(c, "%q keeps %q in the foreground: the action does not come back", opt, name)
				}
			}
		},
	}
}

// daemonCall says that a command is the script's daemon, or a known one.
func daemonCall(p *lint.Pass, c *script.Call, name string) bool {
	return c.Path == p.Daemon.Path || isDaemonVariable(c.Words[0]) || foregroundOption(name) != "" || strings.HasPrefix(c.Path, "/usr/sbin/")
}

// launched is the program that daemon, start_daemon or startproc starts.
func launched(c *script.Call) (name string, args []string) {
	for i := 0; i < len(c.Args); i++ {
		switch a := c.Args[i]; {
		case a == "-p" || a == "-u" || a == "-l" || a == "-n" || a == "--user" || a == "--pidfile" || a == "--check":
			i++
		case strings.HasPrefix(a, "-") || strings.HasPrefix(a, "+"):
		default:
			return script.Base(a), c.Args[i+1:]
		}
	}
	return "", nil
}

// foreground is the argument by which a daemon stays in the foreground.
func foreground(name string, args []string) string {
	short := foregroundOption(name)
	for i, a := range args {
		switch a {
		case "--foreground", "--nodaemon", "--no-daemon", "--nofork", "--no-fork", "--no-detach", "--nodetach", "--no-daemonize",
			"--nodaemonize", "--daemonize=no", "--daemon=no", "--no-background", "-DFOREGROUND", "-foreground", "-nodaemon", "--foreground=yes",
			"--foreground=true", "--stay-foreground":
			return a
		case "--help", "--version", "-V", "-t", "--test":
			return ""
		}
		if name == "nginx" && i > 0 && args[i-1] == "-g" && strings.Contains(a, "daemon off") {
			return a
		}
		if short != "" && a == short {
			return a
		}
	}
	return ""
}

// foregroundOption is the short option by which a known daemon stays in the
// foreground.
func foregroundOption(name string) string {
	switch name {
	case "sshd", "slapd", "lighttpd", "apache2", "httpd", "smbd", "nmbd", "winbindd", "uwsgi":
		switch name {
		case "sshd", "lighttpd":
			return "-D"
		case "smbd", "nmbd", "winbindd":
			return "-F"
		}
	case "cron", "crond", "acpid", "atd", "named", "dhcpd", "inetd", "dropbear", "avahi-daemon":
		switch name {
		case "dropbear":
			return "-F"
		case "avahi-daemon":
			return ""
		case "inetd":
			return "-i"
		}
		return "-f"
	case "rsyslogd", "syslogd", "ntpd", "klogd", "watchdogd", "chronyd", "udhcpd", "lircd", "upsd":
		return "-n"
	case "dnsmasq":
		return "-k"
	case "rpcbind", "rpc.statd":
		return "-f"
	}
	return ""
}
