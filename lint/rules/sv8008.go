package rules

import (
	"strings"

	"sysv/lint"
	"sysv/script"
)

func sv8008() *lint.Rule {
	return &lint.Rule{
		ID: "SV8008", Name: "bash-option", Severity: lint.Error, Since: "0.2",
		Title: "an option of a built-in that only bash has, in a script for sh",
		Text:  "dash's `read` has -p and -r alone, its `trap` and `kill` want signals without SIG, `set\n-o pipefail`, `export -f`, `printf -v`, `wait -n` and traps of ERR are errors that end\nthe script or do nothing.",
		Like:  []string{"ShellCheck SC3045 SC3048 SC3047 SC3040 SC3049", "checkbashisms"},
		Bad:   "trap 'rm -f /run/exampled.pid' SIGTERM\nread -t 5 answer\n",
		Good:  "trap 'rm -f /run/exampled.pid' TERM\nread -r answer\n",
		Run: func(p *lint.Pass) {
			if !forSh(p) {
				return
			}
			for _, c := range p.Calls {
				if c.Function != nil || len(c.Wrappers) > 0 || strings.Contains(c.Path, "/") {
					continue
				}
				if what, i, ash := bashOption(c); what != "" && !inBash(c) {
					w := c.Word(i)
					f := p.ReportWord(w, "%s", strings.Replace(what, "$sh", whose(p, ash), 1))
					f.Severity = bashism(p, ash)
					if t, ok := w.Lit(); ok && w.At.Known() && (c.Name == "trap" || c.Name == "kill") && strings.Contains(t, "SIG") {
						f.Replace("write the signal without SIG", int(w.At.Pos), int(w.At.End), strings.Replace(t, "SIG", "", 1))
					}
				}
			}
		},
	}
}

// bashOption is what is wrong with a call, and the number of the argument.
func bashOption(c *script.Call) (what string, arg int, ash bool) {
	letters := func(allowed string, ash bool) (string, int, bool) {
		for i, a := range c.Args {
			if len(a) < 2 || a[0] != '-' || a == "--" {
				break
			}
			if j := strings.IndexFunc(a[1:], func(r rune) bool { return r >= 'a' && r <= 'z' && !strings.ContainsRune(allowed, r) }); j >= 0 {
				return "$sh has no option -" + a[j+1:j+2] + " of " + c.Name, i, ash
			}
		}
		return "", 0, false
	}
	switch c.Name {
	case "read":
		return letters("pr", true)
	case "export", "readonly":
		return letters("p", false)
	case "local":
		return letters("", false)
	case "printf":
		if c.Arg(0) == "-v" {
			return "$sh has no option -v of printf", 0, false
		}
	case "wait":
		if c.Arg(0) == "-n" {
			return "$sh has no option -n of wait", 0, false
		}
	case "trap":
		for i, a := range c.Args {
			switch {
			case i == 0:
			case strings.HasPrefix(a, "SIG"):
				return "$sh does not know a signal " + a + ": write it without SIG", i, true
			case a == "ERR" || a == "DEBUG" || a == "RETURN":
				return "$sh has no trap of " + a, i, false
			}
		}
	case "kill":
		if a := c.Arg(0); strings.HasPrefix(a, "-SIG") {
			return "$sh's own kill does not know " + a + ": write -" + a[4:], 0, true
		}
	case "set":
		if i := c.Find("pipefail"); i > 0 {
			return "$sh has no pipefail: the script ends here", i, true
		}
	}
	return "", 0, false
}
