package rules

import (
	"strings"

	"sysv/interp/ast"
	"sysv/lint"
)

func sv8021() *lint.Rule {
	return &lint.Rule{
		ID: "SV8021", Name: "bash-arithmetic", Severity: lint.Error, Since: "0.2",
		Title: "++, -- or ** in arithmetic, in a script for sh",
		Text:  "For dash `$((i++))` is an error that ends the script: \"arithmetic expression: expecting\nprimary\". Write `i=$((i + 1))`.",
		Like:  []string{"ShellCheck SC3018 SC3019", "checkbashisms"},
		Bad:   "i=0\nwhile [ $i -lt 5 ]; do\n\tsleep 1\n\t: $((i++))\ndone\n",
		Good:  "i=0\nwhile [ $i -lt 5 ]; do\n\tsleep 1\n\ti=$((i + 1))\ndone\n",
		Run: func(p *lint.Pass) {
			if !forSh(p) {
				return
			}
			p.Inspect(func(n any) bool {
				a, ok := n.(*ast.Arith)
				if !ok || a.Expr == nil {
					return true
				}
				text := p.Expand(a.Expr)
				for _, op := range []string{"++", "--", "**"} {
					if strings.Contains(text, op) {
						line := a.Line
						if a.Expr.At.Known() {
							line = p.Position(int(a.Expr.At.Pos)).Line
						}
						p.ReportLine(line, "%s has no %s in $((%s))", whose(p, true), op, clip(text)).Severity = bashism(p, true)
						break
					}
				}
				return true
			})
		},
	}
}
