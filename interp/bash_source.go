package interp

import (
	"strings"

	"sysv/interp/ast"
	"sysv/interp/print"
)

// sourceWord is a word as it stood in the script, or nearly: package print
// knows what it means, and not how it was quoted.
func sourceWord(w *ast.Word) string {
	var b strings.Builder
	print.Word(&b, w)
	return shortNames(b.String())
}

// sourceCommand is a command as it stood in the script, or nearly.
func sourceCommand(c ast.Command) string { return shortNames(print.String(c)) }

// shortNames writes ${name} as $name where that is the same.
func shortNames(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '$' && i+1 < len(s) && s[i+1] == '{' && (i == 0 || s[i-1] != '\\') {
			end := strings.IndexByte(s[i:], '}')
			if end > 0 && isName(s[i+2:i+end]) && (i+end+1 == len(s) || !isName("_"+s[i+end+1:i+end+2])) {
				b.WriteString("$" + s[i+2:i+end])
				i += end
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}
