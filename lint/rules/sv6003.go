package rules

import (
	"strings"

	"sysv/lint"
	"sysv/script"
)

func sv6003() *lint.Rule {
	return &lint.Rule{
		ID: "SV6003", Name: "recursive-chmod", Severity: lint.Warning, Since: "0.2",
		Title: "chmod -R on a directory that the service's user can write",
		Text: `What the user has linked into the directory gets the mode too: hard links to files of
the system become readable or writable. Set modes where files are made (umask), not
at each start.`,
		Bad:  "chmod -R u+rwX,g+rX /var/lib/example",
		Good: "chmod 750 /var/lib/example",
		Run: func(p *lint.Pass) {
			own := owners(p)
			p.EachCall(func(c *script.Call) {
				names := operands(c, "")
				if !c.HasFlag('R') && !c.Has("--recursive") || len(names) < 2 {
					return
				}
				for _, n := range names[1:] {
					_, given := own[strings.TrimRight(n, "/")]
					if given || strings.HasPrefix(n, "/var/") || strings.HasPrefix(n, "/run/") || strings.HasPrefix(n, "/home/") || strings.HasPrefix(n, "/srv/") || strings.Contains(n, "$") {
						p.ReportCall(c, "chmod -R changes what a user has linked into %q", n)
						return
					}
				}
			}, "chmod")
		},
	}
}
