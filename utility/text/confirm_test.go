//go:build linux

package text

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"mvdan.cc/sh/v3/shell"

	"sysv/system"
	"sysv/system/linux"
	"sysv/utility/call"
)

// The tests of this package run each case by the real program and by ours,
// in two directories with the same files, and compare standard output,
// standard error, the status and the files afterwards.
//
// A case is a command line with a shell's quotes; "<NAME " before it gives
// standard input. A known difference is marked "differs: REASON | " and must
// differ.

// fixtures are the files that every case finds.
var fixtures = map[string]string{
	"t":           "foo\nbar\nfoo bar\n\nFoo Baz\n# comment\nkey=value\n",
	"nn":          "x\ny",
	"passwd":      "root:x:0:0:root:/root:/bin/bash\ndaemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin\nnobody:x:65534:65534::/nonexistent:/bin/false\n",
	"conf":        "# config\nDAEMON_OPTS=\"-a -b\"\n  indented = yes  \nRUNDIR=/var/run/foo # trailing\n\nPORT=8080\nPORT=9090\n",
	"num":         "10\n9\n2\n33\n1\n2\n-5\n1.5\n",
	"words":       "the quick brown fox\njumps over the lazy dog\nthe end\n",
	"ab":          "a|b\na+b\na.b\nab\na^b$\nabab\n",
	"bin":         "a\x00b\nfoo\n",
	"high":        "caf\xe9 x\n\xc3\xa9t\xc3\xa9\n\xff\xfe\n",
	"empty":       "",
	"tabs":        "a\tb\tc\n1\t2\t3\nno tabs\n",
	"dup":         "a\na\nb\nb\nb\nA\nc\n",
	"sorted1":     "a\nb\nd\n",
	"sorted2":     "b\nc\nd\n",
	"d/t":         "foo in d\n",
	"d/e/u":       "foo in e\n",
	"lines10":     "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n",
	"pats":        "foo\nbaz\n",
	"k.sed":       "s/foo/X/\n# c\n/bar/ {\n  s//Y/g\n}\n",
	"bad.sed":     "p\nk\n",
	"n.sed":       "#n\n/foo/p\n",
	"crlf":        "a\r\nb\rc\r\n\r\nd\r",
	"nul":         "a b\x00c\x00d e\x00",
	"quotes":      "a 'b c' \"d e\" f\\ g\n\n  h\n",
	"b64":         "YSBiCmMKeAo=\n",
	"b64bad":      "YWJj\nYQ\n",
	"back\\slash": "x",
	"items":       "a b  c\n d\\ e 'f g' \"h i\"\n\n  j \nk\n",
	"squote":      "a 'b\n",
	"dquote":      "a \"b\n",
	"disorder":    "b\na\nc\n",
	"long":        strings.Repeat("0123456789", 20) + "\n",
	"prog.awk":    "{ n++ }\nEND { print n }\n",
}

func writeFixtures(t testing.TB, dir string) {
	t.Helper()
	for name, text := range fixtures {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// outcome is all that a run leaves behind.
type outcome struct {
	out, err string
	status   int
	refused  string
	files    map[string]string
}

func snapshot(t testing.TB, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(dir, path)
		files[rel] = info.Mode().String() + " " + string(b)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

var environment = []string{"LC_ALL=C", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root"}

// timeLimit ends a run that hangs.
const timeLimit = 20 * time.Second

func runReal(t testing.TB, dir, stdin string, argv []string) outcome {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), timeLimit)
	defer cancel()
	cmd := exec.CommandContext(ctx, argv[0], argv[1:]...)
	cmd.Dir, cmd.Env = dir, environment
	if stdin != "" {
		f, err := os.Open(filepath.Join(dir, stdin))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		cmd.Stdin = f
	}
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	if _, ok := err.(*exec.ExitError); err != nil && !ok {
		t.Fatal(err)
	}
	return outcome{out.String(), errs.String(), cmd.ProcessState.ExitCode(), "", snapshot(t, dir)}
}

// runOurs runs a utility of this package in a directory.
func runOurs(t testing.TB, f call.Func, dir, stdin string, argv []string) outcome {
	t.Helper()
	sys := linux.New()
	side := t.TempDir()
	if stdin == "" {
		stdin = "/dev/null"
	} else {
		stdin = filepath.Join(dir, stdin)
	}
	p := &system.Process{Sys: sys, Dir: dir, Umask: 0o022, Env: environment}
	p.Run = func(ctx context.Context, p *system.Process, argv []string) int {
		path, err := exec.LookPath(argv[0])
		if err != nil {
			return 127
		}
		child, err := p.Sys.Start(p.Command(path, argv))
		if err != nil {
			return 126
		}
		st, err := child.Wait(false)
		if err != nil {
			return 126
		}
		return st.Status()
	}
	open := func(path string, flag system.OpenFlag) system.File {
		file, err := sys.Open(path, flag, 0o600)
		if err != nil {
			t.Fatal(path, err)
		}
		return file
	}
	outPath, errPath := filepath.Join(side, "out"), filepath.Join(side, "err")
	p.Files.Set(0, open(stdin, system.ReadOnly))
	p.Files.Set(1, open(outPath, system.WriteOnly|system.Create|system.Append))
	p.Files.Set(2, open(errPath, system.WriteOnly|system.Create|system.Append))
	ctx, cancel := context.WithTimeout(context.Background(), timeLimit)
	defer cancel()
	status, refused := call.Run(ctx, f, p, argv)
	if ctx.Err() != nil {
		t.Error("did not end")
	}
	p.Files.CloseAll()
	out, _ := os.ReadFile(outPath)
	errs, _ := os.ReadFile(errPath)
	return outcome{string(out), string(errs), status, refused, snapshot(t, dir)}
}

func (a outcome) diff(b outcome) string {
	var s strings.Builder
	field := func(name, x, y string) {
		if x != y {
			s.WriteString(name + ":\n--- real\n" + x + "--- ours\n" + y + "---\n")
		}
	}
	field("stdout", a.out, b.out)
	field("stderr", a.err, b.err)
	if a.status != b.status {
		field("status", itoa(a.status)+"\n", itoa(b.status)+"\n")
	}
	for name, x := range a.files {
		y, ok := b.files[name]
		if !ok {
			y = "(none)"
		}
		field("file "+name, x, y)
	}
	for name := range b.files {
		if _, ok := a.files[name]; !ok {
			s.WriteString("file " + name + ": only ours\n")
		}
	}
	return s.String()
}

func itoa(n int) string {
	return strings.TrimSpace(strings.Join([]string{string(rune('0' + n/100)), string(rune('0' + n/10%10)), string(rune('0' + n%10))}, ""))
}

// requireProgram skips a test loudly where the real program is missing, and
// fails it where SYSV_REQUIRE_ORACLES says that it must be there.
func requireProgram(t *testing.T, name string) {
	t.Helper()
	if _, err := exec.LookPath(name); err == nil {
		return
	}
	if os.Getenv("SYSV_REQUIRE_ORACLES") == "1" {
		t.Fatalf("the real %s is missing, and SYSV_REQUIRE_ORACLES=1", name)
	}
	t.Skipf("SKIPPED: the real %s is missing, nothing was compared", name)
}

// confirm runs a table of cases.
func confirm(t *testing.T, table string) {
	t.Helper()
	n := 0
	for line := range strings.SplitSeq(table, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "//") {
			continue
		}
		n++
		t.Run(line, func(t *testing.T) { confirmCase(t, line) })
	}
	if n == 0 {
		t.Fatal("no cases")
	}
}

func confirmCase(t *testing.T, line string) {
	differs, command, known := strings.Cut(line, " | ")
	if known = known && strings.HasPrefix(differs, "differs: "); !known {
		command = line
	}
	stdin := ""
	if strings.HasPrefix(command, "<") {
		stdin, command, _ = strings.Cut(command[1:], " ")
	}
	argv, err := shell.Fields(command, func(string) string { return "" })
	if err != nil {
		t.Fatal(err)
	}
	requireProgram(t, argv[0])
	f := Lookup(filepath.Base(argv[0]))
	if f == nil {
		t.Fatal("no such utility: " + argv[0])
	}
	realDir, ourDir := t.TempDir(), t.TempDir()
	writeFixtures(t, realDir)
	writeFixtures(t, ourDir)
	want := runReal(t, realDir, stdin, argv)
	if name := filepath.Base(argv[0]); name != argv[0] {
		argv[0] = name
		want.err = strings.ReplaceAll(want.err, "/usr/bin/"+name, name)
	}
	got := runOurs(t, f, ourDir, stdin, argv)
	if got.refused != "" {
		t.Fatalf("refused %q", got.refused)
	}
	d := want.diff(got)
	switch {
	case known && d == "":
		t.Errorf("no longer differs (%s)", differs)
	case !known && d != "":
		t.Error(d)
	}
}
