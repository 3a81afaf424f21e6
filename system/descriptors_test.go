package system

import (
	"context"
	"testing"
)

// counted is a file that counts how often it was closed.
type counted struct {
	closedFile
	name   string
	closed int
}

func (f *counted) Close() error { f.closed++; return nil }

// closes checks how often files have been closed.
func closes(t *testing.T, when string, want int, files ...*counted) {
	t.Helper()
	for _, f := range files {
		if f.closed != want {
			t.Errorf("%s: %s was closed %d times, not %d", when, f.name, f.closed, want)
		}
	}
}

func TestDescriptorsCloseOnce(t *testing.T) {
	var d Descriptors
	a, b := &counted{name: "a"}, &counted{name: "b"}
	d.Set(0, a)
	if !d.Dup(0, 5) || !d.Dup(0, 0) || d.Dup(3, 4) {
		t.Error("Dup says it wrong")
	}
	d.Close(0)
	closes(t, "one of two names closed", 0, a)
	if d.Get(5) != a || d.Get(0) != nil || d.Get(-1) != nil || d.Get(99) != nil {
		t.Error("Get gives the wrong file")
	}
	d.Set(5, b)
	closes(t, "its last name taken by another", 1, a)
	d.Close(5)
	d.Close(5)
	d.Close(77)
	closes(t, "closed twice", 1, a, b)
}

func TestDescriptorsSaveRestore(t *testing.T) {
	var d Descriptors
	a, b, c := &counted{name: "a"}, &counted{name: "b"}, &counted{name: "c"}
	d.Set(1, a)
	saved, none := d.Save(1), d.Save(2)
	d.Set(1, b)
	d.Set(2, c)
	closes(t, "redirected", 0, a, b, c)
	d.Restore(saved)
	d.Restore(none)
	closes(t, "restored", 0, a)
	closes(t, "restored", 1, b, c)
	if d.Get(1) != a || d.Get(2) != nil {
		t.Error("not what it was")
	}
	v := d.Save(1)
	d.Close(1)
	closes(t, "closed while saved", 0, a)
	d.Drop(v)
	closes(t, "dropped", 1, a)
	d.Drop(d.Save(9))
}

func TestDescriptorsNestedSave(t *testing.T) {
	var d Descriptors
	a, b, c := &counted{name: "a"}, &counted{name: "b"}, &counted{name: "c"}
	d.Set(1, a)
	outer := d.Save(1)
	d.Set(1, b)
	inner := d.Save(1)
	d.Set(1, c)
	d.Restore(inner)
	if d.Get(1) != b {
		t.Error("the inner one is not back")
	}
	d.Restore(outer)
	closes(t, "both back", 0, a)
	closes(t, "both back", 1, b, c)
}

func TestDescriptorsClone(t *testing.T) {
	var d Descriptors
	a, b := &counted{name: "a"}, &counted{name: "b"}
	d.Set(0, a)
	d.Set(4, b)
	c := d.Clone()
	c.Close(4)
	if d.Get(4) != b || c.Get(0) != a {
		t.Error("the tables are not independent")
	}
	d.CloseAll()
	closes(t, "the first table closed", 0, a)
	closes(t, "both have closed it", 1, b)
	c.CloseAll()
	c.CloseAll()
	closes(t, "both tables closed", 1, a, b)
}

func TestDescriptorsList(t *testing.T) {
	var d Descriptors
	if l := d.List(); len(l) != 3 || l[0] != nil {
		t.Errorf("empty: %v", l)
	}
	a := &counted{name: "a"}
	d.Set(4, a)
	if l := d.List(); len(l) != 5 || l[4] != a || l[3] != nil {
		t.Errorf("%v", l)
	}
}

// inheriting is the part of a System that Descriptors uses.
type inheriting struct {
	Processes
	files map[int]File
	asked int
}

func (s *inheriting) Inherited(fd int) (File, bool) {
	s.asked++
	f, ok := s.files[fd]
	return f, ok
}

func TestDescriptorsInherit(t *testing.T) {
	a := &counted{name: "a"}
	s := &inheriting{files: map[int]File{0: a, 3: a}}
	var d Descriptors
	d.Inherit(s)
	if d.Get(0) != nil || s.asked != 0 {
		t.Error("descriptors 0 to 2 are asked for")
	}
	if d.Get(3) != a || d.Get(3) != a || s.asked != 1 {
		t.Errorf("asked %d times", s.asked)
	}
	d.Close(3)
	c := d.Clone()
	if d.Get(3) != nil || c.Get(3) != nil {
		t.Error("closed, and there again")
	}
	closes(t, "closed", 1, a)
}

func TestClosedFile(t *testing.T) {
	p := &Process{}
	f := p.Stdout()
	_, err1 := f.Write([]byte("x"))
	_, err2 := f.Read(nil)
	_, err3 := f.Seek(0, 0)
	_, err4 := f.Stat()
	for i, err := range []error{err1, err2, err3, err4, f.Close(), f.Truncate(0), f.Chmod(0), f.Chown(0, 0), f.Lock(context.Background(), Lock{})} {
		if err != EBADF {
			t.Errorf("call %d: %v", i, err)
		}
	}
}
