package parse

import (
	"syscall"
	"time"
)

// processorTime is how long this process has worked: what else the machine
// does has no part in it.
func processorTime() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
