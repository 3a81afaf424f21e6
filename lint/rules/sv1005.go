package rules

import (
	"strings"

	"sysv/lint"
)

func sv1005() *lint.Rule {
	return &lint.Rule{
		ID: "SV1005", Name: "unknown-key", Severity: lint.Warning, Since: "0.2",
		Title: "the header has a key that nothing reads",
		Text:  "A key that is misspelt is no key: what it says is lost without a word. Keys of\none's own begin with `X-`.",
		Like:  []string{"lintian init.d-script-has-unknown-lsb-keyword", "rpmlint unknown-lsb-keyword"},
		Bad:   header("Requierd-Start: $named"),
		Good:  header("Should-Start: $named", "X-Example-Author: nobody"),
		Any:   true,
		Run: func(p *lint.Pass) {
			var names []string
			for _, k := range headerKeys() {
				names = append(names, title(k))
			}
			for i := range p.Header.Fields {
				f := &p.Header.Fields[i]
				if isHeaderKey(f.Key) || strings.HasPrefix(string(f.Key), "x-") {
					continue
				}
				// Of a Description that goes on in lines of its own.
				if i > 0 && strings.HasPrefix(p.Line(f.Line), "#  ") || strings.HasPrefix(p.Line(f.Line), "#\t") {
					continue
				}
				like := near(f.Name, names)
				if like == "" {
					p.ReportField(f, "%q is no key that anything reads", f.Name).Severity = lint.Info
					continue
				}
				at := p.Offset(f.Line) + f.Col - 1
				p.ReportField(f, "%q is no key: %s is meant", f.Name, like).
					Replace("write "+like, at, at+len(f.Name), like)
			}
		},
	}
}
