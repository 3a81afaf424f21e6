// Package format is the built-in utilities printf and echo, as dash 0.5.12
// (with Debian's \e) and bash 5.2 have them, in the C locale.
package format

import (
	"strconv"
	"strings"
)

// Dialect is the shell whose utilities they are.
type Dialect int

// Dialects.
const (
	Dash Dialect = iota
	Bash
)

// maxField bounds a field's width and precision: what is larger is cut to it,
// so that a format cannot ask for all the memory there is.
const maxField = 1 << 24

// Printf is the utility: args are its arguments without the name. What it
// prints is appended to out. errf is given its messages, without the name of
// the shell, its line, and "printf: " in front (bash puts only the last before
// a message that begins with "usage: "). The status is 0, 1 for an argument that
// is no number, or 2 for a format that cannot be used (1 in bash). Where it
// fails, what has been printed until then is still to be written.
//
// bash's -v is left to the caller: see [Variable]. %(…)T and %n are not there.
func Printf(out *[]byte, errf func(string), d Dialect, args []string) (status int) {
	args, status = options(errf, d, args)
	if status != 0 {
		return status
	}
	p := printer{out: *out, errf: errf, d: d, args: args[1:]}
	for {
		left := len(p.args)
		stop := p.pass(args[0])
		if stop || len(p.args) == 0 || len(p.args) == left {
			break
		}
	}
	*out = p.out
	return p.status
}

// Variable takes bash's "-v NAME" off the arguments of printf; name is empty
// where there is none.
func Variable(args []string) (name string, rest []string) {
	if len(args) == 0 || !strings.HasPrefix(args[0], "-v") {
		return "", args
	}
	if args[0] != "-v" {
		return args[0][2:], args[1:]
	}
	if len(args) == 1 {
		return "", args
	}
	return args[1], args[2:]
}

// options reads what stands before the format.
func options(errf func(string), d Dialect, args []string) (rest []string, status int) {
	usage := "usage: printf format [arg ...]"
	if d == Bash {
		usage = "usage: printf [-v var] format [arguments]"
	}
	if len(args) > 0 && len(args[0]) > 1 && args[0][0] == '-' {
		switch {
		case args[0] == "--":
			args = args[1:]
		case d == Dash:
			errf("Illegal option -" + args[0][1:2])
			return nil, 2
		case args[0][1] == 'v':
			errf("-v: option requires an argument")
			errf(usage)
			return nil, 2
		default:
			errf("-" + args[0][1:2] + ": invalid option")
			errf(usage)
			return nil, 2
		}
	}
	if len(args) == 0 {
		errf(usage)
		return nil, 2
	}
	return args, 0
}

// printer is one run of printf.
type printer struct {
	out    []byte
	errf   func(string)
	d      Dialect
	args   []string // those that have not been used
	status int
}

// spec is one conversion specification.
type spec struct {
	minus, plus, space, alt, zero bool
	width, prec                   int // prec is -1 where there is none
	conv                          byte
}

// pass prints the format once, and reports whether that was all: a \c in an
// argument of %b, or an error.
func (p *printer) pass(f string) (stop bool) {
	for f != "" {
		i := strings.IndexAny(f, "%\\")
		if i < 0 {
			i = len(f)
		}
		p.out = append(p.out, f[:i]...)
		f = f[i:]
		switch {
		case f == "":
		case f[0] == '\\':
			var n int
			p.out, n = p.escape(p.out, f[1:])
			f = f[1+n:]
		case strings.HasPrefix(f, "%%"):
			p.out = append(p.out, '%')
			f = f[2:]
		default:
			n, stop := p.conversion(f)
			if stop {
				return true
			}
			f = f[n:]
		}
	}
	return false
}

// escape appends what an escape sequence in the format stands for.
func (p *printer) escape(out []byte, s string) ([]byte, int) {
	if p.d == Dash {
		return dashEscape(out, s)
	}
	p.warnDigits(s)
	return bashEscape(out, s, inFormat)
}

// conversion does the conversion specification at the start of f, and says
// how long it is.
func (p *printer) conversion(f string) (n int, stop bool) {
	s := spec{prec: -1}
	i := 1
flags:
	for ; i < len(f); i++ {
		switch f[i] {
		case '#':
			s.alt = true
		case '-':
			s.minus = true
		case '+':
			s.plus = true
		case ' ':
			s.space = true
		case '0':
			s.zero = true
		case '\'':
			if p.d == Dash {
				break flags
			}
		default:
			break flags
		}
	}
	if s.width, i = p.field(f, i); s.width < 0 {
		s.minus = true
		s.width = -s.width
	}
	if i < len(f) && f[i] == '.' {
		if s.prec, i = p.field(f, i+1); s.prec < 0 {
			s.prec = -1
		}
	}
	for p.d == Bash && i < len(f) && strings.IndexByte("hjlLtz", f[i]) >= 0 {
		i++
	}
	if i == len(f) {
		return 0, p.bad("missing format character", "`"+f[:i]+"': missing format character")
	}
	s.conv = f[i]
	i++
	stop, known := p.convert(s)
	if !known {
		return 0, p.bad(f[:i]+": invalid directive", "`"+f[i-1:i]+"': invalid format character")
	}
	return i, stop
}

// bad ends the run with the message of the dialect.
func (p *printer) bad(dash, bash string) (stop bool) {
	if p.d == Bash {
		p.errf(bash)
		p.status = 1
	} else {
		p.errf(dash)
		p.status = 2
	}
	return true
}

// field reads a width or precision at f[i:]: digits, or a * for an argument.
func (p *printer) field(f string, i int) (n, next int) {
	if i < len(f) && f[i] == '*' {
		w := int64(int32(p.integer(true)))
		return int(min(max(w, -maxField), maxField)), i + 1
	}
	start := i
	for i < len(f) && '0' <= f[i] && f[i] <= '9' {
		i++
	}
	n, err := strconv.Atoi(f[start:i])
	if err != nil && i > start || n > maxField {
		n = maxField
	}
	return n, i
}

// convert prints one conversion; known is false if there is none of its name.
func (p *printer) convert(s spec) (stop, known bool) {
	switch s.conv {
	case 's':
		p.text(s, p.arg())
	case 'c':
		c := p.arg()
		if c == "" {
			c = "\x00"
		}
		s.prec = -1
		p.text(s, c[:1])
	case 'd', 'i':
		n := int64(p.integer(true))
		if n < 0 {
			p.number(s, true, -uint64(n))
		} else {
			p.number(s, false, uint64(n))
		}
	case 'o', 'u', 'x', 'X':
		p.number(s, false, p.integer(false))
	case 'e', 'E', 'f', 'F', 'g', 'G', 'a', 'A':
		p.real(s, p.float())
	case 'b':
		var t []byte
		if p.d == Bash {
			t, stop = bashExpand(p.arg(), inArgument, p.warnDigits)
		} else {
			t, stop = dashExpand(nil, p.arg())
		}
		p.text(s, string(t))
	case 'q', 'Q':
		if p.d == Dash {
			return false, false
		}
		t := p.arg()
		if s.conv == 'Q' && s.prec >= 0 {
			t = t[:min(len(t), s.prec)]
			s.prec = -1
		}
		p.text(s, Quote(t))
	default:
		return false, false
	}
	return stop, true
}

// arg is the next argument, or "" where they have been used up.
func (p *printer) arg() string {
	if len(p.args) == 0 {
		return ""
	}
	a := p.args[0]
	p.args = p.args[1:]
	return a
}

// text prints a string in its field.
func (p *printer) text(s spec, t string) {
	if s.prec >= 0 && s.prec < len(t) {
		t = t[:s.prec]
	}
	p.pad(s, "", t)
}

// number prints an integer in its field.
func (p *printer) number(s spec, neg bool, u uint64) {
	base := 10
	switch s.conv {
	case 'o':
		base = 8
	case 'x', 'X':
		base = 16
	}
	var buf [24]byte
	digits := strconv.AppendUint(buf[:0], u, base)
	if s.prec == 0 && u == 0 {
		digits = digits[:0]
	}
	prefix := ""
	switch {
	case s.conv == 'd' || s.conv == 'i':
		prefix = sign(s, neg)
	case s.alt && s.conv == 'o':
		if len(digits) >= s.prec && (len(digits) == 0 || digits[0] != '0') {
			digits = append([]byte{'0'}, digits...)
		}
	case s.alt && base == 16 && u != 0:
		prefix = "0x"
	}
	if s.prec >= 0 {
		s.zero = false
	}
	t := string(digits)
	if n := s.prec - len(t); n > 0 {
		t = strings.Repeat("0", n) + t
	}
	if s.conv == 'X' {
		prefix, t = strings.ToUpper(prefix), strings.ToUpper(t)
	}
	p.pad(s, prefix, t)
}

func sign(s spec, neg bool) string {
	switch {
	case neg:
		return "-"
	case s.plus:
		return "+"
	case s.space:
		return " "
	}
	return ""
}

// pad prints prefix and t in a field of the width; zeros go between them.
func (p *printer) pad(s spec, prefix, t string) {
	fill := s.width - len(prefix) - len(t)
	numeric := strings.IndexByte("diouxXeEfFgGaA", s.conv) >= 0
	switch {
	case fill <= 0:
		p.out = append(append(p.out, prefix...), t...)
	case s.minus:
		p.out = append(append(p.out, prefix...), t...)
		p.repeat(' ', fill)
	case s.zero && numeric:
		p.out = append(p.out, prefix...)
		p.repeat('0', fill)
		p.out = append(p.out, t...)
	default:
		p.repeat(' ', fill)
		p.out = append(append(p.out, prefix...), t...)
	}
}

func (p *printer) repeat(c byte, n int) {
	for ; n > 0; n-- {
		p.out = append(p.out, c)
	}
}
