package system

import (
	"context"
	"io"
	"sync/atomic"
)

// MaxCapture is how many bytes a [Capture] holds: far more than any script
// puts into a variable, and less than a machine has.
const MaxCapture = 128 << 20

// Capture is a file that keeps what is written to it in memory: the standard
// output of a command substitution. It costs no system call until another
// process is to write there too; then it becomes a pipe that is read at once.
type Capture struct {
	sys  Files
	buf  []byte
	pipe File // the writing end, once another process needs one
	done chan struct{}
	full bool
	// waited and finished are for AddThreads.
	waited   bool
	finished atomic.Int32
}

// NewCapture is an empty Capture.
func NewCapture(sys Files) *Capture { return &Capture{sys: sys} }

// Real is a file of the machine for another process to write to. It belongs
// to the Capture.
func (c *Capture) Real() (File, error) {
	if c.pipe != nil {
		return c.pipe, nil
	}
	r, w, err := c.sys.Pipe()
	if err != nil {
		return nil, err
	}
	c.pipe, c.done = w, make(chan struct{})
	AddThreads(c.sys, 1)
	go func() {
		defer close(c.done)
		defer c.finish()
		defer r.Close()
		for {
			if len(c.buf) == cap(c.buf) {
				c.buf = append(c.buf, make([]byte, 4096)...)[:len(c.buf)]
			}
			n, err := r.Read(c.buf[len(c.buf):cap(c.buf)])
			c.buf = c.buf[:len(c.buf)+n]
			if err != nil || n == 0 {
				return
			}
			if len(c.buf) > MaxCapture {
				c.full = true
				return
			}
		}
	}()
	return w, nil
}

// finish is called by the one that reads the pipe and by the one that waits
// for it, when they are done: the first leaves a thread less.
func (c *Capture) finish() {
	if c.finished.Add(1) == 1 {
		AddThreads(c.sys, -1)
	}
}

// Bytes is all that was written, once the Capture has been closed and no
// other process has its pipe open any more: it waits for that.
func (c *Capture) Bytes() []byte {
	if c.done != nil {
		if !c.waited {
			c.waited = true
			c.finish()
		}
		<-c.done
	}
	return c.buf
}

// Write appends to the text, or writes to the pipe.
func (c *Capture) Write(p []byte) (int, error) {
	if c.pipe != nil {
		return c.pipe.Write(p)
	}
	if c.full = c.full || len(c.buf)+len(p) > MaxCapture; c.full {
		return 0, EPIPE
	}
	c.buf = append(c.buf, p...)
	return len(p), nil
}

// Full tells that more than [MaxCapture] bytes were written: who wrote has
// found a broken pipe. It may be asked once Bytes has returned.
func (c *Capture) Full() bool { return c.full }

// Close closes the writing end.
func (c *Capture) Close() error {
	if c.pipe != nil {
		return c.pipe.Close()
	}
	return nil
}

// Read and the methods after it are what a pipe's writing end answers.
func (c *Capture) Read([]byte) (int, error) { return 0, EBADF }

// Seek answers as a pipe does: ESPIPE.
func (c *Capture) Seek(int64, int) (int64, error) { return 0, ESPIPE }

// Stat is that of a pipe.
func (c *Capture) Stat() (FileInfo, error) { return FileInfo{Mode: TypeFIFO | 0o600, Nlink: 1}, nil }

// Truncate answers as a pipe does: EINVAL.
func (c *Capture) Truncate(int64) error { return EINVAL }

// Chmod changes nothing.
func (c *Capture) Chmod(Mode) error { return nil }

// Chown changes nothing.
func (c *Capture) Chown(int, int) error { return nil }

// Lock always succeeds.
func (c *Capture) Lock(context.Context, Lock) error { return nil }

// IsTerminal is false.
func (c *Capture) IsTerminal() bool { return false }

// Size is that of no terminal.
func (c *Capture) Size() (columns, rows int) { return 0, 0 }

var _ io.Writer = (*Capture)(nil)
