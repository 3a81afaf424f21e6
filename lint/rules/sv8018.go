package rules

import (
	"strings"

	"sysv/lint"
	"sysv/script"
)

func sv8018() *lint.Rule {
	return &lint.Rule{
		ID: "SV8018", Name: "unguarded-source", Severity: lint.Warning, Since: "0.2",
		Title: "a configuration file is sourced without a look whether it is there",
		Text:  "Files of /etc/default and /etc/sysconfig may be deleted. In sh a `.` of a file that is\nnot there ends the script with status 2, whatever stands behind it: `. file || true`\ndoes not help.",
		Like:  []string{"lintian init.d-script-sourcing-without-test", "ShellCheck SC1090"},
		Bad:   ". /etc/default/exampled\n",
		Good:  "[ ! -r /etc/default/exampled ] || . /etc/default/exampled\n",
		Run: func(p *lint.Pass) {
			for _, s := range p.Sources {
				if s.Guarded || !s.Known || !isDefaults(s.Path) {
					continue
				}
				// A loop over names, or a test of another name for it.
				if s.Call.Loop() != nil {
					continue
				}
				f := p.ReportCall(s.Call, "%s may not be there: test it first", s.Path)
				if p.Shell == script.Bash {
					f.Severity = lint.Info
					continue
				}
				if at := script.SpanOf(s.Call.Simple); at.Known() && s.Call.Context == nil && len(s.Call.Simple.Redirs) == 0 && len(s.Call.Args) == 1 {
					f.Replace("source it only if it can be read", int(at.Pos), int(at.Pos), "[ ! -r "+p.Text(s.Call.Words[1].At)+" ] || ")
				}
			}
		},
	}
}

// isDefaults says that a file is of those that administrators may delete.
func isDefaults(path string) bool {
	return strings.HasPrefix(path, "/etc/default/") || strings.HasPrefix(path, "/etc/sysconfig/") || strings.HasPrefix(path, "/etc/conf.d/")
}
