package order

import (
	"errors"
	"fmt"
	"strings"

	"sysv/lsb"
	"sysv/runlevel"
)

// asChkconfig is what "chkconfig --add" of every script would come to: those
// that have links keep their runlevels, the others get the header's.
func asChkconfig(t *tree) (*model, error) {
	m := &model{as: "chkconfig", sequential: true}
	ct := runlevel.OpenChkconfig(t.root)
	ct.Lenient = true
	var services []*runlevel.ChkconfigService
	for i := range t.files {
		f := &t.files[i]
		if runlevel.ChkconfigIgnored(f.name) {
			continue
		}
		s, err := ct.Service(f.name)
		switch {
		case errors.Is(err, runlevel.ErrNotSupported):
			m.note("%v", err)
			continue
		case err != nil:
			m.note("%s: %v", f.path, bare(err))
			continue
		}
		if used, err := ct.Referenced(f.name); err != nil {
			return nil, err
		} else if !used {
			s.Current = s.Header.Levels
		}
		services = append(services, s)
	}
	o := runlevel.Order(services)
	for _, s := range services {
		at := numberAt(s)
		e := script{
			name: s.Name, path: "/" + scriptsDir + "/" + s.Name, start: s.Start, stop: s.Stop,
			startLevels: chkconfigLevels(s.Current), stopLevels: chkconfigLevels(^s.Current), startAt: at, stopAt: at,
		}
		if e.startLevels == "" {
			e.start = none
		}
		if e.stopLevels == "" {
			e.stop = none
		}
		m.add(e)
	}
	for i, s := range services {
		m.requirements(o, i, s)
	}
	for i := range services {
		m.scripts[i].startWhy = m.find(m.starts, i, o.StartWhy[i], false)
		m.scripts[i].stopWhy = m.find(m.stops, i, o.StopWhy[i], true)
	}
	m.findLoops(m.starts, false)
	m.findLoops(m.stops, true)
	return m, nil
}

// numberAt says where a service's own numbers stand.
func numberAt(s *runlevel.ChkconfigService) string {
	at := s.Header.NumbersAt
	if at.Line == 0 {
		return "the number of an LSB script without any"
	}
	return fmt.Sprintf("chkconfig: (%s:%d:%d)", at.Path, at.Line, at.Col)
}

// chkconfigLevels are the digits of a set.
func chkconfigLevels(set int32) string {
	var b strings.Builder
	for level := range runlevel.ChkconfigLevels {
		if set&(1<<level) != 0 {
			b.WriteByte(byte('0' + level))
		}
	}
	return b.String()
}

// requirements adds the edges of a service: what counts, chkconfig decides.
func (m *model) requirements(o *runlevel.ChkconfigOrder, i int, s *runlevel.ChkconfigService) {
	if !s.Header.LSB {
		return
	}
	o.Each(s, func(key lsb.Key, w *lsb.Word, stop bool, on *runlevel.ChkconfigService) {
		j, ok := m.index[on.Name]
		if !ok {
			return
		}
		if i == j {
			m.loops = append(m.loops, loop{members: []string{s.Name}, stop: stop, edges: []string{
				fmt.Sprintf("%s waits for itself: %s: %s (%s:%d:%d)", s.Name, title(key), w.Text, w.Path, w.Line, w.Col),
			}})
			return
		}
		e := edge{from: j, to: i, word: *w, name: title(key), must: key == lsb.RequiredStart || key == lsb.RequiredStop}
		if w.Text != on.Name {
			e.via = w.Text
		}
		if !stop {
			m.starts = append(m.starts, e)
			return
		}
		e.from, e.to = i, j
		m.stops = append(m.stops, e)
	})
}

// title is a key as headers have it.
func title(key lsb.Key) string {
	b := []byte(key)
	up := true
	for i, c := range b {
		if up && c >= 'a' && c <= 'z' {
			b[i] -= 'a' - 'A'
		}
		up = c == '-'
	}
	return string(b)
}

// find is the edge of a reason. When scripts stop, the number of the one that
// requires another is the lower one, so its edge leads away from it.
func (m *model) find(edges []edge, i int, why runlevel.ChkconfigReason, stop bool) int {
	if why.Word == nil {
		return none
	}
	j, ok := m.index[why.Service.Name]
	if !ok {
		return none
	}
	for k := range edges {
		e := &edges[k]
		a, b := e.from, e.to
		if stop {
			a, b = b, a
		}
		if a == j && b == i && e.word == *why.Word {
			return k
		}
	}
	return none
}
