package date

import "strings"

// kind is what a word means in a date.
type kind int

const (
	wordUnknown  kind = iota
	wordMonth         // n: 1–12
	wordDay           // n: 0 is Sunday
	wordUnit          // n: a unit below
	wordShift         // n: days from today
	wordOrdinal       // n: last is -1, this 0, next 1
	wordAgo           // n: -1, or 1 for hence
	wordMeridian      // n: 0 am, 12 pm
	wordZone          // n: minutes east of UTC
	wordDST           // the zone before it has summer time
	wordT             // the T between a date and a time
)

// Units of a relative time.
const (
	unitSecond = iota
	unitMinute
	unitHour
	unitDay
	unitMonth
	unitYear
)

// word looks a word up as GNU's parse_datetime does: case does not count,
// months and days may be cut to three letters, units may have an s. n and
// times are what it stands for; times is how many of the unit (a week is 7
// days).
func word(s string) (k kind, n, times int) {
	w := strings.ToLower(s)
	short := w
	if len(w) == 4 && w[3] == '.' {
		short = w[:3]
	}
	switch w {
	case "am", "a.m.":
		return wordMeridian, 0, 0
	case "pm", "p.m.":
		return wordMeridian, 12, 0
	case "sept":
		return wordMonth, 9, 0
	case "tues":
		return wordDay, 2, 0
	case "wednes":
		return wordDay, 3, 0
	case "thur", "thurs":
		return wordDay, 4, 0
	case "t":
		return wordT, 0, 0
	case "dst":
		return wordDST, 0, 0
	case "ago":
		return wordAgo, -1, 0
	case "hence":
		return wordAgo, 1, 0
	case "now", "today":
		return wordShift, 0, 0
	case "tomorrow":
		return wordShift, 1, 0
	case "yesterday":
		return wordShift, -1, 0
	}
	if n := position(w, short, "january february march april may june july august september october november december"); n >= 0 {
		return wordMonth, n + 1, 0
	}
	if n := position(w, short, "sunday monday tuesday wednesday thursday friday saturday"); n >= 0 {
		return wordDay, n, 0
	}
	if n, times, ok := unit(strings.TrimSuffix(w, "s")); ok {
		return wordUnit, n, times
	}
	if n := position(w, w, "last this next first - third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"); n >= 0 {
		return wordOrdinal, []int{-1, 0, 1, 1, 0, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}[n], 0
	}
	if n, ok := zoneWord(w); ok {
		return wordZone, n, 0
	}
	return wordUnknown, 0, 0
}

// position is where a word stands in a list; three letters are enough.
func position(w, short, list string) int {
	for i, name := range strings.Fields(list) {
		if w == name || len(short) == 3 && len(name) > 3 && name != "last" && name != "this" && name != "next" && name[:3] == short {
			return i
		}
	}
	return -1
}

func unit(w string) (n, times int, ok bool) {
	switch w {
	case "sec", "second":
		return unitSecond, 1, true
	case "min", "minute":
		return unitMinute, 1, true
	case "hour":
		return unitHour, 1, true
	case "day":
		return unitDay, 1, true
	case "week":
		return unitDay, 7, true
	case "fortnight":
		return unitDay, 14, true
	case "month":
		return unitMonth, 1, true
	case "year":
		return unitYear, 1, true
	}
	return 0, 0, false
}

// zoneWord is the time zones that GNU knows by an abbreviation: minutes east
// of UTC, summer time counted in.
func zoneWord(w string) (minutes int, ok bool) {
	switch w {
	case "gmt", "ut", "utc", "wet", "z":
		return 0, true
	case "west", "bst", "cet", "met", "mez", "wat":
		return 60, true
	case "cest", "mest", "mesz", "eet", "cat", "sast":
		return 120, true
	case "eest", "eat", "msk":
		return 180, true
	case "msd", "gst":
		return 240, true
	case "ist":
		return 330, true
	case "sgt":
		return 480, true
	case "kst", "jst":
		return 540, true
	case "nzst":
		return 720, true
	case "nzdt":
		return 780, true
	case "art", "brt", "adt", "clst":
		return -180, true
	case "brst":
		return -120, true
	case "nst":
		return -210, true
	case "ndt":
		return -150, true
	case "ast", "clt", "edt":
		return -240, true
	case "est", "cdt":
		return -300, true
	case "cst", "mdt":
		return -360, true
	case "mst", "pdt":
		return -420, true
	case "pst", "akdt":
		return -480, true
	case "akst", "hadt":
		return -540, true
	case "hst", "hast":
		return -600, true
	case "sst":
		return -720, true
	}
	return 0, false
}
