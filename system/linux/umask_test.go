//go:build linux

package linux

import (
	"os"
	"sync"
	"testing"

	"golang.org/x/sys/unix"

	"sysv/system"
)

// Programs that are started with other umasks, and files that are made at the
// same time, do not see each other's; also where unshare(2) is refused.
func TestUmaskIsNobodyElses(t *testing.T) {
	for _, refused := range []bool{false, true} {
		unshareRefused.Store(refused)
		m, d := New(), t.TempDir()
		rest := m.Umask()
		var wg sync.WaitGroup
		wg.Go(func() {
			for i, mask := range []system.Mode{0o77, 0, 0o22, 0o137, 0o777, rest} {
				c := command(t, "umask")
				c.Umask = mask
				got, _ := output(t, c)
				if want := "0" + string([]byte{'0' + byte(mask>>6), '0' + byte(mask>>3&7), '0' + byte(mask&7)}) + "\n"; got != want {
					t.Errorf("%d: umask %q, want %q", i, got, want)
				}
			}
		})
		for _, perm := range []system.Mode{0o644, 0o666, 0o600} {
			wg.Go(func() {
				path := d + "/" + itoa(int(perm))
				for range 300 {
					f, err := m.Open(path, system.WriteOnly|system.Create, perm)
					if err != nil {
						t.Error(err)
						return
					}
					st, err := f.Stat()
					f.Close()
					if err != nil || st.Mode.Perm() != perm {
						t.Errorf("mode %o, want %o (unshare refused: %v)", st.Mode.Perm(), perm, refused)
						return
					}
					m.Unlink(path)
				}
			})
		}
		wg.Wait()
		if now := system.Mode(unix.Umask(int(rest))); now != rest {
			t.Errorf("the umask is left at %o", now)
		}
	}
	unshareRefused.Store(false)
}

// What Exec asks beforehand where a failure could not be undone is what
// execve(2) would answer.
func TestExecutable(t *testing.T) {
	m, d := New(), t.TempDir()
	for name, text := range map[string]string{"script": "#!/bin/sh\n", "none": "echo\n", "short": "", "plain": "#!/bin/sh\n"} {
		write(t, d+"/"+name, text)
		if name != "plain" {
			must(t, os.Chmod(d+"/"+name, 0o755))
		}
	}
	for path, want := range map[string]error{
		"/bin/sh": nil, d + "/script": nil, d + "/none": system.ENOEXEC, d + "/short": system.ENOEXEC,
		d + "/plain": system.EACCES, d: system.EACCES, d + "/missing": system.ENOENT, d + "/script/x": system.ENOTDIR,
	} {
		c := &system.Command{Path: path, Args: []string{"x"}}
		if got := m.executable(c); got != want {
			t.Errorf("%s: got %v, want %v", path, got, want)
		}
		if want == nil {
			continue
		}
		if p, err := m.Start(c); err != want {
			t.Errorf("%s: execve gives %v %v", path, p, err)
		}
	}
}
