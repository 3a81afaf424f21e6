package rules

import (
	"strings"

	"sysv/interp/ast"
	"sysv/lint"
	"sysv/script"
)

func sv4009() *lint.Rule {
	return &lint.Rule{
		ID: "SV4009", Name: "failure-swallowed", Severity: lint.Warning, Since: "0.2",
		Title: "the failure of the daemon's start is swallowed by || true",
		Text: `` + "`|| true`" + ` makes a success of each failure: the daemon is not there, and start says
0. Use ` + "`--oknodo`" + ` where only "it runs already" is meant.`,
		Bad:  "start-stop-daemon --start --quiet --pidfile \"$PIDFILE\" --exec \"$DAEMON\" || true",
		Good: "start-stop-daemon --start --quiet --oknodo --pidfile \"$PIDFILE\" --exec \"$DAEMON\"",
		Run: func(p *lint.Pass) {
			for _, c := range p.Calls {
				if o := p.StartStop(c); o != nil {
					if o.Command != "start" || o.Test {
						continue
					}
				} else if c != p.Daemon.Start && c.Path != p.Daemon.Path && !isDaemonVariable(c.Words[0]) || !c.Runs(p.Script, "start") || len(c.Args) > 0 && strings.Contains(c.Arg(0), "test") || c.Substituted() {
					continue
				}
				if a := orElse(c); a != nil && harmless(a.Right) {
					p.ReportCall(c, "the failure of the start is swallowed: what stands behind || makes it a success")
				}
			}
		},
	}
}

// orElse is the || the left side of which is a call, or nil.
func orElse(c *script.Call) *ast.AndOr {
	for x := c.Context; x != nil; x = x.Up {
		switch x.Branch {
		case script.After:
			continue
		case script.InLeft:
			if a := x.Node.(*ast.AndOr); a.Or {
				return a
			}
			continue
		case script.InRight:
			continue
		}
		break
	}
	return nil
}

// harmless says that a command does nothing and succeeds: true, :, exit 0.
func harmless(cmd ast.Command) bool {
	x, ok := cmd.(*ast.Simple)
	if !ok || len(x.Args) == 0 {
		return false
	}
	arg := ""
	if len(x.Args) > 1 {
		arg, _ = x.Args[1].Lit()
	}
	switch name, _ := x.Args[0].Lit(); name {
	case "true", ":", "/bin/true":
		return true
	case "exit", "return":
		return arg == "0"
	}
	return false
}
