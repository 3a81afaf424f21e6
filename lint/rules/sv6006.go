package rules

import (
	"sysv/interp/ast"
	"sysv/lint"
	"sysv/script"
)

func sv6006() *lint.Rule {
	return &lint.Rule{
		ID: "SV6006", Name: "eval-of-data", Severity: lint.Warning, Since: "0.2",
		Title: "eval of what comes from a file, a program or the configuration",
		Text: `eval runs whatever is in the text, as root: a ` + "`$(…)`" + ` or a ` + "`;`" + ` in a value is enough.
Take the value apart with case, sed or read, or source a file that only root can
write.`,
		Bad:  "eval $(grep '^PORT=' /var/lib/example/example.conf)",
		Good: "port=$(sed -n 's/^PORT=\\([0-9]*\\)$/\\1/p' /var/lib/example/example.conf)",
		Run: func(p *lint.Pass) {
			p.EachCall(func(c *script.Call) {
				for i, w := range c.Words[1:] {
					for _, part := range w.Parts {
						switch x := part.(type) {
						case *ast.CmdSubst:
							if prints(p, x) {
								continue
							}
							p.ReportCall(c, "eval runs whatever the command prints")
							return
						case *ast.Param:
							if i > 0 || part != w.Parts[0] || x.Name == "@" || x.Name == "*" || x.Name == "1" || p.Assigned(x.Name) {
								continue
							}
							p.ReportCall(c, "eval runs whatever is in %q", "$"+x.Name)
							return
						}
					}
				}
			}, "eval")
		},
	}
}

// prints says that a substitution prints what is made to be evaluated.
func prints(p *lint.Pass, x *ast.CmdSubst) bool {
	s, ok := x.Body.(*ast.Simple)
	if !ok || len(s.Args) == 0 {
		return false
	}
	switch script.Base(p.Expand(s.Args[0])) {
	case "echo", "printf", "getopt", "locale", "dircolors", "ssh-agent", "resize", "dpkg-architecture":
		return true
	}
	return p.Func(p.Expand(s.Args[0])) != nil
}
