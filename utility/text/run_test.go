//go:build linux

package text

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"mvdan.cc/sh/v3/shell"

	"sysv/system"
	"sysv/system/linux"
	"sysv/utility/call"
)

// TestRefuse makes sure that what a utility does not have is refused before
// anything has been done.
func TestRefuse(t *testing.T) {
	for _, command := range []string{
		"grep -P foo t", "grep -z foo t", "grep -R foo .", "grep --include=x foo t", "grep --help", "grep --color=always foo t",
		"sed --posix p t", "sed e t", "sed 's/a/b/e' t", "sed --debug p t", "sed --help", "sed", "sed -i -e 's/foo/X/' -e 's/b/c/e' t",
		"cut -z -f1 t", "cut -w t", "tr --help", "sort --parallel=2 t", "sort --help", "sort -R t", "head --help", "tail -f t", "tail -F t",
		"tail --follow=name t", "uniq -D dup", "uniq --group dup", "expr --help", "seq --help", "seq 1e3", "seq 9007199254740993", "wc --files0-from=t",
		"true --help", "false --version", "echo --help", "od -t f t", "od -S 3 t", "paste -z t", "tac -s x t", "rev -V", "comm --total sorted1 sorted2",
		"awk 'BEGIN { print strftime() }'", "awk '{ print > \"out\" }' t", "awk '{ print | \"sort\" }' t", "awk 'BEGIN { \"date\" | getline d }'",
		"awk 'BEGIN { getline < \"t\" }'", "awk 'BEGIN { while ((getline l < \"t\") > 0) print l }'", "awk '{ print' t", "awk -W version", "awk --help", "awk",
		"awk '{ ARGV[1] = \"\" } 1' t", "awk '{ print > FILENAME \".x\" }' t", "awk '{ nextfile }' t nn", "awk 'BEGIN { print 1 > (\"a\" \"b\") }'",
	} {
		t.Run(command, func(t *testing.T) {
			argv, err := shell.Fields(command, func(string) string { return "" })
			if err != nil {
				t.Fatal(err)
			}
			dir := t.TempDir()
			writeFixtures(t, dir)
			before := snapshot(t, dir)
			got := runOurs(t, Lookup(argv[0]), dir, "", argv)
			if got.refused == "" {
				t.Errorf("not refused: status %d, %q, %q", got.status, got.out, got.err)
			}
			if got.out != "" || got.err != "" {
				t.Errorf("printed %q, %q", got.out, got.err)
			}
			if d := (outcome{files: before}).diff(outcome{files: got.files}); d != "" {
				t.Error(d)
			}
		})
	}
}

// process is a Process with the three files given by their paths or, for "|",
// the write end of a pipe that nobody reads.
func process(t *testing.T, dir string, files ...string) *system.Process {
	t.Helper()
	sys := linux.New()
	p := &system.Process{Sys: sys, Dir: dir, Env: environment}
	for fd, name := range files {
		if name == "|" {
			r, w, err := sys.Pipe()
			if err != nil {
				t.Fatal(err)
			}
			r.Close()
			p.Files.Set(fd, w)
			continue
		}
		f, err := sys.Open(name, system.ReadWrite, 0)
		if err != nil {
			t.Fatal(err)
		}
		p.Files.Set(fd, f)
	}
	t.Cleanup(func() { p.Files.CloseAll() })
	return p
}

// TestBrokenPipe makes sure that a utility ends when nobody reads what it
// writes, as SIGPIPE would end it.
func TestBrokenPipe(t *testing.T) {
	dir := t.TempDir()
	big := filepath.Join(dir, "big")
	if err := os.WriteFile(big, []byte(strings.Repeat("a line of text\n", 50000)), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, command := range []string{
		"yes", "cut -c1- big", "grep a big", "sed p big", "tr a b", "head -n 100000 big", "tail -n +1 big", "seq 100000000", "sort big", "od big", "awk {print} big",
	} {
		t.Run(command, func(t *testing.T) {
			p := process(t, dir, big, "|", "/dev/null")
			ctx, cancel := context.WithTimeout(context.Background(), timeLimit)
			defer cancel()
			argv := strings.Fields(command)
			status, _ := call.Run(ctx, Lookup(argv[0]), p, argv)
			if ctx.Err() != nil {
				t.Fatal("did not end")
			}
			if status != call.BrokenPipe {
				t.Errorf("status %d, want %d", status, call.BrokenPipe)
			}
		})
	}
}

// TestStops makes sure that a utility ends with its context.
func TestStops(t *testing.T) {
	for _, command := range []string{"yes", "tr a b", "awk BEGIN{for(;;);}", "sed :a;ba", "seq 1 9000000000000000", "od -v"} {
		t.Run(command, func(t *testing.T) {
			dir := t.TempDir()
			in := "/dev/zero"
			if command == "sed :a;ba" {
				in = filepath.Join(dir, "in")
				if err := os.WriteFile(in, []byte("x\n"), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			p := process(t, dir, in, "/dev/null", "/dev/null")
			ctx, cancel := context.WithTimeout(context.Background(), 300*time.Millisecond)
			defer cancel()
			begin := time.Now()
			call.Run(ctx, Lookup(strings.Fields(command)[0]), p, strings.SplitN(command, " ", 2))
			if d := time.Since(begin); d > 10*time.Second {
				t.Errorf("ended after %v", d)
			}
		})
	}
}

// TestGivesBack makes sure that what is read ahead of a seekable standard
// input is given back, so that the next program goes on behind it.
func TestGivesBack(t *testing.T) {
	for _, c := range []struct{ command, rest string }{
		{"head -n 2", "3\n4\n"},
		{"head -c 3", "\n3\n4\n"},
		{"sed 1q", "2\n3\n4\n"},
		{"grep -m1 2", "3\n4\n"},
		{"grep -q 1", "2\n3\n4\n"},
	} {
		t.Run(c.command, func(t *testing.T) {
			dir := t.TempDir()
			in := filepath.Join(dir, "in")
			if err := os.WriteFile(in, []byte("1\n2\n3\n4\n"), 0o600); err != nil {
				t.Fatal(err)
			}
			p := process(t, dir, in, "/dev/null", "/dev/null")
			argv := strings.Fields(c.command)
			call.Run(context.Background(), Lookup(argv[0]), p, argv)
			rest, err := system.ReadAll(p.Stdin(), 0)
			if err != nil || string(rest) != c.rest {
				t.Errorf("rest %q, %v; want %q", rest, err, c.rest)
			}
		})
	}
}
