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
