//go:build linux

package file

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sysv/system"
	"sysv/system/linux"
	"sysv/utility/call"
)

// One table of cases is run by the real programs and by ours, each in a tree
// of its own, and what they print, return and leave behind is compared.
//
// A case is a line "name | command ; command …" after the tree of plant has
// been made. Words are separated by spaces; '…' quotes one and knows \n. Words
// that stand for something else:
//
//	umask=077      the umask from here on
//	NAME=VALUE     the environment of this command
//	<TEXT          its standard input
//	>F >>F N>F N<F redirections, in the shell's sense
type testCase struct{ name, line string }

// parseCases reads a table. Empty lines and those with a # are passed over.
func parseCases(t *testing.T, table string) []testCase {
	t.Helper()
	var out []testCase
	seen := map[string]bool{}
	for line := range strings.Lines(table) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		name, rest, ok := strings.Cut(line, " | ")
		name = strings.TrimSpace(name)
		if !ok || seen[name] {
			t.Fatalf("bad or repeated case %q", line)
		}
		seen[name] = true
		out = append(out, testCase{name, strings.TrimSpace(rest)})
	}
	return out
}

// command is one command of a case.
type command struct {
	argv, env, redirect []string
	stdin               string
}

func splitWords(line string) (words []string, quoted []bool) {
	var b strings.Builder
	in, any, q := false, false, false
	flush := func() {
		if any {
			words, quoted = append(words, b.String()), append(quoted, q)
		}
		b.Reset()
		any, q = false, false
	}
	for i := 0; i < len(line); i++ {
		switch ch := line[i]; {
		case ch == '\'':
			in, any, q = !in, true, q || !any
		case in && ch == '\\' && i+1 < len(line) && strings.IndexByte("nq\\t", line[i+1]) >= 0:
			i++
			b.WriteByte("\n'\\\t"[strings.IndexByte("nq\\t", line[i])])
		case ch == ' ' && !in:
			flush()
		default:
			any = true
			b.WriteByte(ch)
		}
	}
	flush()
	return words, quoted
}

func parseCommands(line string) []command {
	var out []command
	var c command
	words, quoted := splitWords(line)
	for i, w := range words {
		special := !quoted[i]
		name, _, eq := strings.Cut(w, "=")
		switch {
		case special && w == ";":
			out = append(out, c)
			c = command{}
		case special && eq && len(c.argv) == 0 && strings.ToUpper(name) == name || strings.HasPrefix(w, "umask="):
			c.env = append(c.env, w)
		case w == "" || !special:
			c.argv = append(c.argv, w)
		case w[0] == '<':
			c.stdin = w[1:]
		case strings.IndexAny(strings.TrimLeft(w, "0123456789"), "<>") == 0:
			c.redirect = append(c.redirect, w)
		default:
			c.argv = append(c.argv, w)
		}
	}
	return append(out, c)
}

// outcome is what a case shows.
type outcome struct{ stdout, stderr, status, tree string }

func (o outcome) String() string {
	return fmt.Sprintf("status %s\n-- stdout --\n%s-- stderr --\n%s-- tree --\n%s", o.status, o.stdout, o.stderr, o.tree)
}

// oracle skips the test where the real programs cannot be run as they must
// be, or fails it if they are required.
func oracle(t *testing.T) {
	t.Helper()
	lack := func(what string) {
		if os.Getenv("SYSV_REQUIRE_ORACLES") == "1" {
			t.Fatalf("required, but missing: %s", what)
		}
		t.Skipf("SKIPPED, nothing is compared: missing %s", what)
	}
	if os.Geteuid() != 0 {
		lack("the rights of root")
	}
	for program, version := range map[string]string{"cp": "9.1", "find": "4.9.0", "flock": "2.38", "mountpoint": "2.38"} {
		out, err := exec.Command(program, "--version").Output()
		if err != nil || !bytes.Contains(bytes.SplitN(out, []byte("\n"), 2)[0], []byte(version)) {
			lack(program + " " + version)
		}
	}
}

var testEnv = []string{"LC_ALL=C", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/"}

// runReal runs a case with the machine's own programs.
func runReal(t *testing.T, sys system.System, dir string, tc testCase) outcome {
	t.Helper()
	tc, other := elsewhere(t, tc)
	var stdout, stderr bytes.Buffer
	var status []string
	umask := "022"
	for _, c := range parseCommands(tc.line) {
		env := testEnv
		for _, e := range c.env {
			if u, ok := strings.CutPrefix(e, "umask="); ok {
				umask = u
			} else {
				env = append(slices.Clip(env), e)
			}
		}
		if len(c.argv) == 0 {
			continue
		}
		script := "umask " + umask + "; exec \"$@\" " + strings.Join(c.redirect, " ")
		cmd := exec.Command("/bin/sh", append([]string{"-c", script, "sh"}, c.argv...)...)
		cmd.Dir, cmd.Env = dir, env
		cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(c.stdin), &stdout, &stderr
		err := cmd.Run()
		if _, ok := err.(*exec.ExitError); err != nil && !ok {
			t.Fatal(err)
		}
		status = append(status, fmt.Sprint(cmd.ProcessState.ExitCode()))
	}
	return outcomeOf(t, sys, stdout.String(), stderr.String(), status, dir, other)
}

// elsewhere gives a case that has the word OTHER in it a directory on another
// file system for that.
func elsewhere(t *testing.T, tc testCase) (testCase, string) {
	t.Helper()
	if !strings.Contains(tc.line, "OTHER") {
		return tc, ""
	}
	dir := t.TempDir()
	tc.line = strings.ReplaceAll(tc.line, "OTHER", dir)
	return tc, dir
}

func outcomeOf(t *testing.T, sys system.System, stdout, stderr string, status []string, dir, other string) outcome {
	t.Helper()
	tree := snapshot(t, sys, dir)
	in := strings.NewReplacer(dir, "ROOT", filepath.Dir(dir), "UP")
	if other != "" {
		tree += snapshot(t, sys, other)
		in = strings.NewReplacer(dir, "ROOT", other, "OTHER")
	}
	return outcome{in.Replace(stdout), in.Replace(stderr), strings.Join(status, " "), in.Replace(tree)}
}

// memory is a file for standard output and error.
type memory struct {
	system.File // of /dev/null, for all else
	bytes.Buffer
}

func (m *memory) Read(p []byte) (int, error)     { return m.Buffer.Read(p) }
func (m *memory) Write(p []byte) (int, error)    { return m.Buffer.Write(p) }
func (m *memory) Close() error                   { return nil }
func (m *memory) Truncate(int64) error           { return system.EINVAL }
func (m *memory) Seek(int64, int) (int64, error) { return 0, system.ESPIPE }
func (m *memory) Stat() (system.FileInfo, error) {
	return system.FileInfo{Mode: system.TypeFIFO | 0o600}, nil
}
func (m *memory) IsTerminal() bool { return false }

// runOurs runs a case with the utilities of this package on a machine.
func runOurs(t *testing.T, sys system.System, dir string, tc testCase) outcome {
	t.Helper()
	tc, other := elsewhere(t, tc)
	null, err := sys.Open("/dev/null", system.ReadWrite, 0)
	if err != nil {
		t.Fatal(err)
	}
	stdout, stderr := &memory{File: null}, &memory{File: null}
	var status []string
	umask := system.Mode(0o022)
	for _, c := range parseCommands(tc.line) {
		p := &system.Process{Sys: sys, Dir: dir, Umask: umask, Env: testEnv, Run: runNested}
		for _, e := range c.env {
			if u, ok := strings.CutPrefix(e, "umask="); ok {
				fmt.Sscanf(u, "%o", &umask)
				p.Umask = umask
			} else {
				p.Env = append(slices.Clip(p.Env), e)
			}
		}
		if len(c.argv) == 0 {
			continue
		}
		in := &memory{File: null}
		in.WriteString(c.stdin)
		p.Files.Set(0, in)
		p.Files.Set(1, stdout)
		p.Files.Set(2, stderr)
		for _, r := range c.redirect {
			redirect(t, p, r)
		}
		f := Lookup(c.argv[0])
		if f == nil {
			t.Fatalf("no utility %s", c.argv[0])
		}
		n, refused := call.Run(context.Background(), f, p, c.argv)
		p.Files.CloseAll()
		if refused != "" {
			t.Fatalf("%s was refused", refused)
		}
		status = append(status, fmt.Sprint(n))
	}
	return outcomeOf(t, sys, stdout.String(), stderr.String(), status, dir, other)
}

// redirect opens what a redirection names.
func redirect(t *testing.T, p *system.Process, r string) {
	t.Helper()
	rest := strings.TrimLeft(r, "0123456789")
	fd := 1
	if rest[0] == '<' {
		fd = 0
	}
	if n := r[:len(r)-len(rest)]; n != "" {
		fmt.Sscan(n, &fd)
	}
	flag := system.ReadOnly
	name := rest[1:]
	switch {
	case strings.HasPrefix(rest, ">>"):
		flag, name = system.WriteOnly|system.Create|system.Append, rest[2:]
	case rest[0] == '>':
		flag = system.WriteOnly | system.Create | system.Truncate
	}
	f, err := p.Open(name, flag, 0o666)
	if err != nil {
		t.Fatalf("%s: %v", r, err)
	}
	p.Files.Set(fd, f)
}

// runNested runs what find -exec or flock runs: another of our utilities, or
// a program of the machine.
func runNested(ctx context.Context, p *system.Process, argv []string) int {
	if f := Lookup(argv[0]); f != nil {
		n, refused := call.Run(ctx, f, p, argv)
		if refused == "" {
			return n
		}
	}
	switch argv[0] {
	case "echo":
		system.WriteAll(p.Stdout(), []byte(strings.Join(argv[1:], " ")+"\n"))
		return 0
	case "true":
		return 0
	case "false":
		return 1
	case "/bin/sh":
		var n int
		if _, err := fmt.Sscanf(argv[2], "exit %d", &n); err == nil {
			return n
		}
		return runNested(ctx, p, strings.Fields(argv[2]))
	}
	return 127
}

// known are differences that are meant, by the case's name.
func known(name string) string {
	switch name {
	case "flock/no-command":
		return "the shell says that a command is not found, not flock"
	}
	return ""
}

// normalise takes out of a case what differs from one run to the next.
func normalise(name string, o outcome) outcome {
	if strings.HasPrefix(name, "dd/") && strings.Contains(o.stderr, " copied, ") {
		var b strings.Builder
		for line := range strings.Lines(o.stderr) {
			if i := strings.Index(line, " copied, "); i >= 0 {
				line = line[:i] + " copied, …\n"
			}
			b.WriteString(line)
		}
		o.stderr = b.String()
	}
	if strings.HasPrefix(name, "mktemp/") {
		o.stdout, o.tree = hideRandom(o.stdout), hideRandom(o.tree)
	}
	return o
}

// hideRandom replaces the random part of names, which follows "rnd.".
func hideRandom(s string) string {
	parts := strings.Split(s, "rnd.")
	for i := 1; i < len(parts); i++ {
		n := 0
		for n < len(parts[i]) && strings.IndexByte(nameLetters, parts[i][n]) >= 0 {
			n++
		}
		parts[i] = fmt.Sprintf("<%d letters>", n) + parts[i][n:]
	}
	return strings.Join(parts, "")
}

func TestConfirm(t *testing.T) {
	oracle(t)
	sys := linux.New()
	for _, tc := range parseCases(t, allCases) {
		t.Run(tc.name, func(t *testing.T) {
			want := normalise(tc.name, runReal(t, sys, newTree(t, sys), tc))
			got := normalise(tc.name, runOurs(t, sys, newTree(t, sys), tc))
			if why := known(tc.name); why != "" {
				if got == want {
					t.Errorf("said to differ (%s), but does not", why)
				}
				return
			}
			if got != want {
				t.Errorf("%s\n%s", tc.line, difference(want.String(), got.String()))
			}
		})
	}
}

// difference lists the lines that only one of two texts has.
func difference(want, got string) string {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	in := func(l []string, s string) bool {
		return slices.Contains(l, s)
	}
	var b strings.Builder
	for _, x := range w {
		if !in(g, x) {
			b.WriteString("  want " + x + "\n")
		}
	}
	for _, x := range g {
		if !in(w, x) {
			b.WriteString("  got  " + x + "\n")
		}
	}
	if b.Len() == 0 {
		want, _, _ = strings.Cut(want, "-- tree --")
		got, _, _ = strings.Cut(got, "-- tree --")
		return "the same lines in another order:\nwant:\n" + want + "got:\n" + got
	}
	return b.String()
}
