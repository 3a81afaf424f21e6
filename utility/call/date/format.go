package date

import (
	"strconv"
	"strings"
	"time"
)

// maxWidth bounds a field, so that a format cannot ask for all the memory.
const maxWidth = 1 << 16

// spec is one conversion specification of strftime(3) with GNU's flags.
type spec struct {
	pad         byte // '-', '_', '0', '+', or 0 for the conversion's own
	width       int  // -1 is none
	upper, swap bool
	colons      int
	modifier    byte // E, O or 0
	year        byte // the padding that years have in %D and the like
	conversion  byte
}

// Format appends t as GNU's date prints it for a format: strftime(3) with %N,
// %q, %:z, the flags - _ 0 + ^ # and a width, in the C locale. What is no
// conversion is copied.
func Format(out []byte, format string, t time.Time) []byte {
	return appendFormat(out, format, t, false, 0)
}

func appendFormat(out []byte, format string, t time.Time, upper bool, year byte) []byte {
	for {
		i := strings.IndexByte(format, '%')
		if i < 0 {
			return append(out, format...)
		}
		out = append(out, format[:i]...)
		format = format[i:]
		s, n := readSpec(format)
		s.upper = s.upper || upper
		s.year = year
		end, ok := s.append(out, t)
		if !ok {
			if s.colons > 0 && s.width >= 0 {
				// GNU's does not count a colon.
				s.width++
			}
			end = s.text(out, format[:n])
		}
		out, format = end, format[n:]
	}
}

// readSpec reads the specification at the start of f, and says how long it is.
func readSpec(f string) (s spec, n int) {
	s.width = -1
	i := 1
	for ; i < len(f) && strings.IndexByte("_-+0^#", f[i]) >= 0; i++ {
		switch f[i] {
		case '^':
			s.upper = true
		case '#':
			s.swap = true
		default:
			s.pad = f[i]
		}
	}
	start := i
	for i < len(f) && digit(f[i]) {
		i++
	}
	if i > start {
		w, err := strconv.Atoi(f[start:i])
		if err != nil || w > maxWidth {
			w = maxWidth
		}
		s.width = w
	}
	if i < len(f) && (f[i] == 'E' || f[i] == 'O') {
		s.modifier = f[i]
		i++
	}
	for i < len(f) && f[i] == ':' {
		s.colons++
		i++
	}
	if i < len(f) {
		s.conversion = f[i]
		i++
	}
	return s, i
}

// allowed tells whether the conversion may have its modifier and colons.
func (s *spec) allowed() bool {
	switch {
	case s.colons > 0 && (s.conversion != 'z' || s.colons > 3 || s.modifier != 0):
		return false
	case s.conversion == '%':
		return s.modifier == 0 && s.pad == 0 && s.width < 0 && !s.upper && !s.swap
	case s.modifier == 'E':
		return strings.IndexByte("cCxXyYPRTZnpqrstuz", s.conversion) >= 0
	case s.modifier == 'O':
		return strings.IndexByte("BbhCdegGHIklmMSuUVwWyNPRTZjnprstz", s.conversion) >= 0
	}
	return true
}

// append prints one conversion; ok is false if there is none of its name.
func (s *spec) append(out []byte, t time.Time) (end []byte, ok bool) {
	if !s.allowed() {
		return out, false
	}
	switch s.conversion {
	case 'a', 'A', 'b', 'B', 'h', 'p', 'P', 'Z', 'n', 't', '%':
		return s.text(out, s.name(t)), true
	case 'c', 'D', 'r', 'R', 'T', 'x', 'X', 'F':
		return s.composite(out, t), true
	case 'z':
		return s.zone(out, t), true
	case 'N':
		return s.fraction(out, t.Nanosecond()), true
	}
	hour12 := (t.Hour()+11)%12 + 1
	isoYear, isoWeek := t.ISOWeek()
	yearDay := t.YearDay() - 1
	weekday := int(t.Weekday())
	switch s.conversion {
	case 'C':
		return s.yearish(out, 2, century(t.Year()), t.Year() < 0), true
	case 'd':
		return s.number(out, 2, int64(t.Day()), '0'), true
	case 'e':
		return s.number(out, 2, int64(t.Day()), '_'), true
	case 'g':
		return s.yearish(out, 2, inCentury(isoYear), false), true
	case 'G':
		return s.yearish(out, 4, isoYear, isoYear < 0), true
	case 'H':
		return s.number(out, 2, int64(t.Hour()), '0'), true
	case 'I':
		return s.number(out, 2, int64(hour12), '0'), true
	case 'j':
		return s.number(out, 3, int64(yearDay+1), '0'), true
	case 'k':
		return s.number(out, 2, int64(t.Hour()), '_'), true
	case 'l':
		return s.number(out, 2, int64(hour12), '_'), true
	case 'm':
		return s.number(out, 2, int64(t.Month()), '0'), true
	case 'M':
		return s.number(out, 2, int64(t.Minute()), '0'), true
	case 'q':
		return s.number(out, 1, int64(t.Month()-1)/3+1, '0'), true
	case 's':
		return s.number(out, 1, t.Unix(), '0'), true
	case 'S':
		return s.number(out, 2, int64(t.Second()), '0'), true
	case 'u':
		return s.number(out, 1, int64(weekday+6)%7+1, '0'), true
	case 'U':
		return s.number(out, 2, int64(yearDay-weekday+7)/7, '0'), true
	case 'V':
		return s.number(out, 2, int64(isoWeek), '0'), true
	case 'w':
		return s.number(out, 1, int64(weekday), '0'), true
	case 'W':
		return s.number(out, 2, int64(yearDay-(weekday+6)%7+7)/7, '0'), true
	case 'y':
		return s.yearish(out, 2, inCentury(t.Year()), false), true
	case 'Y':
		return s.yearish(out, 4, t.Year(), t.Year() < 0), true
	}
	return out, false
}

// century and inCentury split a year as GNU's %C and %y do.
func century(year int) int { return year / 100 }

func inCentury(year int) int {
	if year %= 100; year < 0 {
		return -year
	}
	return year
}

// name is the text of a conversion that is no number.
func (s *spec) name(t time.Time) string {
	half := "AM"
	if t.Hour() >= 12 {
		half = "PM"
	}
	switch s.conversion {
	case 'a':
		s.upper = s.upper || s.swap
		return t.Weekday().String()[:3]
	case 'A':
		s.upper = s.upper || s.swap
		return t.Weekday().String()
	case 'b', 'h':
		s.upper = s.upper || s.swap
		return t.Month().String()[:3]
	case 'B':
		s.upper = s.upper || s.swap
		return t.Month().String()
	case 'p':
		if s.swap {
			s.upper = false
			return strings.ToLower(half)
		}
		return half
	case 'P':
		s.upper = false
		return strings.ToLower(half)
	case 'Z':
		z, _ := t.Zone()
		if s.swap {
			s.upper = false
			return strings.ToLower(z)
		}
		return z
	case 'n':
		return "\n"
	case 't':
		return "\t"
	}
	return "%"
}

// text appends a text in its field.
func (s *spec) text(out []byte, text string) []byte {
	if s.upper {
		text = strings.ToUpper(text)
	}
	fill := byte(' ')
	if s.pad == '0' || s.pad == '+' {
		fill = '0'
	}
	if s.pad != '-' {
		out = repeat(out, fill, s.width-len(text))
	}
	return append(out, text...)
}

func repeat(out []byte, c byte, n int) []byte {
	for ; n > 0; n-- {
		out = append(out, c)
	}
	return out
}

// composite is a conversion that stands for others. The padding of %D is handed down
// to its year.
func (s *spec) composite(out []byte, t time.Time) []byte {
	format := "%H:%M:%S"
	switch s.conversion {
	case 'c':
		// The C library's own, whose year has no zeros before it.
		format = "%a %b %e %H:%M:%S %-Y"
	case 'D', 'x':
		format = "%m/%d/%y"
	case 'r':
		format = "%I:%M:%S %p"
	case 'R':
		format = "%H:%M"
	case 'F':
		year := spec{pad: '+', width: 4, conversion: 'Y'}
		if s.pad != 0 || s.width >= 0 {
			year.pad, year.width = s.pad, max(s.width-len("-01-02"), 0)
		}
		out, _ = year.append(out, t)
		return appendFormat(out, "-%m-%d", t, false, 0)
	}
	year := byte(0)
	if s.conversion == 'D' {
		year = s.pad
	}
	return s.text(out, string(appendFormat(nil, format, t, s.upper, year)))
}

// number appends a number of at least digits digits, unless a width or the
// flag - says otherwise.
func (s *spec) number(out []byte, digits int, n int64, pad byte) []byte {
	sign := byte(0)
	u := uint64(n)
	if n < 0 {
		sign, u = '-', -u
	}
	return s.digits(out, digits, sign, strconv.FormatUint(u, 10), pad)
}

// yearish is a number that the flag + gives a sign if it is larger, or its
// field is, than usual.
func (s *spec) yearish(out []byte, digits, n int, negative bool) []byte {
	if s.pad == 0 {
		s.pad = s.year
	}
	if s.pad == 0 && s.modifier != 0 && strings.IndexByte("CGY", s.conversion) >= 0 {
		// What has a modifier is left to the C library, which adds no zeros.
		s.pad = '-'
	}
	sign := byte(0)
	limit := 9999
	if digits == 2 {
		limit = 99
	}
	switch {
	case negative:
		sign = '-'
		n = -n
	case s.pad == '+' && (n > limit || s.width > digits):
		sign = '+'
	}
	return s.digits(out, digits, sign, strconv.Itoa(n), '0')
}

func (s *spec) digits(out []byte, width int, sign byte, text string, pad byte) []byte {
	if s.pad != 0 {
		pad = s.pad
	}
	if s.width >= 0 {
		width = s.width
	}
	fill := width - len(text)
	if sign != 0 {
		fill--
	}
	if pad == '_' {
		out = repeat(out, ' ', fill)
	}
	if sign != 0 {
		out = append(out, sign)
	}
	if pad == '0' || pad == '+' {
		out = repeat(out, '0', fill)
	}
	return append(out, text...)
}

// zone is %z, %:z, %::z and %:::z, whose least digits the last finds itself.
func (s *spec) zone(out []byte, t time.Time) []byte {
	_, offset := t.Zone()
	sign := byte('+')
	if offset < 0 {
		sign, offset = '-', -offset
	}
	hours, minutes, seconds := offset/3600, offset/60%60, offset%60
	colons := s.colons
	if colons == 3 {
		switch {
		case seconds != 0:
			colons = 2
		case minutes != 0:
			colons = 1
		}
	}
	two := func(n int) string { return string([]byte{'0' + byte(n/10), '0' + byte(n%10)}) }
	switch colons {
	case 0:
		return s.digits(out, 5, sign, strconv.Itoa(hours*100+minutes), '0')
	case 1:
		return s.digits(out, 6, sign, strconv.Itoa(hours)+":"+two(minutes), '0')
	case 2:
		return s.digits(out, 9, sign, strconv.Itoa(hours)+":"+two(minutes)+":"+two(seconds), '0')
	}
	return s.digits(out, 3, sign, strconv.Itoa(hours), '0')
}

// fraction is %N: the width says how many digits of the nanoseconds; the
// flags - and _ take zeros at the end away.
func (s *spec) fraction(out []byte, ns int) []byte {
	text := strconv.Itoa(1_000_000_000 + ns)[1:]
	width := s.width
	if width <= 0 {
		width = len(text)
	}
	text = text[:min(width, len(text))]
	if s.pad == '-' && s.width > 0 || s.pad == '_' {
		short := strings.TrimRight(text, "0")
		if short == "" {
			short = "0"
		}
		out = append(out, short...)
		if s.pad == '_' {
			out = repeat(out, ' ', width-len(short))
		}
		return out
	}
	return repeat(append(out, text...), '0', width-len(text))
}
