package simulated

import (
	"fmt"
	"io"
	"math"

	"sysv/system"
)

// description is an open file description, as of open(2): what several
// handles, of several processes, may share.
type description struct {
	node *node
	flag system.OpenFlag
	off  int64
	refs int
	path string
	// text is what a file of /proc had to say when it was opened.
	text string
	// reads and writes tell which ends of a pipe it holds.
	reads, writes bool
	// changed tells that the log has it that the contents were changed.
	changed bool
}

// handle is a process's descriptor of a description: a [system.File].
type handle struct {
	p      *process
	d      *description
	closed bool
}

// handle gives the process a file. The description's count is the caller's.
func (p *process) handle(d *description) *handle {
	h := &handle{p: p, d: d}
	p.files[h] = true
	return h
}

func (h *handle) mayRead() bool  { return !h.closed && h.d.flag&3 != system.WriteOnly }
func (h *handle) mayWrite() bool { return !h.closed && h.d.flag&3 != system.ReadOnly }

// Close implements [system.File]. It does not wait for a turn.
func (h *handle) Close() error {
	w := h.p.w
	w.mu.Lock()
	defer w.mu.Unlock()
	if h.closed {
		return system.EBADF
	}
	h.close()
	w.changed()
	return nil
}

func (h *handle) close() {
	if h.closed {
		return
	}
	h.closed = true
	delete(h.p.files, h)
	d, w := h.d, h.p.w
	if d.refs--; d.refs > 0 {
		return
	}
	d.node.unlock(d)
	if q := d.node.queue; q != nil {
		q.leave(d)
		if q.readers == 0 && q.writers == 0 {
			d.node.queue = nil
		}
	}
	w.free(d.node)
}

// isOpen tells whether a process has a file open.
func (w *world) isOpen(n *node) bool {
	for _, p := range w.procs {
		for h := range p.files {
			if h.d.node == n {
				return true
			}
		}
	}
	return false
}

// Read implements [system.File].
func (h *handle) Read(b []byte) (int, error) {
	h.p.enter()
	defer h.p.leave()
	if !h.mayRead() {
		return 0, system.EBADF
	}
	n := h.d.node
	switch n.mode.Type() {
	case system.TypeDir:
		return 0, system.EISDIR
	case system.TypeFIFO:
		return h.readQueue(b)
	}
	if len(b) == 0 {
		return 0, nil
	}
	if n.mode.Type() == system.TypeChar {
		return atEnd(h.p.w.readDevice(n.rdev, b))
	}
	got := 0
	switch {
	case n.virtual != nil && h.d.off < int64(len(h.d.text)):
		got = copy(b, h.d.text[h.d.off:])
	case n.virtual == nil && h.d.off < int64(len(n.data)):
		got = copy(b, n.data[h.d.off:])
	}
	h.d.off += int64(got)
	n.touchAccess(h.p.w.now)
	return atEnd(got)
}

func atEnd(n int) (int, error) {
	if n == 0 {
		return 0, io.EOF
	}
	return n, nil
}

// Write implements [system.File].
func (h *handle) Write(b []byte) (int, error) {
	h.p.enter()
	defer h.p.leave()
	if !h.mayWrite() {
		return 0, system.EBADF
	}
	n := h.d.node
	switch n.mode.Type() {
	case system.TypeFIFO:
		return h.writeQueue(b)
	case system.TypeChar:
		if n.rdev == devFull && len(b) > 0 {
			return 0, system.ENOSPC
		}
		return len(b), nil
	}
	if n.virtual != nil {
		return 0, system.EINVAL
	}
	if len(b) == 0 {
		return 0, nil
	}
	return h.writeData(b)
}

func (h *handle) writeData(b []byte) (int, error) {
	n, w := h.d.node, h.p.w
	if h.d.flag&system.Append != 0 {
		h.d.off = int64(len(n.data))
	}
	end := h.d.off + int64(len(b))
	if end < 0 {
		return 0, system.EFBIG
	}
	if end > int64(len(n.data)) {
		if err := w.noRoom(h.d.path); err != nil {
			return 0, err
		}
		if err := w.resize(n, end); err != nil {
			// What there is room for is written, as a full disk does.
			room := w.opts.Capacity - w.used + int64(len(n.data)) - h.d.off
			if room <= 0 {
				return 0, err
			}
			b, end = b[:room], h.d.off+room
			w.resize(n, end)
		}
	}
	n.own()
	copy(n.data[h.d.off:end], b)
	h.d.off = end
	h.p.wrote(n)
	if !h.d.changed {
		h.d.changed = true
		h.p.note(Changed, h.d.path, 0, "written")
	}
	return len(b), nil
}

// Seek implements [system.File].
func (h *handle) Seek(offset int64, whence int) (int64, error) {
	h.p.enter()
	defer h.p.leave()
	if h.closed {
		return 0, system.EBADF
	}
	n := h.d.node
	switch n.mode.Type() {
	case system.TypeFIFO:
		return 0, system.ESPIPE
	case system.TypeChar:
		if whence < 0 || whence > 4 {
			return 0, system.EINVAL
		}
		return 0, nil
	}
	base := int64(0)
	switch whence {
	case io.SeekStart:
	case io.SeekCurrent:
		base = h.d.off
	case io.SeekEnd:
		base = n.size()
		if n.mode.IsDir() {
			base = math.MaxInt64 // ext4's; no one uses it
		}
	default:
		return 0, system.EINVAL
	}
	if base+offset < 0 {
		return 0, system.EINVAL
	}
	h.d.off = base + offset
	return h.d.off, nil
}

// Stat implements [system.File].
func (h *handle) Stat() (system.FileInfo, error) {
	h.p.enter()
	defer h.p.leave()
	if h.closed {
		return system.FileInfo{}, system.EBADF
	}
	return h.d.node.info(), nil
}

// Truncate implements [system.File].
func (h *handle) Truncate(size int64) error {
	h.p.enter()
	defer h.p.leave()
	switch {
	case size < 0:
		return system.EINVAL
	case h.closed:
		return system.EBADF
	case !h.mayWrite() || !h.d.node.mode.IsRegular():
		return system.EINVAL
	}
	return h.p.truncate(h.d.node, h.d.path, size)
}

// Chmod implements [system.File].
func (h *handle) Chmod(mode system.Mode) error {
	h.p.enter()
	defer h.p.leave()
	if h.closed {
		return system.EBADF
	}
	return h.p.chmod(h.d.node, h.d.path, mode)
}

// Chown implements [system.File].
func (h *handle) Chown(uid, gid int) error {
	h.p.enter()
	defer h.p.leave()
	if h.closed {
		return system.EBADF
	}
	return h.p.chown(h.d.node, h.d.path, uid, gid)
}

// IsTerminal implements [system.File]: nothing here is one.
func (h *handle) IsTerminal() bool { return false }

// Size implements [system.File].
func (h *handle) Size() (columns, rows int) { return 0, 0 }

// String names the file, for messages of tests.
func (h *handle) String() string { return fmt.Sprintf("%s (%o)", h.d.path, int(h.d.flag)) }
