package debian_test

import (
	"context"
	"os"
	"testing"

	"sysv/interp"
	"sysv/library"
	"sysv/system"
	"sysv/system/simulated"
)

// served is a library that notes what it stands in for.
type served struct {
	library.Library
	files map[string]bool
}

func (s *served) Source(ctx context.Context, sh *interp.Shell, path string) (int, bool) {
	status, ok := s.Library.Source(ctx, sh, path)
	s.files[path] = ok
	return status, ok
}

// TestServes proves that what the comparison compares is the library, and not
// the files that it stands in for: those that are known or missing, and no
// others.
func TestServes(t *testing.T) {
	text, err := os.ReadFile("/lib/lsb/init-functions")
	if err != nil {
		requireOracles(t)
		t.Skip("SKIPPED: init-functions is not here")
	}
	const path, vars = "/lib/lsb/init-functions", "/lib/init/vars.sh"
	for _, c := range []struct {
		name, before string
		mode         interp.Mode
		text         string
		want         bool
	}{
		{"known", "", interp.Prefer, string(text), true},
		{"known, fallback", "", interp.Fallback, string(text), true},
		{"missing", "", interp.Prefer, "", true},
		{"changed", "", interp.Prefer, string(text) + "\n", false},
		{"never", "", interp.Never, string(text), false},
		{"traced", "set -x", interp.Prefer, string(text), false},
		{"shown", "set -v", interp.Prefer, string(text), false},
		{"aliases", "alias x=y", interp.Prefer, string(text), false},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := simulated.Standard(simulated.Options{})
			if c.text != "" {
				m.WriteFile(path, 0o644, c.text)
			}
			s := &served{files: map[string]bool{}}
			p := &system.Process{Sys: m, Dir: "/", Env: []string{"PATH=/usr/bin:/bin"}}
			null, err := m.Open("/dev/null", system.ReadWrite, 0)
			if err != nil {
				t.Fatal(err)
			}
			p.Files.Set(1, null)
			p.Files.Set(2, null)
			sh := interp.New(interp.Config{Process: p, Name: "sh", Mode: c.mode, Library: s})
			sh.RunText(context.Background(), c.before+"\n. "+path+"\n. "+vars+"\n")
			if got := s.files[path]; got != c.want {
				t.Errorf("served: %v, want %v", got, c.want)
			}
			if c.mode != interp.Never && !s.files[vars] {
				t.Errorf("vars.sh is missing, and not served")
			}
		})
	}
}
