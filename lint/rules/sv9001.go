package rules

import (
	"strings"

	"sysv/lint"
	"sysv/script"
)

func sv9001() *lint.Rule {
	return &lint.Rule{
		ID: "SV9001", Name: "runlevel-command", Severity: lint.Warning, Since: "0.2",
		Title: "the script asks for the runlevel, or changes it",
		Text:  "systemd 258 took `runlevel`, `telinit` and the runlevels away, Upstart's `initctl` is gone\nsince 2015, and supervisors such as runit and s6 have no runlevels. What the script\ndecides by them has to be decided otherwise.",
		Bad:   "if [ \"$(runlevel | cut -d' ' -f2)\" = 1 ]; then exit 0; fi\n",
		Good:  "[ -e /etc/exampled.disabled ] && exit 0\n",
		Run: func(p *lint.Pass) {
			p.EachCall(func(c *script.Call) {
				if c.Name == "init" && (len(c.Args) != 1 || len(c.Args[0]) != 1 || strings.Contains(c.Path, "init.d")) {
					return
				}
				if c.Name == "who" && !c.Has("-r") {
					return
				}
				f := p.ReportCall(c, "%s is about runlevels, which not every init has", clip(strings.TrimSpace(c.Name+" "+strings.Join(c.Args, " "))))
				for _, g := range c.Guards() {
					// The script looks first whether there is such a program.
					if mentions(p, g.Cond, c.Name) {
						f.Severity = lint.Info
					}
				}
			}, "runlevel", "telinit", "initctl", "init", "who")
			for _, name := range []string{"RUNLEVEL", "PREVLEVEL"} {
				if !p.Assigned(name) {
					reportVariable(p, name)
				}
			}
		},
	}
}
