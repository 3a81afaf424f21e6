package order

import (
	"fmt"
	"strings"
)

// writeDiff says what two orderers do otherwise with one tree, and whether
// there is anything.
func writeDiff(b *strings.Builder, x, y *model) bool {
	var lines []string
	say := func(title string) {
		if len(lines) == 0 {
			return
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(title + "\n")
		for _, l := range lines {
			b.WriteString("  " + l + "\n")
		}
		lines = nil
	}
	for _, p := range [][2]*model{{x, y}, {y, x}} {
		for i := range p[0].scripts {
			if s := &p[0].scripts[i]; s.start != none && p[1].startOf(s.name) == nil {
				lines = append(lines, s.name)
			}
		}
		say(fmt.Sprintf("Started by %s and not by %s", p[0].as, p[1].as))
	}
	for _, i := range x.started() {
		s := &x.scripts[i]
		if o := y.startOf(s.name); o != nil && o.startLevels != s.startLevels {
			lines = append(lines, fmt.Sprintf("%s: %s in %q, %s in %q", s.name, x.as, s.startLevels, y.as, o.startLevels))
		}
	}
	say("Started in other runlevels")
	lines = append(lines, reversed(x, y)...)
	say("Order that is not kept")
	for _, i := range x.started() {
		s := &x.scripts[i]
		if o := y.startOf(s.name); o != nil && (o.start != s.start || o.early != s.early) {
			lines = append(lines, fmt.Sprintf("%s: %s, %s", s.name, numbered(x, s), numbered(y, o)))
		}
	}
	say("Other numbers")
	return b.Len() > 0
}

// numbered is a script's number with the orderer's name.
func numbered(m *model, s *script) string {
	boot := ""
	if s.early {
		boot = " at boot"
	}
	return fmt.Sprintf("%s %02d%s", m.as, s.start, boot)
}

// startOf is a script if it is started.
func (m *model) startOf(name string) *script {
	if i, ok := m.index[name]; ok && m.scripts[i].start != none {
		return &m.scripts[i]
	}
	return nil
}

// reversed are the requirements, of either model, that one of them keeps and
// the other does not: a line for each word of a header.
func reversed(x, y *model) []string {
	var lines []string
	names := map[string][]string{}
	seen := map[[2]string]bool{}
	for _, p := range [][2]*model{{x, y}, {y, x}} {
		a, b := p[0], p[1]
		for i := range a.starts {
			e := &a.starts[i]
			from, to := a.scripts[e.from].name, a.scripts[e.to].name
			if seen[[2]string{from, to}] || !a.before(e.from, e.to) || b.startOf(from) == nil || b.startOf(to) == nil {
				continue
			}
			if b.before(b.index[from], b.index[to]) {
				continue
			}
			seen[[2]string{from, to}] = true
			how := "side by side"
			if b.before(b.index[to], b.index[from]) {
				how = "the other way round"
			}
			line := fmt.Sprintf("%s waits with %s, %s with %s: %s", to, a.as, how, b.as, e.reason())
			if names[line] == nil {
				lines = append(lines, line)
			}
			names[line] = append(names[line], from)
		}
	}
	for i, line := range lines {
		lines[i] = line + ": " + some(names[line])
	}
	return lines
}

// some are names, the first of them if there are many.
func some(names []string) string {
	const shown = 6
	if len(names) <= shown {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:shown], ", "), len(names)-shown)
}
