package reality

import (
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"time"
)

// tree is layers of directories over each other, the topmost first, and files
// of text on top of all: what the sandbox's overlay shows.
type tree struct {
	layers []fs.FS
	files  map[string]string // by path without the first slash
}

func newTree(dirs []string, files map[string]string) *tree {
	t := &tree{files: map[string]string{}}
	for _, d := range dirs {
		t.layers = append(t.layers, os.DirFS(d))
	}
	for name, text := range files {
		t.files[strings.TrimPrefix(name, "/")] = text
	}
	return t
}

// Open implements [fs.FS].
func (t *tree) Open(name string) (fs.File, error) {
	if text, ok := t.files[name]; ok {
		return &textFile{textInfo{path.Base(name), len(text)}, strings.NewReader(text)}, nil
	}
	for _, l := range t.layers {
		if _, err := fs.Lstat(l, name); err == nil {
			return l.Open(name)
		}
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

// Lstat implements [fs.ReadLinkFS].
func (t *tree) Lstat(name string) (fs.FileInfo, error) {
	if text, ok := t.files[name]; ok {
		return textInfo{path.Base(name), len(text)}, nil
	}
	for _, l := range t.layers {
		if i, err := fs.Lstat(l, name); err == nil {
			return i, nil
		}
	}
	return nil, &fs.PathError{Op: "lstat", Path: name, Err: fs.ErrNotExist}
}

// ReadLink implements [fs.ReadLinkFS].
func (t *tree) ReadLink(name string) (string, error) {
	for _, l := range t.layers {
		if to, err := fs.ReadLink(l, name); err == nil {
			return to, nil
		}
	}
	return "", &fs.PathError{Op: "readlink", Path: name, Err: fs.ErrInvalid}
}

// ReadDir implements [fs.ReadDirFS].
func (t *tree) ReadDir(name string) ([]fs.DirEntry, error) {
	var out []fs.DirEntry
	found := false
	seen := map[string]bool{}
	for file, text := range t.files {
		if path.Dir(file) == name {
			seen[path.Base(file)] = true
			out = append(out, fs.FileInfoToDirEntry(textInfo{path.Base(file), len(text)}))
		}
	}
	for _, l := range t.layers {
		entries, err := fs.ReadDir(l, name)
		if err != nil {
			continue
		}
		found = true
		for _, e := range entries {
			if !seen[e.Name()] {
				seen[e.Name()] = true
				out = append(out, e)
			}
		}
	}
	if !found && len(out) == 0 {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: fs.ErrNotExist}
	}
	slices.SortFunc(out, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return out, nil
}

// textFile is a file of text.
type textFile struct {
	info textInfo
	io.Reader
}

// Stat implements [fs.File].
func (f *textFile) Stat() (fs.FileInfo, error) { return f.info, nil }

// Close implements [fs.File].
func (f *textFile) Close() error { return nil }

type textInfo struct {
	name string
	size int
}

// Name and the methods after it implement [fs.FileInfo].
func (i textInfo) Name() string { return i.name }

// Size is that of the text.
func (i textInfo) Size() int64 { return int64(i.size) }

// Mode is that of a file that everybody can read.
func (i textInfo) Mode() fs.FileMode { return 0o644 }

// ModTime is no time.
func (i textInfo) ModTime() time.Time { return time.Time{} }

// IsDir is false.
func (i textInfo) IsDir() bool { return false }

// Sys is nil.
func (i textInfo) Sys() any { return nil }
