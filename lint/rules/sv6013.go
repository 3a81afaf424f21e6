package rules

import (
	"path"

	"sysv/interp/ast"
	"sysv/lint"
	"sysv/script"
)

func sv6013() *lint.Rule {
	return &lint.Rule{
		ID: "SV6013", Name: "follows-link-in-user-directory", Severity: lint.Info, Since: "0.2",
		Title: "root makes or changes a file in a directory that the service's user owns",
		Text: `The user can put a link of that name there, and root then creates, gives away or
truncates what it leads to. Have the daemon make its files itself, as its user, or use
` + "`chown -h`" + ` and ` + "`install`" + ` in a directory of root's.`,
		Bad:  "chown example /var/lib/example\ntouch /var/lib/example/state\nchown example /var/lib/example/state",
		Good: "install -d -o example /var/lib/example",
		Run: func(p *lint.Pass) {
			own := owners(p)
			if len(own) == 0 {
				return
			}
			seen := map[string]bool{}
			report := func(c *script.Call, name string) {
				if user := own[path.Dir(name)]; user != "" && !seen[name] && own[name] != "" == (c.Name == "chown") {
					seen[name] = true
					p.ReportCall(c, "%q is in a directory of %q, who can put a link in its place", name, user)
				}
			}
			for _, c := range p.Calls {
				if c.Function != nil {
					continue
				}
				switch c.Name {
				case "chown":
					if c.HasFlag('h') || c.Has("--no-dereference") {
						continue
					}
					if names := operands(c, ""); len(names) > 1 && foreign(names[0]) {
						for _, n := range names[1:] {
							report(c, n)
						}
					}
				case "touch", "chmod":
					for _, n := range operands(c, "rt") {
						report(c, n)
					}
				}
				for _, r := range c.Simple.Redirs {
					if (r.Op == ast.RedirOut || r.Op == ast.RedirAppend) && r.Word != nil {
						report(c, p.Expand(r.Word))
					}
				}
			}
		},
	}
}
