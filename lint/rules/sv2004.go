package rules

import (
	"strings"

	"sysv/interp/ast"
	"sysv/lint"
)

func sv2004() *lint.Rule {
	return &lint.Rule{
		ID: "SV2004", Name: "append-at-each-start", Severity: lint.Warning, Since: "0.2",
		Title: "each start appends to a file",
		Text: `What is appended (` + "`>>`" + `) to a configuration or state file at each start is there
twice after the second one. Look whether it is there (grep -q), or write the file
anew. Logs are meant to grow, and are left out.`,
		Bad:  "echo \"127.0.0.1 $NAME\" >> /etc/hosts",
		Good: "grep -q \" $NAME\\$\" /etc/hosts || echo \"127.0.0.1 $NAME\" >> /etc/hosts",
		Run: func(p *lint.Pass) {
			fresh, made := truncated(p), temporaries(p)
			for _, c := range p.Calls {
				for _, r := range c.Simple.Redirs {
					if r.Op != ast.RedirAppend || r.Word == nil || !starts(p, c) {
						continue
					}
					name := p.Expand(r.Word)
					if isNull(name) || isLog(name) || fresh[name] || asksFor(p, c, name) || name == "" || c.Substituted() || anyOf(made, r.Word) {
						continue
					}
					p.ReportCall(c, "appends to %q at each start: after two it is there twice", name)
				}
			}
		},
	}
}

// isLog says that a file is by its name, or by that of the variable which it
// comes from, a log.
func isLog(name string) bool {
	name = strings.ToLower(name)
	return strings.Contains(name, "log") || strings.HasSuffix(name, ".out") || strings.HasSuffix(name, ".err") || strings.Contains(name, "debug") || strings.Contains(name, "trace")
}

// truncated are the files that the script writes anew, removes or moves: it
// appends to what it has begun itself.
func truncated(p *lint.Pass) map[string]bool {
	out := undone(p, "rm", "mv", "cp", "truncate", "install", "unlink")
	p.Inspect(func(n any) bool {
		if r, ok := n.(*ast.Redir); ok && (r.Op == ast.RedirOut || r.Op == ast.RedirClobber) && r.Word != nil {
			out[p.Expand(r.Word)] = true
		}
		return true
	})
	return out
}
