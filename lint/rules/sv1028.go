package rules

import (
	"strings"

	"sysv/lint"
	"sysv/lsb"
)

func sv1028() *lint.Rule {
	return &lint.Rule{
		ID: "SV1028", Name: "two-headers-differ", Severity: lint.Warning, Since: "0.2",
		Title: "the chkconfig line and Default-Start name other runlevels",
		Text:  "chkconfig goes by the one, insserv and systemd by the other: the service is\nenabled differently on two machines with the same script. chkconfig itself adds\nand takes away what the LSB lines say.",
		Bad:   "#!/bin/sh\n# chkconfig: 345 20 80\n# description: Example\n" + header("Default-Start: 2 3 4 5") + "case \"$1\" in start) ;; stop) ;; esac\n",
		Good:  "#!/bin/sh\n# chkconfig: 2345 20 80\n# description: Example\n" + header("Default-Start: 2 3 4 5") + "case \"$1\" in start) ;; stop) ;; esac\n",
		Any:   true,
		Run: func(p *lint.Pass) {
			line, start := p.Chkconfig.Get(lsb.ChkconfigLine), p.Header.Get(lsb.DefaultStart)
			if line == nil || start == nil || len(line.Words) == 0 || line.Words[0].Text == "-" {
				return
			}
			var levels lsb.Levels
			for i := range len(line.Words[0].Text) {
				levels |= lsb.LevelOf(line.Words[0].Text[i])
			}
			if want := p.Header.Levels(lsb.DefaultStart); levels != want {
				f := p.ReportValue(line.Words[0], "chkconfig: has the runlevels %s, Default-Start has %s", spaced(levels), spaced(want))
				f.Step(start.Position, "Default-Start is here")
			}
		},
	}
}

func spaced(l lsb.Levels) string {
	if s := strings.TrimSpace(l.String()); s != "" {
		return s
	}
	return "(none)"
}
