package regex

import "strings"

const unmatchedBracket = "Unmatched [, [^, [:, [., or [="

// element is one thing between brackets: a byte, or a class (whose bytes are
// then in the set already).
type element struct {
	b     byte
	class bool
}

// bracket reads a bracket expression, p.i being after its "[".
func (p *parser) bracket() (*node, error) {
	begin := p.i
	s := &set{}
	negated := false
	if p.i < len(p.s) && p.s[p.i] == '^' {
		negated = true
		p.i++
	}
	classes := false
	for first := true; ; first = false {
		if p.i >= len(p.s) {
			if first && !p.grep() {
				return nil, bad("Invalid regular expression")
			}
			return nil, bad(unmatchedBracket)
		}
		if p.s[p.i] == ']' && !first {
			p.i++
			break
		}
		if err := p.member(s, first, &classes); err != nil {
			return nil, err
		}
	}
	if text := p.s[begin : p.i-1]; p.syn&Expr == 0 && !classes && len(text) > 2 && text[0] == ':' && text[len(text)-1] == ':' {
		return nil, &Error{Message: "character class syntax is [[:space:]], not [:space:]", Panic: true}
	}
	if p.syn&Fold != 0 {
		s.fold()
	}
	if negated {
		s.negate()
		if p.syn&(Multiline|Grep) != 0 {
			s.remove('\n')
		}
	}
	return setNode(s), nil
}

// setNode makes a set of one byte that byte.
func setNode(s *set) *node {
	only, n := byte(0), 0
	for c := 0; c < 256 && n < 2; c++ {
		if s.has(byte(c)) {
			only = byte(c)
			n++
		}
	}
	if n == 1 {
		return &node{op: opByte, b: only}
	}
	return &node{op: opSet, set: s}
}

// member reads one element or range into s.
func (p *parser) member(s *set, first bool, classes *bool) error {
	// A hyphen that is neither first nor last can only be a range's.
	if p.s[p.i] == '-' && !first && p.i+1 < len(p.s) && p.s[p.i+1] != ']' {
		return bad("Invalid range end")
	}
	from, err := p.element(s)
	if err != nil {
		return err
	}
	*classes = *classes || from.class
	if p.i+1 >= len(p.s) || p.s[p.i] != '-' || p.s[p.i+1] == ']' {
		if !from.class {
			s.add(from.b)
		}
		return nil
	}
	p.i++
	to, err := p.element(&set{})
	if err != nil {
		return err
	}
	*classes = true
	if from.class || to.class {
		return bad("Invalid range end")
	}
	if from.b > to.b {
		if p.syn&Expr != 0 {
			return nil
		}
		return bad("Invalid range end")
	}
	s.addRange(from.b, to.b)
	return nil
}

// element reads a byte, [:class:], [=x=] or [.x.].
func (p *parser) element(s *set) (element, error) {
	c := p.s[p.i]
	if c != '[' || p.i+1 >= len(p.s) || strings.IndexByte(":=.", p.s[p.i+1]) < 0 {
		p.i++
		return element{b: c}, nil
	}
	delim := p.s[p.i+1]
	rest := p.s[p.i+2:]
	n := strings.Index(rest, string(delim)+"]")
	if n < 0 {
		return element{}, bad(unmatchedBracket)
	}
	name := rest[:n]
	p.i += 2 + n + 2
	if delim != ':' {
		if len(name) != 1 {
			return element{}, bad("Invalid collation character")
		}
		if delim == '=' {
			s.add(name[0])
			return element{class: true}, nil
		}
		return element{b: name[0]}, nil
	}
	if p.syn&Fold != 0 && (name == "upper" || name == "lower") {
		name = "alpha"
	}
	cs, ok := classSet(name)
	if !ok {
		return element{}, bad("Invalid character class name")
	}
	for i := range s {
		s[i] |= cs[i]
	}
	return element{class: true}, nil
}
