package date

import (
	"strconv"
	"time"
)

// numberItem reads an item that begins with a number.
func (r *reader) numberItem(t token) bool {
	if r.is(1, wordUnit) {
		if t.frac != "" {
			return r.fraction(t)
		}
		n := int64(r.value(0))
		if t.sign == '-' {
			n = -n
		}
		_, u, times := word(r.at(1).text)
		r.take(2)
		r.relative(u, n*int64(times))
		return true
	}
	if t.sign != 0 || t.frac != "" {
		return false
	}
	switch {
	case r.at(1).text == ":":
		return r.clock()
	case r.is(1, wordMeridian):
		r.times++
		r.hour, r.minute, r.second, r.nano = r.value(0), 0, 0, 0
		_, r.meridian, _ = word(r.at(1).text)
		r.take(2)
	case r.at(1).text == "/" && r.unsigned(2):
		return r.slashes()
	case r.minus(1) && r.minus(2):
		r.dates++
		r.setYear(0)
		r.month, r.day = r.value(1), r.value(2)
		r.take(3)
	case r.is(1, wordMonth):
		r.dates++
		r.day = r.value(0)
		_, r.month, _ = word(r.at(1).text)
		switch {
		case r.minus(2), r.unsigned(2):
			r.setYear(2)
			r.take(3)
		default:
			r.take(2)
		}
	case r.is(1, wordDay):
		r.days++
		r.ordinal = r.value(0)
		_, r.weekday, _ = word(r.at(1).text)
		r.take(2)
	case r.times == 0 && r.dates > 0 && len(t.text) <= 2 && r.signed(1) && !r.is(2, wordUnit):
		// An ISO time of hours alone, with a zone.
		r.times++
		r.hour, r.minute, r.second = r.value(0), 0, 0
		r.take(1)
		r.zones++
		return r.offset()
	default:
		r.plainNumber(t)
	}
	return true
}

// fraction reads "1.5 seconds"; no other unit has fractions.
func (r *reader) fraction(t token) bool {
	_, u, _ := word(r.at(1).text)
	if u != unitSecond {
		return false
	}
	n := int64(r.value(0))
	ns, _ := strconv.Atoi((t.frac + "000000000")[:9])
	r.take(2)
	d := int64(ns)
	if t.sign == '-' {
		n, d = -n, -d
	}
	if r.is(0, wordAgo) {
		d = -d
	}
	r.relative(unitSecond, n)
	r.nano += int(d)
	return true
}

// clock reads 15:04[:05[.000]], with am or pm or a zone behind it.
func (r *reader) clock() bool {
	if !r.unsigned(2) && !(r.at(2).number && r.at(3).text != ":") {
		return false
	}
	r.times++
	r.hour, r.minute, r.second, r.nano = r.value(0), r.value(2), 0, 0
	if r.at(2).frac != "" || r.at(2).sign != 0 {
		return false
	}
	r.take(3)
	if r.at(0).text == ":" {
		t := r.at(1)
		if !t.number || t.sign != 0 {
			return false
		}
		r.second = r.value(1)
		r.nano, _ = strconv.Atoi((t.frac + "000000000")[:9])
		r.take(2)
	}
	switch {
	case r.is(0, wordMeridian):
		_, r.meridian, _ = word(r.at(0).text)
		r.take(1)
	case r.signed(0):
		// A signed number behind a time is a zone, even in "12:00 +2 days".
		r.zones++
		return r.offset()
	}
	return r.minute < 60 && r.second < 60
}

// offset reads a zone as +0100, +01:00 or +1.
func (r *reader) offset() bool {
	t := r.at(0)
	n := r.value(0)
	minutes := n/100*60 + n%100
	if len(t.text) <= 2 {
		minutes = n * 60
	}
	r.take(1)
	if r.at(0).text == ":" && r.unsigned(1) {
		minutes = n*60 + r.value(1)
		r.take(2)
	}
	if minutes > 24*60 {
		return false
	}
	if t.sign == '-' {
		minutes = -minutes
	}
	r.zone = time.FixedZone("", minutes*60)
	return true
}

// slashes reads 1/2[/2006] and 2006/1/2.
func (r *reader) slashes() bool {
	r.dates++
	three := r.at(3).text == "/" && r.unsigned(4)
	switch {
	case three && len(r.at(0).text) >= 4:
		r.setYear(0)
		r.month, r.day = r.value(2), r.value(4)
	case three:
		r.month, r.day = r.value(0), r.value(2)
		r.setYear(4)
	default:
		r.month, r.day = r.value(0), r.value(2)
	}
	if three {
		r.take(5)
	} else {
		r.take(3)
	}
	return true
}

// plainNumber is a number alone: the year behind a date, a date as
// [[CC]YY]MMDD, or a time as HH[MM].
func (r *reader) plainNumber(t token) {
	v := r.value(0)
	r.take(1)
	switch {
	case r.dates > 0 && r.yearDigits == 0 && r.rels == 0 && (r.times > 0 || len(t.text) > 2):
		r.year, r.yearDigits = v, len(t.text)
	case len(t.text) > 4:
		r.dates++
		r.day, r.month, r.year, r.yearDigits = v%100, v/100%100, v/10000, len(t.text)-4
	case len(t.text) > 2:
		r.times++
		r.hour, r.minute = v/100, v%100
	default:
		r.times++
		r.hour, r.minute = v, 0
	}
}

// result is the time that all items together name.
func (r *reader) result() (time.Time, bool) {
	if r.dates > 1 || r.times > 1 || r.days > 1 || r.zones > 1 {
		return time.Time{}, false
	}
	loc := r.base.Location()
	if r.zone != nil {
		loc = r.zone
	}
	year, m, day := r.base.Date()
	month := int(m)
	if r.dates > 0 {
		month, day = r.month, r.day
		if r.yearDigits > 0 {
			year = r.year
		}
		if r.yearDigits == 2 {
			if year += 1900; year < 1969 {
				year += 100
			}
		}
	}
	hour, minute, second, nano := 0, 0, 0, 0
	switch {
	case r.times > 0:
		hour, minute, second, nano = r.hour, r.minute, r.second, r.nano
		switch {
		case r.meridian != 24 && (hour < 1 || hour > 12), hour > 24, hour == 24 && minute+second+nano > 0, minute > 59, second > 59:
			return time.Time{}, false
		case r.meridian != 24:
			hour = hour%12 + r.meridian
		}
	case r.rels > 0 && r.dates == 0 && r.days == 0:
		hour, minute, second = r.base.Clock()
		nano = r.base.Nanosecond() + r.nano
	default:
		nano = r.nano
	}
	t := time.Date(year, time.Month(month), day, hour, minute, second, nano, loc)
	if check := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC); int(check.Month()) != month || check.Day() != day || hour == 24 {
		return time.Time{}, false
	}
	if h, m, _ := t.Clock(); h != hour || m != minute {
		// The clock was put forward over it.
		return time.Time{}, false
	}
	if name, _ := t.Zone(); r.localName != "" && name != r.localName {
		return time.Time{}, false
	}
	if r.days > 0 && r.dates == 0 {
		t = t.AddDate(0, 0, r.daysAhead(int(t.Weekday())))
	}
	for _, n := range r.rel {
		if n > 1<<40 || n < -1<<40 {
			return time.Time{}, false
		}
	}
	t = t.AddDate(int(r.rel[unitYear]), int(r.rel[unitMonth]), int(r.rel[unitDay]))
	if r.dates+r.times+r.days == 0 && r.zone == nil && t.IsDST() != r.base.IsDST() {
		// What is only relative keeps the base's summer or winter time.
		_, offset := r.base.Zone()
		_, now := t.Zone()
		t = t.Add(time.Duration(now-offset) * time.Second)
	}
	seconds := r.rel[unitHour]*3600 + r.rel[unitMinute]*60 + r.rel[unitSecond]
	return time.Unix(t.Unix()+seconds, int64(t.Nanosecond())).In(r.base.Location()), true
}

// daysAhead is how far the day of the week is away: "monday" is today or the
// next one, "next monday" never today.
func (r *reader) daysAhead(today int) int {
	n := (r.weekday-today+7)%7 + 7*r.ordinal
	if r.ordinal > 0 && today != r.weekday {
		n -= 7
	}
	return n
}
