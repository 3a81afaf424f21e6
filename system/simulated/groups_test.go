//go:build linux

package simulated

import (
	"syscall"
	"unsafe"
)

// setgroups sets the calling thread's groups alone; syscall.Setgroups would
// set those of all threads.
func setgroups(groups []int) {
	ids := make([]uint32, len(groups)+1)
	for i, g := range groups {
		ids[i] = uint32(g)
	}
	syscall.RawSyscall(syscall.SYS_SETGROUPS, uintptr(len(groups)), uintptr(unsafe.Pointer(&ids[0])), 0)
}
