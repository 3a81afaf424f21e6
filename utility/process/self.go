package process

import (
	"path"
	"slices"

	"sysv/daemon"
	"sysv/utility/call"
)

// self is the pid of this utility, if it is a process of its own, and 0 where
// it is built into a shell: what a real one would leave out as itself is then
// not there, and this very process is the shell that called it.
func self(c *call.Call) int {
	me := c.Sys.Getpid()
	args, err := daemon.Table{Sys: c.Sys}.Cmdline(me)
	if err != nil || len(args) < len(c.Args) {
		return 0
	}
	at := len(args) - len(c.Args)
	if path.Base(args[at]) != path.Base(c.Name()) || !slices.Equal(args[at+1:], c.Args[1:]) {
		return 0
	}
	return me
}

// caller is the process that called this utility.
func caller(c *call.Call) int {
	if self(c) != 0 {
		return c.Sys.Getppid()
	}
	return c.Sys.Getpid()
}
