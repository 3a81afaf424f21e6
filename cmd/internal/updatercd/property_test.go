//go:build linux

package updatercd_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sysv/cmd/internal/updatercd"
	"sysv/system"
	"sysv/system/linux"
)

// The same trees each time, unless -rapid.seed says otherwise: a change is not
// to fail by what another would have failed by.
func init() { flag.Set("rapid.seed", "1") }

// here runs a call on a tree in this process.
func here(root string, args ...string) (status int, stdout, stderr string) {
	p := &system.Process{Sys: linux.New(), Dir: "/", Umask: 0o022}
	out, errs := system.NewCapture(p.Sys), system.NewCapture(p.Sys)
	p.Files.Set(1, out)
	p.Files.Set(2, errs)
	p.Env = []string{"PATH=/usr/bin:/bin", "DPKG_ROOT=" + root, "_SKIP_SYSTEMD_NATIVE=1"}
	status = updatercd.Run(context.Background(), p, append([]string{"update-rc.d"}, args...))
	return status, string(out.Bytes()), string(errs.Bytes())
}

// tree is a tree of scripts without loops, its directories and all.
type tree struct {
	insserv bool
	headers []string
	args    [][]string
}

// drawTree invents one.
func drawTree(t *rapid.T) tree {
	var x tree
	x.insserv = rapid.Bool().Draw(t, "insserv")
	levels := rapid.SampledFrom([]string{"2 3 4 5", "S", "3", "", "2 2 5", "1 2"})
	stops := rapid.SampledFrom([]string{"0 1 6", "", "6"})
	for i := range rapid.IntRange(1, 6).Draw(t, "scripts") {
		needs := ""
		for j := range i {
			if rapid.IntRange(0, 2).Draw(t, "needs") == 0 {
				needs += " s" + strconv.Itoa(j)
			}
		}
		x.headers = append(x.headers, fmt.Sprintf("#!/bin/sh\n### BEGIN INIT INFO\n# Provides: s%d\n# Required-Start:%s\n# Required-Stop:%s\n"+
			"# Default-Start: %s\n# Default-Stop: %s\n### END INIT INFO\n", i, needs, needs, levels.Draw(t, "start"), stops.Draw(t, "stop")))
	}
	call := rapid.Custom(func(t *rapid.T) []string {
		args := []string{"s" + strconv.Itoa(rapid.IntRange(0, len(x.headers)-1).Draw(t, "script"))}
		action := rapid.SampledFrom([]string{"defaults", "defaults", "remove", "enable", "disable", "defaults-disabled"}).Draw(t, "action")
		args = append(args, action)
		if action == "enable" || action == "disable" {
			args = append(args, rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"2", "3", "5", "S"}), 0, 3, rapid.ID).Draw(t, "levels")...)
		}
		return args
	})
	x.args = rapid.SliceOfN(call, 1, 6).Draw(t, "calls")
	return x
}

func (x tree) make(dir string) error {
	files := map[string]string{"etc/rc2.d/README": "text", "etc/rc5.d/S1": "odd", "etc/rc3.d/notes": "mine"}
	for i, h := range x.headers {
		files["etc/init.d/s"+strconv.Itoa(i)] = h
	}
	if x.insserv {
		files["sbin/insserv"], files["etc/insserv.conf"] = "#!/bin/false\n", "$local_fs\n"
	}
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, []byte(text), 0o755); err != nil {
			return err
		}
	}
	return nil
}

// TestProperties: a call changes nothing the second time; the same calls on
// the same tree come to the same; -n changes nothing, and says nothing only
// where nothing is to be changed; files that are no links stay.
func TestProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := drawTree(t)
		base, err := os.MkdirTemp("", "update-rc.d")
		if err != nil {
			t.Fatal(err)
		}
		defer os.RemoveAll(base)
		a, b := filepath.Join(base, "a"), filepath.Join(base, "b")
		for _, dir := range []string{a, b} {
			if err := x.make(dir); err != nil {
				t.Fatal(err)
			}
		}
		look := func(dir string) []string {
			l, err := listing(filepath.Join(dir, "etc"))
			if err != nil {
				t.Fatal(err)
			}
			// insserv writes the words of these in the order in which it
			// found the links, so that a second call may turn them round.
			return slices.DeleteFunc(l, func(line string) bool { return strings.HasPrefix(line, "init.d/.depend.") })
		}
		for _, args := range x.args {
			before := look(a)
			_, plan, _ := here(a, append([]string{"-n"}, args...)...)
			if now := look(a); !slices.Equal(before, now) {
				t.Fatalf("-n %q changed %q to %q", args, without(before, now), without(now, before))
			}
			plan = strings.Join(slices.DeleteFunc(strings.SplitAfter(plan, "\n"), func(line string) bool {
				return strings.Contains(line, "/etc/init.d/.depend.")
			}), "")
			s1, _, e1 := here(a, args...)
			after := look(a)
			// insserv goes by the order in which a directory has its names, and
			// where in it one comes that is renamed only the file system knows.
			exact := !x.insserv || args[1] == "defaults" || args[1] == "remove"
			if exact && (plan == "") != slices.Equal(before, after) {
				t.Fatalf("%q: -n said %q, and the call changed %q to %q", args, plan, without(before, after), without(after, before))
			}
			s2, _, e2 := here(b, args...)
			if other := look(b); s1 != s2 || strings.ReplaceAll(e1, a, b) != e2 || !slices.Equal(after, other) {
				t.Fatalf("%q: %d %q %q, and %d %q %q", args, s1, e1, after, s2, e2, other)
			}
			here(a, args...)
			// insserv's numbers may need some calls to come to rest: they go by
			// the order of a directory's names, which each call changes. Debian's
			// does the same.
			for range 4 {
				if x.insserv {
					after = look(a)
					here(a, args...)
				}
			}
			if again := look(a); !slices.Equal(after, again) {
				t.Fatalf("%q, the second time: %q became %q", args, without(after, again), without(again, after))
			}
			for _, l := range without(before, after) {
				if !strings.Contains(l, " -> ") {
					t.Fatalf("%q removed %q", args, l)
				}
			}
			here(b, args...)
		}
	})
}
