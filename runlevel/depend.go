package runlevel

import (
	"bytes"
	"io/fs"
	"slices"

	"sysv/lsb"
)

// The dependency files are what startpar(8) and rc read: which scripts there
// are, and of each on which others it waits, as in a makefile.

// maxShown is how many dependencies of a script insserv looks at for those
// that the others imply.
const maxShown = 100

// planDepend writes the dependency files. They have the order of the numbers.
func (q *sequencer) planDepend() error {
	if q.DryRun {
		q.info(1, "dryrun, not creating depend.boot, depend.start, and depend.stop in ", q.ShownDepend, "\n")
		return nil
	}
	q.change("creating ", q.ShownDepend, "depend.boot\n")
	q.change("creating ", q.ShownDepend, "depend.start\n")
	q.sortNodes(Start)
	var boot, start, stop bytes.Buffer
	q.writeTargets(&boot, Start, lsb.LevelS)
	q.writeTargets(&start, Start, allLevels)
	q.writeInteractive(&boot, &start)
	q.writeStart(&boot, &start)
	q.change("creating ", q.ShownDepend, "depend.stop\n")
	q.sortNodes(Stop)
	q.writeTargets(&stop, Stop, allLevels)
	q.writeStop(&stop)
	q.writeDepend("depend.boot", boot.Bytes())
	q.writeDepend("depend.start", start.Bytes())
	q.writeDepend("depend.stop", stop.Bytes())
	return nil
}

// writeDepend adds a file to the plan, unless it is so already.
func (q *sequencer) writeDepend(name string, data []byte) {
	name = q.Depend + name
	if old, err := fs.ReadFile(q.FS, name); err == nil && bytes.Equal(old, data) {
		return
	}
	q.steps = append(q.steps, Step{Op: Write, New: name, Data: data, Reason: "dependencies for startpar"})
}

// sortNodes brings the nodes into the order of their numbers, and what each
// service asks for too, the highest number first. Those above the highest
// number outside S stay where they are, behind the others.
func (q *sequencer) sortNodes(kind Kind) {
	highest := q.maxStart
	if kind == Stop {
		highest = q.maxStop
	}
	place := func(n *node) int { return min(n.side(kind).number, highest+1) }
	nodes := slices.DeleteFunc(slices.Clone(q.nodes), func(n *node) bool { return n.gone })
	slices.SortStableFunc(nodes, func(a, b *node) int { return place(a) - place(b) })
	q.nodes = nodes
	for _, s := range q.services {
		if s.flags&nickname != 0 {
			continue
		}
		list := &s.needs
		if kind == Stop {
			list = &s.users
		}
		list.list = q.sortRequests(list.list, kind, highest)
		list.index = nil
	}
}

// sortRequests sorts by falling numbers, with each service in place of its
// nicknames and none twice; what is above highest stays behind. The list
// itself is changed.
func (q *sequencer) sortRequests(list []request, kind Kind, highest int) []request {
	q.lists++
	sorted, rest := q.sorted[:0], q.rest[:0]
	for _, r := range list {
		if n := r.service.node.side(kind).number; n > highest {
			rest = append(rest, r)
		} else {
			sorted = append(sorted, numbered{r, n})
		}
	}
	q.sorted, q.rest = sorted, rest
	slices.SortStableFunc(sorted, func(a, b numbered) int { return b.number - a.number })
	out := list[:0]
	for _, r := range sorted {
		if n := r.service.node; n.seen != q.lists {
			n.seen = q.lists
			out = append(out, request{service: n.service, must: r.must})
		}
	}
	return append(out, rest...)
}

// numbered is a request with the number by which it is sorted.
type numbered struct {
	request
	number int
}

func (q *sequencer) writeTargets(b *bytes.Buffer, kind Kind, levels lsb.Levels) {
	b.WriteString("TARGETS =")
	q.eachListed(kind, levels, false, func(_ *node, s *service) {
		if s.entries > 0 {
			b.WriteByte(' ')
			b.WriteString(s.script)
		}
	})
	b.WriteByte('\n')
}

// of is the file of a script: boot for one of S.
func ofBoot(n *node, boot, start *bytes.Buffer) *bytes.Buffer {
	if n.start.levels&lsb.LevelS != 0 {
		return boot
	}
	return start
}

func (q *sequencer) writeInteractive(boot, start *bytes.Buffer) {
	boot.WriteString("INTERACTIVE =")
	start.WriteString("INTERACTIVE =")
	q.eachListed(Start, lsb.LevelS|allLevels, false, func(n *node, s *service) {
		if s.entries > 0 && len(s.needs.list) > 0 && s.flags&alone != 0 {
			b := ofBoot(n, boot, start)
			b.WriteByte(' ')
			b.WriteString(s.script)
		}
	})
	boot.WriteByte('\n')
	start.WriteByte('\n')
}

func (q *sequencer) writeStart(boot, start *bytes.Buffer) {
	q.eachListed(Start, lsb.LevelS|allLevels, false, func(n *node, s *service) {
		if s.entries <= 0 {
			return
		}
		writeRule(ofBoot(n, boot, start), s, s.needs.list, ruleOrder{
			skip: func(dep *service) bool {
				return dep == s || dep.flags&last != 0 || n.start.levels&dep.node.start.levels == 0
			},
			number: func(o *service) int { return o.startNumber },
			list:   func(o *service) []request { return o.needs.list },
		})
	})
}

func (q *sequencer) writeStop(stop *bytes.Buffer) {
	q.eachListed(Stop, allLevels|lsb.LevelS, false, func(n *node, s *service) {
		if s.entries <= 0 || len(s.users.list) == 0 || n.stop.levels&lsb.LevelS != 0 {
			return
		}
		writeRule(stop, s, s.users.list, ruleOrder{
			skip:   func(dep *service) bool { return n.stop.levels&dep.node.stop.levels == 0 },
			number: func(o *service) int { return o.stopNumber },
			list:   func(o *service) []request { return o.users.list },
		})
	})
}

// ruleOrder is one of the two orders, for writeRule.
type ruleOrder struct {
	skip   func(dep *service) bool
	number func(*service) int
	list   func(*service) []request
}

// writeRule writes a script and those on which it waits. What a later one of
// them waits for itself is left out.
func writeRule(b *bytes.Buffer, s *service, deps []request, o ruleOrder) {
	var shown []*service
	begun := false
	for _, r := range deps {
		dep := r.service
		if dep.flags&nickname != 0 || dep.entries <= 0 || o.skip(dep) || !dep.has {
			continue
		}
		if !begun {
			b.WriteString(s.script + ":")
			begun = true
		}
		if implied(s, dep, shown, o) {
			continue
		}
		b.WriteByte(' ')
		b.WriteString(dep.script)
		if len(shown) < maxShown {
			shown = append(shown, dep)
		}
	}
	if begun {
		b.WriteByte('\n')
	}
}

// implied tells whether one of those shown waits for dep. Both orders look at
// the runlevels of the start, as insserv does.
func implied(s, dep *service, shown []*service, o ruleOrder) bool {
	for _, other := range shown {
		if o.number(other) <= o.number(dep) {
			return false
		}
		for _, r := range o.list(other) {
			if r.service == dep && dep.flags&nickname == 0 && dep.entries > 0 && dep.has &&
				s.node.start.levels&dep.node.start.levels != 0 {
				return true
			}
		}
	}
	return false
}
