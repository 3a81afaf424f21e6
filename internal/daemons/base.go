//go:build linux

package daemons

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// This file is what other benches use of this one: its root, packages laid
// over it, and its sandbox.

// Base makes the root with the daemons' packages, if the cache has none, and
// returns where it is, and where the cache is: $SYSV_CACHE, or .cache beside
// go.mod. The program must call Init where InSandbox says so.
func Base(repository string, say func(string, ...any)) (root, cache string, err error) {
	if os.Getuid() != 0 {
		return "", "", errors.New("the bench makes namespaces and overlays: run it as root")
	}
	for _, n := range [][2]string{{"apt-get", "apt"}, {"dpkg-deb", "dpkg"}, {"tar", "tar"}} {
		if _, err := exec.LookPath(n[0]); err != nil {
			return "", "", fmt.Errorf("%s is missing: apt-get install %s", n[0], n[1])
		}
	}
	self, err := os.Executable()
	if err != nil {
		return "", "", err
	}
	if cache = os.Getenv("SYSV_CACHE"); cache == "" {
		cache = filepath.Join(repository, ".cache")
	}
	if cache, err = filepath.Abs(filepath.Join(cache, "daemons")); err != nil {
		return "", "", err
	}
	if err := os.MkdirAll(cache, 0o755); err != nil {
		return "", "", err
	}
	root, err = makeRoot(cache, self, say)
	return root, cache, err
}

// Layer makes dir, if it is not there yet, from packages and what they need
// that root has not: unpacked, to be laid over root, and known to dpkg, though
// no maintainer script is run.
func Layer(root, dir, packages string, say func(string, ...any)) error {
	stamp := dir + ".packages"
	want := recipe + " " + packages
	if text, err := os.ReadFile(stamp); err == nil && string(text) == want {
		return nil
	}
	fresh, apt := dir+".new", dir+".apt"
	for _, old := range []string{stamp, dir, fresh} {
		if err := os.RemoveAll(old); err != nil {
			return err
		}
	}
	say("downloading %s", packages)
	debs, err := download(apt, filepath.Join(root, "var/lib/dpkg/status"), strings.Fields(packages))
	if err != nil {
		return err
	}
	say("unpacking %d packages into %s", len(debs), dir)
	if err := mergedUsr(fresh); err != nil {
		return err
	}
	for _, d := range debs {
		if err := unpack(d, fresh); err != nil {
			return err
		}
	}
	if err := record(root, fresh, debs); err != nil {
		return err
	}
	if err := os.RemoveAll(apt); err != nil {
		return err
	}
	if err := os.Rename(fresh, dir); err != nil {
		return err
	}
	return os.WriteFile(stamp, []byte(want), 0o644)
}

// record writes a layer's own record of what is installed: what root has, and
// the layer's packages.
func record(root, layer string, debs []string) error {
	const status = "var/lib/dpkg/status"
	text, err := os.ReadFile(filepath.Join(root, status))
	if err != nil {
		return err
	}
	for _, d := range debs {
		fields, err := exec.Command("dpkg-deb", "--field", d).Output()
		if err != nil {
			return fmt.Errorf("dpkg-deb --field %s: %w", d, err)
		}
		text = fmt.Appendf(text, "Status: install ok installed\n%s\n\n", bytes.TrimSpace(fields))
	}
	if err := os.MkdirAll(filepath.Join(layer, filepath.Dir(status)), 0o755); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(layer, status), text, 0o644)
}

// Sandbox runs a plan in a sandbox of its own, whose PID 1 is this program.
func Sandbox(p Plan) (Result, error) {
	self, err := os.Executable()
	if err != nil {
		return Result{}, err
	}
	r, _, err := runPlan(self, p)
	return r, err
}

// Command is the step that runs a program, with the environment of service(8),
// and waits for its end for some seconds at most.
func Command(name string, seconds float64, argv ...string) Op {
	return Op{Kind: opRun, Name: name, Argv: argv, Seconds: seconds}
}

// KillAll is the step that kills every process of the sandbox.
func KillAll(name string) Op { return Op{Kind: opKillAll, Name: name} }
