package host

import (
	"strings"
	"time"

	"sysv/utility/call"
	"sysv/utility/call/date"
)

// Date is date(1) of coreutils: +FORMAT, -u, -d, -r, -R, -I and --rfc-3339.
// It refuses to set the clock, and the dates that [date.Parse] does not know.
func Date(c *call.Call) int {
	opts, operands, unknown, ok := c.Getopt("d:I::r:Ru", "date=>d", "iso-8601=?>I", "reference=>r", "rfc-email>R", "rfc-822>R",
		"rfc-2822>R", "rfc-3339=", "utc>u", "uct>u", "universal>u")
	if !ok {
		return badOption(c, unknown, 1)
	}
	format := ""
	utc, several, formats := false, false, 0
	var when, reference *string
	for _, o := range opts {
		switch o.Name {
		case "d":
			several = several || reference != nil
			when = &o.Arg
		case "r":
			several = several || when != nil
			reference = &o.Arg
		case "u":
			utc = true
		case "R":
			format = "%a, %d %b %Y %H:%M:%S %z"
			formats++
		default:
			f, status, ok := standardFormat(c, o)
			if !ok {
				return status
			}
			format = f
			formats++
		}
	}
	if formats > 1 {
		return c.Fail("multiple output formats specified")
	}
	if several {
		return usage(c, "the options to specify dates for printing are mutually exclusive")
	}
	if len(operands) > 1 {
		return usage(c, "extra operand %s", call.QuoteArg(operands[1]))
	}
	if len(operands) == 1 {
		f, isFormat := strings.CutPrefix(operands[0], "+")
		if !isFormat {
			return c.Refuse("setting the clock")
		}
		if formats > 0 {
			return c.Fail("multiple output formats specified")
		}
		format = f
	} else if format == "" {
		format = "%a %b %e %H:%M:%S %Z %Y"
	}
	loc := time.UTC
	if !utc {
		loc = date.Zone(c)
	}
	t, status, ok := moment(c, when, reference, loc)
	if !ok {
		return status
	}
	c.Out.Write(append(date.Format(nil, format, t.In(loc)), '\n'))
	return 0
}

// moment is the time to be printed.
func moment(c *call.Call, when, reference *string, loc *time.Location) (t time.Time, status int, ok bool) {
	switch {
	case when != nil:
		t, ok := date.Parse(*when, c.Sys.Now().In(loc))
		if ok {
			return t, 0, true
		}
		if date.Invalid(*when) {
			return t, c.Fail("invalid date %s", call.QuoteArg(*when)), false
		}
		return t, c.Refuse("-d " + *when), false
	case reference != nil:
		st, err := c.Stat(*reference)
		if err != nil {
			return t, c.Fail("%s: %v", call.QuoteName(*reference), err), false
		}
		return st.Mtime, 0, true
	}
	return c.Sys.Now(), 0, true
}

// standardFormat is the format of -I or --rfc-3339 at a precision, which may
// be cut short.
func standardFormat(c *call.Call, o call.Opt) (format string, status int, ok bool) {
	precisions, forms := "hours minutes date seconds ns", []string{
		"%Y-%m-%dT%H%:z", "%Y-%m-%dT%H:%M%:z", "%Y-%m-%d", "%Y-%m-%dT%H:%M:%S%:z", "%Y-%m-%dT%H:%M:%S,%N%:z",
	}
	option := "iso-8601"
	if o.Name == "rfc-3339" {
		option = o.Name
		precisions, forms = "date seconds ns", []string{"%Y-%m-%d", "%Y-%m-%d %H:%M:%S%:z", "%Y-%m-%d %H:%M:%S.%N%:z"}
	} else if o.Arg == "" {
		return forms[2], 0, true
	}
	names := strings.Fields(precisions)
	found, n := 0, 0
	for i, name := range names {
		if strings.HasPrefix(name, o.Arg) {
			found = i
			n++
		}
		if name == o.Arg {
			return forms[i], 0, true
		}
	}
	if n == 1 {
		return forms[found], 0, true
	}
	problem := "invalid"
	if n > 1 {
		problem = "ambiguous"
	}
	c.Errorf("%s argument %s for %s", problem, call.QuoteArg(o.Arg), call.QuoteArg("--"+option))
	var text strings.Builder
	text.WriteString("Valid arguments are:\n")
	for _, name := range names {
		text.WriteString("  - " + call.QuoteArg(name) + "\n")
	}
	write(c, c.Stderr(), text.String())
	c.Hint()
	return "", 1, false
}
