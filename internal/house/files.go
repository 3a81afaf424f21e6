package house

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
)

// maxLines is how long a Go file may be: what one reads in one sitting.
const maxLines = 900

// Length is the rule that no Go file is longer than 900 lines.
func Length(t *Tree) (found []string) {
	for _, f := range t.Files {
		if n := bytes.Count(f.Data, []byte("\n")); f.AST != nil && n > maxLines {
			found = append(found, fmt.Sprintf("%s:%d: the file has more than %d lines", f.Path, n, maxLines))
		}
	}
	return found
}

// unfinished and ownPaths are written in pieces so that this file does not
// have them.
var (
	unfinished = regexp.MustCompile(`\b(TO` + `DO|FIX` + `ME|X` + `XX)\b`)
	ownPaths   = regexp.MustCompile(`(^|[^\w./-])/(wo` + `rk|tmp/br` + `ief|root/g` + `o|root/\.py` + `env)(/|\b)`)
)

// Text is the rule that no tracked file has a note of unfinished work, or a
// path of the machine that it was written on.
func Text(t *Tree) (found []string) {
	for _, f := range t.Files {
		if bytes.IndexByte(f.Data, 0) >= 0 || f.Path == "go.sum" {
			continue
		}
		for i, line := range strings.Split(string(f.Data), "\n") {
			if m := unfinished.FindString(line); m != "" {
				found = append(found, fmt.Sprintf("%s:%d: %s: finish it, or say what does not work", f.Path, i+1, m))
			}
			if m := ownPaths.FindString(line); m != "" {
				found = append(found, fmt.Sprintf("%s:%d: %q is a path of one machine", f.Path, i+1, strings.TrimSpace(m)))
			}
		}
	}
	return found
}
