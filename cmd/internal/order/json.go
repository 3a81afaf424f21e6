package order

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"sysv/lsb"
)

// writeJSON is the order for programs: one object.
func writeJSON(b *strings.Builder, m *model) {
	fmt.Fprintf(b, "{\n  \"as\": %s,\n", quote(m.as))
	b.WriteString("  \"start\": [")
	m.jsonList(b, m.started(), m.starts, func(s *script) (int, string, int, string) {
		return s.start, s.startLevels, s.startWhy, s.startAt
	})
	b.WriteString("],\n  \"stop\": [")
	m.jsonList(b, m.stopped(), m.stops, func(s *script) (int, string, int, string) {
		return s.stop, s.stopLevels, s.stopWhy, s.stopAt
	})
	var chain []string
	if c := m.critical(); len(c) > 1 {
		for _, i := range c {
			chain = append(chain, m.scripts[i].name)
		}
	}
	fmt.Fprintf(b, "],\n  \"critical\": %s,\n  \"loops\": [", quoteAll(chain))
	for i, l := range m.loops {
		fmt.Fprintf(b, "%s\n    {\"stop\": %t, \"members\": %s, \"edges\": %s, \"suspect\": %s, \"why\": %s, \"overrides\": [",
			comma(i), l.stop, quoteAll(l.members), quoteAll(l.edges), quote(l.suspect), quote(l.why))
		for k, o := range l.mends {
			fmt.Fprintf(b, "%s{\"path\": %s, \"text\": %s}", comma(k), quote(o.path), quote(o.text))
		}
		b.WriteString("]}")
	}
	fmt.Fprintf(b, "],\n  \"notes\": %s\n}\n", quoteAll(m.notes))
}

// jsonList writes the scripts of one direction, each with all that it waits
// for.
func (m *model) jsonList(b *strings.Builder, list []int, edges []edge, row func(*script) (int, string, int, string)) {
	into := make([][]int, len(m.scripts))
	for i := range edges {
		into[edges[i].to] = append(into[edges[i].to], i)
	}
	for k, i := range list {
		s := &m.scripts[i]
		number, levels, why, at := row(s)
		fmt.Fprintf(b, "%s\n    {\"script\": %s, \"path\": %s, \"number\": %d, \"runlevels\": %s, \"boot\": %t, ",
			comma(k), quote(s.name), quote(s.path), number, quote(strings.Trim(levels, "-")), s.early)
		if why == none {
			fmt.Fprintf(b, "\"because\": %s, ", quote(at))
		} else {
			fmt.Fprintf(b, "\"because\": %s, ", quote(m.decider(&edges[why], s).name))
		}
		b.WriteString("\"after\": [")
		for n, j := range into[i] {
			e := &edges[j]
			fmt.Fprintf(b, "%s\n      {\"script\": %s, \"key\": %s, \"word\": %s, \"via\": %s, \"must\": %t, %s}",
				comma(n), quote(m.scripts[e.from].name), quote(e.name), quote(e.word.Text), quote(e.via), e.must, jsonPlace(e.word.Position))
		}
		b.WriteString("]}")
	}
}

// jsonPlace is a place in a file.
func jsonPlace(p lsb.Position) string {
	return fmt.Sprintf("\"path\": %s, \"line\": %d, \"col\": %d", quote(p.Path), p.Line, p.Col)
}

// comma is what stands before the element of a number.
func comma(i int) string {
	if i == 0 {
		return ""
	}
	return ","
}

// quoteAll is a list of strings.
func quoteAll(list []string) string {
	quoted := make([]string, len(list))
	for i, s := range list {
		quoted[i] = quote(s)
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}

// quote is a string of JSON (RFC 8259); bytes that are no UTF-8 become U+FFFD.
func quote(s string) string {
	b := []byte{'"'}
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b = append(b, '\\', byte(r))
		case r < ' ':
			b = append(b, `\u00`...)
			if r < 0x10 {
				b = append(b, '0')
			}
			b = strconv.AppendInt(b, int64(r), 16)
		default:
			b = utf8.AppendRune(b, r)
		}
	}
	return string(append(b, '"'))
}
