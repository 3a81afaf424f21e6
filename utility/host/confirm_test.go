//go:build linux

package host

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"sysv/system"
	"sysv/system/linux"
	"sysv/utility/call"
)

// The tables of cases are run by the real programs and by ours, in equal
// directories, and what they print, return and leave behind is compared.
//
// A case is a line "name | [NAME=VALUE…] program argument… [<TEXT]". Words are
// separated by spaces; '…' quotes one and knows \n, \t, \q (a ') and \\.
type testCase struct{ name, line string }

func parseCases(t *testing.T, table string) (out []testCase) {
	t.Helper()
	seen := map[string]bool{}
	for line := range strings.Lines(table) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		name, rest, ok := strings.Cut(line, " | ")
		if !ok {
			// A line without a name has its command for one.
			name, rest = line, line
		}
		if seen[name] {
			t.Fatalf("case %q is there twice", name)
		}
		seen[name] = true
		out = append(out, testCase{name, rest})
	}
	return out
}

// command is what a case runs.
type command struct {
	argv, env []string
	stdin     string
}

func parseCommand(line string) (c command) {
	c.env = []string{"LC_ALL=C", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/nosuch"}
	var b strings.Builder
	in, any, quoted := false, false, false
	flush := func() {
		w := b.String()
		name, _, eq := strings.Cut(w, "=")
		switch {
		case !any:
		case !quoted && eq && len(c.argv) == 0 && name == strings.ToUpper(name):
			c.env = append(c.env, w)
		case !quoted && strings.HasPrefix(w, "<") && len(w) > 1:
			c.stdin = strings.NewReplacer(`\n`, "\n", `\0`, "\x00").Replace(w[1:])
		default:
			c.argv = append(c.argv, w)
		}
		b.Reset()
		any, quoted = false, false
	}
	for i := 0; i < len(line); i++ {
		switch ch := line[i]; {
		case ch == '\'':
			quoted = quoted || !any
			in, any = !in, true
		case in && ch == '\\' && i+1 < len(line) && strings.IndexByte("ntq\\", line[i+1]) >= 0:
			i++
			b.WriteByte("\n\t'\\"[strings.IndexByte("ntq\\", line[i])])
		case ch == ' ' && !in:
			flush()
		default:
			any = true
			b.WriteByte(ch)
		}
	}
	flush()
	return c
}

// outcome is what a case shows.
type outcome struct{ stdout, stderr, status, files string }

func (o outcome) String() string {
	return fmt.Sprintf("status %s\n  stdout %q\n  stderr %q\n  files %q", o.status, o.stdout, o.stderr, o.files)
}

// lack skips the test where the real programs cannot be had, or fails it if
// they are required.
func lack(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("SYSV_REQUIRE_ORACLES") == "1" {
		t.Fatalf("required, but missing: %s", what)
	}
	t.Skipf("SKIPPED, nothing is compared: missing %s", what)
}

func oracle(t *testing.T, programs ...string) {
	t.Helper()
	if os.Geteuid() != 0 {
		lack(t, "the rights of root")
	}
	for _, p := range programs {
		name, version, _ := strings.Cut(p, " ")
		if version == "" {
			if _, err := exec.LookPath(name); err != nil {
				lack(t, p)
			}
			continue
		}
		flag := "--version"
		if name == "tput" {
			flag = "-V"
		}
		out, _ := exec.Command(name, flag).CombinedOutput()
		if !strings.Contains(string(out), version) {
			lack(t, p)
		}
	}
}

// swappiness is the value of a parameter, which cases write again as it is.
func swappiness() string {
	b, _ := os.ReadFile("/proc/sys/vm/swappiness")
	return strings.TrimSpace(string(b))
}

// plant makes the directory that a case runs in.
func plant(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	planted := time.Now()
	write := func(name, text string, mode os.FileMode) {
		p := filepath.Join(dir, name)
		os.MkdirAll(filepath.Dir(p), 0o755)
		if err := os.WriteFile(p, []byte(text), mode); err != nil {
			t.Fatal(err)
		}
		os.Chmod(p, mode)
		// Made and written within one tick of the kernel's clock, or not:
		// test -N would tell.
		os.Chtimes(p, planted, planted)
	}
	write("c1", "abc\ndef\n", 0o644)
	write("c2", "abc\ndxf\n", 0o644)
	write("c3", "abc\n", 0o644)
	write("empty", "", 0o644)
	write("c5", "abc", 0o644)
	write("long", strings.Repeat("0123456789", 7000)+"x\n", 0o644)
	write("long2", strings.Repeat("0123456789", 7000)+"y\n", 0o644)
	write("set", "", 0o6755)
	write("bin/tool", "#!/bin/sh\n", 0o755)
	write("bin/data", "", 0o644)
	write("bin2/tool", "#!/bin/sh\n", 0o755)
	os.Mkdir(filepath.Join(dir, "bin/sub"), 0o755)
	os.Symlink("c1", filepath.Join(dir, "link"))
	os.Symlink("nosuch", filepath.Join(dir, "dangling"))
	for _, n := range []string{"a", "b", "c"} {
		write("parts/"+n, "#!/bin/sh\necho run "+n+" \"$@\"\numask\n", 0o755)
	}
	write("parts/fail", "#!/bin/sh\nexit 3\n", 0o755)
	write("parts/killed", "#!/bin/sh\nkill -TERM $$\n", 0o755)
	write("parts/no-exec", "", 0o644)
	write("parts/garbage", "garbage\n", 0o755)
	write("parts/with.dot", "#!/bin/sh\n", 0o755)
	write("parts/B.dpkg-old", "#!/bin/sh\n", 0o755)
	write("parts/Upper_1", "#!/bin/sh\n", 0o755)
	write("parts/_vendor.x-1a", "#!/bin/sh\n", 0o755)
	os.Mkdir(filepath.Join(dir, "parts/sub"), 0o755)
	os.Symlink("nosuch", filepath.Join(dir, "parts/dangling"))
	for _, n := range []string{"parts/pipe", "fifo"} {
		if err := syscall.Mkfifo(filepath.Join(dir, n), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	os.Mkdir(filepath.Join(dir, "none"), 0o755)
	write("good/x1", "#!/bin/sh\necho \"$1\"; echo to stderr >&2\n", 0o755)
	write("quiet/x1", "#!/bin/sh\necho one; echo two\n", 0o755)
	write("quiet/x2", "#!/bin/sh\n:\n", 0o755)
	write("quiet/x3", "#!/bin/sh\necho three\n", 0o755)
	write("good/x2", "#!/bin/sh\nexit 0\n", 0o755)
	write("sysctl.conf", "# c\n; d\n\nvm.swappiness = "+swappiness()+"\n-nosuch.a = 1\nnosuch.b=1\nbad line\nkernel/domainname =  (none) \n kernel.domainname=(none)\nvm.swappiness\n-also.bad\n", 0o644)
	return dir
}

// files lists what a case may change: the names, and how many links they have.
func files(t *testing.T, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	list := ""
	for _, e := range entries {
		list += e.Name()
		if info, err := os.Lstat(filepath.Join(dir, e.Name())); err == nil {
			list += fmt.Sprintf("*%d", info.Sys().(*syscall.Stat_t).Nlink)
		}
		list += " "
	}
	return list
}

func runReal(t *testing.T, dir string, tc testCase) outcome {
	t.Helper()
	c := parseCommand(tc.line)
	cmd := exec.Command("/usr/bin/env", append([]string{"-i"}, append(append([]string{}, c.env...), c.argv...)...)...)
	var stdout, stderr bytes.Buffer
	cmd.Dir, cmd.Env = dir, c.env
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(c.stdin), &stdout, &stderr
	err := cmd.Run()
	if _, ok := err.(*exec.ExitError); err != nil && !ok {
		t.Fatal(err)
	}
	return outcome{strings.ReplaceAll(stdout.String(), dir, "DIR"), stderr.String(), fmt.Sprint(cmd.ProcessState.ExitCode()), files(t, dir)}
}

// ours runs a command with the utilities of this package on a machine.
func ours(t *testing.T, sys system.System, dir string, c command) (stdout, stderr string, status int, refused string) {
	t.Helper()
	p := &system.Process{Sys: sys, Dir: dir, Umask: 0o022, Env: c.env}
	var ends [2]system.File
	var text [2]chan string
	for i := range ends {
		r, w, err := sys.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		ends[i], text[i] = w, make(chan string, 1)
		go func() {
			b, _ := system.ReadAll(r, 0)
			r.Close()
			text[i] <- string(b)
		}()
	}
	in, out, err := sys.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		system.WriteAll(out, []byte(c.stdin))
		out.Close()
	}()
	p.Files.Set(0, in)
	p.Files.Set(1, ends[0])
	p.Files.Set(2, ends[1])
	f := Lookup(filepath.Base(c.argv[0]))
	if f == nil {
		t.Fatalf("no utility %s", c.argv[0])
	}
	status, refused = call.Run(context.Background(), f, p, c.argv)
	p.Files.CloseAll()
	return <-text[0], <-text[1], status, refused
}

func runOurs(t *testing.T, dir string, tc testCase) outcome {
	t.Helper()
	stdout, stderr, status, refused := ours(t, linux.New(), dir, parseCommand(tc.line))
	if refused != "" {
		return outcome{status: "refused " + refused}
	}
	return outcome{strings.ReplaceAll(stdout, dir, "DIR"), stderr, fmt.Sprint(status), files(t, dir)}
}

// confirmTable compares every case of a table. known has the cases that
// differ, by name, each with the reason; those must differ.
func confirmTable(t *testing.T, table string, known map[string]string) {
	t.Helper()
	cases := parseCases(t, table)
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			want, got := runReal(t, plant(t), tc), runOurs(t, plant(t), tc)
			if why := known[tc.name]; why != "" {
				if got == want {
					t.Errorf("said to differ (%s), but does not", why)
				}
				return
			}
			if got != want {
				t.Errorf("%s\nwant %v\ngot  %v", tc.line, want, got)
			}
		})
	}
	names := map[string]bool{}
	for _, tc := range cases {
		names[tc.name] = true
	}
	for name := range known {
		if !names[name] {
			t.Errorf("a difference is named for %q, which is no case", name)
		}
	}
	t.Logf("%d cases compared, %d known to differ", len(cases), len(known))
}
