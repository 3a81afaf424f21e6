package rules

import (
	"path"
	"strings"

	"sysv/lint"
)

func sv6005() *lint.Rule {
	return &lint.Rule{
		ID: "SV6005", Name: "sources-foreign-file", Severity: lint.Warning, Since: "0.2",
		Title: "a file is sourced that others than root can write, or that is looked for",
		Text: `What is sourced is run, as root. A file in /tmp, in a home, in a directory of the
service's user, or one by a relative name, lets somebody else than root say what.`,
		Bad:  "#!/bin/sh\nchown example /var/lib/example\n. /var/lib/example/settings\n" + dispatch(),
		Good: "#!/bin/sh\n[ -r /etc/default/example ] && . /etc/default/example\n" + dispatch(),
		Run: func(p *lint.Pass) {
			own := owners(p)
			for _, src := range p.Sources {
				name := src.Path
				switch {
				case shared(name) || strings.HasPrefix(name, "/home/") || strings.HasPrefix(name, "$HOME") || strings.HasPrefix(name, "~"):
					p.ReportCall(src.Call, "sources %q, which others than root can write", name)
				case name == "$0" || strings.HasPrefix(name, "$"):
				case !strings.HasPrefix(name, "/") && src.Known:
					p.ReportCall(src.Call, "sources %q by a relative name: it depends on the directory and on PATH", name)
				default:
					for d := path.Dir(name); len(d) > 1; d = path.Dir(d) {
						if user := own[d]; user != "" {
							p.ReportCall(src.Call, "sources %q, which %q can write", name, user)
							break
						}
					}
				}
			}
		},
	}
}
