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

// both are for both dialects, one case a line, words split at blanks; '' is
// an empty word and \s a blank.
const both = `

x
''
-f
!
=
-a
-o
(
)
-n
-z
-t
\s
! x
! ''
-n x
-n ''
-z x
-z ''
-z -z
-n -n
-f f
-f d
-f nowhere
-f link
-f dangling
-f dlink
-f fifo
-f ''
-f /dev/null
-f -f
-f !
-d d
-d f
-d dlink
-d .
-d /
-d ''
-d d/
-d f/
-e f
-e nowhere
-e dangling
-e link
-e loop
-e ''
-e fifo
-e /dev/null
-e d/f
-e f/x
-s f
-s empty
-s d
-s nowhere
-r f
-r none
-r nowhere
-r wo
-w f
-w ro
-w nowhere
-w /proc/version
-x f
-x x
-x xo
-x d
-x none
-x nowhere
-r ''
-L link
-L f
-L dangling
-L dlink
-h link
-h f
-h loop
-p fifo
-p f
-S sock
-S f
-c /dev/null
-c f
-b /dev/null
-b f
-u suid
-u f
-g sgid
-g f
-k sticky
-k d
-O f
-O other
-O nowhere
-G f
-G other
-t 9
-t 0
x = x
x = y
x != x
x != y
'' = ''
'' = x
x < y
y < x
x > y
y > x
a < B
x < x
1 -eq 1
1 -eq 2
1 -ne 2
1 -ne 1
1 -lt 2
2 -lt 1
1 -le 1
2 -le 1
2 -gt 1
1 -gt 1
1 -ge 1
0 -ge 1
-1 -lt 0
-1 -eq -1
+1 -eq 1
\s1\s -eq 1
010 -eq 10
010 -eq 8
9223372036854775807 -eq 9223372036854775807
4294967296 -eq 0
old -nt new
new -nt old
old -ot new
new -ot old
old -nt old
f -ef hard
f -ef link
f -ef g
d -ef dlink
f -ef nowhere
nowhere -ef nowhere
! = !
! = x
-f = -f
-n = x
= = =
( = (
( = )
) = )
-a = -a
-a -a -a
-o -o -o
( x )
( '' )
x -a y
x -a ''
'' -a x
x -o ''
'' -o ''
'' -o x
! x = x
! x = y
! -f f
! -f nowhere
! ! x
! ! ''
! ( x )
! ( '' )
( ! x )
( ! '' )
( -f f )
( -n '' )
-f f -a -d d
-f f -a -d f
-f nowhere -o -d d
-f nowhere -o -d f
-f f -a ! -d f
! -f f -a -d d
! -f f -o -d d
! -f nowhere -a ! -f nowhere
x = x -a y = y
x = x -a y = z
x = y -o y = y
x = y -o y = z
x = y -a y = y -o z = z
z = z -o x = y -a y = z
( x = y -o z = z ) -a a = a
a = a -a ( x = y -o z = z )
( ( x ) )
( ( x = x ) -a ( y = y ) )
1 -eq 1 -a 2 -eq 2
1 -eq 1 -a -n x
-n x -a -n y -a -n z
-n x -a -n '' -a -n z
-z '' -a -z ''
x -a y -a z
x -o y -o z
'' -o '' -o x
-d / -a x = x -o y
x -a ! y
x -a ! ''
-n = -a x
! x -a y
! x -o y
-f f -a -x x
-x x -a -r f -a -w f
-e f -a ! -s empty
! ( -f f -a -f g )
! ( -f f -a -f nowhere )
-z '' -o -n ''
-n '' -o -f f -a -f g
a b
`

const dashOnly = `
! x y
x y
a b c
a b c d
a = b c
x =
x !=
= x
x -eq
x -nt
1 -eq
-f x y
-f f g
-a x
-o x
-q x
-N f
-v x
x -a
x -o
-a f
x -q y
x == x
x =~ x
1 -eq x
x -eq 1
x -eq y
'' -eq 0
1 -eq 1x
1 -eq 0x1
1 -eq 1.0
99999999999999999999 -eq 1
1 -eq -
\s -eq 0
1 -eq 1 -a x -eq 1
1 -eq 2 -a x -eq 1
1 -eq 1 -o x -eq 1
-t x
-t ''
-t 99999999999
-f f -a
-f f -o
( )
( x
( x y )
( x -a )
( x -a y
( ( x )
x )
! ( )
! ( x
) x
( x ) y
( x ) -a
! ! ! x
! ! -f f
! ! -f nowhere
! ! x = x
! ! ! ! x
! ( x = x )
! -a !
! = x y
( = x )
( ! )
( ! x ) -a y
! !
! -f
! = 
a = a = a
a -a b c
-f f -a g h
x -a -a y
x -o -o y
-a -a
-f -a -f
-f -o x
-f = -f -a x
-n -a -n
f -nt nowhere
nowhere -nt f
f -ot nowhere
nowhere -ot f
x < 
( -f f -o x ) -a y
'' -a -eq
'' -o x -a ''
] = ]
-f ]
x -a ( y )
( x -o ) -a y
-e f -a -e g -a -e x -o -e nowhere
-z
! -z
-z = -z
-h link -a -L link
! -e nowhere -a ! -e f
`

const bashOnly = `
a b c
a b c d
a = b c
x =
= x
x -eq
-f x y
-f f g
-a f
-a nowhere
-o braceexpand
-o xtrace
-q x
-N f
-N read
-v HOME
-v nowhere
-R x
x -a
x -o
x -q y
x == x
x == y
x =~ x
1 -eq x
x -eq 1
'' -eq 0
1 -eq 1x
1 -eq 0x1
99999999999999999999 -eq 1
1 -eq 2 -a x -eq 1
-t x
-t ''
f -nt nowhere
nowhere -nt f
f -ot nowhere
nowhere -ot f
nowhere -nt nowhere
( )
( x
( x y )
( x -a y
( ( x )
( x = x ) y
x )
! ( )
! ! ! x
! ! x = x
! ! -f f
! -a !
( ! )
! !
a = a = a
x y -a
x -a y z
-f -o x
-f -a -f
! x y
1 2 3 4 5
1 2 -x 4 5
( a b c )
-f f -a
-n x -a -n y -a
( -f f -o x ) -a y
a = b -o
`

func split(lines string) (cases [][]string) {
	for _, line := range strings.Split(strings.Trim(lines, "\n"), "\n") {
		var args []string
		for _, w := range strings.Fields(line) {
			if w == "''" {
				w = ""
			}
			args = append(args, strings.ReplaceAll(w, `\s`, " "))
		}
		cases = append(cases, args)
	}
	return append(cases, nil)
}

// known are the differences, each with its reason.
var known = map[string]string{}

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
			if want := real(t, shell, p.Dir, `test "$@"`, args); got != want && known[shell+fmt.Sprint(args)] == "" {
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
