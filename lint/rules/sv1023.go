package rules

import (
	"strings"

	"sysv/lint"
)

func sv1023() *lint.Rule {
	return &lint.Rule{
		ID: "SV1023", Name: "skeleton-left", Severity: lint.Warning, Since: "0.2",
		Title: "text of the template is left in the script",
		Text:  "The script was made from Debian's `/etc/init.d/skeleton`, and parts that were to be\nreplaced are still there: in a header they are what users see of the service.",
		Like:  []string{"lintian init.d-script-contains-skeleton-template-content"},
		Bad:   header("Short-Description: Example initscript") + "# Please remove the \"Author\" lines above\n",
		Good:  header(),
		Any:   true,
		Run: func(p *lint.Pass) {
			for n := 1; n <= p.Lines(); n++ {
				line := p.Line(n)
				if !strings.HasPrefix(line, "#") {
					continue
				}
				for _, text := range []string{`Please remove the "Author" lines`, "Example initscript", "This file should be used to construct scripts to be"} {
					if strings.Contains(line, text) {
						p.ReportLine(n, "%q is the template's text", text)
					}
				}
			}
		},
	}
}
