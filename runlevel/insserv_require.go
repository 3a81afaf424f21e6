package runlevel

import (
	"strings"

	"sysv/lsb"
)

// facility is a system facility of insserv.conf, and what it stands for.
type facility struct {
	name    string
	entries []*facilityEntry
}

type facilityEntry struct {
	name string
	// open is set while it is expanded; gone when it has been.
	open, gone bool
	// service is what it names, once that was wanted.
	service *service
}

// maxNesting is how deep insserv lets facilities stand for facilities.
const maxNesting = 10

// configure takes over a file of insserv.conf.
func (q *sequencer) configure(c *lsb.Config) {
	for i := range c.Entries {
		e := &c.Entries[i]
		if !e.Facility() {
			// insserv compares as many bytes as are written: "<inter>" will
			// do, but its pattern wants the closing bracket.
			if e.Name != "<interactive>" {
				continue
			}
			for _, name := range e.Tokens {
				original(q.service(name)).flags |= alone
			}
			continue
		}
		f := q.facilities[e.Name]
		if f == nil {
			f = &facility{name: e.Name}
			q.facilities[e.Name] = f
			q.facilityList = append(q.facilityList, f)
		}
		for _, name := range e.Tokens {
			f.entries = append(f.entries, &facilityEntry{name: name})
		}
	}
}

// expandFacilities replaces facilities within facilities by what they stand
// for. It fails if one stands for itself.
func (q *sequencer) expandFacilities() error {
	for _, f := range q.facilityList {
		// What an expansion adds is at the end, and holds no facility.
		for i, n := 0, len(f.entries); i < n; i++ {
			e := f.entries[i]
			if !strings.HasPrefix(e.name, "$") {
				continue
			}
			if err := q.expand(e, f, 0); err != nil {
				return err
			}
			e.gone = true
		}
		kept := f.entries[:0]
		for _, e := range f.entries {
			if !e.gone {
				kept = append(kept, e)
			}
		}
		f.entries = kept
	}
	return nil
}

func (q *sequencer) expand(e *facilityEntry, into *facility, deep int) error {
	f := q.facilities[e.name]
	if f == nil {
		return nil
	}
	for i, n := 0, len(f.entries); i < n; i++ {
		inner := f.entries[i]
		switch {
		case inner.gone:
		case inner.open:
			return q.fail("Loop detected during expanding system facilities in the insserv.conf file(s): ",
				inner.name, " ", into.lastName(), "\n")
		case !strings.HasPrefix(inner.name, "$"):
			into.entries = append(into.entries, &facilityEntry{name: inner.name})
		case deep > maxNesting:
			q.warn("The nested level of the system facilities in the insserv.conf file(s) is to large\n")
			return nil
		default:
			inner.open = true
			err := q.expand(inner, into, deep+1)
			inner.open = false
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func (f *facility) lastName() string {
	for i := len(f.entries) - 1; i >= 0; i-- {
		if !f.entries[i].gone {
			return f.entries[i].name
		}
	}
	return ""
}

// demand is a field of a script that asks for services.
type demand struct {
	script string
	kind   Kind
	must   bool
	field  *lsb.Field
}

func (d demand) reason(w lsb.Word, must bool) *reason {
	return &reason{script: d.script, field: d.field, word: w, must: must}
}

// require remembers the words of a field: s starts after what they name, or
// stops before it.
func (q *sequencer) require(s *service, d demand, words []lsb.Word) {
	for _, w := range words {
		if !q.requireWord(s, d, w.Text, d.reason(w, d.must)) {
			return
		}
		if d.kind == Start && w.Text[0] != '$' {
			s = original(s)
		}
	}
}

// requireWord is require for one word, or for one of those that a facility
// stands for. It is false for the empty word, at which insserv stops.
func (q *sequencer) requireWord(s *service, d demand, name string, why *reason) bool {
	if name == "" {
		return false
	}
	must := d.must
	switch name[0] {
	case '$':
		switch {
		case equalFold(name, "$null"):
		case equalFold(name, "$all"):
			if d.kind == Stop {
				s.flags |= first
				s.firstWhy = why
			} else {
				s.flags |= last
				s.lastWhy = why
			}
		default:
			q.requireFacility(s, d, name, why)
		}
		return true
	case '+':
		name, must, why = name[1:], false, why.wish()
	}
	q.requireService(s, d.kind, q.service(name), must, why)
	return true
}

// requireService is require for the service that a word names.
func (q *sequencer) requireService(s *service, kind Kind, asked *service, must bool, why *reason) {
	if kind == Stop {
		asked = original(asked)
		asked.users.want(s, must)
		q.order(s.node, asked.node, Stop, why)
		return
	}
	s = original(s)
	s.needs.want(asked, must)
	q.order(asked.node, s.node, Start, why)
}

func (q *sequencer) requireFacility(s *service, d demand, name string, why *reason) {
	f := q.facilities[name]
	if f == nil {
		if !d.must {
			return // so Debian's insserv has it
		}
		q.warn("warning: could not find all dependencies for ", name, "\n")
		if why.word.Line > 0 {
			q.detailOnce(why.word.Position, why.field.Name, ": ", name, " is in no insserv.conf")
		}
		return
	}
	for _, e := range f.entries {
		name, optional := strings.CutPrefix(e.name, "+")
		switch {
		case e.name == "" || e.name[0] == '$':
			// A word that is a name and "" beyond it ends no other entry.
			q.requireWord(s, d, e.name, why)
			continue
		case e.service == nil:
			e.service = q.service(name)
		}
		if optional {
			q.requireService(s, d.kind, e.service, false, why.wish())
		} else {
			q.requireService(s, d.kind, e.service, d.must, why)
		}
	}
}

// want adds a service to a list, or makes one that is there already a must.
func (r *requests) want(s *service, must bool) {
	if i := r.find(s); i >= 0 {
		r.list[i].must = r.list[i].must || must
		return
	}
	r.add(request{service: s, must: must})
}

// precede remembers the words of X-Start-Before and X-Stop-After: what they
// name starts after s, or stops before it.
func (q *sequencer) precede(s *service, d demand, words []lsb.Word) {
	for _, w := range words {
		q.precedeWord(s, d, w.Text, d.reason(w, false))
	}
}

func (q *sequencer) precedeWord(s *service, d demand, name string, why *reason) {
	switch {
	case name == "":
		return
	case name[0] == '$':
		if f := q.facilities[name]; f != nil {
			for _, e := range f.entries {
				q.precedeWord(s, d, e.name, why)
			}
		}
		return
	case name[0] == '+':
		name = name[1:]
	}
	q.requireWord(q.service(name), d, s.name, why)
}

func equalFold(a, b string) bool { return strings.EqualFold(a, b) }
