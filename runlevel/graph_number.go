package runlevel

import "sysv/lsb"

// allLevels are the runlevels whose numbers count for the highest one: all
// but S, which is over when one of them is entered.
const allLevels = ^lsb.LevelS

// verb is what happens to a script in an order.
func verb(kind Kind) string {
	if kind == Stop {
		return "stopped"
	}
	return "started"
}

// mark sets looped, and tells whether it was set before.
func (s *side) mark() bool {
	was := s.flags&looped != 0
	s.flags |= looped
	return was
}

func (g *graph) loopOfTwo(a, b *node, kind Kind) {
	// The second is marked only where the first was marked before: a loop is
	// complained of once for each pair.
	if !a.side(kind).mark() || !b.side(kind).mark() {
		g.warn("There is a loop between service ", b.service.name, " and ", a.service.name, " if ", verb(kind), "\n")
	}
}

func (g *graph) raise(kind Kind, number int) {
	highest := &g.maxStart
	if kind == Stop {
		highest = &g.maxStop
	}
	*highest = max(*highest, number)
}

// walk gives n at least the number level, and pushes up what comes after it:
// along the first links of each node in a loop, along the others by calling
// itself. Only nodes that share a runlevel with n get a number. from is the
// node that the walk comes from, nil at its start. report is true where a loop
// is to be reported.
//
// insserv's numbers, and its complaints about loops, are those of this very
// order of steps, which is why it is kept.
func (g *graph) walk(n, from *node, level int, kind Kind, report bool) {
	own := n.side(kind)
	if own.flags&walked != 0 {
		if from != nil {
			g.loopOfTwo(from, n, kind)
		}
		return
	}
	deep := max(level, own.least)
	if deep > maxNumber {
		g.tooDeep(n, own, true)
		return
	}
	steps := 0
	for at := n; at != nil; {
		here := at.side(kind)
		if steps++; steps > maxNumber+1 {
			if from != nil {
				g.loopOfTwo(from, at, kind)
			} else if !here.mark() {
				g.warn("There is a loop at service ", at.service.name, " if ", verb(kind), "\n")
			}
			return
		}
		var next *node
		if len(here.after) > 0 {
			next = here.after[0].to
		}
		if own.levels&here.levels == 0 {
			at = next
			continue
		}
		if from == at {
			if !here.mark() || !here.mark() {
				g.warn("There is a loop at service ", at.service.name, " if ", verb(kind), "\n")
			}
			return
		}
		deep = max(deep, here.number)
		here.number = deep
		if here.levels&allLevels != 0 {
			g.raise(kind, here.number)
		}
		if next == nil {
			return
		}
		if at.service.name != "" && at.service.name[0] == '$' {
			g.warn("System facilities not fully expanded, see ", n.service.name, "!\n")
		} else if deep++; deep > maxNumber {
			g.tooDeep(at, here, false)
			return
		}
		here.flags |= walked
		ok := g.walkLinks(n, at, from, deep, kind, report)
		here.flags &^= walked
		if !ok {
			if report && here.flags&reported == 0 {
				g.warn(" loop involving service ", at.service.name, " at depth ", itoa(level), "\n")
				here.flags |= reported
			}
			return
		}
		at = next
	}
}

// tooDeep remembers that a number above the last one was wanted.
func (g *graph) tooDeep(n *node, s *side, named bool) {
	g.limit = true
	if s.flags&tooDeep == 0 {
		if named {
			g.warn("Max recursions depth ", itoa(maxNumber), " for ", n.service.name, " reached\n")
		} else {
			g.warn("Max recursions depth ", itoa(maxNumber), " reached\n")
		}
	}
	s.flags |= tooDeep
}

// walkLinks walks on from at, a node on the way from n, along all of its
// links. It is false where a loop ends the walk.
func (g *graph) walkLinks(n, at, from *node, deep int, kind Kind, report bool) bool {
	own, here := n.side(kind), at.side(kind)
	// The list may not change meanwhile; the flags of at are those that it
	// had before.
	atLast := at.service.flags&last != 0
	for _, k := range here.after {
		to := k.to
		there := to.side(kind)
		if own.levels&there.levels == 0 {
			continue
		}
		if to == at || to == n {
			return true
		}
		if from != nil && from == to {
			if !from.side(kind).mark() || !here.mark() {
				g.warn("There is a loop between service ", from.service.name, " and ", at.service.name, " if ", verb(kind), "\n")
			}
			return false
		}
		if kind == Stop && to.service.flags&first != 0 {
			g.warn("Stopping ", at.title(), " depends on ", to.title(), " and therefore on system facility `$all' which can not be true!\n")
			continue
		}
		if kind == Start && atLast {
			g.warn("Starting ", to.title(), " depends on ", at.title(), " and therefore on system facility `$all' which can not be true!\n")
			continue
		}
		if there.number >= deep {
			continue
		}
		g.walk(to, at, deep, kind, report)
		if there.flags&looped != 0 || here.flags&looped != 0 || from != nil && from.side(kind).flags&looped != 0 {
			return false
		}
	}
	return true
}

// numberAll gives each node its numbers.
func (g *graph) numberAll() {
	for _, n := range g.nodes {
		if n.gone {
			continue
		}
		g.walk(n, nil, n.start.least, Start, true)
		g.walk(n, nil, n.stop.least, Stop, true)
	}
	for _, n := range g.nodes {
		if n.gone {
			continue
		}
		g.guess(n, Start)
		g.guess(n, Stop)
	}
}

// looped is true if a loop was reported.
func (g *graph) loops() bool {
	for _, n := range g.nodes {
		if !n.gone && (n.start.flags|n.stop.flags)&reported != 0 {
			return true
		}
	}
	return false
}

// guess gives a number to a name that no script provides: one below the lowest
// of what comes after it, in whose runlevels it then is.
func (g *graph) guess(n *node, kind Kind) {
	if n.has {
		return
	}
	if n.service.name != "" && n.service.name[0] == '$' {
		g.warn("System facilities not fully expanded, see ", n.service.name, "!\n")
		return
	}
	own := n.side(kind)
	list := own.after
	if len(list) == 0 {
		return
	}
	lowest := min(maxNumber, list[0].to.side(kind).number)
	levels := list[0].to.side(kind).levels
	for i, seen := len(list)-1, 1; i >= 0 && seen <= maxNumber; i, seen = i-1, seen+1 {
		there := list[i].to.side(kind)
		lowest = min(lowest, there.number)
		levels |= there.levels
	}
	if lowest > 1 {
		own.number = lowest - 1
		own.levels |= levels
	} else {
		own.levels = lsb.LevelS
	}
}

// setNumber raises the least number of a script. With all, what comes after it
// is pushed up too.
func (g *graph) setNumber(script string, kind Kind, number int, all bool) {
	n := g.ofScript(script)
	if n == nil {
		return
	}
	s := n.side(kind)
	s.least = max(s.least, number)
	if s.number >= s.least {
		return
	}
	if !all {
		s.number = s.least
		return
	}
	g.walk(n, nil, s.least, kind, false)
	for _, n := range g.nodes {
		if !n.gone {
			g.guess(n, kind)
		}
	}
}

// number is the number of a script, 0 if there is none of this name.
func (g *graph) number(script string, kind Kind) int {
	if n := g.ofScript(script); n != nil {
		return n.side(kind).number
	}
	return 0
}

// placeAlone sees to it that a service that talks with the user has its start
// number for itself: what else has it in one of its runlevels goes up by one.
//
// Two of them that could have the same number change places at every call, as
// with insserv: the one whose link is read first goes up.
func (g *graph) placeAlone() {
	var some []*service
	for _, s := range g.services {
		if s.has && s.flags&alone != 0 {
			some = append(some, s)
		}
	}
	for number := 0; number <= maxNumber && len(some) > 0; number++ {
		for _, s := range some {
			if g.number(s.script, Start) != number || s.flags&nickname != 0 {
				continue
			}
			for _, other := range g.services {
				if !other.has || original(other) == s || s.node.start.levels&other.node.start.levels == 0 {
					continue
				}
				if g.number(other.script, Start) == number {
					g.setNumber(other.script, Start, number+1, true)
				}
			}
		}
	}
}

// placeAll puts those services that ask for $all behind all others at their
// start, and before all others at their stop.
func (g *graph) placeAll(remember func(s *service, kind Kind, name string)) {
	for _, s := range g.services {
		if s.flags&nickname != 0 || s.flags&first == 0 || !s.has {
			continue
		}
		for _, other := range g.services {
			if other.flags&nickname == 0 && s.node.stop.levels&other.node.stop.levels != 0 &&
				other != s && other.flags&first == 0 {
				remember(s, Stop, other.name)
			}
		}
		g.setNumber(s.script, Stop, 1, false)
	}
	for _, s := range g.services {
		if s.flags&nickname != 0 || s.flags&last == 0 || !s.has {
			continue
		}
		for _, other := range g.services {
			if other.flags&nickname == 0 && s.node.start.levels&other.node.start.levels != 0 &&
				other != s && other.flags&last == 0 {
				remember(s, Start, other.name)
			}
		}
	}
}
