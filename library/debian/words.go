package debian

import "sysv/interp"

// words is a command: its name and what follows it.
func words(name string, rest ...string) []string {
	return append(append(make([]string, 0, len(rest)+1), name), rest...)
}

// test is the words of a [ command.
func test(args ...string) []string {
	return append(words("[", args...), "]")
}

// get is "${NAME:-}".
func get(sh *interp.Shell, name string) string {
	v, _ := sh.Get(name)
	return v
}

// orTrue runs a command as in "COMMAND || true".
func orTrue(sh *interp.Shell, argv []string) {
	if sh.Try(argv) != 0 {
		sh.Call(words("true"))
	}
}

// echo is 'echo ARGS || true': a message that cannot be written is no reason
// to end.
func echo(sh *interp.Shell, args ...string) { orTrue(sh, words("echo", args...)) }

// withPrefix and withSuffix are "TEXT$@" and "$@TEXT": the text is joined to
// the first or the last parameter, and stands alone where there is none.
func withPrefix(text string, params []string) []string {
	if len(params) == 0 {
		return []string{text}
	}
	return append([]string{text + params[0]}, params[1:]...)
}

func withSuffix(params []string, text string) []string {
	if len(params) == 0 {
		return []string{text}
	}
	last := len(params) - 1
	return append(append(make([]string, 0, len(params)), params[:last]...), params[last]+text)
}

// returnValue is 'return $NAME', without quotes.
func returnValue(sh *interp.Shell, value string) int { return sh.Return(sh.Split(value)...) }

// statusText is $? as text.
func statusText(sh *interp.Shell) string { return sh.Expand("?") }
