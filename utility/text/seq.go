package text

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"sysv/utility/call"
)

// seqNumber is an operand of seq: its value, the width as it was written and
// the digits behind its point (-1: cannot be told, as for 1e3).
type seqNumber struct {
	value     float64
	width     int
	precision int
}

// Seq is seq(1) of coreutils. Numbers are 64-bit floats where GNU has the
// x87's 80 bits; integers are exact up to 2^53.
func Seq(c *call.Call) int {
	args, format, separator, equal, refused, ok := seqOptions(c)
	if refused != "" {
		return c.Refuse(refused)
	}
	if !ok {
		return 1
	}
	if len(args) == 0 {
		return usageError(c, "missing operand")
	}
	if len(args) > 3 {
		return usageError(c, "extra operand "+call.QuoteArg(args[3]))
	}
	if format != "" && !seqFormat(c, format) {
		return 1
	}
	if format != "" && equal {
		return usageError(c, "format string may not be specified when printing equal width strings")
	}
	var n [3]seqNumber
	for i, a := range args {
		var bad string
		if n[i], bad, ok = seqParse(a); !ok {
			return usageError(c, bad)
		}
	}
	first, step, last := seqNumber{1, 1, 0}, seqNumber{1, 1, 0}, n[len(args)-1]
	if len(args) > 1 {
		first = n[0]
	}
	if len(args) > 2 {
		step = n[1]
		if step.value == 0 {
			return usageError(c, "invalid Zero increment value: "+call.QuoteArg(args[1]))
		}
	}
	for _, x := range []seqNumber{first, step, last} {
		if x.precision < 0 || math.Abs(x.value) >= 1<<53 {
			return c.Refuse("a number that is not exact")
		}
	}
	if format == "" {
		format = seqDefault(first, step, last, equal)
	}
	return seqPrint(c, first, step, last, format, separator)
}

// seqOptions reads the options: a number that begins with "-" is none.
func seqOptions(c *call.Call) (args []string, format, separator string, equal bool, refused string, ok bool) {
	separator = "\n"
	run := *c
	rest := c.Args[1:]
	at := 0
	for at < len(rest) {
		a := rest[at]
		if len(a) < 2 || a[0] != '-' || a[1] == '.' || isDigit(int(a[1])) {
			break
		}
		at++
		if a == "--" {
			break
		}
		switch a {
		case "-f", "-s", "--format", "--separator":
			at++
		}
	}
	at = min(at, len(rest))
	run.Args = append([]string{c.Args[0]}, rest[:at]...)
	opts, _, unknown, ok := run.Getopt("+f:s:w", "format=>f", "separator=>s", "equal-width>w")
	if !ok {
		return nil, "", "", false, unknown, false
	}
	for _, o := range opts {
		switch o.Name {
		case "f":
			format = o.Arg
		case "s":
			separator = o.Arg
		case "w":
			equal = true
		}
	}
	return rest[at:], format, separator, equal, "", true
}

func seqParse(s string) (seqNumber, string, bool) {
	bad := "invalid floating point argument: " + call.QuoteArg(s)
	t := strings.TrimLeft(s, " \t\n\v\f\r+")
	v, err := strconv.ParseFloat(t, 64)
	if err != nil || strings.ContainsAny(t, "_") {
		return seqNumber{}, bad, false
	}
	if math.IsNaN(v) {
		return seqNumber{}, "invalid 'not-a-number' argument: " + call.QuoteArg(s), false
	}
	n := seqNumber{value: v, width: len(t)}
	if strings.ContainsAny(t, "eExXpPiInN") {
		n.precision = -1
		return n, "", true
	}
	if i := strings.IndexByte(t, '.'); i >= 0 {
		n.precision = len(t) - i - 1
		if n.precision == 0 {
			n.width--
		}
		if i == 0 || i == 1 && t[0] == '-' {
			n.width++
		}
	}
	return n, "", true
}

// seqDefault is the format for the numbers given.
func seqDefault(first, step, last seqNumber, equal bool) string {
	prec := max(first.precision, step.precision)
	if !equal {
		return "%." + strconv.Itoa(prec) + "f"
	}
	width := func(n seqNumber) int {
		w := n.width + prec - n.precision
		if n.precision == 0 && prec > 0 {
			w++ // the point
		}
		if prec == 0 && n.precision > 0 {
			w -= 1 // no point
		}
		return w
	}
	return "%0" + strconv.Itoa(max(width(first), width(last))) + "." + strconv.Itoa(prec) + "f"
}

// seqFormat checks a format: one directive for a float.
func seqFormat(c *call.Call, f string) bool {
	quoted := call.QuoteArg(f)
	i := 0
	for {
		if i >= len(f) {
			c.Errorf("format %s has no %% directive", quoted)
			return false
		}
		if f[i] == '%' {
			if i+1 < len(f) && f[i+1] == '%' {
				i += 2
				continue
			}
			break
		}
		i++
	}
	i++
	for i < len(f) && strings.IndexByte("-+#0 '", f[i]) >= 0 {
		i++
	}
	for i < len(f) && (isDigit(int(f[i])) || f[i] == '.') {
		i++
	}
	if i < len(f) && f[i] == 'L' {
		i++
	}
	if i == len(f) {
		c.Errorf("format %s ends in %%", quoted)
		return false
	}
	if strings.IndexByte("efgaEFGA", f[i]) < 0 {
		c.Errorf("format %s has unknown %%%c directive", quoted, f[i])
		return false
	}
	for i++; i < len(f); i++ {
		if f[i] != '%' {
			continue
		}
		if i+1 < len(f) && f[i+1] == '%' {
			i++
			continue
		}
		c.Errorf("format %s has too many %% directives", quoted)
		return false
	}
	return true
}

func seqPrint(c *call.Call, first, step, last seqNumber, format, separator string) int {
	out := func(v float64) string { return cFloat(format, v) }
	for i := 0; ; i++ {
		v := first.value + float64(i)*step.value
		over := v > last.value
		if step.value < 0 {
			over = v < last.value
		}
		if over {
			// A sum just beyond the end that prints as the end belongs to it.
			if i == 0 {
				return 0
			}
			shown := out(v)
			if w, err := strconv.ParseFloat(strings.TrimSpace(shown), 64); err == nil && w == last.value && shown != out(first.value+float64(i-1)*step.value) {
				c.Out.WriteString(separator + shown)
			}
			break
		}
		if i > 0 {
			c.Out.WriteString(separator)
		}
		if _, err := c.Out.WriteString(out(v)); err != nil {
			return 1
		}
		if i&1023 == 1023 && c.Stop() {
			return 1
		}
	}
	c.Out.WriteByte('\n')
	return 0
}

// cFloat formats a float as printf(3) does, with text around the directive.
func cFloat(format string, v float64) string {
	i := 0
	for i < len(format) && (format[i] != '%' || i+1 < len(format) && format[i+1] == '%') {
		if format[i] == '%' {
			i++
		}
		i++
	}
	j := i + 1
	for strings.IndexByte("efgaEFGA", format[j]) < 0 {
		j++
	}
	spec := strings.Map(func(r rune) rune {
		if r == 'L' || r == '\'' {
			return -1
		}
		return r
	}, format[i:j+1])
	unescape := func(s string) string { return strings.ReplaceAll(s, "%%", "%") }
	number := fmt.Sprintf(spec, v)
	if verb := spec[len(spec)-1]; (verb == 'g' || verb == 'G') && strings.IndexByte(spec, '.') < 0 {
		// Go's %g is the shortest that is exact, C's has six digits.
		number = fmt.Sprintf(spec[:len(spec)-1]+".6"+string(verb), v)
	}
	return unescape(format[:i]) + number + unescape(format[j+1:])
}
