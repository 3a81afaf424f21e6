package rules

import (
	"strings"

	"sysv/interp/ast"
	"sysv/lint"
)

func sv8020() *lint.Rule {
	return &lint.Rule{
		ID: "SV8020", Name: "needs-environment", Severity: lint.Warning, Since: "0.2",
		Title: "the script uses a variable that is not set at boot",
		Text:  "init, `service` and systemd call a script with PATH, and at most TERM and the locale.\n$HOME, $USER, $LOGNAME, $SHELL and `~` are those of whoever typed the command, or empty:\na start by hand and one at boot differ. Set them in the script, or use `getent`.",
		Bad:   "exampled --config \"$HOME/.exampled\"\n",
		Good:  "HOME=/var/lib/exampled\nexport HOME\nexampled --config \"$HOME/.exampled\"\n",
		Run: func(p *lint.Pass) {
			seen := map[string]bool{}
			p.Inspect(func(n any) bool {
				switch n := n.(type) {
				case *ast.Param:
					if n.Op == ast.ParamDefault || n.Op == ast.ParamAlt || n.Op == ast.ParamAssign || n.Op == ast.ParamError || p.Assigned(n.Name) || seen[n.Name] {
						return true
					}
					if ofUser(n.Name) {
						seen[n.Name] = true
						reportSpan(p, n.At, n.Line, "$%s is not set when the script is called at boot", n.Name)
					}
				case *ast.Simple:
					for _, w := range n.Args {
						if lit, ok := firstLit(w); ok && (lit == "~" || strings.HasPrefix(lit, "~/")) && !p.Assigned("HOME") {
							p.ReportWord(w, "~ is $HOME, which is not set when the script is called at boot")
						}
					}
				}
				return true
			})
		},
	}
}

// firstLit is the unquoted text with which a word begins.
func firstLit(w *ast.Word) (string, bool) {
	if len(w.Parts) == 0 {
		return "", false
	}
	lit, ok := w.Parts[0].(*ast.Lit)
	if !ok || lit.Quoted {
		return "", false
	}
	return lit.Text, true
}

// ofUser tells the variables of a login.
func ofUser(name string) bool {
	switch name {
	case "HOME", "USER", "LOGNAME", "SHELL", "MAIL", "DISPLAY", "SUDO_USER", "XAUTHORITY", "SSH_AUTH_SOCK", "EDITOR":
		return true
	}
	return false
}
