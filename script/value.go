package script

import (
	"strings"

	"sysv/interp/ast"
)

// variable is what is known of a variable.
type variable struct {
	// values are the words that are assigned to it.
	values []*ast.Word
	// unknown says that it may have other values: read, for, +=.
	unknown bool
	// busy is set while it is being expanded.
	busy bool
	done bool
	text string
	ok   bool
}

func (s *Script) note(a *Assignment) {
	// The environment of one command is not the script's, and what a
	// function calls its own is not known outside it.
	switch a.Command {
	case "", "export", "readonly", "declare", "typeset", "for", "read", "getopts":
	case "local":
	case "unset":
		return
	default:
		return
	}
	v := s.values[a.Name]
	if v == nil {
		v = &variable{}
		s.values[a.Name] = v
	}
	if a.Value == nil || a.Append || a.Command == "local" {
		v.unknown = true
		return
	}
	v.values = append(v.values, a.Value)
}

// maxText bounds what constants may grow to by being put into each other.
const maxText = 4096

// Variable is the value that a variable has wherever the script looks at it,
// if there is one such: it is assigned once, or always the same. What a
// sourced file or the environment may make of it is not looked at.
func (s *Script) Variable(name string) (string, bool) {
	v := s.values[name]
	if v == nil || v.unknown || v.busy {
		return "", false
	}
	if v.done {
		return v.text, v.ok
	}
	v.busy = true
	for i, w := range v.values {
		text, ok := s.Constant(w)
		if !ok || i > 0 && text != v.text {
			v.text, v.ok = "", false
			break
		}
		v.text, v.ok = text, true
	}
	v.busy, v.done = false, true
	return v.text, v.ok
}

// Assigned says that the script assigns the variable somewhere.
func (s *Script) Assigned(name string) bool { return s.values[name] != nil }

// Constant is the text of a word all parts of which are known.
func (s *Script) Constant(w *ast.Word) (string, bool) {
	e := expansion{s: s, known: true}
	e.word(w)
	return e.b.String(), e.known
}

// Expand is the text of a word with constants put in. What is not known
// stands there as "$NAME" for a variable, "$()" for a substitution.
func (s *Script) Expand(w *ast.Word) string {
	e := expansion{s: s, known: true}
	e.word(w)
	return e.b.String()
}

type expansion struct {
	s     *Script
	b     strings.Builder
	known bool
}

func (e *expansion) word(w *ast.Word) {
	if w == nil {
		return
	}
	for _, p := range w.Parts {
		e.part(p)
	}
}

func (e *expansion) add(text string) {
	if e.b.Len()+len(text) > maxText {
		e.known = false
		return
	}
	e.b.WriteString(text)
}

func (e *expansion) part(p ast.Part) {
	switch p := p.(type) {
	case *ast.Lit:
		e.add(p.Text)
	case *ast.Param:
		e.param(p)
	case *ast.ExtGlob:
		e.add(string(p.Op) + "(" + p.Pattern + ")")
		e.known = false
	default:
		e.add("$()")
		e.known = false
	}
}

func (e *expansion) param(p *ast.Param) {
	plain := p.Bad == "" && p.Index == nil && p.IndexAll == 0 && !p.Indirect && p.Names == 0 && !p.Keys
	if plain {
		text, ok := e.s.Variable(p.Name)
		switch {
		case p.Op == ast.ParamNone && !p.Colon && ok:
			e.add(text)
			return
		case p.Op == ast.ParamDefault || p.Op == ast.ParamAssign:
			if ok && (text != "" || !p.Colon) {
				e.add(text)
				return
			}
			if v := e.s.values[p.Name]; v == nil || v.busy && len(v.values) == 1 {
				e.word(p.Arg)
				return
			}
		}
	}
	e.known = false
	e.add("$" + p.Name)
}

// resolve fills in what constants say of a call.
func (s *Script) resolve(c *Call) {
	c.unwrap(s)
	c.Path = s.Expand(c.Words[0])
	c.Name = Base(c.Path)
	if len(c.Words) > 1 {
		c.Args = make([]string, len(c.Words)-1)
		for i, w := range c.Words[1:] {
			c.Args[i] = s.Expand(w)
		}
	}
	if strings.Contains(c.Path, "start-stop-daemon") {
		if name, args := c.Split(); Base(name) == "start-stop-daemon" {
			c.startStop = readStartStop(c, args)
		}
	}
}

// Split is the call's name and arguments with those taken apart that the shell
// takes apart: OPTS="--quiet --oknodo"; cmd $OPTS.
func (c *Call) Split() (name string, args []string) {
	needed := strings.ContainsAny(c.Path, " \t\n")
	for _, a := range c.Args {
		needed = needed || strings.ContainsAny(a, " \t\n")
	}
	if !needed {
		return c.Path, c.Args
	}
	var all []string
	for i, w := range c.Words {
		text := c.Path
		if i > 0 {
			text = c.Args[i-1]
		}
		if splits(w) {
			all = append(all, strings.Fields(text)...)
		} else {
			all = append(all, text)
		}
	}
	if len(all) == 0 {
		return c.Path, c.Args
	}
	return all[0], all[1:]
}

// splits says that the shell takes apart what a word expands to.
func splits(w *ast.Word) bool {
	some := false
	for _, part := range w.Parts {
		switch x := part.(type) {
		case *ast.Lit:
			if x.Quoted {
				return false
			}
		case *ast.Param:
			if x.Quoted {
				return false
			}
			some = true
		}
	}
	return some
}

// unwrap drops the words that only run the command.
func (c *Call) unwrap(s *Script) {
	for len(c.Words) > 1 {
		name := Base(s.Expand(c.Words[0]))
		n := wrapper(s, name, c.Words)
		if n == 0 || n >= len(c.Words) {
			return
		}
		c.Wrappers = append(c.Wrappers, name)
		c.Words = c.Words[n:]
	}
}

// wrapper is how many words belong to a command that runs another, 0 for one
// that does not.
func wrapper(s *Script, name string, words []*ast.Word) int {
	withArg := ""
	switch name {
	case "exec", "builtin", "nohup", "setsid":
	case "command":
		if len(words) > 1 {
			if o, _ := words[1].Lit(); o == "-v" || o == "-V" {
				return 0
			}
		}
	case "busybox", "toybox":
		return 1
	case "env":
		withArg = "uCS"
	case "nice":
		withArg = "n"
	case "ionice":
		withArg = "cnp"
	case "timeout":
		withArg = "ks"
	case "stdbuf":
		withArg = "ioe"
	case "chrt", "taskset":
		withArg = "p"
	default:
		return 0
	}
	i := 1
	for i < len(words) {
		o := s.Expand(words[i])
		switch {
		case o == "--":
			return i + 1
		case len(o) > 1 && o[0] == '-':
			if len(o) == 2 && strings.IndexByte(withArg, o[1]) >= 0 {
				i++
			}
			i++
			continue
		case name == "env" && strings.IndexByte(o, '=') > 0:
			i++
			continue
		}
		break
	}
	if name == "timeout" || name == "chrt" || name == "taskset" {
		i++
	}
	return i
}
