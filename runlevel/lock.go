package runlevel

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sync"
	"syscall"
)

// lockName is the file, in etc or where [OpenScripts] has it, whose lock those
// hold who change links. It is empty,
// and for root alone: who can open a file can lock it, and keep others
// waiting. The last one removes it, so that no tree is given a file for good.
const lockName = ".sysv-links.lock"

// tree is what all Roots of one directory in this process share.
type tree struct {
	mu sync.Mutex // for the fields below
	// depth is how often the lock was taken and not given back.
	depth int
	// file is the one that is locked, at path.
	file *os.File
	path string
	// refused is why there is no lock: a file system that cannot be written,
	// on which nothing can be changed either.
	refused error
	// journal is that of the changes that are being made, nil if none are.
	journal *journal
}

// trees are the trees by directory: a command that calls another one's code
// gets the lock that it has already.
var trees struct {
	sync.Mutex
	by map[string]*tree
}

func treeOf(dir string) *tree {
	trees.Lock()
	defer trees.Unlock()
	t := trees.by[dir]
	if t == nil {
		if trees.by == nil {
			trees.by = map[string]*tree{}
		}
		t = &tree{}
		trees.by[dir] = t
	}
	return t
}

// Lock waits until no other process changes links of this tree. Two that want
// it again and again get it in turns. Within a process it may be taken again
// while it is held, also through another Root of the same directory; the last
// release gives it back. It is no lock between goroutines.
//
// Where its file cannot be made or opened for the file system's or its
// permissions' sake, Lock succeeds: reading goes on, and [Root.Apply] of a
// Plan that is not empty fails with the reason.
func (r *Root) Lock(ctx context.Context) (release func(), err error) {
	t := r.tree
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.depth == 0 {
		if err := t.acquire(ctx, r); err != nil {
			return nil, err
		}
	}
	t.depth++
	return sync.OnceFunc(func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		if t.depth--; t.depth == 0 {
			t.release()
		}
	}), nil
}

func (t *tree) acquire(ctx context.Context, r *Root) error {
	t.refused = nil
	path, err := r.place(r.own(lockName))
	if err != nil {
		return err
	}
	for {
		f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|noFollow, 0o600)
		if err != nil {
			err = describe(r.Path(r.own(lockName)), err)
			if unwritable(err) {
				t.refused = err
				return nil
			}
			return err
		}
		if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
			f.Close()
			return fmt.Errorf("%s: is no regular file", r.Path(r.own(lockName)))
		}
		if err := wait(ctx, f); err != nil {
			return describe(r.Path(r.own(lockName)), err)
		}
		// The one before may have removed it, and another one made it anew.
		if isAt(f, path) {
			t.file, t.path = f, path
			return nil
		}
		f.Close()
	}
}

// wait waits for the lock, and closes the file if it does not get it.
func wait(ctx context.Context, f *os.File) error {
	if tryLock(f) {
		return nil
	}
	done := make(chan error, 1)
	go func() { done <- lockFile(f) }()
	select {
	case err := <-done:
		if err != nil {
			f.Close()
		}
		return err
	case <-ctx.Done():
		who := ""
		if pid := lockHolder(f); pid > 0 {
			who = fmt.Sprintf(" by process %d", pid)
		}
		go func() {
			<-done
			f.Close()
		}()
		return fmt.Errorf("is held%s: %w", who, context.Cause(ctx))
	}
}

func isAt(f *os.File, path string) bool {
	mine, err := f.Stat()
	if err != nil {
		return false
	}
	there, err := os.Lstat(path)
	return err == nil && os.SameFile(mine, there)
}

func (t *tree) release() {
	if t.file == nil {
		return
	}
	if !awaited(t.file) {
		os.Remove(t.path)
	}
	t.file.Close()
	t.file = nil
}

// unwritable tells errors after which nothing in the tree can be changed, but
// all of it can be read.
func unwritable(err error) bool {
	return errors.Is(err, fs.ErrPermission) || errors.Is(err, fs.ErrNotExist) ||
		errors.Is(err, syscall.EROFS) || errors.Is(err, syscall.ENOSPC)
}
