package simulated

import (
	"strings"

	"sysv/system"
)

// Faults are things that are wrong with a machine. The zero value is none. A
// path in a list means itself and all that is below it; symbolic links in it
// are not followed.
type Faults struct {
	// ReadOnly are the parts of the tree that are mounted read-only: changes
	// give EROFS. But for what Writable lists.
	ReadOnly, Writable []string
	// Full are the parts of the tree whose file system has no room left:
	// a file can be made there, and nothing written into it (ENOSPC).
	Full []string
}

// below tells whether a path is one of a list, or in one.
func below(path string, list []string) bool {
	for _, top := range list {
		if top == "/" || path == top || strings.HasPrefix(path, top) && path[len(top)] == '/' {
			return true
		}
	}
	return false
}

// frozen is EROFS for a path that cannot be changed.
func (w *world) frozen(path string) error {
	if f := &w.opts.Faults; len(f.ReadOnly) > 0 && below(path, f.ReadOnly) && !below(path, f.Writable) {
		return system.EROFS
	}
	return nil
}

// noRoom is ENOSPC for a file that cannot grow.
func (w *world) noRoom(path string) error {
	if f := &w.opts.Faults; len(f.Full) > 0 && below(path, f.Full) {
		return system.ENOSPC
	}
	return nil
}
