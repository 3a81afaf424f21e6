package rules

import (
	"strings"

	"sysv/lint"
	"sysv/script"
)

func sv2006() *lint.Rule {
	return &lint.Rule{
		ID: "SV2006", Name: "link-again", Severity: lint.Warning, Since: "0.2",
		Title: "ln -s fails if the link is there, or makes one inside its target",
		Text: `At the second start the link is there: ln -s fails, and if it leads to a directory
a second link is made inside that. Use ` + "`ln -sfn`" + `.`,
		Bad:  "ln -s /run/example.pid /run/sendsigs.omit.d/example.pid",
		Good: "ln -sfn /run/example.pid /run/sendsigs.omit.d/example.pid",
		Run: func(p *lint.Pass) {
			gone := undone(p, "rm", "unlink")
			again(p, func(c *script.Call) (string, string) {
				names := operands(c, "tS")
				if c.HasFlag('f') || c.Has("--force") || len(names) < 2 || !c.HasFlag('s') && !c.Has("--symbolic") {
					return "", ""
				}
				name := names[len(names)-1]
				if gone[strings.TrimRight(name, "/")] {
					return "", ""
				}
				return name, "ln -s fails if %q is there"
			}, func(c *script.Call, f *lint.Finding) {
				w := c.Word(0)
				if text, ok := w.Lit(); ok && text == "-s" && w.At.Known() {
					f.Replace("replace the link", int(w.At.Pos), int(w.At.End), "-sfn")
				}
			}, "ln")
		},
	}
}
