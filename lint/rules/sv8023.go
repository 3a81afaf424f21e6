package rules

import (
	"strings"

	"sysv/interp/ast"
	"sysv/lint"
)

func sv8023() *lint.Rule {
	return &lint.Rule{
		ID: "SV8023", Name: "typographic-quote", Severity: lint.Error, Since: "0.2",
		Title: "a typographic quote, dash or blank where the shell wants a plain one",
		Text:  "Text that was copied from a web page or a word processor has “ ” ‘ ’ – and blanks that\nthe shell takes for letters: nothing is quoted by them, and “–start” is no option.",
		Like:  []string{"ShellCheck SC1110 SC1111 SC1100 SC1018"},
		Bad:   "start-stop-daemon –-start --exec “$DAEMON”\n",
		Good:  "start-stop-daemon --start --exec \"$DAEMON\"\n",
		Run: func(p *lint.Pass) {
			p.Inspect(func(n any) bool {
				w, ok := n.(*ast.Word)
				if !ok {
					return true
				}
				for i, part := range w.Parts {
					lit, ok := part.(*ast.Lit)
					if !ok || lit.Quoted {
						continue
					}
					bad := ""
					for _, c := range []string{"“", "”", "\u00a0"} {
						if strings.Contains(lit.Text, c) {
							bad = c
						}
					}
					if i == 0 && bad == "" {
						for _, c := range []string{"‘", "’", "–", "—"} {
							if strings.HasPrefix(lit.Text, c) {
								bad = c
							}
						}
					}
					if bad != "" {
						p.ReportWord(w, "%q is a letter for the shell, no quote, dash or blank", bad)
						break
					}
				}
				return true
			})
		},
	}
}
