package rules

import (
	"io/fs"

	"sysv/lint"
	"sysv/script"
)

func sv9010() *lint.Rule {
	return &lint.Rule{
		ID: "SV9010", Name: "no-init-functions", Severity: lint.Style, Since: "0.2",
		Title: "the script does not source /lib/lsb/init-functions",
		Text: `On Debian with systemd that file hands a call of /etc/init.d/NAME over to
systemctl; without it the script starts a daemon beside the unit's, of which
systemd knows nothing. Scripts for other systems do well without.`,
		Like: []string{"lintian init.d-script-does-not-source-init-functions"},
		Bad:  "#!/bin/sh\n" + header() + "case \"$1\" in start) exampled ;; stop) killall exampled ;; esac\n",
		Good: "#!/bin/sh\n" + header() + ". /lib/lsb/init-functions\ncase \"$1\" in start) exampled ;; stop) killall exampled ;; esac\n",
		Run: func(p *lint.Pass) {
			if p.Dialect != script.Plain || !p.Header.Found() || len(p.Actions) == 0 {
				return
			}
			for _, s := range p.Sources {
				if script.Base(s.Path) == "init-functions" {
					return
				}
			}
			if p.Root != nil {
				// A tree that has no such file is no Debian's.
				if _, err := fs.Stat(p.Root, "etc/debian_version"); err != nil {
					if _, err := fs.Stat(p.Root, "bin/sh"); err == nil {
						return
					}
				}
			}
			p.ReportLine(p.Header.End, "/lib/lsb/init-functions is not sourced: on Debian with systemd the script is run beside the unit")
		},
	}
}
