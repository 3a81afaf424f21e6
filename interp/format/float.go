package format

import (
	"math"
	"math/big"
	"strconv"
	"strings"
)

// real prints a floating-point number in its field, as printf(3) does.
func (p *printer) real(s spec, r real) {
	prefix := sign(s, r.neg)
	var t string
	switch {
	case r.nan:
		t, s.zero = "nan", false
	case r.inf:
		t, s.zero = "inf", false
	default:
		switch s.conv {
		case 'a', 'A':
			prefix += "0x"
			t = r.hexadecimal(s)
		case 'g', 'G':
			t = r.general(s)
		default:
			prec := s.prec
			if prec < 0 {
				prec = 6
			}
			t = r.digits(s.conv|0x20, prec)
			if s.alt && prec == 0 {
				t = withPoint(t)
			}
		}
	}
	if s.conv < 'a' {
		prefix, t = strings.ToUpper(prefix), strings.ToUpper(t)
	}
	p.pad(s, prefix, t)
}

// digits is the absolute value as %e or %f.
func (r real) digits(conv byte, prec int) string {
	if r.wide != nil {
		return new(big.Float).Abs(r.wide).Text(conv, prec)
	}
	return strconv.FormatFloat(math.Abs(r.f), conv, prec, 64)
}

// withPoint puts the point of the # flag into a number that has none.
func withPoint(t string) string {
	if i := strings.IndexByte(t, 'e'); i >= 0 {
		return t[:i] + "." + t[i:]
	}
	return t + "."
}

// general is %g: %e if the exponent is small or not below the precision, else
// %f; zeros at the end go, unless there is a # flag.
func (r real) general(s spec) string {
	prec := s.prec
	switch {
	case prec < 0:
		prec = 6
	case prec == 0:
		prec = 1
	}
	t := r.digits('e', prec-1)
	at := strings.IndexByte(t, 'e')
	exp, _ := strconv.Atoi(t[at+1:])
	tail := t[at:]
	t = t[:at]
	if exp >= -4 && exp < prec {
		t = r.digits('f', prec-1-exp)
		tail = ""
	}
	point := strings.IndexByte(t, '.') >= 0
	if s.alt {
		if !point {
			t += "."
		}
		return t + tail
	}
	if point {
		t = strings.TrimRight(strings.TrimRight(t, "0"), ".")
	}
	return t + tail
}

// hexadecimal is %a without its 0x: a digit, and the rest of the mantissa
// after the point. A double's digit is 1, a long double's 8 to f.
func (r real) hexadecimal(s spec) string {
	lead, frac, nibbles, exp := r.split()
	switch {
	case s.prec >= 0 && s.prec < nibbles:
		shift := uint(4 * (nibbles - s.prec))
		rest := frac & (1<<shift - 1)
		frac >>= shift
		half := uint64(1) << (shift - 1)
		odd := frac&1 != 0
		if s.prec == 0 {
			odd = lead&1 != 0
		}
		if rest > half || rest == half && odd {
			frac++
			if frac>>(4*uint(s.prec)) != 0 {
				frac = 0
				lead++
			}
		}
		nibbles = s.prec
	case s.prec < 0:
		for nibbles > 0 && frac&15 == 0 {
			frac >>= 4
			nibbles--
		}
	}
	if lead == 16 {
		lead = 1
		exp += 4
	}
	t := strconv.FormatUint(lead, 16)
	if nibbles > 0 || s.alt || s.prec > 0 {
		t += "."
	}
	if nibbles > 0 {
		f := strconv.FormatUint(frac, 16)
		t += strings.Repeat("0", nibbles-len(f)) + f
	}
	if s.prec > nibbles {
		t += strings.Repeat("0", s.prec-nibbles)
	}
	if exp < 0 {
		return t + "p" + strconv.Itoa(exp)
	}
	return t + "p+" + strconv.Itoa(exp)
}

// split gives the leading digit, the rest of the mantissa as so many
// hexadecimal digits, and the exponent of two.
func (r real) split() (lead, frac uint64, nibbles, exp int) {
	if r.wide != nil {
		if r.wide.Sign() == 0 {
			return 0, 0, 15, 0
		}
		var m big.Float
		e := new(big.Float).Abs(r.wide).MantExp(&m)
		bits, _ := m.SetMantExp(&m, 64).Uint64()
		return bits >> 60, bits & (1<<60 - 1), 15, e - 4
	}
	bits := math.Float64bits(math.Abs(r.f))
	frac = bits & (1<<52 - 1)
	switch e := int(bits >> 52); {
	case e != 0:
		return 1, frac, 13, e - 1023
	case frac == 0:
		return 0, 0, 13, 0
	default:
		return 0, frac, 13, -1022
	}
}
