package rules

import (
	"sysv/interp/ast"
	"sysv/lint"
)

func sv9008() *lint.Rule {
	return &lint.Rule{
		ID: "SV9008", Name: "further-arguments", Severity: lint.Info, Since: "0.2",
		Title: "the script reads arguments behind the action",
		Text:  "`systemctl start NAME` passes none, nor does init at boot: what the script does with\nthem can be had by hand only. Instances are units of a template (NAME@one.service).",
		Bad:   "INSTANCE=\"$2\"\nexampled --instance \"$INSTANCE\"\n",
		Good:  "exampled\n",
		Run: func(p *lint.Pass) {
			told := false
			p.Inspect(func(n any) bool {
				switch n := n.(type) {
				case *ast.FuncDecl:
					// A function's parameters are its own.
					return false
				case *ast.Param:
					if !told && (n.Name == "2" || n.Name == "3") {
						told = true
						reportSpan(p, n.At, n.Line, "$%s is an argument behind the action, which only a caller by hand can give", n.Name)
					}
				}
				return true
			})
		},
	}
}
