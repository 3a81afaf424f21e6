package rules

import (
	"sysv/interp/ast"
	"sysv/lint"
)

func sv8007() *lint.Rule {
	return &lint.Rule{
		ID: "SV8007", Name: "bash-variable", Severity: lint.Warning, Since: "0.2",
		Title: "a variable that only bash sets, in a script for sh",
		Text:  "$UID, $EUID, $RANDOM, $HOSTNAME, $SECONDS and $PIPESTATUS are empty in dash: `[ $UID\n-eq 0 ]` is an error there. Write `$(id -u)`, `$(hostname)` and so on. With a default\n(`${UID:-}`) it is meant so.",
		Like:  []string{"ShellCheck SC3028", "checkbashisms"},
		Bad:   "[ $EUID -eq 0 ] || exit 4\n",
		Good:  "[ \"$(id -u)\" -eq 0 ] || exit 4\n",
		Run: func(p *lint.Pass) {
			if !forSh(p) {
				return
			}
			p.Inspect(func(n any) bool {
				x, ok := n.(*ast.Param)
				if !ok || x.Op == ast.ParamDefault || x.Op == ast.ParamAlt || x.Op == ast.ParamAssign || p.Assigned(x.Name) {
					return true
				}
				if instead := bashVariable(x.Name); instead != "" {
					f := reportSpan(p, x.At, x.Line, "$%s is empty in %s: write %s", x.Name, whose(p, false), instead)
					f.Severity = min(bashism(p, false), lint.Warning)
				}
				return true
			})
		},
	}
}

func bashVariable(name string) string {
	switch name {
	case "UID", "EUID":
		return "$(id -u)"
	case "RANDOM":
		return "what od reads of /dev/urandom"
	case "HOSTNAME":
		return "$(hostname)"
	case "HOSTTYPE", "MACHTYPE":
		return "$(uname -m)"
	case "OSTYPE":
		return "$(uname -s)"
	case "SECONDS":
		return "$(date +%s)"
	case "GROUPS":
		return "$(id -G)"
	case "BASH_SOURCE":
		return "$0"
	case "PIPESTATUS", "FUNCNAME", "DIRSTACK":
		return "it otherwise"
	}
	return ""
}
