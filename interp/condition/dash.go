package condition

import "sysv/system"

// dash is one evaluation as dash does it. at is the argument that is looked
// at; op is the operator that was read last, "" if it was none.
type dash struct {
	p    *system.Process
	args []string
	at   int
	op   string
	err  error
}

// word is what [dash.read] finds.
type word uint8

const (
	end word = iota
	operand
	unaryOp
	binaryOp
	bang
	and
	or
	open
	closed
)

// test: three and four arguments have their meaning from POSIX where it can
// be told; what is left is read by the grammar.
func (e *dash) test() bool {
	invert := false
	for {
		n := len(e.args)
		if n == 0 {
			return invert
		}
		if n == 3 && operator(e.args[1]) == binary {
			return e.finish(e.or(operand)) != invert
		}
		if n == 3 || n == 4 {
			if e.args[0] == "(" && e.args[n-1] == ")" {
				e.args = e.args[1 : n-1]
				break
			}
			if e.args[0] == "!" {
				// dash leaves the test inverted from here on: a second !
				// does not turn it back.
				invert = true
				e.args = e.args[1:]
				continue
			}
		}
		break
	}
	return e.finish(e.or(e.read(0))) != invert
}

// finish complains about arguments that are left over.
func (e *dash) finish(value bool) bool {
	if e.err == nil && e.at+1 < len(e.args) {
		e.fail(e.args[e.at], "unexpected operator")
	}
	return value
}

func (e *dash) fail(op, message string) bool {
	if e.err != nil {
		return false
	}
	if op != "" {
		message = op + ": " + message
	}
	e.err = Error(message)
	return false
}

func (e *dash) has(i int) bool { return i < len(e.args) }

// read tells what argument i is, as seen from its place: a unary operator
// with nothing after it, or with a binary operator and one argument more, is
// an operand.
func (e *dash) read(i int) word {
	e.op = ""
	if !e.has(i) {
		return end
	}
	s := e.args[i]
	k := operator(s)
	if k == none || k == unary && e.isOperand(i) || s == "(" && !e.has(i+1) {
		return operand
	}
	e.op = s
	switch k {
	case unary:
		return unaryOp
	case binary:
		return binaryOp
	case not:
		return bang
	case andor:
		if s == "-a" {
			return and
		}
		return or
	}
	if s == "(" {
		return open
	}
	return closed
}

func (e *dash) isOperand(i int) bool {
	if !e.has(i + 1) {
		return true
	}
	return e.has(i+2) && operator(e.args[i+1]) == binary
}

// or and and evaluate all of their operands: an error in any counts.
func (e *dash) or(w word) bool {
	value := false
	for {
		if e.and(w) {
			value = true
		}
		if e.err != nil || e.read(e.at+1) != or {
			return value
		}
		e.at += 2
		w = e.read(e.at)
	}
}

func (e *dash) and(w word) bool {
	value := true
	for {
		if !e.not(w) {
			value = false
		}
		if e.err != nil || e.read(e.at+1) != and {
			return value
		}
		e.at += 2
		w = e.read(e.at)
	}
}

func (e *dash) not(w word) bool {
	invert := false
	for w == bang {
		invert = !invert
		if w = e.read(e.at + 1); w != end {
			e.at++
		}
	}
	return e.primary(w) != invert
}

func (e *dash) primary(w word) bool {
	switch {
	case w == end:
		return false
	case w == open:
		return e.parentheses()
	case w == unaryOp:
		op := e.op
		e.at++
		if !e.has(e.at) {
			return e.fail(op, "argument expected")
		}
		return e.result(Unary(e.p, op, e.args[e.at], nil))
	}
	if e.read(e.at+1) == binaryOp {
		a, op := e.args[e.at], e.op
		e.at += 2
		if !e.has(e.at) {
			return e.fail(op, "argument expected")
		}
		return e.result(Binary(e.p, op, a, e.args[e.at], nil))
	}
	return e.args[e.at] != ""
}

// maxNesting bounds parentheses, so that arguments cannot overflow the stack.
const maxNesting = 100000

func (e *dash) parentheses() bool {
	if e.at > maxNesting {
		return e.fail("", "too many parentheses")
	}
	e.at++
	w := e.read(e.at)
	if w == closed {
		return false
	}
	value := e.or(w)
	e.at++
	if e.read(e.at) != closed {
		return e.fail("", "closing paren expected")
	}
	return value
}

func (e *dash) result(value bool, err error) bool {
	if err != nil && e.err == nil {
		e.err = err
	}
	return value
}
