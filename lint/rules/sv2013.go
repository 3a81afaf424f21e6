package rules

import (
	"strings"

	"sysv/interp/ast"
	"sysv/lint"
	"sysv/script"
)

func sv2013() *lint.Rule {
	return &lint.Rule{
		ID: "SV2013", Name: "lock-left", Severity: lint.Warning, Since: "0.2",
		Title: "a lock file is made by start and never removed",
		Text: `A lock file that stop does not remove says for ever that the service runs: start
does nothing any more, or status says 2. Remove it in stop, and where start fails.`,
		Bad:  "touch /var/lock/subsys/example",
		Good: "trap 'rm -f /run/lock/example' EXIT\ntouch /run/lock/example",
		Run: func(p *lint.Pass) {
			gone := undone(p, "rm", "mv", "unlink", "rmdir", "lockfile-remove", "trap")
			for name := range gone {
				for w := range strings.FieldsSeq(name) {
					gone[w] = true
				}
			}
			locks := func(c *script.Call, name string) {
				if !starts(p, c) || !isLock(name) || gone[name] || gone[strings.TrimSuffix(name, ".lock")] {
					return
				}
				p.ReportCall(c, "the lock file %q is never removed", name)
			}
			for _, c := range p.Calls {
				if c.Function == nil && (c.Name == "touch" || c.Name == "lockfile" || c.Name == "lockfile-create" || c.Name == "dotlockfile") {
					for _, name := range operands(c, "rtd") {
						locks(c, name)
					}
				}
				if c.Function == nil && (c.Name == "echo" || c.Name == ":" || c.Name == "printf") {
					for _, r := range c.Simple.Redirs {
						if r.Op == ast.RedirOut && r.Word != nil {
							locks(c, p.Expand(r.Word))
						}
					}
				}
			}
		},
	}
}

func isLock(name string) bool {
	return strings.HasPrefix(name, "/var/lock/") || strings.HasPrefix(name, "/run/lock/") || strings.HasSuffix(name, ".lock") || strings.HasSuffix(name, "/lock")
}
