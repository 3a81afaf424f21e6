package host

import (
	"strconv"
	"strings"

	"sysv/interp/format"
	"sysv/utility/call"
)

// Printf is printf(1) of coreutils. It is not the shell's own, which a
// script's "printf" is: that has other messages and statuses, and knows no
// \x, \u and %q in dash. The numbers are printed by package format.
func Printf(c *call.Call) int {
	args := c.Args[1:]
	if len(args) == 1 && (args[0] == "--help" || args[0] == "--version") {
		return c.Refuse(args[0])
	}
	if len(args) > 0 && args[0] == "--" {
		args = args[1:]
	}
	if len(args) == 0 {
		return usage(c, "missing operand")
	}
	p := &printer{c: c, args: args[1:]}
	for {
		before := len(p.args)
		if p.pass(args[0]) {
			return p.status
		}
		if len(p.args) == before || len(p.args) == 0 || c.Stop() {
			break
		}
	}
	if len(p.args) > 0 {
		c.Errorf("warning: ignoring excess arguments, starting with %s", call.QuoteArg(p.args[0]))
	}
	return p.status
}

// printer is one run of printf.
type printer struct {
	c      *call.Call
	args   []string // those that have not been used
	out    []byte
	status int
}

// pass prints the format once; stop is an error, or \c.
func (p *printer) pass(f string) (stop bool) {
	for f != "" {
		i := strings.IndexAny(f, `%\`)
		if i < 0 {
			i = len(f)
		}
		p.c.Out.WriteString(f[:i])
		if f = f[i:]; f == "" {
			break
		}
		var n int
		switch {
		case f[0] == '\\':
			n, stop = p.escape(f, false)
		case strings.HasPrefix(f, "%%"):
			p.c.Out.WriteByte('%')
			n = 2
		case strings.HasPrefix(f, "%b"):
			n, stop = 2, p.expand(p.arg())
		case strings.HasPrefix(f, "%q"):
			p.c.Out.WriteString(shellQuote(p.arg()))
			n = 2
		default:
			n, stop = p.conversion(f)
		}
		if stop {
			return true
		}
		f = f[n:]
	}
	return false
}

// arg is the next argument, or "".
func (p *printer) arg() string {
	if len(p.args) == 0 {
		return ""
	}
	a := p.args[0]
	p.args = p.args[1:]
	return a
}

// shellQuote is a word so that a shell reads it back.
func shellQuote(s string) string {
	if plain := strings.ReplaceAll(s, ":", "_"); s != "" && call.QuoteName(plain) == plain {
		return s
	}
	return call.Quote(s)
}

// fatal prints a message; nothing more is printed after it.
func (p *printer) fatal(message string) (stop bool) {
	p.c.Errorf("%s", message)
	p.status = 1
	return true
}

// expand prints %b's argument.
func (p *printer) expand(s string) (stop bool) {
	for s != "" {
		i := strings.IndexByte(s, '\\')
		if i < 0 {
			i = len(s)
		}
		p.c.Out.WriteString(s[:i])
		if s = s[i:]; s == "" {
			break
		}
		n, stop := p.escape(s, true)
		if stop {
			return true
		}
		s = s[n:]
	}
	return false
}

// escape prints the sequence at the start of s and says how long it is. zero
// allows a 0 before three octal digits, as %b does.
func (p *printer) escape(s string, zero bool) (n int, stop bool) {
	if len(s) == 1 {
		p.c.Out.WriteByte('\\')
		return 1, false
	}
	ch := s[1]
	if i := strings.IndexByte(`abefnrtv"\`, ch); i >= 0 {
		p.c.Out.WriteByte("\a\b\x1b\f\n\r\t\v\"\\"[i])
		return 2, false
	}
	switch {
	case ch == 'x':
		v, digits := digitsOf(s[2:], 2, 16)
		if digits == 0 {
			return 0, p.fatal("missing hexadecimal number in escape")
		}
		p.c.Out.WriteByte(byte(v))
		return 2 + digits, false
	case ch >= '0' && ch <= '7':
		start := 1
		if zero && ch == '0' {
			start = 2
		}
		v, digits := digitsOf(s[start:], 3, 8)
		p.c.Out.WriteByte(byte(v))
		return start + digits, false
	case ch == 'c':
		return 0, true
	case ch == 'u' || ch == 'U':
		return p.universal(s)
	}
	p.c.Out.WriteString(s[:2])
	return 2, false
}

// digitsOf reads up to most digits of a base.
func digitsOf(s string, most, base int) (v, n int) {
	for n < most && n < len(s) {
		d := strings.IndexByte("0123456789abcdef", s[n]|0x20)
		if s[n] < '0' || d < 0 || d >= base {
			break
		}
		v = v*base + d
		n++
	}
	return v, n
}

// universal is \uHHHH and \UHHHHHHHH, which stay what they are in the C
// locale, unless they are of the few characters of ASCII that may be written
// so.
func (p *printer) universal(s string) (n int, stop bool) {
	want := 4
	if s[1] == 'U' {
		want = 8
	}
	v, digits := digitsOf(s[2:], want, 16)
	if digits < want {
		return 0, p.fatal("missing hexadecimal number in escape")
	}
	hex := strconv.FormatInt(int64(v), 16)
	padded := strings.Repeat("0", max(want-len(hex), 0)) + hex
	if v < 0xa0 && v != '$' && v != '@' && v != '`' || v >= 0xd800 && v <= 0xdfff {
		return 0, p.fatal("invalid universal character name " + s[:2] + padded)
	}
	switch {
	case v < 0x80:
		p.c.Out.WriteByte(byte(v))
	case v > 0xffff:
		p.c.Out.WriteString(`\U` + strings.Repeat("0", max(8-len(hex), 0)) + strings.ToUpper(hex))
	default:
		p.c.Out.WriteString(`\u` + strings.ToUpper(padded[len(padded)-4:]))
	}
	return 2 + want, false
}

// conversion prints the conversion at the start of f.
func (p *printer) conversion(f string) (n int, stop bool) {
	allowed := "aAcdeEfFgGiosuxX"
	forbid := func(chars string) {
		for i := 0; i < len(chars); i++ {
			allowed = strings.ReplaceAll(allowed, chars[i:i+1], "")
		}
	}
	var spec strings.Builder
	spec.WriteString("%")
	i := 1
	for ; i < len(f) && strings.IndexByte("'I-+ #0", f[i]) >= 0; i++ {
		switch f[i] {
		case '\'', 'I':
			// No digits are grouped, and there are no others, in the C locale.
			forbid("aAceEosxX")
			continue
		case '#':
			forbid("cdisu")
		case '0':
			forbid("cs")
		}
		spec.WriteString(f[i : i+1])
	}
	width, i := p.field(f, i)
	spec.WriteString(width)
	if i < len(f) && f[i] == '.' {
		forbid("c")
		var precision string
		precision, i = p.field(f, i+1)
		if !strings.HasPrefix(precision, "-") {
			spec.WriteString("." + precision)
		}
	}
	for i < len(f) && strings.IndexByte("hjlLtz", f[i]) >= 0 {
		i++
	}
	if i == len(f) || strings.IndexByte(allowed, f[i]) < 0 {
		return 0, p.fatal(f[:min(i+1, len(f))] + ": invalid conversion specification")
	}
	p.convert(spec.String(), f[i])
	return i + 1, false
}

// field reads a width or precision: digits, or a * for an argument.
func (p *printer) field(f string, i int) (text string, next int) {
	if i < len(f) && f[i] == '*' {
		var out []byte
		if len(p.args) > 0 {
			format.Printf(&out, p.complain, format.Dash, []string{"%d", p.arg()})
		}
		return string(out), i + 1
	}
	start := i
	for i < len(f) && f[i] >= '0' && f[i] <= '9' {
		i++
	}
	return f[start:i], i
}

// convert prints one argument.
func (p *printer) convert(spec string, conversion byte) {
	// A negative width from an argument would be a flag after the width.
	arg := p.arg()
	p.out = p.out[:0]
	switch conversion {
	case 'c', 's':
		format.Printf(&p.out, p.complain, format.Dash, []string{spec + string(conversion), arg})
	case 'd', 'i', 'o', 'u', 'x', 'X':
		format.Printf(&p.out, p.complain, format.Dash, []string{spec + string(conversion), p.constant(arg)})
	default:
		arg = p.constant(arg)
		var none []byte
		wrong := false
		// What is wrong with the number, dash says in more detail; bash's is
		// the long double.
		format.Printf(&none, func(m string) {
			if wrong = !strings.HasSuffix(m, outOfRange); wrong {
				p.complain(m)
			}
		}, format.Dash, []string{"%f", arg})
		format.Printf(&p.out, func(m string) {
			if !wrong {
				p.complain(strings.TrimPrefix(m, "warning: "))
			}
		}, format.Bash, []string{spec + string(conversion), arg})
	}
	p.c.Out.Write(p.out)
}

const outOfRange = ": Numerical result out of range"

// constant looks at a character constant: 'a is its code, and more than one
// character is warned about. A quote alone is no number.
func (p *printer) constant(arg string) string {
	if arg == "" || arg[0] != '\'' && arg[0] != '"' {
		return arg
	}
	switch {
	case len(arg) == 1:
		p.complain(arg + ": expected numeric value")
		return "0"
	case len(arg) > 2:
		p.c.Errorf("warning: %s: character(s) following character constant have been ignored", arg[2:])
	}
	return arg[:2]
}

// complain prints what dash says of a number in coreutils' words.
func (p *printer) complain(message string) {
	p.status = 1
	for _, m := range [...][2]string{
		{": expected numeric value", "expected a numeric value"}, {": not completely converted", "value not completely converted"},
		{outOfRange, outOfRange[2:]},
	} {
		if arg, ok := strings.CutSuffix(message, m[0]); ok {
			p.c.Errorf("%s: %s", call.QuoteArg(arg), m[1])
			return
		}
	}
	p.c.Errorf("%s", message)
}
