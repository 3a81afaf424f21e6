package lint

import (
	"context"

	"sysv/lint"
	"sysv/lint/acted"
	"sysv/script"
)

// rehearse joins the rehearsal to the linter, unless the command line or the
// configuration says never; it says whether scripts are rehearsed.
func (c *command) rehearse(o *lint.Options) bool {
	if c.o.rehearse == "never" {
		return false
	}
	o.Rehearse = func(ctx context.Context, s *script.Script, root string) ([]lint.Finding, error) {
		if c.o.rehearse == "" && c.configFor(s.Path).Rehearse == "never" {
			return nil, nil
		}
		return acted.Findings(ctx, s, root, c.rules)
	}
	return true
}

func verifier() func(context.Context, *script.Script, *script.Script, string, *lint.Finding) (bool, string) {
	return acted.Verify
}
