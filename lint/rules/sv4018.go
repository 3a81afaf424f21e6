package rules

import (
	"sysv/interp/ast"
	"sysv/lint"
	"sysv/script"
)

func sv4018() *lint.Rule {
	return &lint.Rule{
		ID: "SV4018", Name: "reload-does-nothing", Severity: lint.Warning, Since: "0.2",
		Title: "reload does nothing and exits with 0",
		Text: `Who asks for a reload is told that it was done. Leave the action out, or exit with 3
(not implemented).`,
		Bad:  dispatch("reload", "echo \"$NAME cannot reload\""),
		Good: dispatch("reload", "echo \"$NAME cannot reload\"\n\texit 3"),
		Run: func(p *lint.Pass) {
			a := p.Action("reload")
			if a == nil || !isService(p) || !idle(a.Body) {
				return
			}
			if out, ok := p.Outcome("reload"); ok && out.OnlyZero() {
				clauseAt(p, "reload", "reload does nothing, and exits with 0: leave it out, or exit with 3")
			}
		},
	}
}

// idle says that a command only says something.
func idle(cmd ast.Command) bool {
	out := true
	script.Inspect(cmd, func(n any) bool {
		x, ok := n.(*ast.Simple)
		if !ok || len(x.Args) == 0 {
			return out
		}
		switch name, _ := x.Args[0].Lit(); name {
		case "echo", "printf", ":", "true", "exit", "return", "log_daemon_msg", "log_action_msg", "log_warning_msg", "log_failure_msg", "log_success_msg", "log_end_msg":
		default:
			out = false
		}
		return out
	})
	return out
}
