//go:build linux

package date

import (
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// oracle skips the test, or fails it where the real programs are required.
func oracle(t *testing.T) {
	t.Helper()
	out, err := exec.Command("date", "--version").Output()
	if err == nil && strings.Contains(string(out), "coreutils) 9.1") {
		return
	}
	if os.Getenv("SYSV_REQUIRE_ORACLES") == "1" {
		t.Fatal("required, but missing: date of coreutils 9.1")
	}
	t.Skip("SKIPPED, nothing is compared: missing date of coreutils 9.1")
}

// real runs the machine's date.
func real(t *testing.T, zone string, args ...string) (string, bool) {
	t.Helper()
	cmd := exec.Command("date", args...)
	cmd.Env = []string{"LC_ALL=C", "TZ=" + zone}
	out, err := cmd.Output()
	return strings.TrimSuffix(string(out), "\n"), err == nil
}

// dates are texts that Parse must read as GNU's date does, or not at all.
const dates = `
@0
@1000000000
@-5
@1.5
@-1.5
@1.123456789
@x
@

now
today
tomorrow
yesterday
NOW
Today
2026-01-02
2026-1-2
2026-01-02 03:04
2026-01-02 03:04:05
2026-01-02T03:04:05
2026-01-02t03:04:05
2026-01-02T03:04:05Z
2026-01-02T03:04:05+02:00
2026-01-02T03:04:05+0200
2026-01-02T03:04:05-05
2026-01-02 03:04:05 +0530
2026-01-02 03:04:05.5
2026-01-02 03:04:05,25
2026-01-02T03
2026-01-02T03+01
2026-01-02 24:00
2026-01-02 25:00
2026-01-02 03:60
2026-01-02 03:04:60
2026-01-02 03:04:61
2026-13-01
2026-02-29
2024-02-29
2026-02-30
26-01-02
99-1-2
69-1-2
68-1-2
069-1-2
1/2/2026
1/2/26
1/2
2026/1/2
12/31
13/1
20260102
20260102 0304
20260102T030405
260102
0304
3
2026
Jan 2
Jan 2 2026
Jan 2, 2026
January 2 2026
2 Jan 2026
2 January
2-Jan-2026
Jan-2-2026
02jan2026
Fri Jan  2 03:04:05 2026
Fri Jan  2 03:04:05 UTC 2026
Fri Jan  2 03:04:05 CET 2026
Fri Jan  2 03:04:05 CEST 2026
Fri, 02 Jan 2026 03:04:05 +0000
Fri, 2 Jan 2026 03:04:05 -0700
Fri Jan 2 03:04:05 EST 2026
Sep. 3 2026
Sept 3 2026
3 sept
Jan 2 3pm
Jan 2 3 pm 2026
3pm
3 p.m.
12am
12pm
13pm
0am
3:04pm
3:04:05 am
3:04 PM
monday
mon
Monday 10:00
tues
thurs
sunday,
next monday
last monday
this monday
next friday
last sunday
third tuesday
2 monday
next week
last week
next month
last month
next year
last year
this year
next day
last hour
next hour
1 day
1 day ago
2 days ago
2 days hence
3 weeks
1 week ago
+1 hour
-1 hour
+ 1 hour
-3 min
5 minutes ago
10 seconds
10 sec ago
1.5 seconds
1.5 hours
-1.5 seconds
1 month
1 month ago
13 months
1 year ago
1 fortnight ago
fortnight
day
day ago
hour
week ago
hour ago
days
2days
2days ago
+2days
-1day
yesterday 10:00
tomorrow 10:00
10:00 tomorrow
today 10:00
12:00 today
00:00
0:00
23:59:59
12:00 +2
12:00+2
12:00 +2 days
12:00 2 days
12:00 UTC
12:00 UTC+2
12:00 Z
12:00 EST
12:00 EST DST
12:00 MET DST
UTC
GMT
2026-01-02 UTC
2026-01-02 UTC 12:00
2026-01-02 +1 day
2026-01-02 1 day
2026-01-02 -1 day
2026-01-02 12:00 +1 day
2026-01-02 12:00 UTC +1 day
2026-01-31 1 month
2026-01-31 +1 month -1 day
2026-03-31 -1 month
2026-01-02 next month
2026-03-29 02:30
2026-03-29 03:30
2026-10-25 02:30
2026-03-28 12:00 UTC 1 day
2026-07-01 00:00
1970-01-01 00:00:00 UTC
1970-01-01 00:00:00 UTC +1000000000 seconds
1970-01-01 UTC 86400 seconds
1 day 2 hours ago
1 year 2 months 3 days
-1 day +2 hours
2026-01-02 (a comment) 03:04
(now)
foo
a day
one day
2026-01-02 2026-01-03
12:00 13:00
monday tuesday
-
--
2026-
2026-01
:
12:
12:3
1:2:3
1:2:3:4
12:00:00.123456789
99999999999999999999
2147483647
10000-01-01
0001-01-01
1900-01-01
2100-12-31 23:59:59
1 jan
jan
jan 2026
2026 jan
2026 jan 2
2 jan 03:04
2 jan 03:04 2026
jan 2 03:04
jan 2 03:04:05 2026
now + 1 day
now - 1 day
now -1 day
today -1 month
midnight
noon
CET
2026-01-02 12:00 CET
2026-07-02 12:00 CEST
2026-07-02 12:00 CET
12:00 CET
12:00 europe
last day
second
2 second
2 seconds ago
first monday
next 2 days
yesterday noon
00:00 1 day ago
day before yesterday
2026-01-02T03:04:05 1 day
1 hour ago 2026-01-02 12:00
@0 1 day
`

// refused are dates that GNU's date reads and Parse does not, each with the
// reason.
func refused(s string) string {
	switch s {
	case "a day":
		return "a zone of one letter"
	}
	return ""
}

func TestConfirmDates(t *testing.T) {
	oracle(t)
	for _, zone := range []string{"UTC0", "Europe/Berlin", "America/New_York"} {
		loc := time.UTC
		if zone != "UTC0" {
			var err error
			if loc, err = time.LoadLocation(zone); err != nil {
				t.Fatal(err)
			}
		}
		for s := range strings.SplitSeq(strings.Trim(dates, "\n"), "\n") {
			base := time.Now().In(loc)
			want, wantOK := real(t, zone, "-d", s, "+%s.%N")
			got, ok := Parse(s, base)
			switch {
			case !wantOK && ok:
				t.Errorf("%s %q: read as %v, but is no date", zone, s, got)
			case wantOK && !ok:
				if refused(s) == "" {
					t.Errorf("%s %q: not read, but is %s", zone, s, want)
				}
				if Invalid(s) {
					t.Errorf("%s %q: said to be invalid", zone, s)
				}
			case ok:
				if refused(s) != "" {
					t.Errorf("%s %q: said not to be read", zone, s)
				}
				seconds, nanos, _ := strings.Cut(want, ".")
				w, _ := parseSeconds(seconds)
				ns, _ := time.ParseDuration(nanos + "ns")
				w = w.Add(ns)
				fixed := got.Nanosecond() != base.Nanosecond() && !strings.Contains(s, "seconds")
				if d := w.Sub(got); d < 0 || d > 2*time.Second || fixed && d != 0 {
					t.Errorf("%s %q: want %v, got %v", zone, s, w.In(loc), got.In(loc))
				}
			}
		}
	}
}
