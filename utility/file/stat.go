package file

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"sysv/system"
	"sysv/utility/call"
	"sysv/utility/call/date"
)

// Stat is stat(1) with -c (--format), --printf and -L. The listing without a
// format, file systems (-f) and times of birth are left to the real program,
// since the seam does not tell them.
func Stat(c *call.Call) int {
	opts, names, unknown, ok := c.Getopt("c:L", "format=>c", "printf=", "dereference>L")
	if !ok {
		return badOption(c, unknown)
	}
	follow, escapes := false, false
	var format *string
	for _, o := range opts {
		switch o.Name {
		case "L":
			follow = true
		case "c":
			format, escapes = &o.Arg, false
		case "printf":
			format, escapes = &o.Arg, true
		}
	}
	if len(names) == 0 {
		return missing(c, "operand")
	}
	if format == nil {
		return c.Refuse("stat without -c")
	}
	if _, set := c.Getenv("QUOTING_STYLE"); set {
		return c.Refuse("QUOTING_STYLE")
	}
	if n, own := ownDescriptors(names); own {
		return c.Refuse(n)
	}
	parts, ok := parseStatFormat(*format, escapes)
	if !ok {
		return c.Refuse("-c " + *format)
	}
	if slices.Contains(names, "-") {
		return c.Refuse("stat -")
	}
	s := stater{c: c, parts: parts}
	stat := c.Lstat
	if follow {
		stat = c.Stat
	}
	status := 0
	for _, n := range names {
		if c.Stop() {
			return 1
		}
		st, err := stat(n)
		if err != nil {
			c.Errorf("cannot statx %s: %v", call.Quote(n), err)
			status = 1
			continue
		}
		if !s.print(n, st) {
			status = 1
		}
		if !escapes {
			c.Out.WriteByte('\n')
		}
	}
	return status
}

// statPart is literal text, or a directive with its flags, width and
// precision (-1 for none, and whether a bare dot was given).
type statPart struct {
	text      string
	flags     string
	width     int
	precision int
	dot       bool
	modifier  byte // 'H' or 'L'
	what      byte
}

// parseStatFormat reads a format. ok is false for what is not built in.
func parseStatFormat(f string, escapes bool) (parts []statPart, ok bool) {
	var text strings.Builder
	flush := func() {
		if text.Len() > 0 {
			parts = append(parts, statPart{text: text.String()})
			text.Reset()
		}
	}
	for i := 0; i < len(f); i++ {
		if escapes && f[i] == '\\' && i+1 < len(f) {
			n, ok := statEscape(&text, f[i+1:])
			if !ok {
				return nil, false
			}
			i += n
			continue
		}
		if f[i] != '%' {
			text.WriteByte(f[i])
			continue
		}
		p := statPart{width: -1, precision: -1}
		i++
		for i < len(f) && strings.IndexByte("'-+ #0I", f[i]) >= 0 {
			p.flags += f[i : i+1]
			i++
		}
		p.width, i = statNumber(f, i)
		if i < len(f) && f[i] == '.' {
			p.dot = true
			p.precision, i = statNumber(f, i+1)
		}
		if i < len(f) && (f[i] == 'H' || f[i] == 'L') && i+1 < len(f) && (f[i+1] == 'd' || f[i+1] == 'r') {
			p.modifier = f[i]
			i++
		}
		if i >= len(f) {
			if p.flags != "" || p.width >= 0 || p.dot {
				return nil, false
			}
			text.WriteByte('%')
			break
		}
		if f[i] == '%' {
			if p.flags != "" || p.width >= 0 || p.dot {
				return nil, false
			}
			text.WriteByte('%')
			continue
		}
		if strings.IndexByte("mwWCHL'I", f[i]) >= 0 || strings.ContainsAny(p.flags, "'I") {
			return nil, false
		}
		p.what = f[i]
		flush()
		parts = append(parts, p)
	}
	flush()
	return parts, true
}

func statNumber(f string, i int) (n, next int) {
	start := i
	for i < len(f) && f[i] >= '0' && f[i] <= '9' && i-start < 6 {
		n = n*10 + int(f[i]-'0')
		i++
	}
	if i == start {
		return -1, i
	}
	return n, i
}

// statEscape writes what a backslash and the beginning of s stand for, and
// tells how long that was.
func statEscape(b *strings.Builder, s string) (n int, ok bool) {
	if i := strings.IndexByte("abefnrtv\\\"", s[0]); i >= 0 {
		b.WriteByte("\a\b\x1b\f\n\r\t\v\\\""[i])
		return 1, true
	}
	base, digits, skip := 8, 3, 0
	if s[0] == 'x' {
		base, digits, skip = 16, 2, 1
	}
	v, i := 0, skip
	for i < len(s) && i-skip < digits {
		d, err := strconv.ParseInt(s[i:i+1], base, 0)
		if err != nil {
			break
		}
		v = v*base + int(d)
		i++
	}
	if i == skip {
		return 0, false
	}
	b.WriteByte(byte(v))
	return i, true
}

// stater prints one format for several files.
type stater struct {
	c     *call.Call
	parts []statPart
	loc   *time.Location
}

func (s *stater) print(name string, st system.FileInfo) bool {
	ok := true
	for _, p := range s.parts {
		if p.what == 0 {
			s.c.Out.WriteString(p.text)
			continue
		}
		if p.what == 'N' {
			q := call.Quote(name)
			if st.Mode.IsSymlink() {
				target, err := s.c.Readlink(name)
				if err != nil {
					s.c.Errorf("cannot read symbolic link %s: %v", call.Quote(name), err)
					ok = false
				} else {
					q += " -> " + call.Quote(target)
				}
			}
			s.c.Out.WriteString(p.str(q))
			continue
		}
		s.c.Out.WriteString(s.value(p, name, st))
	}
	return ok
}

func (s *stater) value(p statPart, name string, st system.FileInfo) string {
	switch p.what {
	case 'n':
		return p.str(name)
	case 'a':
		return p.num("o", uint64(st.Mode.Perm()))
	case 'A':
		return p.str(st.Mode.String())
	case 'b':
		return p.num("d", uint64(st.Blocks))
	case 'B':
		return p.num("d", 512)
	case 'd':
		return p.device(st.Dev)
	case 'D':
		return p.num("x", st.Dev)
	case 'f':
		return p.num("x", uint64(st.Mode))
	case 'F':
		return p.str(typeName(st))
	case 'g':
		return p.num("d", uint64(st.GID))
	case 'G':
		g, ok := (system.Users{Sys: s.c.Sys}).GroupByID(st.GID)
		return p.name(g.Name, ok)
	case 'h':
		return p.num("d", st.Nlink)
	case 'i':
		return p.num("d", st.Ino)
	case 'o':
		return p.num("d", uint64(st.BlockSize))
	case 'r':
		return p.device(st.Rdev)
	case 'R':
		return p.num("x", st.Rdev)
	case 's':
		return p.num("d", uint64(st.Size))
	case 't':
		return p.num("x", uint64(system.Major(st.Rdev)))
	case 'T':
		return p.num("x", uint64(system.Minor(st.Rdev)))
	case 'u':
		return p.num("d", uint64(st.UID))
	case 'U':
		u, ok := (system.Users{Sys: s.c.Sys}).UserByID(st.UID)
		return p.name(u.Name, ok)
	case 'x', 'X':
		return s.time(p, st.Atime)
	case 'y', 'Y':
		return s.time(p, st.Mtime)
	case 'z', 'Z':
		return s.time(p, st.Ctime)
	}
	return "?"
}

func (s *stater) time(p statPart, t time.Time) string {
	if p.what >= 'a' {
		if s.loc == nil {
			s.loc = date.Zone(s.c)
		}
		return p.str(t.In(s.loc).Format("2006-01-02 15:04:05.000000000 -0700"))
	}
	if !p.dot {
		return p.signed(t.Unix())
	}
	digits := p.precision
	if digits < 0 {
		digits = 9
	}
	text := strconv.FormatInt(t.Unix(), 10)
	if digits > 0 {
		frac := fmt.Sprintf("%09d", t.Nanosecond()) + strings.Repeat("0", max(digits-9, 0))
		text += "." + frac[:digits]
	}
	q := p
	q.precision = -1
	return q.str(text)
}

func (p statPart) device(dev uint64) string {
	switch p.modifier {
	case 'H':
		dev = uint64(system.Major(dev))
	case 'L':
		dev = uint64(system.Minor(dev))
	}
	return p.num("d", dev)
}

func (p statPart) name(name string, ok bool) string {
	if !ok {
		name = "UNKNOWN"
	}
	return p.str(name)
}

// spec is the directive for fmt, whose flags here mean what printf's do.
func (p statPart) spec(flags, verb string, precision bool) string {
	var out strings.Builder
	out.WriteString("%")
	for i := range len(p.flags) {
		if strings.IndexByte(flags, p.flags[i]) >= 0 {
			out.WriteString(p.flags[i : i+1])
		}
	}
	if p.width >= 0 {
		out.WriteString(strconv.Itoa(p.width))
	}
	if precision && p.precision >= 0 {
		out.WriteString("." + strconv.Itoa(p.precision))
	}
	return out.String() + verb
}

func (p statPart) str(s string) string   { return fmt.Sprintf(p.spec("-", "s", true), s) }
func (p statPart) signed(n int64) string { return fmt.Sprintf(p.spec("-+ 0", "d", true), n) }
func (p statPart) num(verb string, n uint64) string {
	return fmt.Sprintf(p.spec("-0#", verb, true), n)
}
