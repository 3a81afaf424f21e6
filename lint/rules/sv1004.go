package rules

import (
	"sysv/lint"
	"sysv/lsb"
)

func sv1004() *lint.Rule {
	return &lint.Rule{
		ID: "SV1004", Name: "duplicate-key", Severity: lint.Warning, Since: "0.2",
		Title: "a key of the header is there twice",
		Text:  "insserv takes the first line, chkconfig the last, and systemd's generator all of\nthem. Write the values in one line.",
		Like:  []string{"lintian init.d-script-has-duplicate-lsb-keyword", "rpmlint redundant-lsb-keyword"},
		Bad:   "### BEGIN INIT INFO\n# Provides:          example\n# Required-Start:    $remote_fs\n# Required-Start:    $syslog\n# Required-Stop:     $remote_fs\n# Default-Start:     2 3 4 5\n# Default-Stop:      0 1 6\n# Short-Description: Example daemon\n### END INIT INFO\n",
		Good:  header(),
		Any:   true,
		Run: func(p *lint.Pass) {
			first := map[lsb.Key]*lsb.Field{}
			for i := range p.Header.Fields {
				f := &p.Header.Fields[i]
				if !isHeaderKey(f.Key) {
					continue
				}
				if was := first[f.Key]; was != nil {
					p.ReportField(f, "%s is there a second time: insserv reads only line %d", f.Name, was.Line)
					continue
				}
				first[f.Key] = f
			}
		},
	}
}
