package rules

import (
	"strings"

	"sysv/interp/ast"
	"sysv/lint"
	"sysv/script"
)

func sv8004() *lint.Rule {
	return &lint.Rule{
		ID: "SV8004", Name: "bash-command", Severity: lint.Error, Since: "0.2",
		Title: "a command that only bash has, in a script for sh",
		Text: `"[[", "((", source, declare, let, pushd, function and the like are not found by
dash: the condition is false, the variable not set, the file not read. Write
"[", "$((…))", ".", a plain assignment, "cd", "name() {".`,
		Like: []string{"ShellCheck SC3010 SC3006 SC3046 SC3044", "checkbashisms"},
		Bad:  "if [[ -f /etc/default/exampled ]]; then\n\tsource /etc/default/exampled\nfi\n",
		Good: "if [ -f /etc/default/exampled ]; then\n\t. /etc/default/exampled\nfi\n",
		Run: func(p *lint.Pass) {
			if !forSh(p) {
				return
			}
			for _, c := range p.Calls {
				if c.Function != nil || len(c.Wrappers) > 0 {
					continue
				}
				name, ok := c.Words[0].Lit()
				if !ok {
					continue
				}
				instead, ash := bashCommand(name)
				if instead == "" || inBash(c) {
					continue
				}
				f := p.ReportWord(c.Words[0], "%s has no %q: %s", whose(p, ash), name, instead)
				f.Severity = bashism(p, ash)
				if name == "source" && c.Words[0].At.Known() {
					f.Replace("write .", int(c.Words[0].At.Pos), int(c.Words[0].At.End), ".")
				}
			}
			p.Inspect(func(n any) bool {
				switch n := n.(type) {
				case *ast.Subshell:
					if _, ok := n.Body.(*ast.Subshell); ok && strings.HasPrefix(p.Text(n.At), "((") && strings.HasSuffix(p.Text(n.At), "))") {
						p.Report(n.At, "%s has no ((…)): it runs %q as commands, in a subshell", whose(p, false), clip(p.Text(n.At))).Severity = bashism(p, false)
						return false
					}
				case *ast.Test:
					p.ReportLine(n.Line, "%s has no [[: write [", whose(p, true)).Severity = bashism(p, true)
				case *ast.ArithCmd:
					p.ReportLine(n.Line, "%s has no ((…)): write : $((…))", whose(p, false)).Severity = bashism(p, false)
				}
				return true
			})
		},
	}
}

// inBash says that a condition around a command asks for bash.
func inBash(c *script.Call) bool {
	for _, g := range c.Guards() {
		found := false
		script.Inspect(g.Cond, func(n any) bool {
			if p, ok := n.(*ast.Param); ok && strings.HasPrefix(p.Name, "BASH") {
				found = true
			}
			return !found
		})
		if found {
			return true
		}
	}
	return false
}

// bashCommand is what to write for a command of bash's; ash says that
// BusyBox's shell has it.
func bashCommand(name string) (instead string, ash bool) {
	switch name {
	case "[[":
		return "write [", true
	case "source":
		return "write .", true
	case "function":
		return "write name() {", true
	case "declare", "typeset":
		return "assign plainly, or write local in a function", false
	case "let":
		return "write x=$((…))", true
	case "shopt":
		return "it is an option of bash's", false
	case "pushd", "popd", "dirs":
		return "write cd, in a subshell", false
	case "disown":
		return "start with setsid or nohup", false
	case "mapfile", "readarray":
		return "read in a loop", false
	case "builtin", "caller", "compgen", "complete", "enable", "logout", "suspend", "coproc":
		return "it is bash's alone", false
	}
	return "", false
}
