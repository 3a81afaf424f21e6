package order

import (
	"fmt"
	"slices"
	"strings"
)

// writeText is the order for people.
func writeText(b *strings.Builder, m *model) {
	started, stopped := m.started(), m.stopped()
	fmt.Fprintf(b, "As %s orders them: %s, %s\n", m.as, count(len(started), "script starts", "scripts start"), count(len(stopped), "stops", "stop"))
	m.writeLoops(b)
	m.table(b, "Start", started, func(s *script) (int, string, string) {
		return s.start, s.startLevels, because(m, m.starts, s, s.startWhy, s.startAt)
	})
	if chain := m.critical(); len(chain) > 1 {
		fmt.Fprintf(b, "\nLongest chain (%d): %s\n", len(chain), m.names(chain, " > "))
	}
	m.table(b, "Stop", stopped, func(s *script) (int, string, string) {
		return s.stop, s.stopLevels, because(m, m.stops, s, s.stopWhy, s.stopAt)
	})
	m.writeNotes(b)
}

// count is a number with its word.
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// because is why a script has its number.
func because(m *model, edges []edge, s *script, why int, at string) string {
	if why == none {
		return at
	}
	e := &edges[why]
	if from := &m.scripts[e.from]; from != s {
		return "after " + from.name + ", " + e.reason()
	}
	return "before " + m.scripts[e.to].name + ", " + e.reason()
}

// decider is the script that gives s its number by an edge.
func (m *model) decider(e *edge, s *script) *script {
	if from := &m.scripts[e.from]; from != s {
		return from
	}
	return &m.scripts[e.to]
}

// names are the scripts' with a text between them.
func (m *model) names(list []int, between string) string {
	var names []string
	for _, i := range list {
		names = append(names, m.scripts[i].name)
	}
	return strings.Join(names, between)
}

// table writes the scripts of one direction.
func (m *model) table(b *strings.Builder, title string, list []int, row func(*script) (int, string, string)) {
	if len(list) == 0 {
		return
	}
	name, levels := 0, 0
	for _, i := range list {
		_, l, _ := row(&m.scripts[i])
		name, levels = max(name, len(m.scripts[i].name)), max(levels, len(l))
	}
	for k, i := range list {
		s := &m.scripts[i]
		if k == 0 || s.early != m.scripts[list[k-1]].early {
			when := ""
			switch {
			case s.early && title == "Start":
				when = " at boot, before the runlevel's"
			case s.early:
				when = " of what starts at boot"
			case m.scripts[list[0]].early:
				when = " in the runlevel"
			}
			fmt.Fprintf(b, "\n%s%s\n", title, when)
		}
		number, l, why := row(s)
		fmt.Fprintf(b, "%s\n", strings.TrimRight(fmt.Sprintf("  %02d  %-*s  %-*s  %s", number, name, s.name, levels, l, why), " "))
	}
}

// writeLoops explains loops.
func (m *model) writeLoops(b *strings.Builder) {
	for _, l := range m.loops {
		fmt.Fprintf(b, "\nLoop of %s: %s\n", l.what(), strings.Join(l.members, ", "))
		for _, e := range l.edges {
			fmt.Fprintf(b, "  %s\n", e)
		}
		if l.suspect != "" {
			fmt.Fprintf(b, "  Most probably wrong: %s: %s\n", l.suspect, l.why)
		}
		for _, o := range l.mends {
			fmt.Fprintf(b, "  What would mend it, as %s:\n", o.path)
			for line := range strings.Lines(o.text) {
				fmt.Fprintf(b, "    %s", line)
			}
		}
	}
}

// writeNotes writes what else there is to say.
func (m *model) writeNotes(b *strings.Builder) {
	if len(m.notes) > 0 {
		b.WriteString("\nNotes\n")
	}
	for _, n := range m.notes {
		fmt.Fprintf(b, "  %s\n", n)
	}
}

// writeWhy is the chain that gives a script its number.
func writeWhy(b *strings.Builder, m *model, i int) {
	s := &m.scripts[i]
	m.why(b, "starts", s, s.start, s.startLevels, m.starts, func(s *script) (int, int, string) { return s.startWhy, s.start, s.startAt })
	m.why(b, "stops", s, s.stop, s.stopLevels, m.stops, func(s *script) (int, int, string) { return s.stopWhy, s.stop, s.stopAt })
	m.writeLoopsOf(b, s.name)
}

// writeLoopsOf names the scripts with which one is in a loop.
func (m *model) writeLoopsOf(b *strings.Builder, name string) {
	for _, l := range m.loops {
		if !slices.Contains(l.members, name) {
			continue
		}
		others := slices.DeleteFunc(slices.Clone(l.members), func(s string) bool { return s == name })
		fmt.Fprintf(b, "%s is in a loop of %s with %s\n", name, l.what(), strings.Join(others, ", "))
	}
}

// what is the action that a loop is of.
func (l *loop) what() string {
	if l.stop {
		return "stop"
	}
	return "start"
}

// why writes one direction.
func (m *model) why(b *strings.Builder, does string, s *script, number int, levels string, edges []edge, of func(*script) (why, number int, at string)) {
	if number == none {
		fmt.Fprintf(b, "%s never %s, as %s orders it\n", s.name, does, m.as)
		return
	}
	fmt.Fprintf(b, "%s %s as %02d%s, as %s orders it\n", s.name, does, number, in(levels), m.as)
	var lines []string
	for seen := map[*script]bool{}; !seen[s]; {
		seen[s] = true
		why, number, at := of(s)
		line := fmt.Sprintf("  %02d  %s: %s", number, s.name, because(m, edges, s, why, at))
		lines = append(lines, strings.TrimSuffix(line, ": "))
		if why == none {
			break
		}
		s = m.decider(&edges[why], s)
	}
	for _, line := range slices.Backward(lines) {
		b.WriteString(line + "\n")
	}
}

// in is the runlevels as part of a sentence.
func in(levels string) string {
	switch {
	case levels == "" || levels == "-":
		return ""
	case len(levels) == 1:
		return " in runlevel " + levels
	}
	return " in runlevels " + strings.Join(strings.Split(levels, ""), " ")
}
