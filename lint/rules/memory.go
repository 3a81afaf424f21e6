package rules

import (
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
)

// memory is a tree of files in memory, for what wants to read a tree: names as
// io/fs has them, directories follow from the files.
type memory map[string][]byte

type memoryInfo struct {
	name string
	size int64
	dir  bool
}

func (i memoryInfo) Name() string { return i.name }
func (i memoryInfo) Size() int64  { return i.size }
func (i memoryInfo) Mode() fs.FileMode {
	if i.dir {
		return fs.ModeDir | 0o755
	}
	return 0o755
}
func (i memoryInfo) ModTime() time.Time         { return time.Time{} }
func (i memoryInfo) IsDir() bool                { return i.dir }
func (i memoryInfo) Sys() any                   { return nil }
func (i memoryInfo) Type() fs.FileMode          { return i.Mode().Type() }
func (i memoryInfo) Info() (fs.FileInfo, error) { return i, nil }

// Lstat implements fs.ReadLinkFS; there are no links.
func (m memory) Lstat(name string) (fs.FileInfo, error) {
	if data, ok := m[name]; ok {
		return memoryInfo{path.Base(name), int64(len(data)), false}, nil
	}
	for k := range m {
		if name == "." || strings.HasPrefix(k, name+"/") {
			return memoryInfo{path.Base(name), 0, true}, nil
		}
	}
	return nil, &fs.PathError{Op: "lstat", Path: name, Err: fs.ErrNotExist}
}

// Stat implements fs.StatFS.
func (m memory) Stat(name string) (fs.FileInfo, error) { return m.Lstat(name) }

// ReadLink implements fs.ReadLinkFS.
func (m memory) ReadLink(name string) (string, error) {
	return "", &fs.PathError{Op: "readlink", Path: name, Err: fs.ErrInvalid}
}

// ReadDir implements fs.ReadDirFS.
func (m memory) ReadDir(name string) ([]fs.DirEntry, error) {
	seen := map[string]memoryInfo{}
	for k, data := range m {
		rest, ok := strings.CutPrefix(k, name+"/")
		if name == "." {
			rest, ok = k, true
		}
		if !ok {
			continue
		}
		first, _, deeper := strings.Cut(rest, "/")
		seen[first] = memoryInfo{first, int64(len(data)), deeper}
	}
	if len(seen) == 0 {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	out := make([]fs.DirEntry, 0, len(seen))
	for _, e := range seen {
		out = append(out, e)
	}
	slices.SortFunc(out, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return out, nil
}

// ReadFile implements fs.ReadFileFS.
func (m memory) ReadFile(name string) ([]byte, error) {
	data, ok := m[name]
	if !ok {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return slices.Clone(data), nil
}

type memoryFile struct {
	memoryInfo
	*strings.Reader
}

func (f memoryFile) Stat() (fs.FileInfo, error) { return f.memoryInfo, nil }
func (f memoryFile) Size() int64                { return f.memoryInfo.size }
func (f memoryFile) Close() error               { return nil }

// memoryDir is an open directory.
type memoryDir struct {
	memoryInfo
	left []fs.DirEntry
}

func (d *memoryDir) Stat() (fs.FileInfo, error) { return d.memoryInfo, nil }
func (d *memoryDir) Close() error               { return nil }
func (d *memoryDir) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: d.name, Err: fs.ErrInvalid}
}

// ReadDir implements fs.ReadDirFile.
func (d *memoryDir) ReadDir(n int) ([]fs.DirEntry, error) {
	if n <= 0 || n > len(d.left) {
		if n > 0 && len(d.left) == 0 {
			return nil, io.EOF
		}
		n = len(d.left)
	}
	out := d.left[:n]
	d.left = d.left[n:]
	return out, nil
}

// Open implements fs.FS.
func (m memory) Open(name string) (fs.File, error) {
	info, err := m.Lstat(name)
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		entries, err := m.ReadDir(name)
		return &memoryDir{memoryInfo: info.(memoryInfo), left: entries}, err
	}
	return memoryFile{info.(memoryInfo), strings.NewReader(string(m[name]))}, nil
}
