package condition

import "sysv/system"

// bash is one evaluation as bash does it; at is the next argument.
type bash struct {
	p     *system.Process
	o     *Options
	args  []string
	at    int
	depth int
	err   error
}

func (e *bash) fail(message string) bool {
	if e.err == nil {
		e.err = Error(message)
	}
	return false
}

// test goes by the number of arguments, as POSIX says.
func (e *bash) test() bool {
	a := e.args
	switch len(a) {
	case 0:
		return false
	case 1:
		return a[0] != ""
	case 2:
		return e.two(a)
	case 3:
		return e.three(a)
	case 4:
		if a[0] == "!" {
			return !e.three(a[1:])
		}
		if a[0] == "(" && a[3] == ")" {
			return e.two(a[1:3])
		}
	}
	value := e.or()
	if e.err == nil && e.at < len(a) {
		if a[e.at] != "" && a[e.at][0] == '-' {
			return e.fail("syntax error: `" + a[e.at] + "' unexpected")
		}
		return e.fail("too many arguments")
	}
	return value
}

func (e *bash) two(a []string) bool {
	if a[0] == "!" {
		return a[1] == ""
	}
	if !IsUnary(a[0]) {
		return e.fail(a[0] + ": unary operator expected")
	}
	return e.result(Unary(e.p, a[0], a[1], e.o))
}

func (e *bash) three(a []string) bool {
	switch {
	case IsBinary(a[1]):
		return e.result(Binary(e.p, a[1], a[0], a[2], e.o))
	case a[1] == "-a":
		return a[0] != "" && a[2] != ""
	case a[1] == "-o":
		return a[0] != "" || a[2] != ""
	case a[0] == "!":
		return !e.two(a[1:])
	case a[0] == "(" && a[2] == ")":
		return a[1] != ""
	}
	return e.fail(a[1] + ": binary operator expected")
}

func (e *bash) result(value bool, err error) bool {
	if err != nil && e.err == nil {
		e.err = err
	}
	return value
}

func (e *bash) is(s string) bool { return e.at < len(e.args) && e.args[e.at] == s }

func (e *bash) or() bool {
	value := e.and()
	for e.err == nil && e.is("-o") {
		e.at++
		value = e.and() || value
	}
	return value
}

func (e *bash) and() bool {
	value := e.term()
	for e.err == nil && e.is("-a") {
		e.at++
		value = e.term() && value
	}
	return value
}

func (e *bash) term() bool {
	invert := false
	for e.is("!") {
		invert = !invert
		e.at++
	}
	return e.primary() != invert
}

func (e *bash) primary() bool {
	left := e.args[min(e.at, len(e.args)):]
	switch {
	case len(left) == 0:
		return e.fail("argument expected")
	case left[0] == "(":
		return e.parentheses()
	case len(left) >= 3 && IsBinary(left[1]):
		e.at += 3
		return e.result(Binary(e.p, left[1], left[0], left[2], e.o))
	case len(left) >= 2 && IsUnary(left[0]):
		e.at += 2
		return e.result(Unary(e.p, left[0], left[1], e.o))
	}
	e.at++
	return left[0] != ""
}

func (e *bash) parentheses() bool {
	if e.depth++; e.depth > maxNesting {
		return e.fail("too many parentheses")
	}
	e.at++
	value := e.or()
	e.depth--
	switch {
	case e.err != nil:
		return false
	case e.at >= len(e.args):
		return e.fail("`)' expected")
	case e.args[e.at] != ")":
		return e.fail("`)' expected, found " + e.args[e.at])
	}
	e.at++
	return value
}
