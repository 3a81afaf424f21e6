package rules

import (
	"strings"

	"sysv/lint"
	"sysv/lsb"
)

func sv1010() *lint.Rule {
	return &lint.Rule{
		ID: "SV1010", Name: "bad-runlevel", Severity: lint.Error, Since: "0.2",
		Title: "a word of Default-Start or Default-Stop is no runlevel",
		Text: `A runlevel is one of 0 1 2 3 4 5 6 and S, with blanks between them. In
` + "`Default-Start: 2345`" + ` insserv finds no runlevel, and the service is never
started.`,
		Like: []string{"lintian init.d-script-has-bad-start-runlevel", "lintian init.d-script-has-bad-stop-runlevel"},
		Bad:  header("Default-Start: 2345"),
		Good: header("Default-Start: 2 3 4 5"),
		Any:  true,
		Run: func(p *lint.Pass) {
			for _, k := range []lsb.Key{lsb.DefaultStart, lsb.DefaultStop} {
				f := p.Header.Get(k)
				if f == nil {
					continue
				}
				for _, w := range f.Words {
					if len(w.Text) == 1 && lsb.LevelOf(w.Text[0]) != 0 {
						continue
					}
					x := p.ReportValue(w, "%q in %s is no runlevel", w.Text, title(k))
					if levels, ok := spread(w.Text); ok && len(f.Words) == 1 {
						setValue(p, x, f, "put blanks between the runlevels", levels)
					}
				}
			}
		},
	}
}

// spread puts blanks between runlevels that are written together.
func spread(s string) (string, bool) {
	for i := 0; i < len(s); i++ {
		if lsb.LevelOf(s[i]) == 0 {
			return "", false
		}
	}
	return strings.Join(strings.Split(s, ""), " "), len(s) > 1
}
