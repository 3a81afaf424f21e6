package rules

import (
	"sysv/lint"
)

func sv4007() *lint.Rule {
	return &lint.Rule{
		ID: "SV4007", Name: "start-always-zero", Severity: lint.Warning, Since: "0.2",
		Title: "start exits with 0 whatever happens",
		Text: `A start that has failed is not seen by the caller: not by the package that is being
installed, not by a configuration management, not by the administrator. Pass on the
status: ` + "`log_end_msg $?`" + ` as the last command of the action does it, and
` + "`exit 0` or `:`" + ` at the end of the script undoes it.`,
		Bad:  dispatch("esac", "exit 0"),
		Good: dispatch(),
		Run: func(p *lint.Pass) {
			if !isService(p) || p.Action("start") == nil {
				return
			}
			if out, ok := p.Outcome("start"); ok && out.OnlyZero() {
				clauseAt(p, "start", "start exits with 0 also if the daemon could not be started")
			}
		},
	}
}
