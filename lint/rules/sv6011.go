package rules

import (
	"sysv/interp/ast"
	"sysv/lint"
	"sysv/script"
)

func sv6011() *lint.Rule {
	return &lint.Rule{
		ID: "SV6011", Name: "runs-download", Severity: lint.Error, Since: "0.2",
		Title: "what comes from the network is run",
		Text: `Who answers for the server, or stands in between, runs commands as root at each start.
Install software as packages, which are signed.`,
		Bad:  "curl -m 10 -s http://example.org/setup | sh",
		Good: "/usr/lib/example/setup",
		Run: func(p *lint.Pass) {
			p.Inspect(func(n any) bool {
				x, ok := n.(*ast.Pipeline)
				if !ok {
					return true
				}
				from := ""
				for _, c := range x.Cmds {
					s, ok := c.(*ast.Simple)
					if !ok || len(s.Args) == 0 {
						continue
					}
					name := script.Base(p.Expand(s.Args[0]))
					if name == "sudo" && len(s.Args) > 1 {
						name = script.Base(p.Expand(s.Args[1]))
					}
					if from != "" && (interpreter(name) || name == "source" || name == ".") {
						p.ReportLine(s.Line, "%s runs what %s has loaded from the network", name, from)
					}
					if downloads(name) {
						from = name
					}
				}
				return true
			})
			for _, c := range p.Calls {
				if c.Name != "eval" && c.Name != "." && c.Name != "source" && !(interpreter(c.Name) && c.HasFlag('c')) {
					continue
				}
				for _, w := range c.Words[1:] {
					from := ""
					script.Inspect(w, func(n any) bool {
						if s, ok := n.(*ast.Simple); ok && len(s.Args) > 0 && downloads(script.Base(p.Expand(s.Args[0]))) {
							from = script.Base(p.Expand(s.Args[0]))
						}
						return from == ""
					})
					if from != "" {
						p.ReportCall(c, "%s runs what %s has loaded from the network", c.Name, from)
						break
					}
				}
			}
		},
	}
}

func downloads(name string) bool {
	switch name {
	case "curl", "wget", "ftp", "tftp", "nc", "fetch", "lynx":
		return true
	}
	return false
}
