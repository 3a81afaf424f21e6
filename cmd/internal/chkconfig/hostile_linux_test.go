package chkconfig

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// insideVar tells the test's own program that it is in a mount namespace of
// its own.
const insideVar = "SYSV_TEST_CHKCONFIG_INSIDE"

// A tree that cannot be written, and one with no room, stay as they are: one
// line says why, and the status is the original's.
func TestUnwritable(t *testing.T) {
	if os.Getenv(insideVar) == "" {
		if os.Getuid() != 0 {
			if os.Getenv("SYSV_REQUIRE_ORACLES") == "1" {
				t.Fatal("only root can mount file systems")
			}
			t.Skip("only root can mount file systems")
		}
		cmd := exec.Command(os.Args[0], "-test.run=^TestUnwritable$", "-test.v")
		cmd.Env = append(os.Environ(), insideVar+"=1")
		cmd.SysProcAttr = &syscall.SysProcAttr{Unshareflags: syscall.CLONE_NEWNS}
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		return
	}
	for _, c := range []struct{ name, mount, stderr string }{
		{"read-only", "ro", "You do not have enough privileges to perform this operation.\n"},
		{"no room", "nr_inodes=", "No space left on device\n"},
	} {
		root := t.TempDir()
		mount := func(flags uintptr, options string) {
			t.Helper()
			if err := syscall.Mount("none", root, "tmpfs", flags, options); err != nil {
				t.Fatal(err)
			}
		}
		mount(0, "")
		t.Cleanup(func() { syscall.Unmount(root, syscall.MNT_DETACH) })
		plant(t, root, []string{"init.d/foo", foo, "rc3.d/K01foo", "->../init.d/foo", ".sysv-links.lock", ""})
		if c.mount == "ro" {
			mount(syscall.MS_REMOUNT|syscall.MS_RDONLY, "")
		} else {
			used := 1
			filepath.WalkDir(root, func(string, os.DirEntry, error) error { used++; return nil })
			mount(syscall.MS_REMOUNT, c.mount+strconv.Itoa(used))
		}
		before := links(root)
		status, stdout, stderr := ours(t, root, "foo", "on")
		if status != 1 || stdout != "" || !strings.HasSuffix(stderr, c.stderr) || strings.Count(stderr, "\n") != 1 {
			t.Errorf("%s: status %d %q %q", c.name, status, stdout, stderr)
		}
		if after := links(root); after != before {
			t.Errorf("%s: %s became %s", c.name, before, after)
		}
		// What reads needs no room.
		if status, stdout, stderr := ours(t, root, "--list", "foo"); status != 0 || !strings.HasPrefix(stdout, "foo ") {
			t.Errorf("%s: --list: %d %q", c.name, status, stderr)
		}
	}
}
