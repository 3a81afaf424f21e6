package rules

import (
	"strings"

	"sysv/lint"
	"sysv/script"
)

func sv5014() *lint.Rule {
	return &lint.Rule{
		ID: "SV5014", Name: "start-and-stop-differ", Severity: lint.Warning, Since: "0.2",
		Title: "start and stop use different pid files or programs",
		Text: `What start has put into one pid file stop looks for in another: stop does nothing,
and says that nothing runs.`,
		Bad:  dispatch("stop", "start-stop-daemon --stop --oknodo --retry 5 --pidfile /run/example.pid --exec \"$DAEMON\""),
		Good: dispatch(),
		Run: func(p *lint.Pass) {
			var all []*script.StartStop
			stopping := map[string]bool{}
			startStops(p, func(o *script.StartStop) {
				if o.Opaque || o.Test || signals(o) {
					return
				}
				switch o.Command {
				case "start":
				case "stop":
					if starts(p, o.Call) {
						// Not the stop of what start has started.
						return
					}
					stopping[o.PIDFile] = true
				default:
					return
				}
				all = append(all, o)
			})
			// Of several daemons it is not known which goes with which.
			files, programs := map[string]bool{}, map[string]bool{}
			for _, o := range all {
				if o.Command == "start" {
					files[o.PIDFile], programs[o.Exec] = true, true
				}
			}
			if len(files) != 1 || len(programs) > 1 || len(stopping) != 1 {
				return
			}
			for _, o := range all {
				if o.Command != "stop" || o.PIDFile == "" || files[""] || files[o.PIDFile] || known(o.PIDFile) == "" {
					continue
				}
				for f := range files {
					if known(f) != "" {
						p.ReportCall(o.Call, "stop looks into %q, but start has written %q", o.PIDFile, f)
					}
				}
			}
		},
	}
}

// known is a value with nothing in it that is not known.
func known(s string) string {
	if strings.Contains(s, "$") {
		return ""
	}
	return s
}
