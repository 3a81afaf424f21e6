//go:build linux

package updatercd_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestKilled kills calls that change links with SIGKILL at their system calls,
// before and after each of them. What the next call leaves must be all of the
// old or all of the new. A common test takes only calls that can change
// something, and of a long series of them only some; `make
// confirm-update-rc.d` takes every one.
func TestKilled(t *testing.T) {
	if runtime.GOARCH != "amd64" {
		missing(t, "system calls are counted on amd64 alone")
	}
	if realInsserv() == "" {
		missing(t, "insserv is not installed")
	}
	enter(t, insideVar+"=killed")
}

// scenes are the calls that are killed, on a tree of 100 scripts.
func scenes() []scene {
	return []scene{
		{name: "defaults", args: []string{"update-rc.d", "s050", "defaults"}, remove: "s050"},
		{name: "enable", args: []string{"update-rc.d", "s050", "enable"}, disable: "s050"},
		{name: "remove", args: []string{"update-rc.d", "s050", "remove"}},
		{name: "defaults with insserv", insserv: true, args: []string{"update-rc.d", "s009", "defaults"}, remove: "s009"},
		{name: "enable with insserv", insserv: true, args: []string{"update-rc.d", "s009", "enable"}, disable: "s009"},
		{name: "insserv", insserv: true, bare: true, args: append([]string{"insserv"}, hundred()...)},
	}
}

type scene struct {
	name string
	args []string
	// insserv is the mode; bare a tree that has no links yet; remove and
	// disable the state of a script's links before.
	insserv, bare   bool
	remove, disable string
}

func hundred() []string {
	var names []string
	for i := range 100 {
		names = append(names, fmt.Sprintf("s%03d", i))
	}
	return names
}

func killed(dir string) error {
	for i, s := range scenes() {
		if err := s.kill(filepath.Join(dir, strconv.Itoa(i))); err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
	}
	return nil
}

// plant makes the tree of 100 scripts, a chain of which each requires the one
// before.
func (s scene) plant(root string) error {
	names := hundred()
	for i, n := range names {
		needs := "$remote_fs"
		if i > 0 && i%10 > 0 {
			needs += " " + names[i-1]
		}
		text := "#!/bin/sh\n### BEGIN INIT INFO\n# Provides: " + n + "\n# Required-Start: " + needs + "\n# Required-Stop: " + needs +
			"\n# Default-Start: 2 3 4 5\n# Default-Stop: 0 1 6\n### END INIT INFO\n"
		if err := os.WriteFile(filepath.Join(root, "etc/init.d", n), []byte(text), 0o755); err != nil {
			return err
		}
		if s.bare || n == s.remove && !s.insserv {
			continue
		}
		if s.insserv {
			continue
		}
		for _, l := range "0123456" {
			kind := "K"
			if strings.ContainsRune("2345", l) && n != s.disable {
				kind = "S"
			}
			at := filepath.Join(root, "etc/rc"+string(l)+".d", kind+"01"+n)
			os.MkdirAll(filepath.Dir(at), 0o755)
			if err := os.Symlink("../init.d/"+n, at); err != nil {
				return err
			}
		}
	}
	if !s.insserv || s.bare {
		return nil
	}
	for _, args := range [][]string{append([]string{"insserv"}, names...), {"update-rc.d", s.remove, "remove"}, {"update-rc.d", s.disable, "disable"}} {
		if slices.Contains(args, "") {
			continue
		}
		if r, err := call(root, nil, args[0], args[1:]...); err != nil || r.status != 0 {
			return fmt.Errorf("%q: %+v %v", args, r.stderr, err)
		}
	}
	return nil
}

func (s scene) kill(dir string) error {
	p, err := build(dir, setup{insserv: s.insserv})
	if err != nil {
		return err
	}
	if s.insserv {
		program := filepath.Join(p.ours, "sbin/insserv")
		if err := os.Remove(program); err != nil {
			return err
		}
		if err := os.Link(filepath.Join(p.ours, "sbin/update-rc.d"), program); err != nil {
			return err
		}
	}
	if err := s.plant(p.ours); err != nil {
		return err
	}
	old, err := listing(filepath.Join(p.ours, "etc"))
	if err != nil {
		return err
	}
	template := filepath.Join(dir, "etc")
	if err := exec.Command("cp", "-a", filepath.Join(p.ours, "etc"), template).Run(); err != nil {
		return err
	}
	every := os.Getenv("SYSV_KILL_EVERY") == "1"
	all, err := trace(p.ours, s.args, 0, every)
	if err != nil {
		return err
	}
	fresh, err := listing(filepath.Join(p.ours, "etc"))
	if err != nil {
		return err
	}
	if slices.Equal(old, fresh) {
		return fmt.Errorf("%q changes nothing", s.args)
	}
	stride := 1
	if most := 60; !every && all.stops > most {
		stride = all.stops / most
	}
	kept, done, half := 0, 0, 0
	last := all.stops
	if every {
		last += 40 // how many calls the runtime makes varies
	}
	for n := 1; n <= last; n++ {
		if n%stride != 0 && n < last-24 {
			continue
		}
		if err := restore(template, filepath.Join(p.ours, "etc")); err != nil {
			return err
		}
		r, err := trace(p.ours, s.args, n, every)
		if err != nil {
			return err
		}
		// Some of the calls that clear up are killed, too.
		if next := []string{"update-rc.d", "no-such", "enable"}; n%3 == 0 {
			if _, err := trace(p.ours, next, n%23+1, false); err != nil {
				return err
			}
		}
		if _, err := call(p.ours, nil, "update-rc.d", "no-such", "enable"); err != nil {
			return err
		}
		after, err := listing(filepath.Join(p.ours, "etc"))
		switch {
		case err != nil:
			return err
		case slices.Equal(after, old):
			kept++
		case slices.Equal(after, fresh):
			done++
		default:
			half++
			fmt.Printf("%s: killed at stop %d (%s): only before %q, only after %q, of the new one missing %q\n",
				s.name, n, r.at, without(old, after), without(after, old), without(fresh, after))
		}
	}
	fmt.Printf("%s: %d kills at %d stops: %d times the old, %d times the new, %d half\n", s.name, kept+done+half, all.stops, kept, done, half)
	if half > 0 || kept == 0 || done == 0 {
		return fmt.Errorf("killed %d times: %d old, %d new, %d half", kept+done+half, kept, done, half)
	}
	return nil
}

// traced is what a traced call did.
type traced struct {
	stops int
	at    string // where it was killed
}
