//go:build linux

package confirm

import (
	"os"
	"os/signal"
	"syscall"
)

// notifyChild sends a value whenever a child has ended.
func notifyChild(to chan<- os.Signal) { signal.Notify(to, syscall.SIGCHLD) }
