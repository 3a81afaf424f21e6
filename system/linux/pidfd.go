//go:build linux

package linux

import (
	"context"
	"strings"
	"sync"
	"time"

	"golang.org/x/sys/unix"

	"sysv/system"
)

// OpenPID is pidfd_open(2), or where the kernel has none (before Linux 5.3) a
// handle that compares the time at which the process was started.
func (*Machine) OpenPID(pid int) (system.PIDFD, error) {
	if pid <= 0 {
		return nil, system.EINVAL
	}
	fd, err := unix.PidfdOpen(pid, 0)
	switch err {
	case nil:
	case unix.ENOSYS:
		return openByTime(pid)
	case unix.EINVAL, unix.ENOENT:
		// A thread that is no process.
		return nil, system.ESRCH
	default:
		return nil, fail(err)
	}
	f, err := opened(fd)
	if err != nil {
		return nil, err
	}
	return &pidfd{f: f}, nil
}

// pidfd is a process's own descriptor.
type pidfd struct {
	// mu lets Close wait for calls under way: nobody shall signal a number
	// that has become another file's.
	mu sync.RWMutex
	f  *File
}

// Signal is pidfd_send_signal(2). A process that has ended and was not waited
// for yet is past signals, though the kernel would take one.
func (p *pidfd) Signal(sig system.Signal) error {
	p.mu.RLock()
	defer p.mu.RUnlock()
	if ended, err := poll(p.f.FD(), -1, 0); ended || err != nil {
		if err == nil {
			err = system.ESRCH
		}
		return err
	}
	return fail(unix.PidfdSendSignal(p.f.FD(), toSignal(sig), nil, 0))
}

// Wait returns when the process has ended: then the descriptor is readable.
func (p *pidfd) Wait(ctx context.Context) error {
	p.mu.RLock()
	defer p.mu.RUnlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	wake := -1
	if ctx.Done() != nil {
		fd, err := unix.Eventfd(0, unix.EFD_CLOEXEC|unix.EFD_NONBLOCK)
		if err != nil {
			return fail(err)
		}
		wake = fd
		var one = [8]byte{1, 1, 1, 1, 1, 1, 1, 1} // any number but 0
		stopped := make(chan struct{})
		stop := context.AfterFunc(ctx, func() {
			unix.Write(fd, one[:])
			close(stopped)
		})
		defer func() {
			if !stop() {
				<-stopped
			}
			unix.Close(fd)
		}()
	}
	ended, err := poll(p.f.FD(), wake, -1)
	if err != nil || ended {
		return err
	}
	return ctx.Err()
}

// poll waits until either descriptor is readable, and tells whether the first
// is. timeout is in milliseconds, -1 for ever.
func poll(fd, other, timeout int) (bool, error) {
	p := [2]unix.PollFd{{Fd: int32(fd), Events: unix.POLLIN}, {Fd: int32(other), Events: unix.POLLIN}}
	if fd < 0 {
		return false, system.EBADF
	}
	err := retry(func() error {
		_, err := unix.Poll(p[:], timeout)
		return err
	})
	return p[0].Revents != 0, err
}

// Close closes the handle.
func (p *pidfd) Close() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.f.Close()
}

// byTime is a process known by its pid and the time of its start.
type byTime struct {
	pid   int
	start string // in clock ticks since the machine's start
}

func openByTime(pid int) (system.PIDFD, error) {
	start, err := startTime(pid)
	if err != nil {
		return nil, err
	}
	return &byTime{pid, start}, nil
}

// startTime is field 22 of /proc/PID/stat, proc(5). A process that has ended
// (state Z or X) gives ESRCH.
func startTime(pid int) (string, error) {
	m := &Machine{}
	f, err := m.Open("/proc/"+itoa(pid)+"/stat", system.ReadOnly, 0)
	if err == system.ENOENT {
		return "", system.ESRCH
	}
	if err != nil {
		return "", err
	}
	defer f.Close()
	b, err := system.ReadAll(f, 0)
	if err != nil {
		return "", err
	}
	// The name, in parentheses, may itself have spaces and parentheses.
	s := string(b)
	fields := strings.Fields(s[strings.LastIndexByte(s, ')')+1:])
	if len(fields) < 20 || fields[0] == "Z" || fields[0] == "X" {
		return "", system.ESRCH
	}
	return fields[19], nil
}

func (p *byTime) alive() error {
	now, err := startTime(p.pid)
	if err == nil && now != p.start {
		return system.ESRCH
	}
	return err
}

func (p *byTime) Signal(sig system.Signal) error {
	if err := p.alive(); err != nil {
		return err
	}
	return fail(unix.Kill(p.pid, toSignal(sig)))
}

// endPause is how often a process is looked at that nothing tells the end of.
const endPause = 20 * time.Millisecond

func (p *byTime) Wait(ctx context.Context) error {
	for {
		if p.alive() == system.ESRCH {
			return nil
		}
		if err := (*Machine)(nil).Sleep(ctx, endPause); err != nil {
			return err
		}
	}
}

func (p *byTime) Close() error { return nil }
