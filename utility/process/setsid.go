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
	fork := false
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
		}
	}
	args := in.operands
	if len(args) == 0 {
		status := c.Fail("no command specified")
		c.Hint()
		return status
	}
	c.Out.Flush()
	child, err := launch(c.Process, args, func(cmd *system.Command) { cmd.Setsid, cmd.Detach = true, fork })
	if err != nil {
		c.Errorf("failed to execute %s: %v", args[0], err)
		return missing(err)
	}
	if fork {
		return 0
	}
	return wait(c, child)
}
