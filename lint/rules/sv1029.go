package rules

import (
	"sysv/lint"
	"sysv/lsb"
)

func sv1029() *lint.Rule {
	return &lint.Rule{
		ID: "SV1029", Name: "enabled-by-default", Severity: lint.Style, Since: "0.2",
		Title: "chkconfig --add enables the service",
		Text:  "Distributions ask for `# chkconfig: - 20 80` where a service is not needed on every\nmachine: installing the package then starts nothing that listens.",
		Like:  []string{"rpmlint service-default-enabled"},
		Bad:   "#!/bin/sh\n# chkconfig: 2345 20 80\n# description: Example\ncase \"$1\" in start) ;; stop) ;; esac\n",
		Good:  "#!/bin/sh\n# chkconfig: - 20 80\n# description: Example\ncase \"$1\" in start) ;; stop) ;; esac\n",
		Any:   true,
		Run: func(p *lint.Pass) {
			f := p.Chkconfig.Get(lsb.ChkconfigLine)
			if f != nil && len(f.Words) > 0 && f.Words[0].Text != "-" && p.Chkconfig.Fault == nil {
				p.ReportValue(f.Words[0], "chkconfig --add enables the service in %q", f.Words[0].Text)
			}
		},
	}
}
