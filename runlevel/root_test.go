package runlevel_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"testing"

	"sysv/runlevel"
)

// tree makes a directory of lines "path -> target" (a link), "path/" (a
// directory) and "path=content" (a file).
func tree(t *testing.T, lines ...string) string {
	t.Helper()
	dir := t.TempDir()
	grow(t, dir, lines...)
	return dir
}

func grow(t *testing.T, dir string, lines ...string) {
	t.Helper()
	for _, l := range lines {
		var err error
		if name, target, ok := strings.Cut(l, " -> "); ok {
			path := filepath.Join(dir, name)
			os.MkdirAll(filepath.Dir(path), 0o755)
			err = os.Symlink(target, path)
		} else if name, data, ok := strings.Cut(l, "="); ok {
			path := filepath.Join(dir, name)
			os.MkdirAll(filepath.Dir(path), 0o755)
			err = os.WriteFile(path, []byte(data), 0o644)
		} else {
			err = os.MkdirAll(filepath.Join(dir, l), 0o755)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// listing is all that is in a directory, in the form of tree, without the
// lock's file.
func listing(t *testing.T, dir string) []string {
	t.Helper()
	var all []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || path == dir {
			return err
		}
		name, _ := filepath.Rel(dir, path)
		switch {
		case name == "etc/.sysv-links.lock":
		case d.Type()&fs.ModeSymlink != 0:
			target, _ := os.Readlink(path)
			all = append(all, name+" -> "+target)
		case d.IsDir():
			all = append(all, name+"/")
		default:
			data, _ := os.ReadFile(path)
			all = append(all, name+"="+string(data))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	sort.Strings(all)
	return all
}

func open(t *testing.T, dir string) *runlevel.Root {
	t.Helper()
	r, err := runlevel.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// apply makes a plan as a command does.
func apply(t *testing.T, dir string, steps ...runlevel.Step) error {
	t.Helper()
	r := open(t, dir)
	release, err := r.Lock(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer release()
	if err := r.Recover(); err != nil {
		t.Fatal(err)
	}
	return r.Apply(runlevel.Plan{Steps: steps})
}

func TestRootResolvesInside(t *testing.T) {
	outside := tree(t, "secret=x")
	dir := tree(t, "etc/rc.d/rc2.d/S01a -> ../init.d/a", "etc/rc2.d -> /etc/rc.d/rc2.d", "etc/rc3.d -> rc.d/../rc.d/rc2.d",
		"etc/out -> "+outside, "etc/up -> ../../../../../../..", "etc/loop -> loop", "etc/rc.d/init.d/a=A", "etc/init.d -> rc.d/init.d")
	r := open(t, dir)
	for _, name := range []string{"etc/rc2.d/S01a", "etc/rc3.d/S01a"} {
		if target, err := r.ReadLink(name); target != "../init.d/a" {
			t.Errorf("%s: %q, %v", name, target, err)
		}
		if data, err := r.ReadFile(name); string(data) != "A" {
			t.Errorf("%s: %q, %v", name, data, err)
		}
	}
	if _, err := r.ReadFile("etc/out/secret"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("an absolute link led out: %v", err)
	}
	if entries, err := r.ReadDir("etc/up"); err != nil || len(entries) != 1 || entries[0].Name() != "etc" {
		t.Errorf("etc/up: %v, %v", entries, err)
	}
	if _, err := r.Stat("etc/loop"); err == nil || !strings.Contains(err.Error(), "symbolic links") {
		t.Errorf("etc/loop: %v", err)
	}
	for _, name := range []string{"", "/etc", "etc/../etc", "etc//x"} {
		if _, err := r.Stat(name); !errors.Is(err, fs.ErrInvalid) {
			t.Errorf("%q: %v", name, err)
		}
	}
	before := listing(t, dir)
	err := apply(t, dir, runlevel.Step{Op: runlevel.Create, New: "etc/up/x", Target: "y"})
	if !errors.Is(err, runlevel.ErrOutside) {
		t.Errorf("a change above the root: %v", err)
	}
	if after := listing(t, dir); !slices.Equal(before, after) {
		t.Errorf("the tree changed: %q", after)
	}
}

func TestApply(t *testing.T) {
	start := []string{"etc/init.d/", "etc/init.d/.depend.boot=old", "etc/rc2.d/S01a -> ../init.d/a", "etc/rc2.d/S02b -> ../init.d/b",
		"etc/rc2.d/K03b=copy", "etc/rc2.d/README=text", "etc/rc3.d/S01a -> ../init.d/a"}
	all := []runlevel.Step{
		{Op: runlevel.Remove, Old: "etc/rc2.d/S01a"},
		{Op: runlevel.Rename, Old: "etc/rc2.d/S02b", New: "etc/rc2.d/S01a"},
		{Op: runlevel.Rename, Old: "etc/rc2.d/S01a", New: "etc/rc2.d/K03b"},
		{Op: runlevel.Create, New: "etc/rc7.d/x/S01a", Target: "../init.d/a"},
		{Op: runlevel.Write, New: "etc/init.d/.depend.boot", Data: []byte("new")},
		{Op: runlevel.Mkdir, New: "etc/rc8.d"},
		{Op: runlevel.Mkdir, New: "etc/rc2.d"},
		{Op: runlevel.Write, New: "etc/init.d/.depend.start", Data: []byte("more")},
	}
	dir := tree(t, start...)
	if err := apply(t, dir, all...); err != nil {
		t.Fatal(err)
	}
	want := []string{"etc/", "etc/init.d/", "etc/init.d/.depend.boot=new", "etc/init.d/.depend.start=more", "etc/rc2.d/",
		"etc/rc2.d/K03b -> ../init.d/b", "etc/rc2.d/README=text", "etc/rc3.d/", "etc/rc3.d/S01a -> ../init.d/a", "etc/rc7.d/",
		"etc/rc7.d/x/", "etc/rc7.d/x/S01a -> ../init.d/a", "etc/rc8.d/"}
	if got := listing(t, dir); !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}

	// The same with an impossible step behind each: nothing is done.
	for i := range all {
		dir := tree(t, start...)
		before := listing(t, dir)
		steps := append(slices.Clone(all[:i+1]), runlevel.Step{Op: runlevel.Remove, Old: "etc/rc2.d/S99none"})
		err := apply(t, dir, steps...)
		if err == nil || !strings.HasPrefix(err.Error(), dir+"/etc/rc2.d/S99none: ") {
			t.Errorf("%d: %v", i, err)
		}
		if after := listing(t, dir); !slices.Equal(before, after) {
			t.Errorf("%d: got  %q\nwant %q", i, after, before)
		}
	}
}

func TestApplyRefuses(t *testing.T) {
	for _, c := range []struct {
		name string
		step runlevel.Step
		want string
	}{
		{"a link that is there", runlevel.Step{Op: runlevel.Create, New: "etc/rc2.d/S01a"}, "etc/rc2.d/S01a: File exists"},
		{"a directory removed", runlevel.Step{Op: runlevel.Remove, Old: "etc/rc2.d"}, "etc/rc2.d: Is a directory"},
		{"a directory replaced", runlevel.Step{Op: runlevel.Rename, Old: "etc/rc2.d/S01a", New: "etc/rc3.d"}, "etc/rc3.d: Is a directory"},
		{"no name", runlevel.Step{Op: runlevel.Create}, ": invalid argument"},
		{"..", runlevel.Step{Op: runlevel.Create, New: "etc/rc2.d/../../../x"}, "etc/rc2.d/../../../x: invalid argument"},
		{"a name that is a file's below", runlevel.Step{Op: runlevel.Create, New: "etc/f/S01a"}, "etc/f/S01a: Not a directory"},
	} {
		dir := tree(t, "etc/rc2.d/S01a -> ../init.d/a", "etc/rc3.d/", "etc/f=")
		before := listing(t, dir)
		err := apply(t, dir, c.step)
		if err == nil || !strings.HasSuffix(err.Error(), c.want) && !strings.HasSuffix(filepath.ToSlash(err.Error()), c.want) {
			t.Errorf("%s: %v", c.name, err)
		}
		if after := listing(t, dir); !slices.Equal(before, after) {
			t.Errorf("%s: got %q", c.name, after)
		}
	}
}

func TestReadLinks(t *testing.T) {
	dir := tree(t, "etc/rc2.d/S01a -> ../init.d/a", "etc/rc2.d/S01gone -> ../init.d/gone", "etc/rc2.d/K20copy=#!/bin/sh",
		"etc/rc2.d/README=", "etc/rc2.d/S1x=", "etc/rc2.d/S01=", "etc/rcS.d/S99z -> /etc/init.d/z", "etc/rc4.d=no directory")
	links, err := runlevel.ReadLinks(open(t, dir), func(l byte) string {
		if l == '4' {
			return ""
		}
		return runlevel.RcDir(l)
	})
	want := []runlevel.Link{
		{Level: '2', Kind: 'K', Number: 20, Script: "copy"},
		{Level: '2', Kind: 'S', Number: 1, Script: "a", Target: "../init.d/a"},
		{Level: '2', Kind: 'S', Number: 1, Script: "gone", Target: "../init.d/gone"},
		{Level: 'S', Kind: 'S', Number: 99, Script: "z", Target: "/etc/init.d/z"},
	}
	if err != nil || !slices.Equal(links, want) {
		t.Errorf("%v, %v", links, err)
	}
	if links[1].Name() != "S01a" || links[3].Name() != "S99z" {
		t.Errorf("names %s, %s", links[1].Name(), links[3].Name())
	}
	if _, err := runlevel.ReadLinks(open(t, dir), runlevel.RcDir); err == nil || !strings.HasPrefix(err.Error(), "etc/rc4.d: ") {
		t.Errorf("a file as a directory: %v", err)
	}
}

// TestPretend makes every kind of change on a tree that must stay as it is,
// and compares what is read with the same tree changed.
func TestPretend(t *testing.T) {
	lines := []string{"etc/init.d/a=A", "etc/rc2.d/S01a -> ../init.d/a", "etc/rc2.d/S02b -> ../init.d/b", "etc/rc2.d/S03c=copy", "etc/rc.d/rc3.d/", "etc/rc3.d -> rc.d/rc3.d"}
	steps := []runlevel.Step{
		{Op: runlevel.Remove, Old: "etc/rc2.d/S02b"},
		{Op: runlevel.Rename, Old: "etc/rc2.d/S01a", New: "etc/rc2.d/S02b"},
		{Op: runlevel.Rename, Old: "etc/rc2.d/S03c", New: "etc/rc2.d/K04c"},
		{Op: runlevel.Create, New: "etc/rc3.d/S05a", Target: "../../init.d/a"},
		{Op: runlevel.Create, New: "etc/rc4.d/S05a", Target: "../init.d/a"},
	}
	dir, changed := tree(t, lines...), tree(t, lines...)
	before := listing(t, dir)
	r := open(t, dir)
	r.Pretend()
	if err := r.Apply(runlevel.Plan{Steps: steps}); err != nil {
		t.Fatal(err)
	}
	if err := apply(t, changed, steps...); err != nil {
		t.Fatal(err)
	}
	if after := listing(t, dir); !slices.Equal(before, after) {
		t.Errorf("the tree changed: %q", after)
	}
	if got := r.Pretended().Steps; len(got) != len(steps) {
		t.Errorf("%d steps", len(got))
	}
	a, errA := runlevel.ReadLinks(r, runlevel.RcDir)
	b, errB := runlevel.ReadLinks(open(t, changed), runlevel.RcDir)
	if errA != nil || errB != nil || !slices.Equal(a, b) {
		t.Errorf("%v %v\n%v %v", a, errA, b, errB)
	}
	for name, want := range map[string]string{"etc/rc2.d/S02b": "A", "etc/rc2.d/K04c": "copy", "etc/rc3.d/S05a": "A"} {
		if data, _ := r.ReadFile(name); string(data) != want {
			t.Errorf("%s: %q", name, data)
		}
	}
	if _, err := r.Lstat("etc/rc2.d/S01a"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a link that was renamed: %v", err)
	}
	if err := r.Apply(runlevel.Plan{Steps: steps[3:4]}); err == nil {
		t.Error("a link was made twice")
	}
}

// TestApplyMany makes so many links in one directory that it is listed.
func TestApplyMany(t *testing.T) {
	var lines, want []string
	var steps []runlevel.Step
	for i := range 200 {
		name := "etc/rc2.d/S" + strings.Repeat("x", i)
		if i%2 == 0 {
			lines = append(lines, name+" -> old")
			steps = append(steps, runlevel.Step{Op: runlevel.Rename, Old: name, New: name + "-"})
			want = append(want, name+"- -> old")
			continue
		}
		steps = append(steps, runlevel.Step{Op: runlevel.Create, New: name, Target: "new"})
		want = append(want, name+" -> new")
	}
	want = append(want, "etc/", "etc/rc2.d/")
	slices.Sort(want)
	dir := tree(t, lines...)
	if err := apply(t, dir, steps...); err != nil {
		t.Fatal(err)
	}
	if got := listing(t, dir); !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	for i, wrong := range []runlevel.Step{
		{Op: runlevel.Create, New: "etc/rc2.d/Sx", Target: "newer"},
		{Op: runlevel.Rename, Old: "etc/rc2.d/none", New: "etc/rc2.d/any"},
		{Op: runlevel.Remove, Old: "etc/rc2.d/none"},
	} {
		dir := tree(t, append([]string{"etc/rc2.d/Sx -> old"}, lines...)...)
		before := listing(t, dir)
		if err := apply(t, dir, append(slices.Clone(steps[2:]), wrong)...); err == nil {
			t.Errorf("%d: no error", i)
		}
		if after := listing(t, dir); !slices.Equal(before, after) {
			t.Errorf("%d: got  %q", i, without(after, before))
		}
	}
}

func without(a, b []string) []string {
	return slices.DeleteFunc(slices.Clone(a), func(x string) bool { return slices.Contains(b, x) })
}
