package arith

// dash evaluates as it reads, with one token ahead, as dash's arith() does:
// what stands before an error has taken effect.
type dash struct {
	text  string
	vars  Vars
	pos   int
	tok   token
	num   int64
	name  string
	depth int
	err   error
}

func (e *dash) fail(what string) int64 {
	if e.err != nil {
		return 0
	}
	return e.failWith(&Error{"arithmetic expression: " + what + ": \"" + e.text + "\""})
}

// failWith keeps the first error, and lets everything that is being read end.
func (e *dash) failWith(err error) int64 {
	if e.err == nil {
		e.err = err
	}
	e.tok = tokEnd
	e.pos = len(e.text)
	return 0
}

// nest reports whether there is room for one level more; unnest ends it.
func (e *dash) nest() bool {
	if e.depth++; e.depth > maxDepth {
		e.failWith(&Error{"arithmetic expression: too deeply nested"})
	}
	return e.err == nil
}

func (e *dash) unnest() { e.depth-- }

// next reads the next token.
func (e *dash) next() {
	t := e.text
	for e.pos < len(t) && (t[e.pos] == ' ' || t[e.pos] == '\t' || t[e.pos] == '\n') {
		e.pos++
	}
	if e.pos >= len(t) || t[e.pos] == 0 {
		e.tok = tokEnd
		return
	}
	c := t[e.pos]
	if '0' <= c && c <= '9' {
		n, end, _ := parseInt(t[e.pos:], 0)
		e.tok, e.num = tokNum, n
		e.pos += end
		return
	}
	if nameStart(c) {
		start := e.pos
		for e.pos < len(t) && nameByte(t[e.pos]) {
			e.pos++
		}
		e.tok, e.name = tokName, t[start:e.pos]
		return
	}
	tok, n := operator(t[e.pos:])
	e.tok = tok
	e.pos += n
}

// assignment reads NAME op= EXPRESSION, or a conditional.
func (e *dash) assignment(skip bool) int64 {
	if !e.nest() {
		return 0
	}
	defer e.unnest()
	if e.tok != tokName {
		return e.conditional(skip)
	}
	op, after := e.assigns()
	if op == 0 {
		return e.conditional(skip)
	}
	name := e.name
	e.pos = after
	e.next()
	n := e.assignment(skip)
	if skip || e.err != nil {
		return n
	}
	if op != tokAssign {
		n = e.binary(op-compound, e.lookup(name), n)
	}
	if e.err != nil {
		return 0
	}
	if err := e.vars.Set(name, itoa(n)); err != nil {
		return e.failWith(err)
	}
	return n
}

// assigns tells whether an assignment operator comes next, and what is after.
func (e *dash) assigns() (op token, after int) {
	i := e.pos
	for i < len(e.text) && (e.text[i] == ' ' || e.text[i] == '\t' || e.text[i] == '\n') {
		i++
	}
	if i == len(e.text) {
		return 0, 0
	}
	op, n := operator(e.text[i:])
	if op != tokAssign && op < compound {
		return 0, 0
	}
	return op, i + n
}

func (e *dash) conditional(skip bool) int64 {
	a := e.or(skip)
	if e.tok != tokQuestion {
		return a
	}
	if !e.nest() {
		return 0
	}
	defer e.unnest()
	e.next()
	b := e.assignment(skip || a == 0)
	if e.err == nil && e.tok != tokColon {
		return e.fail("expecting ':'")
	}
	e.next()
	c := e.conditional(skip || a != 0)
	if a != 0 {
		return b
	}
	return c
}

func (e *dash) or(skip bool) int64 {
	a := e.and(skip)
	for e.tok == tokOr {
		e.next()
		b := e.and(skip || a != 0)
		a = truth(a != 0 || b != 0)
	}
	return a
}

func (e *dash) and(skip bool) int64 {
	a := e.operation(1, skip)
	for e.tok == tokAnd {
		e.next()
		b := e.operation(1, skip || a == 0)
		a = truth(a != 0 && b != 0)
	}
	return a
}

// operation reads operators that bind at least as tightly as level.
func (e *dash) operation(level int, skip bool) int64 {
	a := e.primary(skip)
	for {
		op := e.tok
		p := precedence(op)
		if p < level || p == 0 {
			return a
		}
		e.next()
		b := e.operation(p+1, skip)
		if !skip {
			a = e.binary(op, a, b)
		}
	}
}

func (e *dash) binary(op token, a, b int64) int64 {
	if e.err != nil {
		return 0
	}
	if (op == tokDiv || op == tokRem) && b == 0 {
		return e.fail("division by zero")
	}
	return apply(op, a, b)
}

func (e *dash) primary(skip bool) int64 {
	for e.tok == tokAdd {
		e.next()
	}
	switch op := e.tok; op {
	case tokNum:
		n := e.num
		e.next()
		return n
	case tokName:
		name := e.name
		e.next()
		if skip {
			return 0
		}
		return e.lookup(name)
	case tokLParen:
		e.next()
		n := e.assignment(skip)
		if e.err == nil && e.tok != tokRParen {
			return e.fail("expecting ')'")
		}
		e.next()
		return n
	case tokSub, tokNot, tokBitNot:
		if !e.nest() {
			return 0
		}
		e.next()
		n := e.primary(skip)
		e.unnest()
		switch op {
		case tokSub:
			return -n
		case tokNot:
			return truth(n == 0)
		}
		return ^n
	}
	return e.fail("expecting primary")
}

func (e *dash) lookup(name string) int64 {
	if e.err != nil {
		return 0
	}
	s, _ := e.vars.Get(name)
	if n, ok := plain(s); ok {
		return n
	}
	n, err := Number(s)
	if err != nil {
		return e.failWith(err)
	}
	return n
}
