//go:build linux

package linux

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"sysv/system"
)

func write(t *testing.T, path, text string) {
	t.Helper()
	must(t, os.WriteFile(path, []byte(text), 0o644))
}

func TestOpenErrors(t *testing.T) {
	m, d := New(), t.TempDir()
	write(t, d+"/file", "text")
	must(t, os.Symlink("loop", d+"/loop"))
	must(t, os.Symlink("file", d+"/link"))
	for _, c := range []struct {
		name, path string
		flag       system.OpenFlag
		want       error
	}{
		{"there", "/file", system.ReadOnly, nil},
		{"missing", "/none", system.ReadOnly, system.ENOENT},
		{"below a file", "/file/x", system.ReadOnly, system.ENOTDIR},
		{"loop", "/loop", system.ReadOnly, system.ELOOP},
		{"exclusive", "/file", system.WriteOnly | system.Create | system.Exclusive, system.EEXIST},
		{"directory to write", "", system.WriteOnly, system.EISDIR},
		{"directory to create", "", system.ReadOnly | system.Create, system.EISDIR},
		{"not a directory", "/file", system.ReadOnly | system.Directory, system.ENOTDIR},
		{"link not followed", "/link", system.ReadOnly | system.NoFollow, system.ELOOP},
		{"NUL in the name", "/a\x00b", system.ReadOnly, system.EINVAL},
		{"long", "/" + strings.Repeat("x", 256), system.ReadOnly, system.ENAMETOOLONG},
		{"link to nothing, exclusive", "/loop", system.WriteOnly | system.Create | system.Exclusive, system.EEXIST},
		{"create in nothing", "/none/x", system.WriteOnly | system.Create, system.ENOENT},
	} {
		for _, perm := range []system.Mode{0o644, 0o666} { // without and with a look at the umask
			t.Run(fmt.Sprintf("%s/%o", c.name, perm), func(t *testing.T) {
				f, err := m.Open(d+c.path, c.flag, perm)
				if err != c.want {
					t.Fatalf("got %v, want %v", err, c.want)
				}
				if err == nil {
					must(t, f.Close())
				}
			})
		}
	}
}

func TestPermissionsAreExact(t *testing.T) {
	m, d := New(), t.TempDir()
	if m.Umask() == 0 {
		t.Fatal("this test needs a umask")
	}
	for i, perm := range []system.Mode{0, 0o600, 0o644, 0o666, 0o777, 0o4755, 0o1777, 0o2777} {
		base := fmt.Sprintf("%s/%d", d, i)
		f, err := m.Open(base+"f", system.WriteOnly|system.Create, perm)
		must(t, err)
		must(t, f.Close())
		f, err = m.Open(base+"x", system.WriteOnly|system.Create|system.Exclusive, perm)
		must(t, err)
		must(t, f.Close())
		must(t, m.Mkdir(base+"d", perm))
		must(t, m.Mknod(base+"p", system.TypeFIFO|perm, 0))
		for kind, want := range map[string]system.Mode{
			"f": system.TypeRegular | perm, "x": system.TypeRegular | perm,
			// mkdir(2) takes the permissions and the sticky bit only.
			"d": system.TypeDir | perm&^(system.SetUID|system.SetGID), "p": system.TypeFIFO | perm,
		} {
			st, err := m.Lstat(base + kind)
			must(t, err)
			if st.Mode != want {
				t.Errorf("%s of %o has mode %o, want %o", kind, perm, st.Mode, want)
			}
		}
	}
	if old := unix.Umask(int(m.Umask())); system.Mode(old) != m.Umask() {
		t.Errorf("the umask is left at %o", old)
	}
}

func TestCreateThroughLinks(t *testing.T) {
	for _, perm := range []system.Mode{0o600, 0o666} {
		m, d := New(), t.TempDir()
		must(t, os.Mkdir(d+"/sub", 0o755))
		must(t, os.Symlink("sub/two", d+"/one"))
		must(t, os.Symlink("../three", d+"/sub/two"))
		must(t, os.Symlink(d+"/absolute-target", d+"/absolute"))
		must(t, os.Symlink("nowhere/x", d+"/nowhere-link"))
		for path, target := range map[string]string{"/one": "/three", "/absolute": "/absolute-target"} {
			f, err := m.Open(d+path, system.WriteOnly|system.Create|system.Truncate, perm)
			must(t, err)
			must(t, f.Close())
			st, err := m.Lstat(d + target)
			must(t, err)
			if st.Mode != system.TypeRegular|perm {
				t.Errorf("%s: mode %o", target, st.Mode)
			}
		}
		if _, err := m.Open(d+"/nowhere-link", system.WriteOnly|system.Create, perm); err != system.ENOENT {
			t.Errorf("link into a missing directory: %v", err)
		}
	}
}

// An open that waits for a FIFO's other end must not keep others from making
// files or starting programs.
func TestFIFOHoldsNothing(t *testing.T) {
	m, d := New(), t.TempDir()
	for _, perm := range []system.Mode{0o644, 0o666} {
		fifo := fmt.Sprintf("%s/fifo%o", d, perm)
		must(t, m.Mknod(fifo, system.TypeFIFO|0o600, 0))
		got := make(chan error, 1)
		go func() {
			f, err := m.Open(fifo, system.WriteOnly|system.Create, perm)
			if err == nil {
				f.Close()
			}
			got <- err
		}()
		done := make(chan struct{})
		go func() {
			defer close(done)
			time.Sleep(20 * time.Millisecond)
			m.Mkdir(fifo+"dir", 0o777)
			c := command(t, ":")
			if p, err := m.Start(c); err == nil {
				p.Wait(false)
			}
		}()
		select {
		case <-done:
		case <-time.After(10 * time.Second):
			t.Fatal("making a directory or starting a program waits for the FIFO")
		}
		select {
		case err := <-got:
			t.Fatalf("the open did not wait: %v", err)
		default:
		}
		r, err := m.Open(fifo, system.ReadOnly, 0)
		must(t, err)
		must(t, <-got)
		must(t, r.Close())
	}
}

func TestReadWriteSeek(t *testing.T) {
	m, d := New(), t.TempDir()
	f, err := m.Open(d+"/f", system.ReadWrite|system.Create, 0o644)
	must(t, err)
	must(t, system.WriteAll(f, []byte("hello world")))
	if n, err := f.Seek(-5, 2); n != 6 || err != nil {
		t.Fatal(n, err)
	}
	b := make([]byte, 3)
	if n, err := f.Read(b); n != 3 || err != nil || string(b) != "wor" {
		t.Fatal(n, err, string(b))
	}
	if n, err := f.Seek(0, 1); n != 9 || err != nil {
		t.Fatal(n, err)
	}
	if _, err := f.Seek(-20, 1); err != system.EINVAL {
		t.Fatal(err)
	}
	must(t, f.Truncate(9))
	if n, err := f.Read(b); n != 0 || err != io.EOF {
		t.Fatal(n, err)
	}
	must(t, m.Truncate(d+"/f", 4))
	must(t, f.Chmod(0o4711))
	st, err := f.Stat()
	must(t, err)
	if st.Size != 4 || st.Mode != system.TypeRegular|0o4711 || st.Nlink != 1 || st.BlockSize == 0 {
		t.Fatalf("%+v", st)
	}
	a, err := m.Open(d+"/f", system.WriteOnly|system.Append, 0)
	must(t, err)
	must(t, system.WriteAll(a, []byte("!")))
	must(t, a.Close())
	if got, _ := os.ReadFile(d + "/f"); string(got) != "hell!" {
		t.Fatalf("%q", got)
	}
	must(t, f.Close())
	for name, call := range map[string]func() error{
		"close": f.Close,
		"read":  func() error { _, err := f.Read(b); return err },
		"write": func() error { _, err := f.Write(b); return err },
		"stat":  func() error { _, err := f.Stat(); return err },
		"seek":  func() error { _, err := f.Seek(0, 0); return err },
	} {
		if err := call(); err != system.EBADF {
			t.Errorf("%s after close: %v", name, err)
		}
	}
}

func TestPipeAndEPIPE(t *testing.T) {
	m := New()
	r, w, err := m.Pipe()
	must(t, err)
	if _, err := w.Seek(0, 1); err != system.ESPIPE {
		t.Error(err)
	}
	if _, err := w.Read(make([]byte, 1)); err != system.EBADF {
		t.Error(err)
	}
	must(t, system.WriteAll(w, []byte("x")))
	must(t, w.Close())
	if b, err := system.ReadAll(r, 0); string(b) != "x" || err != nil {
		t.Errorf("%q %v", b, err)
	}
	must(t, r.Close())
	// On descriptor 1 it is the same: the process lives on.
	out, ps := runScene(t, "epipe", "")
	if ps.ExitCode() != 0 || out != "Broken pipe\n" {
		t.Errorf("%v %q", ps, out)
	}
}

func TestStandardDescriptorsStayTaken(t *testing.T) {
	out, ps := runScene(t, "close-stdio", "")
	if ps.ExitCode() != 0 || out != "" {
		t.Errorf("%v %q", ps, out)
	}
}

func TestReadDir(t *testing.T) {
	m, d := New(), t.TempDir()
	want := map[string]system.Mode{"dir": system.TypeDir, "fifo": system.TypeFIFO, "link": system.TypeSymlink}
	must(t, os.Mkdir(d+"/dir", 0o755))
	must(t, unix.Mkfifo(d+"/fifo", 0o600))
	must(t, os.Symlink("dir", d+"/link"))
	for i := range 2000 { // more than one call gives
		name := fmt.Sprintf("file with a long name %d", i)
		write(t, filepath.Join(d, name), "")
		want[name] = system.TypeRegular
	}
	l, err := m.ReadDir(d)
	must(t, err)
	if len(l) != len(want) {
		t.Fatalf("%d names, want %d", len(l), len(want))
	}
	for _, e := range l {
		st, err := m.Lstat(d + "/" + e.Name)
		must(t, err)
		if e.Ino != st.Ino || e.Type != want[e.Name] {
			t.Fatalf("%+v, want %+v", e, st)
		}
	}
	if _, err := m.ReadDir(d + "/fifo"); err != system.ENOTDIR {
		t.Error(err)
	}
	if l, err := m.ReadDir(d + "/dir"); len(l) != 0 || err != nil {
		t.Error(l, err)
	}
}

func TestNames(t *testing.T) {
	m, d := New(), t.TempDir()
	write(t, d+"/a", "a")
	must(t, m.Symlink("a", d+"/s"))
	if s, err := m.Readlink(d + "/s"); s != "a" || err != nil {
		t.Error(s, err)
	}
	if _, err := m.Readlink(d + "/a"); err != system.EINVAL {
		t.Error(err)
	}
	long := strings.Repeat("x", 1000)
	must(t, m.Symlink(long, d+"/long"))
	if s, err := m.Readlink(d + "/long"); s != long || err != nil {
		t.Error(len(s), err)
	}
	must(t, m.Link(d+"/s", d+"/hard-link", false))
	must(t, m.Link(d+"/s", d+"/hard-file", true))
	inode := func(path string) uint64 {
		st, err := m.Lstat(path)
		must(t, err)
		return st.Ino
	}
	if inode(d+"/hard-link") != inode(d+"/s") || inode(d+"/hard-file") != inode(d+"/a") {
		t.Error("links of the wrong files")
	}
	must(t, m.Mkdir(d+"/dir", 0o755))
	for name, c := range map[string]struct{ got, want error }{
		"unlink a directory":    {m.Unlink(d + "/dir"), system.EISDIR},
		"rmdir a file":          {m.Rmdir(d + "/a"), system.ENOTDIR},
		"mkdir again":           {m.Mkdir(d+"/dir", 0o755), system.EEXIST},
		"rename":                {m.Rename(d+"/a", d+"/dir/b"), nil},
		"rmdir not empty":       {m.Rmdir(d + "/dir"), system.ENOTEMPTY},
		"rename on a directory": {m.Rename(d+"/s", d+"/dir"), system.EISDIR},
		"unlink":                {m.Unlink(d + "/dir/b"), nil},
		"unlink again":          {m.Unlink(d + "/dir/b"), system.ENOENT},
		"rmdir":                 {m.Rmdir(d + "/dir"), nil},
		"access nothing":        {m.Access(d+"/dir", 0), system.ENOENT},
		"access dangling":       {m.Access(d+"/s", system.ReadOK), system.ENOENT},
		"access":                {m.Access(d+"/hard-file", system.ReadOK|system.WriteOK), nil},
		"access not executable": {m.Access(d+"/hard-file", system.ExecuteOK), system.EACCES},
	} {
		if c.got != c.want {
			t.Errorf("%s: %v, want %v", name, c.got, c.want)
		}
	}
}

func TestAttributes(t *testing.T) {
	requireRoot(t)
	m, d := New(), t.TempDir()
	write(t, d+"/a", "a")
	must(t, m.Symlink("a", d+"/s"))
	must(t, m.Chmod(d+"/s", 0o2750))
	must(t, m.Chown(d+"/s", 12, -1, true))
	must(t, m.Chown(d+"/s", 34, 56, false))
	at, mt := time.Unix(1000, 5), time.Unix(2000, 7)
	must(t, m.Chtimes(d+"/s", at, mt, true))
	must(t, m.Chtimes(d+"/s", time.Time{}, mt, false))
	a, err := m.Stat(d + "/s")
	must(t, err)
	s, err := m.Lstat(d + "/s")
	must(t, err)
	if a.UID != 12 || a.GID != 0 || s.UID != 34 || s.GID != 56 {
		t.Errorf("owners %+v %+v", a, s)
	}
	if a.Mode.Perm() != 0o2750&^0o2000 && a.Mode.Perm() != 0o2750 {
		t.Errorf("mode %o", a.Mode)
	}
	if !a.Atime.Equal(at) || !a.Mtime.Equal(mt) || !s.Mtime.Equal(mt) || s.Atime.Year() < 2020 {
		t.Errorf("times %+v %+v", a, s)
	}
	f, err := m.Open(d+"/a", system.ReadOnly, 0)
	must(t, err)
	must(t, f.Chown(78, 90))
	if st, _ := f.Stat(); st.UID != 78 || st.GID != 90 {
		t.Errorf("%+v", st)
	}
	must(t, f.Close())
	must(t, m.Mknod(d+"/null", system.TypeChar|0o666, system.Makedev(1, 3)))
	if st, err := m.Stat(d + "/null"); err != nil || st.Rdev != system.Makedev(1, 3) || st.Mode != system.TypeChar|0o666 {
		t.Errorf("%+v %v", st, err)
	}
}

func TestLock(t *testing.T) {
	m, d := New(), t.TempDir()
	open := func() system.File {
		f, err := m.Open(d+"/lock", system.ReadWrite|system.Create, 0o600)
		must(t, err)
		return f
	}
	a, b := open(), open()
	bg := context.Background()
	must(t, a.Lock(bg, system.Lock{}))
	if err := b.Lock(bg, system.Lock{Shared: true}); err != system.EAGAIN {
		t.Error(err)
	}
	ctx, cancel := context.WithTimeout(bg, 30*time.Millisecond)
	defer cancel()
	if err := b.Lock(ctx, system.Lock{Wait: true}); err != context.DeadlineExceeded {
		t.Error(err)
	}
	go func() {
		time.Sleep(10 * time.Millisecond)
		a.Lock(bg, system.Lock{Unlock: true})
	}()
	must(t, b.Lock(bg, system.Lock{Wait: true}))
	must(t, b.Lock(bg, system.Lock{Shared: true}))
	must(t, a.Lock(bg, system.Lock{Shared: true}))
	must(t, a.Close())
	must(t, b.Close())
}

func TestOwnDescriptorsAreClosedOnExec(t *testing.T) {
	m, d := New(), t.TempDir()
	var nums []int
	for range 3 {
		f, err := m.Open(d+"/x", system.ReadWrite|system.Create, 0o666)
		must(t, err)
		defer f.Close()
		nums = append(nums, f.(*File).FD())
	}
	r, w, err := m.Pipe()
	must(t, err)
	defer r.Close()
	defer w.Close()
	for _, fd := range append(nums, r.(*File).FD(), w.(*File).FD()) {
		if flags, err := unix.FcntlInt(uintptr(fd), unix.F_GETFD, 0); err != nil || flags&unix.FD_CLOEXEC == 0 || fd < 3 {
			t.Errorf("descriptor %d: flags %x, %v", fd, flags, err)
		}
		if f, ok := m.Inherited(fd); ok || f != nil {
			t.Errorf("descriptor %d is our own", fd)
		}
	}
}

func TestTerminal(t *testing.T) {
	m := New()
	r, w, err := m.Pipe()
	must(t, err)
	defer r.Close()
	defer w.Close()
	if c, n := r.Size(); r.IsTerminal() || c != 0 || n != 0 {
		t.Error("a pipe is no terminal")
	}
	f, err := m.Open("/dev/ptmx", system.ReadWrite|system.NoCTTY, 0)
	if err != nil {
		missing(t, "/dev/ptmx")
	}
	defer f.Close()
	must(t, unix.IoctlSetWinsize(f.(*File).FD(), unix.TIOCSWINSZ, &unix.Winsize{Row: 25, Col: 81}))
	if c, n := f.Size(); !f.IsTerminal() || c != 81 || n != 25 {
		t.Error(f.IsTerminal(), c, n)
	}
}
