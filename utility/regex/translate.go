package regex

import (
	"regexp"
	"strconv"
	"strings"
)

// translator writes an expression in package regexp's syntax.
type translator struct {
	b         strings.Builder
	multiline bool
}

// node writes n, and reports false where the syntax has no word for it.
func (t *translator) node(n *node) bool {
	switch n.op {
	case opEmpty:
	case opByte:
		t.byte(n.b)
	case opSet:
		t.set(n.set)
	case opCat:
		for i, s := range n.sub {
			if !t.part(n, i, s) {
				return false
			}
		}
	case opAlt:
		t.b.WriteString("(?:")
		for i, s := range n.sub {
			if i > 0 {
				t.b.WriteByte('|')
			}
			if !t.node(s) {
				return false
			}
		}
		t.b.WriteByte(')')
	case opGroup:
		t.b.WriteByte('(')
		if !t.node(n.sub[0]) {
			return false
		}
		t.b.WriteByte(')')
	case opRepeat:
		t.b.WriteString("(?:")
		if !t.node(n.sub[0]) {
			return false
		}
		t.b.WriteByte(')')
		t.count(n.min, n.max)
	default:
		return t.anchor(n)
	}
	return true
}

// part writes one part of a sequence. \< and \> are edges of a word whose
// side is known only from what stands beside them.
func (t *translator) part(cat *node, i int, s *node) bool {
	switch s.op {
	case opWordStart:
		if i+1 >= len(cat.sub) || !cat.sub[i+1].beginsWord() {
			return false
		}
		t.b.WriteString(`\b`)
		return true
	case opWordEnd:
		if i == 0 || !cat.sub[i-1].endsWord() {
			return false
		}
		t.b.WriteString(`\b`)
		return true
	}
	return t.node(s)
}

func (t *translator) anchor(n *node) bool {
	switch n.op {
	case opBegLine:
		if t.multiline {
			t.b.WriteString(`(?m:^)`)
			return true
		}
		t.b.WriteString(`\A`)
	case opEndLine:
		if t.multiline {
			t.b.WriteString(`(?m:$)`)
			return true
		}
		t.b.WriteString(`\z`)
	case opBegText:
		t.b.WriteString(`\A`)
	case opEndText:
		t.b.WriteString(`\z`)
	case opWordEdge:
		t.b.WriteString(`\b`)
	case opNoWordEdge:
		t.b.WriteString(`\B`)
	default:
		return false
	}
	return true
}

func (t *translator) count(lo, hi int) {
	switch {
	case lo == 0 && hi < 0:
		t.b.WriteByte('*')
	case lo == 1 && hi < 0:
		t.b.WriteByte('+')
	case lo == 0 && hi == 1:
		t.b.WriteByte('?')
	case hi < 0:
		t.b.WriteString("{" + strconv.Itoa(lo) + ",}")
	case lo == hi:
		t.b.WriteString("{" + strconv.Itoa(lo) + "}")
	default:
		t.b.WriteString("{" + strconv.Itoa(lo) + "," + strconv.Itoa(hi) + "}")
	}
}

func (t *translator) byte(b byte) {
	if b >= ' ' && b < 0x7f {
		t.b.WriteString(regexp.QuoteMeta(string(rune(b))))
		return
	}
	t.hex(b)
}

func (t *translator) hex(b byte) {
	t.b.WriteString(`\x{`)
	t.b.WriteString(strconv.FormatUint(uint64(b), 16))
	t.b.WriteByte('}')
}

func (t *translator) set(s *set) {
	if s.full() {
		t.b.WriteString("(?s:.)")
		return
	}
	if *s == (set{}) {
		t.b.WriteString(`[^\x00-\x{10FFFF}]`)
		return
	}
	t.b.WriteByte('[')
	for c := 0; c < 256; c++ {
		if !s.has(byte(c)) {
			continue
		}
		hi := c
		for hi < 255 && s.has(byte(hi+1)) {
			hi++
		}
		t.hex(byte(c))
		if hi > c {
			t.b.WriteByte('-')
			t.hex(byte(hi))
		}
		c = hi
	}
	t.b.WriteByte(']')
}
