package host

import (
	"fmt"
	"io"
	"strconv"

	"sysv/system"
	"sysv/utility/call"
)

// Cmp is cmp(1) of diffutils, with -s, -l and -n, and with bytes to pass over
// given as operands or by -i. Its statuses are 0 for equal, 1 for different
// and 2 for trouble.
func Cmp(c *call.Call) int {
	opts, names, unknown, ok := c.Getopt("sli:n:", "quiet>s", "silent>s", "verbose>l", "bytes=>n", "ignore-initial=>i")
	if !ok {
		return badOption(c, unknown, 2)
	}
	m := comparison{c: c, limit: -1}
	for _, o := range opts {
		switch o.Name {
		case "s":
			m.silent = true
		case "l":
			m.all = true
		case "n":
			n, status, ok := m.count("bytes", o.Arg)
			if !ok {
				return status
			}
			m.limit = n
		case "i":
			n, status, ok := m.count("ignore-initial", o.Arg)
			if !ok {
				return status
			}
			m.skip = [2]int64{n, n}
		}
	}
	for i := 2; i < len(names) && i < 4; i++ {
		n, status, ok := m.count("ignore-initial", names[i])
		if !ok {
			return status
		}
		m.skip[i-2] = n
	}
	switch {
	case m.silent && m.all:
		return m.usage("options -l and -s are incompatible")
	case len(names) == 0:
		return m.usage("missing operand after %s", call.QuoteArg(c.Name()))
	case len(names) > 4:
		return m.usage("extra operand %s", call.QuoteArg(names[4]))
	case len(names) == 1:
		names = append(names, "-")
	}
	m.names = [2]string{names[0], names[1]}
	return m.open()
}

// comparison is one run of cmp.
type comparison struct {
	c           *call.Call
	silent, all bool
	limit       int64 // -1 is none
	skip        [2]int64
	names       [2]string
}

// count reads a number of bytes; with a suffix it is refused.
func (m *comparison) count(option, s string) (n int64, status int, ok bool) {
	n, err := strconv.ParseInt(s, 10, 63)
	switch {
	case err == nil && n >= 0:
		return n, 0, true
	case s != "" && s[0] >= '0' && s[0] <= '9':
		return 0, m.c.Refuse(s), false
	}
	return 0, m.usage("invalid --%s value %s", option, call.QuoteArg(s)), false
}

// trouble is cmp's status for everything but a difference.
const trouble = 2

// usage is diffutils' form of a usage error, which has the name twice.
func (m *comparison) usage(format string, args ...any) int {
	m.c.Errorf(format, args...)
	m.c.Errorf("Try '%s --help' for more information.", m.c.Name())
	return trouble
}

func (m *comparison) open() int {
	c := m.c
	var files [2]system.File
	for i, name := range m.names {
		f := c.Stdin()
		if name != "-" {
			var err error
			if f, err = c.Open(name, system.ReadOnly, 0); err != nil {
				if !m.silent || err != system.ENOENT {
					c.Errorf("%s: %v", name, err)
				}
				return trouble
			}
			defer f.Close()
		}
		files[i] = f
	}
	if m.names[0] == m.names[1] && m.skip[0] == m.skip[1] {
		return 0
	}
	var in [2]stream
	for i, f := range files {
		in[i].f = f
		if err := in[i].pass(m.skip[i]); err != nil {
			c.Errorf("%s: %v", m.names[i], err)
			return trouble
		}
	}
	return m.run(&in[0], &in[1])
}

func (m *comparison) run(a, b *stream) int {
	c := m.c
	status := 0
	line := int64(1)
	column := m.column(a, b)
	var last byte
	for at := int64(1); m.limit < 0 || at <= m.limit; at++ {
		if at&0xffff == 0 && c.Stop() {
			return trouble
		}
		x, endA := a.next()
		y, endB := b.next()
		for i, s := range [2]*stream{a, b} {
			if s.err != nil && s.err != io.EOF {
				c.Errorf("%s: %v", m.names[i], s.err)
				return trouble
			}
		}
		switch {
		case endA && endB:
			return status
		case endA:
			return m.short(0, at-1, line, last)
		case endB:
			return m.short(1, at-1, line, last)
		}
		if x != y {
			status = 1
			switch {
			case m.silent:
				return 1
			case !m.all:
				fmt.Fprintf(c.Out, "%s %s differ: char %d, line %d\n", m.names[0], m.names[1], at, line)
				return 1
			}
			fmt.Fprintf(c.Out, "%*d %3o %3o\n", column, at, x, y)
		}
		if x == '\n' {
			line++
		}
		last = x
	}
	return status
}

// column is how wide -l prints a place: as wide as the last one there may be.
func (m *comparison) column(a, b *stream) int {
	if !m.all {
		return 0
	}
	most := int64(1<<63 - 1)
	for i, s := range [2]*stream{a, b} {
		if st, err := s.f.Stat(); err == nil && st.Mode.IsRegular() && st.Size > 0 {
			most = min(most, st.Size-m.skip[i])
		}
	}
	if m.limit >= 0 {
		most = min(most, m.limit)
	}
	return len(strconv.FormatInt(most, 10))
}

// short tells of a file that ends before the other.
func (m *comparison) short(which int, after, line int64, last byte) int {
	if m.silent {
		return 1
	}
	name := m.names[which]
	switch {
	case after == 0:
		m.c.Errorf("EOF on %s which is empty", name)
	case m.all:
		m.c.Errorf("EOF on %s after byte %d", name, after)
	case last == '\n':
		m.c.Errorf("EOF on %s after byte %d, line %d", name, after, line-1)
	default:
		m.c.Errorf("EOF on %s after byte %d, in line %d", name, after, line)
	}
	return 1
}

// stream is a file read byte by byte.
type stream struct {
	f    system.File
	buf  []byte
	r, n int
	err  error
}

// next is the next byte, or the end (or an error, in err).
func (s *stream) next() (b byte, end bool) {
	if s.r == s.n {
		if s.err != nil {
			return 0, true
		}
		if s.buf == nil {
			s.buf = make([]byte, 32<<10)
		}
		s.r = 0
		if s.n, s.err = s.f.Read(s.buf); s.n == 0 {
			if s.err == nil {
				s.err = io.EOF
			}
			return 0, true
		}
	}
	b = s.buf[s.r]
	s.r++
	return b, false
}

// pass leaves out the first n bytes.
func (s *stream) pass(n int64) error {
	for ; n > 0; n-- {
		if _, end := s.next(); end {
			if s.err == io.EOF {
				return nil
			}
			return s.err
		}
	}
	return nil
}
