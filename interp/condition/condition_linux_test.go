package condition

import (
	"bytes"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"sysv/system"
	"sysv/system/linux"
)

// tree makes files of every kind, and a process in their directory.
func tree(t testing.TB) *system.Process {
	t.Helper()
	dir := t.TempDir()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	in := func(name string) string { return filepath.Join(dir, name) }
	for name, mode := range map[string]os.FileMode{
		"f": 0o644, "g": 0o644, "x": 0o755, "none": 0, "ro": 0o444, "wo": 0o222, "xo": 0o111, "old": 0o644, "new": 0o644,
		"suid": 0o755 | os.ModeSetuid, "sgid": 0o755 | os.ModeSetgid, "other": 0o600, "-f": 0o644, "read": 0o644, "!": 0o644, "=": 0o644,
	} {
		must(os.WriteFile(in(name), []byte("x"), 0o644))
		must(os.Chmod(in(name), mode))
	}
	must(os.WriteFile(in("empty"), nil, 0o644))
	must(os.Mkdir(in("d"), 0o755))
	must(os.Mkdir(in("sticky"), 0o755))
	must(os.Chmod(in("sticky"), 0o755|os.ModeSticky))
	must(os.WriteFile(in("d/f"), nil, 0o644))
	must(os.Symlink("f", in("link")))
	must(os.Symlink("d", in("dlink")))
	must(os.Symlink("nowhere", in("dangling")))
	must(os.Symlink("loop", in("loop")))
	must(os.Link(in("f"), in("hard")))
	must(syscall.Mkfifo(in("fifo"), 0o600))
	s, err := net.Listen("unix", in("sock"))
	must(err)
	t.Cleanup(func() { s.Close() })
	if os.Geteuid() == 0 {
		must(os.Chown(in("other"), 12345, 54321))
	}
	base := time.Unix(1700000000, 500)
	must(os.Chtimes(in("old"), base, base))
	must(os.Chtimes(in("new"), base, base.Add(time.Nanosecond)))
	must(os.Chtimes(in("read"), base.Add(time.Hour), base))
	p := &system.Process{Sys: linux.New(), Dir: dir}
	t.Cleanup(p.Files.CloseAll)
	return p
}

func split(lines string) (cases [][]string) {
	for line := range strings.SplitSeq(strings.Trim(lines, "\n"), "\n") {
		var args []string
		for w := range strings.FieldsSeq(line) {
			if w == "''" {
				w = ""
			}
			args = append(args, strings.ReplaceAll(w, `\s`, " "))
		}
		cases = append(cases, args)
	}
	return append(cases, nil)
}

func TestConfirmDash(t *testing.T) {
	confirm(t, "dash", &Options{}, append(split(both), split(dashOnly)...))
}

func TestConfirmBash(t *testing.T) {
	confirm(t, "bash", bashOptions(), append(split(both), split(bashOnly)...))
}

func bashOptions() *Options {
	return &Options{
		Bash:     true,
		Variable: func(name string) bool { return name == "HOME" },
		Option:   func(name string) bool { return name == "braceexpand" },
	}
}

func confirm(t *testing.T, shell string, o *Options, cases [][]string) {
	p := tree(t)
	for _, args := range cases {
		t.Run(fmt.Sprintf("%q", args), func(t *testing.T) {
			var errs string
			status := Command(p, "test", args, o, func(m string) { errs += "test: " + m + "\n" })
			got := fmt.Sprintf("status %d messages %q", status, errs)
			if want := real(t, shell, p.Dir, `test "$@"`, args); got != want {
				t.Errorf("got  %s\n%s %s", got, shell, want)
			}
		})
	}
	t.Logf("%d cases", len(cases))
}

func TestConfirmBracket(t *testing.T) {
	p := tree(t)
	for _, shell := range []string{"dash", "bash"} {
		for _, args := range [][]string{{}, {"]"}, {"x"}, {"x", "]"}, {"x", "]", "]"}, {"x", "]foo"}, {"x", "y]"}, {"", "]"}, {"-f", "f", "]"}, {"]", "]"}, {"x", ""}, {"-f", "]"}} {
			t.Run(fmt.Sprintf("%s%q", shell, args), func(t *testing.T) {
				o := &Options{}
				if shell == "bash" {
					o = bashOptions()
				}
				var errs string
				status := Command(p, "[", args, o, func(m string) { errs += "[: " + m + "\n" })
				got := fmt.Sprintf("status %d messages %q", status, errs)
				if want := real(t, shell, p.Dir, `[ "$@"`, args); got != want {
					t.Errorf("got  %s\n%s %s", got, shell, want)
				}
			})
		}
	}
}

func real(t testing.TB, shell, dir, script string, args []string) string {
	path, err := exec.LookPath(shell)
	if err != nil {
		if os.Getenv("SYSV_REQUIRE_ORACLES") == "1" {
			t.Fatalf("NOT COMPARED: there is no %s", shell)
		}
		t.Skipf("NOT COMPARED: there is no %s", shell)
	}
	c := exec.Command(path, append([]string{"-c", script, shell}, args...)...)
	c.Env = []string{"LC_ALL=C", "HOME=/"}
	c.Dir = dir
	var errs bytes.Buffer
	c.Stderr = &errs
	c.Run()
	messages := ""
	for line := range strings.Lines(errs.String()) {
		messages += strings.TrimPrefix(strings.TrimPrefix(line, "dash: 1: "), "bash: line 1: ")
	}
	return fmt.Sprintf("status %d messages %q", c.ProcessState.ExitCode(), messages)
}

// terminal is a file that is one.
type terminal struct{ system.File }

func (terminal) IsTerminal() bool { return true }
func (terminal) Close() error     { return nil }

func TestTerminal(t *testing.T) {
	p := tree(t)
	p.Files.Set(5, terminal{})
	for fd, want := range map[string]int{"5": True, "6": False, "-1": False, "4294967301": True, "x": Failure} {
		if got := Test(p, []string{"-t", fd}, &Options{}, func(string) {}); got != want {
			t.Errorf("-t %s is %d, want %d", fd, got, want)
		}
	}
}

func TestHostile(t *testing.T) {
	p := tree(t)
	for name, args := range map[string][]string{
		"parentheses": strings.Split(strings.Repeat("( ", 1<<20)+"x", " "),
		"nots":        strings.Split(strings.Repeat("! ", 1<<20)+"x", " "),
		"ands":        strings.Split(strings.Repeat("x -a ", 1<<18)+"x", " "),
	} {
		for _, o := range []*Options{{}, {Bash: true}} {
			if got := Test(p, args, o, func(string) {}); (got == Failure) != (name == "parentheses") {
				t.Errorf("%s: status %d", name, got)
			}
		}
	}
}

func FuzzTest(f *testing.F) {
	for _, c := range append(append(split(both), split(dashOnly)...), split(bashOnly)...) {
		f.Add(strings.Join(c, "\x00"))
	}
	p := tree(f)
	f.Fuzz(func(t *testing.T, s string) {
		args := strings.Split(s, "\x00")
		for _, o := range []*Options{{}, {Bash: true}} {
			n := 0
			status := Test(p, args, o, func(string) { n++ })
			if status < 0 || status > 2 || (status == 2) != (n == 1) {
				t.Errorf("%q: status %d with %d messages", args, status, n)
			}
		}
	})
}

func benchmark(b *testing.B, args ...string) {
	p := tree(b)
	o := &Options{}
	b.ReportAllocs()
	for b.Loop() {
		if Test(p, args, o, nil) != True {
			b.Fatal()
		}
	}
}

func BenchmarkString(b *testing.B)  { benchmark(b, "start", "=", "start") }
func BenchmarkFile(b *testing.B)    { benchmark(b, "-f", "/etc/passwd") }
func BenchmarkExec(b *testing.B)    { benchmark(b, "-x", "/bin/sh") }
func BenchmarkNumbers(b *testing.B) { benchmark(b, "10", "-gt", "9") }
func BenchmarkLonger(b *testing.B)  { benchmark(b, "-n", "x", "-a", "!", "-z", "y") }
