package order

import (
	"io/fs"
	"strings"

	"sysv/lsb"
	"sysv/runlevel"
)

// stub is a script as systemd-sysv-generator sees it.
type stub struct {
	// priority is the highest number of its start links in runlevels 1 to 5.
	priority int
	index    int
	file     *file
}

// asGenerator is what systemd does with the units that systemd-sysv-generator
// makes: After= and Before= of the header's requirements; of numbers only
// where one of two scripts has no LSB header. Nothing waits for a number: the
// numbers here are depths.
func asGenerator(t *tree) (*model, error) {
	m := &model{as: "generator", byEdges: true}
	var stubs []*stub
	// units are the scripts by their unit's name, without ".service".
	units := map[string]*stub{}
	for i := range t.files {
		f := &t.files[i]
		unit := strings.TrimSuffix(f.name, ".sh")
		switch {
		case !f.executable:
			m.note("%s: is not executable: no unit is made", f.path)
			continue
		case units[unit] != nil:
			m.note("%s: %s has that unit's name already", f.path, units[unit].file.path)
			continue
		}
		if native := t.nativeUnit(unit); native != "" {
			m.note("%s: /%s is there and is used", f.path, native)
			continue
		}
		s := &stub{priority: none, file: f}
		levels, number := t.started(f, s)
		stop, _ := t.linked(f.name, runlevel.Stop)
		switch {
		case number == none && len(t.byScript[f.name]) > 0:
			m.note("%s: has no start link in runlevels 1 to 5 or S: its unit is made, and nothing wants it", f.path)
		case len(t.byScript[f.name]) == 0:
			m.note("%s: has no links: shown as it is once it is enabled", f.path)
		}
		s.index = m.add(script{
			name: f.name, path: f.path, start: number, stop: none, startLevels: levels, stopLevels: stop,
			early: strings.Contains(levels, "S"), startAt: "it waits for no other script",
		})
		stubs, units[unit] = append(stubs, s), s
	}
	g := &generator{m: m, units: units, providers: map[string][]provider{}}
	for _, s := range stubs {
		g.provide(s)
	}
	for _, s := range stubs {
		g.require(s)
	}
	g.priorities(stubs)
	g.boot(stubs)
	m.levels()
	m.decideDepth()
	return m, nil
}

// started are the runlevels in which a script's unit is wanted: those of its
// links or, while it has none, of its header. number is none if it is not.
func (t *tree) started(f *file, s *stub) (levels string, number int) {
	for _, l := range t.byScript[f.name] {
		if l.Kind != runlevel.Start || l.Level != 'S' && (l.Level < '1' || l.Level > '5') {
			continue
		}
		if l.Level != 'S' {
			s.priority = max(s.priority, l.Number)
		}
		if !strings.Contains(levels, string(l.Level)) {
			levels += string(l.Level)
		}
	}
	if len(t.byScript[f.name]) == 0 {
		levels = letters(f.header.Levels(lsb.DefaultStart))
		if f.header.Begin == 0 {
			levels = "2345"
		}
	}
	if strings.Trim(levels, "06") == "" {
		return levels, none
	}
	return levels, 1
}

// nativeUnit is a unit file of a name that makes a script's unit superfluous.
func (t *tree) nativeUnit(unit string) string {
	for _, dir := range []string{"etc/systemd/system/", "run/systemd/system/", "usr/lib/systemd/system/", "lib/systemd/system/"} {
		name := dir + unit + ".service"
		if !fs.ValidPath(name) {
			return ""
		}
		if _, err := fs.Stat(t.root, name); err == nil {
			return name
		}
	}
	return ""
}

// generator collects the edges.
type generator struct {
	m     *model
	units map[string]*stub
	// providers are the scripts that come before a target.
	providers map[string][]provider
}

// provider is a script that says Provides: $x, or X-Start-Before: $x.
type provider struct {
	stub *stub
	word lsb.Word
}

// target is the unit that a facility's name means: "" for those that systemd
// has reached before any script, and a target's name or a script's.
func target(word, script string) (unit string, isTarget bool) {
	name := strings.TrimPrefix(word, "$")
	switch name {
	case "local_fs", "syslog":
		return "", false
	case "network":
		return "network-online.target", true
	case "named":
		return "nss-lookup.target", true
	case "portmap":
		return "rpcbind.target", true
	case "remote_fs":
		return "remote-fs.target", true
	case "time":
		return "time-sync.target", true
	}
	if strings.HasPrefix(word, "$") {
		return name + ".target", true
	}
	if name == strings.TrimSuffix(script, ".sh") {
		return "", false
	}
	return strings.TrimSuffix(name, ".sh"), false
}

// provide notes a script's other names and the targets that it comes before.
func (g *generator) provide(s *stub) {
	for _, w := range s.file.header.Words(lsb.Provides) {
		unit, isTarget := target(w.Text, s.file.name)
		switch {
		case unit == "":
		case isTarget:
			g.providers[unit] = append(g.providers[unit], provider{s, w})
		case g.units[unit] == nil:
			g.units[unit] = s
		}
	}
	for _, w := range s.file.header.Words(lsb.StartBefore) {
		if unit, isTarget := target(w.Text, s.file.name); isTarget {
			g.providers[unit] = append(g.providers[unit], provider{s, w})
		}
	}
}

// require adds the edges of Required-Start, Should-Start, X-Start-After and
// X-Start-Before; the other keys the generator does not read.
func (g *generator) require(s *stub) {
	h := s.file.header
	for _, key := range []lsb.Key{lsb.RequiredStart, lsb.ShouldStart, lsb.StartAfter, lsb.StartBefore} {
		for _, w := range h.Words(key) {
			unit, isTarget := target(w.Text, s.file.name)
			if unit == "" {
				continue
			}
			e := edge{word: w, name: written(h, key), must: key == lsb.RequiredStart}
			if !isTarget {
				if other := g.units[unit]; other != nil {
					if other.file.name != w.Text {
						e.via = w.Text
					}
					g.edge(s, other, e, key == lsb.StartBefore)
				}
				continue
			}
			if key == lsb.StartBefore {
				continue
			}
			e.via = w.Text
			for _, p := range g.providers[unit] {
				g.edge(s, p.stub, e, false)
			}
		}
	}
}

// edge makes s wait for other, or the other way round.
func (g *generator) edge(s, other *stub, e edge, before bool) {
	if s == other {
		return
	}
	e.from, e.to = other.index, s.index
	if before {
		e.from, e.to = s.index, other.index
	}
	g.m.starts = append(g.m.starts, e)
}

// priorities orders by number each two of which one has no header.
func (g *generator) priorities(stubs []*stub) {
	for _, s := range stubs {
		if s.file.header.Begin != 0 || s.priority == none {
			continue
		}
		for _, other := range stubs {
			if other == s || other.priority == none || other.priority == s.priority {
				continue
			}
			// Two without a header meet twice.
			if other.file.header.Begin == 0 && other.index < s.index {
				continue
			}
			e := edge{name: "the numbers of their links, as " + s.file.path + " has no LSB header"}
			g.edge(s, other, e, s.priority < other.priority)
		}
	}
}

// boot orders scripts of runlevel S, which Debian's generator puts before
// sysinit.target, before all others.
func (g *generator) boot(stubs []*stub) {
	var early, late []*stub
	for _, s := range stubs {
		if g.m.scripts[s.index].early {
			early = append(early, s)
		} else {
			late = append(late, s)
		}
	}
	if len(early) > 0 && len(late) > 0 {
		g.m.note("the %d scripts of runlevel S come before sysinit.target and so before the %d others", len(early), len(late))
	}
}

// decideDepth finds the edges that decide depths.
func (m *model) decideDepth() {
	for i := range m.starts {
		e := &m.starts[i]
		from, to := &m.scripts[e.from], &m.scripts[e.to]
		if from.start != none && from.early == to.early && from.start == to.start-1 && to.startWhy == none {
			to.startWhy = i
		}
	}
}
