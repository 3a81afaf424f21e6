package process

import (
	"math"
	"strconv"
	"strings"
	"time"

	"sysv/utility/call"
)

// Sleep is sleep(1) of GNU coreutils: numbers, with fractions and s, m, h or d
// behind them, are added up.
func Sleep(c *call.Call) int {
	_, operands, unknown, ok := c.Getopt("")
	if unknown != "" {
		return c.Refuse(unknown)
	}
	if !ok {
		return 1
	}
	if len(operands) == 0 {
		status := c.Fail("missing operand")
		c.Hint()
		return status
	}
	var total float64
	for _, o := range operands {
		seconds, ok := interval(o)
		if !ok {
			c.Errorf("invalid time interval %s", call.Quote(o))
			total = -1
		} else if total >= 0 {
			total += seconds
		}
	}
	if total < 0 {
		c.Hint()
		return 1
	}
	c.Out.Flush()
	if c.Sys.Sleep(c.Ctx, duration(total)) != nil {
		return 1
	}
	return 0
}

// interval reads a number of seconds with a suffix, as GNU's sleep and timeout
// do: decimal or hexadecimal, "inf" and "infinity" as well.
func interval(s string) (float64, bool) {
	s = strings.TrimLeft(s, " \t\n\v\f\r")
	factor := 1.0
	number := s
	if s != "" {
		switch s[len(s)-1] {
		case 's':
			number = s[:len(s)-1]
		case 'm':
			number, factor = s[:len(s)-1], 60
		case 'h':
			number, factor = s[:len(s)-1], 60*60
		case 'd':
			// A hexadecimal number may end in a d.
			if !hexadecimal(s) {
				number, factor = s[:len(s)-1], 24*60*60
			}
		}
	}
	if strings.ContainsRune(number, '_') {
		return 0, false
	}
	if hexadecimal(number) && !strings.ContainsAny(number, "pP") {
		number += "p0"
	}
	f, err := strconv.ParseFloat(number, 64)
	if err != nil && !strings.HasSuffix(err.Error(), strconv.ErrRange.Error()) || math.IsNaN(f) || f < 0 {
		return 0, false
	}
	return f * factor, true
}

func hexadecimal(s string) bool {
	s = strings.TrimLeft(s, "+-")
	return len(s) > 2 && s[0] == '0' && (s[1] == 'x' || s[1] == 'X')
}

// duration is seconds rounded up to a nanosecond; what is too long is for ever
// (292 years).
func duration(seconds float64) time.Duration {
	ns := math.Ceil(seconds * float64(time.Second))
	if ns >= math.MaxInt64 {
		return math.MaxInt64
	}
	return time.Duration(ns)
}
