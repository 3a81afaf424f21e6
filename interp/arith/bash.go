package arith

// bash evaluates as bash's expr.c does. Its messages name the text that is
// being evaluated, which inside a variable is the variable's value.
type bash struct {
	text string
	vars Vars
	pos  int
	tok  token
	// start is where the current token begins, last where the last one does
	// that was not the end: the error token of a message.
	start, last int
	num         int64
	name        string
	// lvalue is the name that was read last, if nothing came after it.
	lvalue string
	prev   token
	depth  int
	// level counts values that are being evaluated inside each other.
	level int
	// values counts the values that have been evaluated.
	values int
	err    error
}

// maxValues bounds how many values of variables one expression may evaluate:
// "a=b+b b=c+c …" doubles their number with each name.
const maxValues = 1 << 20

// maxLevel is how often the value of a variable may be evaluated in the
// evaluation of another one: bash's own limit.
const maxLevel = 1024

func evalBash(text string, vars Vars) (int64, error) {
	e := bash{vars: vars}
	n := e.evaluate(text)
	return n, e.err
}

// evaluate evaluates a whole text, which may be a variable's value.
func (e *bash) evaluate(text string) int64 {
	for text != "" && isSpace(text[0]) {
		text = text[1:]
	}
	if text == "" {
		return 0
	}
	e.values++
	if e.level++; e.level > maxLevel || e.values > maxValues {
		return e.fail("expression recursion level exceeded")
	}
	outer := *e
	e.text, e.pos, e.last, e.lvalue, e.prev = text, 0, -1, "", tokEnd
	e.tok = tokEnd
	e.next()
	n := e.comma(false)
	if e.err == nil && e.tok != tokEnd {
		e.fail("syntax error in expression")
	}
	err, values := e.err, e.values
	*e = outer
	e.level--
	e.values = values
	if err != nil {
		e.failWith(err)
	}
	return n
}

func (e *bash) fail(what string) int64 {
	if e.err != nil {
		return 0
	}
	at := ""
	if e.last >= 0 && e.last < len(e.text) {
		at = e.text[e.last:]
	}
	return e.failWith(&Error{e.text + ": " + what + " (error token is \"" + at + "\")"})
}

func (e *bash) failWith(err error) int64 {
	if e.err == nil {
		e.err = err
	}
	e.tok = tokEnd
	e.pos = len(e.text)
	return 0
}

func (e *bash) nest() bool {
	if e.depth++; e.depth > maxDepth {
		e.fail("expression recursion level exceeded")
	}
	return e.err == nil
}

func (e *bash) unnest() { e.depth-- }

func (e *bash) comma(skip bool) int64 {
	n := e.assignment(skip)
	for e.tok == tokComma {
		e.next()
		n = e.assignment(skip)
	}
	return n
}

func (e *bash) assignment(skip bool) int64 {
	if !e.nest() {
		return 0
	}
	defer e.unnest()
	n := e.conditional(skip)
	op := e.tok
	if op != tokAssign && op < compound {
		return n
	}
	name := e.lvalue
	if name == "" {
		return e.fail("attempted assignment to non-variable")
	}
	e.next()
	b := e.assignment(skip)
	if e.err != nil {
		return 0
	}
	if op != tokAssign {
		b = e.binary(op-compound, n, b, skip)
	}
	e.lvalue = ""
	return e.set(name, b, skip)
}

func (e *bash) set(name string, n int64, skip bool) int64 {
	if skip || e.err != nil {
		return n
	}
	if err := e.vars.Set(name, itoa(n)); err != nil {
		return e.failWith(err)
	}
	return n
}

func (e *bash) conditional(skip bool) int64 {
	a := e.or(skip)
	if e.tok != tokQuestion {
		return a
	}
	if !e.nest() {
		return 0
	}
	defer e.unnest()
	e.next()
	if e.err == nil && (e.tok == tokEnd || e.tok == tokColon) {
		return e.fail("expression expected")
	}
	b := e.comma(skip || a == 0)
	if e.err == nil && e.tok != tokColon {
		return e.fail("`:' expected for conditional expression")
	}
	e.next()
	if e.err == nil && e.tok == tokEnd {
		return e.fail("expression expected")
	}
	c := e.conditional(skip || a != 0)
	e.lvalue = ""
	if a != 0 {
		return b
	}
	return c
}

func (e *bash) or(skip bool) int64 {
	a := e.and(skip)
	for e.tok == tokOr {
		e.next()
		b := e.and(skip || a != 0)
		a = truth(a != 0 || b != 0)
		e.lvalue = ""
	}
	return a
}

func (e *bash) and(skip bool) int64 {
	a := e.operation(1, skip)
	for e.tok == tokAnd {
		e.next()
		b := e.operation(1, skip || a == 0)
		a = truth(a != 0 && b != 0)
		e.lvalue = ""
	}
	return a
}

func (e *bash) operation(level int, skip bool) int64 {
	a := e.power(skip)
	for {
		op := e.tok
		p := precedence(op)
		if p < level || p == 0 {
			return a
		}
		e.next()
		divisor := e.start
		b := e.operation(p+1, skip)
		if (op == tokDiv || op == tokRem) && b == 0 && !skip && e.err == nil {
			e.last = divisor
		}
		a = e.binary(op, a, b, skip)
		e.lvalue = ""
	}
}

func (e *bash) binary(op token, a, b int64, skip bool) int64 {
	if e.err != nil {
		return 0
	}
	if (op == tokDiv || op == tokRem) && b == 0 {
		if !skip {
			return e.fail("division by 0")
		}
		b = 1
	}
	return apply(op, a, b)
}

func (e *bash) power(skip bool) int64 {
	a := e.unary(skip)
	if e.tok != tokPower {
		return a
	}
	if !e.nest() {
		return 0
	}
	defer e.unnest()
	e.next()
	b := e.power(skip)
	e.lvalue = ""
	if e.err != nil {
		return 0
	}
	if b < 0 {
		return e.fail("exponent less than 0")
	}
	n := int64(1)
	for ; b > 0; b >>= 1 {
		if b&1 != 0 {
			n *= a
		}
		a *= a
	}
	return n
}

func (e *bash) unary(skip bool) int64 {
	op := e.tok
	switch op {
	case tokSub, tokAdd, tokNot, tokBitNot:
	default:
		return e.primary(skip)
	}
	if !e.nest() {
		return 0
	}
	defer e.unnest()
	e.next()
	n := e.unary(skip)
	e.lvalue = ""
	switch op {
	case tokSub:
		return -n
	case tokNot:
		return truth(n == 0)
	case tokBitNot:
		return ^n
	}
	return n
}

func (e *bash) primary(skip bool) int64 {
	e.lvalue = ""
	switch op := e.tok; op {
	case tokNum:
		n := e.num
		e.next()
		return n
	case tokName:
		return e.variable(skip)
	case tokIncr, tokDecr:
		e.next()
		if e.tok != tokName {
			return e.fail("identifier expected after pre-increment or pre-decrement")
		}
		name := e.name
		n := e.value(name, skip) + step(op)
		n = e.set(name, n, skip)
		e.next()
		return n
	case tokLParen:
		e.next()
		n := e.comma(skip)
		if e.err == nil && e.tok != tokRParen {
			return e.fail("missing `)'")
		}
		e.next()
		e.lvalue = ""
		return n
	}
	return e.fail("syntax error: operand expected")
}

func step(op token) int64 {
	if op == tokIncr {
		return 1
	}
	return -1
}

// variable reads a name, and ++ or -- after it.
func (e *bash) variable(skip bool) int64 {
	name := e.name
	e.next()
	if e.tok == tokAssign && e.err == nil {
		// The value is not needed, and may be no expression.
		e.lvalue = name
		return 0
	}
	n := e.value(name, skip)
	switch op := e.tok; op {
	case tokIncr, tokDecr:
		e.set(name, n+step(op), skip)
		e.next()
		return n
	}
	e.lvalue = name
	return n
}

// value is a variable's: its text is an expression.
func (e *bash) value(name string, skip bool) int64 {
	if skip || e.err != nil {
		return 0
	}
	s, _ := e.vars.Get(name)
	if n, ok := plain(s); ok {
		return n
	}
	return e.evaluate(s)
}
