//go:build linux

package lint

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"sysv/system"
	"sysv/system/linux"
)

// good is a script without a finding; bad has one that is an error and can be
// fixed in a comment.
const (
	good = "#!/bin/sh\n### BEGIN INIT INFO\n# Provides:          good\n# Required-Start:    $remote_fs\n# Required-Stop:     $remote_fs\n# Default-Start:     2 3 4 5\n# Default-Stop:      0 1 6\n# Short-Description: Good\n### END INIT INFO\nexit 0\n"
	bad  = "#!/bin/sh\n### BEGIN INIT INFO\n# Provides:          bad\n# Required-Start:    $remote_fs\n# Required-Stop:     $remote_fs\n# Default-Start:     2345\n# Default-Stop:      0 1 6\n# Short-Description: Bad\n### END INIT INFO\nexit 0\n"
)

// call runs the command, without a rehearsal.
func call(t *testing.T, stdin string, args ...string) (status int, stdout, stderr string) {
	t.Helper()
	machine := linux.New()
	p := &system.Process{Sys: machine, Dir: "/"}
	out, errs := system.NewCapture(machine), system.NewCapture(machine)
	p.Files.Set(1, out)
	p.Files.Set(2, errs)
	name := filepath.Join(t.TempDir(), "stdin")
	if err := os.WriteFile(name, []byte(stdin), 0o644); err != nil {
		t.Fatal(err)
	}
	in, err := p.Open(name, system.ReadOnly, 0)
	if err != nil {
		t.Fatal(err)
	}
	p.Files.Set(0, in)
	status = Run(context.Background(), p, append([]string{"lint", "--rehearse=never"}, args...))
	return status, string(out.Bytes()), string(errs.Bytes())
}

// plant makes a tree: names and texts in turns.
func plant(t *testing.T, files ...string) string {
	t.Helper()
	root := t.TempDir()
	for i := 0; i < len(files); i += 2 {
		path := filepath.Join(root, files[i])
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(files[i+1]), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

// TestStatus: 0 nothing found, 1 findings, 2 wrong command line or
// configuration, 3 a file that cannot be read.
func TestStatus(t *testing.T) {
	root := plant(t, "etc/init.d/good", good, "etc/init.d/bad", bad, "etc/init.d/README", "text", "conf/good", good, "conf/.sysvlint.yaml", "colour: red\n")
	for _, c := range []struct {
		name   string
		args   []string
		status int
		out    string // a part of the output, both streams
	}{
		{"clean", []string{root + "/etc/init.d/good"}, exitClean, ""},
		{"found", []string{root + "/etc/init.d/bad"}, exitFound, `"2345" in Default-Start is no runlevel [SV1010 bad-runlevel]`},
		{"directory", []string{root + "/etc/init.d"}, exitFound, "1 error in 2 scripts"},
		{"tree", []string{root}, exitFound, "1 error in 2 scripts"},
		{"glob", []string{root + "/etc/init.d/g*"}, exitClean, ""},
		{"several", []string{root + "/etc/init.d/good", root + "/etc/init.d/bad", root + "/etc/init.d/bad"}, exitFound, "1 error in 2 scripts"},
		{"excluded", []string{"--exclude=SV1010", root + "/etc/init.d/bad"}, exitClean, ""},
		{"included", []string{"--include", "SV8,missing-header", root + "/etc/init.d/bad"}, exitClean, ""},
		{"absent", []string{root + "/none"}, exitUnread, "/none: no such file or directory"},
		{"absent glob", []string{root + "/n*"}, exitUnread, "/n*: no such file or directory"},
		{"half absent", []string{root + "/none", root + "/etc/init.d/bad"}, exitUnread, "1 error in 1 script"},
		{"no option", []string{"--loud"}, exitUsage, "--loud: unknown option: see sysv lint --help"},
		{"no format", []string{"--format=xml"}, exitUsage, "--format=xml: expected one of tty, gcc"},
		{"no value", []string{"--format"}, exitUsage, "--format: expected a value"},
		{"no severity", []string{"--severity=loud"}, exitUsage, "--severity=loud: expected one of error"},
		{"no rule", []string{"--exclude=SV1999", root + "/etc/init.d/bad"}, exitUsage, `there is no rule "SV1999"`},
		{"both", []string{"--fix", "--diff"}, exitUsage, "--fix and --diff do not go together"},
		{"configuration", []string{root + "/conf/good"}, exitUsage, `.sysvlint.yaml:1: "colour": unknown key`},
		{"no configuration", []string{"--config=none", root + "/conf/good"}, exitClean, ""},
		{"help", []string{"--help"}, exitClean, "EXIT STATUS"},
		{"rules", []string{"--list-rules"}, exitClean, "SV1010  error    bad-runlevel"},
		{"explain", []string{"--explain", "sv1010"}, exitClean, "# SV1010 bad-runlevel"},
		{"explain by name", []string{"--explain=bad-runlevel"}, exitClean, "# SV1010 bad-runlevel"},
		{"explain none", []string{"--explain=SV1999"}, exitUsage, "there is no such rule"},
	} {
		t.Run(c.name, func(t *testing.T) {
			status, out, errs := call(t, "", c.args...)
			if status != c.status || !strings.Contains(out+errs, c.out) {
				t.Errorf("status %d, not %d:\n%s%s", status, c.status, out, errs)
			}
			if c.status == exitClean && c.out == "" && out+errs != "" {
				t.Errorf("something is said: %s%s", out, errs)
			}
		})
	}
}

// TestStdin judges standard input, by a name if one is given.
func TestStdin(t *testing.T) {
	status, out, _ := call(t, bad, "--format=gcc", "-")
	if want := "-:6:22: error: \"2345\" in Default-Start is no runlevel [SV1010]\n"; status != exitFound || out != want {
		t.Errorf("%d %s", status, out)
	}
	status, out, _ = call(t, bad, "--format=gcc", "--stdin-path=init.d/bad", "-")
	if status != exitFound || !strings.HasPrefix(out, "init.d/bad:6:22: ") {
		t.Errorf("%d %s", status, out)
	}
}

// TestConfiguration is found above the script, and decides.
func TestConfiguration(t *testing.T) {
	root := plant(t, ".sysvlint.yaml", "rules:\n  SV1010: warning\n  SV1007: off\nignore: [\"*.gen\"]\n",
		"a/b/init.d/bad", bad, "a/b/init.d/bad.gen", bad)
	status, out, errs := call(t, "", "--format=gcc", root+"/a/b/init.d")
	if status != exitFound || strings.Count(out, "\n") != 1 || !strings.Contains(out, ": warning: ") {
		t.Errorf("%d %s%s", status, out, errs)
	}
	if status, out, _ = call(t, "", "--severity=error", root+"/a/b/init.d"); status != exitClean || out != "" {
		t.Errorf("%d %s", status, out)
	}
	if status, _, errs = call(t, "", "--config="+root+"/none", root); status != exitUsage {
		t.Errorf("%d %s", status, errs)
	}
}

// TestFix writes what is verified; --diff prints it, and patch takes it.
func TestFix(t *testing.T) {
	root := plant(t, "etc/init.d/bad", bad)
	name := root + "/etc/init.d/bad"
	if err := os.Chmod(name, 0o750); err != nil {
		t.Fatal(err)
	}
	status, diff, errs := call(t, "", "--diff", name)
	if status != exitFound || !strings.Contains(diff, "\n-# Default-Start:     2345\n+# Default-Start:     2 3 4 5\n") {
		t.Errorf("%d %s%s", status, diff, errs)
	}
	if b, _ := os.ReadFile(name); string(b) != bad {
		t.Error("--diff has changed the file")
	}
	patched := filepath.Join(t.TempDir(), "bad")
	if err := os.WriteFile(patched, []byte(bad), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := exec.LookPath("patch"); err == nil {
		c := exec.Command("patch", patched)
		c.Stdin = strings.NewReader(diff)
		if out, err := c.CombinedOutput(); err != nil {
			t.Errorf("patch: %v\n%s", err, out)
		}
	}
	status, out, errs := call(t, "", "--fix", name)
	if status != exitClean || !strings.Contains(errs, "SV1010: fixed: put blanks between the runlevels") {
		t.Errorf("%d %s%s", status, out, errs)
	}
	got, err := os.ReadFile(name)
	if err != nil || string(got) != strings.Replace(bad, "2345", "2 3 4 5", 1) {
		t.Errorf("%v\n%s", err, got)
	}
	if info, err := os.Stat(name); err != nil || info.Mode().Perm() != 0o750 {
		t.Errorf("%v %v", info.Mode(), err)
	}
	if status, out, _ := call(t, "", "--diff", name); status != exitClean || out != "" {
		t.Errorf("%d %s", status, out)
	}
	// What was read from standard input is written to standard output.
	if status, out, _ = call(t, bad, "--fix", "-"); status != exitClean || out != string(got) {
		t.Errorf("%d %s", status, out)
	}
}
