package runlevel

import (
	"io/fs"
	"os"
	"runtime"
	"sync"
	"sync/atomic"

	"golang.org/x/sys/unix"

	"sysv/lsb"
)

// preloadFrom is the number of scripts from which they are read by several
// threads.
const preloadFrom = 64

// preload reads the plain files of the directory of scripts and the
// directories of the runlevels, if they are of the machine. What cannot be
// read is left to be read by its name.
func (q *sequencer) preload() {
	dir := q.onMachine(q.Dir)
	if dir == nil {
		return
	}
	defer dir.Close()
	fd := int(dir.Fd())
	readings := make([]reading, len(q.scripts))
	var levels [len(lsb.LevelNames)]*os.File
	for i := range levels {
		if levels[i] = q.onMachine(q.directoryName(i)); levels[i] != nil {
			defer levels[i].Close()
		}
	}
	var next atomic.Int64
	work := func() {
		var arena []byte
		for {
			i := int(next.Add(1)) - 1
			if i < len(levels) {
				if levels[i] != nil {
					q.listed[i] = q.preloadLinks(levels[i])
				}
				continue
			}
			if i -= len(levels); i >= len(q.scripts) {
				return
			}
			if e := &q.scripts[i]; e.kind == 0 {
				arena = readings[i].loadAt(fd, e.name, q.show(e.file), arena)
			}
		}
	}
	var wg sync.WaitGroup
	if len(q.scripts) >= preloadFrom {
		for range runtime.GOMAXPROCS(0) - 1 {
			wg.Go(work)
		}
	}
	work()
	wg.Wait()
	for i := range readings {
		if readings[i].mode != 0 {
			q.files[q.scripts[i].file] = &readings[i]
		}
	}
}

// onMachine is a directory, nil if it is none of the machine's own.
func (q *sequencer) onMachine(name string) *os.File {
	f, err := q.FS.Open(name)
	if err != nil {
		return nil
	}
	dir, ok := f.(*os.File)
	if !ok {
		f.Close()
		return nil
	}
	return dir
}

// preloadLinks lists a runlevel's directory, and finds the scripts of those
// links that are like nearly all.
func (q *sequencer) preloadLinks(dir *os.File) []entry {
	list, err := dir.ReadDir(-1)
	if err != nil {
		return nil
	}
	entries := entriesOf(list)
	fd := int(dir.Fd())
	var buf [512]byte
	for i := range entries {
		e := &entries[i]
		if _, _, _, ok := isLinkName(e.name); !ok || e.kind&fs.ModeSymlink == 0 {
			continue
		}
		if n, err := unix.Readlinkat(fd, e.name, buf[:]); err == nil && n < len(buf) {
			e.to = q.usualScript(buf[:n])
		}
	}
	return entries
}

// loadAt reads a file of a directory into an arena, and its header.
func (r *reading) loadAt(dir int, name, shown string, arena []byte) []byte {
	fd, err := unix.Openat(dir, name, unix.O_RDONLY|unix.O_CLOEXEC|unix.O_NOFOLLOW|unix.O_NONBLOCK, 0)
	if err != nil {
		return arena
	}
	defer unix.Close(fd)
	var st unix.Stat_t
	if unix.Fstat(fd, &st) != nil || st.Mode&unix.S_IFMT != unix.S_IFREG {
		return arena
	}
	size := int(st.Size)
	if len(arena) <= size {
		arena = make([]byte, max(256<<10, size+1))
	}
	n := 0
	for n <= size {
		m, err := unix.Read(fd, arena[n:size+1])
		if err == unix.EINTR {
			continue
		}
		if err != nil || n+m > size {
			return arena // it cannot be read, or it grows: by its name then
		}
		if m == 0 {
			break
		}
		if n += m; n == size {
			break
		}
	}
	if r.mode = fs.FileMode(st.Mode & 0o777); r.mode == 0 {
		return arena // 0 is for none
	}
	r.data = arena[:n:n]
	r.openRC = openRC(r.data)
	r.header = lsb.Parse(shown, r.data)
	return arena[n:]
}

// linkReader reads the links of one directory. A machine has thousands, and
// each is read at every call.
type linkReader struct {
	fsys fs.ReadLinkFS
	dir  string
	f    *os.File // the directory, if it is one of the machine
	buf  [1024]byte
}

func openLinks(fsys fs.ReadLinkFS, dir string) *linkReader {
	l := &linkReader{fsys: fsys, dir: dir}
	if f, err := fsys.Open(dir); err == nil {
		var ok bool
		if l.f, ok = f.(*os.File); !ok {
			f.Close()
		}
	}
	return l
}

// read is where a link leads. It is good until the next call.
func (l *linkReader) read(name string) ([]byte, error) {
	if l.f != nil {
		if n, err := unix.Readlinkat(int(l.f.Fd()), name, l.buf[:]); err == nil && n < len(l.buf) {
			return l.buf[:n], nil
		}
	}
	to, err := l.fsys.ReadLink(l.dir + "/" + name)
	return []byte(to), err
}

func (l *linkReader) close() {
	if l.f != nil {
		l.f.Close()
	}
}
