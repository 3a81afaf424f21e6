package rules

import (
	"slices"
	"strings"

	"sysv/interp/ast"
	"sysv/lint"
	"sysv/script"
)

// sv5 are the rules on processes and pid files.
func sv5() []*lint.Rule {
	return []*lint.Rule{
		sv5001(), sv5002(), sv5003(), sv5004(), sv5005(), sv5006(), sv5007(), sv5008(),
		sv5009(), sv5010(), sv5011(), sv5012(), sv5013(), sv5014(), sv5015(), sv5016(),
	}
}

// pidSources are the variables that are given a process's number, by where it
// comes from: "file" for a pid file, or the program that looks for names.
func pidSources(p *lint.Pass) map[string]string {
	out := map[string]string{}
	in := inputsOf(p)
	for _, a := range p.Assignments {
		if a.Value == nil {
			continue
		}
		from := pidSource(p, a.Value)
		if _, constant := p.Constant(a.Value); from == "" && constant {
			continue
		}
		if old, ok := out[a.Name]; ok && old != from {
			// It comes now from here, now from there.
			from = "mixed"
		}
		out[a.Name] = from
	}
	for _, c := range p.Calls {
		if c.Path != "read" {
			continue
		}
		if from, ok := in.of(c, 0); ok && isPIDFile(p, from) {
			for _, name := range operands(c, "pdnNtu") {
				if _, ok := out[name]; !ok {
					out[name] = "file"
				}
			}
		}
	}
	return out
}

// isPIDFile says that a name is that of a pid file.
func isPIDFile(p *lint.Pass, name string) bool {
	if name == "" {
		return false
	}
	lower := strings.ToLower(name)
	return name == p.Daemon.PIDFile || strings.HasSuffix(lower, "pid") || strings.Contains(lower, "pidfile") || strings.Contains(lower, "pid_file")
}

// pidSource is where a substitution in a word gets a process's number from.
func pidSource(p *lint.Pass, w *ast.Word) string {
	from := ""
	for _, part := range w.Parts {
		x, ok := part.(*ast.CmdSubst)
		if !ok {
			continue
		}
		if x.FileOnly != nil && isPIDFile(p, p.Expand(x.FileOnly)) {
			from = "file"
		}
		script.Inspect(x.Body, func(n any) bool {
			s, ok := n.(*ast.Simple)
			if !ok || len(s.Args) == 0 {
				return true
			}
			switch name := script.Base(p.Expand(s.Args[0])); name {
			case "cat", "head", "tail", "sed", "awk":
				for _, a := range s.Args[1:] {
					if isPIDFile(p, p.Expand(a)) || slices.ContainsFunc(variables(a), func(v string) bool { return strings.HasSuffix(strings.ToLower(v), "pid") }) {
						from = "file"
					}
				}
			case "pidof", "pgrep", "ps":
				from = name
			case "pidofproc":
				from = ""
			}
			return true
		})
	}
	return from
}

// verified says that a command runs only after the process was looked at more
// closely than by its number.
func verified(p *lint.Pass, c *script.Call) bool {
	return guarded(c, func(cond ast.Command) bool {
		return words(p, cond, func(w string) bool {
			return strings.Contains(w, "/exe") || strings.Contains(w, "cmdline") || strings.Contains(w, "/comm") || w == "pidofproc" || w == "ps" || w == "status_of_proc" || strings.Contains(w, "/stat") || w == "readlink" || w == "pgrep" || w == "pidof"
		})
	})
}

// asksOnly says that a kill sends no signal.
func asksOnly(c *script.Call) bool {
	if c.Has("-0", "-l", "-L", "--list") {
		return true
	}
	i := c.Find("-s", "-n", "--signal")
	return i >= 0 && c.Arg(i+1) == "0"
}

// interpreter says that a program runs programs of others.
func interpreter(name string) bool {
	name = strings.TrimRight(name, "0123456789.")
	switch name {
	case "python", "perl", "ruby", "sh", "bash", "dash", "java", "node", "nodejs", "php", "tclsh", "mono", "lua", "guile", "erl", "beam", "beam.smp", "Rscript", "env":
		return true
	}
	return false
}
