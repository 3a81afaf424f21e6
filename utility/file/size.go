package file

import (
	"math"
	"strconv"
	"strings"

	"sysv/system"
)

// parseSize reads a number with one of GNU's suffixes: K is 1024, kB and KB
// are 1000, KiB is 1024, and so on to E. Whole tells whether it fits.
func parseSize(s string) (n int64, ok, fits bool) {
	i := 0
	if i < len(s) && (s[i] == '+' || s[i] == '-') {
		i++
	}
	for i < len(s) && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	unit := s[i:]
	digits := s[:i]
	if digits == "" || digits == "+" || digits == "-" {
		if unit == "" {
			return 0, false, true
		}
		digits += "1"
	}
	mul, ok := sizeUnit(unit)
	if !ok {
		return 0, false, true
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || mul > 1 && (n > math.MaxInt64/mul || n < math.MinInt64/mul) {
		return 0, true, false
	}
	return n * mul, true, true
}

// sizeUnit is the factor that a suffix stands for.
func sizeUnit(unit string) (int64, bool) {
	if unit == "" {
		return 1, true
	}
	at := strings.IndexByte("KMGTPE", unit[0]&^0x20)
	if at < 0 || strings.IndexByte("KkMmGgTtPE", unit[0]) < 0 {
		return 0, false
	}
	base := int64(1024)
	switch unit[1:] {
	case "", "iB":
	case "B", "D":
		base = 1000
	default:
		return 0, false
	}
	n := int64(1)
	for range at + 1 {
		n *= base
	}
	return n, true
}

func decimal(n int64) string { return strconv.FormatInt(n, 10) }

func octalText(m system.Mode) string { return strconv.FormatUint(uint64(m), 8) }
