package rules

import (
	"strings"

	"sysv/lint"
	"sysv/lsb"
	"sysv/script"
)

func sv1030() *lint.Rule {
	return &lint.Rule{
		ID: "SV1030", Name: "ignored-file-name", Severity: lint.Warning, Since: "0.2",
		Title: "the script's name is one that is passed over",
		Text: `insserv, update-rc.d and chkconfig pass over names of copies and of editors'
files; a dot elsewhere than in ".sh" is refused by others, and names no
service for "Required-Start". Letters, digits, "-" and "_" are read by all.`,
		Like: []string{"rpmlint init-script-name-with-dot", "Buildroot check-package NotStartingWithS"},
		Path: "/etc/init.d/example.old",
		Bad:  header("Provides: example"),
		Good: "#!/bin/sh\n: of a file by this name nothing is asked without actions or a header\n",
		Any:  true,
		Run: func(p *lint.Pass) {
			name := script.Base(p.Path)
			if p.Path == "-" || len(p.Actions) == 0 && !p.Header.Found() {
				return
			}
			if dir := strings.TrimSuffix(p.Path, name); !strings.HasSuffix(dir, "init.d/") {
				return
			}
			if why := lsb.Ignored(name, nil); why != "" {
				switch name {
				case "rc", "rcS", "skeleton":
					return
				}
				p.ReportLine(0, "insserv passes over %q: %s", name, why)
				return
			}
			if strings.Contains(strings.TrimSuffix(name, ".sh"), ".") && name != "rc.local" {
				p.ReportLine(0, "%q has a dot in it, which programs that look for services do not take", name).Severity = lint.Info
			}
		},
	}
}
