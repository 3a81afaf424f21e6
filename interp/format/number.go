package format

import (
	"math"
	"math/big"
	"strconv"
	"strings"
)

const outOfRange = "Numerical result out of range"

// integer is the next argument as an integer: a C constant, or the code of
// the character after a quote. A signed one comes as its two's complement.
func (p *printer) integer(signed bool) uint64 {
	if len(p.args) == 0 {
		return 0
	}
	s := p.arg()
	if c, ok := character(s); ok {
		return c
	}
	neg, u, end, over := parseUint(s)
	switch {
	case signed && neg && (over || u > 1<<63):
		over, u = true, 1<<63
	case signed && !neg && (over || u > 1<<63-1):
		over, u = true, 1<<63-1
	case over:
		u, neg = math.MaxUint64, false
	}
	p.check(s, end, over, true)
	if neg {
		return -u
	}
	return u
}

// character is 'c or "c: the code of a byte.
func character(s string) (uint64, bool) {
	if s == "" || s[0] != '\'' && s[0] != '"' {
		return 0, false
	}
	if len(s) == 1 {
		return 0, true
	}
	return uint64(s[1]), true
}

// check complains about what of an argument was no number.
func (p *printer) check(s string, end int, over, whole bool) {
	switch {
	case end < len(s) && p.d == Dash && end == 0:
		p.errf(s + ": expected numeric value")
		p.status = 1
	case end < len(s) && p.d == Dash:
		p.errf(s + ": not completely converted")
		p.status = 1
	case end < len(s):
		kind := "number"
		if t := strings.TrimLeft(s, "+-"); whole && len(t) > 1 && t[0] == '0' {
			kind = "octal number"
			if t[1] == 'x' || t[1] == 'X' {
				kind = "hex number"
			}
		}
		p.errf(s + ": invalid " + kind)
		p.status = 1
	case over && p.d == Dash:
		p.errf(s + ": " + outOfRange)
		p.status = 1
	case over:
		p.errf("warning: " + s + ": " + outOfRange)
	}
}

// parseUint is strtoumax(3) with base 0, but for the sign; s[end:] is what
// was not read.
func parseUint(s string) (neg bool, u uint64, end int, over bool) {
	i := space(s)
	if i < len(s) && (s[i] == '-' || s[i] == '+') {
		neg = s[i] == '-'
		i++
	}
	base := uint64(10)
	if i < len(s) && s[i] == '0' {
		base = 8
		if i+2 < len(s) && s[i+1]|0x20 == 'x' && isHex(s[i+2]) {
			base = 16
			i += 2
		}
	}
	start := i
	for ; i < len(s); i++ {
		d := uint64(99)
		switch c := s[i]; {
		case '0' <= c && c <= '9':
			d = uint64(c - '0')
		case isHex(c):
			d = uint64(c|0x20-'a') + 10
		}
		if d >= base {
			break
		}
		if over || u > (math.MaxUint64-d)/base {
			over = true
			continue
		}
		u = u*base + d
	}
	if i == start {
		return false, 0, 0, false
	}
	return neg, u, i, over
}

func space(s string) (i int) {
	for i < len(s) && (s[i] == ' ' || '\t' <= s[i] && s[i] <= '\r') {
		i++
	}
	return i
}

// real is a floating-point number: f in dash, and in bash, which has x86's
// long double, wide.
type real struct {
	neg, inf, nan bool
	f             float64
	wide          *big.Float
}

// float is the next argument as a floating-point number.
func (p *printer) float() real {
	if len(p.args) == 0 {
		return p.exact(0)
	}
	s := p.arg()
	if c, ok := character(s); ok {
		return p.exact(c)
	}
	r, end, over := p.parseReal(s)
	p.check(s, end, over, false)
	return r
}

func (p *printer) exact(n uint64) real {
	if p.d == Bash {
		return real{wide: new(big.Float).SetPrec(64).SetUint64(n)}
	}
	return real{f: float64(n)}
}

// parseReal is strtod(3), or strtold(3) in bash.
func (p *printer) parseReal(s string) (r real, end int, over bool) {
	r = p.exact(0)
	i := space(s)
	if i < len(s) && (s[i] == '-' || s[i] == '+') {
		r.neg = s[i] == '-'
		i++
	}
	switch {
	case hasFold(s[i:], "inf"):
		r.inf = true
		if hasFold(s[i:], "infinity") {
			return r, i + 8, false
		}
		return r, i + 3, false
	case hasFold(s[i:], "nan"):
		r.nan = true
		i += 3
		if i < len(s) && s[i] == '(' {
			j := i + 1
			for j < len(s) && (isAlnum(s[j]) || s[j] == '_') {
				j++
			}
			if j < len(s) && s[j] == ')' {
				i = j + 1
			}
		}
		return r, i, false
	}
	n, text, exp := scanReal(s[i:])
	if n == 0 {
		return p.exact(0), 0, false
	}
	over = p.set(&r, text, exp)
	return r, i + n, over
}

func isAlnum(c byte) bool { return isHex(c) || 'g' <= c|0x20 && c|0x20 <= 'z' }

func hasFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

// scanReal finds the number at the start of s. text is it in Go's syntax, exp
// about where its first digit stands: its power of ten.
func scanReal(s string) (n int, text string, exp int) {
	hex := len(s) > 2 && s[0] == '0' && s[1]|0x20 == 'x' && (isHex(s[2]) || s[2] == '.' && len(s) > 3 && isHex(s[3]))
	i, isDigit, mark := 0, func(c byte) bool { return '0' <= c && c <= '9' }, byte('e')
	if hex {
		i, isDigit, mark = 2, isHex, 'p'
	}
	digits, point, leading, some := 0, 0, true, false
	for ; i < len(s); i++ {
		switch {
		case isDigit(s[i]):
			digits++
			if s[i] != '0' {
				leading, some = false, true
			}
			if point == 0 && !leading {
				exp++
			}
			if point > 0 && leading {
				exp--
			}
			continue
		case s[i] == '.' && point == 0:
			point = 1
			continue
		}
		break
	}
	if digits == 0 {
		return 0, "", 0
	}
	text = s[:i]
	if i < len(s) && s[i]|0x20 == mark {
		j := i + 1
		if j < len(s) && (s[j] == '+' || s[j] == '-') {
			j++
		}
		if k := j; k < len(s) && '0' <= s[k] && s[k] <= '9' {
			for k < len(s) && '0' <= s[k] && s[k] <= '9' {
				k++
			}
			e, err := strconv.Atoi(s[i+1 : k])
			if err != nil || e > 1<<20 || e < -1<<20 {
				e = 1 << 20
				if s[i+1] == '-' {
					e = -e
				}
			}
			if hex {
				e /= 4
			}
			exp += e
			text = s[:k]
			i = k
		}
	}
	if hex && !strings.ContainsAny(text, "pP") {
		text += "p0"
	}
	if !some {
		exp = 0
	}
	return i, text, exp
}

// set gives r the value that text has, and tells whether it is beyond the
// numbers that there are.
func (p *printer) set(r *real, text string, exp int) (over bool) {
	nonzero := strings.ContainsAny(mantissa(text), "123456789abcdefABCDEF")
	if p.d == Dash {
		f, err := strconv.ParseFloat(text, 64)
		r.f = f
		r.inf = math.IsInf(f, 0)
		return err != nil || nonzero && f < 0x1p-1022
	}
	// Far beyond a long double the exact arithmetic would take for ever.
	switch {
	case nonzero && exp > 5000:
		r.inf = true
		return true
	case nonzero && exp < -5000, !nonzero:
		return nonzero
	}
	f, _, err := big.ParseFloat(text, 0, 64, big.ToNearestEven)
	if err != nil {
		return false
	}
	r.wide = f
	if f.MantExp(nil) > 16384 {
		r.inf = true
		return true
	}
	return f.Sign() != 0 && f.MantExp(nil) < -16381
}

// mantissa is text without prefix and exponent.
func mantissa(text string) string {
	if len(text) > 1 && text[1]|0x20 == 'x' {
		t, _, _ := strings.Cut(strings.ToLower(text[2:]), "p")
		return t
	}
	t, _, _ := strings.Cut(strings.ToLower(text), "e")
	return t
}
