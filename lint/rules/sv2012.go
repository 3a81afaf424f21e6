package rules

import (
	"strings"

	"sysv/lint"
	"sysv/script"
)

func sv2012() *lint.Rule {
	return &lint.Rule{
		ID: "SV2012", Name: "module-options", Severity: lint.Info, Since: "0.2",
		Title: "a module's options are given to modprobe, or insmod is used",
		Text: `If the module is loaded already, modprobe does nothing, and says nothing: the
options are not in force. Put them into a file of /etc/modprobe.d. insmod fails
if the module is loaded.`,
		Bad:  "modprobe dummy numdummies=2",
		Good: "modprobe dummy",
		Run: func(p *lint.Pass) {
			removed := map[string]bool{}
			p.EachCall(func(c *script.Call) {
				names := operands(c, "CdS")
				if c.Name == "rmmod" || c.HasFlag('r') || c.Has("--remove") {
					if !c.RunsOnlyIn(p.Script, "stop") {
						for _, n := range names {
							removed[n] = true
						}
					}
					return
				}
				if len(names) == 0 || !starts(p, c) || removed[names[0]] || asksFor(p, c, names[0], "/proc/modules", "lsmod") {
					return
				}
				if c.Name == "insmod" {
					if !rescued(c) {
						p.ReportCall(c, "insmod fails if %q is loaded already", names[0])
					}
					return
				}
				for _, n := range names[1:] {
					if strings.Contains(n, "=") && !c.HasFlag('a') {
						p.ReportCall(c, "the option %q does nothing if %q is loaded already", n, names[0])
						return
					}
				}
			}, "modprobe", "insmod", "rmmod")
		},
	}
}
