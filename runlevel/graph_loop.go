package runlevel

import (
	"slices"
	"strings"

	"sysv/lsb"
)

// Loop is a set of scripts of which each waits for each other.
type Loop struct {
	Kind Kind
	// Members are all of them, by name.
	Members []string
	// Cycle are the edges of a shortest way around.
	Cycle []Edge
	// Wrong is the script whose header most probably is wrong, and Why says
	// why it is taken for that.
	Wrong, Why string
	// Overrides are files that mend it, that of Wrong first.
	Overrides []Override
}

// Override is a file of /etc/insserv/overrides.
type Override struct {
	Script string
	// Without are the words that it leaves out of the header.
	Without []lsb.Word
	Text    string
}

// successors are the nodes after n in an order that share a runlevel with it.
// What waits for a script that asks for $all is not held up by it, as insserv
// has it.
func successors(n *node, kind Kind) []link {
	own := n.side(kind)
	if n.gone || kind == Start && n.service.flags&last != 0 {
		return nil
	}
	var out []link
	for _, k := range own.after {
		if own.levels&k.to.side(kind).levels != 0 && !(kind == Stop && k.to.service.flags&first != 0) {
			out = append(out, k)
		}
	}
	return out
}

// components are the strongly connected parts of an order, the last ones
// first (Tarjan's algorithm, without recursion: a chain may be long).
func (g *graph) components(kind Kind) [][]*node {
	type frame struct {
		n    *node
		next []link
	}
	most := 0
	for _, n := range g.nodes {
		most = max(most, n.index+1)
	}
	number, low, on := make([]int, most), make([]int, most), make([]bool, most)
	entered := 0
	var stack []*node
	var out [][]*node
	for _, root := range g.nodes {
		if root.gone || number[root.index] != 0 {
			continue
		}
		frames := []frame{{n: root, next: successors(root, kind)}}
		enter := func(n *node) {
			entered++
			number[n.index], low[n.index], on[n.index] = entered, entered, true
			stack = append(stack, n)
		}
		enter(root)
		for len(frames) > 0 {
			f := &frames[len(frames)-1]
			if len(f.next) > 0 {
				to := f.next[0].to
				f.next = f.next[1:]
				if number[to.index] == 0 {
					enter(to)
					frames = append(frames, frame{n: to, next: successors(to, kind)})
				} else if on[to.index] {
					low[f.n.index] = min(low[f.n.index], number[to.index])
				}
				continue
			}
			n := f.n
			frames = frames[:len(frames)-1]
			if len(frames) > 0 {
				above := frames[len(frames)-1].n.index
				low[above] = min(low[above], low[n.index])
			}
			if low[n.index] != number[n.index] {
				continue
			}
			at := len(stack) - 1
			for stack[at] != n {
				at--
			}
			part := slices.Clone(stack[at:])
			stack = stack[:at]
			for _, m := range part {
				on[m.index] = false
			}
			out = append(out, part)
		}
	}
	return out
}

// deepestOverLimit is true if there is a chain that needs more numbers than
// there are.
func (g *graph) deepestOverLimit() bool { return g.limit && g.deepest() > maxNumber }

// deepest is the length of the longest chain, a loop counted as one script.
func (g *graph) deepest() int {
	longest := 0
	for _, kind := range [...]Kind{Start, Stop} {
		depth := map[*node]int{}
		for _, part := range g.components(kind) {
			d := 0
			for _, n := range part {
				for _, k := range successors(n, kind) {
					d = max(d, depth[k.to])
				}
			}
			for _, n := range part {
				depth[n] = d + 1
			}
			longest = max(longest, d+1)
		}
	}
	return longest
}

// consistent is true if the numbers of all scripts are higher than those of
// what comes before: then there is no loop.
func (g *graph) consistent() bool {
	for _, n := range g.nodes {
		if n.gone || !n.has {
			continue
		}
		for _, kind := range [...]Kind{Start, Stop} {
			s := n.side(kind)
			levels := s.levels
			if kind == Stop {
				levels &= allLevels // there are no links for a stop in S
			}
			if kind == Start && n.service.flags&last != 0 {
				continue
			}
			for i := range s.after {
				to := s.after[i].to
				if there := to.side(kind); levels&there.levels != 0 && s.number >= there.number && to.has && !to.gone &&
					!(kind == Stop && to.service.flags&first != 0) {
					return false
				}
			}
		}
	}
	return true
}

// cyclic is true if there is a loop.
func (g *graph) cyclic() bool {
	for _, kind := range [...]Kind{Start, Stop} {
		for _, part := range g.components(kind) {
			if len(part) > 1 {
				return true
			}
		}
	}
	return false
}

// findLoops finds all loops, those of the start first.
func (q *sequencer) findLoops() []Loop {
	var loops []Loop
	for _, kind := range [...]Kind{Start, Stop} {
		var some []Loop
		for _, part := range q.components(kind) {
			if len(part) > 1 {
				some = append(some, q.explain(part, kind))
			}
		}
		slices.SortFunc(some, func(a, b Loop) int { return strings.Compare(a.Members[0], b.Members[0]) })
		loops = append(loops, some...)
	}
	q.writeOverrides(loops)
	return loops
}

func (q *sequencer) explain(part []*node, kind Kind) Loop {
	l := Loop{Kind: kind}
	for _, n := range part {
		l.Members = append(l.Members, n.title())
	}
	slices.Sort(l.Members)
	edges := edgesWithin(part, kind)
	l.Cycle = shortest(l.Members, edges)
	q.mend(&l, edges)
	return l
}

// edgesWithin are the edges between nodes of a part.
func edgesWithin(part []*node, kind Kind) []Edge {
	in := map[*node]bool{}
	for _, n := range part {
		in[n] = true
	}
	var edges []Edge
	for _, n := range part {
		for _, k := range successors(n, kind) {
			if in[k.to] {
				edges = appendEdges(edges, n, k, kind)
			}
		}
	}
	slices.SortStableFunc(edges, func(a, b Edge) int {
		if c := strings.Compare(a.Before, b.Before); c != 0 {
			return c
		}
		return strings.Compare(a.After, b.After)
	})
	return edges
}

// shortest finds a shortest way around among the edges, nil if there is none.
func shortest(members []string, edges []Edge) []Edge {
	out := map[string][]Edge{}
	for _, e := range edges {
		out[e.Before] = append(out[e.Before], e)
	}
	var best []Edge
	for _, start := range members {
		came := map[string]Edge{}
		queue := []string{start}
		for len(queue) > 0 {
			at := queue[0]
			queue = queue[1:]
			for _, e := range out[at] {
				if _, seen := came[e.After]; !seen {
					came[e.After] = e
					queue = append(queue, e.After)
				}
			}
			if _, back := came[start]; back {
				break
			}
		}
		last, ok := came[start]
		if !ok {
			continue
		}
		cycle := []Edge{last}
		for at := last.Before; at != start; at = cycle[0].Before {
			cycle = slices.Insert(cycle, 0, came[at])
		}
		if best == nil || len(cycle) < len(best) {
			best = cycle
		}
		if len(best) == 2 {
			break
		}
	}
	return best
}
