package interp

import (
	"context"
	"maps"
	"slices"
	"testing"
	"time"

	"sysv/interp/ast"
	"sysv/interp/parse"
	"sysv/system/simulated"
)

// handOverTexts put something into every part of the state.
var handOverTexts = []string{
	"a=1 b='x y' c=\"$(echo z)\"; export a; readonly b; unset c",
	"f() { echo \"$1\" | while read -r x; do case $x in a*|b) echo ${x%b};; esac; done >&2; }; g() (cd /; pwd)",
	"h() { cat <<E\n$1 `date`\nE\n}; alias ll='ls -l' x=y",
	"set -eu -f -- a 'b c' ''; trap '' HUP INT; umask 077; cd /tmp",
	"i() { if ! a; then b & elif c || d && e; then :; else { f; } 3<&0 2>>g; fi; until x; do y=$((z+1)); break; done; }",
	"while getopts ab o -a -b; do break; done; ulimit -n 100; false",
	"j() { local q=${1:-$(k \"$@\")}; for i; do echo \"${#q} ${q##*/} '$i'\"; done; return 3; }",
	"k='\xff\x00\n;5;'; IFS=:; l() { echo \\* \"\\$\" '*' $'x' ~ a\\\nb; }",
}

func handOverShell(text string) *Shell {
	m := simulated.Standard(simulated.Options{Env: []string{"PATH=/bin", "HOME=/root"}, CallTime: time.Millisecond})
	sh := New(Config{Process: m.Process(), Name: "sh", Args: []string{"p1"}})
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	ended := make(chan bool)
	go func() {
		defer close(ended)
		sh.RunText(ctx, text)
	}()
	<-ended
	sh.ctx = context.Background()
	if _, gone := m.Ended(); gone {
		return nil
	}
	return sh
}

func reload(state []byte) (*Shell, string, *reader) {
	m := simulated.Standard(simulated.Options{})
	sh := New(Config{Process: m.Process()})
	sh.vars.m = map[string]variable{}
	sh.vars.env = nil
	sh.main = true
	r := &reader{b: string(state)}
	sh.dialect, sh.mode = Dialect(r.int()), Mode(r.int())
	cmd, _ := sh.load(r)
	return sh, cmd, r
}

// What a shell hands over is what the other has: variables, functions,
// options, parameters, aliases, ignored signals, directory, mask, limits.
func checkHandOver(t *testing.T, text string) {
	sh := handOverShell(text)
	if sh == nil {
		return
	}
	cmd := ast.Command(&ast.Simple{Line: 1, Args: quotedWords([]string{"echo", text})})
	if c, err := parse.New([]byte(text), parse.Options{Line: 1}).Next(); err == nil && c != nil {
		cmd = c
	}
	got, command, r := reload(sh.state(cmd))
	if r.bad || r.b != "" {
		t.Fatalf("state of %q is not read: bad %v, %d bytes left", text, r.bad, len(r.b))
	}
	if command != printed(cmd, sh.line) {
		t.Errorf("command is %q", command)
	}
	for name, v := range sh.vars.m {
		w := got.vars.m[name]
		if w.value != v.value || w.flags != v.flags || w.seq != v.seq {
			t.Errorf("%q: variable %s is %+v, expected %+v", text, name, w, v)
		}
	}
	if len(got.vars.m) != len(sh.vars.m) {
		t.Errorf("%q: %d variables, expected %d", text, len(got.vars.m), len(sh.vars.m))
	}
	for name, f := range sh.funcs.m {
		g := got.funcs.m[name]
		if g == nil {
			t.Errorf("%q: function %s is lost: %q", text, name, printed(f.decl, f.decl.Line))
			continue
		}
		if a, b := printed(f.decl, f.decl.Line), printed(g.decl, g.decl.Line); a != b || g.file != f.file || g.decl.Line != f.decl.Line {
			t.Errorf("%q: function %s is %q, expected %q", text, name, b, a)
		}
	}
	want := sh.opt
	want[optMonitor] = false
	if got.opt != want {
		t.Errorf("%q: options are %v, expected %v", text, got.opt, want)
	}
	if !slices.Equal(got.params, sh.params) || !maps.Equal(got.aliases, sh.aliases) || got.status != sh.status || got.p.Dir != sh.p.Dir ||
		got.p.Umask != sh.p.Umask || !maps.Equal(got.p.Limits, sh.p.Limits) || got.pid != sh.pid || got.name != sh.name || got.handed != sh.handed+1 || got.getopts.ind != sh.getopts.ind {
		t.Errorf("%q: the rest differs", text)
	}
	for sig := range sh.traps.actions {
		if !got.traps.set(sig) {
			t.Errorf("%q: trap of %v is lost", text, sig)
		}
	}
}

func TestHandOver(t *testing.T) {
	for _, text := range handOverTexts {
		checkHandOver(t, text)
	}
}

// FuzzHandover hands over what arbitrary text makes of a shell, and reads
// arbitrary bytes as a state, which must not crash.
func FuzzHandover(f *testing.F) {
	for _, text := range handOverTexts {
		f.Add(text)
		if sh := handOverShell(text); sh != nil {
			f.Add(string(sh.state(&ast.Simple{Line: 1, Args: quotedWords([]string{"true"})})))
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		reload([]byte(text))
		checkHandOver(t, text)
	})
}
