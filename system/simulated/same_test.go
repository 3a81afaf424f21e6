//go:build linux

package simulated

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sysv/system"
	"sysv/system/linux"
)

// The same trees each time, unless -rapid.seed says otherwise: a change is not
// to fail by what another would have failed by.
func init() { flag.Set("rapid.seed", "1") }

// pair is one playground on the real machine and one, with the same path, on
// an invented one. Every operation is done on both.
type pair struct {
	t    *rapid.T
	top  string
	real system.System
	sim  *Machine
	open []files
	log  []string
}

type files struct{ real, sim system.File }

// depth is how deep below the temporary directory the playground is, so that
// no chain of ".." that a run makes up leads out of it.
const depth = 12

// playground is an empty directory that everybody may write to.
func playground(t *rapid.T, tmp string) *pair {
	os.RemoveAll(tmp)
	top := tmp + strings.Repeat("/p", depth)
	sim := Standard(Options{})
	if err := os.MkdirAll(top, 0o755); err != nil {
		t.Fatal(err)
	}
	dir := tmp
	for i := 0; i <= depth; i++ {
		mode := os.FileMode(0o755)
		if i == depth {
			mode = 0o777
		}
		if err := os.Chmod(dir, mode); err != nil {
			t.Fatal(err)
		}
		if err := sim.AddDir(dir, system.Mode(mode)); err != nil {
			t.Fatal(err)
		}
		dir += "/p"
	}
	return &pair{t: t, top: top, real: linux.New(), sim: sim}
}

// be makes both sides act as a user. On the real side it is the thread's
// file system identity that changes, and with it its capabilities.
func (q *pair) be(uid, gid int, groups ...int) {
	q.log = append(q.log, fmt.Sprintf("be %d:%d %v", uid, gid, groups))
	q.sim.id = system.Identity{UID: uid, EUID: uid, GID: gid, EGID: gid, Groups: groups}
	threadIdentity(uid, gid, groups)
}

// both compares what the two sides gave.
func (q *pair) both(what string, real, sim func() (any, error)) {
	q.t.Helper()
	a, err1 := real()
	b, err2 := sim()
	q.log = append(q.log, fmt.Sprintf("%s = %v, %v", what, a, err1))
	if err1 != err2 || fmt.Sprint(a) != fmt.Sprint(b) {
		q.t.Fatalf("%s:\nreal      %v, %v\nsimulated %v, %v\nafter\n%s", what, a, err1, b, err2, strings.Join(q.log, "\n"))
	}
}

// on does one operation on the two systems.
func (q *pair) on(what string, f func(s system.System) (any, error)) {
	q.t.Helper()
	q.both(what, func() (any, error) { return f(q.real) }, func() (any, error) { return f(q.sim) })
}

// shown is what of a file's description is the same on both sides: not
// numbers, times, or the size of a directory.
func shown(i system.FileInfo, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	if i.Mode.IsDir() {
		i.Size = 0
	}
	return fmt.Sprintf("%v nlink=%d %d:%d size=%d rdev=%d", i.Mode, i.Nlink, i.UID, i.GID, i.Size, i.Rdev), nil
}

// path makes up a path in the playground.
func (q *pair) path() string {
	name := rapid.SampledFrom([]string{"a", "a", "a", "a", "a", "a", "b", "b", "b", "b", "c", "d", ".", "..", strings.Repeat("n", 255), strings.Repeat("n", 256)})
	s := q.top
	for range rapid.SampledFrom([]int{0, 0, 0, 0, 1, 1, 1, 2, 3}).Draw(q.t, "depth") {
		s += "/" + name.Draw(q.t, "name")
	}
	return s + rapid.SampledFrom([]string{"/a", "/b", "/c", "/d", "/a", "/b", "/a", "/b", "/c", "/a", "/b", "/a/", "/b//", "", "/.", "/.."}).Draw(q.t, "last")
}

func (q *pair) mode() system.Mode {
	return system.Mode(rapid.SampledFrom([]uint16{0o755, 0o777, 0o644, 0o600, 0o000, 0o1775, 0o2775, 0o4755, 0o6711, 0o070, 0o007, 0o2644}).Draw(q.t, "mode"))
}

// step does one operation, made up.
func (q *pair) step() {
	t := q.t
	path := q.path()
	show := q.show(path)
	flw := rapid.Bool().Draw(t, "follow")
	kinds := []string{"mkdir", "mkdir", "mknod", "symlink", "symlink", "link", "rename", "rename", "unlink", "rmdir", "chmod", "chown", "truncate", "chtimes",
		"open", "open", "open", "open", "create", "create", "readdir", "stat", "lstat", "readlink", "access", "use", "use", "use", "use", "be"}
	switch kind := rapid.SampledFrom(kinds).Draw(t, "kind"); kind {
	case "mkdir":
		m := q.mode()
		q.on(fmt.Sprintf("mkdir %s %o", show, m), func(s system.System) (any, error) { return nil, s.Mkdir(path, m) })
	case "mknod":
		m := q.mode() | rapid.SampledFrom([]system.Mode{system.TypeFIFO, system.TypeRegular, system.TypeSocket, system.TypeChar, system.TypeDir, 0, system.TypeSymlink}).Draw(t, "type")
		q.on(fmt.Sprintf("mknod %s %o", show, m), func(s system.System) (any, error) { return nil, s.Mknod(path, m, 0x103) })
	case "symlink":
		target := rapid.SampledFrom([]string{"a", "b", "../a", ".", "..", "b/", "a/b", "none", "", q.top + "/b", q.top, strings.Repeat("x", 300)}).Draw(t, "target")
		q.on("symlink "+target+" "+show, func(s system.System) (any, error) { return nil, s.Symlink(target, path) })
	case "link", "rename":
		to := q.path()
		q.on(fmt.Sprintf("%s %s %s %v", kind, show, q.show(to), flw), func(s system.System) (any, error) {
			if kind == "link" {
				return nil, s.Link(path, to, flw)
			}
			return nil, s.Rename(path, to)
		})
	case "unlink":
		q.on("unlink "+show, func(s system.System) (any, error) { return nil, s.Unlink(path) })
	case "rmdir":
		q.on("rmdir "+show, func(s system.System) (any, error) { return nil, s.Rmdir(path) })
	case "chmod":
		m := q.mode()
		q.on(fmt.Sprintf("chmod %o %s", m, show), func(s system.System) (any, error) { return nil, s.Chmod(path, m) })
	case "chown":
		uid := rapid.SampledFrom([]int{-1, 0, 1000, 33}).Draw(t, "uid")
		gid := rapid.SampledFrom([]int{-1, 0, 1000, 50}).Draw(t, "gid")
		q.on(fmt.Sprintf("chown %d:%d %s %v", uid, gid, show, flw), func(s system.System) (any, error) { return nil, s.Chown(path, uid, gid, flw) })
	case "truncate":
		n := rapid.SampledFrom([]int64{0, 3, 100, -1}).Draw(t, "size")
		q.on(fmt.Sprintf("truncate %s %d", show, n), func(s system.System) (any, error) { return nil, s.Truncate(path, n) })
	case "chtimes":
		when := time.Unix(1e9, 5000)
		q.on("chtimes "+show, func(s system.System) (any, error) {
			if err := s.Chtimes(path, time.Time{}, when, flw); err != nil {
				return nil, err
			}
			return nil, nil
		})
	case "open", "create":
		flag := rapid.SampledFrom([]system.OpenFlag{system.ReadOnly, system.WriteOnly, system.ReadWrite}).Draw(t, "access")
		more := []system.OpenFlag{0, 0, system.Truncate, system.Append, system.NoFollow, system.Directory, system.Directory | system.NoFollow}
		if kind == "create" {
			flag |= system.Create
			more = []system.OpenFlag{0, system.Exclusive, system.Truncate, system.Append, system.NoFollow, system.Exclusive | system.NoFollow}
		}
		flag |= rapid.SampledFrom(more).Draw(t, "flag") | system.NonBlock
		q.openBoth(show, path, flag, q.mode())
	case "readdir":
		q.on("readdir "+show, func(s system.System) (any, error) {
			l, err := s.ReadDir(path)
			names := map[string]system.Mode{}
			for _, e := range l {
				names[e.Name] = e.Type
			}
			return names, err
		})
	case "stat":
		q.on("stat "+show, func(s system.System) (any, error) { return shown(s.Stat(path)) })
	case "lstat":
		q.on("lstat "+show, func(s system.System) (any, error) { return shown(s.Lstat(path)) })
	case "readlink":
		q.on("readlink "+show, func(s system.System) (any, error) { return s.Readlink(path) })
	case "access":
		m := system.AccessMode(rapid.IntRange(0, 7).Draw(t, "access"))
		q.on(fmt.Sprintf("access %s %d", show, m), func(s system.System) (any, error) { return nil, s.Access(path, m) })
	case "use":
		q.use()
	case "be":
		switch rapid.IntRange(0, 3).Draw(t, "who") {
		case 0, 1:
			q.be(0, 0)
		case 2:
			q.be(1000, 1000, 50)
		case 3:
			q.be(33, 33)
		}
	}
}

func (q *pair) openBoth(show, path string, flag system.OpenFlag, perm system.Mode) {
	var f files
	var err error
	q.both(fmt.Sprintf("open %s %o %o", show, flag, perm),
		func() (any, error) { f.real, err = q.real.Open(path, flag, perm); return nil, err },
		func() (any, error) { f.sim, err = q.sim.Open(path, flag, perm); return nil, err })
	if f.real != nil && f.sim != nil {
		q.open = append(q.open, f)
	}
}

// use does something to an open file.
func (q *pair) use() {
	if len(q.open) == 0 {
		return
	}
	t := q.t
	at := rapid.IntRange(0, len(q.open)-1).Draw(t, "file")
	f := q.open[at]
	on := func(what string, do func(f system.File) (any, error)) {
		q.t.Helper()
		q.both(fmt.Sprintf("%s #%d", what, at), func() (any, error) { return do(f.real) }, func() (any, error) { return do(f.sim) })
	}
	info, err := f.real.Stat()
	fifo := err == nil && info.Mode.Type() == system.TypeFIFO
	switch rapid.SampledFrom([]string{"read", "read", "write", "write", "seek", "stat", "truncate", "chmod", "close"}).Draw(t, "use") {
	case "read":
		n := rapid.IntRange(1, 20).Draw(t, "n")
		on(fmt.Sprintf("read %d", n), func(f system.File) (any, error) {
			b := make([]byte, n)
			n, err := f.Read(b)
			if n < 0 {
				n = 0
			}
			return fmt.Sprintf("%q", b[:n]), err
		})
	case "write":
		text := rapid.SampledFrom([]string{"", "x", "hello", strings.Repeat("y", 30)}).Draw(t, "text")
		on("write "+text, func(f system.File) (any, error) { return f.Write([]byte(text)) })
	case "seek":
		off, whence := int64(rapid.IntRange(-3, 40).Draw(t, "off")), rapid.IntRange(0, 3).Draw(t, "whence")
		if info.Mode.IsDir() || whence == 3 {
			return // a directory's offsets are the file system's own; 3 is SEEK_DATA
		}
		on(fmt.Sprintf("seek %d %d", off, whence), func(f system.File) (any, error) { return f.Seek(off, whence) })
	case "stat":
		on("fstat", func(f system.File) (any, error) { return shown(f.Stat()) })
	case "truncate":
		n := rapid.SampledFrom([]int64{0, 7, -1}).Draw(t, "size")
		on(fmt.Sprintf("ftruncate %d", n), func(f system.File) (any, error) { return nil, f.Truncate(n) })
	case "chmod":
		m := q.mode()
		on(fmt.Sprintf("fchmod %o", m), func(f system.File) (any, error) { return nil, f.Chmod(m) })
	case "close":
		if !fifo {
			on("close", func(f system.File) (any, error) { return nil, f.Close() })
		} else {
			f.real.Close()
			f.sim.Close()
		}
		q.open = append(q.open[:at:at], q.open[at+1:]...)
	}
}

// tree lists everything below a directory, with contents.
func tree(s system.System, dir, show string, out map[string]string) {
	l, err := s.ReadDir(dir)
	if err != nil {
		out[show] = err.Error()
		return
	}
	for _, e := range l {
		path, name := dir+"/"+e.Name, show+"/"+e.Name
		i, err := s.Lstat(path)
		text, _ := shown(i, err)
		line := fmt.Sprint(text, err)
		switch i.Mode.Type() {
		case system.TypeSymlink:
			target, err := s.Readlink(path)
			line += fmt.Sprint(" -> ", target, err)
		case system.TypeRegular:
			f, err := s.Open(path, system.ReadOnly, 0)
			if err != nil {
				line += err.Error()
				break
			}
			b, err := system.ReadAll(f, 0)
			f.Close()
			line += fmt.Sprintf(" %q %v", b, err)
		case system.TypeDir:
			tree(s, path, name, out)
		}
		out[name] = line
	}
}

// TestSameAsLinux does random operations on files on this machine and on an
// invented one, as root and as others, and compares each result.
func TestSameAsLinux(t *testing.T) {
	if os.Getuid() != 0 {
		skip(t, "needs root, to act as several users")
	}
	// fs.protected_symlinks and its like differ between machines: they count
	// only in sticky directories that everybody can write, so there are none.
	if b, _ := os.ReadFile("/proc/sys/fs/protected_hardlinks"); strings.TrimSpace(string(b)) != "1" {
		skip(t, "this machine's fs.protected_hardlinks is %q, the invented one's 1", b)
	}
	defer syscall.Umask(syscall.Umask(0))
	runtime.LockOSThread() // and never unlocked: the thread's identity is changed
	tmp, err := os.MkdirTemp("/tmp", "same")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(tmp)
	defer threadIdentity(0, 0, nil)
	ops, failed := 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		threadIdentity(0, 0, nil)
		q := playground(rt, tmp)
		defer threadIdentity(0, 0, nil)
		defer func() {
			for _, f := range q.open {
				f.real.Close()
			}
		}()
		for range rapid.IntRange(5, 60).Draw(rt, "steps") {
			q.step()
		}
		ops += len(q.log)
		for _, l := range q.log {
			if !strings.HasSuffix(l, "<nil>") {
				failed++
			}
		}
		q.be(0, 0)
		real, sim := map[string]string{}, map[string]string{}
		tree(q.real, q.top, "T", real)
		tree(q.sim, q.top, "T", sim)
		if fmt.Sprint(real) != fmt.Sprint(sim) {
			rt.Fatalf("the trees differ:\nreal      %v\nsimulated %v\nafter\n%s", real, sim, strings.Join(q.log, "\n"))
		}
	})
	t.Logf("%d operations compared, %d of them with an error or an end", ops, failed)
	if ops > 1000 && (failed < ops/20 || failed > ops*19/20) {
		t.Errorf("too few of one kind: the test shows little")
	}
}

// threadIdentity sets the thread's file system ids and groups. Leaving uid 0
// takes its file capabilities, coming back gives them back: see setfsuid(2).
func threadIdentity(uid, gid int, groups []int) {
	syscall.RawSyscall(syscall.SYS_SETFSUID, 0, 0, 0)
	setgroups(groups)
	syscall.RawSyscall(syscall.SYS_SETFSGID, uintptr(gid), 0, 0)
	syscall.RawSyscall(syscall.SYS_SETFSUID, uintptr(uid), 0, 0)
}

// TestDifferenceIsSeen proves that the comparison can fail.
func TestDifferenceIsSeen(t *testing.T) {
	real, sim := Standard(Options{}), Standard(Options{})
	sim.AddDir("/tmp/x", 0o755)
	a, err1 := shown(real.Stat("/tmp/x"))
	b, err2 := shown(sim.Stat("/tmp/x"))
	if errors.Is(err1, err2) || fmt.Sprint(a) == fmt.Sprint(b) {
		t.Fatalf("no difference seen: %v %v, %v %v", a, err1, b, err2)
	}
	if _, err := real.Open("/tmp", system.ReadOnly, 0); err != nil || err == io.EOF {
		t.Fatal(err)
	}
}

// show is a path as the log has it, shorter.
func (q *pair) show(path string) string {
	return strings.ReplaceAll(strings.ReplaceAll(path, q.top, "T"), strings.Repeat("n", 255), "N")
}

// skip skips a comparison that this machine cannot make, or fails where all
// of them are asked for.
func skip(t *testing.T, format string, args ...any) {
	t.Helper()
	if os.Getenv("SYSV_REQUIRE_ORACLES") == "1" {
		t.Fatalf(format, args...)
	}
	t.Skipf("SKIPPED: "+format, args...)
}
