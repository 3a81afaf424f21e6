package print

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"sysv/interp/parse"
)

// shorts are background commands, as the real dash's jobs shows them. Where
// ours differs, want is ours and why is the reason.
var shorts = []struct{ name, cmd, want, why string }{
	{name: "words", cmd: `sleep 1 "a b" c`},
	{name: "single quotes", cmd: `sleep 1 'a b'`},
	{name: "quotes in quotes", cmd: `sleep 1 "it's" '"' "a\\b" 'a\b' '$x' "$ "`},
	{name: "params", cmd: `sleep 1 $x ${x} "$x" $1 $@ "$@" $# $?`},
	{name: "param ops", cmd: `sleep 1 ${x-a} ${x:-a b} ${x+a} ${x:+a} ${x#a} ${x##a} ${x%a} ${x%%a*}`},
	{name: "param ops quoted", cmd: `sleep 1 "${x-a}" "${x:=a b}" "${x#a}" "${x%%a*}"`},
	{name: "param quotes inside", cmd: `sleep 1 ${x-"a b"} ${x#'a'}`},
	{name: "length", cmd: `sleep 1 ${#x} "${#x}"`},
	{name: "substitutions", cmd: "sleep 1 $(echo a) `echo b` \"$(echo c)\" $((1 + $x)) \"$((2))\""},
	{name: "assignments", cmd: `x=1 y=2 sleep 1 z=3`},
	{name: "redirections", cmd: `sleep 1 >/dev/null 2>&1 </dev/null 3<>/dev/null 4>>/dev/null 5>|/dev/null`},
	{name: "close", cmd: `sleep 1 3>&- <&-`},
	{name: "group", cmd: `{ sleep 1; echo a; }`},
	{name: "group redirected", cmd: `{ sleep 1; } >/dev/null`},
	{name: "subshell", cmd: `(sleep 1; echo a)`},
	{name: "subshell redirected", cmd: `(sleep 1) >/dev/null`},
	{name: "list inside", cmd: `{ sleep 1 & sleep 2; }`},
	{name: "and or", cmd: `sleep 1 && echo a || echo b`},
	{name: "not", cmd: `! sleep 1 && echo a`},
	{name: "if", cmd: `if sleep 1; then a; elif b; then c; else d; fi`},
	{name: "while", cmd: `while sleep 1; do a; done`},
	{name: "until", cmd: `until sleep 1; do a; done`},
	{name: "for", cmd: `for i in a "b" $c; do sleep 1; done`},
	{name: "for no words", cmd: `for i; do sleep 1; done`},
	{name: "case", cmd: `case "$x" in a|b) c;; (*) sleep 1; e;; f) ;; esac`},
	{name: "function", cmd: `f() { sleep 1; }`},
	{name: "backslash", cmd: `sleep 1 \*`, want: `sleep 1 "*"`,
		why: "the tree does not know a backslash from quotes"},
	{name: "escaped in quotes", cmd: `sleep 1 "\$x \""`, want: `sleep 1 "\$x \""`,
		why: "the tree does not know a backslash in quotes"},
	{name: "quotes and parameter", cmd: `sleep 1 a'b'"$x"c`, want: `sleep 1 a"b${x}"c`,
		why: "the tree joins quoted text"},
	{name: "quotes joined", cmd: `sleep 1 'a'"b"`, want: `sleep 1 "ab"`,
		why: "the tree joins quoted text"},
}

// TestShort compares with what the real dash's jobs prints. dash makes that
// text only with set -m, which needs a terminal: script(1) gives it one.
func TestShort(t *testing.T) {
	for _, program := range []string{"dash", "script"} {
		if _, err := exec.LookPath(program); err != nil {
			if os.Getenv("SYSV_REQUIRE_ORACLES") == "1" {
				t.Fatal(program + " is missing")
			}
			t.Skip("SKIPPED: " + program + " is missing, nothing was compared")
		}
	}
	for _, c := range shorts {
		t.Run(c.name, func(t *testing.T) {
			cmd, err := parse.All(c.cmd, parse.Options{})
			if err != nil {
				t.Fatal(err)
			}
			got := Short(cmd)
			want := jobsText(t, c.cmd)
			if c.why != "" {
				if want == c.want {
					t.Error("a known difference is gone")
				}
				want = c.want
			}
			if got != want {
				t.Errorf("got  %s\nwant %s", got, want)
			}
		})
	}
}

// jobsText has dash start a command in the background, with a sleep that ends
// it, and show its jobs.
func jobsText(t *testing.T, command string) string {
	text := fmt.Sprintf("set -m\nx=1\nsleep() { /bin/sleep 0.3; exit; }\n%s &\njobs >&9\n", command)
	script := t.TempDir() + "/s"
	if err := os.WriteFile(script, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	out := script + ".out"
	const before = 33 // "[1] + Running" and blanks
	line := ""
	// A command that ends at once may have ended before jobs looks.
	for range 20 {
		run := exec.Command("script", "-qc", "dash "+script+" 9>"+out, "/dev/null")
		run.Stdin = bytes.NewReader(nil)
		if err := run.Run(); err != nil {
			t.Log(err)
		}
		data, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		if line = strings.TrimSuffix(string(data), "\n"); len(line) >= before {
			return line[before:]
		}
	}
	t.Fatalf("jobs printed %q", line)
	return ""
}
