package rules

import (
	"sysv/lint"
	"sysv/script"
)

func sv4015() *lint.Rule {
	return &lint.Rule{
		ID: "SV4015", Name: "set-e-with-functions", Severity: lint.Info, Since: "0.2",
		Title: "functions that return a status are called with set -e in force",
		Text: `The functions of /lib/lsb/init-functions and its like are not written for ` + "`set -e`" + `:
status_of_proc, pidofproc and log_end_msg return what is no failure of the script's,
which ends there. Debian's Policy (9.3.2) warns of it.`,
		Bad:  "#!/bin/sh\nset -e\n. /lib/lsb/init-functions\n" + dispatch("status", "status_of_proc /usr/sbin/exampled exampled\n\techo asked"),
		Good: "#!/bin/sh\nset -e\n. /lib/lsb/init-functions\n" + dispatch("status", "status_of_proc /usr/sbin/exampled exampled && exit 0 || exit $?"),
		Run: func(p *lint.Pass) {
			if !setsErrexit(p) {
				return
			}
			next := followers(p)
			p.EachCall(func(c *script.Call) {
				if next[statement(c)] != nil && errexit(p, c) && !c.Substituted() {
					p.ReportCall(c, "%s returns what is no failure, but set -e ends the script here", c.Name)
				}
			}, "status_of_proc", "pidofproc", "killproc", "rc_status", "checkproc")
		},
	}
}
