package order

import (
	"errors"
	"io/fs"
	"slices"
	"strings"

	"sysv/lsb"
	"sysv/runlevel"
)

// asInsserv is what insserv(8) makes of the tree: scripts that have links keep
// their runlevels, the others get those of their headers, as if insserv were
// called with their names. Where it refuses, the order shown is that of
// "insserv -f".
func asInsserv(t *tree) (*model, error) {
	m := &model{as: "insserv"}
	in := &runlevel.Insserv{
		FS: t.root, Dir: scriptsDir, ShownDir: "/" + scriptsDir,
		Depend: scriptsDir + "/.", ShownDepend: "/" + scriptsDir + "/.",
		Overrides:      [2]string{"etc/insserv/overrides", "usr/share/insserv/overrides"},
		ShownOverrides: [2]string{"/etc/insserv/overrides", "/usr/share/insserv/overrides"},
	}
	filters, _ := fs.ReadFile(t.root, "etc/insserv/file-filters")
	in.Filters = lsb.FileFilters(filters)
	in.Configs = t.configs(in.Filters)
	for i := range t.files {
		if name := t.files[i].name; len(t.byScript[name]) == 0 {
			in.Scripts = append(in.Scripts, runlevel.Argument{Name: name})
		}
	}
	seq, err := in.Plan()
	if errors.Is(err, runlevel.ErrRefused) {
		m.refused = true
		m.messages(seq)
		in.Force = true
		seq, err = in.Plan()
	}
	if err != nil && !errors.Is(err, runlevel.ErrRefused) {
		return nil, err
	}
	if !m.refused {
		m.messages(seq)
	}
	scripts := seq.Scripts()
	for _, s := range scripts {
		m.add(insservScript(s))
	}
	m.insservEdges(seq.Edges())
	m.decide()
	m.alone(scripts)
	for _, l := range seq.Loops() {
		m.loops = append(m.loops, insservLoop(l))
	}
	return m, nil
}

// configs are the files of facilities, in the order in which insserv reads
// them: insserv.conf, then those of insserv.conf.d from the last name on.
func (t *tree) configs(filters []string) []runlevel.ConfigFile {
	const main = "/etc/insserv.conf"
	read := func(shown string) runlevel.ConfigFile {
		data, err := fs.ReadFile(t.root, shown[1:])
		return runlevel.ConfigFile{Shown: shown, Data: data, Err: err}
	}
	files := []runlevel.ConfigFile{read(main)}
	entries, _ := fs.ReadDir(t.root, main[1:]+".d")
	for _, e := range slices.Backward(entries) {
		if lsb.ConfigName(e.Name(), filters) {
			files = append(files, read(main+".d/"+e.Name()))
		}
	}
	return files
}

// messages are what insserv says, as notes, but for loops, which are explained
// elsewhere.
func (m *model) messages(seq *runlevel.Sequence) {
	loops := false
	for _, msg := range seq.Messages {
		text := strings.TrimSpace(strings.TrimPrefix(msg.Text, "insserv:"))
		if strings.HasPrefix(text, "loop of ") {
			loops = true
		}
		if strings.HasPrefix(text, "exiting now") {
			loops = false
		}
		if msg.Change || loops || strings.HasPrefix(text, "There is a loop ") || strings.HasPrefix(text, "loop involving ") {
			continue
		}
		for line := range strings.Lines(msg.Text) {
			text := strings.TrimSpace(strings.TrimPrefix(line, "insserv:"))
			if text != "" {
				m.note("%s", text)
			}
		}
	}
}

// insservScript is a script in insserv's order.
func insservScript(o runlevel.Ordered) script {
	s := script{
		name: o.Name, path: "/" + scriptsDir + "/" + o.Name, early: o.Start.Has('S'),
		startLevels: letters(o.Start), stopLevels: letters(o.Stop), start: none, stop: none,
	}
	if o.Start != 0 {
		s.start = o.StartNumber
		s.startAt = place(o.StartNumber, o.Interactive, o.StartLast, "starts")
	}
	if o.Stop != 0 {
		s.stop = o.StopNumber
		s.stopAt = place(o.StopNumber, false, o.StopFirst, "stops")
	}
	return s
}

// place says why a script has a number that no other script gives it.
func place(number int, alone, all bool, does string) string {
	switch {
	case all && does == "starts":
		return "it asks for $all: after all others"
	case all:
		return "it asks for $all: before all others"
	case number == 1:
		return "it waits for no other script"
	case alone:
		return "it talks with the user and " + does + " alone"
	}
	return "others of lower numbers are kept apart from it"
}

// insservEdges adds the edges between scripts. Where a name stands between two
// that no script provides, which counts as if one did, the edge leads from the
// last script before that name.
func (m *model) insservEdges(edges []runlevel.Edge) {
	for _, kind := range []runlevel.Kind{runlevel.Start, runlevel.Stop} {
		to, number := &m.starts, func(s *script) int { return s.start }
		if kind == runlevel.Stop {
			to, number = &m.stops, func(s *script) int { return s.stop }
		}
		// into are the edges that lead to a name without a script.
		into := map[string][]string{}
		for _, e := range edges {
			if _, ok := m.index[e.After]; !ok && e.Kind == kind {
				into[e.After] = append(into[e.After], e.Before)
			}
		}
		for _, e := range edges {
			after, ok := m.index[e.After]
			if !ok || e.Kind != kind {
				continue
			}
			n := insservEdge(e)
			n.to = after
			if before, ok := m.index[e.Before]; ok {
				n.from = before
			} else if n.from = m.latest(into, e.Before, number, map[string]bool{}); n.from == none {
				continue
			} else {
				n.through = e.Before
			}
			if n.from != n.to {
				*to = append(*to, n)
			}
		}
	}
}

// latest is the script with the highest number before a name that none
// provides.
func (m *model) latest(into map[string][]string, name string, number func(*script) int, seen map[string]bool) int {
	best := none
	seen[name] = true
	for _, before := range into[name] {
		i, ok := m.index[before]
		if !ok && !seen[before] {
			i = m.latest(into, before, number, seen)
			ok = i != none
		}
		if ok && (best == none || number(&m.scripts[i]) > number(&m.scripts[best])) {
			best = i
		}
	}
	return best
}

// insservEdge is an edge without its ends.
func insservEdge(e runlevel.Edge) edge {
	n := edge{word: e.Word, must: e.Must, name: "guessed from its present links"}
	if e.Field != nil {
		n.name = e.Field.Name
	}
	if e.Word.Text != e.Before && e.Word.Text != e.After {
		n.via = e.Word.Text
	}
	return n
}

// alone finds the scripts that have their number because another one, that
// talks with the user, has the number before for itself.
func (m *model) alone(scripts []runlevel.Ordered) {
	by := map[int][]int{}
	for i, s := range scripts {
		if s.Interactive && s.Start != 0 {
			by[s.StartNumber] = append(by[s.StartNumber], i)
		}
	}
	for i := range m.scripts {
		s := &m.scripts[i]
		if s.start == none || s.startWhy != none && m.scripts[m.starts[s.startWhy].from].start == s.start-1 {
			continue
		}
		for _, j := range by[s.start-1] {
			if scripts[j].Start&scripts[i].Start == 0 || scripts[j].Header == nil {
				continue
			}
			f := scripts[j].Header.Get(lsb.Interactive)
			if f == nil {
				continue
			}
			e := edge{from: j, to: i, name: f.Name + " of " + scripts[j].Name, must: true}
			e.word = lsb.Word{Text: f.Value, Position: f.Position}
			m.starts = append(m.starts, e)
			s.startWhy = len(m.starts) - 1
			break
		}
	}
}

// insservLoop is a loop with its explanation.
func insservLoop(l runlevel.Loop) loop {
	out := loop{members: l.Members, stop: l.Kind == runlevel.Stop, suspect: l.Wrong, why: l.Why}
	for _, e := range l.Cycle {
		out.edges = append(out.edges, e.String())
	}
	for _, o := range l.Overrides {
		out.mends = append(out.mends, override{"/etc/insserv/overrides/" + o.Script, o.Text})
	}
	return out
}
