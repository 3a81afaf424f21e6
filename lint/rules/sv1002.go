package rules

import "sysv/lint"

func sv1002() *lint.Rule {
	return &lint.Rule{
		ID: "SV1002", Name: "unterminated-header", Severity: lint.Error, Since: "0.2",
		Title: "the header has no end",
		Text: `The line ` + "`### END INIT INFO`" + ` is missing. insserv reads on to the end of the
file, says "script is broken: missing end of LSB comment", and does nothing at
all: no script of the machine is enabled any more until it is put right.`,
		Like: []string{"lintian init.d-script-has-unterminated-lsb-section"},
		Bad:  "### BEGIN INIT INFO\n# Provides:          example\n# Required-Start:    $remote_fs\n# Required-Stop:     $remote_fs\n# Default-Start:     2 3 4 5\n# Default-Stop:      0 1 6\n# Short-Description: Example daemon\n",
		Good: "### BEGIN INIT INFO\n# Provides:          example\n# Required-Start:    $remote_fs\n# Required-Stop:     $remote_fs\n# Default-Start:     2 3 4 5\n# Default-Stop:      0 1 6\n# Short-Description: Example daemon\n### END INIT INFO\n",
		Any:  true,
		Run: func(p *lint.Pass) {
			if p.Header.Begin == 0 || p.Header.End != 0 {
				return
			}
			f := p.ReportLine(p.Header.Begin, "the header that begins here has no \"### END INIT INFO\"")
			last := p.Header.Begin
			for last < p.Lines() && len(p.Line(last+1)) > 0 && p.Line(last + 1)[0] == '#' {
				last++
			}
			at := p.Offset(last + 1)
			text := "### END INIT INFO\n"
			if at > 0 && p.Source[at-1] != '\n' {
				text = "\n" + text
			}
			f.Replace("end the header behind its last comment", at, at, text)
		},
	}
}
