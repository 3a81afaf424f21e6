//go:build linux

package confirm

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestMain(m *testing.M) {
	if InSandbox() {
		Init()
	}
	os.Exit(m.Run())
}

// testBench makes a bench with the scripts of testdata as a package's.
func testBench(t *testing.T) (*bench, func(script, action string) Task) {
	t.Helper()
	if err := needs(); err != nil {
		if os.Getenv("SYSV_REQUIRE_ORACLES") == "1" {
			t.Fatal(err)
		}
		t.Skipf("SKIPPED, nothing is compared: %v", err)
	}
	dir := t.TempDir()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	wrong, err := filepath.Abs("testdata/wrong")
	if err != nil {
		t.Fatal(err)
	}
	b := &bench{base: filepath.Join(dir, "base"), mount: filepath.Join(dir, "mount"), self: self, seconds: 20, slots: make(chan struct{}, 4),
		tools: map[string]string{"stub": filepath.Join(dir, "stub"), "wrong": wrong}}
	tree := filepath.Join(dir, "tree")
	for _, d := range []string{b.mount, tree + "/etc/init.d", tree + "/var"} {
		if err := os.MkdirAll(d, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for _, script := range []string{"one", "two"} {
		text, err := os.ReadFile(filepath.Join("testdata", script))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(tree, "etc/init.d", script), text, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for _, err := range []error{
		makeBase(b.base),
		writeStub(filepath.Join(tree, "usr/sbin/oned")),
		build("../..", "./internal/confirm/stub", b.tools["stub"]),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return b, func(script, action string) Task {
		tasks, _, err := tasksOf("own", tree, func(s string) bool { return s == script }, []string{action})
		if err != nil || len(tasks) != 1 {
			t.Fatalf("tasks of %s: %v, %v", script, tasks, err)
		}
		return tasks[0]
	}
}

// wrongShell is a side that differs from dash in one thing: testdata/wrong.
func wrongShell(kind string) Side {
	return Side{Name: "wrong " + kind, Words: []string{"/.confirm/wrong", kind}}
}

// TestDashIsDash proves that the bench finds nothing where there is nothing.
func TestDashIsDash(t *testing.T) {
	b, task := testBench(t)
	for _, action := range []string{"start", "stop", "status", "bogus", noAction, sequence} {
		t.Run(action, func(t *testing.T) {
			for _, o := range b.confirm(task("one", action), []Side{wrongShell("same")}) {
				if !o.Same || o.Err != nil {
					t.Errorf("%s: noise %v, error %v, differences %+v", o.Side, o.Noise, o.Err, o.Differences)
				}
			}
		})
	}
}

// TestSequenceIsReal proves that the sandbox has a daemon that starts and
// stops: else equal would mean nothing.
func TestSequenceIsReal(t *testing.T) {
	b, task := testBench(t)
	r, err := b.run(task("one", sequence), Side{Name: "dash"})
	if err != nil {
		t.Fatal(err)
	}
	want := []struct {
		step, status string
		processes    int
	}{{"status", "3", 0}, {"start", "0", 1}, {"status", "0", 1}, {"start", "0", 1}, {"stop", "0", 0}, {"stop", "0", 0}, {"status", "3", 0}, {"restart", "0", 1}}
	if len(r.Steps) != len(want) {
		t.Fatalf("%d steps, want %d", len(r.Steps), len(want))
	}
	for i, w := range want {
		s := r.Steps[i]
		if s.Step != w.step || s.Status != w.status || len(s.Processes) != w.processes {
			t.Errorf("step %d: %s status %s, processes %q; want %+v; stderr %q", i+1, s.Step, s.Status, s.Processes, w, s.Stderr)
		}
	}
	start := r.Steps[1]
	if !slices.Contains(start.Execs, "/usr/sbin/start-stop-daemon") || !slices.Contains(start.Execs, "/usr/sbin/oned") {
		t.Errorf("executed: %q", start.Execs)
	}
	if !slices.Contains(start.Files, `/run/oned.pid: -rw-r--r-- 0:0 "<PID:oned>\n"`) ||
		!slices.Contains(start.Files, `/run/one.note: -rw-r--r-- 0:0 "note\n"`) {
		t.Errorf("files: %q", start.Files)
	}
	if !strings.HasPrefix(r.Steps[0].Stdout, "asked by <PID:script>\n") {
		t.Errorf("status: %q", r.Steps[0].Stdout)
	}
	if log := r.Steps[4].Log; !slices.Equal(log, []string{"<13>one: stopped"}) {
		t.Errorf("log: %q", log)
	}
	if len(start.Calls) == 0 || start.Calls[0] != `/usr/sbin/oned "-p" "/run/oned.pid"` {
		t.Errorf("calls: %q", start.Calls)
	}
}

// TestEachDifferenceIsFound proves that the bench sees each thing that it
// compares: a shell that does it otherwise is found out, by that and by
// nothing else.
func TestEachDifferenceIsFound(t *testing.T) {
	b, task := testBench(t)
	for _, c := range []struct {
		wrong, action, kinds string
	}{
		{"status", "start", "status"},
		{"status", "bogus", "status"},
		{"stdout", "status", "stdout"},
		{"stderr", "start", "stderr"},
		{"program", "start", "executed"},
		{"log", "stop", "log"},
		{"log", "start", "executed log"},
		{"call", "start", "calls"},
		{"descriptor", "start", "calls"},
		{"umask", "start", "calls processes files"},
		{"directory", "start", "calls"},
		{"process", "start", "executed processes"},
		{"killed", "start", "executed processes"},
		{"mode", "start", "executed files"},
		{"owner", "start", "executed files"},
		{"content", "start", "files"},
		{"link", "start", "files"},
		{"removed", "start", "executed files"},
		{"whiteout", "start", "executed files"},
		{"pid", "start", "files"},
	} {
		t.Run(c.wrong+" "+c.action, func(t *testing.T) {
			out := b.confirm(task("one", c.action), []Side{wrongShell(c.wrong)})
			if len(out) != 2 || !out[0].Same || out[1].Err != nil {
				t.Fatalf("%+v", out)
			}
			var kinds []string
			for _, d := range out[1].Differences {
				kinds = append(kinds, d.Kind)
			}
			if got := strings.Join(kinds, " "); got != c.kinds {
				t.Errorf("found %q, want %q: %+v", got, c.kinds, out[1].Differences)
			}
			if !out[1].Unexplained() {
				t.Error("the run does not count as failed")
			}
		})
	}
}

// TestHangEnds proves that the deadline ends a shell that does not end.
func TestHangEnds(t *testing.T) {
	b, task := testBench(t)
	b.seconds = 1
	r, err := b.run(task("one", "status"), wrongShell("hang"))
	if err != nil || len(r.Steps) != 1 || r.Steps[0].Status != "timed out" || len(r.Steps[0].Processes) != 0 {
		t.Fatalf("%+v, %v", r, err)
	}
}

// TestNoise proves that what dash does not repeat is excluded by name, and
// only that.
func TestNoise(t *testing.T) {
	b, task := testBench(t)
	out := b.confirm(task("two", "status"), []Side{wrongShell("same")})
	if out[0].Same || !slices.Equal(out[0].Noise, []string{"1 status stdout"}) ||
		!slices.Equal(out[1].Excluded, []string{"1 status stdout"}) || len(out[1].Differences) != 0 {
		t.Errorf("%+v", out)
	}
	// A steady file beside the random one is still compared.
	out = b.confirm(task("two", "start"), []Side{wrongShell("same"), wrongShell("umask")})
	if len(out[1].Excluded) != 1 || len(out[1].Differences) != 0 {
		t.Errorf("same: %+v", out[1])
	}
	if len(out[2].Differences) != 1 || out[2].Differences[0].Kind != "files" {
		t.Errorf("umask: %+v", out[2])
	}
}

func TestKnown(t *testing.T) {
	table := []Known{{Script: "own/o*", Action: "start", Side: "never", Kind: "stderr", Reason: "because"}}
	task := Task{Package: "own", Script: "/etc/init.d/one", Action: "start"}
	d := Difference{Kind: "stderr"}
	if got := explained(table, task, "never", d); got != "because" {
		t.Errorf("known: %q", got)
	}
	other := task
	other.Action = "stop"
	if explained(table, other, "never", d) != "" || explained(table, task, "prefer", d) != "" ||
		explained(table, task, "never", Difference{Kind: "stdout"}) != "" {
		t.Error("what is not in the table is explained")
	}
	for _, k := range knownDifferences() {
		if k.Reason == "" || k.Script == "" {
			t.Errorf("%+v has no reason or no script", k)
		}
	}
}

func TestUnified(t *testing.T) {
	got := unified([]string{"a", "b", "c"}, []string{"a", "x", "c", "d"})
	want := "      (1 equal)\n    - b\n    + x\n      (1 equal)\n    + d\n"
	if got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

func TestDaemonsOf(t *testing.T) {
	tree := t.TempDir()
	for _, p := range []string{"/usr/sbin/foo-server", "/usr/sbin/bard", "/usr/bin/fooctl"} {
		if err := writeStub(tree + p); err != nil {
			t.Fatal(err)
		}
	}
	text := "NAME=foo\nDAEMON=/usr/sbin/$NAME-server\nCTL=/usr/bin/fooctl\nPIDFILE=\"/run/${NAME}/$NAME-server.pid\"\nACPID=/usr/sbin/bard\n"
	got := daemonsOf("/x/foo", text, tree)
	want := []string{"/usr/sbin/bard\t", "/usr/sbin/foo-server\t/run/foo/foo-server.pid"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestPackages(t *testing.T) {
	head, err := Packages("60")
	if err != nil || len(head) != EveryRun {
		t.Fatalf("%d, %v", len(head), err)
	}
	all, err := Packages("all")
	if err != nil || len(all) <= EveryRun {
		t.Fatalf("%d, %v", len(all), err)
	}
	slices.Sort(all)
	if len(slices.Compact(all)) != len(all) {
		t.Error("a name is listed twice")
	}
	if _, err := Packages("0"); err == nil {
		t.Error("--packages 0 is taken")
	}
}
