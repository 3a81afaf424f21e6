package file

import (
	"strconv"
	"strings"
	"time"

	"sysv/system"
	"sysv/utility/call"
)

// Exit statuses of flock(1), from sysexits.h.
const (
	exUsage       = 64
	exDataErr     = 65
	exNoInput     = 66
	exUnavailable = 69
	exOSErr       = 71
	exCantCreate  = 73
)

// lockPoll is how long flock -w waits at most between two tries.
const lockPoll = 50 * time.Millisecond

// Flock is util-linux' flock(1): a lock on one of the shell's own descriptors
// (flock 9), or around a command (flock FILE COMMAND…, flock FILE -c TEXT).
func Flock(c *call.Call) int {
	opts, args, unknown, ok := c.Getopt("+sexnouFw:E:", "shared>s", "exclusive>x", "unlock>u", "nonblocking>n", "nb>n", "nonblock>n",
		"timeout=>w", "wait=>w", "conflict-exit-code=>E", "close>o", "no-fork>F")
	if !ok {
		if unknown != "" {
			return c.Refuse(unknown)
		}
		return exUsage
	}
	how := system.Lock{Wait: true}
	conflict, keep := 1, true
	timeout := time.Duration(-1)
	for _, o := range opts {
		switch o.Name {
		case "s":
			how.Shared, how.Unlock = true, false
		case "e", "x":
			how.Shared, how.Unlock = false, false
		case "u":
			how.Unlock = true
		case "n":
			how.Wait = false
		case "o":
			keep = false
		case "w":
			if timeout, ok = parseTimeout(o.Arg); !ok {
				c.Errorf("invalid timeout value: '%s'", o.Arg)
				return exUsage
			}
		case "E":
			n, err := strconv.Atoi(o.Arg)
			if err != nil || n < 0 || n > 255 {
				return c.Refuse("-E " + o.Arg)
			}
			conflict = n
		}
	}
	switch len(args) {
	case 0:
		c.Errorf("not enough arguments")
		c.Hint()
		return exUsage
	case 1:
		fd, err := strconv.Atoi(args[0])
		if err != nil {
			c.Errorf("bad file descriptor: '%s'", args[0])
			return exUsage
		}
		f := c.Files.Get(fd)
		if f == nil {
			c.Errorf("%d: %v", fd, system.EBADF)
			return exDataErr
		}
		return lock(c, f, args[0], how, timeout, conflict)
	}
	argv := args[1:]
	if argv[0] == "-c" || argv[0] == "--command" {
		if len(argv) != 2 {
			c.Errorf("%s requires exactly one command argument", argv[0])
			return exUsage
		}
		shell, _ := c.Getenv("SHELL")
		if shell == "" {
			shell = "/bin/sh"
		}
		argv = []string{shell, "-c", argv[1]}
	}
	return lockAround(c, args[0], argv, how, timeout, conflict, keep)
}

// lockAround runs a command with a file locked; keep lets the command have
// the descriptor, so that the lock lasts as long as anything it leaves behind.
func lockAround(c *call.Call, name string, argv []string, how system.Lock, timeout time.Duration, conflict int, keep bool) int {
	f, err := open(c, name, system.ReadOnly|system.NoCTTY|system.Create, 0o666)
	if err == system.EISDIR {
		f, err = c.Open(name, system.ReadOnly|system.NoCTTY, 0)
	}
	if err != nil {
		c.Errorf("cannot open lock file %s: %v", name, err)
		switch err {
		case system.ENOMEM, system.EMFILE, system.ENFILE:
			return exOSErr
		case system.EROFS, system.ENOSPC:
			return exCantCreate
		}
		return exNoInput
	}
	p := c.Fork()
	defer p.Files.CloseAll()
	if keep {
		fd := 3
		for p.Files.Get(fd) != nil {
			fd++
		}
		p.Files.Set(fd, f)
	} else {
		defer f.Close()
	}
	if status := lock(c, f, name, how, timeout, conflict); status != 0 {
		return status
	}
	return c.Exec(p, argv)
}

// parseTimeout reads seconds with a fraction.
func parseTimeout(s string) (time.Duration, bool) {
	if s == "" || strings.Trim(s, "0123456789.") != "" {
		return 0, false
	}
	sec, err := strconv.ParseFloat(s, 64)
	return time.Duration(sec * float64(time.Second)), err == nil && sec < 1e9
}

// lock takes the lock, with the waiting that was asked for.
func lock(c *call.Call, f system.File, name string, how system.Lock, timeout time.Duration, conflict int) int {
	if timeout >= 0 {
		how.Wait = false
	}
	c.Out.Flush()
	err := f.Lock(c.Ctx, how)
	for step := time.Millisecond; err == system.EAGAIN && timeout > 0; step = min(2*step, lockPoll) {
		// flock(2) has no time limit, so that it is tried again and again.
		step = min(step, timeout)
		if e := c.Sys.Sleep(c.Ctx, step); e != nil {
			break
		}
		timeout -= step
		err = f.Lock(c.Ctx, how)
	}
	switch err {
	case nil:
		return 0
	case system.EAGAIN:
		return conflict
	case system.EIO, system.ENOLCK:
		c.Errorf("%s: %v", name, err)
		return exOSErr
	}
	if c.Stop() {
		return conflict
	}
	c.Errorf("%s: %v", name, err)
	return exDataErr
}
