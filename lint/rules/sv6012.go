package rules

import (
	"sysv/lint"
	"sysv/script"
)

func sv6012() *lint.Rule {
	return &lint.Rule{
		ID: "SV6012", Name: "unsafe-download", Severity: lint.Warning, Since: "0.2",
		Title: "a download is told not to check the server",
		Text:  `Without the check anybody between the machine and the server can answer for it.`,
		Bad:   "curl -m 10 -k -o /run/example.list https://example.org/list",
		Good:  "curl -m 10 -o /run/example.list https://example.org/list",
		Run: func(p *lint.Pass) {
			p.EachCall(func(c *script.Call) {
				if c.Has("--no-check-certificate", "--insecure", "--trust-server-names") || c.Name == "curl" && c.HasFlag('k') || hasPrefix(c, "-oStrictHostKeyChecking=no") || c.Has("StrictHostKeyChecking=no") {
					p.ReportCall(c, "%s does not check whom it talks to", c.Name)
				}
			}, "curl", "wget", "ssh", "scp", "rsync")
		},
	}
}
