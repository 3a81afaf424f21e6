package rules

import (
	"strings"

	"sysv/lint"
	"sysv/lsb"
)

func sv1025() *lint.Rule {
	return &lint.Rule{
		ID: "SV1025", Name: "value-cut-short", Severity: lint.Error, Since: "0.2",
		Title: "insserv does not read the whole value",
		Text: `insserv ends a value at the first two delimiters in a row (blank, comma,
semicolon), and at a tab or a letter outside ASCII: what stands behind them is
lost without a word, and the order with it. Write single blanks.`,
		Bad:  header("Required-Start: $remote_fs  $syslog"),
		Good: header("Required-Start: $remote_fs $syslog"),
		Any:  true,
		Run: func(p *lint.Pass) {
			keys := append(dependencyKeys(), lsb.Provides, lsb.DefaultStart, lsb.DefaultStop)
			for _, k := range keys {
				f := p.Header.Get(k)
				if f == nil {
					continue
				}
				seen := f.InsservWords()
				if len(seen) >= len(f.Words) {
					continue
				}
				w := f.Words[len(seen)]
				x := p.ReportValue(w, "insserv does not read %s from %q on", title(k), w.Text)
				var words []string
				for _, w := range f.Words {
					words = append(words, w.Text)
				}
				setValue(p, x, f, "put single blanks between the words", strings.Join(words, " "))
			}
		},
	}
}
