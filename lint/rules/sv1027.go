package rules

import (
	"strings"

	"sysv/lint"
	"sysv/lsb"
)

func sv1027() *lint.Rule {
	return &lint.Rule{
		ID: "SV1027", Name: "bad-chkconfig-line", Severity: lint.Error, Since: "0.2",
		Title: "chkconfig does not take the script for a line of it",
		Text:  "The line is `# chkconfig: LEVELS START STOP`: the digits of the runlevels together\nor \"-\", and two numbers from 0 to 99. With another form chkconfig says that the\nservice does not support it, and it cannot be enabled.",
		Like:  []string{"rpmlint no-chkconfig-line"},
		Bad:   "#!/bin/sh\n# chkconfig: 2 3 4 5 20 80\n# description: Example\ncase \"$1\" in start) ;; stop) ;; esac\n",
		Good:  "#!/bin/sh\n# chkconfig: 2345 20 80\n# description: Example\ncase \"$1\" in start) ;; stop) ;; esac\n",
		Any:   true,
		Run: func(p *lint.Pass) {
			if x := p.Chkconfig.Fault; x != nil {
				p.ReportLine(x.Line, "chkconfig refuses this: %s", x.Text)
				return
			}
			f := p.Chkconfig.Get(lsb.ChkconfigLine)
			if f != nil && len(f.Words) > 3 && strings.Trim(f.Words[3].Text, "0123456789") == "" {
				p.ReportValue(f.Words[3], "chkconfig: has more than three words: it is read as the runlevels %s, the start number %s and the stop number %s",
					f.Words[0].Text, f.Words[1].Text, f.Words[2].Text)
			}
		},
	}
}
