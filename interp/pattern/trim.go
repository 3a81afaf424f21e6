package pattern

import "slices"

import "strings"

// TrimPrefix is ${s#pattern}, or with longest ${s##pattern}.
func (p Pattern) TrimPrefix(s string, longest bool) string {
	if lit, ok := p.Literal(); ok {
		return strings.TrimPrefix(s, lit)
	}
	if p.complex(s) {
		return p.trimPrefixComplex(s, longest)
	}
	var buf [8]chunk
	cs := p.chunks(buf[:0])
	end := 0
	for i, c := range cs {
		switch {
		case i == 0:
			if !p.fits(c, s, 0) {
				return s
			}
			end = c.n
		case longest && i == len(cs)-1:
			at := p.lastFit(c, s, end, len(s))
			if at < 0 {
				return s
			}
			end = at + c.n
		default:
			at := p.firstFit(c, s, end, len(s))
			if at < 0 {
				return s
			}
			end = at + c.n
		}
	}
	return s[end:]
}

// TrimSuffix is ${s%pattern}, or with longest ${s%%pattern}.
func (p Pattern) TrimSuffix(s string, longest bool) string {
	if lit, ok := p.Literal(); ok {
		return strings.TrimSuffix(s, lit)
	}
	if p.complex(s) {
		return p.trimSuffixComplex(s, longest)
	}
	var buf [8]chunk
	cs := p.chunks(buf[:0])
	start := len(s)
	for i, c := range slices.Backward(cs) {
		switch {
		case i == len(cs)-1:
			start -= c.n
			if start < 0 || !p.fits(c, s, start) {
				return s
			}
		case longest && i == 0:
			if start = p.firstFit(c, s, 0, start); start < 0 {
				return s
			}
		default:
			if start = p.lastFit(c, s, 0, start); start < 0 {
				return s
			}
		}
	}
	return s[:start]
}

// chunk is what stands between two stars: n elements of a byte each.
type chunk struct {
	text string
	n    int
}

// chunks splits the pattern at its stars. There is one more chunk than stars
// (or than runs of stars); the first and the last may be empty.
func (p Pattern) chunks(out []chunk) []chunk {
	t := p.match
	start, n := 0, 0
	for i := 0; i < len(t); {
		if t[i] == '*' {
			out = append(out, chunk{t[start:i], n})
			for i < len(t) && t[i] == '*' {
				i++
			}
			start, n = i, 0
			continue
		}
		_, i = p.step(t, i, 0)
		n++
	}
	return append(out, chunk{t[start:], n})
}

func (p Pattern) fits(c chunk, s string, at int) bool {
	if at+c.n > len(s) {
		return false
	}
	for i := 0; i < len(c.text); at++ {
		ok, next := p.step(c.text, i, s[at])
		if !ok {
			return false
		}
		i = next
	}
	return true
}

// firstFit and lastFit find where a chunk fits in s[from:to], or give -1.
func (p Pattern) firstFit(c chunk, s string, from, to int) int {
	for at := from; at+c.n <= to; at++ {
		if p.fits(c, s, at) {
			return at
		}
	}
	return -1
}

func (p Pattern) lastFit(c chunk, s string, from, to int) int {
	for at := to - c.n; at >= from; at-- {
		if p.fits(c, s, at) {
			return at
		}
	}
	return -1
}

func (p Pattern) trimPrefixComplex(s string, longest bool) string {
	r := p.program().start(s)
	best := -1
	for j, ok := range r.from(0) {
		if ok {
			best = j
			if !longest {
				break
			}
		}
	}
	if best < 0 {
		return s
	}
	return s[r.offset(s, best):]
}

func (p Pattern) trimSuffixComplex(s string, longest bool) string {
	r := p.program().start(s)
	n := len(r.units)
	for k := 0; k <= n; k++ {
		i := n - k
		if longest {
			i = k
		}
		if r.from(i)[n] {
			return s[:r.offset(s, i)]
		}
	}
	return s
}

// offset is where unit i of s begins, in bytes.
func (r *run) offset(s string, i int) int {
	at := 0
	for ; i > 0; i-- {
		_, n := decode(s[at:], r.p.opts.UTF8)
		at += n
	}
	return at
}

// Find is the leftmost match in s at or after byte from, the longest there,
// as ${s/pattern/…} wants it. start is -1 where there is none.
func (p Pattern) Find(s string, from int) (start, end int) {
	for i := from; i <= len(s); i++ {
		if p.opts.UTF8 && i < len(s) && s[i]&0xc0 == 0x80 && i > from {
			continue
		}
		rest := p.TrimPrefix(s[i:], true)
		if len(rest) < len(s)-i || p.Match("") {
			return i, len(s) - len(rest)
		}
	}
	return -1, -1
}
