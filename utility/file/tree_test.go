//go:build linux

package file

import (
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"
	"time"

	"sysv/system"
)

// old is the time that planted files have.
var old = time.Date(2001, 2, 3, 4, 5, 6, 789000000, time.UTC)

// plant makes the tree that each case finds.
func plant(t *testing.T, sys system.System, dir string) {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	at := func(n string) string { return dir + "/" + n }
	file := func(n, text string, mode system.Mode) {
		t.Helper()
		f, err := sys.Open(at(n), system.WriteOnly|system.Create|system.Truncate, 0o600)
		must(err)
		must(system.WriteAll(f, []byte(text)))
		must(f.Chmod(mode))
		must(f.Close())
	}
	folder := func(n string, mode system.Mode) {
		t.Helper()
		must(sys.Mkdir(at(n), 0o700))
		must(sys.Chmod(at(n), mode))
	}
	folder("d", 0o755)
	folder("d/sub", 0o750)
	folder("d/sub/low", 0o755)
	folder("e", 0o755)
	folder("sg", 0o2775)
	folder("ro", 0o555)
	folder("st", 0o1777)
	file("f", "hello\n", 0o644)
	file("g", "other\nlines\n", 0o600)
	file("empty", "", 0o644)
	file("x", "#!/bin/sh\necho x\n", 0o755)
	file("suid", "s", 0o4755)
	file("none", "n\n", 0)
	file("big", strings.Repeat("0123456789abcdef", 20000), 0o644)
	file("sp ace", "blank\n", 0o644)
	file("it's", "quote\n", 0o644)
	file("new\nline", "nl\n", 0o644)
	file("-dash", "dash\n", 0o644)
	file("d/a", "a\n", 0o644)
	file("d/b", "bb\n", 0o640)
	file("d/.hid", "h\n", 0o600)
	file("d/sub/c", "c\n", 0o664)
	file("d/sub/low/z", "z\n", 0o444)
	file("sg/in", "in\n", 0o664)
	file("ro/r", "r\n", 0o444)
	file("h1", "linked\n", 0o644)
	must(sys.Link(at("h1"), at("h2"), false))
	must(sys.Link(at("d/a"), at("d/ha"), false))
	for _, l := range [][2]string{{"l", "f"}, {"ld", "d"}, {"dang", "nowhere"}, {"loop", "loop"}, {"d/up", "../f"}, {"ll", "l"}, {"d/sub/lsub", "../sub"}, {"deepl", "ld/sub/c"}} {
		must(sys.Symlink(l[1], at(l[0])))
	}
	must(sys.Mknod(at("p"), system.TypeFIFO|0o644, 0))
	must(sys.Chown(at("g"), 1, 1, true))
	must(sys.Chown(at("d/b"), 2, 3, true))
	must(sys.Chown(at("sg/in"), 12345, 23456, true))
	var all []string
	var walk func(string)
	walk = func(d string) {
		list, err := sys.ReadDir(d)
		must(err)
		for _, e := range list {
			n := d + "/" + e.Name
			st, err := sys.Lstat(n)
			must(err)
			if st.Mode.IsDir() {
				walk(n)
			}
			all = append(all, n)
		}
	}
	walk(dir)
	for _, n := range all {
		must(sys.Chtimes(n, old, old, false))
	}
	must(sys.Chtimes(at("g"), old.Add(time.Hour), old.Add(2*time.Hour), false))
	must(sys.Chtimes(dir, old, old, false))
}

// snapshot tells all that a tree is, a line a file. A time within the last
// hours is "now".
func snapshot(t *testing.T, sys system.System, dir string) string {
	t.Helper()
	var lines []string
	now := sys.Now()
	when := func(x time.Time) string {
		if d := now.Sub(x); d > -time.Hour && d < time.Hour {
			return "now"
		}
		return x.UTC().Format("2006-01-02T15:04:05.999999999")
	}
	var walk func(path, name string)
	walk = func(path, name string) {
		st, err := sys.Lstat(path)
		if err != nil {
			t.Fatal(path, err)
		}
		extra := ""
		switch {
		case st.Mode.IsSymlink():
			target, err := sys.Readlink(path)
			extra = fmt.Sprintf("-> %s %v", target, err)
		case st.Mode.IsRegular():
			f, err := sys.Open(path, system.ReadOnly, 0)
			if err != nil {
				t.Fatal(path, err)
			}
			b, err := system.ReadAll(f, 0)
			f.Close()
			if len(b) > 60 {
				sum := 0
				for _, x := range b {
					sum = sum*31 + int(x)
				}
				b = fmt.Appendf(nil, "%d bytes, %x", len(b), sum)
			}
			extra = fmt.Sprintf("%q %v", b, err)
		case st.Mode.Type() == system.TypeBlock || st.Mode.Type() == system.TypeChar:
			extra = fmt.Sprintf("%d,%d", system.Major(st.Rdev), system.Minor(st.Rdev))
		}
		lines = append(lines, fmt.Sprintf("%q %s %d:%d %d %s %s", name, st.Mode, st.UID, st.GID, st.Nlink, when(st.Mtime), extra))
		if !st.Mode.IsDir() {
			return
		}
		list, err := sys.ReadDir(path)
		if err != nil {
			t.Fatal(path, err)
		}
		for _, e := range list {
			walk(path+"/"+e.Name, name+"/"+e.Name)
		}
	}
	walk(dir, ".")
	sort.Strings(lines)
	return strings.Join(lines, "\n") + "\n"
}

// newTree makes a planted tree on the real machine. It is in memory where that
// can be: there, inode numbers and the order of a directory repeat.
func newTree(t *testing.T, sys system.System) string {
	t.Helper()
	return newTreeIn(t, sys, tempDir(t))
}

func newTreeIn(t *testing.T, sys system.System, parent string) string {
	t.Helper()
	dir := filepath.Join(parent, "T")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	plant(t, sys, dir)
	return dir
}

const inMemory = "/dev/shm"

func tempDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp(inMemory, "sysv-test-")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}
