package process

import (
	"slices"
	"strings"

	"sysv/daemon"
	"sysv/system"
	"sysv/utility/call"
)

// Statuses of killall5(8).
const (
	killall5Failed = 1
	killall5None   = 2 // there was no process to signal
)

// KillAll5 is killall5(8) of sysvinit 3.06: it signals every process but
// process 1, itself, its own session and kernel threads. They are stopped
// meanwhile, so that none can start another one.
func KillAll5(c *call.Call) int {
	sig := system.SIGKILL
	var omit []int
	for i := 1; i < len(c.Args); i++ {
		a := strings.TrimPrefix(c.Args[i], "-")
		if strings.HasPrefix(a, "o") {
			if i++; i == len(c.Args) {
				return killall5Failed
			}
			for _, word := range strings.FieldsFunc(c.Args[i], func(r rune) bool { return r == ',' || r == ';' || r == ':' }) {
				if n := atoi(word); n > 0 {
					omit = append(omit, n)
				}
			}
			continue
		}
		// As in the original, it is the first argument that is the signal.
		n := atoi(strings.TrimPrefix(c.Args[1], "-"))
		if n <= 0 || n > 31 {
			return killall5Failed
		}
		sig = system.Signal(n)
	}
	table := daemon.Table{Sys: c.Sys}
	me, err := table.Read(c.Sys.Getpid())
	if err != nil {
		return killall5Failed
	}
	c.Out.Flush()
	c.Sys.Kill(-1, system.SIGSTOP)
	defer c.Sys.Kill(-1, system.SIGCONT)
	list, err := table.All()
	if err != nil {
		return killall5Failed
	}
	status := killall5None
	for _, p := range slices.Backward(list) {
		if p.PID == 1 || p.PID == me.PID || p.SID == me.SID || p.Kernel || p.Zombie() || slices.Contains(omit, p.PID) {
			continue
		}
		table.Signal(daemon.Identity{PID: p.PID, Start: p.Start}, sig)
		status = 0
	}
	return status
}
