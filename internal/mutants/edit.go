package mutants

import (
	"slices"
	"strings"

	"sysv/interp/ast"
	"sysv/lint"
	"sysv/script"
)

// maker changes one script. Its methods say whether they could.
type maker struct {
	s     *script.Script
	text  string
	name  string
	edits []lint.Edit
}

func newMaker(s *script.Script) *maker {
	return &maker{s: s, text: string(s.Source), name: script.Base(s.Path)}
}

// result is the changed text.
func (m *maker) result() string {
	slices.SortFunc(m.edits, func(a, b lint.Edit) int { return b.Start - a.Start })
	out := m.text
	for _, e := range m.edits {
		out = out[:e.Start] + e.New + out[e.End:]
	}
	return out
}

func (m *maker) replace(start, end int, text string) bool {
	m.edits = append(m.edits, lint.Edit{Start: start, End: end, New: text})
	return true
}

// clause is the text span of an action's clause: from behind the ")" to its
// end, if it has a clause of its own patterns' own.
func (m *maker) clause(action string) (from, to int, ok bool) {
	a := m.s.Action(action)
	if a == nil || a.Clause == nil || !a.Clause.At.Known() {
		return 0, 0, false
	}
	last := a.Clause.Patterns[len(a.Clause.Patterns)-1]
	if !last.At.Known() {
		return 0, 0, false
	}
	i := strings.IndexByte(m.text[last.At.End:], ')')
	if i < 0 {
		return 0, 0, false
	}
	from, to = int(last.At.End)+i+1, int(a.Clause.At.End)
	return from, to, from <= to
}

// insert puts commands at the beginning of an action's clause.
func (m *maker) insert(action, commands string) bool {
	from, _, ok := m.clause(action)
	if !ok {
		return false
	}
	return m.replace(from, from, "\n\t"+strings.ReplaceAll(commands, "\n", "\n\t")+"\n")
}

// beforeStart puts commands before the line that starts the daemon, where that
// begins with the command itself, else into the clause of start.
func (m *maker) beforeStart(commands string) bool {
	for _, c := range m.calls("start") {
		at := script.SpanOf(c.Simple)
		if c.In == nil || c.Context != nil || !at.Known() {
			continue
		}
		from := m.s.Offset(c.Line)
		before := strings.TrimSpace(m.text[from:at.Pos])
		previous := strings.TrimRight(m.s.Line(c.Line-1), " \t")
		if before != "" || strings.HasSuffix(previous, "\\") || strings.HasSuffix(previous, "&&") || strings.HasSuffix(previous, "||") || strings.HasSuffix(previous, "|") {
			continue
		}
		return m.replace(from, from, "\t"+strings.ReplaceAll(commands, "\n", "\n\t")+"\n")
	}
	return m.insert("start", commands)
}

// calls are the calls of start-stop-daemon for a command, the places of all
// words of which are known.
func (m *maker) calls(command string) []*script.Call {
	var out []*script.Call
	for _, c := range m.s.Calls {
		o := m.s.StartStop(c)
		if o == nil || o.Command != command || o.Test || o.Opaque || !c.Runs(m.s, command) {
			continue
		}
		// Reloading and asking are no stops.
		if o.Signal != "" && o.Signal != "TERM" && o.Signal != "15" && o.Signal != "QUIT" && o.Signal != "INT" {
			continue
		}
		if script.SpanOf(c.Simple).Known() && !strings.Contains(c.Path, " ") && noBlanks(c) {
			out = append(out, c)
		}
	}
	return out
}

// noBlanks says that no argument hides several options.
func noBlanks(c *script.Call) bool {
	for _, a := range c.Args {
		if strings.HasPrefix(a, "-") && strings.Contains(a, " ") {
			return false
		}
		if a == "--" {
			return true
		}
	}
	return true
}

// remove takes options away, with their values if they have any; some says
// that there was one.
func (m *maker) remove(c *script.Call, valued bool, names ...string) (some bool) {
	for i := 1; i < len(c.Words); i++ {
		a := c.Args[i-1]
		if a == "--" {
			break
		}
		for _, n := range names {
			from, to := int(c.Words[i].At.Pos), int(c.Words[i].At.End)
			switch {
			case a == n && valued && i+1 < len(c.Words):
				to = int(c.Words[i+1].At.End)
			case a == n && !valued, valued && strings.HasPrefix(n, "--") && strings.HasPrefix(a, n+"="):
			default:
				continue
			}
			m.replace(from, to, "")
			some = true
		}
	}
	return some
}

// add puts an option right behind the name of the command.
func (m *maker) add(c *script.Call, text string) bool {
	at := int(c.Words[0].At.End)
	return m.replace(at, at, " "+text)
}

// append puts text behind the last argument.
func (m *maker) append(c *script.Call, text string) bool {
	at := int(c.Words[len(c.Words)-1].At.End)
	return m.replace(at, at, " "+text)
}

// whole puts another command in the place of one.
func (m *maker) whole(c *script.Call, text string) bool {
	at := script.SpanOf(c.Simple)
	return at.Known() && m.replace(int(at.Pos), int(at.End), text)
}

// top puts a line before the first command.
func (m *maker) top(text string) bool {
	for _, c := range m.s.Commands {
		at := -1
		script.Inspect(c, func(n any) bool {
			if w, ok := n.(*ast.Word); ok && at < 0 && w.At.Known() {
				at = int(w.At.Pos)
			}
			return at < 0
		})
		if at >= 0 {
			from := m.s.Offset(m.s.Position(at).Line)
			return m.replace(from, from, text+"\n")
		}
	}
	return false
}

// source is the text of a word as it stands.
func (m *maker) source(w *ast.Word) string { return m.text[w.At.Pos:w.At.End] }

// value is the text of an option's value as it stands.
func (m *maker) value(c *script.Call, names ...string) string {
	for i := 1; i+1 < len(c.Words); i++ {
		if slices.Contains(names, c.Args[i-1]) {
			return m.source(c.Words[i+1])
		}
	}
	return ""
}

// rest is the line of a call from behind its last argument, and the text of
// the next line that is not empty.
func (m *maker) rest(c *script.Call) (line, next string) {
	at := script.SpanOf(c.Simple)
	after := m.text[at.End:]
	line, after, _ = strings.Cut(after, "\n")
	for l := range strings.SplitSeq(after, "\n") {
		if next = strings.TrimSpace(l); next != "" && next[0] != '#' {
			break
		}
	}
	return strings.TrimSpace(line), next
}

// before is the text of the lines right before a call.
func (m *maker) before(c *script.Call, lines int) string {
	at := script.SpanOf(c.Simple)
	from := m.s.Offset(max(c.Line-lines, 1))
	return m.text[from:max(int(at.Pos), from)]
}

// errexit says that the text turns -e on, and nowhere off.
func (m *maker) errexit() bool {
	return (strings.Contains(m.text, "\nset -e") || strings.Contains(m.s.Interpreter, " -e")) && !strings.Contains(m.text, "set +e")
}

// seen says that the status of a call is looked at by the line behind it, or
// by -e.
func (m *maker) seen(c *script.Call) bool {
	line, next := m.rest(c)
	if c.In != nil && slices.ContainsFunc(c.In.Callers, (*script.Call).Tested) {
		return false
	}
	if line == "" && passes(next) || strings.HasPrefix(line, "|| exit") {
		return true
	}
	if m.errexit() && line == "" && !c.Tested() {
		return true
	}
	// The last command of a function gives its status to who calls it.
	if line != "" || next != "}" || c.In == nil || c.Tested() {
		return false
	}
	for _, caller := range c.In.Callers {
		if !script.SpanOf(caller.Simple).Known() {
			continue
		}
		if rest, after := m.rest(caller); rest == "" && passes(after) && !m.asked(caller) {
			return true
		}
	}
	return false
}

// passes says that a line passes on the status of the one before it.
func passes(line string) bool {
	return strings.HasPrefix(line, "log_end_msg $?") || strings.HasPrefix(line, `log_end_msg "$?"`) || strings.HasPrefix(line, "exit $?")
}

// asked says that the lines before a call ask whether the daemon runs.
func (m *maker) asked(c *script.Call) bool {
	t := strings.ToLower(m.before(c, 8))
	for _, w := range [...]string{"pidof", "status", "running", "kill -0", "-f \"$pid", "-f $pid", "-e $pid", "-s $pid", "pgrep", "--test", "-r $pid", "-s \"$pid"} {
		if strings.Contains(t, w) {
			return true
		}
	}
	return false
}
