package runlevel

import "sysv/lsb"

// checkNeeds complains of what a service needs and nobody enables.
func (q *sequencer) checkNeeds(s *service) bool {
	ok := true
	s = original(s)
	for _, r := range s.needs.list {
		if !r.must {
			continue
		}
		need := original(r.service)
		if need.flags&(asked|linked) != 0 {
			continue
		}
		if q.Recursive {
			need.flags |= enforced
			continue
		}
		if need.flags&warned == 0 {
			q.warn("FATAL: service ", r.service.name, " has to be enabled to use service ", s.name, "\n")
			q.detailNeed(r.service, s)
			need.flags |= warned
		}
		ok = false
	}
	return ok
}

// checkUsers complains of what is enabled and needs a service that is to be
// removed.
func (q *sequencer) checkUsers(s *service) bool {
	ok := true
	for _, user := range q.services {
		if user.flags&linked == 0 || user.flags&nickname != 0 {
			continue
		}
		i := user.needs.find(s)
		if i < 0 || !user.needs.list[i].must || user.flags&asked != 0 && s.flags&asked != 0 {
			continue
		}
		q.warn("FATAL: service ", s.name, " has to be enabled to use service ", user.name, "\n")
		q.detailNeed(s, user)
		ok = false
	}
	return ok
}

// checkLevels complains of services that are not there, or not in all
// runlevels, although they are needed.
func (q *sequencer) checkLevels() {
	for _, s := range q.services {
		levels := s.node.start.levels
		s = original(s)
		for _, r := range s.needs.list {
			if !r.must {
				continue
			}
			need := original(r.service)
			if s.flags&asked != 0 {
				q.checkAsked(s, need, &levels)
				continue
			}
			if s.flags&linked == 0 {
				continue
			}
			if need.flags&(asked|known) == 0 {
				q.missing(need, s)
				continue
			}
			if need.flags&linked != 0 && !covers(need.node.start.levels, levels) {
				levels &^= need.node.start.levels
				q.missed(need, s, levels)
			}
		}
	}
}

// covers tells whether what is needed is there in all of the runlevels; what
// starts in S is there in any other.
func covers(need, levels lsb.Levels) bool {
	return need&lsb.LevelS != 0 && levels&lsb.LevelS == 0 || need&levels == levels
}

func (q *sequencer) checkAsked(s, need *service, levels *lsb.Levels) {
	switch {
	case need.flags&linked != 0:
		if covers(need.node.start.levels, *levels) {
			return
		}
		if q.Recursive {
			break
		}
		*levels &^= need.node.start.levels
		q.missed(need, s, *levels)
		return
	case need.flags&(enforced|known) == enforced:
		q.missing(need, s)
		return
	}
	if q.Recursive {
		need.node.start.levels |= *levels
		need.node.stop.levels |= *levels
	}
}

func (q *sequencer) missing(need, user *service) {
	if need.flags&warned == 0 {
		q.warn("FATAL: service ", need.name, " has to exist for service ", user.name, "\n")
		q.detailNeed(need, user)
	}
	q.wrong = true
	need.flags |= warned
}

func (q *sequencer) missed(need, user *service, levels lsb.Levels) {
	if need.flags&warned == 0 {
		q.warn("FATAL: service ", need.name, " is missed in the runlevels ", orNull(levels), " to use service ", user.name, "\n")
		q.detailNeed(need, user)
	}
	q.wrong = true
	need.flags |= warned
}

// detailNeed says where a header asks for a service.
func (q *sequencer) detailNeed(need, user *service) {
	for _, n := range []*node{need.node, original(need).node} {
		for _, k := range n.start.after {
			if w := k.why; k.to == user.node && w.field != nil {
				q.detailOnce(w.word.Position, w.field.Name, ": ", w.word.Text)
				return
			}
		}
	}
}
