package pattern

import (
	"slices"
	"unicode/utf8"
)

// maxNesting is how deep ?(…) and the like may stand in each other: it bounds
// the stack. Deeper ones are taken as text.
const maxNesting = 200

// program is a pattern as a sequence of elements, for the cases where an
// element may take more than one byte. It is run on sets of positions, so the
// time is bounded by a polynomial whatever the pattern.
type program struct {
	nodes []*node
	p     Pattern
}

// node is one element: op is 0 for the character c, or one of ? [ *, or 'x'
// for an extended one with the operator ext.
type node struct {
	op   byte
	ext  byte
	c    rune
	at   int // of '[': where the expression is in the pattern's text
	alts [][]*node
}

func (p Pattern) program() *program {
	r := reader{p: p, t: p.match}
	if p.opts.Extended {
		r.closed = r.findClosed()
	}
	return &program{nodes: r.sequence(0), p: p}
}

// reader parses a pattern's text.
type reader struct {
	p Pattern
	t string
	i int
	// closed has true for each operator whose parentheses have an end.
	closed []bool
}

// findClosed pairs the parentheses in one pass, so that text with many open
// ones is not read again for each of them.
func (r *reader) findClosed() []bool {
	t := r.t
	closed := make([]bool, len(t))
	var open []int
	for i := 0; i < len(t); i++ {
		switch t[i] {
		case '\\':
			i++
		case '[':
			if _, end := r.p.bracket(t, i+1, 0); end > 0 {
				i = end - 1
			}
		case '(':
			if i > 0 {
				switch t[i-1] {
				case '?', '*', '+', '@', '!':
					open = append(open, i-1)
				}
			}
		case ')':
			if n := len(open); n > 0 {
				closed[open[n-1]] = true
				open = open[:n-1]
			}
		}
	}
	return closed
}

// sequence reads elements until the end, or inside parentheses until | or ).
func (r *reader) sequence(depth int) []*node {
	var out []*node
	for r.i < len(r.t) {
		c := r.t[r.i]
		if depth > 0 && (c == '|' || c == ')') {
			return out
		}
		if r.closed != nil && r.closed[r.i] && depth < maxNesting {
			out = append(out, r.extended(c, depth))
			continue
		}
		switch c {
		case '*', '?':
			out = append(out, &node{op: c})
			r.i++
			continue
		case '[':
			if _, end := r.p.bracket(r.t, r.i+1, 0); end > 0 {
				out = append(out, &node{op: '[', at: r.i + 1})
				r.i = end
				continue
			}
		case '\\':
			if r.i+1 < len(r.t) {
				r.i++
			}
		}
		ch, n := decode(r.t[r.i:], r.p.opts.UTF8)
		out = append(out, &node{c: ch})
		r.i += n
	}
	return out
}

// extended reads ?(a|b) and the like.
func (r *reader) extended(op byte, depth int) *node {
	r.i += 2
	n := &node{op: 'x', ext: op}
	for {
		n.alts = append(n.alts, r.sequence(depth+1))
		if r.i >= len(r.t) {
			return n
		}
		r.i++
		if r.t[r.i-1] == ')' {
			return n
		}
	}
}

// run is one match of a program against one string.
type run struct {
	*program
	units []rune
	memo  map[nodeAt][]bool
}

type nodeAt struct {
	n  *node
	at int
}

func (g *program) start(s string) *run {
	r := &run{program: g, units: make([]rune, 0, len(s))}
	for len(s) > 0 {
		c, n := decode(s, g.p.opts.UTF8)
		r.units = append(r.units, c)
		s = s[n:]
	}
	return r
}

func (g *program) matches(s string) bool {
	r := g.start(s)
	return r.from(0)[len(r.units)]
}

// from gives the positions where a match that begins at unit i can end.
func (r *run) from(i int) []bool {
	in := make([]bool, len(r.units)+1)
	in[i] = true
	return r.sequence(r.nodes, in)
}

func (r *run) sequence(nodes []*node, in []bool) []bool {
	cur := in
	for _, n := range nodes {
		next := make([]bool, len(cur))
		some := false
		switch n.op {
		case '*':
			on := false
			for j := range cur {
				on = on || cur[j]
				next[j] = on
			}
			some = on
		case 'x':
			next = r.alternatives(n, cur)
			for _, b := range next {
				some = some || b
			}
		default:
			for j, c := range r.units {
				if cur[j] && r.one(n, c) {
					next[j+1] = true
					some = true
				}
			}
		}
		if !some {
			return next
		}
		cur = next
	}
	return cur
}

func (r *run) one(n *node, c rune) bool {
	switch n.op {
	case '?':
		return true
	case '[':
		if !r.p.opts.Bash {
			ok, _ := dashBracket(r.p.match, n.at, byte(c))
			return ok
		}
		ok, _ := bashBracket(r.p.match, n.at, c, r.p.opts.UTF8, r.p.opts.Fold)
		return ok
	}
	if n.c == c {
		return true
	}
	return r.p.opts.Fold && n.c < utf8.RuneSelf && c < utf8.RuneSelf && lower(byte(n.c)) == lower(byte(c))
}

// alternatives is where a match of n can end that begins at one of in.
func (r *run) alternatives(n *node, in []bool) []bool {
	out := make([]bool, len(in))
	switch n.ext {
	case '@', '?':
		for j, b := range in {
			if b {
				merge(out, r.once(n, j))
				out[j] = out[j] || n.ext == '?'
			}
		}
	case '!':
		for j, b := range in {
			if !b {
				continue
			}
			for k, e := range r.once(n, j) {
				out[k] = out[k] || k >= j && !e
			}
		}
	default:
		// One or more: from each end that is found, go on.
		todo := slices.Clone(in)
		for again := true; again; {
			again = false
			for j := range todo {
				if !todo[j] {
					continue
				}
				todo[j] = false
				for k, e := range r.once(n, j) {
					if e && !out[k] {
						out[k], todo[k], again = true, true, true
					}
				}
			}
		}
		if n.ext == '*' {
			merge(out, in)
		}
	}
	return out
}

// once is where one of n's alternatives can end that begins at j. It is
// worked out once for each node and position, which keeps nested ones from
// multiplying each other.
func (r *run) once(n *node, j int) []bool {
	key := nodeAt{n, j}
	if out, ok := r.memo[key]; ok {
		return out
	}
	in := make([]bool, len(r.units)+1)
	in[j] = true
	out := make([]bool, len(in))
	for _, alt := range n.alts {
		merge(out, r.sequence(alt, in))
	}
	if r.memo == nil {
		r.memo = map[nodeAt][]bool{}
	}
	r.memo[key] = out
	return out
}

func merge(into, from []bool) {
	for i, b := range from {
		into[i] = into[i] || b
	}
}
