//go:build linux

package linux

import (
	"sync"

	"golang.org/x/sys/unix"

	"sysv/system"
)

// child is a process that was started here.
type child struct {
	pid      int
	detached bool // it is not our child any more

	mu    sync.Mutex
	ended bool
	how   system.WaitStatus
}

func (c *child) PID() int { return c.pid }

// Wait is waitpid(2), with WUNTRACED if stopped. A detached process is init's
// to wait for, and gives ECHILD.
func (c *child) Wait(stopped bool) (system.WaitStatus, error) {
	defer namesMayChange()
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ended {
		return c.how, nil
	}
	if c.detached {
		return system.WaitStatus{}, system.ECHILD
	}
	options := 0
	if stopped {
		options = unix.WUNTRACED
	}
	ws, err := wait4(c.pid, options)
	if err != nil {
		return system.WaitStatus{}, err
	}
	how := waitStatus(ws)
	if !how.Stopped {
		c.ended, c.how = true, how
	}
	return how, nil
}

// Ended tells, without waiting, that the process has ended, be it that it is
// still to be waited for.
func (c *child) Ended() bool {
	var info unix.Siginfo
	err := retry(func() error {
		return unix.Waitid(unix.P_PID, c.pid, &info, unix.WEXITED|unix.WNOHANG|unix.WNOWAIT, nil)
	})
	return err != nil || info.Signo != 0
}

func wait4(pid, options int) (ws unix.WaitStatus, err error) {
	err = retry(func() error {
		_, err := unix.Wait4(pid, &ws, options, nil)
		return err
	})
	return ws, err
}

func waitStatus(ws unix.WaitStatus) system.WaitStatus {
	switch {
	case ws.Stopped():
		return system.WaitStatus{Signal: fromSignal(ws.StopSignal()), Stopped: true}
	case ws.Signaled():
		return system.WaitStatus{Signal: fromSignal(ws.Signal()), CoreDumped: ws.CoreDump()}
	}
	return system.WaitStatus{Code: ws.ExitStatus()}
}
