package process

import (
	"sysv/system"
	"sysv/utility/call"
)

// Setsid is setsid(1) of util-linux: -f and -w. Without -f it waits for the
// program, as a shell does that runs setsid, which becomes the program.
func Setsid(c *call.Call) int {
	in := scan(c, "+fw", "fork>f", "wait>w")
	in.quiet = true
	fork, wanted := false, false
	for {
		name, arg := in.next()
		if name == "" {
			break
		}
		switch name {
		case bad:
			return c.Refuse("an option of setsid: " + arg)
		case "f":
			fork = true
		case "w":
			wanted = true
		}
	}
	args := in.operands
	if len(args) == 0 {
		status := c.Fail("no command specified")
		c.Hint()
		return status
	}
	c.Out.Flush()
	pgid, _ := c.Sys.Getpgid(0)
	var err error
	status := 0
	switch own := self(c) != 0; {
	case !fork && own && pgid != c.Sys.Getpid():
		_, err = become(c, c.Process, args, func(cmd *system.Command) { cmd.Setsid = true })
	case fork && !wanted || own && !wanted:
		// The leader of a process group cannot make a session, and so what
		// does is another process.
		_, err = launch(c.Process, args, func(cmd *system.Command) { cmd.Setsid, cmd.Detach = true, true })
	default:
		var child system.Child
		if child, err = launch(c.Process, args, func(cmd *system.Command) { cmd.Setsid = true }); err == nil {
			status = wait(c, child)
		}
	}
	if err != nil {
		c.Errorf("failed to execute %s: %v", args[0], err)
		return missing(err)
	}
	return status
}
