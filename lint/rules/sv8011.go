package rules

import (
	"sysv/lint"
	"sysv/script"
)

func sv8011() *lint.Rule {
	return &lint.Rule{
		ID: "SV8011", Name: "which", Severity: lint.Info, Since: "0.2",
		Title: "which instead of command -v",
		Text:  "which is a program of its own that may not be installed, prints other things on\nother systems, and on some has no exit status. `command -v` is the shell's.",
		Like:  []string{"ShellCheck SC2230", "lintian maintainer-script-calls-which"},
		Bad:   "DAEMON=$(which exampled)\n",
		Good:  "DAEMON=$(command -v exampled)\n",
		Run: func(p *lint.Pass) {
			p.EachCall(func(c *script.Call) {
				f := p.ReportWord(c.Words[0], "which may not be there: the shell has command -v")
				if at := c.Words[0].At; at.Known() && len(c.Args) == 1 && len(c.Wrappers) == 0 && c.Arg(0) != "" && c.Arg(0)[0] != '-' {
					f.Replace("write command -v", int(at.Pos), int(at.End), "command -v")
				}
			}, "which")
		},
	}
}
