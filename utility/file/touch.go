package file

import (
	"slices"
	"time"

	"sysv/system"
	"sysv/utility/call"
	"sysv/utility/call/date"
)

// toucher is one run of touch.
type toucher struct {
	c            *call.Call
	atime, mtime time.Time
	follow       bool
	create       bool
}

// Touch is touch(1) with -a, -m, -c, -h, -f, -r, -t, -d and --time. -d knows
// the dates that date.Parse does.
func Touch(c *call.Call) int {
	opts, names, unknown, ok := c.Getopt("acd:fhmr:t:", "no-create>c", "date=>d", "no-dereference>h", "reference=>r", "time=")
	if !ok {
		return badOption(c, unknown)
	}
	const access, modify = 1, 2
	which := 0
	t := toucher{c: c, follow: true, create: true}
	var when, reference, stamp *string
	for _, o := range opts {
		switch o.Name {
		case "a":
			which |= access
		case "m":
			which |= modify
		case "c":
			t.create = false
		case "h":
			t.follow = false
		case "d":
			when = &o.Arg
		case "r":
			reference = &o.Arg
		case "t":
			stamp = &o.Arg
		case "time":
			switch o.Arg {
			case "atime", "access", "use":
				which |= access
			case "mtime", "modify":
				which |= modify
			default:
				return c.Refuse("--time=" + o.Arg)
			}
		}
	}
	if which == 0 {
		which = access | modify
	}
	if slices.Contains(names, "-") {
		return c.Refuse("touch -")
	}
	if n, own := ownDescriptors(names); own {
		return c.Refuse(n)
	}
	now := c.Sys.Now()
	t.atime, t.mtime = now, now
	if when != nil {
		// What this parser does not know may still be right.
		if _, ok := date.Parse(*when, now); !ok {
			return c.Refuse("-d " + *when)
		}
		now = now.In(date.Zone(c))
	}
	if stamp != nil {
		at, ok := parseStamp(*stamp, now.In(date.Zone(c)))
		if !ok {
			return c.Fail("invalid date format %s", call.QuoteArg(*stamp))
		}
		t.atime, t.mtime = at, at
		if when != nil || reference != nil {
			return usage(c, "cannot specify times from more than one source")
		}
	}
	if reference != nil {
		stat := c.Stat
		if !t.follow {
			stat = c.Lstat
		}
		st, err := stat(*reference)
		if err != nil {
			return c.Fail("failed to get attributes of %s: %v", call.Quote(*reference), err)
		}
		t.atime, t.mtime = st.Atime, st.Mtime
	}
	if when != nil {
		loc := now.Location()
		t.atime, _ = date.Parse(*when, t.atime.In(loc))
		t.mtime, _ = date.Parse(*when, t.mtime.In(loc))
	}
	if which&access == 0 {
		t.atime = time.Time{}
	}
	if which&modify == 0 {
		t.mtime = time.Time{}
	}
	if len(names) == 0 {
		return missing(c, "file operand")
	}
	status := 0
	for _, n := range names {
		if c.Stop() {
			return 1
		}
		if !t.touch(n) {
			status = 1
		}
	}
	return status
}

func (t *toucher) touch(name string) bool {
	c := t.c
	var openErr error
	if t.create && t.follow {
		f, err := c.Open(name, system.WriteOnly|system.Create|system.NonBlock|system.NoCTTY, 0o666)
		if err == nil {
			f.Close()
		}
		openErr = err
	}
	err := c.Sys.Chtimes(c.Abs(name), t.atime, t.mtime, t.follow)
	switch {
	case err == nil:
		return true
	case openErr != nil && openErr != system.EISDIR:
		c.Errorf("cannot touch %s: %v", call.Quote(name), openErr)
	case !t.create && err == system.ENOENT:
		return true
	default:
		c.Errorf("setting times of %s: %v", call.Quote(name), err)
	}
	return false
}
