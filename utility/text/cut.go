package text

import (
	"bytes"
	"math"
	"slices"
	"strings"

	"sysv/utility/call"
)

// byteRange is a range of positions or fields, from 1.
type byteRange struct{ lo, hi uint64 }

type cutter struct {
	c       *call.Call
	ranges  []byteRange
	fields  bool
	delim   byte
	only    bool
	out     string
	haveOut bool
}

// Cut is cut(1) of coreutils.
func Cut(c *call.Call) int {
	opts, operands, status, done := getopt(c, 1, "b:c:d:f:ns",
		"bytes=>b", "characters=>c", "delimiter=>d", "fields=>f", "only-delimited>s", "output-delimiter=", "complement")
	if done {
		return status
	}
	k := &cutter{c: c, delim: '\t'}
	list, kind, delimGiven, complement := "", "", false, false
	for _, o := range opts {
		switch o.Name {
		case "b", "c", "f":
			if kind != "" {
				return usageError(c, "only one list may be specified")
			}
			kind, list = o.Name, o.Arg
		case "d":
			if len(o.Arg) > 1 {
				return usageError(c, "the delimiter must be a single character")
			}
			k.delim, delimGiven = 0, true
			if o.Arg != "" {
				k.delim = o.Arg[0]
			}
		case "s":
			k.only = true
		case "output-delimiter":
			k.out, k.haveOut = o.Arg, true
		case "complement":
			complement = true
		}
	}
	switch {
	case k.delim == '\n':
		return c.Refuse("-d newline")
	case kind == "":
		return usageError(c, "you must specify a list of bytes, characters, or fields")
	case delimGiven && kind != "f":
		return usageError(c, "an input delimiter may be specified only when operating on fields")
	case k.only && kind != "f":
		return usageError(c, "suppressing non-delimited lines makes sense\n\tonly when operating on fields")
	}
	k.fields = kind == "f"
	ranges, problem := cutList(list, k.fields)
	if problem != "" {
		return usageError(c, problem)
	}
	k.ranges = mergeRanges(ranges)
	if complement {
		k.ranges = complementRanges(k.ranges)
	}
	if !k.haveOut {
		k.out = string([]byte{k.delim})
	}
	return eachInput(c, operands, k.file)
}

// usageError prints a message and the hint, and returns status 1.
func usageError(c *call.Call, msg string) int {
	c.Errorf("%s", msg)
	c.Hint()
	return 1
}

// eachInput gives every operand to f, with messages about those that cannot
// be read; f reports whether to go on.
func eachInput(c *call.Call, operands []string, f func(l *lines) bool) int {
	status := 0
	for _, name := range inputs(operands) {
		l, err := openLines(c, name)
		if err != nil {
			status = c.Fail("%s: %v", call.QuoteName(name), err)
			continue
		}
		more := f(l)
		if l.err != nil {
			status = c.Fail("%s: %v", call.QuoteName(name), l.err)
		}
		l.close()
		if !more || c.Stop() {
			break
		}
	}
	return status
}

// cutList reads the list of -b, -c or -f.
func cutList(s string, fields bool) ([]byteRange, string) {
	position := "byte/character position"
	numbered, badRange, tooLarge := "byte/character positions are numbered from 1", "invalid byte or character range", "byte/character offset "
	if fields {
		position = "field value"
		numbered, badRange, tooLarge = "fields are numbered from 1", "invalid field range", "field number "
	}
	var out []byteRange
	var value, first uint64
	dash, left, right := false, false, false
	for i := 0; ; i++ {
		switch {
		case i == len(s) || s[i] == ',' || s[i] == ' ' || s[i] == '\t':
			switch {
			case dash && !left && !right:
				return nil, "invalid range with no endpoint: -"
			case dash && !right:
				out = append(out, byteRange{first, math.MaxUint64})
			case dash && value < first:
				return nil, "invalid decreasing range"
			case !dash && value == 0:
				return nil, numbered
			case !dash:
				out = append(out, byteRange{value, value})
			default:
				out = append(out, byteRange{first, value})
			}
			if i == len(s) {
				return out, ""
			}
			value, dash, left, right = 0, false, false, false
		case s[i] == '-':
			if dash {
				return nil, badRange
			}
			if left && value == 0 {
				return nil, numbered
			}
			dash = true
			first = 1
			if left {
				first = value
			}
			value = 0
		case s[i] >= '0' && s[i] <= '9':
			if dash {
				right = true
			} else {
				left = true
			}
			d := uint64(s[i] - '0')
			if value > (math.MaxUint64-1-d)/10 {
				start := strings.LastIndexFunc(s[:i], func(r rune) bool { return r < '0' || r > '9' }) + 1
				end := start
				for end < len(s) && isDigit(int(s[end])) {
					end++
				}
				return nil, tooLarge + call.QuoteArg(s[start:end]) + " is too large"
			}
			value = value*10 + d
		default:
			return nil, "invalid " + position + " " + call.QuoteArg(s[i:])
		}
	}
}

// mergeRanges sorts the ranges and joins those that overlap.
func mergeRanges(r []byteRange) []byteRange {
	slices.SortStableFunc(r, func(a, b byteRange) int {
		switch {
		case a.lo < b.lo:
			return -1
		case a.lo > b.lo:
			return 1
		}
		return 0
	})
	var out []byteRange
	for _, x := range r {
		if n := len(out); n > 0 && x.lo <= out[n-1].hi {
			out[n-1].hi = max(out[n-1].hi, x.hi)
			continue
		}
		out = append(out, x)
	}
	return out
}

func complementRanges(r []byteRange) []byteRange {
	var out []byteRange
	next := uint64(1)
	for _, x := range r {
		if x.lo > next {
			out = append(out, byteRange{next, x.lo - 1})
		}
		if x.hi == math.MaxUint64 {
			return out
		}
		next = x.hi + 1
	}
	return append(out, byteRange{next, math.MaxUint64})
}

func (k *cutter) file(l *lines) bool {
	for {
		line, _, ok := l.next()
		if !ok {
			return true
		}
		switch {
		case !k.fields:
			k.bytes(line)
		case bytes.IndexByte(line, k.delim) >= 0:
			k.line(line)
		case k.only:
			continue
		default:
			k.c.Out.Write(line)
		}
		if k.c.Out.WriteByte('\n') != nil {
			return false
		}
	}
}

func (k *cutter) bytes(line []byte) {
	n := uint64(len(line))
	for i, r := range k.ranges {
		if r.lo > n {
			return
		}
		if i > 0 && k.haveOut {
			k.c.Out.WriteString(k.out)
		}
		k.c.Out.Write(line[r.lo-1 : min(r.hi, n)])
	}
}

func (k *cutter) line(line []byte) {
	field, at, printed := uint64(1), 0, false
	for _, r := range k.ranges {
		for {
			i := bytes.IndexByte(line[at:], k.delim)
			end := len(line)
			if i >= 0 {
				end = at + i
			}
			if field >= r.lo {
				if printed {
					k.c.Out.WriteString(k.out)
				}
				k.c.Out.Write(line[at:end])
				printed = true
			}
			if i < 0 {
				return
			}
			at = end + 1
			field++
			if field > r.hi {
				break
			}
		}
	}
}
