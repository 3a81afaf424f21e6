package runlevel

// renumber gives all nodes their numbers anew, each one more than the highest
// of those before it, for an order without a loop in which [graph.walk] went
// around one: its steps also lead over scripts that are in other runlevels. It
// is false if there are not enough numbers.
func (g *graph) renumber() bool {
	g.maxStart, g.maxStop = 0, 0
	for _, kind := range [...]Kind{Start, Stop} {
		for _, n := range g.nodes {
			n.side(kind).number, n.side(kind).least = 0, 1
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

// longest gives each node that is in a runlevel the length of the longest way
// to it.
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
