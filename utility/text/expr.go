package text

import (
	"math"
	"math/big"
	"strconv"
	"strings"

	"sysv/utility/call"
	"sysv/utility/regex"
)

const exprTrouble = 2

// exprRun evaluates an expression. A false eval of its methods tells that what
// is read does not count (behind a true | or a false &): its mistakes but
// those of syntax are not looked for.
type exprRun struct {
	c    *call.Call
	args []string
	i    int
	err  string
}

// Expr is expr(1) of coreutils: numbers have any length.
func Expr(c *call.Call) int {
	args := c.Args[1:]
	if helpWanted(c) {
		return c.Refuse(args[0])
	}
	if len(args) > 0 && args[0] == "--" {
		args = args[1:]
	}
	if len(args) == 0 {
		c.Errorf("missing operand")
		c.Hint()
		return exprTrouble
	}
	e := &exprRun{c: c, args: args}
	v := e.or(true)
	if e.err == "" && e.i < len(args) {
		e.fail("syntax error: unexpected argument " + call.QuoteArg(args[e.i]))
	}
	if e.err != "" {
		c.Errorf("%s", e.err)
		return exprTrouble
	}
	c.Out.WriteString(v)
	c.Out.WriteByte('\n')
	if null(v) {
		return 1
	}
	return 0
}

func (e *exprRun) fail(msg string) string {
	if e.err == "" {
		e.err = msg
	}
	return ""
}

// null reports whether a value counts as false: empty, or zero.
func null(v string) bool {
	if v == "" {
		return true
	}
	if v[0] == '-' {
		v = v[1:]
	}
	if v == "" {
		return false
	}
	for i := 0; i < len(v); i++ {
		if v[i] != '0' {
			return false
		}
	}
	return true
}

func (e *exprRun) next(op string) bool {
	if e.err == "" && e.i < len(e.args) && e.args[e.i] == op {
		e.i++
		return true
	}
	return false
}

// require checks that there is another argument.
func (e *exprRun) require() bool {
	if e.err != "" {
		return false
	}
	if e.i < len(e.args) {
		return true
	}
	e.fail("syntax error: missing argument after " + call.QuoteArg(e.args[e.i-1]))
	return false
}

func (e *exprRun) or(eval bool) string {
	l := e.and(eval)
	for e.next("|") {
		r := e.and(eval && null(l))
		if null(l) {
			l = r
			if null(r) {
				l = "0"
			}
		}
	}
	return l
}

func (e *exprRun) and(eval bool) string {
	l := e.compare(eval)
	for e.next("&") {
		r := e.compare(eval && !null(l))
		if null(l) || null(r) {
			l = "0"
		}
	}
	return l
}

func (e *exprRun) compare(eval bool) string {
	l := e.sum(eval)
	for e.err == "" && e.i < len(e.args) {
		op := e.args[e.i]
		switch op {
		case "<", "<=", "=", "==", "!=", ">=", ">":
		default:
			return l
		}
		e.i++
		r := e.sum(eval)
		if !eval || e.err != "" {
			continue
		}
		l = exprBool(exprCompare(l, r), op)
	}
	return l
}

func exprBool(cmp int, op string) string {
	var v bool
	switch op {
	case "<":
		v = cmp < 0
	case "<=":
		v = cmp <= 0
	case "=", "==":
		v = cmp == 0
	case "!=":
		v = cmp != 0
	case ">=":
		v = cmp >= 0
	case ">":
		v = cmp > 0
	}
	if v {
		return "1"
	}
	return "0"
}

func exprCompare(l, r string) int {
	if !isInteger(l) || !isInteger(r) {
		return strings.Compare(l, r)
	}
	return bigOf(l).Cmp(bigOf(r))
}

// isInteger reports whether a value is a decimal number.
func isInteger(s string) bool {
	if s != "" && s[0] == '-' {
		s = s[1:]
	}
	if s == "" {
		return false
	}
	for i := 0; i < len(s); i++ {
		if !isDigit(int(s[i])) {
			return false
		}
	}
	return true
}

func bigOf(s string) *big.Int {
	n := new(big.Int)
	n.SetString(s, 10)
	return n
}

func (e *exprRun) sum(eval bool) string {
	l := e.product(eval)
	for e.err == "" && e.i < len(e.args) && (e.args[e.i] == "+" || e.args[e.i] == "-") {
		op := e.args[e.i]
		e.i++
		r := e.product(eval)
		if eval && e.err == "" {
			l = e.arith(l, r, op)
		}
	}
	return l
}

func (e *exprRun) product(eval bool) string {
	l := e.match(eval)
	for e.err == "" && e.i < len(e.args) && (e.args[e.i] == "*" || e.args[e.i] == "/" || e.args[e.i] == "%") {
		op := e.args[e.i]
		e.i++
		r := e.match(eval)
		if eval && e.err == "" {
			l = e.arith(l, r, op)
		}
	}
	return l
}

func (e *exprRun) arith(l, r, op string) string {
	if !isInteger(l) || !isInteger(r) {
		return e.fail("non-integer argument")
	}
	a, b := bigOf(l), bigOf(r)
	if (op == "/" || op == "%") && b.Sign() == 0 {
		return e.fail("division by zero")
	}
	switch op {
	case "+":
		a.Add(a, b)
	case "-":
		a.Sub(a, b)
	case "*":
		a.Mul(a, b)
	case "/":
		a.Quo(a, b)
	case "%":
		a.Rem(a, b)
	}
	return a.String()
}

func (e *exprRun) match(eval bool) string {
	l := e.keyword(eval)
	for e.next(":") {
		r := e.keyword(eval)
		if eval && e.err == "" {
			l = e.colon(l, r)
		}
	}
	return l
}

// colon matches an anchored basic expression: the text of the first group, or
// the length of the match.
func (e *exprRun) colon(s, pattern string) string {
	re, err := regex.Compile(pattern, regex.Expr)
	if err != nil {
		return e.fail(err.Error())
	}
	loc, err := re.FindAnchored([]byte(s))
	switch {
	case err != nil:
		return e.fail("error in regular expression matcher")
	case loc == nil && re.Groups() > 0:
		return ""
	case loc == nil:
		return "0"
	case re.Groups() > 0:
		if loc[2] < 0 {
			return ""
		}
		return s[loc[2]:loc[3]]
	}
	return strconv.Itoa(loc[1])
}

func (e *exprRun) keyword(eval bool) string {
	if !e.require() {
		return ""
	}
	word := e.args[e.i]
	switch word {
	case "+":
		e.i++
		if !e.require() {
			return ""
		}
		e.i++
		return e.args[e.i-1]
	case "length":
		e.i++
		return strconv.Itoa(len(e.keyword(eval)))
	case "match":
		e.i++
		l := e.keyword(eval)
		r := e.keyword(eval)
		if eval && e.err == "" {
			return e.colon(l, r)
		}
		return l
	case "index":
		e.i++
		l := e.keyword(eval)
		r := e.keyword(eval)
		return strconv.Itoa(indexAny(l, r) + 1)
	case "substr":
		e.i++
		l := e.keyword(eval)
		from := e.keyword(eval)
		n := e.keyword(eval)
		return substr(l, from, n)
	}
	return e.primary(eval)
}

// indexAny finds the first byte of s that is in set.
func indexAny(s, set string) int {
	for i := 0; i < len(s); i++ {
		if strings.IndexByte(set, s[i]) >= 0 {
			return i
		}
	}
	return -1
}

func substr(s, from, n string) string {
	if !isInteger(from) || !isInteger(n) {
		return ""
	}
	at, count := clamp(from), clamp(n)
	if at <= 0 || count <= 0 || at > int64(len(s)) {
		return ""
	}
	end := int64(len(s))
	if count < end-(at-1) {
		end = at - 1 + count
	}
	return s[at-1 : end]
}

// clamp is a number's value, as near as an int64 can be.
func clamp(s string) int64 {
	n := bigOf(s)
	if n.IsInt64() {
		return n.Int64()
	}
	if n.Sign() < 0 {
		return math.MinInt64
	}
	return math.MaxInt64
}

func (e *exprRun) primary(eval bool) string {
	if e.next("(") {
		v := e.or(eval)
		if e.err != "" {
			return ""
		}
		if e.i == len(e.args) {
			return e.fail("syntax error: expecting ')' after " + call.QuoteArg(e.args[e.i-1]))
		}
		if !e.next(")") {
			return e.fail("syntax error: expecting ')' instead of " + call.QuoteArg(e.args[e.i]))
		}
		return v
	}
	if e.args[e.i] == ")" {
		return e.fail("syntax error: unexpected ')'")
	}
	e.i++
	return e.args[e.i-1]
}
