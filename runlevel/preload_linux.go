package runlevel

import (
	"encoding/binary"
	"io"
	"io/fs"
	"os"
	"runtime"
	"slices"
	"strings"
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
		head := make([]byte, headSize)
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
				readings[i].loadAt(fd, e.name, q.show(e.file), head)
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
	entries := machineEntries(dir)
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

// machineEntries lists a directory that was just opened, in its own order. It
// is nil if that fails, or if its file system does not tell of what type an
// entry is: then package os does it, which makes much more of each.
func machineEntries(dir *os.File) []entry {
	// Of a struct linux_dirent64 (getdents64(2)): the record's length, the
	// type, and the name up to a NUL.
	const lengthAt, typeAt, nameAt = 16, 18, 19
	entries := []entry{}
	buf := make([]byte, 32<<10)
	for {
		n, err := unix.Getdents(int(dir.Fd()), buf)
		if err != nil {
			dir.Seek(0, io.SeekStart)
			return nil
		}
		if n == 0 {
			return entries
		}
		text := string(buf[:n])
		entries = slices.Grow(entries, n/32)
		for at := 0; at < n; {
			length := int(binary.NativeEndian.Uint16(buf[at+lengthAt:]))
			name, _, _ := strings.Cut(text[at+nameAt:at+length], "\x00")
			kind, ok := typeOf(buf[at+typeAt])
			if !ok {
				dir.Seek(0, io.SeekStart)
				return nil
			}
			if name != "." && name != ".." {
				entries = append(entries, entry{name: name, kind: kind})
			}
			at += length
		}
	}
}

// typeOf is the type of a directory's entry, if it is told.
func typeOf(t byte) (kind fs.FileMode, ok bool) {
	switch t {
	case unix.DT_REG:
		return 0, true
	case unix.DT_DIR:
		return fs.ModeDir, true
	case unix.DT_LNK:
		return fs.ModeSymlink, true
	case unix.DT_FIFO:
		return fs.ModeNamedPipe, true
	case unix.DT_SOCK:
		return fs.ModeSocket, true
	case unix.DT_BLK:
		return fs.ModeDevice, true
	case unix.DT_CHR:
		return fs.ModeDevice | fs.ModeCharDevice, true
	}
	return 0, false
}

// headSize is how much of a script is read at first: nearly all have the end
// of their header there.
const headSize = 4 << 10

// loadAt reads the header of a file of a directory. head is room for its first
// bytes.
func (r *reading) loadAt(dir int, name, shown string, head []byte) {
	fd, err := unix.Openat(dir, name, unix.O_RDONLY|unix.O_CLOEXEC|unix.O_NOFOLLOW|unix.O_NONBLOCK, 0)
	if err != nil {
		return
	}
	defer unix.Close(fd)
	var st unix.Stat_t
	if unix.Fstat(fd, &st) != nil || st.Mode&unix.S_IFMT != unix.S_IFREG || st.Mode&0o777 == 0 {
		return // a mode of 0 is for none
	}
	n, err := unix.Read(fd, head)
	if err != nil {
		return // by its name then
	}
	r.length, r.openRC = n, openRC(head[:n])
	h, ok := lsb.ParseHead(shown, head[:n])
	if !ok {
		if r.data, ok = restOf(fd, head[:n], int(st.Size)); !ok {
			return
		}
		r.length = len(r.data)
		h = lsb.Parse(shown, r.data)
	}
	r.header, r.mode = h, fs.FileMode(st.Mode&0o777)
}

// restOf is a file of a size, of which the head was read. It fails if the file
// cannot be read, or grows meanwhile.
func restOf(fd int, head []byte, size int) (data []byte, ok bool) {
	if len(head) > size {
		return nil, false
	}
	data = make([]byte, size)
	n := copy(data, head)
	for n < size {
		m, err := unix.Read(fd, data[n:])
		if err != nil {
			return nil, false
		}
		if m == 0 {
			break
		}
		n += m
	}
	return data[:n], true
}
