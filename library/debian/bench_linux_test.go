package debian_test

import (
	"context"
	"os"
	"strconv"
	"testing"

	"sysv/interp"
	"sysv/shell"
	"sysv/system"
	"sysv/system/linux"
)

// benchmark runs a text with a shell of its own each time.
func benchmark(b *testing.B, mode interp.Mode, text string) {
	if _, err := os.Stat("/lib/lsb/init-functions"); err != nil {
		b.Skip("SKIPPED: init-functions is not here")
	}
	p := &system.Process{Sys: linux.New(), Dir: "/", Env: []string{"PATH=/usr/sbin:/usr/bin:/sbin:/bin"}}
	for fd := range 3 {
		null, err := p.Open("/dev/null", system.ReadWrite, 0)
		if err != nil {
			b.Fatal(err)
		}
		p.Files.Set(fd, null)
	}
	b.ReportAllocs()
	for b.Loop() {
		sh := shell.New(p, shell.Options{Name: "bench", Mode: mode})
		sh.RunText(context.Background(), text)
	}
}

const messages = ". /lib/lsb/init-functions\nlog_daemon_msg x y\nlog_end_msg 0\n"

func BenchmarkShell(b *testing.B)        { benchmark(b, interp.Prefer, ":\n") }
func BenchmarkSource(b *testing.B)       { benchmark(b, interp.Prefer, ". /lib/lsb/init-functions\n") }
func BenchmarkMessages(b *testing.B)     { benchmark(b, interp.Prefer, messages) }
func BenchmarkMessagesText(b *testing.B) { benchmark(b, interp.Never, messages) }
func BenchmarkStatus(b *testing.B) {
	file := b.TempDir() + "/pid"
	if err := os.WriteFile(file, []byte(strconv.Itoa(os.Getpid())+"\n"), 0o644); err != nil {
		b.Fatal(err)
	}
	benchmark(b, interp.Prefer, ". /lib/lsb/init-functions\nstatus_of_proc -p "+file+" /sbin/thing thing\n")
}
