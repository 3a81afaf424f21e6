package rules

import (
	"sysv/interp/ast"
	"sysv/lint"
	"sysv/script"
)

func sv5001() *lint.Rule {
	return &lint.Rule{
		ID: "SV5001", Name: "kill-by-pid-file", Severity: lint.Warning, Since: "0.2",
		Title: "kill of a number from a pid file, whoever has it now",
		Text: `A pid file outlives its daemon: after a crash or a power failure the number in it may
be that of any other process, which is then killed. Let start-stop-daemon or
killproc compare the program, or do it before the kill.`,
		Bad:  dispatch("stop", "kill $(cat \"$PIDFILE\")"),
		Good: dispatch("stop", "killproc -p \"$PIDFILE\" \"$DAEMON\""),
		Run: func(p *lint.Pass) {
			sources := pidSources(p)
			p.EachCall(func(c *script.Call) {
				if c.Path != "kill" && c.Path != "/bin/kill" || asksOnly(c) || verified(p, c) {
					return
				}
				for _, w := range c.Words[1:] {
					from := pidSource(p, w)
					for _, name := range wholeVariables(w) {
						if from == "" {
							from = sources[name]
						}
					}
					if from == "file" {
						p.ReportCall(c, "kills the number in the pid file, whoever has it now")
						return
					}
				}
			}, "kill")
		},
	}
}

// wholeVariables are the parameters that a word has as its parts.
func wholeVariables(w *ast.Word) []string {
	var out []string
	for _, part := range w.Parts {
		if x, ok := part.(*ast.Param); ok {
			out = append(out, x.Name)
		}
	}
	return out
}
