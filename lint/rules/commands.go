package rules

import (
	"strings"

	"sysv/interp/ast"
	"sysv/lint"
	"sysv/script"
)

// startStops calls f for each call of start-stop-daemon. Its options may come
// from an unquoted variable, and the whole command from another.
func startStops(p *lint.Pass, f func(o *script.StartStop)) {
	for _, c := range p.Calls {
		if o := p.StartStop(c); o != nil && c.Function == nil {
			f(o)
		}
	}
}

// split is a call with the words taken apart that the shell takes apart.
func split(c *script.Call) *script.Call {
	out := *c
	out.Path, out.Args = c.Split()
	out.Name = script.Base(out.Path)
	return &out
}

// addOption has a fix put an option behind --start, --stop or their short
// forms.
func addOption(c *script.Call, f *lint.Finding, option string) {
	for _, w := range c.Words[1:] {
		text, ok := w.Lit()
		if !ok || !w.At.Known() {
			continue
		}
		switch text {
		case "--start", "--stop", "-S", "-K":
			f.Replace("add "+option, int(w.At.End), int(w.At.End), " "+option)
			return
		}
	}
}

// isNull says that a word is the name of a file that keeps nothing.
func isNull(name string) bool {
	return strings.HasPrefix(name, "/dev/") || strings.HasPrefix(name, "/proc/") || strings.HasPrefix(name, "/sys/") || strings.HasPrefix(name, "&")
}

// operands are the arguments of a command that are no options, those of the
// options with a value in the next word left out.
func operands(c *script.Call, valued string) []string {
	var out []string
	for i := 0; i < len(c.Args); i++ {
		a := c.Args[i]
		switch {
		case a == "--":
			return append(out, c.Args[i+1:]...)
		case len(a) > 1 && a[0] == '-' && a[1] != '-':
			if strings.IndexByte(valued, a[len(a)-1]) >= 0 {
				i++
			}
		case strings.HasPrefix(a, "--"):
		default:
			out = append(out, a)
		}
	}
	return out
}

// option is the value of a long option, in the same word or in the next.
func option(c *script.Call, names ...string) (string, bool) {
	for i, a := range c.Args {
		for _, n := range names {
			if a == n {
				return c.Arg(i + 1), true
			}
			if strings.HasPrefix(n, "--") && strings.HasPrefix(a, n+"=") {
				return a[len(n)+1:], true
			}
		}
	}
	return "", false
}

// undone are the operands of the commands of these names, which undo what
// another does: rm, umount, rmdir.
func undone(p *lint.Pass, names ...string) map[string]bool {
	out := map[string]bool{}
	p.EachCall(func(c *script.Call) {
		for _, a := range c.Args {
			out[strings.TrimRight(a, "/*")] = true
		}
	}, names...)
	return out
}

// variables are the names of the parameters in a word.
func variables(w *ast.Word) []string {
	var out []string
	script.Inspect(w, func(n any) bool {
		if x, ok := n.(*ast.Param); ok {
			out = append(out, x.Name)
		}
		return true
	})
	return out
}

// temporaries are the variables that are given what mktemp has made.
func temporaries(p *lint.Pass) map[string]bool {
	out := map[string]bool{}
	for _, a := range p.Assignments {
		if a.Value == nil || out[a.Name] {
			continue
		}
		script.Inspect(a.Value, func(n any) bool {
			if x, ok := n.(*ast.Simple); ok && len(x.Args) > 0 && script.Base(p.Expand(x.Args[0])) == "mktemp" {
				out[a.Name] = true
			}
			return !out[a.Name]
		})
	}
	return out
}

// anyOf says that one of the parameters in some words is in a set.
func anyOf(set map[string]bool, words ...*ast.Word) bool {
	if len(set) == 0 {
		return false
	}
	for _, w := range words {
		for _, name := range variables(w) {
			if set[name] {
				return true
			}
		}
	}
	return false
}
