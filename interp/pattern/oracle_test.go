package pattern

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// real runs a script with the real shell, in the C locale or another.
func real(t testing.TB, shell, locale, dir, script string, args ...string) string {
	t.Helper()
	path, err := exec.LookPath(shell)
	if err != nil {
		missing(t, shell)
	}
	c := exec.Command(path, append([]string{"-c", script, shell}, args...)...)
	c.Env = []string{"PATH=/usr/bin:/bin", "LC_ALL=" + locale}
	c.Dir = dir
	out, err := c.CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v: %s\n%s", shell, err, out, script)
	}
	return string(out)
}

func missing(t testing.TB, what string) {
	t.Helper()
	if os.Getenv("SYSV_REQUIRE_ORACLES") == "1" {
		t.Fatalf("NOT COMPARED: there is no %s", what)
	}
	t.Skipf("NOT COMPARED: there is no %s", what)
}

// parse reads a pattern as the tables write it: text between « and » is
// quoted, the rest is not.
func parse(p string) (segs []Segment) {
	for p != "" {
		before, rest, found := strings.Cut(p, "«")
		if before != "" {
			segs = append(segs, Segment{Text: before})
		}
		if !found {
			break
		}
		quoted, after, _ := strings.Cut(rest, "»")
		segs = append(segs, Segment{quoted, true})
		p = after
	}
	return segs
}

// source is shell source for a pattern: unquoted text comes out of variables,
// so that a backslash in it reaches the matcher.
func source(segs []Segment) (assigns, word string) {
	for i, s := range segs {
		q := "'" + strings.ReplaceAll(s.Text, "'", `'\''`) + "'"
		if s.Quoted {
			word += q
			continue
		}
		name := "p" + string(rune('a'+i))
		assigns += name + "=" + q + "\n"
		word += "${" + name + "}"
	}
	if word == "" {
		word = "''"
	}
	return assigns, word
}
