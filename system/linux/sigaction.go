//go:build linux

package linux

import (
	"runtime"
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"

	"sysv/system"
)

// disposition is what a signal does, in the place of struct sigaction's
// handler.
type disposition uintptr

const (
	sigDefault disposition = 0 // SIG_DFL
	sigIgnore  disposition = 1 // SIG_IGN
)

// sigaction has room for the kernel's struct sigaction on any architecture.
// All that is ever read or made here is the handler, all else is carried as
// it is.
type sigaction [8]uintptr

// mips tells the one family with a layout of its own: the flags come first,
// and a signal set has 128 bits.
const mips = runtime.GOARCH == "mips" || runtime.GOARCH == "mipsle" || runtime.GOARCH == "mips64" || runtime.GOARCH == "mips64le"

func (a *sigaction) handler() *uintptr {
	if mips {
		return &a[1]
	}
	return &a[0]
}

func sigsetSize() uintptr {
	if mips {
		return 16
	}
	return 8
}

// setAction is rt_sigaction(2), past the Go runtime. Either argument may be
// nil.
func setAction(sig syscall.Signal, act, old *sigaction) error {
	_, _, e := unix.RawSyscall6(unix.SYS_RT_SIGACTION, uintptr(sig),
		uintptr(unsafe.Pointer(act)), uintptr(unsafe.Pointer(old)), sigsetSize(), 0, 0)
	if e != 0 {
		return fail(e)
	}
	return nil
}

// setDisposition makes a signal default or ignored, and returns what it was.
func setDisposition(sig syscall.Signal, d disposition) (old sigaction, err error) {
	var act sigaction
	*act.handler() = uintptr(d)
	err = setAction(sig, &act, &old)
	return old, err
}

// current is what a signal does now: sigDefault, sigIgnore, or the address of
// a handler.
func current(sig syscall.Signal) disposition {
	var old sigaction
	if setAction(sig, nil, &old) != nil {
		return sigDefault
	}
	return disposition(*old.handler())
}

// raise sends a signal to the calling thread, which must be locked to its
// goroutine, and lets it in: its default action happens before raise returns.
func raise(sig syscall.Signal) error {
	const word = unsafe.Sizeof(uintptr(0)) * 8
	var set [4]uintptr
	set[uintptr(sig-1)/word] = 1 << (uintptr(sig-1) % word)
	const unblock = 1 // SIG_UNBLOCK; MIPS counts from 1
	how := uintptr(unblock)
	if mips {
		how++
	}
	unix.RawSyscall6(unix.SYS_RT_SIGPROCMASK, how, uintptr(unsafe.Pointer(&set[0])), 0, sigsetSize(), 0, 0)
	return fail(unix.Tgkill(unix.Getpid(), unix.Gettid(), sig))
}

// ignoredSignals are the signals that the process ignores now.
func ignoredSignals() []system.Signal {
	var list []system.Signal
	for s := system.Signal(1); s < system.SignalCount; s++ {
		if current(toSignal(s)) == sigIgnore {
			list = append(list, s)
		}
	}
	return list
}
