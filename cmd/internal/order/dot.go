package order

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// writeDot is the order of starting for graphviz: a rank for each number, the
// longest chain in red, the edges that decide numbers bold.
func writeDot(b *strings.Builder, m *model) {
	fmt.Fprintf(b, "digraph %s {\n\trankdir=LR;\n\tnode [shape=box, fontname=\"sans-serif\"];\n", quote(m.as))
	critical := map[int]bool{}
	for _, i := range m.critical() {
		critical[i] = true
	}
	last := ""
	for _, i := range m.started() {
		s := &m.scripts[i]
		if rank := fmt.Sprint(s.early, s.start); rank != last {
			if last != "" {
				b.WriteString("\t}\n")
			}
			last = rank
			b.WriteString("\t{ rank=same;\n")
		}
		fmt.Fprintf(b, "\t\t%s [label=%s%s];\n", quote(s.name), quote(fmt.Sprintf("%02d %s", s.start, s.name)), red(critical[i]))
	}
	if last != "" {
		b.WriteString("\t}\n")
	}
	for i := range m.starts {
		e := &m.starts[i]
		to := &m.scripts[e.to]
		if to.start == none || m.scripts[e.from].start == none {
			continue
		}
		decides := to.startWhy == i
		style := ""
		if !e.must {
			style += ", style=dashed"
		}
		if decides {
			style += ", penwidth=2"
		}
		fmt.Fprintf(b, "\t%s -> %s [tooltip=%s%s%s];\n", quote(m.scripts[e.from].name), quote(to.name), quote(e.reason()), style,
			red(decides && critical[e.from] && critical[e.to]))
	}
	b.WriteString("}\n")
}

func red(yes bool) string {
	if yes {
		return ", color=red"
	}
	return ""
}

// quote is a string of Graphviz's.
func quote(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(strings.ToValidUTF8(s, string(utf8.RuneError))) + `"`
}
