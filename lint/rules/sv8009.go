package rules

import (
	"strconv"

	"sysv/lint"
	"sysv/script"
)

func sv8009() *lint.Rule {
	return &lint.Rule{
		ID: "SV8009", Name: "bad-exit-number", Severity: lint.Error, Since: "0.2",
		Title: "exit or return with a number that is none of 0 to 255",
		Text:  "For dash `exit -1` is \"Illegal number: -1\", and the script ends with status 2; bash\nmakes 255 of it. More than 255 is taken modulo 256: 256 is success.",
		Like:  []string{"ShellCheck SC2242 SC2151", "checkbashisms"},
		Bad:   "exampled || exit -1\n",
		Good:  "exampled || exit 1\n",
		Run: func(p *lint.Pass) {
			p.EachCall(func(c *script.Call) {
				if len(c.Args) == 0 || c.Substituted() {
					return
				}
				w := c.Word(0)
				text, ok := w.Lit()
				n, err := strconv.Atoi(text)
				if !ok || err != nil {
					return
				}
				switch {
				case n < 0 && forSh(p):
					p.ReportCall(c, "%s takes %s for an error, and leaves with 2", whose(p, false), text).Severity = bashism(p, false)
				case n < 0:
					p.ReportCall(c, "%s %s is %d", c.Name, text, n&255).Severity = lint.Info
				case n > 255:
					p.ReportCall(c, "%s %s is %d", c.Name, text, n&255)
				}
			}, "exit", "return")
		},
	}
}
