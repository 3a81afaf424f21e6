package rules

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"strings"
	"testing"

	"sysv/lint"
	"sysv/script"
)

// TestBashismsConfirm has the real dash and bash run what the rules on
// portability say dash does otherwise: the two must differ where a rule fires
// with severity error, and must not where none does.
func TestBashismsConfirm(t *testing.T) {
	for _, c := range []struct{ name, text, rule string }{
		{"array", "a=(1 2); echo ${a[1]}", "SV8002"},
		{"function with parentheses", "function f() { echo x; }; f", "SV8002"},
		{"process substitution", "cat <(echo x)", "SV8002"},
		{"here-string", "cat <<<x", "SV8002"},
		{"double equals", "[ a == a ] && echo same", "SV8003"},
		{"one equals", "[ a = a ] && echo same", ""},
		{"double bracket", "[[ a = a ]] && echo same", "SV8004"},
		{"source", "echo 'echo x' >/tmp/sysv.$$; source /tmp/sysv.$$; rm /tmp/sysv.$$", "SV8004"},
		{"dot", "echo 'echo x' >/tmp/sysv.$$; . /tmp/sysv.$$; rm /tmp/sysv.$$", ""},
		{"declare", "declare x=1; echo $x", "SV8004"},
		{"let", "let x=1+1; echo $x", "SV8004"},
		{"pushd", "pushd /usr >/dev/null; pwd", "SV8004"},
		{"double parenthesis", "((1)) && echo yes", "SV8004"},
		{"slice", "x=abc; echo ${x:1:1}", "SV8005"},
		{"replace", "x=abc; echo ${x/b/d}", "SV8005"},
		{"upper", "x=abc; echo ${x^^}", "SV8005"},
		{"indirect", "x=y; y=z; echo ${!x}", "SV8005"},
		{"file", "echo a >/tmp/sysv.$$; echo \"$(</tmp/sysv.$$)\"; rm /tmp/sysv.$$", "SV8005"},
		{"braces", "echo {1..3} {a,b}", "SV8005"},
		{"braces of find", "find /dev/null -exec echo {} \\;", ""},
		{"braces in quotes", "echo '{a,b}'", ""},
		{"dollar quote", "echo $'a\\tb'", "SV8005"},
		{"dollar at the end", "echo 'a$'\"b\" $", ""},
		{"default", "echo ${x:-a} ${x-b} ${x:+c}", ""},
		{"trims", "x=a.b; echo ${x%.*} ${x##*.} ${#x}", ""},
		{"ampersand", "ls /none &>/dev/null; echo $?", "SV8006"},
		{"ampersand behind", "sleep 0 & >/dev/null; wait; echo x", ""},
		{"both", "ls /none >/dev/null 2>&1; echo $?", ""},
		{"to a name", "echo a >&/dev/null; echo b", "SV8006"},
		{"to a number", "echo a >&2", ""},
		{"UID", "[ $UID -ge 0 ] && echo x", "SV8007"},
		{"UID with a default", "echo ${UID:-x} >/dev/null", ""},
		{"read with a time", "echo a | { read -t 1 x; echo $x; }", "SV8008"},
		{"read with a prompt", "echo a | { read -p '' x; echo $x; }", ""},
		{"trap of SIGTERM", "trap 'echo x' SIGTERM; kill -TERM $$; echo y", "SV8008"},
		{"trap of TERM", "trap 'echo x' TERM; kill -TERM $$; echo y", ""},
		{"kill with SIGURG", "kill -SIGURG $$ && echo x", "SV8008"},
		{"pipefail", "set -o pipefail; echo x", "SV8008"},
		{"export of a function", "f() { :; }; export -f f; echo x", "SV8008"},
		{"typed local", "f() { local -i x=1; echo $x; }; f", "SV8008"},
		{"local", "f() { local x=1; echo $x; }; f", ""},
		{"minus one", "(exit -1); echo $?", "SV8009"},
		{"increment", "i=1; : $((i++)); echo $i", "SV8021"},
		{"plus", "i=1; i=$((i + 1)); echo $i", ""},
		{"local outside", "local x=1; echo on", "SV8022"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := script.Parse("/etc/init.d/x", []byte("#!/bin/sh\n. /lib/lsb/init-functions\n"+c.text+"\n"))
			fired := map[string]bool{}
			for _, f := range lint.Script(s, nil, All()) {
				if f.Severity == lint.Error && strings.HasPrefix(f.Rule, "SV8") || f.Rule == c.rule {
					fired[f.Rule] = true
				}
			}
			if c.rule == "" && len(fired) > 0 || c.rule != "" && !fired[c.rule] {
				t.Errorf("%v fires, and not %q", fired, c.rule)
			}
			dash, bash := shell(t, "dash", c.text), shell(t, "bash", c.text)
			if same := dash == bash; same != (c.rule == "") {
				t.Errorf("dash: %q\nbash: %q", dash, bash)
			}
		})
	}
}

// shell runs a text with a real shell: output and status.
func shell(t *testing.T, name, text string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		if os.Getenv("SYSV_REQUIRE_ORACLES") == "1" {
			t.Fatalf("%s is missing", name)
		}
		t.Skipf("SKIPPED: %s is missing", name)
	}
	c := exec.CommandContext(context.Background(), path, "-c", text)
	var out bytes.Buffer
	c.Stdout = &out
	if err := c.Run(); err != nil {
		out.WriteString(err.Error())
	}
	return out.String()
}
