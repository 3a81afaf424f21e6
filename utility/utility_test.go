package utility

import (
	"context"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"sysv/system"
	"sysv/system/simulated"
	"sysv/utility/call"
)

// cases are the names in Lookup's switch.
func cases(t *testing.T) (names []string) {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), "utility.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(f, func(n ast.Node) bool {
		c, ok := n.(*ast.CaseClause)
		if !ok {
			return true
		}
		for _, e := range c.List {
			name, err := strconv.Unquote(e.(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			names = append(names, name)
		}
		return true
	})
	return names
}

// TestNames checks that Lookup and the list of names are of the same ones.
func TestNames(t *testing.T) {
	listed := strings.Fields(candidates)
	if !slices.IsSorted(listed) {
		t.Error("the candidates are not sorted")
	}
	inSwitch := cases(t)
	if len(inSwitch) < 50 {
		t.Fatalf("only %d cases found", len(inSwitch))
	}
	for i, name := range inSwitch {
		if !slices.Contains(listed, name) {
			t.Errorf("%s is known, but no candidate", name)
		}
		if slices.Contains(inSwitch[:i], name) {
			t.Errorf("%s is there twice", name)
		}
		if Lookup(name) == nil {
			t.Errorf("%s is in the switch, but not found", name)
		}
	}
	for i, name := range listed {
		if !slices.Contains(inSwitch, name) || i > 0 && listed[i-1] == name {
			t.Errorf("%s is a candidate twice, or not known", name)
		}
	}
	if names := Names(); !slices.Equal(names, listed) {
		t.Errorf("Names gives %v, not %v", names, listed)
	}
	for _, name := range []string{"", "nosuch", "CAT", "/bin/cat", "-", "cat "} {
		if Lookup(name) != nil {
			t.Errorf("%q is found", name)
		}
	}
}

// result is what one run shows.
type result struct {
	stdout, stderr, refused string
	status                  int
	effects                 []string
	panicked                any
	// ended tells that it ended the process that it runs in, as killall does
	// with a pattern that is everything's.
	ended bool
}

// limit is the longest that a run may take, of the machine's own time: long,
// since the machine may have other work.
const limit = 2 * time.Minute

// run runs a utility on an invented machine with nothing else on it. The
// context ends early, for those that would run for ever.
func run(t *testing.T, argv []string) (r result) {
	t.Helper()
	m := simulated.Standard(simulated.Options{Capacity: 8 << 20, Env: []string{"PATH=/usr/bin:/bin", "HOME=/root", "LC_ALL=C"}})
	defer m.Close()
	p := m.Process()
	outputs := [2]string{"/stdout", "/stderr"}
	for i, name := range outputs {
		f, err := p.Open(name, system.ReadWrite|system.Create, 0o600)
		if err != nil {
			t.Fatal(err)
		}
		p.Files.Set(i+1, f)
	}
	if err := m.AddDir("/test", 0o755); err != nil {
		t.Fatal(err)
	}
	p.Dir = "/test"
	before := len(m.Effects())
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer func() { r.panicked = recover() }()
		r.status, r.refused = call.Run(ctx, Lookup(argv[0]), p, argv)
	}()
	select {
	case <-done:
	case <-time.After(limit):
		t.Fatalf("%s with %d arguments does not end", argv[0], len(argv)-1)
	}
	if _, r.ended = m.Ended(); r.ended {
		return r
	}
	for _, e := range m.Effects()[before:] {
		if s := e.String(); !strings.Contains(s, "changed /std") {
			r.effects = append(r.effects, s)
		}
	}
	text := [2]string{}
	for i, name := range outputs {
		b, err := p.ReadFile(name, 0)
		if err != nil {
			t.Fatal(err)
		}
		text[i] = string(b)
	}
	r.stdout, r.stderr = text[0], text[1]
	return r
}

// TestUnknownOption gives every utility an option that none has. It must
// refuse it, with nothing done or printed, or else do what the real program
// does: see TestConfirmUnknownOption.
func TestUnknownOption(t *testing.T) {
	for _, name := range Names() {
		t.Run(name, func(t *testing.T) {
			r := run(t, []string{name, "--no-such-option"})
			if r.panicked != nil {
				t.Fatal(r.panicked)
			}
			if r.ended || len(r.effects) > 0 {
				t.Errorf("did something: %q", r.effects)
			}
			switch {
			case r.refused != "":
				if r.stdout != "" || r.stderr != "" {
					t.Errorf("was refused, but printed %q and %q", r.stdout, r.stderr)
				}
			case !answersItself(name):
				t.Errorf("was not refused: status %d, %q, %q", r.status, r.stdout, r.stderr)
			}
		})
	}
}

// answersItself are the utilities for which an unknown option is an operand,
// or that have the original's own words for it.
func answersItself(name string) bool {
	switch name {
	case "[", "test", "echo", "printf", "true", "false", "expr", "restorecon", "start-stop-daemon", "kill", "killall5", "pidof":
		return true
	}
	return false
}

// TestStrangeArguments gives every utility arguments of every strange number
// and kind: none may panic, or go on when its time is over.
func TestStrangeArguments(t *testing.T) {
	many := func(arg string, n int) []string {
		args := make([]string, n)
		for i := range args {
			args[i] = arg
		}
		return args
	}
	const lots = 10000
	table := []struct {
		name string
		args []string
	}{
		{"none", nil},
		{"empty", []string{""}},
		{"lots", many("x", lots)},
		{"lots empty", many("", lots)},
		{"lots of numbers", many("1", lots)},
		{"dash", []string{"-"}},
		{"dashes", []string{"--"}},
		{"lots of dashes", many("-", lots)},
		{"lots of ends", many("--", lots)},
		{"lots of negations", many("!", lots)},
		{"lots of parentheses", many("(", lots)},
		{"lots of pairs", append(many("(", lots/2), many(")", lots/2)...)},
		{"lots of assignments", many("a=b", lots)},
		{"long", []string{strings.Repeat("x", 100000)}},
		{"long option", []string{"-" + strings.Repeat("n", 10000)}},
		{"long name", []string{"--" + strings.Repeat("n", 10000)}},
		{"equals", []string{"="}},
		{"an option's value alone", []string{"--="}},
		{"not text", []string{"\xff\xfe", "\x01", "\n"}},
		{"brackets", []string{"[", "]", "[[:", "\\", "*", "{", "}"}},
		{"script", []string{"s/x", "{", "}"}},
		{"formats", []string{"+%", "%", "%99999999999d", "\\", "x"}},
		{"numbers", []string{"-1", "99999999999999999999", "-99999999999999999999", "0x", "1e999"}},
		{"letters", []string{"-a", "-b", "-c", "-d", "-e", "-f"}},
		{"files", []string{"/", "/nosuch/x", "/etc/passwd", "/dev/null"}},
	}
	// Every letter as an option, alone and with something behind it.
	for ch := '!'; ch <= '~'; ch++ {
		table = append(table, struct {
			name string
			args []string
		}{fmt.Sprintf("-%c", ch), []string{"-" + string(ch), "x", ""}})
	}
	for _, name := range Names() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, row := range table {
				if r := run(t, append([]string{name}, row.args...)); r.panicked != nil {
					t.Errorf("%s: panic: %v", row.name, r.panicked)
				}
			}
		})
	}
}
