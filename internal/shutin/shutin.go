//go:build linux && !arm

// Package shutin is for tests of what must not touch the machine: a process
// that the kernel ends for any system call that leaves its memory.
package shutin

import (
	"fmt"
	"runtime"
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// insideCalls are the system calls that touch nothing outside the process:
// memory, time, threads, its own signals, and reading and writing what is
// open already.
func insideCalls() []uint32 {
	return []uint32{
		unix.SYS_MMAP, unix.SYS_MUNMAP, unix.SYS_MADVISE, unix.SYS_MPROTECT, unix.SYS_MREMAP, unix.SYS_MINCORE, unix.SYS_BRK,
		unix.SYS_FUTEX, unix.SYS_CLONE, unix.SYS_SCHED_YIELD, unix.SYS_SCHED_GETAFFINITY, unix.SYS_NANOSLEEP, unix.SYS_CLOCK_NANOSLEEP,
		unix.SYS_CLOCK_GETTIME, unix.SYS_GETTIMEOFDAY, unix.SYS_GETPID, unix.SYS_GETTID, unix.SYS_TGKILL, unix.SYS_SIGALTSTACK,
		unix.SYS_RT_SIGACTION, unix.SYS_RT_SIGPROCMASK, unix.SYS_RT_SIGRETURN, unix.SYS_EXIT, unix.SYS_EXIT_GROUP,
		unix.SYS_READ, unix.SYS_WRITE, unix.SYS_EPOLL_CREATE1, unix.SYS_EPOLL_CTL, unix.SYS_EPOLL_PWAIT, unix.SYS_EVENTFD2,
		unix.SYS_RSEQ, unix.SYS_SET_ROBUST_LIST, unix.SYS_TIMER_CREATE, unix.SYS_TIMER_SETTIME, unix.SYS_TIMER_DELETE,
		unix.SYS_SETITIMER, unix.SYS_GETRANDOM, unix.SYS_PRCTL, unix.SYS_RESTART_SYSCALL,
	}
}

// Shut has the kernel end this process for any other system call, with SIGSYS,
// for which the runtime prints where it was made.
func Shut() error {
	const (
		loadNumber = unix.BPF_LD | unix.BPF_W | unix.BPF_ABS
		jumpEqual  = unix.BPF_JMP | unix.BPF_JEQ | unix.BPF_K
		give       = unix.BPF_RET | unix.BPF_K
	)
	calls := insideCalls()
	prog := []unix.SockFilter{{Code: loadNumber, K: 0}}
	for i, nr := range calls {
		prog = append(prog, unix.SockFilter{Code: jumpEqual, K: nr, Jt: uint8(len(calls) - i)})
	}
	prog = append(prog, unix.SockFilter{Code: give, K: unix.SECCOMP_RET_TRAP}, unix.SockFilter{Code: give, K: unix.SECCOMP_RET_ALLOW})
	fprog := unix.SockFprog{Len: uint16(len(prog)), Filter: &prog[0]}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return err
	}
	_, _, errno := syscall.Syscall(unix.SYS_SECCOMP, unix.SECCOMP_SET_MODE_FILTER, unix.SECCOMP_FILTER_FLAG_TSYNC, uintptr(unsafe.Pointer(&fprog)))
	runtime.KeepAlive(prog)
	if errno != 0 {
		return fmt.Errorf("filter: %w", errno)
	}
	return nil
}
