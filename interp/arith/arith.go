// Package arith evaluates arithmetic expansion, $((…)): the text after its
// own expansion goes in, a number comes out.
//
// Numbers are intmax_t and wrap around. The dash dialect has what dash 0.5.12
// has (no ++, --, ** and comma); the bash dialect has bash 5.2's, with names
// whose values are expressions themselves.
package arith

import "strconv"

// Dialect is the shell whose arithmetic it is.
type Dialect int

// Dialects.
const (
	Dash Dialect = iota
	Bash
)

// Vars is the shell's variables. In the bash dialect a name may carry a
// subscript, "name[text]", where text is as it was written.
type Vars interface {
	// Get is a variable's value, and whether it is set.
	Get(name string) (value string, set bool)
	// Set assigns. Its error (a readonly variable) ends the evaluation and
	// is returned as it is.
	Set(name, value string) error
}

// Error is an expression that cannot be evaluated. Msg is the message as the
// shell prints it after its name and the line.
type Error struct{ Msg string }

func (e *Error) Error() string { return e.Msg }

// maxDepth bounds nesting (parentheses, signs, assignments, conditionals), so
// that a hostile expression cannot overflow the stack.
const maxDepth = 5000

// Eval evaluates text.
func Eval(text string, vars Vars, d Dialect) (int64, error) {
	if n, ok := plain(text); ok {
		return n, nil
	}
	if d == Bash {
		return evalBash(text, vars)
	}
	e := dash{text: text, vars: vars}
	e.next()
	n := e.assignment(false)
	if e.err == nil && e.tok != tokEnd {
		e.fail("expecting EOF")
	}
	return n, e.err
}

// Number reads a variable's value as dash does in arithmetic: a C constant
// with blanks around it, or nothing at all. It is also what dash's other
// users of numbers do with base 10 ([Decimal]).
func Number(s string) (int64, error) {
	n, end, over := parseInt(s, 0)
	if over || !blank(s[end:]) {
		return 0, &Error{"Illegal number: " + s}
	}
	return n, nil
}

// Decimal reads a decimal number, with blanks around it, as dash's built-in
// utilities do.
func Decimal(s string) (int64, error) {
	n, end, over := parseInt(s, 10)
	if over || end == 0 || !blank(s[end:]) {
		return 0, &Error{"Illegal number: " + s}
	}
	return n, nil
}

// plain reads the most common expression, a decimal number.
func plain(s string) (int64, bool) {
	if s == "" || len(s) > 18 || s[0] == '0' && len(s) > 1 {
		return 0, false
	}
	var n int64
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int64(s[i]-'0')
	}
	return n, true
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

// parseInt is strtoimax(3): n is clamped where it overflows (over), and
// s[end:] is what was not read.
func parseInt(s string, base uint64) (n int64, end int, over bool) {
	i := 0
	for i < len(s) && isSpace(s[i]) {
		i++
	}
	neg := false
	if i < len(s) && (s[i] == '-' || s[i] == '+') {
		neg = s[i] == '-'
		i++
	}
	if base == 0 {
		base = 10
		if i < len(s) && s[i] == '0' {
			base = 8
			if i+2 < len(s) && s[i+1]|0x20 == 'x' && digit(s[i+2]) < 16 {
				base = 16
				i += 2
			}
		}
	}
	const limit = uint64(1) << 63
	var u uint64
	start := i
	for ; i < len(s); i++ {
		d := uint64(digit(s[i]))
		if d >= base {
			break
		}
		if over || u > (limit-d)/base {
			over = true
			continue
		}
		u = u*base + d
	}
	if i == start {
		return 0, 0, false
	}
	switch {
	case over && neg, neg && u == limit:
		return -1 << 63, i, over
	case over, u == limit:
		return 1<<63 - 1, i, true
	case neg:
		return -int64(u), i, false
	}
	return int64(u), i, false
}

func digit(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c && c <= 'z':
		return int(c-'a') + 10
	case 'A' <= c && c <= 'Z':
		return int(c-'A') + 10
	}
	return 99
}

func isSpace(c byte) bool { return c == ' ' || '\t' <= c && c <= '\r' }

func blank(s string) bool {
	for i := 0; i < len(s); i++ {
		if !isSpace(s[i]) {
			return false
		}
	}
	return true
}

func nameStart(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_'
}

func nameByte(c byte) bool { return nameStart(c) || '0' <= c && c <= '9' }

// truth is C's value of a condition.
func truth(b bool) int64 {
	if b {
		return 1
	}
	return 0
}
