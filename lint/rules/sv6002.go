package rules

import (
	"strings"

	"sysv/lint"
	"sysv/script"
)

func sv6002() *lint.Rule {
	return &lint.Rule{
		ID: "SV6002", Name: "recursive-chown", Severity: lint.Warning, Since: "0.2",
		Title: "chown -R gives a directory to a service's user at each start",
		Text: `Once the user owns the directory, it can put hard links to files of the system into
it, and the next chown -R gives it those: from the service's user to root. Give the
directory alone away, when it is made (` + "`install -d -o USER`" + `), and what is in it never.`,
		Bad:  "chown -R example:example /var/lib/example",
		Good: "install -d -o example -g example -m 750 /var/lib/example",
		Run: func(p *lint.Pass) {
			p.EachCall(func(c *script.Call) {
				names := operands(c, "")
				if !c.HasFlag('R') && !c.Has("--recursive") || len(names) < 2 || !foreign(names[0]) {
					return
				}
				// Of what was made just before nothing can be linked.
				if name := names[len(names)-1]; hasPrefix(c, "--from=") || asksFor(p, c, name, variableOf(c, name)) {
					return
				}
				p.ReportCall(c, "%q can link files of the system into %q, and is given them by this", names[0], names[len(names)-1])
			}, "chown")
			p.EachCall(func(c *script.Call) {
				at := c.Find("-exec", "-execdir")
				if at < 0 || script.Base(c.Arg(at+1)) != "chown" || c.Has("-links") || !foreign(c.Arg(at+2)) && !strings.HasPrefix(c.Arg(at+2), "-") {
					return
				}
				p.ReportCall(c, "find … -exec chown gives away what the user has linked into %q", c.Arg(0))
			}, "find")
		},
	}
}
