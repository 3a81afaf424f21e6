package rules

import (
	"path"
	"slices"
	"strings"

	"sysv/interp/ast"
	"sysv/lint"
	"sysv/script"
)

// sv4 are the rules on exit codes and actions.
func sv4() []*lint.Rule {
	return []*lint.Rule{
		sv4001(), sv4002(), sv4003(), sv4004(), sv4005(), sv4006(), sv4007(), sv4008(),
		sv4009(), sv4010(), sv4011(), sv4012(), sv4013(), sv4014(), sv4015(), sv4016(),
		sv4017(), sv4018(), sv4019(), sv4020(),
	}
}

// dispatch is an example's dispatch with the named clauses put in the place of
// a good one's; a body of "-" leaves the clause out.
func dispatch(changes ...string) string {
	names := []string{"start", "stop", "restart|force-reload", "status", "*"}
	bodies := []string{
		"start-stop-daemon --start --quiet --oknodo --pidfile \"$PIDFILE\" --exec \"$DAEMON\"",
		"start-stop-daemon --stop --quiet --oknodo --retry 5 --pidfile \"$PIDFILE\" --exec \"$DAEMON\"",
		"\"$0\" stop\n\t\"$0\" start",
		"status_of_proc -p \"$PIDFILE\" \"$DAEMON\" \"$NAME\"",
		"echo \"Usage: $0 {start|stop|restart|force-reload|status}\" >&2\n\texit 2",
	}
	var tail strings.Builder
	tail.WriteString("esac\n")
	for i := 0; i+1 < len(changes); i += 2 {
		if changes[i] == "esac" {
			tail.WriteString(changes[i+1] + "\n")
			continue
		}
		if at := slices.Index(names, changes[i]); at >= 0 {
			bodies[at] = changes[i+1]
		} else {
			names = append([]string{changes[i]}, names...)
			bodies = append([]string{changes[i+1]}, bodies...)
		}
	}
	var b strings.Builder
	b.WriteString("case \"$1\" in\n")
	for i, n := range names {
		if bodies[i] != "-" {
			b.WriteString(n + ")\n\t" + bodies[i] + "\n\t;;\n")
		}
	}
	return b.String() + tail.String()
}

// takes says that the dispatch has a clause for an action, or may have one in
// a pattern, or hands what it does not know to something else.
func takes(p *lint.Pass, name string) bool {
	for _, a := range p.Actions {
		if a.Name == name {
			return true
		}
		if a.Name != "*" && strings.ContainsAny(a.Name, "*?[$") {
			if ok, err := path.Match(a.Name, name); ok || err != nil || strings.Contains(a.Name, "$") {
				return true
			}
		}
	}
	d := p.Action("*")
	if d == nil || d.Body == nil {
		return false
	}
	handed := false
	script.Inspect(d.Body, func(n any) bool {
		x, ok := n.(*ast.Simple)
		if !ok || len(x.Args) == 0 {
			return !handed
		}
		switch first, _ := x.Args[0].Lit(); first {
		case "echo", "printf", "[", "test", "log_failure_msg", "log_success_msg", "log_action_msg", "log_warning_msg", "gprintf":
			return !handed
		}
		for _, w := range x.Args {
			for _, v := range variables(w) {
				handed = handed || v == "1" || v == "@" || v == "*"
			}
		}
		return !handed
	})
	return handed
}

// dispatches says that the script has a dispatch of its own that starts and
// stops something.
func dispatches(p *lint.Pass) bool {
	return p.Dispatch != nil && (takes(p, "start") || takes(p, "stop")) && p.Dialect != script.InitDScript && p.Dialect != script.OpenWrt
}

// isService says that the script starts a daemon.
func isService(p *lint.Pass) bool { return p.Daemon.Start != nil }

// clauseAt is where an action stands.
func clauseAt(p *lint.Pass, name, format string, args ...any) *lint.Finding {
	a := p.Action(name)
	if a == nil {
		a = p.Action("*")
	}
	if a != nil && a.Pattern != nil {
		return p.ReportWord(a.Pattern, format, args...)
	}
	return p.ReportLine(p.Dispatch.Line, format, args...)
}

// noAction is an action that no script has.
const noAction = "no such action"
