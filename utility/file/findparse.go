package file

import (
	"strconv"

	"sysv/utility/call"
)

// parse reads the expression. It is false with unsupported set for what is
// not built in, and with complain for a mistake.
func (f *finder) parse() bool {
	if len(f.args) > 0 {
		e, ok := f.list()
		if !ok {
			return false
		}
		if len(f.args) > 0 {
			return f.refuse(f.args[0])
		}
		f.expr = e
	} else {
		f.expr = func(*found) bool { return true }
	}
	if f.deletes && f.hasPrune {
		return f.refuse("-delete with -prune")
	}
	if !f.hasAction {
		e := f.expr
		f.expr = func(x *found) bool { return e(x) && f.print(x, '\n') }
	}
	return true
}

func (f *finder) refuse(what string) bool {
	if f.complain == "" {
		f.unsupported = what
	}
	return false
}

func (f *finder) peek() string {
	if len(f.args) == 0 {
		return ""
	}
	return f.args[0]
}

// list is tests joined by commas: all are done, the last one counts.
func (f *finder) list() (test, bool) {
	left, ok := f.or()
	for ok && f.peek() == "," {
		f.args = f.args[1:]
		var right test
		if right, ok = f.or(); !ok {
			break
		}
		a, b := left, right
		left = func(x *found) bool { a(x); return b(x) }
	}
	return left, ok
}

func (f *finder) or() (test, bool) {
	left, ok := f.and()
	for ok && (f.peek() == "-o" || f.peek() == "-or") {
		f.args = f.args[1:]
		var right test
		if right, ok = f.and(); !ok {
			break
		}
		a, b := left, right
		left = func(x *found) bool { return a(x) || b(x) }
	}
	return left, ok
}

func (f *finder) and() (test, bool) {
	left, ok := f.not()
	for ok {
		switch f.peek() {
		case "", "-o", "-or", ",", ")":
			return left, true
		case "-a", "-and":
			f.args = f.args[1:]
		}
		var right test
		if right, ok = f.not(); !ok {
			break
		}
		a, b := left, right
		left = func(x *found) bool { return a(x) && b(x) }
	}
	return left, ok
}

func (f *finder) not() (test, bool) {
	switch f.peek() {
	case "!", "-not":
		f.args = f.args[1:]
		e, ok := f.not()
		return func(x *found) bool { return !e(x) }, ok
	case "(":
		f.args = f.args[1:]
		e, ok := f.list()
		if !ok {
			return nil, false
		}
		if f.peek() != ")" {
			return nil, f.refuse("(")
		}
		f.args = f.args[1:]
		return e, true
	case "", ")", "-o", "-or", "-a", "-and", ",":
		return nil, f.refuse("an incomplete expression")
	}
	name := f.args[0]
	f.args = f.args[1:]
	return f.primary(name)
}

// arg is the argument of a test.
func (f *finder) arg(name string) (string, bool) {
	if len(f.args) == 0 {
		f.complain = "missing argument to `" + name + "'"
		return "", false
	}
	a := f.args[0]
	f.args = f.args[1:]
	return a, true
}

// primary is one test, option or action.
func (f *finder) primary(name string) (test, bool) {
	yes := func(*found) bool { return true }
	switch name {
	case "-true", "-noleaf", "-ignore_readdir_race", "-noignore_readdir_race", "-nowarn", "-warn":
		return yes, true
	case "-false":
		return func(*found) bool { return false }, true
	case "-depth", "-d":
		f.depthFirst = true
		return yes, true
	case "-xdev", "-mount":
		f.oneFS = true
		return yes, true
	case "-follow":
		f.followOps, f.followAll = true, true
		return yes, true
	case "-maxdepth", "-mindepth":
		a, ok := f.arg(name)
		if !ok {
			return nil, false
		}
		n, err := strconv.ParseUint(a, 10, 31)
		if err != nil {
			f.complain = "Expected a positive decimal integer argument to " + name + ", but got " + call.QuoteArg(a)
			return nil, false
		}
		if name == "-maxdepth" {
			f.maxDepth = int(n)
		} else {
			f.minDepth = int(n)
		}
		return yes, true
	case "-print", "-print0", "-printf", "-delete", "-prune", "-quit", "-exec":
		return f.action(name)
	}
	return f.fileTest(name)
}
