package order

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sysv/runlevel"
)

// systemdGenerator is the real one, of systemd 252.
const systemdGenerator = "/lib/systemd/system-generators/systemd-sysv-generator"

// Who waits for whom is what systemd's own generator writes into its units.
func TestGeneratorIsSystemds(t *testing.T) {
	if _, err := os.Stat(systemdGenerator); err != nil {
		if os.Getenv("SYSV_REQUIRE_ORACLES") == "1" {
			t.Fatalf("%s is missing (package systemd)", systemdGenerator)
		}
		t.Skipf("%s is missing (package systemd)", systemdGenerator)
	}
	pairs := 0
	for seed := range 40 {
		root := randomTree(t, rand.New(rand.NewPCG(uint64(seed), 11)))
		want, ours := theirPairs(t, root), ourPairs(t, root)
		if !slices.Equal(want, ours) {
			t.Errorf("tree %d: %v\nexpected %v", seed, ours, want)
		}
		pairs += len(want)
	}
	if pairs < 500 {
		t.Errorf("only %d pairs compared", pairs)
	}
}

// randomTree is a tree of scripts with and without headers.
func randomTree(t *testing.T, r *rand.Rand) string {
	var files []string
	var names []string
	for i := range 4 + r.IntN(12) {
		names = append(names, fmt.Sprintf("s%d%s", i, []string{"", "", ".sh"}[r.IntN(3)]))
	}
	words := func() string {
		var w []string
		for range r.IntN(4) {
			w = append(w, slices.Concat(names, []string{"$network", "$named", "$portmap", "$time", "$own", "$local_fs", "$remote_fs", "$syslog", "$all", "other", "missing"})[r.IntN(len(names)+11)])
		}
		return strings.Join(w, " ")
	}
	// A name that two provide is the one's that a hash table has first.
	other := names[r.IntN(len(names))]
	for _, name := range names {
		text := "#!/bin/sh\n# chkconfig: 345 10 90\n"
		if r.IntN(4) > 0 {
			provides := strings.TrimSuffix(name, ".sh")
			if r.IntN(3) == 0 {
				provides += " " + []string{"$network", "$own", "$named"}[r.IntN(3)]
			}
			if name == other {
				provides += " other"
			}
			text = header("Provides: "+provides, "Required-Start: "+words(), "Should-Start: "+words(), "X-Start-Before: "+words(), "X-Start-After: "+words(), "Required-Stop: "+words(), "Default-Start: 2 3")
		}
		files = append(files, "etc/init.d/"+name, text)
		for level := range 6 {
			if r.IntN(3) == 0 {
				files = append(files, fmt.Sprintf("etc/rc%d.d/%c%02d%s", level, "SSSK"[r.IntN(4)], r.IntN(30), name), "->../init.d/"+name)
			}
		}
	}
	return plant(t, files...)
}

// ourPairs are the pairs of units of which the second waits for the first.
func ourPairs(t *testing.T, dir string) []string {
	root, err := runlevel.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	read, err := readTree(root)
	if err != nil {
		t.Fatal(err)
	}
	m, err := asGenerator(read)
	if err != nil {
		t.Fatal(err)
	}
	var pairs []string
	unit := func(i int) string { return strings.TrimSuffix(m.scripts[i].name, ".sh") + ".service" }
	for i := range m.starts {
		pairs = append(pairs, unit(m.starts[i].from)+" "+unit(m.starts[i].to))
	}
	slices.Sort(pairs)
	return slices.Compact(pairs)
}

// theirPairs are the same of the generator's units: by name, by an alias, and
// by a target between two.
func theirPairs(t *testing.T, root string) []string {
	late, empty := t.TempDir(), t.TempDir()
	cmd := exec.Command(systemdGenerator, t.TempDir(), t.TempDir(), late)
	cmd.Env = append(os.Environ(), "SYSTEMD_SYSVINIT_PATH="+root+"/etc/init.d", "SYSTEMD_SYSVRCND_PATH="+root+"/etc", "SYSTEMD_UNIT_PATH="+empty, "SYSTEMD_LOG_LEVEL=err")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	after, before, alias := map[string][]string{}, map[string][]string{}, map[string]string{}
	entries, err := filepath.Glob(filepath.Join(late, "*.service"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range entries {
		name := filepath.Base(path)
		if to, err := os.Readlink(path); err == nil {
			alias[name] = filepath.Base(to)
			continue
		}
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		after[name], before[name] = nil, nil
		for line := range strings.Lines(string(text)) {
			key, value, _ := strings.Cut(strings.TrimSpace(line), "=")
			switch key {
			case "After":
				after[name] = append(after[name], strings.Fields(value)...)
			case "Before":
				before[name] = append(before[name], strings.Fields(value)...)
			}
		}
	}
	unit := func(name string) string {
		if to, ok := alias[name]; ok {
			return to
		}
		return name
	}
	var pairs []string
	pair := func(a, b string) {
		if _, ok := after[a]; ok && a != b {
			pairs = append(pairs, a+" "+b)
		}
	}
	for name := range after {
		for _, a := range after[name] {
			pair(unit(a), name)
			if !strings.HasSuffix(a, ".target") {
				continue
			}
			for other := range before {
				if slices.Contains(before[other], a) {
					pair(other, name)
				}
			}
		}
		for _, b := range before[name] {
			if _, ok := after[unit(b)]; ok {
				pair(name, unit(b))
			}
		}
	}
	slices.Sort(pairs)
	return slices.Compact(pairs)
}
