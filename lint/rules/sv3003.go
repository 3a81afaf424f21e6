package rules

import (
	"sysv/interp/ast"
	"sysv/lint"
	"sysv/script"
)

func sv3003() *lint.Rule {
	return &lint.Rule{
		ID: "SV3003", Name: "endless-wait", Severity: lint.Warning, Since: "0.2",
		Title: "a loop waits without an end",
		Text: `A loop that waits for something outside (a process to go, a file to come, a server
to answer) and counts nothing waits for ever if that does not happen: at shutdown
the machine never goes off. Count the rounds, and give up.`,
		Bad:  "while [ ! -e /run/example.sock ]; do\n\tsleep 1\ndone",
		Good: "i=0\nwhile [ ! -e /run/example.sock ] && [ $i -lt 30 ]; do\n\tsleep 1\n\ti=$((i + 1))\ndone",
		Run: func(p *lint.Pass) {
			background := map[ast.Command]bool{}
			reading := map[ast.Command]bool{}
			for _, c := range p.Calls {
				l, ok := c.Loop().(*ast.While)
				if !ok {
					continue
				}
				if c.Background() {
					background[l] = true
				}
				if c.Name == "read" || c.Name == "getopts" || c.Name == "shift" {
					reading[l] = true
				}
			}
			p.Inspect(func(n any) bool {
				l, ok := n.(*ast.While)
				if !ok || background[l] || reading[l] || !waits(p, l) || bounded(p, l) {
					return true
				}
				at := l.At
				if at.Known() {
					at.End = min(at.End, at.Pos+5)
				}
				p.Report(at, "this loop waits without an end: nothing in it counts, or gives up")
				return true
			})
		},
	}
}

// waits says that a loop waits for something outside the script.
func waits(p *lint.Pass, l *ast.While) bool {
	found := false
	look := func(n any) bool {
		x, ok := n.(*ast.Simple)
		if ok && len(x.Args) > 0 {
			switch script.Base(p.Expand(x.Args[0])) {
			case "sleep", "usleep", "kill", "pidof", "pgrep", "pidofproc", "ping", "killall", "pkill", "ps", "nc", "lsof", "fuser", "status_of_proc", "checkproc":
				found = true
			}
		}
		return !found
	}
	script.Inspect(l.Cond, look)
	script.Inspect(l.Body, look)
	if found {
		return true
	}
	// A loop that only asks whether a file is there.
	script.Inspect(l.Cond, func(n any) bool {
		x, ok := n.(*ast.Simple)
		if ok && len(x.Args) > 1 {
			if name, _ := x.Args[0].Lit(); name == "[" || name == "test" {
				for _, w := range x.Args[1:] {
					switch op, _ := w.Lit(); op {
					case "-e", "-f", "-S", "-d", "-s", "-p":
						found = true
					}
				}
			}
		}
		return !found
	})
	return found
}

// bounded says that a loop counts, or that something in it can leave.
func bounded(p *lint.Pass, l *ast.While) bool {
	out := false
	look := func(n any) bool {
		switch x := n.(type) {
		case *ast.Simple:
			if len(x.Args) > 0 {
				switch name, _ := x.Args[0].Lit(); name {
				case "break", "exit", "return", "expr", "let", "shift", "seq", "date", "timeout":
					out = true
				case "read":
					out = true
				default:
					if f := p.Func(p.Expand(x.Args[0])); f != nil && leavesScript(f) {
						out = true
					}
				}
			}
			for _, a := range x.Assigns {
				out = out || a.Append || a.Value != nil && shortens(a.Value)
			}
		case *ast.Arith, *ast.ArithCmd:
			out = true
		}
		return !out
	}
	script.Inspect(l.Cond, look)
	script.Inspect(l.Body, look)
	return out
}

// leavesScript says that a function may exit.
func leavesScript(f *script.Function) bool {
	for _, c := range f.Calls {
		if c.Path == "exit" {
			return true
		}
	}
	return false
}

// shortens says that a word is what is left of a value: a list or a counter
// that grows or shrinks by each round.
func shortens(w *ast.Word) bool {
	params, lits := 0, 0
	for _, part := range w.Parts {
		switch x := part.(type) {
		case *ast.Param:
			switch x.Op {
			case ast.ParamTrimPrefix, ast.ParamTrimPrefixMax, ast.ParamTrimSuffix, ast.ParamTrimSuffixMax, ast.ParamSlice:
				return true
			}
			params++
		case *ast.Lit:
			lits++
		}
	}
	return params > 0 && lits > 0
}
