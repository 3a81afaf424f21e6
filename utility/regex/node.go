package regex

type op uint8

const (
	opEmpty op = iota
	opByte
	opSet
	opCat
	opAlt
	opRepeat
	opGroup
	opBackref
	opBegLine
	opEndLine
	opBegText
	opEndText
	opWordStart
	opWordEnd
	opWordEdge
	opNoWordEdge
)

// node is a part of an expression.
type node struct {
	op  op
	b   byte // opByte
	set *set // opSet
	sub []*node
	// n is the number of a group or back-reference; min and max (-1: no
	// end) are the bounds of a repetition.
	n, min, max int
}

// set is a set of bytes.
type set [4]uint64

func (s *set) add(b byte)      { s[b>>6] |= 1 << (b & 63) }
func (s *set) remove(b byte)   { s[b>>6] &^= 1 << (b & 63) }
func (s *set) has(b byte) bool { return s[b>>6]&(1<<(b&63)) != 0 }
func (s *set) negate() {
	for i := range s {
		s[i] = ^s[i]
	}
}

func (s *set) addRange(lo, hi byte) {
	for c := int(lo); c <= int(hi); c++ {
		s.add(byte(c))
	}
}

// fold adds the other case of every letter.
func (s *set) fold() {
	for c := byte('a'); c <= 'z'; c++ {
		if u := c - 32; s.has(c) || s.has(u) {
			s.add(c)
			s.add(u)
		}
	}
}

// full reports whether every byte is in the set.
func (s *set) full() bool { return s[0]&s[1]&s[2]&s[3] == ^uint64(0) }

// IsWord reports whether b is a letter, a digit or an underscore.
func IsWord(b byte) bool {
	return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b == '_'
}

func isLetter(b byte) bool { return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' }

func byteNode(b byte, fold bool) *node {
	if fold && isLetter(b) {
		s := &set{}
		s.add(b | 32)
		s.add(b &^ 32)
		return &node{op: opSet, set: s}
	}
	return &node{op: opByte, b: b}
}

// InClass reports whether b is in a class of the C locale; ok is false where
// there is no class of that name.
func InClass(name string, b byte) (in, ok bool) {
	lower, upper, digit := b >= 'a' && b <= 'z', b >= 'A' && b <= 'Z', b >= '0' && b <= '9'
	switch name {
	case "alpha":
		return lower || upper, true
	case "digit":
		return digit, true
	case "alnum":
		return lower || upper || digit, true
	case "upper":
		return upper, true
	case "lower":
		return lower, true
	case "space":
		return b == ' ' || b >= '\t' && b <= '\r', true
	case "blank":
		return b == ' ' || b == '\t', true
	case "punct":
		return b > ' ' && b < 0x7f && !lower && !upper && !digit, true
	case "print":
		return b >= ' ' && b < 0x7f, true
	case "graph":
		return b > ' ' && b < 0x7f, true
	case "cntrl":
		return b < ' ' || b == 0x7f, true
	case "xdigit":
		return digit || b >= 'a' && b <= 'f' || b >= 'A' && b <= 'F', true
	}
	return false, false
}

func classSet(name string) (*set, bool) {
	s := &set{}
	for c := range 256 {
		in, ok := InClass(name, byte(c))
		if !ok {
			return nil, false
		}
		if in {
			s.add(byte(c))
		}
	}
	return s, true
}

// beginsWord and endsWord report whether every match of n has a word's byte
// at its beginning or end.
func (n *node) beginsWord() bool { return n.atEdge(0) }
func (n *node) endsWord() bool   { return n.atEdge(-1) }

func (n *node) atEdge(at int) bool {
	switch n.op {
	case opByte:
		return IsWord(n.b)
	case opSet:
		for c := range 256 {
			if n.set.has(byte(c)) && !IsWord(byte(c)) {
				return false
			}
		}
		return true
	case opGroup:
		return n.sub[0].atEdge(at)
	case opRepeat:
		return n.min > 0 && n.sub[0].atEdge(at)
	case opCat:
		if len(n.sub) == 0 {
			return false
		}
		if at < 0 {
			return n.sub[len(n.sub)-1].atEdge(at)
		}
		return n.sub[0].atEdge(at)
	case opAlt:
		for _, s := range n.sub {
			if !s.atEdge(at) {
				return false
			}
		}
		return len(n.sub) > 0
	}
	return false
}
