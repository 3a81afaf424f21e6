// Package host is the utilities that tell of the machine and its clock, log,
// and find programs: uname, hostname, date, logger, tput, run-parts, which,
// sysctl and the like, and printf, test, cmp, pwd and other small ones. Each
// does what the program of Debian 12 does in the C locale, for the options
// that scripts use, and refuses any other.
package host

import (
	"strconv"
	"strings"

	"sysv/system"
	"sysv/utility/call"
)

// badOption ends a utility whose options Getopt did not accept.
func badOption(c *call.Call, unknown string, status int) int {
	if unknown != "" {
		return c.Refuse(unknown)
	}
	return status
}

// usage prints a message and the hint, and returns status 1.
func usage(c *call.Call, format string, args ...any) int {
	c.Errorf(format, args...)
	c.Hint()
	return 1
}

// noOperands complains about operands, if there are any, as GNU's utilities
// do that take none.
func noOperands(c *call.Call, operands []string) (status int, wrong bool) {
	if len(operands) == 0 {
		return 0, false
	}
	return usage(c, "extra operand %s", call.QuoteArg(operands[0])), true
}

// readLine is the first line of a small file, such as those under /proc.
func readLine(c *call.Call, path string) (string, bool) {
	b, err := c.ReadFile(path, 1<<20)
	if err != nil {
		return "", false
	}
	line, _, _ := strings.Cut(string(b), "\n")
	return strings.TrimSpace(line), true
}

// countList counts the numbers in a list such as "0-3,8", as the kernel
// writes sets of processors.
func countList(list string) int {
	n := 0
	for part := range strings.SplitSeq(list, ",") {
		low, high, isRange := strings.Cut(part, "-")
		a, err := strconv.Atoi(strings.TrimSpace(low))
		if err != nil {
			return 0
		}
		b := a
		if isRange {
			if b, err = strconv.Atoi(strings.TrimSpace(high)); err != nil || b < a {
				return 0
			}
		}
		n += b - a + 1
	}
	return n
}

// write writes straight to a descriptor, after what Out holds.
func write(c *call.Call, f system.File, text string) {
	c.Out.Flush()
	system.WriteAll(f, []byte(text))
}
