package text

import "sysv/utility/call"

// Lookup finds a utility of this package by its name, or returns nil.
func Lookup(name string) call.Func {
	switch name {
	case "awk", "mawk":
		return Awk
	case "comm":
		return Comm
	case "cut":
		return Cut
	case "echo":
		return Echo
	case "expr":
		return Expr
	case "false":
		return False
	case "fold":
		return Fold
	case "grep", "egrep", "fgrep":
		return Grep
	case "head":
		return Head
	case "od":
		return Od
	case "paste":
		return Paste
	case "rev":
		return Rev
	case "sed":
		return Sed
	case "seq":
		return Seq
	case "sort":
		return Sort
	case "tac":
		return Tac
	case "tail":
		return Tail
	case "tr":
		return Tr
	case "true":
		return True
	case "uniq":
		return Uniq
	case "wc":
		return Wc
	case "xargs":
		return Xargs
	case "yes":
		return Yes
	}
	return nil
}
