package system

import "testing"

// once gives each descriptor to the first who asks, as the real machine does:
// after that it is one of the program's own.
type once struct{ inheriting }

func (s *once) Inherited(fd int) (File, bool) {
	f, ok := s.inheriting.Inherited(fd)
	delete(s.files, fd)
	return f, ok
}

// A clone shares what was inherited, whoever of the two asks first, and a
// program gets it also if nobody has asked.
func TestInheritedIsShared(t *testing.T) {
	a, b := &counted{name: "a"}, &counted{name: "b"}
	var d Descriptors
	d.Inherit(&once{inheriting{files: map[int]File{5: a, 7: b}}})
	c := d.Clone()
	if c.Get(5) != a || d.Get(5) != a {
		t.Error("the clone's use has taken 5 away")
	}
	c.CloseAll()
	closes(t, "the clone ended", 0, a, b)
	if l := d.List(); len(l) != 8 || l[5] != a || l[7] != b {
		t.Errorf("%v", l)
	}
	d.CloseAll()
	closes(t, "all ended", 1, a, b)
}
