package file

import (
	"strconv"

	"sysv/system"
	"sysv/utility/call"
)

// Mkfifo is mkfifo(1) with -m.
func Mkfifo(c *call.Call) int {
	opts, names, unknown, ok := c.Getopt("m:", "mode=>m")
	if !ok {
		return badOption(c, unknown)
	}
	if len(names) == 0 {
		return missing(c, "operand")
	}
	mode, explicit, ok := nodeMode(c, opts)
	if !ok {
		return 1
	}
	status := 0
	for _, n := range names {
		err := c.Sys.Mknod(c.Abs(n), system.TypeFIFO|mode, 0)
		if err != nil {
			c.Errorf("cannot create fifo %s: %v", call.Quote(n), err)
			status = 1
			continue
		}
		if explicit {
			if err := c.Chmod(n, mode); err != nil {
				c.Errorf("cannot set permissions of %s: %v", call.Quote(n), err)
				status = 1
			}
		}
	}
	return status
}

// nodeMode is the permissions that -m gives, or the usual ones.
func nodeMode(c *call.Call, opts []call.Opt) (mode system.Mode, explicit, ok bool) {
	mode = 0o666 &^ c.Umask
	for _, o := range opts {
		ch, good := parseMode(o.Arg)
		if !good {
			c.Errorf("invalid mode")
			return 0, false, false
		}
		mode, explicit = adjustMode(0o666, false, c.Umask, ch), true
		if mode&^0o777 != 0 {
			c.Errorf("mode must specify only file permission bits")
			return 0, false, false
		}
	}
	return mode, explicit, true
}

// Mknod is mknod(1) with -m.
func Mknod(c *call.Call) int {
	opts, args, unknown, ok := c.Getopt("m:", "mode=>m")
	if !ok {
		return badOption(c, unknown)
	}
	mode, explicit, ok := nodeMode(c, opts)
	if !ok {
		return 1
	}
	want := 4
	if len(args) > 1 && args[1] != "" && args[1][0] == 'p' || len(args) < 2 {
		want = 2
	}
	if len(args) < want {
		if len(args) == 0 {
			return missing(c, "operand")
		}
		c.Errorf("missing operand after %s", call.QuoteArg(args[len(args)-1]))
		if want == 4 && len(args) == 2 {
			system.WriteAll(c.Stderr(), []byte("Special files require major and minor device numbers.\n"))
		}
		c.Hint()
		return 1
	}
	if len(args) > want {
		c.Errorf("extra operand %s", call.QuoteArg(args[want]))
		if want == 2 && len(args) == 4 {
			system.WriteAll(c.Stderr(), []byte("Fifos do not have major and minor device numbers.\n"))
		}
		c.Hint()
		return 1
	}
	name, kind := args[0], args[1]
	var typ system.Mode
	switch {
	case kind == "":
		return usage(c, "invalid device type %s", call.QuoteArg(kind))
	case kind[0] == 'b':
		typ = system.TypeBlock
	case kind[0] == 'c' || kind[0] == 'u':
		typ = system.TypeChar
	case kind[0] == 'p':
		typ = system.TypeFIFO
	default:
		return usage(c, "invalid device type %s", call.QuoteArg(kind))
	}
	var dev uint64
	if want == 4 {
		major, err := strconv.ParseUint(args[2], 0, 32)
		if err != nil {
			return c.Fail("invalid major device number %s", call.QuoteArg(args[2]))
		}
		minor, err := strconv.ParseUint(args[3], 0, 32)
		if err != nil {
			return c.Fail("invalid minor device number %s", call.QuoteArg(args[3]))
		}
		dev = system.Makedev(uint32(major), uint32(minor))
	}
	if err := c.Sys.Mknod(c.Abs(name), typ|mode, dev); err != nil {
		return c.Fail("%s: %v", call.QuoteName(name), err)
	}
	if explicit {
		if err := c.Chmod(name, mode); err != nil {
			return c.Fail("cannot set permissions of %s: %v", call.Quote(name), err)
		}
	}
	return 0
}
