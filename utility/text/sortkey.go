package text

import (
	"bytes"
	"math"
	"strconv"
	"strings"
)

// compare orders two lines: by the keys, then by the bytes.
func (s *sorter) compare(a, b []byte) int {
	if d := s.compareKeys(a, b); d != 0 || s.stable || s.unique {
		return d
	}
	d := bytes.Compare(a, b)
	if s.global.reverse {
		return -d
	}
	return d
}

func (s *sorter) compareKeys(a, b []byte) int {
	if len(s.keys) == 0 {
		d := bytes.Compare(a, b)
		if s.global.reverse {
			return -d
		}
		return d
	}
	for i := range s.keys {
		k := &s.keys[i]
		d := k.opts.compare(s.key(k, a), s.key(k, b))
		if k.opts.reverse {
			d = -d
		}
		if d != 0 {
			return d
		}
	}
	return 0
}

func isBlank(b byte) bool { return b == ' ' || b == '\t' || b == '\n' }

func skipBlanks(line []byte, at int) int {
	for at < len(line) && isBlank(line[at]) {
		at++
	}
	return at
}

// word gives the place where a word (from 0) begins: behind its separator, or
// with its leading blanks where there is none.
func (s *sorter) word(line []byte, at, n int) int {
	for ; n > 0 && at < len(line); n-- {
		if s.tab >= 0 {
			i := bytes.IndexByte(line[at:], byte(s.tab))
			if i < 0 {
				return len(line)
			}
			at += i + 1
			continue
		}
		at = skipBlanks(line, at)
		for at < len(line) && !isBlank(line[at]) {
			at++
		}
	}
	return at
}

// key is the part of a line that a key selects.
func (s *sorter) key(k *sortKey, line []byte) []byte {
	from := s.word(line, 0, k.startWord)
	if k.skipStart {
		from = skipBlanks(line, from)
	}
	from = min(len(line), from+k.startChar)
	to := len(line)
	if k.endWord >= 0 {
		to = s.keyEnd(k, line)
	}
	if to < from {
		to = from
	}
	return line[from:to]
}

func (s *sorter) keyEnd(k *sortKey, line []byte) int {
	if k.endChar > 0 {
		at := s.word(line, 0, k.endWord)
		if k.skipEnd {
			at = skipBlanks(line, at)
		}
		return min(len(line), at+k.endChar)
	}
	// Up to the separator that ends the last word.
	if s.tab < 0 {
		return s.word(line, 0, k.endWord)
	}
	at := 0
	for n := k.endWord; n > 0; n-- {
		i := bytes.IndexByte(line[at:], byte(s.tab))
		if i < 0 {
			return len(line)
		}
		if n == 1 {
			return at + i
		}
		at += i + 1
	}
	return at
}

// compare orders two keys.
func (o sortOpts) compare(a, b []byte) int {
	switch {
	case o.numeric:
		return compareNumbers(a, b)
	case o.human:
		return compareHuman(a, b)
	case o.general:
		return compareFloats(a, b)
	case o.month:
		return monthOf(a) - monthOf(b)
	case o.version:
		return compareVersions(string(o.filter(a)), string(o.filter(b)))
	}
	if o.fold || o.dictionary || o.printable {
		return bytes.Compare(o.filter(a), o.filter(b))
	}
	return bytes.Compare(a, b)
}

// filter drops what -d and -i ignore, and applies -f.
func (o sortOpts) filter(b []byte) []byte {
	if !o.fold && !o.dictionary && !o.printable {
		return b
	}
	out := make([]byte, 0, len(b))
	for _, c := range b {
		alnum := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
		if o.dictionary && !alnum && !isBlank(c) {
			continue
		}
		if o.printable && !o.dictionary && (c < ' ' || c >= 0x7f) {
			continue
		}
		if o.fold && c >= 'a' && c <= 'z' {
			c -= 32
		}
		out = append(out, c)
	}
	return out
}

// decimal is a number as -n reads it: sign, digits before and behind the
// point without zeros that do not count.
type decimal struct {
	neg         bool
	whole, frac string
	rest        []byte
}

func readDecimal(b []byte) decimal {
	b = b[skipBlanks(b, 0):]
	var d decimal
	if len(b) > 0 && b[0] == '-' {
		d.neg = true
		b = b[1:]
	}
	i := 0
	for i < len(b) && isDigit(int(b[i])) {
		i++
	}
	d.whole = strings.TrimLeft(string(b[:i]), "0")
	b = b[i:]
	if len(b) > 0 && b[0] == '.' {
		i = 1
		for i < len(b) && isDigit(int(b[i])) {
			i++
		}
		d.frac = strings.TrimRight(string(b[1:i]), "0")
		b = b[i:]
	}
	d.rest = b
	if d.whole == "" && d.frac == "" {
		d.neg = false
	}
	return d
}

func (d decimal) compare(e decimal) int {
	if d.neg != e.neg {
		if d.neg {
			return -1
		}
		return 1
	}
	c := len(d.whole) - len(e.whole)
	if c == 0 {
		c = strings.Compare(d.whole, e.whole)
	}
	if c == 0 {
		c = strings.Compare(d.frac, e.frac)
	}
	if d.neg {
		return -c
	}
	return c
}

func compareNumbers(a, b []byte) int { return readDecimal(a).compare(readDecimal(b)) }

// compareHuman orders by the suffix first, as -h does, for numbers that have
// a sign in common.
func compareHuman(a, b []byte) int {
	d, e := readDecimal(a), readDecimal(b)
	if c := humanUnit(d) - humanUnit(e); c != 0 {
		return c
	}
	return d.compare(e)
}

func humanUnit(d decimal) int {
	if d.whole == "" && d.frac == "" || len(d.rest) == 0 {
		return 0
	}
	n := 0
	if d.rest[0] == 'k' {
		n = 1
	} else {
		n = strings.IndexByte("KMGTPEZY", d.rest[0]) + 1
	}
	if d.neg {
		return -n
	}
	return n
}

// compareFloats is -g: no number first, then NaN, then by value.
func compareFloats(a, b []byte) int {
	x, okx := leadingFloat(a)
	y, oky := leadingFloat(b)
	rank := func(v float64, ok bool) int {
		switch {
		case !ok:
			return 0
		case math.IsNaN(v):
			return 1
		}
		return 2
	}
	if d := rank(x, okx) - rank(y, oky); d != 0 {
		return d
	}
	switch {
	case x < y:
		return -1
	case x > y:
		return 1
	}
	return 0
}

// leadingFloat is strtold(3): the longest beginning that is a number.
func leadingFloat(b []byte) (float64, bool) {
	s := strings.TrimLeft(string(b), " \t\n\v\f\r")
	for n := len(s); n > 0; n-- {
		if strings.IndexByte(s[:n], '_') >= 0 {
			continue
		}
		if v, err := strconv.ParseFloat(s[:n], 64); err == nil || math.IsInf(v, 0) {
			return v, true
		}
	}
	return 0, false
}

func monthOf(b []byte) int {
	b = b[skipBlanks(b, 0):]
	if len(b) < 3 {
		return 0
	}
	i := strings.Index("JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC", strings.ToUpper(string(b[:3])))
	if i < 0 || i%3 != 0 {
		return 0
	}
	return i/3 + 1
}

// compareVersions is gnulib's filevercmp.
func compareVersions(a, b string) int {
	if a == "" || b == "" {
		return len(a) - len(b)
	}
	for _, dot := range []string{".", ".."} {
		if a == dot || b == dot {
			switch {
			case a == b:
				return 0
			case a == dot:
				return -1
			}
			return 1
		}
	}
	if ad, bd := a[0] == '.', b[0] == '.'; ad != bd {
		if ad {
			return -1
		}
		return 1
	} else if ad {
		a, b = a[1:], b[1:]
	}
	pa, pb := a[:versionPrefix(a)], b[:versionPrefix(b)]
	if d := versionOrder(pa, pb); d != 0 {
		return d
	}
	return versionOrder(a, b)
}

// versionPrefix is the length of a name without its suffixes such as .tar.gz.
func versionPrefix(s string) int {
	prefix := 0
	for i := 0; i < len(s); {
		i++
		prefix = i
		for i+1 < len(s) && s[i] == '.' && (isAlpha(s[i+1]) || s[i+1] == '~') {
			for i += 2; i < len(s) && (isAlpha(s[i]) || isDigit(int(s[i])) || s[i] == '~'); i++ {
			}
		}
	}
	return prefix
}

func isAlpha(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

// versionOrder compares runs of other bytes and of digits in turn, as dpkg
// does.
func versionOrder(a, b string) int {
	order := func(s string, i int) int {
		switch {
		case i >= len(s):
			return -1
		case isDigit(int(s[i])):
			return 0
		case isAlpha(s[i]):
			return int(s[i])
		case s[i] == '~':
			return -2
		}
		return int(s[i]) + 256
	}
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		for i < len(a) && !isDigit(int(a[i])) || j < len(b) && !isDigit(int(b[j])) {
			if d := order(a, i) - order(b, j); d != 0 {
				return d
			}
			i++
			j++
		}
		for i < len(a) && a[i] == '0' {
			i++
		}
		for j < len(b) && b[j] == '0' {
			j++
		}
		first := 0
		for i < len(a) && j < len(b) && isDigit(int(a[i])) && isDigit(int(b[j])) {
			if first == 0 {
				first = int(a[i]) - int(b[j])
			}
			i++
			j++
		}
		switch {
		case i < len(a) && isDigit(int(a[i])):
			return 1
		case j < len(b) && isDigit(int(b[j])):
			return -1
		case first != 0:
			return first
		}
	}
	return 0
}
