package simulated

import (
	"context"
	"time"

	"sysv/system"
)

// held is a lock of flock(2) on a file: a description's.
type held struct {
	d      *description
	shared bool
}

// Lock implements [system.File]. A lock that is changed from one kind to the
// other is given back first, as flock(2) says.
func (h *handle) Lock(ctx context.Context, how system.Lock) error {
	h.p.enter()
	defer h.p.leave()
	if h.closed {
		return system.EBADF
	}
	d, n := h.d, h.d.node
	if how.Unlock {
		n.unlock(d)
		return nil
	}
	for _, l := range n.locks {
		if l.d == d && l.shared == how.Shared {
			return nil
		}
	}
	n.unlock(d)
	h.p.w.changed()
	free := func() bool { return n.lockable(how.Shared) }
	for !free() {
		if !how.Wait {
			return system.EAGAIN
		}
		if err := h.p.block(ctx, time.Time{}, func() bool { return h.closed || free() }); err != nil {
			return err
		}
		if h.closed {
			return system.EBADF
		}
	}
	n.locks = append(n.locks, &held{d, how.Shared})
	h.p.note(Locked, d.path, 0, "")
	return nil
}

// unlock gives a description's lock back, if it has one.
func (n *node) unlock(d *description) {
	for i, l := range n.locks {
		if l.d == d {
			n.locks = append(n.locks[:i:i], n.locks[i+1:]...)
			return
		}
	}
}

func (n *node) lockable(shared bool) bool {
	for _, l := range n.locks {
		if !shared || !l.shared {
			return false
		}
	}
	return true
}
