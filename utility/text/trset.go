package text

import (
	"sysv/utility/call"
	"sysv/utility/regex"
)

// translator is a prepared tr.
type translator struct {
	complement, truncate, translating bool
	in1, in2                          [256]bool
	table                             [256]byte
	status                            int
}

// trBytes is the bytes that an element stands for, in their order.
func (e trElement) trBytes() []byte {
	switch e.kind {
	case trRange:
		var out []byte
		for c := int(e.a); c <= int(e.b); c++ {
			out = append(out, byte(c))
		}
		return out
	case trClass:
		var out []byte
		for c := range 256 {
			if in, _ := regex.InClass(e.class, byte(c)); in {
				out = append(out, byte(c))
			}
		}
		return out
	case trRepeat:
		out := make([]byte, min(e.n, 1<<16))
		for i := range out {
			out[i] = e.a
		}
		return out
	}
	return []byte{e.a}
}

func expandSet(s []trElement) []byte {
	var out []byte
	for _, e := range s {
		out = append(out, e.trBytes()...)
	}
	return out
}

// prepare fills the sets and the table, or says what cannot be.
func (t *translator) prepare(set1, set2 []trElement, two bool) string {
	for _, e := range set1 {
		if e.kind == trRepeat {
			return "the [c*] repeat construct may not appear in string1"
		}
	}
	list1 := expandSet(set1)
	for _, b := range list1 {
		t.in1[b] = true
	}
	hasClass1 := false
	for _, e := range set1 {
		hasClass1 = hasClass1 || e.kind == trClass
	}
	if t.complement {
		list1 = list1[:0]
		for c := range 256 {
			t.in1[c] = !t.in1[c]
			if t.in1[c] {
				list1 = append(list1, byte(c))
			}
		}
	}
	if !two {
		return ""
	}
	if problem := t.fill(set2, len(list1)); problem != "" {
		return problem
	}
	list2 := expandSet(set2)
	for _, b := range list2 {
		t.in2[b] = true
	}
	if !t.translating {
		return ""
	}
	return t.translation(set1, set2, list1, list2, hasClass1)
}

// fill gives the one [c*] of the second set its count.
func (t *translator) fill(set2 []trElement, want int) string {
	open := -1
	for i, e := range set2 {
		switch {
		case e.kind == trRepeat && e.n == 0:
			if open >= 0 {
				return "only one [c*] repeat construct may appear in string2"
			}
			open = i
		case e.kind == trEquiv && t.translating:
			return "[=c=] expressions may not appear in string2 when translating"
		case e.kind == trClass && t.translating && e.class != "upper" && e.class != "lower":
			return "when translating, the only character classes that may appear in\nstring2 are 'upper' and 'lower'"
		}
	}
	if open < 0 {
		return ""
	}
	if !t.translating {
		return "the [c*] construct may appear in string2 only when translating"
	}
	have := len(expandSet(set2))
	set2[open].n = uint64(max(want-have, 0))
	if want <= have {
		set2[open].kind, set2[open].n = trRepeat, 0
	}
	return ""
}

// translation fills the table.
func (t *translator) translation(set1, set2 []trElement, list1, list2 []byte, hasClass1 bool) string {
	for i := range t.table {
		t.table[i] = byte(i)
	}
	paired, problem := t.pairCases(set1, set2)
	if problem != "" {
		return problem
	}
	if paired {
		return ""
	}
	if len(list2) == 0 && !t.truncate {
		return "when not truncating set1, string2 must be non-empty"
	}
	if len(list2) < len(list1) && !t.truncate {
		if e := set2[len(set2)-1]; e.kind == trClass {
			return "when translating with string1 longer than string2,\nthe latter string must not end with a character class"
		}
	}
	if t.complement && hasClass1 && !(oneByte(list2) && len(list2) >= 1) && !(len(list2) == len(list1) && oneByte(list2)) && !t.truncate {
		return "when translating with complemented character classes,\nstring2 must map all characters in the domain to one"
	}
	for i, b := range list1 {
		switch {
		case i < len(list2):
			t.table[b] = list2[i]
		case !t.truncate:
			t.table[b] = list2[len(list2)-1]
		}
	}
	return ""
}

func oneByte(b []byte) bool {
	for _, c := range b {
		if c != b[0] {
			return false
		}
	}
	return true
}

// pairCases handles [:upper:] and [:lower:] in the second set, each of which
// must stand where such a class stands in the first.
func (t *translator) pairCases(set1, set2 []trElement) (bool, string) {
	has := false
	for _, e := range set2 {
		has = has || e.kind == trClass
	}
	if !has || t.complement {
		return false, ""
	}
	// Walk both by position.
	starts1 := map[int]string{}
	n := 0
	for _, e := range set1 {
		if e.kind == trClass && (e.class == "upper" || e.class == "lower") {
			starts1[n] = e.class
		}
		n += len(e.trBytes())
	}
	pos := 0
	for _, e := range set2 {
		if e.kind == trClass {
			if _, ok := starts1[pos]; !ok {
				if pos >= n {
					return false, ""
				}
				return false, "misaligned [:upper:] and/or [:lower:] construct"
			}
		}
		pos += len(e.trBytes())
	}
	return false, ""
}

// run copies standard input to standard output.
func (t *translator) run(c *call.Call, del, squeeze bool) {
	l := newLines(c, c.Stdin(), "-", false)
	defer l.close()
	// What is squeezed: the second set if there is one.
	squeezed := &t.in1
	if t.translating || del {
		squeezed = &t.in2
	}
	last := -1
	out := make([]byte, 0, 4096)
	for b := l.chunk(); b != nil; b = l.chunk() {
		out = out[:0]
		for _, ch := range b {
			if del && t.in1[ch] {
				continue
			}
			if t.translating {
				ch = t.table[ch]
			}
			if squeeze && squeezed[ch] && int(ch) == last {
				continue
			}
			last = int(ch)
			out = append(out, ch)
		}
		if _, err := c.Out.Write(out); err != nil {
			return
		}
	}
	if l.err != nil {
		t.status = c.Fail("read error: %v", l.err)
	}
}
