package runlevel

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

// pretended are the changes of a Root that makes none, and what they make of
// the tree.
type pretended struct {
	plan Plan
	at   map[string]standIn // by the machine's path
}

// standIn is what a path is after the changes: nothing, a link to target, or
// the file that is at another path still.
type standIn struct {
	gone   bool
	target string
	file   string
}

// Pretend has Apply make no change from now on. What it would have made is
// remembered, and seen by all that reads the tree through r, but for the
// content of a Write.
func (r *Root) Pretend() {
	r.pretended = &pretended{at: map[string]standIn{}}
	// The system would resolve links as they are.
	r.whole = false
}

// Pretended are the changes since Pretend was called.
func (r *Root) Pretended() Plan {
	if r.pretended == nil {
		return Plan{}
	}
	return r.pretended.plan
}

func (r *Root) pretend(steps []Step) error {
	for _, s := range steps {
		if err := r.pretendOne(s); err != nil {
			return err
		}
		r.pretended.plan.Steps = append(r.pretended.plan.Steps, s)
	}
	return nil
}

func (r *Root) pretendOne(s Step) error {
	at := r.pretended.at
	var moved standIn
	if s.Op == Remove || s.Op == Rename {
		path, err := r.place(s.Old)
		if err != nil {
			return err
		}
		info, err := r.lstat(path)
		if err != nil {
			return describe(r.Path(s.Old), err)
		}
		if s.Op == Remove && info.IsDir() {
			return describe(r.Path(s.Old), syscall.EISDIR)
		}
		if moved.target, err = r.readLink(path); err != nil {
			moved = standIn{file: path}
			if x, ok := at[path]; ok {
				moved = x
			}
		}
		at[path] = standIn{gone: true}
	}
	if s.Op == Remove || s.Op == Mkdir {
		return nil
	}
	path, err := r.place(s.New)
	if err != nil {
		return err
	}
	info, err := r.lstat(path)
	switch {
	case err == nil && s.Op == Create:
		return describe(r.Path(s.New), fs.ErrExist)
	case err == nil && info.IsDir():
		return describe(r.Path(s.New), syscall.EISDIR)
	case s.Op == Create:
		at[path] = standIn{target: s.Target}
	case s.Op == Rename:
		at[path] = moved
	}
	return nil
}

// now is what a path is, if that was changed.
func (r *Root) now(path string) (standIn, bool) {
	if r.pretended == nil {
		return standIn{}, false
	}
	s, ok := r.pretended.at[path]
	return s, ok
}

// stored is where the content of a path is, which is no link.
func (r *Root) stored(op, path string) (string, error) {
	s, ok := r.now(path)
	switch {
	case !ok:
		return path, nil
	case s.gone:
		return "", &fs.PathError{Op: op, Path: path, Err: fs.ErrNotExist}
	case s.file != "":
		return s.file, nil
	}
	return path, nil
}

func (r *Root) readLink(path string) (string, error) {
	s, ok := r.now(path)
	switch {
	case !ok:
		return os.Readlink(path)
	case s.gone:
		return "", &fs.PathError{Op: "readlink", Path: path, Err: fs.ErrNotExist}
	case s.file != "":
		return "", &fs.PathError{Op: "readlink", Path: path, Err: fs.ErrInvalid}
	}
	return s.target, nil
}

func (r *Root) lstat(path string) (fs.FileInfo, error) {
	s, ok := r.now(path)
	switch {
	case !ok:
		return os.Lstat(path)
	case s.gone:
		return nil, &fs.PathError{Op: "lstat", Path: path, Err: fs.ErrNotExist}
	case s.file != "":
		return os.Lstat(s.file)
	}
	return pretendedLink(filepath.Base(path)), nil
}

func (r *Root) readDir(path string) ([]fs.DirEntry, error) {
	entries, err := os.ReadDir(path)
	if r.pretended == nil || err != nil && !errors.Is(err, fs.ErrNotExist) {
		return entries, err
	}
	changed := r.changed(path)
	if err != nil && len(changed) == 0 {
		return nil, err
	}
	entries = append(r.unchanged(path, entries), changed...)
	slices.SortFunc(entries, byName)
	return entries, nil
}

func byName(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) }

// unchanged are the entries of a directory that were not changed.
func (r *Root) unchanged(path string, entries []fs.DirEntry) []fs.DirEntry {
	return slices.DeleteFunc(entries, func(e fs.DirEntry) bool {
		_, changed := r.now(filepath.Join(path, e.Name()))
		return changed
	})
}

// changed are the entries that are new in a directory, by name.
func (r *Root) changed(path string) []fs.DirEntry {
	var entries []fs.DirEntry
	for p, s := range r.pretended.at {
		if filepath.Dir(p) != path || s.gone {
			continue
		}
		info, err := r.lstat(p)
		if err != nil {
			continue
		}
		if s.file != "" {
			info = renamed{info, filepath.Base(p)}
		}
		entries = append(entries, fs.FileInfoToDirEntry(info))
	}
	slices.SortFunc(entries, byName)
	return entries
}

// pretendedLink is a link of a name that was not made.
type pretendedLink string

func (l pretendedLink) Name() string     { return string(l) }
func (pretendedLink) Size() int64        { return 0 }
func (pretendedLink) Mode() fs.FileMode  { return fs.ModeSymlink | 0o777 }
func (pretendedLink) ModTime() time.Time { return time.Time{} }
func (pretendedLink) IsDir() bool        { return false }
func (pretendedLink) Sys() any           { return nil }

// renamed is a file under another name.
type renamed struct {
	fs.FileInfo
	name string
}

func (r renamed) Name() string { return r.name }

// pretendedFile is a file or a directory, of which the latter shows what would
// be in it.
type pretendedFile struct {
	*os.File
	r    *Root
	path string
}

// ReadDir reads all of a directory, in its own order; n is -1.
func (f pretendedFile) ReadDir(n int) ([]fs.DirEntry, error) {
	entries, err := f.File.ReadDir(n)
	return append(f.r.unchanged(f.path, entries), f.r.changed(f.path)...), err
}
