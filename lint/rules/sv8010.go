package rules

import (
	"strings"

	"sysv/interp/ast"
	"sysv/lint"
	"sysv/script"
)

func sv8010() *lint.Rule {
	return &lint.Rule{
		ID: "SV8010", Name: "echo-not-portable", Severity: lint.Info, Since: "0.2",
		Title: "echo with -e, or with backslashes that shells read differently",
		Text:  "dash prints the -e of `echo -e`, and acts on backslashes without it; bash is the other\nway round. `printf` is the same everywhere.",
		Like:  []string{"ShellCheck SC3037 SC2028", "checkbashisms"},
		Bad:   "echo -e \"Starting\\t[ OK ]\"\n",
		Good:  "printf 'Starting\\t[ OK ]\\n'\n",
		Run: func(p *lint.Pass) {
			p.EachCall(func(c *script.Call) {
				if strings.Contains(c.Path, "/") || len(c.Args) == 0 {
					return
				}
				if a := c.Arg(0); len(a) > 1 && a[0] == '-' && strings.Trim(a[1:], "neE") == "" && strings.ContainsAny(a, "eE") {
					if forSh(p) && bashism(p, true) > lint.Info {
						p.ReportWord(c.Word(0), "%s prints %q as text: use printf", whose(p, false), a)
					}
					return
				}
				for i := range c.Args {
					if escape := escapeIn(c.Word(i)); escape != "" {
						p.ReportWord(c.Word(i), "shells differ in what echo makes of %s: use printf", escape)
						return
					}
				}
			}, "echo")
		},
	}
}

// escapeIn is a backslash sequence that stays in a word after quotes are
// removed, "" if there is none.
func escapeIn(w *ast.Word) string {
	for _, part := range w.Parts {
		lit, ok := part.(*ast.Lit)
		if !ok || !lit.Quoted {
			continue
		}
		for i := 0; i+1 < len(lit.Text); i++ {
			if lit.Text[i] == '\\' && strings.IndexByte("abcefnrtv0", lit.Text[i+1]) >= 0 {
				return lit.Text[i : i+2]
			}
		}
	}
	return ""
}
