package rules

import (
	"sysv/interp/ast"
	"sysv/lint"
	"sysv/script"
)

func sv5016() *lint.Rule {
	return &lint.Rule{
		ID: "SV5016", Name: "pid-of-wrapper", Severity: lint.Warning, Since: "0.2",
		Title: "the pid file gets the number of another process than the daemon's",
		Text: `` + "`$!`" + ` is the process that the shell has started: for ` + "`su -c`, `sudo`" + ` or a script that
is the wrapper, for a pipeline its last command. Stop then kills that one, and the
daemon goes on.`,
		Bad:  "su example -c \"$DAEMON\" > /dev/null 2>&1 &\necho $! > \"$PIDFILE\"",
		Good: "start-stop-daemon --start --oknodo --background --make-pidfile --pidfile \"$PIDFILE\" --chuid example --exec \"$DAEMON\"",
		Run: func(p *lint.Pass) {
			next := followers(p)
			p.Inspect(func(n any) bool {
				b, ok := n.(*ast.Background)
				if !ok || next[b] == nil || !writesLast(p, next[b]) {
					return true
				}
				switch x := b.Cmd.(type) {
				case *ast.Pipeline:
					p.ReportLine(b.Line, "$! is the last command of the pipeline, not the daemon")
				case *ast.Simple:
					if len(x.Args) == 0 {
						return true
					}
					switch name := script.Base(p.Expand(x.Args[0])); name {
					case "su", "sudo", "runuser", "script", "ssh-agent":
						p.ReportLine(b.Line, "$! is %s, not the daemon that it starts", name)
					}
				}
				return true
			})
		},
	}
}

// writesLast says that a command writes $! into a file.
func writesLast(p *lint.Pass, cmd ast.Command) bool {
	x, ok := cmd.(*ast.Simple)
	if !ok {
		return false
	}
	last, out := false, false
	for _, w := range x.Args {
		for _, v := range wholeVariables(w) {
			last = last || v == "!"
		}
	}
	for _, r := range x.Redirs {
		out = out || r.Op == ast.RedirOut && r.Word != nil && isPIDFile(p, p.Expand(r.Word))
	}
	return last && out
}
