package rules

import (
	"strings"

	"sysv/interp/ast"
	"sysv/lint"
)

func sv8005() *lint.Rule {
	return &lint.Rule{
		ID: "SV8005", Name: "bash-expansion", Severity: lint.Error, Since: "0.2",
		Title: "an expansion that only bash has, in a script for sh",
		Text:  "`${x/a/b}`, `${x:1:2}`, `${!x}`, `${x[0]}` end a script of dash's with \"Bad\nsubstitution\"; `$(<file)` is empty, `{1..3}` and `$'\\n'` are text. Use sed, cut, a\ncase, cat or printf.",
		Like:  []string{"ShellCheck SC3053 SC3054 SC3057 SC3060 SC3009 SC3003", "checkbashisms"},
		Bad:   "NAME=example\necho \"${NAME:0:3} ${NAME/a/b}\"\n",
		Good:  "NAME=example\necho \"${NAME%e} ${NAME:-none}\"\n",
		Run: func(p *lint.Pass) {
			if !forSh(p) {
				return
			}
			p.Inspect(func(n any) bool {
				switch n := n.(type) {
				case *ast.Simple:
					for _, w := range n.Args {
						p8005word(p, w)
					}
				case *ast.For:
					for _, w := range n.Words {
						p8005word(p, w)
					}
				case *ast.Param:
					bashParam(p, n)
				case *ast.CmdSubst:
					if x, ok := n.Body.(*ast.Simple); ok && len(x.Args) == 0 && len(x.Assigns) == 0 && len(x.Redirs) == 1 && x.Redirs[0].Op == ast.RedirIn {
						reportSpan(p, n.At, n.Line, "$(<file) is empty in %s: write $(cat file)", whose(p, true)).Severity = bashism(p, true)
					}
				}
				return true
			})
		},
	}
}

func reportSpan(p *lint.Pass, at ast.Span, line int, format string, args ...any) *lint.Finding {
	if at.Known() {
		return p.Report(at, format, args...)
	}
	return p.ReportLine(line, format, args...)
}

// bashParam looks at one ${…}.
func bashParam(p *lint.Pass, x *ast.Param) {
	text := p.Text(x.At)
	bad := x.Bad
	if bad == "" && (x.Op == ast.ParamSlice || x.Op == ast.ParamReplace || x.Op >= ast.ParamUpper || x.Index != nil || x.IndexAll != 0 || x.Indirect || x.Names != 0 || x.Keys) {
		bad = text
		if bad == "" {
			bad = "${" + x.Name + "…}"
		}
	}
	// dash's reading of ${x:0:1} is ${x:} and a text.
	if bad == "" && x.Op == ast.ParamNone && x.Colon {
		bad = text
	}
	if bad == "" {
		return
	}
	ash := !strings.Contains(bad, "[") && !strings.HasPrefix(bad, "${!")
	reportSpan(p, x.At, x.Line, "%s refuses %q as a bad substitution", whose(p, ash), clip(bad)).Severity = bashism(p, ash)
}

// p8005word looks for braces and $'…' in one word.
func p8005word(p *lint.Pass, w *ast.Word) {
	for i, part := range w.Parts {
		lit, ok := part.(*ast.Lit)
		if !ok || lit.Quoted {
			continue
		}
		if hasBraces(lit.Text) {
			p.ReportWord(w, "%s does not expand the braces in %q", whose(p, false), clip(p.Text(w.At))).Severity = bashism(p, false)
		}
		if strings.HasSuffix(lit.Text, "$") && i+1 < len(w.Parts) {
			text := p.Text(w.At)
			if next, ok := w.Parts[i+1].(*ast.Lit); ok && next.Quoted && strings.Contains(text, "$'"+next.Text) && !strings.Contains(text, "'"+lit.Text) {
				p.ReportWord(w, "%s takes the $ of %q for text", whose(p, true), clip(text)).Severity = bashism(p, true)
			}
		}
	}
}

// hasBraces says that a text has {a,b} or {1..3} in it.
func hasBraces(s string) bool {
	for {
		i := strings.IndexByte(s, '{')
		if i < 0 {
			return false
		}
		j := strings.IndexByte(s[i:], '}')
		if j < 0 {
			return false
		}
		inner := s[i+1 : i+j]
		if strings.Contains(inner, "..") || strings.Contains(inner, ",") {
			return true
		}
		s = s[i+1:]
	}
}
