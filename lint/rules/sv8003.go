package rules

import (
	"sysv/lint"
	"sysv/script"
)

func sv8003() *lint.Rule {
	return &lint.Rule{
		ID: "SV8003", Name: "double-equals", Severity: lint.Error, Since: "0.2",
		Title: "== in test, which only bash has",
		Text:  "For dash `[ \"$x\" == y ]` is an error: it prints \"unexpected operator\" and is false,\nwhatever x is. `=` is the same everywhere.",
		Like:  []string{"ShellCheck SC3014", "checkbashisms"},
		Bad:   "if [ \"$ENABLED\" == yes ]; then\n\texampled\nfi\n",
		Good:  "if [ \"$ENABLED\" = yes ]; then\n\texampled\nfi\n",
		Run: func(p *lint.Pass) {
			if !forSh(p) {
				return
			}
			p.EachCall(func(c *script.Call) {
				for i, a := range c.Args {
					w := c.Word(i)
					if lit, ok := w.Lit(); !ok || lit != "==" || a != "==" {
						continue
					}
					f := p.ReportWord(w, "%s has no == in test, and takes it for an error", whose(p, true))
					f.Severity = bashism(p, true)
					if w.At.Known() {
						f.Replace("write =", int(w.At.Pos), int(w.At.End), "=")
					}
				}
			}, "[", "test")
		},
	}
}
