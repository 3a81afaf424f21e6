//go:build !linux

package runlevel

// preload reads nothing in advance.
func (q *sequencer) preload() {}
