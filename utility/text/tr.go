package text

import (
	"fmt"

	"sysv/utility/call"
	"sysv/utility/regex"
)

// trKind is what an element of a tr string is.
type trKind uint8

const (
	trByte   trKind = iota
	trRange         // a-z
	trClass         // [:class:]
	trEquiv         // [=c=]
	trRepeat        // [c*n], n 0: as many as needed
)

type trElement struct {
	kind  trKind
	a, b  byte
	class string
	n     uint64
}

// Tr is tr(1) of coreutils.
func Tr(c *call.Call) int {
	opts, operands, status, done := getopt(c, 1, "+cCdst",
		"complement>c", "delete>d", "squeeze-repeats>s", "truncate-set1>t")
	if done {
		return status
	}
	var complement, del, squeeze, truncate bool
	for _, o := range opts {
		switch o.Name {
		case "c", "C":
			complement = true
		case "d":
			del = true
		case "s":
			squeeze = true
		case "t":
			truncate = true
		}
	}
	translating := !del && (len(operands) == 2 || !squeeze)
	if status, done := trOperands(c, operands, del, squeeze, translating); done {
		return status
	}
	set1, problem := trParse(c, operands[0])
	var set2 []trElement
	if problem == "" && len(operands) == 2 {
		set2, problem = trParse(c, operands[1])
	}
	t := &translator{complement: complement, truncate: truncate, translating: translating}
	if problem == "" {
		problem = t.prepare(set1, set2, len(operands) == 2)
	}
	if problem != "" {
		return c.Fail("%s", problem)
	}
	t.run(c, del, squeeze)
	return t.status
}

// trOperands checks the number of operands.
func trOperands(c *call.Call, operands []string, del, squeeze, translating bool) (int, bool) {
	least, most := 1, 2
	if del == squeeze {
		least = 2
	}
	if del && !squeeze {
		most = 1
	}
	switch {
	case len(operands) < least:
		if len(operands) == 0 {
			return usageError(c, "missing operand"), true
		}
		why := "Two strings must be given when translating."
		if squeeze {
			why = "Two strings must be given when both deleting and squeezing repeats."
		}
		return usageError(c, "missing operand after "+call.QuoteArg(operands[0])+"\n"+why), true
	case len(operands) > most:
		msg := "extra operand " + call.QuoteArg(operands[most])
		if len(operands) == 2 {
			msg += "\nOnly one string may be given when deleting without squeezing repeats."
		}
		return usageError(c, msg), true
	}
	return 0, false
}

// trUnescape resolves backslashes; literal marks the bytes that had one.
func trUnescape(c *call.Call, s string) (b []byte, literal []bool) {
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' {
			b, literal = append(b, s[i]), append(literal, false)
			continue
		}
		i++
		if i == len(s) {
			c.Errorf("warning: an unescaped backslash at end of string is not portable")
			return append(b, '\\'), append(literal, false)
		}
		ch := s[i]
		switch ch {
		case 'a':
			ch = '\a'
		case 'b':
			ch = '\b'
		case 'f':
			ch = '\f'
		case 'n':
			ch = '\n'
		case 'r':
			ch = '\r'
		case 't':
			ch = '\t'
		case 'v':
			ch = '\v'
		case '0', '1', '2', '3', '4', '5', '6', '7':
			n, used := digits(s[i:], 8, 3)
			if n > 0xff {
				c.Errorf("warning: the ambiguous octal escape \\%s is being\n\tinterpreted as the 2-byte sequence \\0%s, %s", s[i:i+3], s[i:i+2], s[i+2:i+3])
				n, used = digits(s[i:], 8, 2)
			}
			ch = byte(n)
			i += used - 1
		}
		b, literal = append(b, ch), append(literal, true)
	}
	return b, literal
}

// trParse splits a string into its elements, or says what is wrong with it.
func trParse(c *call.Call, s string) ([]trElement, string) {
	b, lit := trUnescape(c, s)
	var out []trElement
	special := func(i int, ch byte) bool { return i < len(b) && b[i] == ch && !lit[i] }
	for i := 0; i < len(b); {
		if special(i, '[') && i+1 < len(b) {
			if special(i+1, ':') || special(i+1, '=') {
				e, n, problem := trBracket(b, lit, i)
				if problem != "" {
					return nil, problem
				}
				if n > 0 {
					out = append(out, e)
					i += n
					continue
				}
			}
			if special(i+2, '*') {
				e, n, problem := trCount(b, lit, i)
				if problem != "" {
					return nil, problem
				}
				if n > 0 {
					out = append(out, e)
					i += n
					continue
				}
			}
		}
		if special(i+1, '-') && i+2 < len(b) {
			lo, hi := b[i], b[i+2]
			if lo > hi {
				return nil, fmt.Sprintf("range-endpoints of '%s-%s' are in reverse collating sequence order", trShow(lo), trShow(hi))
			}
			out = append(out, trElement{kind: trRange, a: lo, b: hi})
			i += 3
			continue
		}
		out = append(out, trElement{kind: trByte, a: b[i]})
		i++
	}
	return out, ""
}

func trShow(b byte) string {
	if b >= ' ' && b < 0x7f {
		return string(rune(b))
	}
	return fmt.Sprintf("\\%03o", b)
}

// trBracket reads [:class:] or [=c=] at i; n is its length, 0 if it is none.
func trBracket(b []byte, lit []bool, i int) (e trElement, n int, problem string) {
	delim := b[i+1]
	for j := i + 2; j+1 < len(b); j++ {
		if b[j] != delim || b[j+1] != ']' || lit[j] || lit[j+1] {
			continue
		}
		name := string(b[i+2 : j])
		// [=*=] and the like may still be a repeat: GNU tries that only for
		// an empty or a bad name.
		repeat := j == i+2 || len(name) > 0 && name[0] == '*' && starCount(name[1:])
		if delim == ':' {
			if _, ok := regex.InClass(name, 0); ok {
				return trElement{kind: trClass, class: name}, j + 2 - i, ""
			}
			if repeat {
				return e, 0, ""
			}
			if name == "" {
				return e, 0, "missing character class name '[::]'"
			}
			return e, 0, "invalid character class " + call.QuoteArg(name)
		}
		if len(name) == 1 {
			return trElement{kind: trEquiv, a: name[0]}, j + 2 - i, ""
		}
		if repeat {
			return e, 0, ""
		}
		return e, 0, name + ": equivalence class operand must be a single character"
	}
	return e, 0, ""
}

func starCount(s string) bool {
	for i := 0; i < len(s); i++ {
		if !isDigit(int(s[i])) {
			return false
		}
	}
	return true
}

// trCount reads [c*n] at i; n is its length, 0 if it is none.
func trCount(b []byte, lit []bool, i int) (e trElement, n int, problem string) {
	for j := i + 3; j < len(b); j++ {
		if lit[j] {
			return e, 0, ""
		}
		if b[j] != ']' {
			continue
		}
		digits := b[i+3 : j]
		e = trElement{kind: trRepeat, a: b[i+1]}
		base := uint64(10)
		if len(digits) > 0 && digits[0] == '0' {
			base = 8
		}
		for _, d := range digits {
			v := uint64(d - '0')
			if d < '0' || v >= base || e.n > 1<<40 {
				return e, 0, "invalid repeat count " + call.QuoteArg(string(digits)) + " in [c*n] construct"
			}
			e.n = e.n*base + v
		}
		return e, j + 1 - i, ""
	}
	return e, 0, ""
}
