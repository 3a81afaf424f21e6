package rules

import (
	"strings"

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
			p.Inspect(func(n any) bool {
				x, ok := n.(*ast.Pipeline)
				if !ok {
					return true
				}
				first, ok := x.Cmds[0].(*ast.Simple)
				if !ok || len(first.Args) == 0 || script.Base(p.Expand(first.Args[0])) != "ps" {
					return true
				}
				for _, w := range first.Args[1:] {
					text := p.Expand(w)
					if strings.HasPrefix(text, "-p") || strings.HasPrefix(text, "--pid") || text == "p" || strings.HasPrefix(text, "--ppid") || text == "-C" {
						return true
					}
				}
				for _, c := range x.Cmds[1:] {
					s, ok := c.(*ast.Simple)
					if !ok || len(s.Args) == 0 {
						continue
					}
					switch script.Base(p.Expand(s.Args[0])) {
					case "grep", "egrep", "fgrep", "awk", "gawk", "sed":
						at := script.SpanOf(first)
						if !at.Known() {
							p.ReportLine(first.Line, "a process is looked for by text in the output of ps: others match too")
						} else {
							p.Report(at, "a process is looked for by text in the output of ps: others match too")
						}
						return true
					}
				}
				return true
			})
		},
	}
}
