// Package date is what the utilities have in common that read and print
// dates: the local time zone, the dates that GNU's programs read
// (parse_datetime) and strftime(3) as GNU's date has it.
package date

import (
	"strings"
	"time"

	"sysv/utility/call"
)

// zoneDir is where the time zones are.
const zoneDir = "/usr/share/zoneinfo/"

// Zone is the local time zone of the process: TZ as tzset(3) reads it, or
// /etc/localtime, or UTC.
func Zone(c *call.Call) *time.Location {
	tz, ok := c.Getenv("TZ")
	if !ok {
		return zoneFile(c, "/etc/localtime", "")
	}
	tz = strings.TrimPrefix(tz, ":")
	switch {
	case tz == "" || tz == "UTC" || tz == "UTC0":
		return time.UTC
	case tz[0] == '/':
		return zoneFile(c, tz, "")
	}
	if loc := zoneFile(c, zoneDir+tz, tz); loc != time.UTC {
		return loc
	}
	return zoneRule(tz)
}

// zoneFile reads a tzfile(5); UTC if that cannot be done.
func zoneFile(c *call.Call, path, name string) *time.Location {
	b, err := c.ReadFile(path, 1<<20)
	if err != nil {
		return time.UTC
	}
	loc, err := time.LoadLocationFromTZData(name, b)
	if err != nil {
		return time.UTC
	}
	return loc
}

// zoneRule is the zone of a rule such as "CET-1CEST,M3.5.0,M10.5.0/3", put
// into a file without transitions, whose last line is such a rule. A name
// alone is UTC under that name, as glibc has it.
func zoneRule(rule string) *time.Location {
	letters := 0
	for letters < len(rule) && (rule[letters]|0x20 >= 'a' && rule[letters]|0x20 <= 'z') {
		letters++
	}
	if letters > 0 && letters < 3 && letters == len(rule) {
		return time.FixedZone("", 0)
	}
	if letters >= 3 && (letters == len(rule) || strings.IndexByte("+-0123456789", rule[letters]) < 0) {
		return time.FixedZone(rule[:letters], 0)
	}
	if strings.IndexByte(rule, '\n') >= 0 {
		return time.UTC
	}
	head := "TZif2" + strings.Repeat("\x00", 15)
	counts := "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x01\x00\x00\x00\x04"
	body := "\x00\x00\x00\x00\x00\x00UTC\x00"
	data := head + counts + body + head + counts + body + "\n" + rule + "\n"
	loc, err := time.LoadLocationFromTZData("", []byte(data))
	if err != nil {
		return time.UTC
	}
	return loc
}
