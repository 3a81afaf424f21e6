//go:build linux && !mips && !mipsle && !mips64 && !mips64le

package linux

import (
	"syscall"

	"sysv/system"
)

// Here the numbers of errors, signals and resources are the generic ones.

func fromErrno(e syscall.Errno) system.Errno { return system.Errno(e) }

func toSignal(s system.Signal) syscall.Signal   { return syscall.Signal(s) }
func fromSignal(s syscall.Signal) system.Signal { return system.Signal(s) }

func toResource(r system.Resource) int { return int(r) }
