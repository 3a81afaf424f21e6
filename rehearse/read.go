package rehearse

import (
	"slices"
	"strings"

	"sysv/interp"
	"sysv/interp/ast"
	"sysv/script"
)

// reading is what can be known of a script without running it.
type reading struct {
	dialect interp.Dialect
	// initD tells that its interpreter is Debian's init-d-script.
	initD bool
	// patterns are those of its case commands, with the line of each.
	patterns map[string]int
	// words are the names of the commands that it uses.
	words map[string]bool
	funcs map[string]bool
	// values are variables that are given one literal value.
	values map[string]string
	// background are the words of commands that end in &.
	background map[string]bool
	// programs are those that its commands name as the daemon.
	programs []string
	// detached tells that start-stop-daemon puts a program into the background.
	detached bool
}

// readScript reads what package script has made of a text.
func readScript(name string, src []byte) *reading {
	parsed := script.Parse(name, src)
	r := &reading{
		patterns: map[string]int{}, words: map[string]bool{}, funcs: map[string]bool{}, values: map[string]string{}, background: map[string]bool{},
		initD: strings.HasSuffix("/"+firstWord(parsed.Interpreter), "/init-d-script"),
	}
	if parsed.Shell == script.Bash {
		r.dialect = interp.Bash
	}
	parsed.Inspect(func(node any) bool {
		switch c := node.(type) {
		case *ast.Simple:
			r.simple(c)
		case *ast.Background:
			r.inBackground(c)
		case *ast.Clause:
			r.clause(c)
		case *ast.FuncDecl:
			r.funcs[c.Name] = true
		}
		return true
	})
	return r
}

func (r *reading) inBackground(c *ast.Background) {
	s, ok := c.Cmd.(*ast.Simple)
	if !ok {
		return
	}
	for _, w := range s.Args {
		if v, ok := r.expand(w); ok {
			r.background[v] = true
		}
	}
}

func (r *reading) clause(c *ast.Clause) {
	for _, p := range c.Patterns {
		if s := literal(p); s != "" {
			if _, ok := r.patterns[s]; !ok {
				r.patterns[s] = p.Line
			}
		}
	}
}

func literal(w *ast.Word) string {
	var b strings.Builder
	for _, p := range w.Parts {
		l, ok := p.(*ast.Lit)
		if !ok {
			return ""
		}
		b.WriteString(l.Text)
	}
	return b.String()
}

func (r *reading) simple(c *ast.Simple) {
	for _, a := range c.Assigns {
		if a.Value != nil {
			if v, ok := r.expand(a.Value); ok {
				if _, set := r.values[a.Name]; !set {
					r.values[a.Name] = v
				}
			}
		}
	}
	var argv []string
	for i, w := range c.Args {
		v, _ := r.expand(w)
		argv = append(argv, v)
		if s, ok := w.Lit(); ok && (s == "--background" || s == "-b" || s == "-Sb" || s == "-bS") {
			r.detached = true
		}
		if i == 0 {
			if s, ok := r.expand(w); ok && s != "" {
				r.words[s] = true
			}
		}
	}
	if len(argv) > 0 {
		if daemon, _ := named(argv); strings.HasPrefix(daemon, "/") {
			r.programs = append(r.programs, daemon)
		}
	}
}

// expand is a word's value, where it depends on nothing but literals.
func (r *reading) expand(w *ast.Word) (string, bool) {
	var b strings.Builder
	for _, p := range w.Parts {
		switch p := p.(type) {
		case *ast.Lit:
			b.WriteString(p.Text)
		case *ast.Param:
			v, ok := r.values[p.Name]
			switch {
			case ok && (p.Op == ast.ParamNone || p.Op == ast.ParamDefault):
				b.WriteString(v)
			case p.Op == ast.ParamDefault && p.Arg != nil:
				d, known := r.expand(p.Arg)
				if !known {
					return "", false
				}
				b.WriteString(d)
			default:
				return "", false
			}
		default:
			return "", false
		}
	}
	return b.String(), true
}

// daemonNames are variables that scripts keep the daemon's path in.
func daemonNames() []string {
	return []string{"DAEMON", "DAEMON_PATH", "DAEMON_BIN", "DAEMONBIN", "EXEC", "PROG", "BINARY", "BIN", "exec", "daemon", "SERVER", "COMMAND"}
}

// daemons guesses the paths of the programs that the script starts as daemons.
func (r *reading) daemons() []string {
	var l []string
	for _, name := range daemonNames() {
		if v := r.values[name]; strings.HasPrefix(v, "/") && !strings.ContainsAny(v, " \t") && !slices.Contains(l, v) {
			l = append(l, v)
		}
	}
	for _, v := range r.programs {
		if !slices.Contains(l, v) {
			l = append(l, v)
		}
	}
	return l
}

// isValue tells whether a variable holds a daemon's path.
func (r *reading) isValue(path string) bool {
	return slices.ContainsFunc(daemonNames(), func(name string) bool { return r.values[name] == path })
}

// has tells whether the script has an action.
func (r *reading) has(action string) bool {
	_, ok := r.patterns[action]
	return ok
}

// backgrounds tells whether the script puts a program into the background
// itself: nobody waits for what becomes of it.
func (r *reading) backgrounds() bool { return r.detached || len(r.background) > 0 }
