package host

import (
	"strconv"
	"strings"

	"sysv/system"
	"sysv/utility/call"
)

// Test is test(1) of coreutils, also as [. It is not the shell's own, which a
// script's "test" is: that has other messages, and takes < and >.
func Test(c *call.Call) int {
	args := c.Args[1:]
	if name := c.Name(); name == "[" || strings.HasSuffix(name, "/[") {
		if len(args) == 1 && (args[0] == "--help" || args[0] == "--version") {
			return c.Refuse(args[0])
		}
		if len(args) == 0 || args[len(args)-1] != "]" {
			c.Errorf("missing ']'")
			return testTrouble
		}
		args = args[:len(args)-1]
	}
	if len(args) == 0 {
		return 1
	}
	e := &expression{c: c, args: args}
	value := e.count(len(args))
	if e.problem == "" && e.at < len(args) {
		e.fail("extra argument %s", call.QuoteArg(args[e.at]))
	}
	switch {
	case e.problem != "":
		c.Errorf("%s", e.problem)
		return testTrouble
	case value:
		return 0
	}
	return 1
}

// testTrouble is the status of an expression that cannot be evaluated.
const testTrouble = 2

// maxDepth is how deep parentheses may be nested.
const maxDepth = 10000

// expression is an expression being evaluated. Once there is a problem the
// value counts no more.
type expression struct {
	c       *call.Call
	args    []string
	at      int
	depth   int
	problem string
}

func (e *expression) fail(format string, words ...string) bool {
	if e.problem == "" {
		for _, w := range words {
			format = strings.Replace(format, "%s", w, 1)
		}
		e.problem = format
	}
	e.at = len(e.args)
	return false
}

// take is the next argument; one must be there.
func (e *expression) take() string {
	if e.at >= len(e.args) {
		e.lacking()
		return ""
	}
	e.at++
	return e.args[e.at-1]
}

func (e *expression) lacking() bool {
	return e.fail("missing argument after %s", call.QuoteArg(e.args[len(e.args)-1]))
}

// peek is the argument n further on, or "".
func (e *expression) peek(n int) string {
	if e.at+n < len(e.args) {
		return e.args[e.at+n]
	}
	return ""
}

func (e *expression) left() int { return len(e.args) - e.at }

// count evaluates n arguments as POSIX has it, by their number; more than four
// are an expression with -a and -o.
func (e *expression) count(n int) bool {
	if e.depth++; e.depth > maxDepth {
		return e.fail("too deep")
	}
	defer func() { e.depth-- }()
	switch n {
	case 1:
		return e.take() != ""
	case 2:
		return e.two()
	case 3:
		return e.three()
	case 4:
		if e.peek(0) == "!" {
			e.at++
			return !e.three()
		}
		if e.peek(0) == "(" && e.peek(3) == ")" {
			e.at++
			v := e.two()
			e.take()
			return v
		}
	}
	if e.left() == 0 {
		return e.lacking()
	}
	return e.or()
}

func (e *expression) two() bool {
	switch {
	case e.peek(0) == "!":
		e.at++
		return e.take() == ""
	case isUnaryForm(e.peek(0)):
		return e.unary()
	}
	return e.lacking()
}

func (e *expression) three() bool {
	switch {
	case isBinary(e.peek(1)):
		return e.binary(false)
	case e.peek(0) == "!":
		e.at++
		return !e.two()
	case e.peek(0) == "(" && e.peek(2) == ")":
		e.at++
		v := e.take() != ""
		e.at++
		return v
	case e.peek(1) == "-a" || e.peek(1) == "-o":
		return e.or()
	}
	return e.fail("%s: binary operator expected", call.QuoteArg(e.peek(1)))
}

func (e *expression) or() bool {
	v := e.and()
	for e.peek(0) == "-o" && e.problem == "" {
		e.at++
		w := e.and()
		v = v || w
	}
	return v
}

func (e *expression) and() bool {
	v := e.term()
	for e.peek(0) == "-a" && e.problem == "" {
		e.at++
		w := e.term()
		v = v && w
	}
	return v
}

func (e *expression) term() bool {
	negated := false
	for e.left() > 0 && e.peek(0) == "!" {
		e.at++
		negated = !negated
	}
	if e.left() == 0 {
		return e.lacking()
	}
	return e.plain() != negated
}

func (e *expression) plain() bool {
	switch {
	case e.peek(0) == "(":
		return e.group()
	case e.left() >= 4 && e.peek(0) == "-l" && isBinary(e.peek(2)):
		return e.binary(true)
	case e.left() >= 3 && isBinary(e.peek(1)):
		return e.binary(false)
	case isUnaryForm(e.peek(0)):
		return e.unary()
	}
	return e.take() != ""
}

// group is ( … ). Up to three arguments inside go by their number.
func (e *expression) group() bool {
	e.at++
	if e.left() == 0 {
		return e.lacking()
	}
	n := 1
	for e.at+n < len(e.args) && e.args[e.at+n] != ")" {
		if n == 4 {
			n = e.left()
			break
		}
		n++
	}
	v := e.count(n)
	switch {
	case e.problem != "":
	case e.left() == 0:
		return e.fail("')' expected")
	case e.peek(0) != ")":
		return e.fail("')' expected, found %s", e.peek(0))
	}
	e.at++
	return v
}

// isUnaryForm is what looks like a unary operator: a dash and a character.
func isUnaryForm(s string) bool { return len(s) == 2 && s[0] == '-' }

func isBinary(s string) bool {
	switch s {
	case "=", "!=", "==", "-nt", "-ot", "-ef", "-eq", "-ne", "-lt", "-le", "-gt", "-ge":
		return true
	}
	return false
}

// binary is a comparison; length tells that the left side is -l STRING.
func (e *expression) binary(length bool) bool {
	if length {
		e.at++
	}
	left, op := e.take(), e.take()
	switch op {
	case "=", "==":
		return left == e.take()
	case "!=":
		return left != e.take()
	case "-nt", "-ot", "-ef":
		return e.files(left, op, e.take())
	}
	if length {
		left = strconv.Itoa(len(left))
	}
	right := ""
	if e.left() >= 2 && e.peek(0) == "-l" {
		e.at++
		right = strconv.Itoa(len(e.take()))
	} else {
		right = e.take()
	}
	a, okA := e.integer(left)
	b, okB := e.integer(right)
	if !okA || !okB {
		return false
	}
	order := compareIntegers(a, b)
	switch op {
	case "-eq":
		return order == 0
	case "-ne":
		return order != 0
	case "-lt":
		return order < 0
	case "-le":
		return order <= 0
	case "-gt":
		return order > 0
	}
	return order >= 0
}

// files compares two files' times, or tells whether they are one.
func (e *expression) files(left, op, right string) bool {
	a, errA := e.c.Stat(left)
	b, errB := e.c.Stat(right)
	switch op {
	case "-nt":
		return errA == nil && (errB != nil || a.Mtime.After(b.Mtime))
	case "-ot":
		return errB == nil && (errA != nil || a.Mtime.Before(b.Mtime))
	}
	return errA == nil && errB == nil && a.SameFile(b)
}

// integer takes the blanks and the plus off an integer of any length.
func (e *expression) integer(s string) (digits string, ok bool) {
	t := strings.Trim(s, " \t")
	neg := strings.HasPrefix(t, "-")
	digits = t
	if neg || strings.HasPrefix(t, "+") {
		digits = t[1:]
	}
	if digits == "" || strings.Trim(digits, "0123456789") != "" {
		e.fail("invalid integer %s", call.QuoteArg(s))
		return "", false
	}
	digits = strings.TrimLeft(digits, "0")
	if neg && digits != "" {
		digits = "-" + digits
	}
	return digits, true
}

// compareIntegers orders two integers without zeros in front.
func compareIntegers(a, b string) int {
	negA, negB := strings.HasPrefix(a, "-"), strings.HasPrefix(b, "-")
	if negA != negB {
		if negA {
			return -1
		}
		return 1
	}
	order := len(a) - len(b)
	if order == 0 {
		order = strings.Compare(a, b)
	}
	if negA {
		return -order
	}
	return order
}

// unary is an operator before one argument.
func (e *expression) unary() bool {
	op := e.peek(0)
	if strings.IndexByte("bcdefghknprstuwxzGLNOS", op[1]) < 0 {
		return e.fail("%s: unary operator expected", call.QuoteArg(op))
	}
	e.at++
	if e.left() == 0 {
		return e.lacking()
	}
	arg := e.take()
	switch op[1] {
	case 'n':
		return arg != ""
	case 'z':
		return arg == ""
	case 't':
		return e.terminal(arg)
	case 'r':
		return e.c.Access(arg, system.ReadOK) == nil
	case 'w':
		return e.c.Access(arg, system.WriteOK) == nil
	case 'x':
		return e.c.Access(arg, system.ExecuteOK) == nil
	case 'h', 'L':
		st, err := e.c.Lstat(arg)
		return err == nil && st.Mode.IsSymlink()
	}
	st, err := e.c.Stat(arg)
	return err == nil && e.is(op[1], st)
}

// is tells what stat(2) knows of a file.
func (e *expression) is(op byte, st system.FileInfo) bool {
	switch op {
	case 'b':
		return st.Mode.Type() == system.TypeBlock
	case 'c':
		return st.Mode.Type() == system.TypeChar
	case 'd':
		return st.Mode.IsDir()
	case 'f':
		return st.Mode.IsRegular()
	case 'g':
		return st.Mode&system.SetGID != 0
	case 'k':
		return st.Mode&system.Sticky != 0
	case 'p':
		return st.Mode.Type() == system.TypeFIFO
	case 's':
		return st.Size > 0
	case 'u':
		return st.Mode&system.SetUID != 0
	case 'G':
		return st.GID == e.c.Sys.Identity().EGID
	case 'N':
		return st.Mtime.After(st.Atime)
	case 'O':
		return st.UID == e.c.Sys.Identity().EUID
	case 'S':
		return st.Mode.Type() == system.TypeSocket
	}
	return true
}

func (e *expression) terminal(arg string) bool {
	digits, ok := e.integer(arg)
	if !ok {
		return false
	}
	if digits == "" {
		digits = "0"
	}
	fd, err := strconv.Atoi(digits)
	if err != nil || fd < 0 {
		return false
	}
	f := e.c.Files.Get(fd)
	return f != nil && f.IsTerminal()
}
