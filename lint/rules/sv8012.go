package rules

import (
	"sysv/lint"
	"sysv/script"
)

func sv8012() *lint.Rule {
	return &lint.Rule{
		ID: "SV8012", Name: "test-and-or", Severity: lint.Style, Since: "0.2",
		Title: "-a or -o between the conditions of one test",
		Text:  "What `[ \"$a\" = x -a \"$b\" = y ]` means depends on the values: a variable that is `(` or `!`\nchanges it. POSIX calls it obsolescent. Write two tests and && or ||.",
		Like:  []string{"ShellCheck SC2166"},
		Bad:   "[ -f /etc/exampled.conf -a -x \"$DAEMON\" ] || exit 5\n",
		Good:  "[ -f /etc/exampled.conf ] && [ -x \"$DAEMON\" ] || exit 5\n",
		Run: func(p *lint.Pass) {
			p.EachCall(func(c *script.Call) {
				for i := 1; i < len(c.Args)-1; i++ {
					if lit, ok := c.Word(i).Lit(); ok && (lit == "-a" || lit == "-o") && i+1 < len(c.Args) && c.Args[i+1] != "]" {
						p.ReportWord(c.Word(i), "%s in test: write two tests", lit)
						return
					}
				}
			}, "[", "test")
		},
	}
}
