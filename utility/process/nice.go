package process

import (
	"fmt"
	"strconv"
	"strings"

	"sysv/daemon"
	"sysv/system"
	"sysv/utility/call"
)

// Nice is nice(1) of GNU coreutils.
func Nice(c *call.Call) int {
	var adjustment *string
	args := c.Args[1:]
	for len(args) > 0 {
		a := args[0]
		digits := strings.TrimPrefix(a, "-")
		if len(digits) > 1 && (digits[0] == '-' || digits[0] == '+') {
			digits = digits[1:]
		}
		if a[:min(1, len(a))] == "-" && digits != "" && digits[0] >= '0' && digits[0] <= '9' {
			n := a[1:]
			adjustment, args = &n, args[1:]
			continue
		}
		rest := *c
		rest.Args = append([]string{c.Args[0]}, args...)
		in := scan(&rest, "+n:", "adjustment=>n")
		in.quiet = true
		name, arg := in.next()
		if name == bad {
			return c.Refuse("an option of nice: " + arg)
		}
		if name == "" {
			args = in.operands
			break
		}
		adjustment, args = &arg, in.rest
	}
	n := 10
	if adjustment != nil {
		var ok bool
		if n, ok = niceness(*adjustment); !ok {
			c.Errorf("invalid adjustment %s", call.Quote(*adjustment))
			return cancelled
		}
	}
	if len(args) == 0 {
		if adjustment != nil {
			c.Errorf("a command must be given with an adjustment")
			c.Hint()
			return cancelled
		}
		me, err := daemon.Table{Sys: c.Sys}.Read(c.Sys.Getpid())
		if err != nil {
			c.Errorf("cannot get niceness: %v", err)
			return cancelled
		}
		fmt.Fprintln(c.Out, me.Nice)
		return 0
	}
	if n < 0 && c.Sys.Identity().EUID != 0 {
		c.Errorf("cannot set niceness: %v", system.EACCES)
		n = 0
	}
	status, err := become(c, c.Process, args, func(cmd *system.Command) { cmd.Nice = n })
	if err == system.ENOENT && c.Process.Run != nil && !strings.Contains(args[0], "/") {
		// A built-in one: it runs in this process, as nice as that is.
		return c.Exec(c.Process, args)
	}
	if err != nil {
		c.Errorf("%s: %v", call.Quote(args[0]), err)
		return missing(err)
	}
	return status
}

// niceness reads an adjustment; one that is too large counts as the largest.
func niceness(s string) (int, bool) {
	s = strings.TrimLeft(s, " \t\n\v\f\r")
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil && !strings.HasSuffix(err.Error(), strconv.ErrRange.Error()) {
		return 0, false
	}
	return int(max(-39, min(39, n))), true
}
