package rules

import (
	"strings"

	"sysv/lint"
	"sysv/script"
)

func sv5008() *lint.Rule {
	return &lint.Rule{
		ID: "SV5008", Name: "pid-file-place", Severity: lint.Warning, Since: "0.2",
		Title: "the pid file is not under /run",
		Text: `/run is empty after a boot, and only root can write there. A pid file elsewhere
outlives the boot, with a number that is another process's then; in a directory that
everybody can write (/tmp) anybody can have root kill any process.`,
		Bad:  "#!/bin/sh\nPIDFILE=/tmp/exampled.pid\n" + dispatch(),
		Good: "#!/bin/sh\nPIDFILE=/run/exampled.pid\n" + dispatch(),
		Run: func(p *lint.Pass) {
			seen := map[string]bool{}
			look := func(name string, report func(format string, args ...any) *lint.Finding) {
				if seen[name] || !strings.HasPrefix(name, "/") || strings.HasPrefix(name, "/run/") || strings.HasPrefix(name, "/var/run/") || strings.HasPrefix(name, "/dev/") || strings.HasPrefix(name, "/proc/") {
					return
				}
				seen[name] = true
				if strings.HasPrefix(name, "/tmp/") || strings.HasPrefix(name, "/var/tmp/") {
					report("everybody can write the pid file %q", name).Severity = lint.Error
				} else if !strings.Contains(name, "/run/") {
					report("the pid file %q is not under /run: it outlives the boot", name)
				}
			}
			startStops(p, func(o *script.StartStop) {
				look(o.PIDFile, func(format string, args ...any) *lint.Finding { return p.ReportCall(o.Call, format, args...) })
			})
			for _, a := range p.Assignments {
				if u := strings.ToUpper(a.Name); a.Value != nil && (u == "PIDFILE" || u == "PID_FILE" || u == "PIDPATH") {
					look(p.Expand(a.Value), func(format string, args ...any) *lint.Finding { return p.ReportWord(a.Value, format, args...) })
				}
			}
		},
	}
}
