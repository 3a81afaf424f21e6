//go:build linux

// Package linux is the real machine: package system's seam on Linux's system
// calls.
//
// Files are plain descriptors read and written by single system calls, never
// an os.File: a write to a pipe that nobody reads gives EPIPE also on
// descriptors 1 and 2, where os.File would end the process. Every descriptor
// opened here is closed on exec and has a number of at least 3.
//
// What a C program can do and a Go program cannot:
//
//   - The Go runtime opens /dev/null on descriptors 0 to 2 that are closed
//     when the program starts; here they look open, on /dev/null.
//   - Of the signals that are ignored when the program starts, the Go runtime
//     keeps only HUP and INT ignored. QUIT is taken to have been ignored if
//     INT is, as it is for a shell's background job; TSTP, TTIN and TTOU are
//     left alone. For the others (PIPE, TERM, USR1, …) the runtime installs
//     its own handler before any code of this program runs, and keeps what it
//     found to itself (runtime.fwdSig, which the linker lets no other package
//     refer to, in assembly neither): they have their default action. To be
//     started again by a program that knows would cost as much as all that a
//     status does.
//   - The Go runtime has no handler for RTMIN: caught, it is delivered only
//     if this process sends it to itself.
//   - Where the process may not use unshare(2) with CLONE_FS (a sandbox that
//     forbids it), a program that is started with another umask changes the
//     whole process's for the time of the start.
package linux

import (
	"context"
	"sync/atomic"
	"syscall"
	"time"

	"golang.org/x/sys/unix"

	"sysv/system"
)

// Machine is the machine that this process runs on. It holds nothing: all its
// state is the kernel's and so the process's, however many Machines there are.
type Machine struct{}

var _ system.System = (*Machine)(nil)

// New is the machine. The first call gives the signals that the Go runtime
// would answer with a stack dump, or not at all, their default action back.
func New() *Machine {
	defaultsOnce()
	return &Machine{}
}

// Environ is the environment that this process was started with.
func (*Machine) Environ() []string { return syscall.Environ() }

// Stdio is the files of descriptors 0, 1 and 2. None is nil: the Go runtime
// has opened /dev/null on those that were closed.
func (*Machine) Stdio() [3]system.File {
	return [3]system.File{adopt(0), adopt(1), adopt(2)}
}

// Umask is the file mode creation mask that this process was started with.
func (*Machine) Umask() system.Mode { return system.Mode(restingUmask()) }

// Uname is uname(2).
func (*Machine) Uname() system.Uname {
	var u unix.Utsname
	if unix.Uname(&u) != nil {
		return system.Uname{}
	}
	return system.Uname{
		Sysname:    unix.ByteSliceToString(u.Sysname[:]),
		Nodename:   unix.ByteSliceToString(u.Nodename[:]),
		Release:    unix.ByteSliceToString(u.Release[:]),
		Version:    unix.ByteSliceToString(u.Version[:]),
		Machine:    unix.ByteSliceToString(u.Machine[:]),
		Domainname: unix.ByteSliceToString(u.Domainname[:]),
	}
}

// Now is the wall clock.
func (*Machine) Now() time.Time { return time.Now() }

// Sleep waits for d, and returns early with the context's error.
func (*Machine) Sleep(ctx context.Context, d time.Duration) error {
	defer namesMayChange()
	if err := ctx.Err(); err != nil {
		return err
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// tick is the unit of times(2): Linux tells every program that it has 100 in
// a second (AT_CLKTCK), whatever the kernel's own clock.
const tick = time.Second / 100

// Times is times(2).
func (*Machine) Times() system.Times {
	var t unix.Tms
	if _, err := unix.Times(&t); err != nil {
		return system.Times{}
	}
	return system.Times{
		User: time.Duration(t.Utime) * tick, System: time.Duration(t.Stime) * tick,
		ChildUser: time.Duration(t.Cutime) * tick, ChildSystem: time.Duration(t.Cstime) * tick,
	}
}

// fail makes a failed call's error the seam's own: always a bare Errno.
func fail(err error) error {
	if err == nil {
		return nil
	}
	if e, ok := err.(syscall.Errno); ok {
		return fromErrno(e)
	}
	return system.EINVAL
}

// retry repeats a call for as long as a signal interrupts it.
func retry(call func() error) error {
	for {
		if err := call(); err != unix.EINTR {
			return fail(err)
		}
	}
}

// unshareRefused is set once unshare(2) has been refused.
var unshareRefused atomic.Bool
