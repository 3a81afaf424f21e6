//go:build linux

package file

import (
	"os"
	"sort"
	"strings"
	"testing"
	"time"

	"sysv/system/linux"
	"sysv/system/simulated"
)

// simulatedDiffers names cases whose outcome depends on the machine, and why.
func simulatedDiffers(tc testCase) string {
	kind, _, _ := strings.Cut(tc.name, "/")
	switch {
	case strings.Contains(tc.line, "OTHER"):
		return "there is only one file system"
	case strings.Contains(tc.line, "/proc") || strings.Contains(tc.line, "/usr/share"):
		return "the machine's own files"
	case strings.Contains(tc.line, "TZ="):
		return "there are no time zones"
	case kind == "mountpoint":
		return "other things are mounted"
	}
	switch tc.name {
	case "rm/ri", "chmod/v-symlink", "chown/Rv":
		return "which of two names comes first in a directory"
	case "ln/sr-abs":
		return "how deep the tree lies"
	case "stat/devices":
		return "the number of the file system"
	case "ls/l-device":
		return "times of the machine's devices"
	}
	return ""
}

// newMachine is an invented machine with this machine's users, and the tree.
func newMachine(t *testing.T) (*simulated.Machine, string) {
	t.Helper()
	m := simulated.Standard(simulated.Options{Time: time.Now()})
	for _, name := range []string{"/etc/passwd", "/etc/group"} {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := m.WriteFile(name, 0o644, string(b)); err != nil {
			t.Fatal(err)
		}
	}
	for _, dir := range []string{"/work0", "/work0/T"} {
		if err := m.Mkdir(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	plant(t, m, "/work0/T")
	return m, "/work0/T"
}

// TestSimulated runs the table on the invented machine: the utilities must do
// there what they do on the real one.
func TestSimulated(t *testing.T) {
	oracle(t)
	sys := linux.New()
	for _, tc := range parseCases(t, allCases) {
		if simulatedDiffers(tc) != "" {
			continue
		}
		t.Run(tc.name, func(t *testing.T) {
			want := alike(normalise(tc.name, runOurs(t, sys, newTreeIn(t, sys, t.TempDir()), tc)))
			m, dir := newMachine(t)
			defer m.Close()
			got := alike(normalise(tc.name, runOurs(t, m, dir, tc)))
			if got != want {
				t.Errorf("%s\n%s", tc.line, difference(want.String(), got.String()))
			}
		})
	}
}

// alike takes the order of directories out of an outcome: it is each file
// system's own.
func alike(o outcome) outcome {
	sorted := func(s string) string {
		l := strings.FieldsFunc(s, func(r rune) bool { return r == '\n' || r == ' ' || r == 0 })
		sort.Strings(l)
		return strings.Join(l, "\n")
	}
	o.stdout, o.stderr = sorted(o.stdout), sorted(o.stderr)
	return o
}

// TestRootIsSafe tries what must never be tried on a real machine.
func TestRootIsSafe(t *testing.T) {
	for _, tc := range []struct{ name, line, stderr string }{
		{"rm-rf", "rm -rf /", "rm: it is dangerous to operate recursively on '/'\nrm: use --no-preserve-root to override this failsafe\n"},
		{"rm-r-slashes", "rm -r //", "rm: it is dangerous to operate recursively on '//' (same as '/')\nrm: use --no-preserve-root to override this failsafe\n"},
		{"rm-dotdot", "rm -rf ../..", "rm: refusing to remove '.' or '..' directory: skipping '../..'\n"},
		{"rm-link", "ln -s / root ; rm -rf root/", "rm: it is dangerous to operate recursively on 'root/' (same as '/')\nrm: use --no-preserve-root to override this failsafe\n"},
		{"chmod", "chmod -R --preserve-root 0 /", "chmod: it is dangerous to operate recursively on '/'\nchmod: use --no-preserve-root to override this failsafe\n"},
		{"chown", "chown -R --preserve-root 1 /", "chown: it is dangerous to operate recursively on '/'\nchown: use --no-preserve-root to override this failsafe\n"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			m, dir := newMachine(t)
			defer m.Close()
			before := snapshot(t, m, "/etc")
			o := runOurs(t, m, dir, testCase{tc.name, tc.line})
			if o.stderr != tc.stderr || !strings.HasSuffix(o.status, "1") {
				t.Errorf("status %s, stderr %q", o.status, o.stderr)
			}
			if after := snapshot(t, m, "/etc"); after != before {
				t.Errorf("/etc was changed:\n%s", difference(before, after))
			}
		})
	}
}
