package rules

import (
	"sysv/lint"
	"sysv/script"
)

func sv8019() *lint.Rule {
	return &lint.Rule{
		ID: "SV8019", Name: "unguarded-functions", Severity: lint.Style, Since: "0.2",
		Title: "the function library is sourced without a look whether it is there",
		Text: `On a system of another family, and in a small image, the file is not there, and
the script ends with status 2 before it does anything. A script that is meant for
one distribution, whose packages bring the file, is right as it is.`,
		Bad:  "#!/bin/sh\n" + header() + ". /lib/lsb/init-functions\ncase \"$1\" in start) log_success_msg ok ;; stop) ;; esac\n",
		Good: "#!/bin/sh\n" + header() + "if [ -r /lib/lsb/init-functions ]; then\n\t. /lib/lsb/init-functions\nfi\ncase \"$1\" in start) ;; stop) ;; esac\n",
		Run: func(p *lint.Pass) {
			for _, s := range p.Sources {
				if s.Guarded || !s.Known {
					continue
				}
				switch script.Base(s.Path) {
				case "init-functions", "functions", "rc.status", "vars.sh":
					p.ReportCall(s.Call, "%s is not on every system: test it first", s.Path)
				}
			}
		},
	}
}
