//go:build linux

package confirm

import "sysv/utility"

// builtIn reports whether our shell has a program built in, and so does not
// execute it in the mode prefer.
func builtIn(name string) bool { return utility.Lookup(name) != nil }
