package rules

import (
	"strings"

	"sysv/interp/ast"
	"sysv/lint"
)

func sv6007() *lint.Rule {
	return &lint.Rule{
		ID: "SV6007", Name: "relative-path-part", Severity: lint.Error, Since: "0.2",
		Title: "PATH or LD_LIBRARY_PATH has an empty or relative part",
		Text: `An empty part is the directory in which the caller happens to be: whoever can write
there has root run a program or load a library of theirs. ` + "`LD_LIBRARY_PATH=/x:$LD_LIBRARY_PATH`" + `
has one if the variable was not set; write ` + "`${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}`" + `.`,
		Bad:  "PATH=.:/usr/bin:/bin",
		Good: "LD_LIBRARY_PATH=/usr/lib/example${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}",
		Run: func(p *lint.Pass) {
			for _, a := range p.Assignments {
				switch a.Name {
				case "PATH", "LD_LIBRARY_PATH", "LD_PRELOAD", "PYTHONPATH", "PERL5LIB":
				default:
					continue
				}
				if a.Value == nil || len(a.Value.Parts) == 0 || a.Append {
					continue
				}
				text := p.Expand(a.Value)
				parts := strings.Split(text, ":")
				for i, part := range parts {
					switch {
					case part == "" && (len(parts) > 1 || i > 0), part != "" && !strings.HasPrefix(part, "/") && !strings.HasPrefix(part, "$") && a.Name != "LD_PRELOAD":
						p.ReportWord(a.Value, "%s has the part %q: the directory in which the caller is", a.Name, part)
					case a.Name == "LD_LIBRARY_PATH" && part == "$LD_LIBRARY_PATH" && len(parts) > 1 && plain(a.Value, a.Name):
						p.ReportWord(a.Value, "%s has an empty part if it was not set before: write ${%s:+:$%s}", a.Name, a.Name, a.Name).Severity = lint.Warning
					default:
						continue
					}
					break
				}
			}
		},
	}
}

// plain says that a word has a parameter in it as it is, without an operator.
func plain(w *ast.Word, name string) bool {
	for _, part := range w.Parts {
		if x, ok := part.(*ast.Param); ok && x.Name == name && x.Op == ast.ParamNone {
			return true
		}
	}
	return false
}
