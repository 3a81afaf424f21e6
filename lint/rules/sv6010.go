package rules

import (
	"strings"

	"sysv/interp/ast"
	"sysv/lint"
	"sysv/script"
)

func sv6010() *lint.Rule {
	return &lint.Rule{
		ID: "SV6010", Name: "unsafe-rm", Severity: lint.Warning, Since: "0.2",
		Title: "rm -r of an expansion that may be empty or have blanks in it",
		Text: `` + "`rm -rf $DIR/*`" + ` with an empty DIR is ` + "`rm -rf /*`" + `, and with a blank in it two other
directories. Quote it, and let the shell refuse an empty one: ` + "`\"${DIR:?}\"`" + `.`,
		Bad:  "rm -rf $STATEDIR/*",
		Good: "rm -rf \"${STATEDIR:?}\"/*",
		Run: func(p *lint.Pass) {
			made := temporaries(p)
			p.EachCall(func(c *script.Call) {
				if !c.HasFlag('r') && !c.HasFlag('R') && !c.Has("--recursive") {
					return
				}
				for i, w := range c.Words[1:] {
					for j, part := range w.Parts {
						x, ok := part.(*ast.Param)
						if !ok || x.Op == ast.ParamError {
							continue
						}
						if _, constant := p.Constant(w); constant || anyOf(made, w) {
							continue
						}
						if _, constant := p.Variable(x.Name); constant {
							continue
						}
						// A loop's word comes from a pattern or a list.
						if !x.Quoted {
							p.ReportWord(w, "rm -r of %q, unquoted: it may be empty or have blanks in it", c.Arg(i))
							break
						}
						if j == 0 && len(w.Parts) > 1 && !p.Assigned(x.Name) && slash(w.Parts[1]) {
							p.ReportWord(w, "rm -r of %q is that of / if $%s is empty", c.Arg(i), x.Name)
							break
						}
					}
				}
			}, "rm")
		},
	}
}

func slash(part ast.Part) bool {
	x, ok := part.(*ast.Lit)
	return ok && strings.HasPrefix(x.Text, "/")
}
