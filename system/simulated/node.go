package simulated

import (
	"maps"
	"slices"
	"strings"
	"time"

	"sysv/system"
)

// node is a file of any kind.
type node struct {
	ino                 uint64
	mode                system.Mode
	uid, gid            int
	rdev                uint64
	nlink               int
	atime, mtime, ctime time.Time
	// data is a regular file's contents, target a symbolic link's.
	data []byte
	// borrowed tells that data is the base's, which is not to be changed.
	borrowed bool
	target   string
	// entries are a directory's; name and parent say where it is itself, and
	// removed that it is nowhere any more.
	entries map[string]*node
	parent  *node
	name    string
	removed bool
	// lower is what is still to be read from the base layer, nil if nothing.
	lower *lower
	// queue is a fifo's contents while it is open.
	queue *queue
	locks []*held
	// virtual is a directory or file of /proc.
	virtual *virtual
	// jump is what a symbolic link of /proc leads to, whatever its text says.
	jump *node
}

// lower is the file of the base layer that a node stands for until it is
// needed.
type lower struct {
	path string
	size int64
	// gone are names of a directory that have been looked for and are not in
	// the base, or have been removed from the machine.
	gone map[string]bool
}

func (l *lower) hide(name string) {
	if l.gone == nil {
		l.gone = map[string]bool{}
	}
	l.gone[name] = true
}

// virtual is what a file of /proc does instead of having contents.
type virtual struct {
	lookup func(p *process, name string) *node
	list   func(p *process) []system.DirEntry
	read   func() string
	// owner is who may follow or read it beside root; nil is everybody.
	owner *process
}

// deviceNumber is st_dev of every file, procNumber that of those in /proc.
const (
	deviceNumber = 0x801
	procNumber   = 0x15
	blockSize    = 4096
)

func (w *world) ino() uint64 {
	w.lastIno++
	return w.lastIno
}

// adopt gives a new node its number and times.
func (w *world) adopt(n *node) *node {
	n.ino = w.ino()
	n.atime, n.mtime, n.ctime = w.now, w.now, w.now
	return n
}

func (n *node) size() int64 {
	switch n.mode.Type() {
	case system.TypeDir:
		if n.virtual != nil {
			return 0
		}
		return blockSize
	case system.TypeSymlink:
		return int64(len(n.target))
	case system.TypeRegular:
		if n.lower != nil {
			return n.lower.size
		}
		return int64(len(n.data))
	}
	return 0
}

func (n *node) info() system.FileInfo {
	i := system.FileInfo{
		Dev: deviceNumber, Ino: n.ino, Mode: n.mode, Nlink: uint64(n.nlink), UID: n.uid, GID: n.gid, Rdev: n.rdev,
		Size: n.size(), BlockSize: blockSize, Atime: n.atime, Mtime: n.mtime, Ctime: n.ctime,
	}
	if n.virtual != nil || n.jump != nil {
		i.Dev = procNumber
	} else if n.mode.IsRegular() || n.mode.IsDir() {
		i.Blocks = (i.Size + blockSize - 1) / blockSize * (blockSize / 512)
	}
	return i
}

// lookup finds a name in a directory; nil is nothing.
func (w *world) lookup(p *process, dir *node, name string) (*node, error) {
	if dir.virtual != nil {
		return dir.virtual.lookup(p, name), nil
	}
	if n := dir.entries[name]; n != nil || dir.lower == nil || dir.lower.gone[name] {
		return n, nil
	}
	return w.lookupLower(dir, name)
}

// list is a directory's names, in order of the alphabet.
func (w *world) list(p *process, dir *node) ([]system.DirEntry, error) {
	if dir.virtual != nil {
		return dir.virtual.list(p), nil
	}
	if err := w.readLower(dir); err != nil {
		return nil, err
	}
	var l []system.DirEntry
	for _, name := range slices.Sorted(maps.Keys(dir.entries)) {
		n := dir.entries[name]
		l = append(l, system.DirEntry{Name: name, Type: n.mode.Type(), Ino: n.ino})
	}
	return l, nil
}

// insert puts a node into a directory.
func (w *world) insert(dir *node, name string, n *node) {
	dir.entries[name] = n
	dir.mtime, dir.ctime = w.now, w.now
	if n.mode.IsDir() {
		n.parent, n.name = dir, name
		dir.nlink++
	}
}

// detach takes a name out of a directory, and a link off its file.
func (w *world) detach(dir *node, name string) {
	n := dir.entries[name]
	delete(dir.entries, name)
	if dir.lower != nil {
		dir.lower.hide(name)
	}
	dir.mtime, dir.ctime = w.now, w.now
	if n.mode.IsDir() {
		dir.nlink--
	}
}

// drop takes off a link; the last one of a directory takes two.
func (w *world) drop(n *node) {
	n.ctime = w.now
	if n.mode.IsDir() {
		n.nlink, n.removed = 0, true
		return
	}
	n.nlink--
}

// path is where a directory is.
func (n *node) path() string {
	if n.parent == nil || n.parent == n {
		return "/"
	}
	up := n.parent.path()
	if up == "/" {
		up = ""
	}
	s := up + "/" + n.name
	if n.removed {
		s += " (deleted)"
	}
	return s
}

func join(dir *node, name string) string {
	if name == "" {
		return dir.path()
	}
	return strings.TrimSuffix(dir.path(), "/") + "/" + name
}

// under tells whether a directory is in another, or is it.
func (n *node) under(top *node) bool {
	for ; n != nil; n = n.parent {
		if n == top {
			return true
		}
		if n.parent == n {
			break
		}
	}
	return false
}

// plant puts a node at a path, making the directories on the way.
func (w *world) plant(path string, n *node) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.adopt(n)
	dir := w.root
	names := strings.FieldsFunc(path, func(r rune) bool { return r == '/' })
	for i, name := range names {
		if !dir.mode.IsDir() {
			return system.ENOTDIR
		}
		if dir.virtual != nil {
			return system.EPERM
		}
		old, err := w.lookup(w.first, dir, name)
		if err != nil {
			return err
		}
		if old != nil && old.mode.IsSymlink() && i < len(names)-1 {
			f, err := w.first.walk(join(dir, name), follow)
			if err != nil || f.node == nil {
				return system.ENOENT
			}
			old = f.node
		}
		switch {
		case i == len(names)-1 && old != nil && old.mode.IsDir() && n.mode.IsDir():
			old.mode = n.mode
		case i == len(names)-1:
			if old != nil {
				if old.mode.IsDir() {
					return system.EISDIR
				}
				w.detach(dir, name)
				w.drop(old)
			}
			w.used += int64(len(n.data))
			w.insert(dir, name, n)
		case old == nil:
			old = w.adopt(&node{mode: system.TypeDir | 0o755, entries: map[string]*node{}, nlink: 2})
			w.insert(dir, name, old)
		}
		dir = old
	}
	return nil
}
