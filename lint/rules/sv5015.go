package rules

import (
	"path"
	"strings"

	"sysv/lint"
	"sysv/script"
)

func sv5015() *lint.Rule {
	return &lint.Rule{
		ID: "SV5015", Name: "pid-file-of-others", Severity: lint.Warning, Since: "0.2",
		Title: "others than root can write the pid file that root acts on",
		Text: `Who can write the pid file, or its directory, can put any number into it, and root
kills that process. Keep the directory root's, or have stop compare the program and
the user too (` + "`--exec … --user …`" + `).`,
		Bad:  "mkdir -p -m 1777 /run/example\nstart-stop-daemon --start --oknodo --pidfile /run/example/exampled.pid --exec \"$DAEMON\"",
		Good: "mkdir -p -m 755 /run/example\nstart-stop-daemon --start --oknodo --pidfile /run/example/exampled.pid --exec \"$DAEMON\"",
		Run: func(p *lint.Pass) {
			dirs, alone := map[string]bool{}, map[string]bool{}
			startStops(p, func(o *script.StartStop) {
				if o.PIDFile == "" || !strings.Contains(o.PIDFile, "/") {
					return
				}
				d := path.Dir(o.PIDFile)
				dirs[d] = true
				if o.Command == "stop" && o.Exec == "" && o.Name == "" && o.User == "" {
					alone[d] = true
				}
			})
			if f := p.Daemon.PIDFile; strings.Contains(f, "/") {
				dirs[path.Dir(f)] = true
			}
			delete(dirs, "/run")
			delete(dirs, "/var/run")
			p.EachCall(func(c *script.Call) {
				names := operands(c, "mgot")
				mode, owner := "", ""
				switch c.Name {
				case "chmod":
					if len(names) > 0 {
						mode, names = names[0], names[1:]
					}
				case "chown":
					if len(names) > 0 {
						owner, names = names[0], names[1:]
					}
				default:
					mode, _ = option(c, "-m", "--mode")
					owner, _ = option(c, "-o", "--owner")
				}
				for _, n := range names {
					n = strings.TrimRight(n, "/")
					if dirs[n] && worldWritable(mode) {
						p.ReportCall(c, "everybody can write %q, where the pid file is", n)
						return
					}
					if alone[n] && owner != "" && !strings.HasPrefix(owner, "root") && !strings.HasPrefix(owner, ":") && !strings.HasPrefix(owner, "0") {
						p.ReportCall(c, "%q can write %q, and stop kills whatever number is in the pid file there", owner, n)
						return
					}
				}
			}, "chmod", "chown", "mkdir", "install")
		},
	}
}

// worldWritable says that a mode lets everybody write.
func worldWritable(mode string) bool {
	if mode == "" {
		return false
	}
	if mode[0] >= '0' && mode[0] <= '7' {
		return (mode[len(mode)-1]-'0')&2 != 0
	}
	for part := range strings.SplitSeq(mode, ",") {
		who, what, ok := strings.Cut(part, "+")
		if !ok {
			who, what, ok = strings.Cut(part, "=")
		}
		if ok && strings.Contains(what, "w") && (who == "" && false || strings.ContainsAny(who, "oa")) {
			return true
		}
	}
	return false
}
