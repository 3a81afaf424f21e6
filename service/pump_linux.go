package service

import (
	"golang.org/x/sys/unix"

	"sysv/system"
)

// pumpSize is how much is read of a pipe at once: as much as it can hold.
const pumpSize = 64 << 10

// pump passes on what programs write.
type pump struct {
	r system.File
	// fd is r's, and wake one that can be read when the script has ended.
	fd, wake int
	done     chan struct{}
	held     bool
}

// startPump begins to read from r for an output.
func startPump(r system.File, o *output) *pump {
	f, ok := r.(interface{ FD() int })
	if !ok {
		return nil
	}
	wake, err := unix.Eventfd(0, unix.EFD_CLOEXEC)
	if err != nil {
		return nil
	}
	p := &pump{r: r, fd: f.FD(), wake: wake, done: make(chan struct{})}
	unix.SetNonblock(p.fd, true)
	go p.run(o)
	return p
}

func (p *pump) run(o *output) {
	defer close(p.done)
	b := make([]byte, pumpSize)
	for ended := false; ; {
		n, err := unix.Read(p.fd, b)
		switch {
		case err == unix.EINTR:
		case err == unix.EAGAIN && ended:
			p.held = true
			return
		case err == unix.EAGAIN:
			ended = p.wait()
		case err != nil || n == 0:
			return
		default:
			if err := writeAll(o.File, b[:n]); err != nil {
				// Who writes is to find a broken pipe, as without us.
				p.r.Close()
				return
			}
			o.log.output(o.fd, b[:n])
		}
	}
}

// wait waits until there is something to read, or tells that the script has
// ended.
func (p *pump) wait() (ended bool) {
	fds := []unix.PollFd{{Fd: int32(p.fd), Events: unix.POLLIN}, {Fd: int32(p.wake), Events: unix.POLLIN}}
	unix.Poll(fds, -1)
	return fds[1].Revents != 0
}

// finish waits until all has been passed on that is in the pipe, and tells
// whether another process still has it open.
func (p *pump) finish() bool {
	unix.Write(p.wake, []byte{1, 0, 0, 0, 0, 0, 0, 0})
	<-p.done
	return p.held
}

func writeAll(f system.File, b []byte) error {
	for len(b) > 0 {
		n, err := f.Write(b)
		if err == system.EAGAIN {
			// The caller's descriptor does not block.
			if d, ok := f.(interface{ FD() int }); ok {
				unix.Poll([]unix.PollFd{{Fd: int32(d.FD()), Events: unix.POLLOUT}}, -1)
				continue
			}
		}
		if err != nil {
			return err
		}
		b = b[n:]
	}
	return nil
}

// waitReadable waits until a file can be read that does not block.
func waitReadable(r system.File) {
	if f, ok := r.(interface{ FD() int }); ok {
		unix.Poll([]unix.PollFd{{Fd: int32(f.FD()), Events: unix.POLLIN}}, -1)
	}
}
