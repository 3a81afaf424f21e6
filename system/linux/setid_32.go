//go:build linux && (386 || arm)

package linux

import "golang.org/x/sys/unix"

// The calls that take ids of 32 bits.
const (
	sysSetuid    = unix.SYS_SETUID32
	sysSetgid    = unix.SYS_SETGID32
	sysSetgroups = unix.SYS_SETGROUPS32
)
