package runlevel

import "sysv/lsb"

// Numbers that chkconfig gives.
const (
	// chkconfigDefault is that of an LSB script without a chkconfig line.
	chkconfigDefault = 50
	chkconfigMax     = 99
)

// ChkconfigReason is why a service has a number: the word of its header that
// names the service before it, or after it when it is stopped.
type ChkconfigReason struct {
	// Word is the requirement; nil if the number is the service's own.
	Word *lsb.Word
	// Key is the line that Word is of.
	Key lsb.Key
	// Service is what Word was found to mean.
	Service *ChkconfigService
}

// ChkconfigOrder is the numbers of a set of services after chkconfig's bump.
type ChkconfigOrder struct {
	Services []*ChkconfigService
	// StartWhy and StopWhy are by service, in the same order.
	StartWhy, StopWhy []ChkconfigReason
	// Changed tells the services whose numbers are not those of their files.
	Changed []bool

	index map[string][]int
}

// Order gives LSB services the numbers that chkconfig gives them: they begin
// with those of their chkconfig line, or 50, and a service that requires
// another one, or should have it, gets a start number one above that one's if
// it is not above already, at most 99, and a stop number one below, at least
// 0; again until nothing changes (frobDependencies of chkconfig.c). Only
// requirements count whose service starts in every runlevel that this one
// starts in now.
//
// This is the least solution there is, so the order of steps does not matter;
// two that require each other end at 99 and 0.
func Order(services []*ChkconfigService) *ChkconfigOrder {
	o := &ChkconfigOrder{
		Services: services,
		StartWhy: make([]ChkconfigReason, len(services)),
		StopWhy:  make([]ChkconfigReason, len(services)),
		Changed:  make([]bool, len(services)),
		index:    make(map[string][]int, len(services)),
	}
	for i, s := range services {
		o.provide(i, s.Name)
		for _, w := range s.Header.Provides {
			o.provide(i, w.Text)
		}
	}
	// dependants[j] are the requirements that end at service j.
	type edge struct {
		from int
		why  ChkconfigReason
		stop bool
	}
	dependants := make([][]edge, len(services))
	var work []int
	queued := make([]bool, len(services))
	own := make([][2]int, len(services))
	for i, s := range services {
		own[i] = [2]int{s.Start, s.Stop}
		work = append(work, i)
		queued[i] = true
		if !s.Header.LSB {
			continue
		}
		s.number()
		o.requirements(s, func(key lsb.Key, w *lsb.Word, stop bool) {
			for _, j := range o.index[w.Text] {
				if similar(s, services[j]) {
					dependants[j] = append(dependants[j], edge{i, ChkconfigReason{w, key, services[j]}, stop})
				}
			}
		})
	}
	for len(work) > 0 {
		j := work[0]
		work, queued[j] = work[1:], false
		for _, e := range dependants[j] {
			if !o.bump(services[e.from], services[j], e.from, e.why, e.stop) || queued[e.from] {
				continue
			}
			work, queued[e.from] = append(work, e.from), true
		}
	}
	for i, s := range services {
		o.Changed[i] = own[i] != [2]int{s.Start, s.Stop}
	}
	return o
}

// provide notes that a service answers to a name.
func (o *ChkconfigOrder) provide(i int, name string) {
	have := o.index[name]
	if len(have) == 0 || have[len(have)-1] != i {
		o.index[name] = append(have, i)
	}
}

// number gives the default numbers.
func (s *ChkconfigService) number() {
	if s.Start < 0 {
		s.Start = chkconfigDefault
	}
	if s.Stop < 0 || s.Stop > chkconfigMax {
		s.Stop = chkconfigDefault
	}
}

// similar says whether t starts in every runlevel that s starts in.
func similar(s, t *ChkconfigService) bool { return s.Current&t.Current == s.Current }

// requirements gives all words that s requires or should have.
func (o *ChkconfigOrder) requirements(s *ChkconfigService, give func(key lsb.Key, w *lsb.Word, stop bool)) {
	h := s.Header
	each := func(key lsb.Key, words []lsb.Word, stop bool) {
		for i := range words {
			give(key, &words[i], stop)
		}
	}
	each(lsb.RequiredStart, h.RequiredStart, false)
	each(lsb.ShouldStart, h.ShouldStart, false)
	each(lsb.RequiredStop, h.RequiredStop, true)
	each(lsb.ShouldStop, h.ShouldStop, true)
}

// bump moves service s (number i of the list) behind t, or before it when
// they stop, and says whether that changed its number.
func (o *ChkconfigOrder) bump(s, t *ChkconfigService, i int, why ChkconfigReason, stop bool) bool {
	if stop {
		n := earlier(s.Stop, t.Stop)
		if n == s.Stop {
			return false
		}
		s.Stop = n
		if i >= 0 {
			o.StopWhy[i] = why
		}
		return true
	}
	n := later(s.Start, t.Start)
	if n == s.Start {
		return false
	}
	s.Start = n
	if i >= 0 {
		o.StartWhy[i] = why
	}
	return true
}

// later is a start number behind j.
func later(i, j int) int {
	if i > j {
		return i
	}
	return min(j+1, chkconfigMax)
}

// earlier is a stop number before j; one that has none changes nothing.
func earlier(i, j int) int {
	if j < 0 || i < j {
		return i
	}
	return max(j-1, 0)
}

// place gives s, which is one of the services or to be one, its numbers, and
// returns the words of Required-Start and Required-Stop that no service that
// runs beside it answers to.
func (o *ChkconfigOrder) place(s *ChkconfigService) (missing []*lsb.Word) {
	s.number()
	o.requirements(s, func(key lsb.Key, w *lsb.Word, stop bool) {
		found := false
		for _, j := range o.index[w.Text] {
			if t := o.Services[j]; similar(s, t) {
				found = true
				o.bump(s, t, -1, ChkconfigReason{}, stop)
			}
		}
		if !found && (key == lsb.RequiredStart || key == lsb.RequiredStop) && w.Text != "$local_fs" {
			missing = append(missing, w)
		}
	})
	return missing
}

// Each gives every requirement of a service that counts, and the service that
// answers to it.
func (o *ChkconfigOrder) Each(s *ChkconfigService, give func(key lsb.Key, w *lsb.Word, stop bool, on *ChkconfigService)) {
	o.requirements(s, func(key lsb.Key, w *lsb.Word, stop bool) {
		for _, j := range o.index[w.Text] {
			if similar(s, o.Services[j]) {
				give(key, w, stop, o.Services[j])
			}
		}
	})
}
