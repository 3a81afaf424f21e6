//go:build linux

package text

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sysv/system"
	"sysv/system/linux"
	"sysv/utility/call"
)

// FuzzSed feeds scripts to sed: none may panic or run on after its context
// has ended. Commands that name files are left out.
func FuzzSed(f *testing.F) {
	for _, s := range []string{
		"s/a/b/g", "1,$p", "/x/,/y/{s//z/;d}", ":a;N;$!ba;s/\\n/ /g", "$!N;P;D", "y/abc/xyz/", "1~2d;0,/a/s/\\(.\\)\\1/[&]/2", "a\\\ntext", "x;G;l 3",
		"s/[[:alpha:]]*\\<b/\\U&\\E/Mi", "/[/", "{;;}", "s/\\(", "b;t;T", "2,+3c\\", "s/a\\{2,3\\}*/x/",
	} {
		f.Add(s, "a b\nfoo bar\n\nxyz")
	}
	f.Fuzz(func(t *testing.T, script, input string) {
		if strings.ContainsAny(script, "rRwW") || len(script) > 200 || len(input) > 500 {
			return
		}
		dir := t.TempDir()
		in := filepath.Join(dir, "in")
		if err := os.WriteFile(in, []byte(input), 0o600); err != nil {
			t.Fatal(err)
		}
		sys := linux.New()
		p := &system.Process{Sys: sys, Dir: dir}
		for fd := range 3 {
			null, err := sys.Open("/dev/null", system.ReadWrite, 0)
			if err != nil {
				t.Fatal(err)
			}
			p.Files.Set(fd, null)
		}
		defer p.Files.CloseAll()
		ctx, cancel := context.WithTimeout(context.Background(), 200*time.Millisecond)
		defer cancel()
		begin := time.Now()
		call.Run(ctx, Sed, p, []string{"sed", "-e", script, "in"})
		if d := time.Since(begin); d > 10*time.Second {
			t.Errorf("ran for %v", d)
		}
	})
}
