//go:build linux

package linux

import (
	"os/exec"
	"testing"

	"sysv/system"
)

func benchmarkStart(b *testing.B, change func(c *system.Command)) {
	m := New()
	c := &system.Command{
		Path: "/bin/true", Args: []string{"true"}, Dir: "/", Umask: m.Umask(),
		Files: []system.File{adopt(0), adopt(1), adopt(2)},
	}
	change(c)
	for b.Loop() {
		p, err := m.Start(c)
		if err != nil {
			b.Fatal(err)
		}
		p.Wait(false)
	}
}

// BenchmarkStart is a program started and waited for: as it is, with another
// umask (a thread of its own), and by way of a stage.
func BenchmarkStart(b *testing.B) {
	b.Run("plain", func(b *testing.B) { benchmarkStart(b, func(*system.Command) {}) })
	b.Run("umask", func(b *testing.B) { benchmarkStart(b, func(c *system.Command) { c.Umask = 0o77 }) })
	b.Run("stage", func(b *testing.B) { benchmarkStart(b, func(c *system.Command) { c.Nice = 1 }) })
}

// BenchmarkDash is the same by dash, a thousand times in each of its runs:
// divide by that.
func BenchmarkDash(b *testing.B) {
	if _, err := exec.LookPath("dash"); err != nil {
		b.Skip("MISSING: dash")
	}
	for b.Loop() {
		exec.Command("dash", "-c", "i=0; while [ $i -lt 1000 ]; do /bin/true; i=$((i+1)); done").Run()
	}
}

// BenchmarkOpenCreate is a file made with the usual permissions, and with more
// than the umask leaves.
func BenchmarkOpenCreate(b *testing.B) {
	for name, perm := range map[string]system.Mode{"644": 0o644, "666": 0o666} {
		b.Run(name, func(b *testing.B) {
			m, path := New(), b.TempDir()+"/f"
			for b.Loop() {
				f, err := m.Open(path, system.WriteOnly|system.Create|system.Truncate, perm)
				if err != nil {
					b.Fatal(err)
				}
				f.Close()
				m.Unlink(path)
			}
		})
	}
}
