package rules

import (
	"slices"

	"sysv/lint"
	"sysv/script"
)

func sv5010() *lint.Rule {
	return &lint.Rule{
		ID: "SV5010", Name: "no-match", Severity: lint.Error, Since: "0.2",
		Title: "start-stop-daemon is not told what to look for",
		Text: `It refuses to work without one of --exec, --pidfile, --pid, --ppid, --name, --user
("need at least one of …"). --startas says only what to start.`,
		Bad:  dispatch("stop", "start-stop-daemon --stop --quiet --oknodo --retry 5"),
		Good: dispatch(),
		Run: func(p *lint.Pass) {
			startStops(p, func(o *script.StartStop) {
				if o.Command == "" || o.Opaque || o.Exec != "" || o.PIDFile != "" || o.HasPID || o.HasPPID || o.Name != "" || o.HasUser || o.User != "" {
					return
				}
				if slices.ContainsFunc(o.Args, isMatch) {
					return
				}
				p.ReportCall(o.Call, "start-stop-daemon --%s needs at least one of --exec, --pidfile, --name, --user", o.Command)
			})
		},
	}
}

// isMatch says that an argument is an option that says what to look for, also
// if nothing is behind it.
func isMatch(arg string) bool {
	switch arg {
	case "--exec", "-x", "--pidfile", "-p", "--name", "-n", "--user", "-u", "--help", "--version":
		return true
	}
	return false
}
