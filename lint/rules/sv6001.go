package rules

import (
	"strings"

	"sysv/interp/ast"
	"sysv/lint"
	"sysv/script"
)

func sv6001() *lint.Rule {
	return &lint.Rule{
		ID: "SV6001", Name: "predictable-temporary-file", Severity: lint.Error, Since: "0.2",
		Title: "root writes to a file of a known name in /tmp",
		Text: `Any user can put a link of that name there first, and have root overwrite a file of
the system, or read what is in it. ` + "`$$`" + ` is no secret. Use mktemp, or a directory of
one's own under /run.`,
		Bad:  "echo \"$NAME\" > /tmp/example.$$",
		Good: "echo \"$NAME\" > /run/example.state",
		Run: func(p *lint.Pass) {
			seen, made := map[string]bool{}, temporaries(p)
			report := func(c *script.Call, name, what string) {
				if !shared(name) || seen[name] || strings.Contains(name, "$()") || strings.Contains(name, "XXXX") {
					return
				}
				seen[name] = true
				p.ReportCall(c, "%s %q, a name that any user can take first", what, name)
			}
			for _, c := range p.Calls {
				for _, r := range c.Simple.Redirs {
					switch r.Op {
					case ast.RedirOut, ast.RedirAppend, ast.RedirClobber, ast.RedirAll, ast.RedirAllAppd:
						if r.Word != nil && !anyOf(made, r.Word) {
							report(c, p.Expand(r.Word), "writes to")
						}
					}
				}
				if c.Function != nil {
					continue
				}
				names := operands(c, "mgotbs")
				switch c.Name {
				case "tee", "touch", "mkfifo", "mknod", "chown", "chmod":
					for _, n := range names {
						report(c, n, c.Name+" of")
					}
				case "mkdir":
					// The system's own, as X's, are made by whoever is first.
					for _, n := range names {
						if !strings.HasPrefix(n, "/tmp/.") && c.HasFlag('p') {
							report(c, n, c.Name+" -p of")
						}
					}
				case "cp", "mv", "install", "dd":
					if len(names) > 0 {
						report(c, strings.TrimPrefix(names[len(names)-1], "of="), c.Name+" to")
					}
				}
			}
		},
	}
}
