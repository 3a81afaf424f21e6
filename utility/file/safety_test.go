//go:build linux

package file

import (
	"context"
	"strings"
	"testing"

	"sysv/system"
	"sysv/utility/call"
)

// swapper is a machine on which somebody replaces a directory by a symbolic
// link just before it is listed.
type swapper struct {
	system.System
	victim, target string
	done           bool
}

func (s *swapper) ReadDir(path string) ([]system.DirEntry, error) {
	if path == s.victim && !s.done {
		s.done = true
		if err := s.System.Rename(path, path+".away"); err != nil {
			return nil, err
		}
		if err := s.System.Symlink(s.target, path); err != nil {
			return nil, err
		}
	}
	return s.System.ReadDir(path)
}

func TestSwappedDirectory(t *testing.T) {
	for _, line := range []string{"rm -rf d", "chmod -R 777 d", "chown -R daemon d", "find d -type f -delete", "find d -exec chmod 777 {} ';'"} {
		t.Run(line, func(t *testing.T) {
			m, dir := newMachine(t)
			defer m.Close()
			before := snapshot(t, m, "/etc")
			s := &swapper{System: m, victim: dir + "/d/sub", target: "/etc"}
			runOurs(t, s, dir, testCase{line: line})
			if !s.done {
				t.Fatal("the directory was never listed")
			}
			if after := snapshot(t, m, "/etc"); after != before {
				t.Errorf("%s was led into /etc:\n%s", line, difference(before, after))
			}
		})
	}
}

// TestStopped gives each utility a context that has ended: nothing but the
// operand at hand may be done.
func TestStopped(t *testing.T) {
	for _, line := range []string{"rm -rf d e f", "cat big f", "cp -r d q", "mv f g d", "chmod -R 700 d e", "chown -R daemon d", "find d -delete",
		"touch q w", "mkdir q w", "install -d q w", "ln -s a b d", "tee q", "dd if=/dev/zero of=q", "truncate -s 0 f", "ls -R", "stat -c %n f g"} {
		t.Run(line, func(t *testing.T) {
			m, dir := newMachine(t)
			defer m.Close()
			before := snapshot(t, m, dir)
			p := &system.Process{Sys: m, Dir: dir, Umask: 0o022}
			ctx, cancel := context.WithCancel(context.Background())
			cancel()
			argv := strings.Fields(line)
			call.Run(ctx, Lookup(argv[0]), p, argv)
			after := snapshot(t, m, dir)
			if strings.Fields(line)[0] == "tee" || argv[0] == "dd" {
				return // they have opened their output; that they returned is all
			}
			if after != before {
				t.Errorf("did something:\n%s", difference(before, after))
			}
		})
	}
}

// TestRefused lists uses that are left to the real program, before anything
// is done or said.
func TestRefused(t *testing.T) {
	for _, line := range []string{
		"rm --help", "rm --version", "rm -I f", "rm --no-preserve-root -rf d", "mkdir -Z q", "mkdir --context q", "cat -n f", "cat -A f",
		"cp -b f g", "cp --backup f g", "cp --parents f d", "cp --sparse=always f q", "cp --reflink=always f q", "cp -Z f q", "cp /dev/stdin q",
		"cp --preserve=xattr f q", "mv -b f g", "mv -Z f q", "install -s f q", "install -C f q", "install -b f q", "install -m 600 /dev/stdin q",
		"ln -b f q", "ln -S x f q", "touch -d whenever q", "touch -", "touch -d TZ=\"UTC\" q", "ls -C", "ls -x", "ls -m", "ls --color=always", "ls -Z",
		"ls -q", "ls --time-style=+%s", "ls /proc/self/fd", "stat f", "stat -f f", "stat -t f", "stat -c %w f", "stat -c %m f", "readlink /dev/stdin",
		"readlink /proc/self/fd/1", "readlink --nosuch l", "realpath --relative-to=/ f", "sync -Z", "tee -X q", "truncate -o -s 1 f",
		"dd if=f of=q conv=ucase", "dd if=f iflag=direct of=q", "dd if=f bs=0 of=q", "dd oflag=append if=f of=q", "find -regex x", "find . -ls",
		"find . -printf %T@", "find . -ok rm {} ';'", "find . -execdir rm {} ';'", "find f -name x y", "find . -nosuch", "find . ( -name x",
		"find d -name sub -prune -o -delete", "find . -size 1x", "flock --verbose lk true", "mountpoint --nofollow d", "mktemp -V", "chmod --help",
		"chown --help", "dirname --help", "basename --version",
	} {
		t.Run(line, func(t *testing.T) {
			m, dir := newMachine(t)
			defer m.Close()
			before := snapshot(t, m, dir)
			null, err := m.Open("/dev/null", system.ReadWrite, 0)
			if err != nil {
				t.Fatal(err)
			}
			stdout, stderr := &memory{File: null}, &memory{File: null}
			p := &system.Process{Sys: m, Dir: dir, Umask: 0o022}
			p.Files.Set(0, null)
			p.Files.Set(1, stdout)
			p.Files.Set(2, stderr)
			argv, _ := splitWords(line)
			if _, refused := call.Run(context.Background(), Lookup(argv[0]), p, argv); refused == "" {
				t.Error("was not refused")
			}
			if stdout.Len()+stderr.Len() > 0 {
				t.Errorf("printed %q %q", stdout.String(), stderr.String())
			}
			if after := snapshot(t, m, dir); after != before {
				t.Errorf("did something:\n%s", difference(before, after))
			}
		})
	}
}

// TestBrokenPipe: nobody reads any more, so that nothing is said and the
// status is that of SIGPIPE.
func TestBrokenPipe(t *testing.T) {
	for _, line := range []string{"cat big", "tee q", "ls -l", "find .", "dd if=big status=none", "stat -c %n f", "readlink l"} {
		t.Run(line, func(t *testing.T) {
			m, dir := newMachine(t)
			defer m.Close()
			r, w, err := m.Pipe()
			if err != nil {
				t.Fatal(err)
			}
			r.Close()
			null, err := m.Open("/dev/null", system.ReadWrite, 0)
			if err != nil {
				t.Fatal(err)
			}
			in, stderr := &memory{File: null}, &memory{File: null}
			in.WriteString("text\n")
			p := &system.Process{Sys: m, Dir: dir, Umask: 0o022}
			p.Files.Set(0, in)
			p.Files.Set(1, w)
			p.Files.Set(2, stderr)
			argv := strings.Fields(line)
			status, _ := call.Run(context.Background(), Lookup(argv[0]), p, argv)
			if status != call.BrokenPipe || stderr.Len() > 0 {
				t.Errorf("status %d, stderr %q", status, stderr.String())
			}
		})
	}
}

// TestDescriptorNames: /dev/stdin and its like mean the descriptors of the
// shell environment.
func TestDescriptorNames(t *testing.T) {
	m, dir := newMachine(t)
	defer m.Close()
	for _, tc := range []struct{ line, stdout, stderr string }{
		{"cat /dev/stdin <in", "in", ""},
		{"cat /dev/fd/0 f <in", "inhello\n", ""},
		{"cat /dev/fd/7", "", "cat: /dev/fd/7: No such file or directory\n"},
		{"tee /dev/stderr <text", "text", "text"},
		{"cat /proc/self/fd/5 5<f", "hello\n", ""},
	} {
		o := runOurs(t, m, dir, testCase{line: tc.line})
		if o.stdout != tc.stdout || o.stderr != tc.stderr {
			t.Errorf("%s: %q %q", tc.line, o.stdout, o.stderr)
		}
	}
}
