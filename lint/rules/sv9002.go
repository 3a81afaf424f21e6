package rules

import (
	"strings"

	"sysv/lint"
	"sysv/script"
)

func sv9002() *lint.Rule {
	return &lint.Rule{
		ID: "SV9002", Name: "extra-action", Severity: lint.Info, Since: "0.2",
		Title: "an action that no other service manager has",
		Text:  "`systemctl`, `rc-service` and `sv` know start, stop, restart, reload and status. What the\nscript offers beyond has to become a program of its own, or is lost.",
		Bad:   "start)\n\texampled\n\t;;\nstop)\n\t;;\nrotate-logs)\n\tmv /var/log/exampled.log /var/log/exampled.log.1\n\t;;\n*)\n\texit 2\n\t;;\n",
		Good:  "start)\n\texampled\n\t;;\nstop)\n\t;;\n*)\n\texit 2\n\t;;\n",
		Run: func(p *lint.Pass) {
			var names []string
			var first *script.Action
			for _, a := range p.Actions {
				if a.Pattern == nil || usualAction(a.Name) || strings.ContainsAny(a.Name, "*?[$") || a.Name == "" || strings.HasPrefix(a.Name, "-") {
					continue
				}
				if first == nil {
					first = a
				}
				names = append(names, a.Name)
			}
			switch {
			case len(names) == 1:
				p.ReportWord(first.Pattern, "%q is an action that no other service manager has", names[0])
			case len(names) > 1:
				p.ReportWord(first.Pattern, "actions that no other service manager has: %s", strings.Join(names, ", "))
			}
		},
	}
}

func usualAction(name string) bool {
	switch name {
	case "start", "stop", "restart", "reload", "force-reload", "status", "try-restart", "condrestart", "reload-or-restart", "help", "usage",
		"force-stop", "force-start", "force-restart", "cond-restart", "condtryrestart", "boot", "shutdown", "probe", "enable", "disable", "enabled":
		return true
	}
	return false
}
