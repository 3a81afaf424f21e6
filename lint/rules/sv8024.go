package rules

import (
	"strings"

	"sysv/interp/ast"
	"sysv/lint"
	"sysv/script"
)

func sv8024() *lint.Rule {
	return &lint.Rule{
		ID: "SV8024", Name: "name-of-the-link", Severity: lint.Warning, Since: "0.2",
		Title: "the service's name is taken from $0, which is a link's at boot",
		Text:  "init calls /etc/rc2.d/S20NAME: `basename \"$0\"` is S20NAME then, and NAME only by hand. A\npid file or a configuration by that name is another one at boot. Write the name, or take\n`S[0-9][0-9]` off.",
		Bad:   "NAME=$(basename \"$0\")\nexampled --pidfile /run/$NAME.pid\n",
		Good:  "NAME=exampled\nexampled --pidfile /run/$NAME.pid\n",
		Run: func(p *lint.Pass) {
			for _, a := range p.Assignments {
				if a.Value == nil || a.In != nil || !fromOwnName(a.Value) || stripped(p) {
					continue
				}
				if use := pathUse(p, a.Name); use != nil {
					f := p.ReportWord(a.Value, "$%s is the name of the link that init calls (S20…) at boot", a.Name)
					if use.At.Known() {
						f.Step(p.Position(int(use.At.Pos)), "%s is another file then", clip(p.Text(use.At)))
					}
				}
			}
		},
	}
}

// fromOwnName says that a word is $(basename "$0") or ${0##*/}.
func fromOwnName(w *ast.Word) bool {
	if len(w.Parts) != 1 {
		return false
	}
	switch x := w.Parts[0].(type) {
	case *ast.Param:
		return x.Name == "0" && x.Op == ast.ParamTrimPrefixMax
	case *ast.CmdSubst:
		c, ok := x.Body.(*ast.Simple)
		if !ok || len(c.Args) < 2 {
			return false
		}
		name, _ := c.Args[0].Lit()
		return script.Base(name) == "basename" && len(c.Args[1].Parts) == 1 && paramName(c.Args[1].Parts[0]) == "0"
	}
	return false
}

// stripped says that the script takes the S20 off, somewhere.
func stripped(p *lint.Pass) bool {
	text := string(p.Source)
	return strings.Contains(text, "[SK]") || strings.Contains(text, "S[0-9]") || strings.Contains(text, "S??") || strings.Contains(text, "[KS]") || strings.Contains(text, "readlink")
}

// pathUse is a word with a path in which a variable stands.
func pathUse(p *lint.Pass, name string) *ast.Word {
	var found *ast.Word
	p.Inspect(func(n any) bool {
		w, ok := n.(*ast.Word)
		if !ok || found != nil || len(w.Parts) < 2 {
			return found == nil
		}
		first, ok := w.Parts[0].(*ast.Lit)
		if !ok || !strings.HasPrefix(first.Text, "/") || !strings.HasSuffix(first.Text, "/") && !strings.HasPrefix(first.Text, "/etc") && !strings.HasPrefix(first.Text, "/run") && !strings.HasPrefix(first.Text, "/var") {
			return true
		}
		for _, part := range w.Parts[1:] {
			if paramName(part) == name {
				found = w
			}
		}
		return true
	})
	return found
}
