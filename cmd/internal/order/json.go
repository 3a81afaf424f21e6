package order

import (
	"encoding/json"
	"strings"

	"sysv/lsb"
)

// jsonOrder is what --json prints: the order for programs.
type jsonOrder struct {
	As       string     `json:"as"`
	Start    []entry    `json:"start"`
	Stop     []entry    `json:"stop"`
	Critical []string   `json:"critical"`
	Loops    []jsonLoop `json:"loops"`
	Notes    []string   `json:"notes"`
}

// entry is a script in one direction, with all that it waits for.
type entry struct {
	Script    string  `json:"script"`
	Path      string  `json:"path"`
	Number    int     `json:"number"`
	Runlevels string  `json:"runlevels"`
	Boot      bool    `json:"boot"`
	Because   string  `json:"because"`
	After     []after `json:"after"`
}

type after struct {
	Script string `json:"script"`
	Key    string `json:"key"`
	Word   string `json:"word"`
	Via    string `json:"via"`
	Must   bool   `json:"must"`
	jsonPlace
}

// jsonPlace is a place in a file.
type jsonPlace struct {
	Path string `json:"path"`
	Line int    `json:"line"`
	Col  int    `json:"col"`
}

type jsonLoop struct {
	Stop      bool           `json:"stop"`
	Members   []string       `json:"members"`
	Edges     []string       `json:"edges"`
	Suspect   string         `json:"suspect"`
	Why       string         `json:"why"`
	Overrides []jsonOverride `json:"overrides"`
}

type jsonOverride struct {
	Path string `json:"path"`
	Text string `json:"text"`
}

// writeJSON is the order for programs: one object. Bytes that are no UTF-8
// become U+FFFD.
func writeJSON(b *strings.Builder, m *model) {
	o := jsonOrder{As: m.as, Loops: []jsonLoop{}, Critical: []string{}, Notes: append([]string{}, m.notes...)}
	o.Start = m.entries(m.started(), m.starts, func(s *script) (int, string, int, string) {
		return s.start, s.startLevels, s.startWhy, s.startAt
	})
	o.Stop = m.entries(m.stopped(), m.stops, func(s *script) (int, string, int, string) {
		return s.stop, s.stopLevels, s.stopWhy, s.stopAt
	})
	if c := m.critical(); len(c) > 1 {
		for _, i := range c {
			o.Critical = append(o.Critical, m.scripts[i].name)
		}
	}
	for _, l := range m.loops {
		x := jsonLoop{
			Stop: l.stop, Members: append([]string{}, l.members...), Edges: append([]string{}, l.edges...), Suspect: l.suspect, Why: l.why,
			Overrides: []jsonOverride{},
		}
		for _, mend := range l.mends {
			x.Overrides = append(x.Overrides, jsonOverride{mend.path, mend.text})
		}
		o.Loops = append(o.Loops, x)
	}
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	// It is made of strings and numbers, and goes to memory.
	_ = e.Encode(o)
}

func (m *model) entries(list []int, edges []edge, row func(*script) (int, string, int, string)) []entry {
	into := make([][]int, len(m.scripts))
	for i := range edges {
		into[edges[i].to] = append(into[edges[i].to], i)
	}
	out := []entry{}
	for _, i := range list {
		s := &m.scripts[i]
		number, levels, why, at := row(s)
		x := entry{Script: s.name, Path: s.path, Number: number, Runlevels: strings.Trim(levels, "-"), Boot: s.early, Because: at, After: []after{}}
		if why != none {
			x.Because = m.decider(&edges[why], s).name
		}
		for _, j := range into[i] {
			e := &edges[j]
			x.After = append(x.After, after{m.scripts[e.from].name, e.name, e.word.Text, e.via, e.must, placeOf(e.word.Position)})
		}
		out = append(out, x)
	}
	return out
}

func placeOf(p lsb.Position) jsonPlace { return jsonPlace{p.Path, p.Line, p.Col} }
