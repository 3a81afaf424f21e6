package rules

import (
	"strings"

	"sysv/interp/ast"
	"sysv/lint"
	"sysv/script"
)

func sv8013() *lint.Rule {
	return &lint.Rule{
		ID: "SV8013", Name: "var-run", Severity: lint.Style, Since: "0.2",
		Title: "a file below /var/run or /var/lock",
		Text: `Both are links to /run and /run/lock on every distribution since 2012, but only
once /var is there: early at boot, and in small images, they are not. A
script for Buildroot, whose convention it is, is not looked at.`,
		Bad:  "echo $$ >/var/run/exampled.pid\n",
		Good: "echo $$ >/run/exampled.pid\n",
		Run: func(p *lint.Pass) {
			if p.Dialect == script.Buildroot || p.Dialect == script.RedHat {
				return
			}
			seen := map[string]bool{}
			p.Inspect(func(n any) bool {
				w, ok := n.(*ast.Word)
				if !ok || len(w.Parts) == 0 {
					return true
				}
				lit, ok := w.Parts[0].(*ast.Lit)
				if !ok {
					return true
				}
				old, now := "/var/run", "/run"
				if strings.HasPrefix(lit.Text, "/var/lock/") {
					old, now = "/var/lock", "/run/lock"
				}
				if strings.HasPrefix(lit.Text, old+"/") && !strings.HasPrefix(lit.Text, "/var/lock/subsys") && !seen[lit.Text] {
					seen[lit.Text] = true
					p.ReportWord(w, "%s is %s", old, now)
				}
				return true
			})
		},
	}
}
