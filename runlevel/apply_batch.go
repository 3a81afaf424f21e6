package runlevel

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

// batch is changes that have no path in common, and are yet to be made.
type batch struct {
	r       *Root
	changes []change
	// made are the directories above the links that were seen to.
	made map[string]bool
	// names counts the names given by beside, kept tells that one is needed.
	names int
	kept  bool
	// listed are the names in directories in which many links are made or
	// renamed.
	listed map[string]map[string]bool
	// dirs are the machine's paths of directories, also of those that are to
	// be made.
	dirs map[string]string
}

// place is Root.place, which looks for a directory once for all changes in it.
func (b *batch) place(name string) (string, error) {
	dir := directoryOf(name)
	if at, ok := b.dirs[dir]; ok && fs.ValidPath(name) {
		return join(at, strings.TrimPrefix(name, dir+"/")), nil
	}
	path, err := b.r.place(name)
	if err == nil && dir != "." {
		b.dirs[dir] = filepath.Dir(path)
	}
	return path, err
}

// listFrom is the number of links made in one directory from which it is
// listed instead of asked for each.
const listFrom = 32

// list lists the directories in which many links are made.
func (b *batch) list(steps []Step) {
	if len(steps) < listFrom {
		return
	}
	count := map[string]int{}
	for i := range steps {
		if s := &steps[i]; s.Op == Create || s.Op == Rename {
			count[directoryOf(s.New)]++
		}
	}
	b.listed = map[string]map[string]bool{}
	for dir, n := range count {
		if n < listFrom {
			continue
		}
		at, err := b.r.locate("list", dir, true)
		if err != nil {
			continue
		}
		names, err := namesIn(at.path)
		if err == nil {
			b.listed[dir] = names
		}
	}
}

// namesIn are the names in a directory; one that is not there has none.
func namesIn(path string) (map[string]bool, error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	names, err := f.Readdirnames(-1)
	found := make(map[string]bool, len(names))
	for _, n := range names {
		found[n] = true
	}
	return found, err
}

// directoryOf is the name of the directory that a name is in.
func directoryOf(name string) string {
	if i := strings.LastIndexByte(name, '/'); i >= 0 {
		return name[:i]
	}
	return "."
}

// add looks whether a step can be made, and what must be kept for it.
func (b *batch) add(s *Step) error {
	if s.Op == Mkdir {
		if _, err := b.r.place(s.New); err != nil {
			return err
		}
		b.missing(s.New)
		return nil
	}
	c := change{op: s.Op, target: s.Target, data: s.Data}
	if s.Op == Remove || s.Op == Rename {
		if err := b.from(&c, s.Old); err != nil {
			return err
		}
	}
	if s.Op == Remove {
		c.keep = beside(s.Old, b.names)
	} else if err := b.to(&c, s.New); err != nil {
		return err
	}
	b.names++
	b.kept = b.kept || c.keep != ""
	b.changes = append(b.changes, c)
	return nil
}

// from looks at the name that a change takes away.
func (b *batch) from(c *change, name string) (err error) {
	c.old, c.target = name, ""
	if c.oldPath, err = b.place(name); err != nil {
		return err
	}
	dir := directoryOf(name)
	if c.op == Rename && b.listed[dir][strings.TrimPrefix(name, dir+"/")] {
		return nil
	}
	info, err := os.Lstat(c.oldPath)
	if err == nil && c.op == Remove && info.IsDir() {
		err = syscall.EISDIR
	}
	if err != nil {
		return describe(b.r.Path(name), err)
	}
	return nil
}

// to looks at the name that a change makes.
func (b *batch) to(c *change, name string) (err error) {
	c.new = name
	if c.newPath, err = b.place(name); err != nil {
		return err
	}
	info, err := b.there(c, name)
	switch {
	case err == nil && c.op == Create:
		return describe(b.r.Path(name), fs.ErrExist)
	case err == nil && info.IsDir():
		return describe(b.r.Path(name), syscall.EISDIR)
	case err == nil:
		c.keep = beside(name, b.names)
		if c.op == Write {
			c.old = name // says that there was one
		}
	case errors.Is(err, fs.ErrNotExist):
		b.missing(directoryOf(name))
	default:
		return describe(b.r.Path(name), err)
	}
	if c.op == Write {
		c.target = beside(name, b.names) + "-new"
	}
	return nil
}

// there is what is at the name that a change makes.
func (b *batch) there(c *change, name string) (fs.FileInfo, error) {
	if c.op == Create || c.op == Rename {
		dir := directoryOf(name)
		if names, ok := b.listed[dir]; ok && !names[strings.TrimPrefix(name, dir+"/")] {
			return nil, fs.ErrNotExist
		}
	}
	return os.Lstat(c.newPath)
}

// missing adds a directory, and those above it, that are not there.
func (b *batch) missing(dir string) {
	if dir == "." || b.made[dir] {
		return
	}
	b.made[dir] = true
	if _, err := b.r.Lstat(dir); !errors.Is(err, fs.ErrNotExist) {
		return
	}
	b.missing(directoryOf(dir))
	b.changes = append(b.changes, change{op: Mkdir, new: dir})
}
