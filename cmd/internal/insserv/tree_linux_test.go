package insserv_test

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sysv/cmd/internal/insserv"
	"sysv/shell"
)

// TestMain is our insserv when the test program is called by that name.
func TestMain(m *testing.M) {
	if filepath.Base(os.Args[0]) == "insserv" {
		os.Exit(insserv.Run(context.Background(), shell.HostProcess(), os.Args))
	}
	os.Exit(m.Run())
}

// original finds Debian's insserv on the machine, or where it was unpacked.
func original(t testing.TB) string {
	for _, path := range []string{os.Getenv("SYSV_INSSERV"), "/sbin/insserv", "/usr/lib/insserv/insserv"} {
		if info, err := os.Stat(path); path != "" && err == nil && info.Mode().IsRegular() {
			return path
		}
	}
	if os.Getenv("SYSV_REQUIRE_ORACLES") == "1" {
		t.Fatal("insserv is not installed")
	}
	t.Skip("NOT COMPARED: insserv is not installed")
	return ""
}

// file is one entry of a tree.
type file struct {
	name string // below the root
	mode fs.FileMode
	data string // the content, or where a link leads
}

// tree is what insserv works on. The order of its files is that in which they
// are made, on which the order of directories may depend.
type tree []file

func (t *tree) add(name, data string) *tree {
	*t = append(*t, file{name, 0o755, data})
	return t
}

func (t *tree) link(name, to string) *tree {
	*t = append(*t, file{name, fs.ModeSymlink, to})
	return t
}

// build makes the tree at a place where nothing is left of another one.
func (t tree) build(dir string) error {
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	for _, d := range []string{"etc/init.d", "dep"} {
		if err := os.MkdirAll(filepath.Join(dir, d), 0o755); err != nil {
			return err
		}
	}
	for _, f := range t {
		name := filepath.Join(dir, f.name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return err
		}
		var err error
		switch {
		case f.mode&fs.ModeSymlink != 0:
			err = os.Symlink(f.data, name)
		case f.mode.IsDir():
			err = os.MkdirAll(name, 0o755)
		default:
			if err = os.WriteFile(name, []byte(f.data), f.mode.Perm()); err == nil {
				err = os.Chmod(name, f.mode.Perm())
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// read is what is at a place, by name.
func read(dir string) (tree, error) {
	var t tree
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || name == dir {
			return err
		}
		short := name[len(dir)+1:]
		if short == "etc/.sysv-links.lock" {
			return nil
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		f := file{name: short, mode: info.Mode()}
		switch {
		case d.Type()&fs.ModeSymlink != 0:
			f.mode = fs.ModeSymlink
			f.data, err = os.Readlink(name)
		case d.IsDir():
			f.mode = fs.ModeDir
		default:
			var data []byte
			data, err = os.ReadFile(name)
			f.data = string(data)
		}
		t = append(t, f)
		return err
	})
	return t, err
}

// shuffle brings the files into another order.
func (t tree) shuffle(r *rand.Rand) tree {
	out := slices.Clone(t)
	r.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	// Directories of their own come last, so that they are no error.
	slices.SortStableFunc(out, func(a, b file) int { return cmp.Compare(a.mode&fs.ModeDir, b.mode&fs.ModeDir) })
	return out
}

// result is what a call has done.
type result struct {
	stdout, stderr string
	status         int
	after          tree
}

// call runs an insserv on a tree that is made anew for it. dir is the place,
// the same for both, for messages have it. args have {} for it.
func call(program, dir string, t tree, args []string) (result, error) {
	var r result
	if err := t.build(dir); err != nil {
		return r, err
	}
	var full []string
	for _, a := range args {
		full = append(full, strings.ReplaceAll(a, "{}", dir))
	}
	var stdout, stderr bytes.Buffer
	cmd := exec.Command(program, full...)
	cmd.Args[0] = "insserv"
	cmd.Dir, cmd.Stdout, cmd.Stderr = "/", &stdout, &stderr
	cmd.Env = append(os.Environ(), "LC_ALL=C")
	err := cmd.Run()
	if cmd.ProcessState == nil {
		return r, err
	}
	r.status = cmd.ProcessState.ExitCode()
	if cmd.ProcessState.ExitCode() < 0 {
		r.status = 1000 // by a signal
	}
	r.stdout, r.stderr = stdout.String(), stderr.String()
	r.after, err = read(dir)
	return r, err
}

// in are the options by which insserv works on a tree.
func in(args ...string) []string {
	return append([]string{"-p", "{}/etc/init.d", "-i", "{}/dep", "-o", "{}/etc/insserv/overrides", "-c", "{}/etc/insserv.conf"}, args...)
}

// plain is the standard error without the lines that say where and why, which
// the original has not.
func plain(stderr string) string {
	var b strings.Builder
	for line := range strings.SplitAfterSeq(stderr, "\n") {
		if !strings.HasPrefix(line, "insserv:   ") {
			b.WriteString(line)
		}
	}
	return b.String()
}

// difference is what is not the same in two results, "" if nothing.
func difference(before tree, original, ours result) string {
	var b strings.Builder
	lines := func(what, a, z string) {
		if a == z {
			return
		}
		as, zs := strings.Split(a, "\n"), strings.Split(z, "\n")
		i := 0
		for i < len(as) && i < len(zs) && as[i] == zs[i] {
			i++
		}
		show := func(l []string) string { return strings.Join(l[i:min(i+5, len(l))], "\n\t") }
		fmt.Fprintf(&b, "%s from line %d:\n original:\n\t%s\n ours:\n\t%s\n", what, i+1, show(as), show(zs))
	}
	if original.status != ours.status {
		fmt.Fprintf(&b, "status: original %d, ours %d\n", original.status, ours.status)
	}
	lines("stdout", original.stdout, ours.stdout)
	lines("stderr", original.stderr, plain(ours.stderr))
	switch {
	case original.status == 0 && ours.status == 0:
		lines("tree", describe(original.after), describe(ours.after))
	case ours.status != 0:
		// The original may have made directories and removed links that lead
		// nowhere before it fails: ours changes nothing then.
		lines("tree after a failure", describe(before), describe(ours.after))
	}
	return b.String()
}

// describe is a tree as text; what cannot change is left out.
func describe(t tree) string {
	var b strings.Builder
	for _, f := range t {
		switch {
		case f.mode&fs.ModeSymlink != 0:
			fmt.Fprintf(&b, "%s -> %s\n", f.name, f.data)
		case f.mode.IsDir():
			fmt.Fprintf(&b, "%s/\n", f.name)
		case strings.HasPrefix(filepath.Base(f.name), ".depend."):
			fmt.Fprintf(&b, "%s:\n%s", f.name, f.data)
		default:
			fmt.Fprintf(&b, "%s\n", f.name)
		}
	}
	return b.String()
}

// place is a directory for trees: on a file system in memory, if there is one.
func place(t testing.TB) string {
	if dir, err := os.MkdirTemp("/dev/shm", "insserv"); err == nil {
		t.Cleanup(func() { os.RemoveAll(dir) })
		return filepath.Join(dir, "tree")
	}
	return filepath.Join(t.TempDir(), "tree")
}

// both runs both programs on a tree; known tells whether a difference is one
// that has a name.
func both(t testing.TB, program, dir string, before tree, args []string) (result, result, string) {
	t.Helper()
	o, err := call(program, dir, before, args)
	if err != nil {
		t.Fatal(err)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	z, err := call(self, dir, before, args)
	if err != nil {
		t.Fatal(err)
	}
	if err := before.build(dir); err != nil {
		t.Fatal(err)
	}
	built, err := read(dir)
	if err != nil {
		t.Fatal(err)
	}
	return o, z, difference(built, o, z)
}
