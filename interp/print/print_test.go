package print

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sysv/interp/ast"
	"sysv/interp/parse"
	"sysv/interp/parse/snippets"
)

// commands reads text, line by line, with the line that each begins on.
func commands(text string, line int) (cmds []ast.Command, lines []int, err error) {
	p := parse.NewString(text, parse.Options{Line: line})
	for {
		start := p.Line()
		cmd, err := p.Next()
		if err == io.EOF {
			return cmds, lines, nil
		}
		if err != nil {
			return cmds, lines, err
		}
		if cmd != nil {
			cmds = append(cmds, cmd)
			lines = append(lines, start)
		}
	}
}

// TestRoundTrip prints what was read and reads it again.
func TestRoundTrip(t *testing.T) {
	n := 0
	for _, c := range snippets.All() {
		cmds, lines, _ := commands(c.Text, 1)
		if len(cmds) == 0 {
			continue
		}
		n++
		t.Run(c.Name, func(t *testing.T) {
			for i, cmd := range cmds {
				roundTrip(t, cmd)
				sameLines(t, cmd, lines[i])
			}
		})
	}
	t.Logf("%d snippets", n)
	if n < 150 {
		t.Error("too few snippets can be read")
	}
}

func roundTrip(t testing.TB, cmd ast.Command) {
	t.Helper()
	text := String(cmd)
	again, err := parse.All(text, parse.Options{})
	if err != nil {
		t.Errorf("%q: %v", text, err)
		return
	}
	if diff := difference(dump(cmd, false), dump(again, false)); diff != "" {
		t.Errorf("%q:\n%s", text, diff)
	}
}

// sameLines prints with lines, and compares those too.
func sameLines(t testing.TB, cmd ast.Command, line int) {
	t.Helper()
	var b strings.Builder
	Command(&b, cmd, line)
	again, err := parse.All(b.String(), parse.Options{Line: line})
	if err != nil {
		t.Errorf("%q: %v", b.String(), err)
		return
	}
	if diff := difference(dump(cmd, true), dump(again, true)); diff != "" {
		t.Errorf("line %d: %q:\n%s", line, b.String(), diff)
	}
}

// TestScripts prints and reads again every shell script of this machine.
func TestScripts(t *testing.T) {
	n := 0
	for _, pattern := range []string{"/etc/init.d/*", "/lib/lsb/*", "/lib/init/*", "/usr/bin/*", "/usr/sbin/*", "/var/lib/dpkg/info/*.*inst", "/var/lib/dpkg/info/*.*rm"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil || len(text) > 1<<20 {
				continue // a directory, or a program
			}
			if !strings.HasPrefix(string(text), "#!") && filepath.Dir(file) != "/lib/lsb" {
				continue
			}
			if line, _, _ := strings.Cut(string(text), "\n"); strings.HasPrefix(line, "#!") && !strings.Contains(line, "sh") {
				continue
			}
			cmds, lines, _ := commands(string(text), 1)
			if len(cmds) == 0 {
				continue
			}
			n++
			t.Run(file, func(t *testing.T) {
				for i, cmd := range cmds {
					roundTrip(t, cmd)
					sameLines(t, cmd, lines[i])
				}
			})
		}
	}
	if n == 0 {
		t.Error("no script found")
	}
	t.Logf("%d scripts", n)
}
