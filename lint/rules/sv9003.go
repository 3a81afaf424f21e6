package rules

import (
	"strings"

	"sysv/interp/ast"
	"sysv/lint"
	"sysv/script"
)

func sv9003() *lint.Rule {
	return &lint.Rule{
		ID: "SV9003", Name: "subsys-lock", Severity: lint.Info, Since: "0.2",
		Title: "the script keeps a lock in /var/lock/subsys",
		Text: `Red Hat's rc stops at shutdown only services whose lock is there: without it a
service is killed at the end. Elsewhere nothing looks at it, the directory may be
missing, and a lock that is left behind makes status lie. A lock by another name
than the script's is not found by rc: that is a warning.`,
		Like: []string{"rpmlint subsys-not-used", "rpmlint incoherent-subsys", "rpmlint subsys-unsupported"},
		Bad:  "exampled && touch /var/lock/subsys/exampled\n",
		Good: "exampled\n",
		Run: func(p *lint.Pass) {
			own := script.Base(p.Path)
			if len(own) > 3 && own[0] == 'S' && own[1] >= '0' && own[1] <= '9' && own[2] >= '0' && own[2] <= '9' {
				own = own[3:]
			}
			found := false
			p.Inspect(func(n any) bool {
				w, ok := n.(*ast.Word)
				if !ok || found || !w.At.Known() {
					return !found
				}
				text := p.Expand(w)
				_, name, ok := strings.Cut(text, "/lock/subsys/")
				if !ok {
					return true
				}
				found = true
				if p.Dialect == script.RedHat && name != own && !strings.ContainsAny(name, "$ ") && p.Path != "-" {
					p.ReportWord(w, "the lock is named %q, and the script %q: rc does not find it at shutdown", name, own).Severity = lint.Warning
				} else if p.Dialect != script.RedHat {
					p.ReportWord(w, "only Red Hat's rc looks at %s", text)
				}
				return false
			})
			if !found && p.Dialect == script.RedHat && p.Action("stop") != nil && p.Daemon.Start != nil {
				p.ReportLine(p.Action("stop").Line, "there is no lock in /var/lock/subsys: Red Hat's rc does not call stop at shutdown").Severity = lint.Warning
			}
		},
	}
}
