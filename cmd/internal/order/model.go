package order

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"sysv/lsb"
)

// none is a number or an index that is not there.
const none = -1

// model is what one orderer makes of a tree.
type model struct {
	// as is the orderer's name.
	as string
	// sequential tells that scripts of one number run one after another, by
	// their names; else they run side by side.
	sequential bool
	// byEdges tells that the order is what the edges say and no more: a
	// script waits for those before it, not for a number.
	byEdges bool
	scripts []script
	// starts and stops are why: From is called before To.
	starts, stops []edge
	loops         []loop
	// notes are lines about the tree, path first where there is one.
	notes []string

	// refused tells that there is no order: a header is wrong.
	refused bool

	index map[string]int
	// next and ahead are what waits for a script, at once and after all.
	next  [][]int
	ahead [][]bool
}

// script is one script's place.
type script struct {
	name, path string
	// early tells a script that runs once at boot, before the runlevel's.
	early bool
	// startLevels and stopLevels are the runlevels, as "2345" or "S".
	startLevels, stopLevels string
	// start and stop are the numbers, or none.
	start, stop int
	// startAt and stopAt say where a number comes from that no edge gives.
	startAt, stopAt string
	// startWhy and stopWhy are the edges that decide the numbers, or none: such
	// an edge leads from the script before, or, where numbers are counted from
	// the end as chkconfig counts those of stops, to the script behind.
	startWhy, stopWhy int
}

// edge is why one script comes before another.
type edge struct {
	from, to int
	// word is the word of a header that says so, and name its key as it is
	// written. A place without a line is another reason, which name says.
	word lsb.Word
	name string
	// via is the facility through which it holds, through a name between the
	// two that no script provides.
	via, through string
	// must tells a requirement from a wish.
	must bool
}

// loop is scripts that wait for each other.
type loop struct {
	members []string
	// edges say who waits for whom, and where that is written.
	edges []string
	// stop tells a loop of the order of stopping.
	stop bool
	// suspect is the script whose header most probably is wrong, and why says
	// why.
	suspect, why string
	// mends are files that would mend it.
	mends []override
}

// override is a file of /etc/insserv/overrides.
type override struct{ path, text string }

// add adds a script.
func (m *model) add(s script) int {
	if m.index == nil {
		m.index = map[string]int{}
	}
	s.startWhy, s.stopWhy = none, none
	m.index[s.name] = len(m.scripts)
	m.scripts = append(m.scripts, s)
	return len(m.scripts) - 1
}

// note adds a line, once.
func (m *model) note(format string, args ...any) {
	if line := fmt.Sprintf(format, args...); !slices.Contains(m.notes, line) {
		m.notes = append(m.notes, line)
	}
}

// reason is an edge's, for people: "Required-Start: $network (PATH:LINE:COL)".
func (e *edge) reason() string {
	if e.word.Line == 0 {
		return e.name
	}
	through := ""
	if e.through != "" {
		through = " by way of " + e.through + ", which no script provides"
	}
	return fmt.Sprintf("%s: %s%s (%s:%d:%d)", e.name, e.word.Text, through, e.word.Path, e.word.Line, e.word.Col)
}

// decide finds, for each script, the edge that gives it its number: that from
// the one with the highest number below its own; of several the first.
func (m *model) decide() {
	for i := range m.starts {
		e := &m.starts[i]
		from, to := &m.scripts[e.from], &m.scripts[e.to]
		if to.start == none || from.start == none || to.early && !from.early || from.start >= to.start {
			continue
		}
		if to.startWhy == none || m.scripts[m.starts[to.startWhy].from].start < from.start {
			to.startWhy = i
		}
	}
	for i := range m.stops {
		e := &m.stops[i]
		from, to := &m.scripts[e.from], &m.scripts[e.to]
		if to.stop == none || from.stop == none || from.stop >= to.stop {
			continue
		}
		if to.stopWhy == none || m.scripts[m.stops[to.stopWhy].from].stop < from.stop {
			to.stopWhy = i
		}
	}
}

// started are the scripts that start, in their order.
func (m *model) started() []int {
	return m.sorted(func(s *script) int { return s.start })
}

// stopped are the scripts that stop, in their order.
func (m *model) stopped() []int {
	return m.sorted(func(s *script) int { return s.stop })
}

func (m *model) sorted(number func(*script) int) []int {
	var all []int
	for i := range m.scripts {
		if number(&m.scripts[i]) != none {
			all = append(all, i)
		}
	}
	slices.SortStableFunc(all, func(a, b int) int {
		x, y := &m.scripts[a], &m.scripts[b]
		if x.early != y.early {
			if x.early {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(number(x), number(y)), strings.Compare(x.name, y.name))
	})
	return all
}

// chain are the scripts that give script i its number, the first one first.
func (m *model) chain(i int) []int {
	chain := []int{i}
	seen := map[int]bool{i: true}
	for m.scripts[i].startWhy != none {
		// In a loop it comes back to where it has been.
		if i = m.starts[m.scripts[i].startWhy].from; seen[i] {
			break
		}
		seen[i] = true
		chain = append(chain, i)
	}
	slices.Reverse(chain)
	return chain
}

// critical is what takes longest: the longest chain of the scripts that start
// at boot, and then, as all of those have started before, the longest of the
// others. Of equal ones it is that of the first name.
func (m *model) critical() []int {
	var boot, rest []int
	for _, i := range m.started() {
		c := m.chain(i)
		if m.scripts[i].early {
			if len(c) > len(boot) {
				boot = c
			}
			continue
		}
		c = slices.DeleteFunc(c, func(i int) bool { return m.scripts[i].early })
		if len(c) > len(rest) {
			rest = c
		}
	}
	return append(boot, rest...)
}

// before says whether script a has started before b begins to.
func (m *model) before(a, b int) bool {
	x, y := &m.scripts[a], &m.scripts[b]
	switch {
	case x.start == none || y.start == none:
		return false
	case x.early != y.early:
		return x.early
	case m.byEdges:
		return m.reach(a)[b]
	case x.start != y.start:
		return x.start < y.start
	}
	return m.sequential && x.name < y.name
}

// reach are the scripts that wait for one, each by its index.
func (m *model) reach(from int) []bool {
	if m.ahead == nil {
		m.ahead = make([][]bool, len(m.scripts))
		m.next = make([][]int, len(m.scripts))
		for _, e := range m.live() {
			m.next[e.from] = append(m.next[e.from], e.to)
		}
	}
	if m.ahead[from] != nil {
		return m.ahead[from]
	}
	seen := make([]bool, len(m.scripts))
	work := []int{from}
	for len(work) > 0 {
		at := work[len(work)-1]
		work = work[:len(work)-1]
		for _, to := range m.next[at] {
			if !seen[to] {
				seen[to] = true
				work = append(work, to)
			}
		}
	}
	m.ahead[from] = seen
	return seen
}

// live are the edges between scripts that are started: what is not started
// nobody waits for.
func (m *model) live() []edge {
	var live []edge
	for i := range m.starts {
		if e := &m.starts[i]; m.scripts[e.from].start != none && m.scripts[e.to].start != none {
			live = append(live, *e)
		}
	}
	return live
}

// levels gives each script that is started the number of its depth: 1 for one that waits for
// nobody, else one more than the highest of those that it waits for, both of
// boot or both of the runlevel. Scripts that wait for each other are left at
// the depth that they have from outside.
func (m *model) levels() {
	live := m.live()
	order, component := components(len(m.scripts), live)
	inside := make([]bool, len(live))
	into := make([][]int, len(m.scripts))
	for i := range live {
		e := &live[i]
		inside[i] = component[e.from] == component[e.to]
		into[e.to] = append(into[e.to], i)
	}
	for _, members := range order {
		depth := 1
		for _, s := range members {
			for _, i := range into[s] {
				if !inside[i] && m.scripts[live[i].from].early == m.scripts[s].early {
					depth = max(depth, m.scripts[live[i].from].start+1)
				}
			}
		}
		for _, s := range members {
			if m.scripts[s].start != none {
				m.scripts[s].start = depth
			}
		}
	}
	m.findLoops(live, false)
}

// findLoops finds the loops of one direction.
func (m *model) findLoops(edges []edge, stop bool) {
	order, _ := components(len(m.scripts), edges)
	for _, members := range order {
		if len(members) > 1 {
			l := m.describe(members, edges)
			l.stop = stop
			m.loops = append(m.loops, l)
		}
	}
}

// blame says of the members of loops that their numbers come of these, where
// nothing else gives them.
func (m *model) blame() {
	for _, l := range m.loops {
		for _, name := range l.members {
			i, ok := m.index[name]
			switch {
			case !ok:
			case l.stop && m.scripts[i].stopWhy == none:
				m.scripts[i].stopAt = "it is in a loop"
			case !l.stop && m.scripts[i].startWhy == none:
				m.scripts[i].startAt = "it is in a loop"
			}
		}
	}
}

// describe is a loop's text: of the edges those between the members.
func (m *model) describe(members []int, edges []edge) loop {
	in := map[int]bool{}
	var l loop
	for _, s := range members {
		in[s] = true
		l.members = append(l.members, m.scripts[s].name)
	}
	slices.Sort(l.members)
	for i := range edges {
		if e := &edges[i]; in[e.from] && in[e.to] {
			l.edges = append(l.edges, fmt.Sprintf("%s waits for %s: %s", m.scripts[e.to].name, m.scripts[e.from].name, e.reason()))
		}
	}
	return l
}

// components are the strongly connected components of a graph, each before
// those that wait for it, and each node's component (Tarjan's algorithm,
// without recursion: a chain may be as long as there are scripts).
func components(n int, edges []edge) (order [][]int, of []int) {
	before := make([][]int, n)
	for i := range edges {
		before[edges[i].to] = append(before[edges[i].to], edges[i].from)
	}
	number, low, next := make([]int, n), make([]int, n), make([]int, n)
	of = make([]int, n)
	for i := range of {
		of[i] = none
	}
	var stack, calls []int
	counter := 0
	enter := func(v int) {
		counter++
		number[v], low[v] = counter, counter
		stack = append(stack, v)
		calls = append(calls, v)
	}
	for root := range n {
		if number[root] == 0 {
			enter(root)
		}
		for len(calls) > 0 {
			v := calls[len(calls)-1]
			if next[v] < len(before[v]) {
				w := before[v][next[v]]
				next[v]++
				if number[w] == 0 {
					enter(w)
				} else if of[w] == none {
					low[v] = min(low[v], number[w])
				}
				continue
			}
			calls = calls[:len(calls)-1]
			if len(calls) > 0 {
				u := calls[len(calls)-1]
				low[u] = min(low[u], low[v])
			}
			if low[v] != number[v] {
				continue
			}
			var members []int
			for {
				w := stack[len(stack)-1]
				stack = stack[:len(stack)-1]
				of[w] = len(order)
				members = append(members, w)
				if w == v {
					break
				}
			}
			order = append(order, members)
		}
	}
	return order, of
}
