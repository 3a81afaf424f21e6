package rehearse

import (
	"io/fs"
	"path"
	"strings"
	"sync"

	"sysv/system/simulated"
)

// owned is a file's information with its owner, as the machine wants it.
type owned struct {
	fs.FileInfo
	owner simulated.Owner
}

// Sys implements [fs.FileInfo].
func (o owned) Sys() any { return o.owner }

// tree is the tree that is rehearsed in: what has been read of it is kept for
// all machines that stand on it, and what is nobody's business is left out.
type tree struct {
	fs fs.FS

	mu    sync.Mutex
	stats map[string]statted
	files map[string]contents
	heads map[string]contents
	dirs  map[string]listed
}

type statted struct {
	info fs.FileInfo
	err  error
}

type contents struct {
	data []byte
	err  error
}

type listed struct {
	entries []fs.DirEntry
	err     error
}

func newTree(f fs.FS) *tree {
	return &tree{fs: f, stats: map[string]statted{}, files: map[string]contents{}, heads: map[string]contents{}, dirs: map[string]listed{}}
}

// invented tells the parts of a tree that the machine makes up: they are
// another machine's state and no files of a system.
func invented(name string) bool {
	top, rest, _ := strings.Cut(name, "/")
	switch top {
	case "dev", "proc", "sys", "run", "tmp", "lost+found":
		return true
	case "var":
		switch first, _, _ := strings.Cut(rest, "/"); first {
		case "run", "lock", "tmp":
			return true
		}
	}
	return false
}

// secret tells files that are there, and whose contents no rehearsal reads.
func secret(name string) bool {
	dir, base := path.Split(name)
	switch {
	case dir == "etc/" && (strings.HasPrefix(base, "shadow") || strings.HasPrefix(base, "gshadow")):
		return true
	case dir == "etc/ssh/" && strings.HasSuffix(base, "_key"), strings.HasPrefix(name, "etc/ssl/private/"):
		return true
	}
	return strings.HasPrefix(name, "root/") || strings.HasPrefix(name, "home/") || strings.HasPrefix(name, "etc/sudoers")
}

// Open implements [fs.FS]; the machine does not use it.
func (t *tree) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
}

// Lstat implements [fs.ReadLinkFS].
func (t *tree) Lstat(name string) (fs.FileInfo, error) {
	if invented(name) {
		return nil, fs.ErrNotExist
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	s, ok := t.stats[name]
	if !ok {
		s.info, s.err = fs.Lstat(t.fs, name)
		if s.err == nil {
			if uid, gid := ownerOf(s.info); uid != 0 || gid != 0 {
				s.info = owned{s.info, simulated.Owner{UID: uid, GID: gid}}
			}
		}
		t.stats[name] = s
	}
	return s.info, s.err
}

// ReadLink implements [fs.ReadLinkFS].
func (t *tree) ReadLink(name string) (string, error) { return fs.ReadLink(t.fs, name) }

// ReadFile implements [fs.ReadFileFS]. What it gives is not to be changed.
func (t *tree) ReadFile(name string) ([]byte, error) {
	if secret(name) {
		return nil, nil
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	c, ok := t.files[name]
	if !ok {
		c.data, c.err = readLimited(t.fs, name, maxFile)
		t.files[name] = c
	}
	return c.data, c.err
}

// maxFile is how much is read of a file of the tree: scripts and
// configuration are smaller, and of programs only the beginning is read.
const maxFile = 4 << 20

// headSize is enough for a "#!" line.
const headSize = 256

// ReadHead implements [simulated.Header].
func (t *tree) ReadHead(name string) ([]byte, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	c, ok := t.heads[name]
	if !ok {
		c.data, c.err = readLimited(t.fs, name, headSize)
		t.heads[name] = c
	}
	return c.data, c.err
}

func readLimited(f fs.FS, name string, limit int) ([]byte, error) {
	file, err := f.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	if info, err := file.Stat(); err != nil || !info.Mode().IsRegular() {
		return nil, fs.ErrInvalid
	}
	data := make([]byte, 0, 512)
	for len(data) < limit {
		if len(data) == cap(data) {
			data = append(data, 0)[:len(data)]
		}
		n, err := file.Read(data[len(data):min(cap(data), limit)])
		data = data[:len(data)+n]
		if err != nil || n == 0 {
			break
		}
	}
	return data, nil
}

// ReadDir implements [fs.ReadDirFS].
func (t *tree) ReadDir(name string) ([]fs.DirEntry, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	l, ok := t.dirs[name]
	if !ok {
		l.entries, l.err = fs.ReadDir(t.fs, name)
		t.dirs[name] = l
	}
	return l.entries, l.err
}
