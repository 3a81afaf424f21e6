package debian

import (
	"context"

	"sysv/interp"
)

// The functions of init-functions.d/00-verbose, which comes in the same
// package: messages that VERBOSE=no leaves out.

func sourceVerbose(sh *interp.Shell) int {
	for _, name := range verboseNames() {
		sh.Define(name, Function(name))
	}
	return 0
}

// isVerbose is the condition of each of them.
func isVerbose(sh *interp.Shell) bool {
	verbose := get(sh, "VERBOSE")
	if verbose == "" {
		verbose = "yes"
	}
	return sh.Try(words("test", "x"+verbose, "!=", "xno")) == 0
}

// verbosely is the function that calls another one if there are to be
// messages; line is where it calls it.
func verbosely(name string, line int) interp.Function {
	return func(_ context.Context, sh *interp.Shell, args []string) int {
		if !isVerbose(sh.At(line - 1)) {
			return sh.At(line + 2).Call(words("true"))
		}
		return sh.At(line).Call(words(name, args[1:]...))
	}
}

func vlogEndMsg(_ context.Context, sh *interp.Shell, args []string) int {
	if isVerbose(sh.At(43)) {
		return sh.At(44).Call(words("log_end_msg", args[1:]...))
	}
	status := get(sh, "1")
	if status == "" {
		status = "1"
	}
	return returnValue(sh.At(46), status)
}
