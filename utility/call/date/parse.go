package date

import (
	"strconv"
	"strings"
	"time"
)

// token is one word, number or other character of a date.
type token struct {
	text   string // a word's letters, or a number's digits without the sign
	sign   byte   // '+' or '-' before a number, or 0
	frac   string // the digits behind the point
	number bool
}

// maxDate is the longest text that is read: more is no date.
const maxDate = 1000

// tokens takes a text apart. A minus that no digit follows is passed over, and
// what stands in parentheses is a comment.
func tokens(s string) (out []token, ok bool) {
	depth := 0
	for i := 0; i < len(s); {
		ch := s[i]
		switch {
		case ch == '(':
			depth++
			i++
		case ch == ')' && depth > 0:
			depth--
			i++
		case depth > 0 || ch == ' ' || ch >= '\t' && ch <= '\r':
			i++
		case digit(ch) || ch == '+' || ch == '-':
			t := token{number: true}
			if !digit(ch) {
				t.sign = ch
				for i++; i < len(s) && (s[i] == ' ' || s[i] >= '\t' && s[i] <= '\r'); i++ {
				}
				if i == len(s) || !digit(s[i]) {
					continue
				}
			}
			start := i
			for i < len(s) && digit(s[i]) {
				i++
			}
			if t.text = s[start:i]; len(t.text) > 18 {
				return nil, false
			}
			if i+1 < len(s) && (s[i] == '.' || s[i] == ',') && digit(s[i+1]) {
				start = i + 1
				for i++; i < len(s) && digit(s[i]); i++ {
				}
				t.frac = s[start:i]
			}
			out = append(out, t)
		case letter(ch):
			start := i
			for i < len(s) && (letter(s[i]) || s[i] == '.') {
				i++
			}
			out = append(out, token{text: s[start:i]})
		default:
			out = append(out, token{text: s[i : i+1]})
			i++
		}
	}
	return out, true
}

func digit(c byte) bool  { return c >= '0' && c <= '9' }
func letter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// reader is a date being read, item by item.
type reader struct {
	base time.Time
	rest []token

	year, month, day, yearDigits int
	hour, minute, second, nano   int
	meridian                     int // 0 am, 12 pm, or 24
	weekday, ordinal             int
	zone                         *time.Location
	localName                    string

	dates, times, days, zones, rels int
	rel                             [unitYear + 1]int64
}

// Parse reads a date as GNU's programs do (parse_datetime: the manual of
// coreutils, "Date input formats"): @SECONDS, ISO 8601, "2 days ago", "next
// monday", "Jan 2 2026 3:04 pm CET" and the like. base is the time that
// relative words count from, in the local zone. It knows less than GNU's
// (TZ="…" in front, the military zones): ok is false for the rest, and for
// what is no date.
func Parse(s string, base time.Time) (t time.Time, ok bool) {
	s = strings.Trim(s, " \t\n\v\f\r")
	if sec, found := strings.CutPrefix(s, "@"); found {
		return parseSeconds(sec)
	}
	if len(s) > maxDate {
		return time.Time{}, false
	}
	r := &reader{base: base, meridian: 24}
	if r.rest, ok = tokens(s); !ok {
		return time.Time{}, false
	}
	for len(r.rest) > 0 {
		if !r.item() {
			return time.Time{}, false
		}
	}
	return r.result()
}

// Invalid reports whether a text that Parse did not read is no date for GNU's
// programs either: it has a word that they do not know.
func Invalid(s string) bool {
	if strings.HasPrefix(s, "TZ=") {
		return false
	}
	list, ok := tokens(s)
	if !ok {
		return false
	}
	for _, t := range list {
		if t.number || len(t.text) < 2 || !letter(t.text[0]) {
			continue
		}
		// An abbreviation may be that of the local zone.
		if k, _, _ := word(t.text); k == wordUnknown && (len(t.text) > 6 || strings.ToLower(t.text) == t.text) {
			return true
		}
	}
	return false
}

func parseSeconds(s string) (time.Time, bool) {
	whole, frac, dotted := strings.Cut(s, ".")
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil || dotted && strings.Trim(frac, "0123456789") != "" {
		return time.Time{}, false
	}
	ns, _ := strconv.Atoi((frac + "000000000")[:9])
	if strings.HasPrefix(whole, "-") {
		ns = -ns
	}
	return time.Unix(n, int64(ns)), true
}

// at is the token at i: its kind, and the number that it is.
func (r *reader) at(i int) token {
	if i < len(r.rest) {
		return r.rest[i]
	}
	return token{}
}

func (r *reader) is(i int, k kind) bool {
	t := r.at(i)
	if t.number || t.text == "" {
		return false
	}
	got, _, _ := word(t.text)
	return got == k
}

func (r *reader) unsigned(i int) bool { t := r.at(i); return t.number && t.sign == 0 && t.frac == "" }
func (r *reader) signed(i int) bool   { t := r.at(i); return t.number && t.sign != 0 && t.frac == "" }

// minus tells that a token is a number behind a dash.
func (r *reader) minus(i int) bool { return r.signed(i) && r.at(i).sign == '-' }

func (r *reader) value(i int) int {
	n, _ := strconv.Atoi(r.at(i).text)
	return n
}

func (r *reader) take(n int) { r.rest = r.rest[n:] }

// item reads one item.
func (r *reader) item() bool {
	if t := r.at(0); t.number {
		return r.numberItem(t)
	}
	text := r.rest[0].text
	k, n, times := word(text)
	if (k != wordZone || n != 0) && r.local(text) {
		return true
	}
	switch k {
	case wordMonth:
		return r.monthItem(n)
	case wordDay:
		r.take(1)
		if r.at(0).text == "," {
			r.take(1)
		}
		r.days++
		r.weekday = n
	case wordOrdinal:
		switch {
		case r.is(1, wordDay):
			_, r.weekday, _ = word(r.at(1).text)
			r.ordinal = n
			r.days++
			r.take(2)
		case r.is(1, wordUnit):
			_, u, times := word(r.at(1).text)
			r.take(2)
			r.relative(u, int64(n)*int64(times))
		default:
			return false
		}
	case wordUnit:
		r.take(1)
		r.relative(n, int64(times))
	case wordShift:
		r.take(1)
		r.relative(unitDay, int64(n))
	case wordZone:
		r.take(1)
		r.zones++
		if r.signed(0) && n == 0 && !r.is(1, wordUnit) {
			return r.offset()
		}
		if r.is(0, wordDST) {
			r.take(1)
			n += 60
		}
		r.zone = time.FixedZone("", n*60)
	case wordT:
		// The letter between an ISO date and its time.
		if r.dates == 0 || r.times > 0 || !r.unsigned(1) || r.at(2).text != ":" && !r.signed(2) {
			return false
		}
		r.take(1)
	default:
		return false
	}
	return true
}

// local takes a word that is the local zone's abbreviation, now or in another
// season: the time must then have that one.
func (r *reader) local(text string) bool {
	for quarter := range 4 {
		name, _ := r.base.AddDate(0, 3*quarter, 0).Zone()
		if len(text) > 1 && strings.EqualFold(text, name) {
			r.take(1)
			r.zones++
			r.localName = name
			return true
		}
	}
	return false
}

// relative notes n of a unit; "ago" behind it turns it round.
func (r *reader) relative(unit int, n int64) {
	if r.is(0, wordAgo) {
		_, sign, _ := word(r.at(0).text)
		n *= int64(sign)
		r.take(1)
	}
	r.rels++
	r.rel[unit] += n
}

// monthItem reads what begins with a month: Jan 2, Jan 2, 2006, Jan-2-2006.
func (r *reader) monthItem(month int) bool {
	r.dates++
	r.month = month
	switch {
	case r.minus(1) && r.minus(2):
		r.day = r.value(1)
		r.setYear(2)
		r.take(3)
	case r.unsigned(1) && r.at(2).text == "," && r.unsigned(3):
		r.day = r.value(1)
		r.setYear(3)
		r.take(4)
	case r.unsigned(1) && r.at(2).text != ":":
		r.day = r.value(1)
		r.take(2)
	default:
		return false
	}
	return true
}

func (r *reader) setYear(i int) {
	r.year, r.yearDigits = r.value(i), len(r.at(i).text)
}
