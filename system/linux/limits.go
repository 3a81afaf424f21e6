//go:build linux

package linux

import (
	"sync"
	"syscall"

	"golang.org/x/sys/unix"

	"sysv/system"
)

// openFilesOnce gives this process back the soft limit on open files that it
// was started with. The Go runtime raises that limit when it starts, keeps the
// former value to itself and sets it again only in what it starts, or for
// itself in syscall.Exec before the execve(2). An Exec that must fail is the
// one way to make it do so.
var openFilesOnce = sync.OnceFunc(func() { syscall.Exec("", nil, nil) })

// Limit is getrlimit(2).
func (*Machine) Limit(r system.Resource) (system.Limit, error) {
	if r == system.LimitOpenFiles {
		openFilesOnce()
	}
	var l unix.Rlimit
	if err := unix.Prlimit(0, toResource(r), nil, &l); err != nil {
		return system.Limit{}, fail(err)
	}
	return system.Limit{Soft: l.Cur, Hard: l.Max}, nil
}

// SetLimit is setrlimit(2).
func (*Machine) SetLimit(r system.Resource, l system.Limit) error {
	if r == system.LimitOpenFiles {
		openFilesOnce()
	}
	return fail(unix.Prlimit(0, toResource(r), &unix.Rlimit{Cur: l.Soft, Max: l.Hard}, nil))
}
