package rules

import (
	"sysv/lint"
	"sysv/lsb"
	"sysv/script"
)

func sv1001() *lint.Rule {
	return &lint.Rule{
		ID: "SV1001", Name: "missing-header", Severity: lint.Warning, Since: "0.2",
		Title: "the script has no LSB header",
		Text: `Without the block between ` + "`### BEGIN INIT INFO` and `### END INIT INFO`" + `
nothing says when the script is to run. insserv warns and takes its runlevels for
empty: it is not started, or, if it has links from before, in an order that is
guessed from them. Other scripts that need it cannot name it, and one such script
is enough for insserv to refuse the header of somebody else's.

Scripts of OpenWrt and Buildroot, whose order is in their names, and scripts
with a ` + "`# chkconfig:`" + ` line need none.`,
		Like: []string{"lintian init.d-script-missing-lsb-section", "rpmlint no-chkconfig-line"},
		Bad:  "#!/bin/sh\ncase \"$1\" in\nstart) /usr/sbin/exampled ;;\nstop) killall exampled ;;\nesac\n",
		Good: "#!/bin/sh\n### BEGIN INIT INFO\n# Provides:          example\n# Required-Start:    $remote_fs\n# Required-Stop:     $remote_fs\n# Default-Start:     2 3 4 5\n# Default-Stop:      0 1 6\n# Short-Description: Example daemon\n### END INIT INFO\ncase \"$1\" in\nstart) /usr/sbin/exampled ;;\nstop) killall exampled ;;\nesac\n",
		Any:  true,
		Run: func(p *lint.Pass) {
			if p.Header.Begin != 0 || p.Dialect == script.OpenWrt || p.Dialect == script.Buildroot || p.Dialect == script.OpenRC {
				return
			}
			if p.Chkconfig.Get(lsb.ChkconfigLine) != nil {
				return
			}
			// A file of functions, or one that is sourced at boot, is no
			// service; a script has an interpreter or actions.
			if p.Interpreter == "" && len(p.Actions) == 0 {
				return
			}
			p.ReportLine(1, "no \"### BEGIN INIT INFO\": nothing says when the script is to run")
		},
	}
}
