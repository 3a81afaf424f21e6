package simulated

import (
	"io"
	"time"

	"sysv/system"
)

// pipeSize is how much a pipe holds, pipeBuf how much is written to one as
// one piece (PIPE_BUF), as pipe(7) has them.
const (
	pipeSize = 64 << 10
	pipeBuf  = 4096
)

// queue is what is in a pipe or an open fifo, and how many descriptions its
// ends have.
type queue struct {
	data             []byte
	readers, writers int
	// opened counts every opening of an end, so that one who waits for it
	// sees also one that was closed again at once.
	readsOpened, writesOpened int
}

func (q *queue) join(d *description) {
	d.reads, d.writes = d.flag&3 != system.WriteOnly, d.flag&3 != system.ReadOnly
	if d.reads {
		q.readers++
		q.readsOpened++
	}
	if d.writes {
		q.writers++
		q.writesOpened++
	}
}

func (q *queue) leave(d *description) {
	if d.reads {
		q.readers--
	}
	if d.writes {
		q.writers--
	}
	d.reads, d.writes = false, false
}

// Pipe implements [system.Files].
func (p *process) Pipe() (r, w system.File, err error) {
	p.enter()
	defer p.leave()
	n := p.w.adopt(&node{mode: system.TypeFIFO | 0o600, uid: p.id.EUID, gid: p.id.EGID, nlink: 1, queue: &queue{}})
	ends := [2]*handle{}
	for i, flag := range []system.OpenFlag{system.ReadOnly, system.WriteOnly} {
		d := &description{node: n, flag: flag, path: "pipe", refs: 1}
		n.queue.join(d)
		ends[i] = p.handle(d)
	}
	return ends[0], ends[1], nil
}

// openFIFO is fifo(7): it waits for the other end.
func (p *process) openFIFO(d *description) (system.File, error) {
	n := d.node
	if n.queue == nil {
		n.queue = &queue{}
	}
	q := n.queue
	wait := d.flag&system.NonBlock == 0
	if d.flag&3 == system.WriteOnly && !wait && q.readers == 0 {
		if q.writers == 0 {
			n.queue = nil
		}
		return nil, system.ENXIO
	}
	q.join(d)
	h := p.handle(d)
	p.w.changed()
	var met func() bool
	switch d.flag & 3 {
	case system.ReadOnly:
		was := q.writesOpened
		met = func() bool { return q.writers > 0 || q.writesOpened != was }
	case system.WriteOnly:
		was := q.readsOpened
		met = func() bool { return q.readers > 0 || q.readsOpened != was }
	}
	for wait && met != nil && !met() {
		if err := p.block(p.ctx, time.Time{}, met); err != nil {
			h.close()
			return nil, system.EINTR
		}
	}
	return h, nil
}

func (h *handle) readQueue(b []byte) (int, error) {
	q := h.d.node.queue
	if len(b) == 0 {
		return 0, nil
	}
	for len(q.data) == 0 {
		if q.writers == 0 {
			return 0, io.EOF
		}
		if h.d.flag&system.NonBlock != 0 {
			return 0, system.EAGAIN
		}
		err := h.p.block(h.p.ctx, time.Time{}, func() bool { return len(q.data) > 0 || q.writers == 0 || h.closed })
		if h.closed {
			return 0, system.EBADF
		}
		if err != nil {
			return 0, system.EINTR
		}
	}
	n := copy(b, q.data)
	q.data = append(q.data[:0], q.data[n:]...)
	return n, nil
}

func (h *handle) writeQueue(b []byte) (int, error) {
	q, done := h.d.node.queue, 0
	for done < len(b) {
		if q.readers == 0 {
			return wrotePart(done, system.EPIPE)
		}
		// A small piece goes in whole or not at all.
		need := 1
		if len(b) <= pipeBuf {
			need = len(b)
		}
		if room := pipeSize - len(q.data); room >= need {
			n := min(room, len(b)-done)
			q.data = append(q.data, b[done:done+n]...)
			done += n
			h.p.w.changed()
			continue
		}
		if h.d.flag&system.NonBlock != 0 {
			return wrotePart(done, system.EAGAIN)
		}
		err := h.p.block(h.p.ctx, time.Time{}, func() bool { return pipeSize-len(q.data) >= need || q.readers == 0 || h.closed })
		if h.closed {
			return wrotePart(done, system.EBADF)
		}
		if err != nil {
			return wrotePart(done, system.EINTR)
		}
	}
	return done, nil
}

// wrotePart is the result of a write that could not go on: how much was
// written, or the error if that is nothing.
func wrotePart(done int, err error) (int, error) {
	if done > 0 {
		return done, nil
	}
	return 0, err
}
