//go:build linux

package updatercd_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// TestNoSpace runs calls on file systems that have room for a few more files,
// or for a few more bytes, from none to enough: each must do all or nothing,
// and say so.
func TestNoSpace(t *testing.T) {
	if realInsserv() == "" {
		missing(t, "insserv is not installed")
	}
	enter(t, insideVar+"=space")
}

func noSpace(dir string) error {
	old, done := 0, 0
	for _, with := range []bool{false, true} {
		for i, args := range [][]string{{"a", "defaults"}, {"b", "disable"}, {"b", "remove"}, {"gone", "remove"}} {
			for room := range 16 {
				for _, bytes := range []bool{false, true} {
					if bytes && room > 4 {
						continue // a page holds the journal
					}
					at := filepath.Join(dir, fmt.Sprintf("%v-%d-%d-%v", with, i, room, bytes))
					what, err := squeeze(at, with, bytes, room, args)
					if err != nil {
						return fmt.Errorf("insserv %v, %q, room for %d more (bytes: %v): %w", with, args, room, bytes, err)
					}
					if what == "old" {
						old++
					} else {
						done++
					}
				}
			}
		}
	}
	fmt.Printf("%d times nothing was done, %d times all\n", old, done)
	if old == 0 || done == 0 {
		return fmt.Errorf("there was always room, or never")
	}
	return nil
}

// squeeze runs a call where there is room for so many more files or, with
// bytes, pages, and tells whether the tree is the "old" or the "new" one.
func squeeze(dir string, with, bytes bool, room int, args []string) (string, error) {
	var want []string
	for _, tight := range []bool{false, true} {
		p, err := build(filepath.Join(dir, fmt.Sprint(tight)), setup{insserv: with})
		if err != nil {
			return "", err
		}
		defer exec.Command("umount", "-R", filepath.Join(p.ours, "usr"), filepath.Join(p.original, "usr")).Run()
		lines := []string{"etc/init.d/a=" + headerA, "etc/init.d/b=" + strings.ReplaceAll(headerA, "Provides: a", "Provides: b"),
			"etc/rc2.d/S01gone -> ../init.d/gone", "etc/rc0.d/K01b -> ../init.d/b", "etc/rc2.d/S01b -> ../init.d/b", "etc/rc3.d/S01b -> ../init.d/b"}
		if err := plantLines(p.ours, lines); err != nil {
			return "", err
		}
		etc := filepath.Join(p.ours, "etc")
		before, err := listing(etc)
		if err != nil {
			return "", err
		}
		if !tight {
			if _, err := call(p.ours, nil, "update-rc.d", args...); err != nil {
				return "", err
			}
			if want, err = listing(etc); err != nil {
				return "", err
			}
			continue
		}
		copied := etc + ".copy"
		if err := os.Rename(etc, copied); err != nil {
			return "", err
		}
		if err := os.Mkdir(etc, 0o755); err != nil {
			return "", err
		}
		option := fmt.Sprintf("nr_inodes=%d", len(before)+1+room)
		if bytes {
			option = fmt.Sprintf("size=%dk", 4*(5+room))
		}
		if err := unix.Mount("small", etc, "tmpfs", 0, option); err != nil {
			return "", err
		}
		defer unix.Unmount(etc, 0)
		if err := exec.Command("cp", "-a", copied+"/.", etc).Run(); err != nil && !bytes {
			return "", fmt.Errorf("cp: %w", err)
		}
		if before, err = listing(etc); err != nil {
			return "", err
		}
		r, err := call(p.ours, nil, "update-rc.d", args...)
		if err != nil {
			return "", err
		}
		if slices.Equal(r.tree, want) {
			return "new", nil
		}
		if !slices.Equal(r.tree, before) {
			return "", fmt.Errorf("half: lost %q, added %q; %+v", without(before, r.tree), without(r.tree, before), r)
		}
		if !strings.Contains(r.stderr, "/etc/") || !strings.Contains(r.stderr, ": No space left on device") {
			return "", fmt.Errorf("nothing was done, and not said: %+v", r)
		}
		return "old", nil
	}
	return "", nil
}
