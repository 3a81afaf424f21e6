package rules

import (
	"strings"

	"sysv/interp/ast"
	"sysv/lint"
)

func sv8006() *lint.Rule {
	return &lint.Rule{
		ID: "SV8006", Name: "bash-redirection", Severity: lint.Error, Since: "0.2",
		Title: "a redirection that only bash has, in a script for sh",
		Text:  "For dash `cmd &>file` is `cmd &` and then `>file`: the command runs in the background,\nits status is lost, and its output goes to the terminal. `>&file` is an error. Write\n`>file 2>&1`.",
		Like:  []string{"ShellCheck SC3020", "checkbashisms"},
		Bad:   "pidof exampled &>/dev/null\n",
		Good:  "pidof exampled >/dev/null 2>&1\n",
		Run: func(p *lint.Pass) {
			if !forSh(p) {
				return
			}
			p.Inspect(func(n any) bool {
				switch n := n.(type) {
				case *ast.Simple:
					if len(n.Args) == 0 && len(n.Assigns) == 0 && len(n.Redirs) > 0 {
						ampersand(p, n.Redirs[0])
					}
				case *ast.Redir:
					bashRedirection(p, n)
				}
				return true
			})
		},
	}
}

// ampersand looks for an & right before a redirection that has no command.
func ampersand(p *lint.Pass, r *ast.Redir) {
	at := int(r.At.Pos)
	if !r.At.Known() || at < 2 || r.Word == nil || !r.Word.At.Known() || r.Op != ast.RedirOut && r.Op != ast.RedirAppend || p.Source[at-1] != '&' || p.Source[at-2] == '&' {
		return
	}
	span := ast.Span{Pos: r.At.Pos - 1, End: r.Word.At.End}
	f := p.Report(span, "for %s this is the command in the background, and an empty %s", whose(p, true), p.Text(r.Word.At))
	f.Severity = bashism(p, true)
	op := ">"
	if r.Op == ast.RedirAppend {
		op = ">>"
	}
	f.Replace("write "+op+"file 2>&1", at-1, int(r.Word.At.End), op+p.Text(r.Word.At)+" 2>&1")
}

func bashRedirection(p *lint.Pass, r *ast.Redir) {
	switch r.Op {
	case ast.RedirHereStr:
		reportSpan(p, r.At, r.Line, "%s has no <<<", whose(p, true)).Severity = bashism(p, true)
	case ast.RedirAll, ast.RedirAllAppd:
		reportSpan(p, r.At, r.Line, "%s has no &>: write >file 2>&1", whose(p, true)).Severity = bashism(p, true)
	case ast.RedirDupOut:
		if r.Word == nil {
			return
		}
		if text, ok := r.Word.Lit(); ok && text != "-" && text != "" && strings.Trim(text, "0123456789") != "" {
			reportSpan(p, r.At, r.Line, "%s wants a number behind >&: write >%s 2>&1", whose(p, true), text).Severity = bashism(p, true)
		}
	}
	if r.FdVar != "" {
		reportSpan(p, r.At, r.Line, "%s has no {%s}>", whose(p, false), r.FdVar).Severity = bashism(p, false)
	}
}
