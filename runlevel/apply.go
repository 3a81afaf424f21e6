package runlevel

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"syscall"
)

// Apply makes all changes of a plan or none. It wants the lock, and that
// [Root.Recover] was called since. On an error, and at the next call of
// Recover after the process was killed, the tree is what it was.
//
// A Create whose New is there already is an error; so is a Remove or a Rename
// whose Old is not. A Rename takes the place of what New was. Directories that
// are missing are made, with mode 0755. A Write keeps the mode of a file that
// is there; a new one has 0644 less the umask.
//
// The error's text begins with the path. Nothing is written to stable storage
// before Apply returns: it holds against the end of a process, and against
// that of the machine as far as its file system keeps the order of changes.
func (r *Root) Apply(p Plan) error {
	if len(p.Steps) == 0 {
		return nil
	}
	if r.pretended != nil {
		return r.pretend(p.Steps)
	}
	r.failed = r.Together(func() error { return r.apply(r.tree.journal, p.Steps) })
	return r.failed
}

// Failed is the error of the last Apply of r that had something to change: a
// command whose changes are part of a larger one may go on without it.
func (r *Root) Failed() error { return r.failed }

// Together makes all changes one that the Apply calls in f make, also those
// through other Roots of the same directory in this process: if f returns an
// error, or the process is killed, none of them is left. It may be nested: an
// inner one that fails takes its own changes back. f must leave the lock held.
func (r *Root) Together(f func() error) error {
	if r.pretended != nil {
		return f()
	}
	if j := r.tree.journal; j != nil {
		before := len(j.changes)
		err := f()
		if err == nil || len(j.changes) == before {
			return err
		}
		if back := r.back(j.changes[before:]); back != nil {
			return fmt.Errorf("%w; %w", err, back)
		}
		return err
	}
	if r.tree.depth == 0 {
		return fmt.Errorf("%s: the lock is not held", r.Path(r.own(lockName)))
	}
	r.tree.journal = &journal{}
	defer func() { r.tree.journal = nil }()
	err := f()
	j := r.tree.journal
	if j.file == nil {
		return err // nothing was changed
	}
	if err == nil {
		return r.commit(j)
	}
	j.file.Close()
	path, perr := r.place(r.own(journalName))
	if perr == nil {
		perr = r.undo(j.changes, path)
	}
	if perr != nil {
		return fmt.Errorf("%w; %w", err, perr)
	}
	return err
}

// apply makes changes in batches in which no path is named twice, so that
// each can be taken back by itself, whichever of them were made.
func (r *Root) apply(j *journal, steps []Step) error {
	seen := map[string]bool{}
	first := 0
	for i := range steps {
		s := &steps[i]
		if seen[s.Old] || seen[s.New] {
			if err := r.batch(j, steps[first:i]); err != nil {
				return err
			}
			first = i
			clear(seen)
		}
		for _, n := range []string{s.Old, s.New} {
			if n != "" {
				seen[n] = true
			}
		}
	}
	return r.batch(j, steps[first:])
}

// refusal is why a step cannot be made in a tree in which there is no lock to
// be had.
func (r *Root) refusal(s Step) error {
	name := s.New
	if s.Op == Remove {
		name = s.Old
	}
	if errors.Is(r.tree.refused, fs.ErrNotExist) {
		return r.tree.refused // there is no etc
	}
	return describe(r.Path(name), errors.Unwrap(r.tree.refused))
}

// batch makes changes that have no path in common.
func (r *Root) batch(j *journal, steps []Step) error {
	b := batch{r: r, made: map[string]bool{}, dirs: map[string]string{}, names: j.names, changes: make([]change, 0, len(steps)+4)}
	b.list(steps)
	for i := range steps {
		if err := b.add(&steps[i]); err != nil {
			return err
		}
	}
	if len(b.changes) == 0 {
		return nil
	}
	if r.tree.refused != nil {
		return r.refusal(steps[0])
	}
	if j.file == nil {
		opened, err := r.begin()
		if err != nil {
			return err
		}
		j.file = opened.file
	}
	if err := r.intend(j, b.changes); err != nil {
		return err
	}
	j.names, j.kept = b.names, j.kept || b.kept
	for i := range b.changes {
		if err := r.perform(&b.changes[i]); err != nil {
			return err
		}
	}
	return nil
}

// beside is a name in the directory of another one, for what is kept.
func beside(name string, n int) string {
	return name[:strings.LastIndexByte(name, '/')+1] + keepPrefix + strconv.Itoa(n)
}

// perform makes one change, of which the journal has been told.
func (r *Root) perform(c *change) error {
	var keep string
	var err error
	if c.keep != "" {
		if keep, err = r.place(c.keep); err != nil {
			return err
		}
	}
	name := c.new
	switch c.op {
	case Mkdir:
		if c.newPath, err = r.place(c.new); err == nil {
			err = os.Mkdir(c.newPath, 0o755)
		}
	case Create:
		err = os.Symlink(c.target, c.newPath)
	case Remove:
		name = c.old
		err = os.Rename(c.oldPath, keep)
	case Rename:
		if keep != "" {
			err = os.Rename(c.newPath, keep)
		}
		if err == nil {
			err = os.Rename(c.oldPath, c.newPath)
		}
	case Write:
		err = r.replace(c, keep)
	}
	if err != nil {
		return describe(r.Path(name), err)
	}
	return nil
}

// replace writes a file under another name and gives it its own in one step,
// so that whoever reads it reads all of the old or all of the new one.
func (r *Root) replace(c *change, keep string) error {
	temp, err := r.place(c.target)
	if err != nil {
		return err
	}
	mode := fs.FileMode(0o644)
	if keep != "" {
		info, err := os.Lstat(c.newPath)
		if err != nil {
			return err
		}
		if !info.Mode().IsRegular() {
			return errors.New("is no regular file")
		}
		mode = info.Mode().Perm()
	}
	f, err := os.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	_, err = f.Write(c.data)
	if keep != "" && err == nil {
		err = f.Chmod(mode)
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return err
	}
	if keep == "" {
		return os.Rename(temp, c.newPath)
	}
	if err := os.Link(c.newPath, keep); err != nil {
		// A file system without hard links: for a moment there is none.
		if !errors.Is(err, syscall.EPERM) && !errors.Is(err, errors.ErrUnsupported) {
			return err
		}
		if err := os.Rename(c.newPath, keep); err != nil {
			return err
		}
	}
	return os.Rename(temp, c.newPath)
}
