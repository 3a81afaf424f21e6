package runlevel

// renumber raises the numbers of those that would come before what they need,
// in an order without a loop: [graph.walk] also leads over scripts that are in
// other runlevels, and so may go around where there is no loop, and end. Where
// that takes too many numbers, all are numbered anew. It is false if even so
// there are not enough.
func (g *graph) renumber() bool { return g.raiseAll(false) || g.raiseAll(true) }

func (g *graph) raiseAll(anew bool) bool {
	if anew {
		g.maxStart, g.maxStop = 0, 0
	}
	for _, kind := range [...]Kind{Start, Stop} {
		for _, n := range g.nodes {
			s := n.side(kind)
			s.least = 1
			if anew {
				s.number = 0
			}
		}
		for {
			if !g.longest(kind) {
				return false
			}
			if kind == Stop || !g.pushFromAlone() {
				break
			}
		}
	}
	return true
}

// longest gives each node that is in a runlevel a number above those of what
// comes before it.
func (g *graph) longest(kind Kind) bool {
	parts := g.components(kind)
	for i := len(parts) - 1; i >= 0; i-- {
		for _, n := range parts[i] {
			s := n.side(kind)
			if s.levels == 0 {
				continue
			}
			s.number = max(s.number, s.least)
			if s.number > maxNumber {
				return false
			}
			if s.levels&allLevels != 0 {
				g.raise(kind, s.number)
			}
			for _, k := range successors(n, kind) {
				to := k.to.side(kind)
				to.least = max(to.least, s.number+1)
			}
		}
	}
	return true
}

// pushFromAlone raises what has the number of a service that talks with the
// user; of two such ones, the later goes up. It is false if there is nothing
// to raise.
func (g *graph) pushFromAlone() bool {
	for _, n := range g.nodes {
		if n.gone || !n.has || n.service.flags&alone == 0 {
			continue
		}
		for _, o := range g.nodes {
			if o != n && !o.gone && o.has && o.start.number == n.start.number && o.start.levels&n.start.levels != 0 {
				o.start.least = n.start.number + 1
				return true
			}
		}
	}
	return false
}
