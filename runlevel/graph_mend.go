package runlevel

import (
	"slices"
	"strings"

	"sysv/lsb"
)

// suspect is a script whose header makes edges of a loop.
type suspect struct {
	script string
	edges  []Edge
	// without are the words of it that have to go, fewest, if they alone can
	// mend the loop.
	without []lsb.Word
	points  int
	why     []string
}

// mend finds the header that most probably is wrong, and what would mend the
// loop: without the words of the suspect, and if that is not enough, without
// those of the next one.
func (q *sequencer) mend(l *Loop, edges []Edge) {
	for len(edges) > 0 && len(l.Overrides) <= len(l.Members) {
		if shortest(l.Members, edges) == nil {
			break
		}
		s := q.suspects(l, edges)[0]
		if l.Wrong == "" {
			l.Wrong, l.Why = s.script, strings.Join(s.why, ", and ")
		}
		words := s.without
		if words == nil {
			for _, e := range s.edges {
				words = append(words, e.Word)
			}
		}
		edges = slices.DeleteFunc(edges, func(e Edge) bool { return e.Script == s.script && slices.Contains(words, e.Word) })
		l.Overrides = append(l.Overrides, Override{Script: s.script, Without: words})
	}
}

// writeOverrides makes the texts of the overrides. One script may have to change for
// several loops, and has one file.
func (q *sequencer) writeOverrides(loops []Loop) {
	words := map[string][]lsb.Word{}
	for _, l := range loops {
		for _, o := range l.Overrides {
			words[o.Script] = append(words[o.Script], o.Without...)
		}
	}
	for _, l := range loops {
		for i := range l.Overrides {
			o := &l.Overrides[i]
			o.Text = q.overrideText(o.Script, words[o.Script])
		}
	}
}

// suspects are the scripts that make edges of a loop, the likeliest first.
func (q *sequencer) suspects(l *Loop, edges []Edge) []suspect {
	by := map[string]*suspect{}
	for _, e := range edges {
		s := by[e.Script]
		if s == nil {
			s = &suspect{script: e.Script}
			by[e.Script] = s
		}
		s.edges = append(s.edges, e)
	}
	var all []suspect
	for _, s := range by {
		q.judge(s, l, edges)
		all = append(all, *s)
	}
	slices.SortFunc(all, func(a, b suspect) int {
		if a.points != b.points {
			return b.points - a.points
		}
		return strings.Compare(a.script, b.script)
	})
	return all
}

// judge gives points for what makes a header suspicious.
func (q *sequencer) judge(s *suspect, l *Loop, edges []Edge) {
	note := func(points int, why string) {
		s.points += points
		s.why = append(s.why, why)
	}
	if e := q.plain[s.script]; e == nil || e.header == nil {
		note(8, "it has no header, so that its place is guessed from its present links")
	}
	if s.without = fewest(s, l, edges); s.without != nil {
		note(4, "it alone can mend the loop")
	}
	if _, ok := q.arguments[s.script]; ok && len(q.arguments) < len(q.scripts) {
		note(2, "it is the one that is to be added")
	}
	reverse, facility, optional := false, false, true
	for _, e := range s.edges {
		if e.Field == nil {
			continue
		}
		reverse = reverse || e.Field.Key == lsb.StartBefore || e.Field.Key == lsb.StopAfter
		facility = facility || strings.HasPrefix(e.Word.Text, "$") && q.partOf(e.Word.Text, s.script)
		optional = optional && !e.Must
	}
	if reverse {
		note(2, "it wants to come before scripts that do not know of it")
	}
	if facility {
		note(3, "it waits for a facility that it is a part of")
	}
	if optional && !reverse {
		note(1, "what it asks for is optional")
	}
	if len(s.why) == 0 {
		s.why = append(s.why, "its name is the first of the loop")
	}
}

// partOf tells whether a script provides what a facility stands for.
func (q *sequencer) partOf(name, script string) bool {
	f := q.facilities[name]
	n := q.ofScript(script)
	if f == nil || n == nil {
		return false
	}
	for _, e := range f.entries {
		if s := q.byName[strings.TrimPrefix(e.name, "+")]; s != nil && s.node == n {
			return true
		}
	}
	return false
}

// fewest are the words of a suspect without which there is no loop: one, if
// one will do, or all; nil if they alone cannot mend it.
func fewest(s *suspect, l *Loop, edges []Edge) []lsb.Word {
	mends := func(words ...lsb.Word) bool {
		rest := slices.DeleteFunc(slices.Clone(edges), func(e Edge) bool {
			return e.Script == s.script && slices.Contains(words, e.Word)
		})
		return shortest(l.Members, rest) == nil
	}
	var all []lsb.Word
	for _, e := range s.edges {
		if !slices.Contains(all, e.Word) {
			all = append(all, e.Word)
		}
	}
	if !mends(all...) {
		return nil
	}
	for _, w := range all {
		if mends(w) {
			return []lsb.Word{w}
		}
	}
	return all
}

// overrideText is a script's header without some of its words.
func (q *sequencer) overrideText(script string, without []lsb.Word) string {
	var b strings.Builder
	b.WriteString("### BEGIN INIT INFO\n")
	field := func(name, value string) {
		b.WriteString("# " + name + ":")
		if value != "" {
			b.WriteString(strings.Repeat(" ", max(1, 18-len(name))) + value)
		}
		b.WriteByte('\n')
	}
	n, e := q.ofScript(script), q.plain[script]
	if e == nil || e.header == nil {
		field("Provides", script)
		field("Required-Start", "")
		field("Required-Stop", "")
		if n != nil {
			field("Default-Start", n.start.levels.String())
			field("Default-Stop", n.stop.levels.String())
		}
		b.WriteString("### END INIT INFO\n")
		return b.String()
	}
	for i := range e.header.Fields {
		f := &e.header.Fields[i]
		switch f.Key {
		case lsb.Provides, lsb.RequiredStart, lsb.RequiredStop, lsb.ShouldStart, lsb.ShouldStop,
			lsb.StartBefore, lsb.StopAfter, lsb.DefaultStart, lsb.DefaultStop, lsb.Interactive:
		default:
			continue // insserv does not read it
		}
		if e.header.Get(f.Key) != f {
			continue
		}
		var words []string
		for _, w := range f.InsservWords() {
			same := func(o lsb.Word) bool { return o.Text == w.Text && o.Line == w.Line }
			if !slices.ContainsFunc(without, same) {
				words = append(words, w.Text)
			}
		}
		field(f.Name, strings.Join(words, " "))
	}
	b.WriteString("### END INIT INFO\n")
	return b.String()
}

// reportLoops tells of each loop who is in it, why, and what would mend it.
func (q *sequencer) reportLoops() {
	if q.Silent {
		return
	}
	say := func(parts ...string) { q.say(false, append([]string{Detail}, append(parts, "\n")...)) }
	for _, l := range q.findLoops() {
		say("loop of ", itoa(len(l.Members)), " scripts that are ", verb(l.Kind), ": ", strings.Join(l.Members, " "))
		for _, e := range l.Cycle {
			say("  ", e.String())
		}
		say("most probably wrong is ", l.Wrong, ": ", l.Why)
		for _, o := range l.Overrides {
			say("what mends it is ", q.ShownOverrides[0], "/", o.Script, " with:")
			for line := range strings.Lines(o.Text) {
				say("  ", strings.TrimSuffix(line, "\n"))
			}
		}
	}
}

// reportDeepest tells which scripts make a chain that is too long: its last
// one, and from there back what each waits for.
func (q *sequencer) reportDeepest() {
	for _, kind := range [...]Kind{Start, Stop} {
		depth := map[*node]int{}
		next := map[*node]link{}
		var top *node
		for _, part := range q.components(kind) {
			for _, n := range part {
				for _, k := range successors(n, kind) {
					if d := depth[k.to]; d > depth[n] && len(part) == 1 {
						depth[n], next[n] = d, k
					}
				}
				depth[n]++
				if top == nil || depth[n] > depth[top] {
					top = n
				}
			}
		}
		if top == nil || depth[top] <= maxNumber {
			continue
		}
		end := top
		var edges []Edge
		for {
			k, ok := next[end]
			if !ok {
				break
			}
			edges = appendEdges(edges, end, link{to: k.to, why: k.why}, kind)
			end = k.to
		}
		q.say(false, []string{Detail, itoa(depth[top]), " scripts that are ", verb(kind), " one after the other, from ", top.title(), " to ", end.title(), "; the last of them:\n"})
		for _, e := range edges[max(0, len(edges)-3):] {
			q.say(false, []string{Detail, "  ", e.String(), "\n"})
		}
	}
}
