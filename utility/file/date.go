package file

import (
	"strconv"
	"strings"
	"time"
)

// parseStamp reads touch -t's [[CC]YY]MMDDhhmm[.ss].
func parseStamp(s string, now time.Time) (time.Time, bool) {
	digits, sec, dotted := strings.Cut(s, ".")
	second := 0
	if dotted {
		var err error
		if second, err = strconv.Atoi(sec); err != nil || len(sec) != 2 || second > 60 {
			return time.Time{}, false
		}
	}
	for _, r := range digits {
		if r < '0' || r > '9' {
			return time.Time{}, false
		}
	}
	year := now.Year()
	switch len(digits) {
	case 8:
	case 10:
		year, _ = strconv.Atoi(digits[:2])
		if year += 1900; year < 1969 {
			year += 100
		}
		digits = digits[2:]
	case 12:
		year, _ = strconv.Atoi(digits[:4])
		digits = digits[4:]
	default:
		return time.Time{}, false
	}
	two := func(i int) int { n, _ := strconv.Atoi(digits[i : i+2]); return n }
	month, day, hour, minute := two(0), two(2), two(4), two(6)
	t := time.Date(year, time.Month(month), day, hour, minute, min(second, 59), 0, now.Location())
	if int(t.Month()) != month || t.Day() != day || hour > 23 || minute > 59 {
		return time.Time{}, false
	}
	if second == 60 {
		t = t.Add(time.Second)
	}
	return t, true
}

// dateForms are the spellings of a whole date and time that parseDate knows
// beside those that it reads word by word.
func dateForms() []string {
	return []string{
		"2006-01-02T15:04:05Z07:00", "2006-01-02T15:04:05",
		"Mon Jan _2 15:04:05 2006", "Mon Jan _2 15:04:05 MST 2006", "Mon, 02 Jan 2006 15:04:05 -0700", "Mon, 2 Jan 2006 15:04:05 -0700",
		"2 Jan 2006", "Jan 2 2006", "2 Jan 2006 15:04:05", "Jan 2 2006 15:04:05", "2 Jan 2006 15:04", "Jan 2, 2006",
	}
}

// parseDate reads the dates that scripts give to GNU's utilities: @SECONDS,
// ISO 8601 dates and times with a zone, now, yesterday, tomorrow, "2 days
// ago", "+1 hour", and a few usual forms. It knows less than GNU's: ok is
// false for the rest. base is the time that relative words count from, in the
// local zone.
func parseDate(s string, base time.Time) (t time.Time, ok bool) {
	s = strings.TrimSpace(s)
	if sec, found := strings.CutPrefix(s, "@"); found {
		return parseSeconds(sec)
	}
	for _, f := range dateForms() {
		if strings.HasSuffix(f, "MST 2006") && !strings.Contains(s, " UTC ") {
			continue
		}
		if t, err := time.ParseInLocation(f, s, base.Location()); err == nil {
			return t, true
		}
	}
	d := dateReader{t: base, words: strings.Fields(s)}
	for len(d.words) > 0 {
		if !d.next() {
			return time.Time{}, false
		}
	}
	if d.dated && !d.timed {
		y, m, day := d.t.Date()
		d.t = time.Date(y, m, day, 0, 0, 0, 0, d.t.Location())
	}
	if d.zone != nil {
		y, m, day := d.t.Date()
		d.t = time.Date(y, m, day, d.t.Hour(), d.t.Minute(), d.t.Second(), d.t.Nanosecond(), d.zone)
	}
	return d.t.AddDate(d.years, d.months, d.days).Add(d.plus), true
}

func parseSeconds(s string) (time.Time, bool) {
	whole, frac, _ := strings.Cut(s, ".")
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil {
		return time.Time{}, false
	}
	ns := 0
	if frac != "" {
		if ns, err = strconv.Atoi((frac + "000000000")[:9]); err != nil {
			return time.Time{}, false
		}
	}
	if strings.HasPrefix(whole, "-") {
		ns = -ns
	}
	return time.Unix(n, int64(ns)), true
}

// dateReader is a date being read, word by word.
type dateReader struct {
	t                   time.Time
	words               []string
	dated, timed        bool
	zone                *time.Location
	years, months, days int
	plus                time.Duration
}

func (d *dateReader) next() bool {
	w := strings.ToLower(d.words[0])
	d.words = d.words[1:]
	switch w {
	case "now", "today":
		return true
	case "yesterday":
		d.days--
		return true
	case "tomorrow":
		d.days++
		return true
	case "utc", "gmt", "z":
		d.zone = time.UTC
		return d.timed || d.dated
	}
	if t, err := time.Parse("2006-01-02", strings.ReplaceAll(w, "/", "-")); err == nil && !d.dated {
		y, m, day := t.Date()
		d.t = time.Date(y, m, day, d.t.Hour(), d.t.Minute(), d.t.Second(), d.t.Nanosecond(), d.t.Location())
		d.dated = true
		return true
	}
	if d.clock(w) {
		return true
	}
	if z, err := time.Parse("-0700", w); err == nil && d.timed && d.zone == nil {
		d.zone = z.Location()
		return true
	}
	return d.offset(w)
}

// clock reads 15:04[:05[.000]] and a zone that is joined to it.
func (d *dateReader) clock(w string) bool {
	if d.timed {
		return false
	}
	w = strings.ToUpper(w)
	for _, f := range [...]string{"15:04", "15:04:05", "15:04Z07:00", "15:04:05Z07:00", "15:04:05-0700"} {
		t, err := time.Parse(f, w)
		if err != nil {
			continue
		}
		if len(f) > 8 {
			d.zone = t.Location()
		}
		y, m, day := d.t.Date()
		d.t = time.Date(y, m, day, t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), d.t.Location())
		d.timed = true
		return true
	}
	return false
}

// offset reads "2 days [ago]", "+1 hour", "-3 min".
func (d *dateReader) offset(w string) bool {
	digits := strings.TrimLeft(w, "+-")
	if len(digits) < len(w) && d.timed && d.zone == nil {
		// Behind a time that is a zone for the original: 12:00 +2.
		return false
	}
	i := 0
	for i < len(digits) && digits[i] >= '0' && digits[i] <= '9' {
		i++
	}
	n, err := strconv.Atoi(digits[:i])
	unit := digits[i:]
	if err != nil || len(w)-len(digits) > 1 {
		return false
	}
	if w[0] == '-' {
		n = -n
	}
	if unit == "" {
		if len(d.words) == 0 {
			return false
		}
		unit = strings.ToLower(d.words[0])
		d.words = d.words[1:]
	}
	if len(d.words) > 0 && strings.EqualFold(d.words[0], "ago") {
		n = -n
		d.words = d.words[1:]
	}
	switch strings.TrimSuffix(unit, "s") {
	case "sec", "second":
		d.plus += time.Duration(n) * time.Second
	case "min", "minute":
		d.plus += time.Duration(n) * time.Minute
	case "hour":
		d.plus += time.Duration(n) * time.Hour
	case "day":
		d.days += n
	case "week":
		d.days += 7 * n
	case "fortnight":
		d.days += 14 * n
	case "month":
		d.months += n
	case "year":
		d.years += n
	default:
		return false
	}
	return true
}
