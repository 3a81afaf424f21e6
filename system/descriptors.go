package system

import "sync/atomic"

// shared is an open file description that several descriptors, of several
// processes' tables, may name. It is closed with the last of them.
type shared struct {
	File
	refs atomic.Int32
}

func (s *shared) release() {
	if s.refs.Add(-1) == 0 {
		s.File.Close()
	}
}

// Descriptors is a process's table of open files, by number. The zero value
// has none open. It is used by one goroutine at a time; clones are
// independent of each other.
type Descriptors struct {
	tab []*shared
	// sys answers for descriptors that the process was started with and that
	// were not yet looked at; nil if there are none.
	sys Processes
	// named tells that those up to 9 have been looked at.
	named bool
	// gone has the inherited ones that have been closed here.
	gone map[int]bool
	// dir is the working directory, if it is held, and dirName its name.
	dir     *workingDirectory
	dirName string
}

// Inherit makes descriptors 3 and up, that the process was started with,
// visible in the table when they are asked for.
func (d *Descriptors) Inherit(sys Processes) { d.sys, d.named = sys, false }

// adopt takes those inherited descriptors that a POSIX shell can name, up to
// 9, into the table: a clone must share them and not find them for itself, and
// a program must not find them closed.
func (d *Descriptors) adopt() {
	if d.sys == nil || d.named {
		return
	}
	d.named = true
	for fd := 3; fd <= 9; fd++ {
		d.at(fd)
	}
}

// Get returns the file at descriptor fd, or nil if it is closed.
func (d *Descriptors) Get(fd int) File {
	if s := d.at(fd); s != nil {
		return s.File
	}
	return nil
}

func (d *Descriptors) at(fd int) *shared {
	if fd >= 0 && fd < len(d.tab) && d.tab[fd] != nil {
		return d.tab[fd]
	}
	if fd > 2 && d.sys != nil && !d.gone[fd] {
		if f, ok := d.sys.Inherited(fd); ok {
			d.Set(fd, f)
			return d.tab[fd]
		}
	}
	return nil
}

// Set puts f at descriptor fd, closing what was there. The table owns f from
// now on.
func (d *Descriptors) Set(fd int, f File) {
	s := &shared{File: f}
	s.refs.Store(1)
	d.put(fd, s)
}

func (d *Descriptors) put(fd int, s *shared) {
	for fd >= len(d.tab) {
		d.tab = append(d.tab, nil)
	}
	old := d.tab[fd]
	d.tab[fd] = s
	if old != nil {
		old.release()
	}
	if s == nil && fd > 2 && d.sys != nil {
		if d.gone == nil {
			d.gone = map[int]bool{}
		}
		d.gone[fd] = true
	}
}

// Dup makes descriptor to name the same open file as from, as dup2(2) does,
// and reports whether from was open.
func (d *Descriptors) Dup(from, to int) bool {
	s := d.at(from)
	if s == nil {
		return false
	}
	if from != to {
		s.refs.Add(1)
		d.put(to, s)
	}
	return true
}

// Close closes descriptor fd, if it is open.
func (d *Descriptors) Close(fd int) {
	if d.at(fd) != nil {
		d.put(fd, nil)
	}
}

// Saved is a descriptor as it was, to be put back.
type Saved struct {
	fd int
	s  *shared
}

// Save remembers descriptor fd. Every Saved must be given to Restore once.
func (d *Descriptors) Save(fd int) Saved {
	s := d.at(fd)
	if s != nil {
		s.refs.Add(1)
	}
	return Saved{fd, s}
}

// Restore puts a descriptor back as it was when it was saved.
func (d *Descriptors) Restore(v Saved) { d.put(v.fd, v.s) }

// Drop forgets a saved descriptor: what has been put there meanwhile stays.
func (d *Descriptors) Drop(v Saved) {
	if v.s != nil {
		v.s.release()
	}
}

// Clone is the table that a new process starts with: the same open files.
func (d *Descriptors) Clone() Descriptors {
	d.adopt()
	c := Descriptors{tab: make([]*shared, len(d.tab)), sys: d.sys, named: d.named, dir: d.dir, dirName: d.dirName}
	if d.dir != nil {
		d.dir.refs.Add(1)
	}
	for i, s := range d.tab {
		if s != nil {
			s.refs.Add(1)
			c.tab[i] = s
		}
	}
	if len(d.gone) > 0 {
		c.gone = make(map[int]bool, len(d.gone))
		for fd := range d.gone {
			c.gone[fd] = true
		}
	}
	return c
}

// CloseAll closes every descriptor, as the end of a process does.
func (d *Descriptors) CloseAll() {
	for i, s := range d.tab {
		if s != nil {
			d.tab[i] = nil
			s.release()
		}
	}
	d.sys = nil
	d.dir.release()
	d.dir = nil
}

// List is the table as [Command] wants it: files by number, nil where closed.
// A [Capture] in it becomes a pipe.
func (d *Descriptors) List() []File {
	d.adopt()
	l := make([]File, max(len(d.tab), 3))
	for i, s := range d.tab {
		if s == nil {
			continue
		}
		l[i] = s.File
		if c, ok := s.File.(*Capture); ok {
			if r, err := c.Real(); err == nil {
				l[i] = r
			}
		}
	}
	return l
}
