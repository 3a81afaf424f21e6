package runlevel

import (
	"slices"

	"sysv/lsb"
)

// A name that a script provides or asks for is a service. Services that one
// script provides share a node: the node of the first of them. What must be
// started before what is kept twice: each service has the list of those that
// it asks for, as the headers have them, and each node has the links to those
// nodes that must come after it, along which the numbers grow.

// serviceFlags is what is known of a service.
type serviceFlags uint16

const (
	// known: a script of this name was read.
	known serviceFlags = 1 << iota
	// linked: it is in a runlevel at present.
	linked
	// already: its script provides what another one does, and it is named
	// after its file in order to be removed.
	already
	// alone: it talks with the user.
	alone
	// last: its start asks for $all.
	last
	// first: its stop asks for $all.
	first
	// nickname: another service of the same script stands for it.
	nickname
	// asked: it is named on the command line.
	asked
	// enforced: -e will enable it.
	enforced
	// warned: its absence has been complained of.
	warned
)

// service is a name.
type service struct {
	name string
	// node is what stands for it, that of another service for a nickname.
	node *node
	// needs are the services that must be started before this one, users
	// those that must be stopped before it.
	needs, users requests
	flags        serviceFlags
	// entries counts the links of rc?.d for it.
	entries int
	// highS and lowK are numbers of its present links: the highest of a
	// start, the lowest of a stop, 0 for none.
	highS, lowK int
	// script is the file that provides it, if has.
	script string
	has    bool
	// lastWhy and firstWhy are the words $all that set last and first.
	lastWhy, firstWhy *reason
	// startNumber and stopNumber are those that the links get.
	startNumber, stopNumber int
}

// request is one service that another asks for.
type request struct {
	service *service
	must    bool
}

// requests is a list of requests with no service twice.
type requests struct {
	list  []request
	index map[*service]int
}

// indexFrom is the length from which a list is searched through a map, usual
// how many requests a script has.
const (
	indexFrom = 48
	usual     = 16
)

func (r *requests) find(s *service) int {
	if r.index != nil {
		if i, ok := r.index[s]; ok {
			return i
		}
		return -1
	}
	for i := range r.list {
		if r.list[i].service == s {
			return i
		}
	}
	return -1
}

func (r *requests) add(q request) {
	if r.list == nil {
		r.list = make([]request, 0, usual)
	}
	r.list = append(r.list, q)
	if r.index != nil {
		r.index[q.service] = len(r.list) - 1
	} else if len(r.list) > indexFrom {
		r.index = make(map[*service]int, 2*indexFrom)
		for i, q := range r.list {
			r.index[q.service] = i
		}
	}
}

// sideFlags is what the walk over a node has found.
type sideFlags uint8

const (
	walked sideFlags = 1 << iota
	looped
	reported
	tooDeep
)

// side is a node in one of the two orders.
type side struct {
	// after are the links to nodes that come after this one, each to another,
	// and before the nodes that have a link to this one.
	after  []link
	before []*node
	levels lsb.Levels
	flags  sideFlags
	// least is the lowest number that it may get, number the one it has.
	least, number int
}

// link is one way along which numbers grow.
type link struct {
	to  *node
	why *reason
	// more are further reasons for it, nil for none.
	more *[]*reason
}

// others are the further reasons for a link.
func (k *link) others() []*reason {
	if k.more == nil {
		return nil
	}
	return *k.more
}

// find is where the link to a node is among those of this side of n, -1 if
// there is none. Of the two lists in which it would be, the shorter one is
// looked through: a facility has thousands of links, but a script few.
func (s *side) find(n, to *node, kind Kind) int {
	there := to.side(kind)
	if len(there.before) < len(s.after) && !slices.Contains(there.before, n) {
		return -1
	}
	// It was made a short while ago, most times.
	for i := len(s.after) - 1; i >= 0; i-- {
		if s.after[i].to == to {
			return i
		}
	}
	return -1
}

// keep drops the links of n for which f is false.
func (s *side) keep(n *node, kind Kind, f func(*node) bool) {
	kept := s.after[:0]
	for _, k := range s.after {
		if f(k.to) {
			kept = append(kept, k)
			continue
		}
		there := k.to.side(kind)
		if i := slices.Index(there.before, n); i >= 0 {
			there.before = slices.Delete(there.before, i, i+1)
		}
	}
	s.after = kept
}

// node is what is started and stopped: a script, or a name that no script
// provides.
type node struct {
	// service is the one that it was made for, names all that it stands for.
	service     *service
	names       []*service
	start, stop side
	// script is the file, if has.
	script string
	has    bool
	// index is its place among all nodes; gone is set when another node
	// stands for its service.
	index int
	gone  bool
	// seen is the number of the last list in which it was met.
	seen int
}

func (n *node) side(kind Kind) *side {
	if kind == Stop {
		return &n.stop
	}
	return &n.start
}

// title is the script, or the service if there is none.
func (n *node) title() string {
	if n.has {
		return n.script
	}
	return n.service.name
}

// reason is why one service comes before another: a word of a header.
type reason struct {
	// script is the file whose header it is.
	script string
	field  *lsb.Field
	word   lsb.Word
	// must is true for Required-Start and Required-Stop.
	must bool
	// asWish is the same without must, once it was wanted.
	asWish *reason
}

// wish is the reason for what is not a must.
func (r *reason) wish() *reason {
	if !r.must {
		return r
	}
	if r.asWish == nil {
		w := *r
		w.must = false
		r.asWish = &w
	}
	return r.asWish
}

// same is true for the same word of the same field, perhaps said twice there.
func (r *reason) same(o *reason) bool {
	return r == o || r.field == o.field && r.script == o.script && r.word.Text == o.word.Text
}

// graph is all services and nodes.
type graph struct {
	byName   map[string]*service
	services []*service
	nodes    []*node
	byScript map[string]*node
	// twins are the nodes of a script that has several.
	twins map[string][]*node
	// maxStart and maxStop are the highest numbers outside S.
	maxStart, maxStop int
	// limit is set when a number above the last one was wanted.
	limit bool
	// warn prints a warning.
	warn func(parts ...string)
}

// maxNumber is the highest number of a link.
const maxNumber = 99

// service finds a service, or makes it.
func (g *graph) service(name string) *service {
	if s := g.byName[name]; s != nil {
		return s
	}
	s := &service{name: name}
	n := &node{service: s, index: len(g.nodes)}
	n.start.least, n.stop.least = 1, 1
	s.node, n.names = n, []*service{s}
	g.byName[name] = s
	g.services = append(g.services, s)
	g.nodes = append(g.nodes, n)
	return s
}

// original is the service that stands for s.
func original(s *service) *service { return s.node.service }

// ofScript is the node of a script, the youngest if there are several.
func (g *graph) ofScript(script string) *node {
	n := g.byScript[script]
	if n == nil || !n.gone {
		return n
	}
	for i := len(g.nodes) - 1; i >= 0; i-- {
		if n := g.nodes[i]; !n.gone && n.has && n.script == script {
			g.byScript[script] = n
			return n
		}
	}
	return nil
}

// order says that before comes before after in the order of kind.
func (g *graph) order(before, after *node, kind Kind, why *reason) {
	if before == after {
		return
	}
	own := before.side(kind)
	i := own.find(before, after, kind)
	if i < 0 {
		own.after = append(own.after, link{to: after, why: why})
		there := after.side(kind)
		there.before = append(there.before, before)
		return
	}
	k := &own.after[i]
	if k.why.same(why) {
		return
	}
	for _, w := range k.others() {
		if w.same(why) {
			return
		}
	}
	if k.more == nil {
		k.more = new([]*reason)
	}
	*k.more = append(*k.more, why)
}

// provide makes script the one of a service. It is false if the service is
// another script's.
func (g *graph) provide(s *service, script string) bool {
	n := s.node
	if n.has {
		return n.script == script
	}
	if g.ofScript(script) == nil {
		s.script, s.has = script, true
	}
	n.script, n.has = script, true
	old := g.byScript[script]
	if old == nil || old.gone || old.index < n.index {
		g.byScript[script] = n
	}
	if old != nil {
		if g.twins == nil {
			g.twins = map[string][]*node{}
		}
		g.twins[script] = append(g.twins[script], old, n)
	}
	for _, nick := range n.names {
		if nick != s && !nick.has {
			nick.script, nick.has = script, true
		}
	}
	return true
}

// nickname makes the node of one service stand for another one of the same
// script, unless that has a script of its own.
func (g *graph) nickname(main, nick *service) {
	to, from := main.node, nick.node
	if to == from || from.has && !(to.has && to.script == from.script) {
		return
	}
	for _, kind := range [...]Kind{Start, Stop} {
		for _, k := range from.side(kind).after {
			if k.to != from {
				g.order(to, k.to, kind, k.why)
				for _, w := range k.others() {
					g.order(to, k.to, kind, w)
				}
			}
		}
		from.side(kind).after = nil
		to.side(kind).levels |= from.side(kind).levels
		to.side(kind).flags |= from.side(kind).flags
	}
	from.gone = true
	main.flags |= nick.flags
	nick.flags |= nickname
	for _, s := range from.names {
		// What was merged into the other before goes with it.
		s.node = to
	}
	to.names = append(to.names, from.names...)
	for _, q := range nick.needs.list {
		if main.needs.find(q.service) < 0 {
			main.needs.add(q)
		}
	}
	for _, q := range nick.users.list {
		if main.users.find(q.service) < 0 {
			main.users.add(q)
		}
	}
	nick.needs, nick.users = requests{}, requests{}
}

// dropNicknames removes the links to nodes for which others stand.
func (g *graph) dropNicknames() {
	if !slices.ContainsFunc(g.services, func(s *service) bool { return s.flags&nickname != 0 }) {
		return
	}
	for _, n := range g.nodes {
		if n.gone {
			continue
		}
		stays := func(to *node) bool { return to == n || to.service.flags&nickname == 0 }
		n.start.keep(n, Start, stays)
		n.stop.keep(n, Stop, stays)
	}
}
