package rules

import (
	"slices"

	"sysv/interp/ast"
	"sysv/lint"
)

func sv4014() *lint.Rule {
	return &lint.Rule{
		ID: "SV4014", Name: "set-e-before-status", Severity: lint.Warning, Since: "0.2",
		Title: "set -e ends the script before the status is looked at",
		Text: `With ` + "`set -e`" + ` a command that fails ends the script, and the ` + "`$?`" + ` behind it is
never anything but 0: no message, no cleaning up, and an exit code that is the
command's. Test the command itself: ` + "`if cmd; then … else …`" + `.`,
		Bad:  "#!/bin/sh\nset -e\nDAEMON=/usr/sbin/exampled\n. /lib/lsb/init-functions\n" + dispatch("start", "start-stop-daemon --start --oknodo --exec \"$DAEMON\"\n\tlog_end_msg $?"),
		Good: "#!/bin/sh\nset -e\nDAEMON=/usr/sbin/exampled\n. /lib/lsb/init-functions\n" + dispatch("start", "if start-stop-daemon --start --oknodo --exec \"$DAEMON\"; then\n\t\tlog_end_msg 0\n\telse\n\t\tlog_end_msg 1\n\tfi"),
		Run: func(p *lint.Pass) {
			if !setsErrexit(p) {
				return
			}
			next := followers(p)
			for _, c := range p.Calls {
				if !startsOrStops(p, c) || !errexit(p, c) {
					continue
				}
				if n := next[statement(c)]; n != nil && looksAtStatus(n) {
					p.ReportCall(c, "set -e ends the script here if this fails: the $? behind it is always 0")
				}
			}
		},
	}
}

// looksAtStatus says that the first thing that a command does is to look at $?.
func looksAtStatus(cmd ast.Command) bool {
	switch x := cmd.(type) {
	case *ast.Simple:
		for _, a := range x.Assigns {
			if a.Value != nil && readsStatus(a.Value) {
				return true
			}
		}
		return slices.ContainsFunc(x.Args, readsStatus)
	case *ast.If:
		return looksAtStatus(x.Cond)
	case *ast.AndOr:
		return looksAtStatus(x.Left)
	case *ast.Case:
		return readsStatus(x.Word)
	}
	return false
}
