package interp

import (
	"strings"

	"sysv/interp/ast"
	"sysv/system"
)

// traceCommand is set -x: PS4, the assignments, the words. stderr is standard
// error as it was before the command's own redirections.
func (sh *Shell) traceCommand(stderr system.File, assigns []*ast.Assign, argv []string) {
	if sh.dialect == Bash {
		sh.bashTrace(stderr, assigns, argv)
		return
	}
	ps4, _ := sh.lookup("PS4")
	if strings.ContainsAny(ps4, "$`") {
		ps4 = sh.expandPrompt(ps4)
	}
	var b strings.Builder
	b.WriteString(ps4)
	sep := ""
	for _, a := range assigns {
		if a.IsArray || a.Index != nil {
			continue
		}
		// The value is what has just been assigned.
		v, _ := sh.lookup(a.Name)
		b.WriteString(sep + a.Name + "=" + traceQuote(v, sh.dialect, true))
		sep = " "
	}
	for _, w := range argv {
		b.WriteString(sep + traceQuote(w, sh.dialect, false))
		sep = " "
	}
	b.WriteByte('\n')
	sh.out.flush()
	system.WriteAll(stderr, []byte(b.String()))
}

// traceQuote quotes a word for set -x: dash prints words as they are.
func traceQuote(s string, d Dialect, value bool) string {
	if d == Dash {
		return s
	}
	if s == "" && !value {
		return "''"
	}
	return bashQuote(s)
}

// expandPrompt expands parameters in PS4.
func (sh *Shell) expandPrompt(text string) (out string) {
	x := sh.opt[optXTrace]
	sh.opt[optXTrace] = false
	defer func() { sh.opt[optXTrace] = x }()
	w, err := sh.parseWord(text)
	if err != nil {
		return text
	}
	return sh.str(w, tildeNone)
}
