// Package condition is the built-in utility test, which is [ too, and the
// single tests of bash's [[ ]].
//
// dash's reads one to four arguments as POSIX says and the rest by its own
// grammar (the BSD test); bash's does likewise, with its own grammar and
// messages. File tests ask the machine through a [system.Process].
package condition

import "sysv/system"

// Options is what a test needs to know of its shell. The zero value is dash.
type Options struct {
	// Bash has bash's grammar and operators.
	Bash bool
	// Variable tells whether a variable is set, for bash's -v.
	Variable func(name string) bool
	// Option tells whether an option of the shell is on, for bash's -o.
	Option func(name string) bool
}

// Statuses of the utility.
const (
	True    = 0
	False   = 1
	Failure = 2 // an expression that is none; a message has been given
)

// Error is a message of the utility, without the shell's name and the
// utility's in front.
type Error string

func (e Error) Error() string { return string(e) }

// Command is the utility by its name, "test" or "[": args are its arguments.
// errf is given its message.
func Command(p *system.Process, name string, args []string, o *Options, errf func(string)) (status int) {
	if name == "[" {
		n := len(args) - 1
		if o.Bash && (n < 0 || args[n] != "]") {
			errf("missing `]'")
			return Failure
		}
		// dash looks at the first byte only.
		if n < 0 || args[n] == "" || args[n][0] != ']' {
			errf("missing ]")
			return Failure
		}
		args = args[:n]
	}
	return Test(p, args, o, errf)
}

// Test is the utility with arguments that have neither its name nor the
// closing bracket.
func Test(p *system.Process, args []string, o *Options, errf func(string)) (status int) {
	var value bool
	var err error
	if o.Bash {
		e := bash{p: p, o: o, args: args}
		value = e.test()
		err = e.err
	} else {
		e := dash{p: p, args: args}
		value = e.test()
		err = e.err
	}
	switch {
	case err != nil:
		errf(err.Error())
		return Failure
	case value:
		return True
	}
	return False
}
