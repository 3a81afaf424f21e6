package simulated

import (
	"errors"
	"io/fs"
	"strings"

	"sysv/system"
)

// newRoot makes the root directory, with the base layer under it.
func (w *world) newRoot() *node {
	root := &node{mode: system.TypeDir | 0o755, entries: map[string]*node{}, nlink: 2}
	w.adopt(root)
	root.parent = root
	if w.opts.Base == nil && w.opts.BaseFS == nil {
		return root
	}
	root.lower = &lower{path: "/"}
	if w.opts.Base != nil {
		if i, err := w.opts.Base.Lstat("/"); err == nil {
			root.set(i)
		}
	}
	return root
}

// set takes over what the base says of a file.
func (n *node) set(i system.FileInfo) {
	n.mode, n.uid, n.gid, n.rdev = i.Mode, i.UID, i.GID, i.Rdev
	n.atime, n.mtime, n.ctime = i.Atime, i.Mtime, i.Ctime
}

// lookupLower finds one name of a directory in the base, without reading the
// others.
func (w *world) lookupLower(dir *node, name string) (*node, error) {
	n, err := w.baseNode(strings.TrimSuffix(dir.lower.path, "/") + "/" + name)
	if err == system.ENOENT {
		dir.lower.hide(name)
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	w.enlist(dir, name, n)
	return n, nil
}

// enlist puts a node of the base into its directory.
func (w *world) enlist(dir *node, name string, n *node) {
	dir.entries[name] = n
	if n.mode.IsDir() {
		n.parent, n.name = dir, name
		dir.nlink++
	}
}

// readLower reads what a directory or a file has in the base layer. From then
// on the machine's own copy is the truth: what is removed from it is gone.
func (w *world) readLower(n *node) error {
	l := n.lower
	if l == nil {
		return nil
	}
	if !n.mode.IsDir() {
		data, err := w.baseRead(l.path)
		if err != nil {
			return err
		}
		n.data, n.lower, n.borrowed = data, nil, true
		return nil
	}
	names, err := w.baseNames(l.path)
	if err != nil {
		return err
	}
	n.lower = nil
	for _, name := range names {
		if _, ok := n.entries[name]; ok || l.gone[name] {
			continue
		}
		path := strings.TrimSuffix(l.path, "/") + "/" + name
		c, err := w.baseNode(path)
		if err != nil {
			continue // it went away, or the base cannot tell of it
		}
		w.enlist(n, name, c)
	}
	return nil
}

// baseNode makes the node for a file of the base. Two names of one file give
// one node.
func (w *world) baseNode(path string) (*node, error) {
	i, target, err := w.baseStat(path)
	if err != nil {
		return nil, err
	}
	id := [2]uint64{i.Dev, i.Ino}
	shared := i.Nlink > 1 && !i.Mode.IsDir() && i.Ino != 0
	if shared {
		if n := w.origins[id]; n != nil {
			return n, nil
		}
	}
	n := w.adopt(&node{nlink: int(max(i.Nlink, 1)), target: target})
	n.set(i)
	switch n.mode.Type() {
	case system.TypeDir:
		n.entries, n.nlink = map[string]*node{}, 2
		n.lower = &lower{path: path}
	case system.TypeRegular:
		n.lower = &lower{path: path, size: i.Size}
	}
	if shared {
		w.origins[id] = n
	}
	return n, nil
}

func (w *world) baseNames(path string) ([]string, error) {
	var names []string
	if b := w.opts.Base; b != nil {
		l, err := b.ReadDir(path)
		for _, e := range l {
			names = append(names, e.Name)
		}
		return names, err
	}
	l, err := fs.ReadDir(w.opts.BaseFS, fsPath(path))
	for _, e := range l {
		names = append(names, e.Name())
	}
	return names, errno(err)
}

func (w *world) baseRead(path string) ([]byte, error) {
	if b := w.opts.Base; b != nil {
		f, err := b.Open(path, system.ReadOnly|system.NonBlock, 0)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		return system.ReadAll(f, w.opts.Capacity)
	}
	data, err := fs.ReadFile(w.opts.BaseFS, fsPath(path))
	return data, errno(err)
}

// Owner is what the Sys method of a BaseFS's file may give: whose it is.
// Files of which nothing is known belong to root.
type Owner struct{ UID, GID int }

// Header is a base that can read the beginning of a file alone: at least 256
// bytes, if there are as many.
type Header interface {
	ReadHead(name string) ([]byte, error)
}

// ReadHead implements [Header], for a machine that is the base of another.
func (m *Machine) ReadHead(path string) ([]byte, error) {
	w := m.w
	w.mu.Lock()
	defer w.mu.Unlock()
	f, err := m.find(path, follow)
	if err != nil {
		return nil, err
	}
	head, err := w.head(f.node)
	return head[:min(len(head), headSize)], err
}

// headSize is enough for a "#!" line.
const headSize = 256

// head is the beginning of a regular file.
func (w *world) head(n *node) ([]byte, error) {
	if h, ok := w.opts.Base.(Header); ok && n.lower != nil {
		head, err := h.ReadHead(n.lower.path)
		return head, errno(err)
	}
	if h, ok := w.opts.BaseFS.(Header); ok && n.lower != nil && w.opts.Base == nil {
		head, err := h.ReadHead(fsPath(n.lower.path))
		return head, errno(err)
	}
	if err := w.readLower(n); err != nil {
		return nil, err
	}
	return n.data, nil
}

func (w *world) baseStat(path string) (i system.FileInfo, target string, err error) {
	if b := w.opts.Base; b != nil {
		if i, err = b.Lstat(path); err == nil && i.Mode.IsSymlink() {
			target, err = b.Readlink(path)
		}
		return i, target, err
	}
	f, err := fs.Lstat(w.opts.BaseFS, fsPath(path))
	if err != nil {
		return i, "", errno(err)
	}
	i = system.FileInfo{Mode: fromGo(f.Mode()), Size: f.Size(), Nlink: 1, Atime: f.ModTime(), Mtime: f.ModTime(), Ctime: f.ModTime()}
	if o, ok := f.Sys().(Owner); ok {
		i.UID, i.GID = o.UID, o.GID
	}
	if i.Mode.IsSymlink() {
		target, err = fs.ReadLink(w.opts.BaseFS, fsPath(path))
	}
	return i, target, errno(err)
}

// fsPath is a path as io/fs wants it.
func fsPath(path string) string {
	if p := strings.TrimPrefix(path, "/"); p != "" {
		return p
	}
	return "."
}

// fromGo turns Go's file mode into Linux's.
func fromGo(m fs.FileMode) system.Mode {
	n := system.Mode(m.Perm())
	for _, b := range []struct {
		is fs.FileMode
		to system.Mode
	}{{fs.ModeSetuid, system.SetUID}, {fs.ModeSetgid, system.SetGID}, {fs.ModeSticky, system.Sticky}} {
		if m&b.is != 0 {
			n |= b.to
		}
	}
	switch {
	case m.IsDir():
		return n | system.TypeDir
	case m&fs.ModeSymlink != 0:
		return n | system.TypeSymlink
	case m&fs.ModeNamedPipe != 0:
		return n | system.TypeFIFO
	case m&fs.ModeSocket != 0:
		return n | system.TypeSocket
	case m&fs.ModeCharDevice != 0:
		return n | system.TypeChar
	case m&fs.ModeDevice != 0:
		return n | system.TypeBlock
	}
	return n | system.TypeRegular
}

// errno turns an error of io/fs into one of the system's.
func errno(err error) error {
	if err == nil {
		return nil
	}
	if e, ok := errors.AsType[system.Errno](err); ok {
		return e
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return system.ENOENT
	case errors.Is(err, fs.ErrPermission):
		return system.EACCES
	case errors.Is(err, fs.ErrInvalid):
		return system.EINVAL
	}
	return system.EIO
}
