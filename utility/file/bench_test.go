//go:build linux

package file

import (
	"context"
	"testing"

	"sysv/system"
	"sysv/system/linux"
	"sysv/utility/call"
)

// BenchmarkCat is $(cat FILE) but for the shell's part of it.
func BenchmarkCat(b *testing.B) {
	sys := linux.New()
	dir := b.TempDir()
	p := &system.Process{Sys: sys, Dir: dir, Umask: 0o022}
	f, err := p.Open("pid", system.WriteOnly|system.Create, 0o644)
	if err != nil {
		b.Fatal(err)
	}
	if err := system.WriteAll(f, []byte("12345\n")); err != nil {
		b.Fatal(err)
	}
	f.Close()
	out := &memory{}
	p.Files.Set(1, out)
	argv := []string{"cat", "pid"}
	b.ReportAllocs()
	for b.Loop() {
		out.Reset()
		if status, _ := call.Run(context.Background(), Cat, p, argv); status != 0 {
			b.Fatal(status)
		}
	}
}
