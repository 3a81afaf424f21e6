package runlevel

import (
	"strings"

	"sysv/lsb"
)

// planLinks finds the changes in the runlevels' directories.
func (q *sequencer) planLinks() error {
	for i := 0; i < len(lsb.LevelNames); i++ {
		d, err := q.openDirectory(i)
		if err != nil {
			return err
		}
		if d == nil {
			return nil
		}
		if d.missing {
			q.directories = append(q.directories, d.name)
		}
		q.dropLinks(d, levelBit(i))
		q.placeLinks(d, levelBit(i))
	}
	return nil
}

// dropLinks removes what does not belong in a runlevel.
func (q *sequencer) dropLinks(d *directory, level lsb.Levels) {
	for j := range d.entries {
		e := &d.entries[j]
		kind, _, script, ok := isLinkName(e.name)
		// insserv leaves alone what has three digits here.
		if !ok || script != "" && digit(script[0]) {
			continue
		}
		if e.dangling {
			if !q.DryRun {
				continue // it is gone
			}
			q.remove(d, e, "leads to no script")
		}
		if !q.excluded(script, kind, level) {
			continue
		}
		var s *service
		if n := q.ofScript(script); n != nil {
			s = q.byName[n.service.name]
		}
		switch {
		case q.Defaults:
		case level == lsb.LevelS:
		case q.Remove && q.Force && s != nil && s.flags&already != 0:
		default:
			continue
		}
		q.remove(d, e, "is not of this runlevel")
		if s != nil {
			s.drop()
		}
	}
}

// excluded is true for a script that has a service in other runlevels only.
func (q *sequencer) excluded(script string, kind Kind, level lsb.Levels) bool {
	n := q.ofScript(script)
	if n == nil {
		return false
	}
	if n.side(kind).levels&level == 0 {
		return true
	}
	for _, n := range q.twins[script] {
		if !n.gone && n.side(kind).levels&level == 0 {
			return true
		}
	}
	return false
}

// drop counts a link less, and take one more.
func (s *service) drop() {
	if s.entries--; s.entries <= 0 {
		s.flags &^= linked
	}
}

func (s *service) take() {
	if s.entries++; s.entries != 0 {
		s.flags |= linked
	}
}

// eachListed calls f for the nodes that have a script and are in one of the runlevels, in
// the order of the nodes. The services get their numbers.
func (q *sequencer) eachListed(kind Kind, levels lsb.Levels, both bool, f func(n *node, s *service)) {
	for _, n := range q.nodes {
		if n.gone {
			continue
		}
		s := n.service
		s.startNumber, s.stopNumber = n.start.number, n.stop.number
		in := n.side(kind).levels
		if both {
			in = n.start.levels | n.stop.levels
		}
		if s.has && in&levels != 0 {
			f(n, s)
		}
	}
}

// placeLinks makes the links of a runlevel, or gives them the right numbers.
func (q *sequencer) placeLinks(d *directory, level lsb.Levels) {
	seek := allLevels
	if level == lsb.LevelS {
		seek = lsb.LevelS
	}
	q.eachListed(Start, seek, true, func(n *node, s *service) {
		if strings.HasPrefix(s.script, "$") {
			return
		}
		_, isArg := q.arguments[s.script]
		mine := isArg || s.flags&(enforced|linked) == enforced
		kind, number := Start, s.startNumber
		switch {
		case n.stop.levels&level != 0:
			if level == lsb.LevelS {
				return // there are no stops in S
			}
			kind, number = Stop, s.stopNumber
		case n.start.levels&level == 0:
			return
		}
		name := string(rune(kind)) + twoDigits(number) + s.script
		found := false
		d.of(s.script, func(e *entry) {
			if Kind(e.name[0]) != kind {
				return
			}
			found = true
			if e.name == name {
				if q.Remove && mine {
					q.remove(d, e, "is to be removed")
					s.drop()
				}
				return
			}
			q.remove(d, e, "has another number now")
			s.drop()
			if !mine || !q.Remove {
				q.create(d, name, s.script, "has another number now")
				s.take()
			}
		})
		if mine && !q.Remove && !found {
			q.create(d, name, s.script, "is to be enabled")
			s.take()
		}
	})
}

// list is what -s prints: the numbers and runlevels of all scripts.
func (q *sequencer) list() string {
	var b strings.Builder
	line := func(kind Kind, n *node) {
		s := n.side(kind)
		if text := s.levels.String(); n.service.has && text != "" {
			b.WriteString(string(rune(kind)) + ":" + twoDigits(s.number) + ":" + text + ":" + n.service.script + "\n")
		}
	}
	for _, o := range [...]struct {
		kind    Kind
		highest int
	}{{Stop, q.maxStop}, {Start, q.maxStart}} {
		for _, n := range q.nodes {
			if !n.gone && o.highest > 0 {
				line(o.kind, n)
			}
		}
	}
	return b.String()
}
