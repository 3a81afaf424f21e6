//go:build linux

package confirm

import "sysv/utility"

// builtIn reports whether our shell has a program built in, and so does not
// execute it in the mode prefer. run-parts is among them because the built-in
// init-functions reads init-functions.d itself.
func builtIn(name string) bool { return name == "run-parts" || utility.Lookup(name) != nil }
