package process

import (
	"context"
	"time"

	"sysv/daemon"
	"sysv/system"
	"sysv/utility/call"
)

// lastChance is how long a program that is told to end, because the utility
// must, has to do so before it is killed.
const lastChance = 2 * time.Second

// wait waits for a program and gives its status as a shell would. When the
// utility shall end the program is ended, too.
func wait(c *call.Call, child system.Child) int {
	if fd, err := c.Sys.OpenPID(child.PID()); err == nil {
		if fd.Wait(c.Ctx) != nil && c.Ctx.Err() != nil {
			end(c.Sys, child.PID(), fd)
		}
		fd.Close()
	}
	w, err := child.Wait(false)
	if err != nil {
		return 1
	}
	return w.Status()
}

// end ends a process: TERM, and KILL if that does not do it.
func end(sys system.System, pid int, fd system.PIDFD) {
	fd.Signal(system.SIGTERM)
	table := daemon.Table{Sys: sys}
	for until := sys.Now().Add(lastChance); sys.Now().Before(until); {
		if p, err := table.Read(pid); err != nil || p.Zombie() {
			return
		}
		sys.Sleep(context.Background(), 10*time.Millisecond)
	}
	fd.Signal(system.SIGKILL)
}
