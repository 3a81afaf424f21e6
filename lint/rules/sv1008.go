package rules

import (
	"strings"

	"sysv/lint"
	"sysv/lsb"
	"sysv/script"
)

func sv1008() *lint.Rule {
	return &lint.Rule{
		ID: "SV1008", Name: "does-not-provide-itself", Severity: lint.Info, Since: "0.2",
		Title: "Provides does not have the script's own name",
		Text: `Users and other scripts know a service by the name of its file: that is what
` + "`service NAME`" + ` takes. If ` + "`Provides`" + ` has another one, a ` + "`Required-Start: NAME`" + `
elsewhere does not find it. A name without the ".sh" of the file is the same.`,
		Like: []string{"lintian init.d-script-does-not-provide-itself"},
		Bad:  "### BEGIN INIT INFO\n# Provides:          something-else\n# Required-Start:    $remote_fs\n# Required-Stop:     $remote_fs\n# Default-Start:     2 3 4 5\n# Default-Stop:      0 1 6\n# Short-Description: Example daemon\n### END INIT INFO\n",
		Good: "### BEGIN INIT INFO\n# Provides:          something-else example\n# Required-Start:    $remote_fs\n# Required-Stop:     $remote_fs\n# Default-Start:     2 3 4 5\n# Default-Stop:      0 1 6\n# Short-Description: Example daemon\n### END INIT INFO\n",
		Any:  true,
		Run: func(p *lint.Pass) {
			f := p.Header.Get(lsb.Provides)
			if f == nil || len(f.Words) == 0 || p.Path == "-" {
				return
			}
			own := script.Base(p.Path)
			for _, w := range f.Words {
				if w.Text == own || w.Text == strings.TrimSuffix(own, ".sh") {
					return
				}
			}
			p.ReportField(f, "Provides is %q, but the script's name is %q", strings.TrimSpace(f.Value), own)
		},
	}
}
