//go:build linux

package date

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// specs are the flags, widths and modifiers that every conversion is tried
// with.
const specs = " - _ 0 + ^ # 1 2 3 5 12 05 -5 _5 +5 _12 +12 012 -12 ^5 #12 E O : :: ::: :::: 5: _: -: 12: "

// knownFormat are the formats that differ, with the reason.
func knownFormat(f string) string {
	mod := strings.TrimLeft(f, "_-+0^#123456789")
	switch {
	case strings.HasSuffix(f, "%") && len(f) > 1, strings.HasSuffix(f, "["):
		return "how a field pads what is no conversion"
	case strings.HasPrefix(mod, "E") && len(mod) < len(f):
		return "an era's field"
	}
	return ""
}

// beforeChrist are formats whose century differs in years below 0: GNU leaves
// them to the C library, which splits such a year another way.
func beforeChrist(f string) bool {
	return strings.HasSuffix(f, "x") || strings.HasPrefix(f, "E") || strings.HasPrefix(f, "O")
}

func TestConfirmFormat(t *testing.T) {
	oracle(t)
	var formats []string
	for s := range strings.SplitSeq(specs, " ") {
		for c := byte('A'); c <= 'z'; c++ {
			if f := s + string(c); letter(c) && knownFormat(f) == "" {
				formats = append(formats, f)
			}
		}
	}
	formats = append(formats, "%", "Ey", "EY", "EC", "Ex", "EX", "Ec", "Od", "OB")
	format := ""
	for _, f := range formats {
		format += "[%" + f + "]\x01"
	}
	moments := []struct {
		zone string
		sec  int64
		ns   int
	}{
		{"UTC0", 0, 0}, {"UTC0", 1000000000, 123456789}, {"Europe/Berlin", 1750000000, 500000000}, {"Europe/Berlin", 1765000000, 120},
		{"America/St_Johns", 1000000000, 123000000}, {"Asia/Kolkata", 951782400, 1}, {"UTC0", 253402300800, 0}, {"UTC0", -62135596801, 0},
		{"Africa/Monrovia", -1000000000, 0}, {"UTC0", 1735603200, 0}, {"UTC0", 1230768000, 0}, {"America/New_York", 1104537600, 0},
		{"UTC0", 43200, 0}, {"UTC0", 46800, 0}, {"Pacific/Apia", 1, 0}, {"UTC0", -99999999999, 0},
	}
	for _, m := range moments {
		loc := time.UTC
		if m.zone != "UTC0" {
			var err error
			if loc, err = time.LoadLocation(m.zone); err != nil {
				t.Fatal(err)
			}
		}
		want, ok := real(t, m.zone, "-d", fmt.Sprintf("@%d.%09d", m.sec, m.ns), "+"+format)
		if m.sec < 0 {
			want, ok = real(t, m.zone, "-d", fmt.Sprintf("@%d", m.sec), "+"+format)
		}
		if !ok {
			t.Fatal("date failed")
		}
		got := strings.Split(string(Format(nil, format, time.Unix(m.sec, int64(m.ns)).In(loc))), "\x01")
		wants := strings.Split(want, "\x01")
		if len(got) != len(wants) {
			t.Fatalf("%d pieces, want %d", len(got), len(wants))
		}
		for i, w := range wants {
			if m.sec < -62167219200 && i < len(formats) && beforeChrist(formats[i]) {
				continue
			}
			if got[i] != w {
				t.Errorf("%v %%%s: want %q, got %q", m, formats[i], w, got[i])
			}
		}
	}
}

// TestHostileFormat has formats that ask for more than there is.
func TestHostileFormat(t *testing.T) {
	for _, f := range []string{"%99999999999999999999d", "%999999999N", "%_999999999c", "%", "%%%", "%E", "%:::::::::::::z", strings.Repeat("%-", 1000)} {
		if out := Format(nil, f, time.Unix(0, 0).UTC()); len(out) > 2*maxWidth {
			t.Errorf("%q gives %d bytes", f, len(out))
		}
	}
}
