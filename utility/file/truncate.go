package file

import (
	"math"

	"sysv/system"
	"sysv/utility/call"
)

// sizer is one run of truncate: the size, and how it changes what is there.
type sizer struct {
	c    *call.Call
	how  byte // 0 absolute, '+' relative, '<', '>', '/', '%'
	size int64
	base int64 // of --reference, or -1
}

// Truncate is truncate(1) with -s, -r and -c.
func Truncate(c *call.Call) int {
	opts, names, unknown, ok := c.Getopt("cr:s:", "no-create>c", "reference=>r", "size=>s")
	if !ok {
		return badOption(c, unknown)
	}
	t := sizer{c: c, base: -1}
	create, sized := true, false
	var reference *string
	for _, o := range opts {
		switch o.Name {
		case "c":
			create = false
		case "r":
			reference = &o.Arg
		case "s":
			if !t.parse(o.Arg) {
				return 1
			}
			sized = true
		}
	}
	switch {
	case !sized && reference == nil:
		return usage(c, "you must specify either '--size' or '--reference'")
	case sized && reference != nil && t.how == 0:
		return usage(c, "you must specify a relative '--size' with '--reference'")
	case len(names) == 0:
		return missing(c, "file operand")
	}
	if reference != nil {
		st, err := c.Stat(*reference)
		if err != nil {
			return c.Fail("cannot stat %s: %v", call.Quote(*reference), err)
		}
		if sized {
			t.base = st.Size
		} else {
			t.size = st.Size
		}
	}
	flag := system.WriteOnly | system.NonBlock
	if create {
		flag |= system.Create
	}
	status := 0
	for _, n := range names {
		if c.Stop() {
			return 1
		}
		f, err := c.Open(n, flag, 0o666)
		if err != nil {
			if create || err != system.ENOENT {
				c.Errorf("cannot open %s for writing: %v", call.Quote(n), err)
				status = 1
			}
			continue
		}
		if !t.truncate(f, n) {
			status = 1
		}
		f.Close()
	}
	return status
}

func isSpace(b byte) bool { return b == ' ' || b >= '\t' && b <= '\r' }

func (t *sizer) parse(s string) bool {
	skip := func() {
		for s != "" && isSpace(s[0]) {
			s = s[1:]
		}
	}
	t.how = 0
	if skip(); s != "" {
		switch s[0] {
		case '<', '>', '/', '%':
			t.how = s[0]
			s = s[1:]
		}
	}
	if skip(); s != "" && (s[0] == '+' || s[0] == '-') {
		if t.how != 0 {
			t.c.Errorf("multiple relative modifiers specified")
			t.c.Hint()
			return false
		}
		t.how = '+'
	}
	n, ok, fits := parseSize(s)
	if !ok {
		t.c.Errorf("Invalid number: %s", call.QuoteArg(s))
		return false
	}
	if !fits {
		t.c.Errorf("Invalid number: %s: %v", call.QuoteArg(s), system.EOVERFLOW)
		return false
	}
	if (t.how == '/' || t.how == '%') && n == 0 {
		t.c.Errorf("division by zero")
		return false
	}
	t.size = n
	return true
}

func (t *sizer) truncate(f system.File, name string) bool {
	size := t.size
	if t.how != 0 {
		old := t.base
		if old < 0 {
			st, err := f.Stat()
			if err != nil {
				t.c.Errorf("cannot fstat %s: %v", call.Quote(name), err)
				return false
			}
			old = st.Size
		}
		plus := t.size
		switch t.how {
		case '>':
			plus = max(old, t.size) - old
		case '<':
			plus = min(old, t.size) - old
		case '/':
			plus = -(old % t.size)
		case '%':
			if plus = old % t.size; plus != 0 {
				plus = t.size - plus
			}
		}
		if plus > 0 && old > math.MaxInt64-plus {
			t.c.Errorf("overflow extending size of file %s", call.Quote(name))
			return false
		}
		size = old + plus
	}
	size = max(size, 0)
	if err := f.Truncate(size); err != nil {
		t.c.Errorf("failed to truncate %s at %d bytes: %v", call.Quote(name), size, err)
		return false
	}
	return true
}
