package rules

import (
	"strings"

	"sysv/interp/ast"
	"sysv/lint"
	"sysv/script"
)

func sv2005() *lint.Rule {
	return &lint.Rule{
		ID: "SV2005", Name: "mkdir-again", Severity: lint.Warning, Since: "0.2",
		Title: "mkdir fails if the directory is there",
		Text: `At the second start the directory is there, and mkdir fails: with ` + "`set -e`" + ` the
script ends there. Use ` + "`mkdir -p`" + ` or ` + "`install -d`" + `.`,
		Bad:  "mkdir /run/example",
		Good: "[ -d /run/example ] || mkdir /run/example",
		Run: func(p *lint.Pass) {
			gone := undone(p, "rm", "rmdir")
			again(p, func(c *script.Call) (string, string) {
				if c.HasFlag('p') || c.Has("--parents") {
					return "", ""
				}
				names := operands(c, "m")
				if len(names) == 0 || allIn(gone, names) {
					return "", ""
				}
				return names[0], "mkdir without -p fails if %q is there"
			}, func(c *script.Call, f *lint.Finding) {
				if w := c.Words[0]; w.At.Known() {
					f.Replace("add -p", int(w.At.End), int(w.At.End), " -p")
				}
			}, "mkdir")
		},
	}
}

// again looks for commands that fail if what they make is there. made gives
// the name of that, and the message; fix, which may be nil, adds a fix.
func again(p *lint.Pass, made func(c *script.Call) (name, message string), fix func(c *script.Call, f *lint.Finding), names ...string) {
	scratch := temporaries(p)
	p.EachCall(func(c *script.Call) {
		if !starts(p, c) || rescued(c) || anyOf(scratch, c.Words[1:]...) {
			return
		}
		name, message := made(c)
		if message == "" || hushed(p, c) && !errexit(p, c) {
			return
		}
		if asksFor(p, c, name, strings.TrimRight(name, "/"), variableOf(c, name)) {
			return
		}
		f := p.ReportCall(c, message, name)
		if errexit(p, c) {
			f.Message += ", and set -e ends the script there"
		}
		if fix != nil {
			fix(c, f)
		}
	}, names...)
}

// variableOf is "$NAME" where an argument is that variable alone: a test of
// the variable is one of what it names.
func variableOf(c *script.Call, value string) string {
	for i, a := range c.Args {
		if a != value {
			continue
		}
		if w := c.Word(i); w != nil && len(w.Parts) == 1 {
			if x, ok := w.Parts[0].(*ast.Param); ok {
				return "$" + x.Name
			}
		}
	}
	return ""
}

func allIn(set map[string]bool, names []string) bool {
	for _, n := range names {
		if !set[strings.TrimRight(n, "/*")] {
			return false
		}
	}
	return true
}
