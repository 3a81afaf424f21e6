package rules

import (
	"sysv/interp/ast"
	"sysv/lint"
	"sysv/script"
)

func sv5004() *lint.Rule {
	return &lint.Rule{
		ID: "SV5004", Name: "ps-grep", Severity: lint.Warning, Since: "0.2",
		Title: "a process is looked for in the output of ps",
		Text: `` + "`ps | grep NAME`" + ` finds the grep itself, an editor with the daemon's configuration
open, the init script, and processes in containers. Use the pid file: pidofproc, or
start-stop-daemon --status.`,
		Bad:  dispatch("status", "ps ax | grep -v grep | grep -q exampled || exit 3"),
		Good: dispatch(),
		Run: func(p *lint.Pass) {
			p.EachCall(func(c *script.Call) {
				line, i := c.Piped()
				if line == nil || i != 0 || hasPrefix(c, "-p") || hasPrefix(c, "--pid") || hasPrefix(c, "--ppid") || c.Has("p", "-C") {
					return
				}
				for _, stage := range line.Cmds[1:] {
					s, ok := stage.(*ast.Simple)
					if !ok || len(s.Args) == 0 {
						continue
					}
					switch script.Base(p.Expand(s.Args[0])) {
					case "grep", "egrep", "fgrep", "awk", "gawk", "sed":
						p.ReportCall(c, "a process is looked for by text in the output of ps: others match too")
						return
					}
				}
			}, "ps")
		},
	}
}
