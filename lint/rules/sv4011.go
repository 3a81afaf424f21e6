package rules

import (
	"slices"
	"strconv"

	"sysv/interp/ast"
	"sysv/lint"
	"sysv/script"
)

func sv4011() *lint.Rule {
	return &lint.Rule{
		ID: "SV4011", Name: "not-installed-code", Severity: lint.Warning, Since: "0.2",
		Title: "a daemon that is not installed gives another code than 5 or 0",
		Text: `A script stays when its package is removed (it is a configuration file). The LSB
wants 5 of it then, Debian's Policy 0; 1 makes a boot report failures for ever.`,
		Bad:  "#!/bin/sh\nDAEMON=/usr/sbin/exampled\n[ -x \"$DAEMON\" ] || exit 1\n" + dispatch(),
		Good: "#!/bin/sh\nDAEMON=/usr/sbin/exampled\n[ -x \"$DAEMON\" ] || exit 5\n" + dispatch(),
		Run: func(p *lint.Pass) {
			wrongCode(p, "0 or 5 is expected if the program is not installed", []string{"0", "5"}, func(cond ast.Command) bool {
				return testsProgram(p, cond)
			})
		},
	}
}

// wrongCode reports exits before the dispatch with another code than those
// wanted, where a condition is the only one that is so.
func wrongCode(p *lint.Pass, message string, wanted []string, is func(cond ast.Command) bool) {
	for _, c := range p.Calls {
		if c.Path != "exit" || c.In != nil || c.Action != nil || len(c.Args) == 0 || c.Context == nil {
			continue
		}
		code := c.Arg(0)
		if _, err := strconv.Atoi(code); err != nil || slices.Contains(wanted, code) {
			continue
		}
		if g := nearest(c); g != nil && is(g) {
			p.ReportCall(c, "exits with %s: %s", code, message)
		}
	}
}

// nearest is the condition nearest to a call in whose branch it stands.
func nearest(c *script.Call) ast.Command {
	for x := c.Context; x != nil; x = x.Up {
		switch x.Branch {
		case script.InThen, script.InElse:
			return x.Node.(*ast.If).Cond
		case script.InRight:
			return x.Node.(*ast.AndOr).Left
		case script.InBody:
			if _, ok := x.Node.(*ast.Redirected); ok {
				continue
			}
			return nil
		case script.After:
			continue
		}
		return nil
	}
	return nil
}

// testsProgram says that a condition is the test of the daemon's program.
func testsProgram(p *lint.Pass, cond ast.Command) bool {
	found := false
	script.Inspect(cond, func(n any) bool {
		x, ok := n.(*ast.Simple)
		if !ok {
			return !found
		}
		for i := 1; i < len(x.Args); i++ {
			op, _ := x.Args[i-1].Lit()
			if op != "-x" && op != "-f" && op != "-e" {
				continue
			}
			name := p.Expand(x.Args[i])
			found = found || op == "-x" || name == p.Daemon.Path && name != "" || isDaemonVariable(x.Args[i])
		}
		return !found
	})
	return found
}
