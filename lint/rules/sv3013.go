package rules

import (
	"sysv/interp/ast"
	"sysv/lint"
	"sysv/script"
)

func sv3013() *lint.Rule {
	return &lint.Rule{
		ID: "SV3013", Name: "background-keeps-output", Severity: lint.Info, Since: "0.2",
		Title: "a daemon in the background keeps the caller's output open",
		Text: `A process that is put into the background with ` + "`&`" + ` has the caller's standard
output. Whoever reads that to its end (ssh, Ansible, a pipe, systemd's log) waits
as long as the daemon runs. Send its output elsewhere.`,
		Bad:  "pidofproc \"$DAEMON\" > /dev/null || $DAEMON --foreground &",
		Good: "pidofproc \"$DAEMON\" > /dev/null || $DAEMON --foreground > /dev/null 2>&1 < /dev/null &",
		Run: func(p *lint.Pass) {
			p.EachCall(func(c *script.Call) {
				if c.Function != nil || !c.Background() || !starts(p, c) || !longLived(p, c) || redirected(c) || c.Substituted() {
					return
				}
				p.ReportCall(c, "%q in the background keeps the caller's standard output: who reads it waits for ever", c.Name)
			})
		},
	}
}

// redirected says that a command's standard output goes elsewhere.
func redirected(c *script.Call) bool {
	out := func(list []*ast.Redir) bool {
		for _, r := range list {
			switch r.Op {
			case ast.RedirOut, ast.RedirAppend, ast.RedirClobber, ast.RedirDupOut:
				if r.Fd == -1 || r.Fd == 1 {
					return true
				}
			case ast.RedirAll, ast.RedirAllAppd:
				return true
			}
		}
		return false
	}
	if out(c.Simple.Redirs) {
		return true
	}
	for x := c.Context; x != nil; x = x.Up {
		if r, ok := x.Node.(*ast.Redirected); ok && x.Branch != script.After && out(r.Redirs) {
			return true
		}
		if x.Branch == script.InStage {
			return true
		}
	}
	return false
}
