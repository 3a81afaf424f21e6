package text

import "sysv/utility/call"

// Lookup finds a utility of this package by its name, or returns nil.
func Lookup(name string) call.Func {
	switch name {
	case "grep", "egrep", "fgrep":
		return Grep
	case "sed":
		return Sed
	}
	return nil
}
