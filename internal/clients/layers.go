//go:build linux

package clients

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"golang.org/x/sys/unix"

	"sysv/internal/daemons"
)

// dropIns are the programs that clients call, and where Debian has them.
func dropIns() map[string][]string {
	return map[string][]string{
		"service":     {"/usr/sbin/service"},
		"invoke-rc.d": {"/usr/sbin/invoke-rc.d"},
		"update-rc.d": {"/usr/sbin/update-rc.d"},
		"insserv":     {"/usr/sbin/insserv", "/usr/lib/insserv/insserv"},
		"chkconfig":   {"/usr/sbin/chkconfig"},
	}
}

// ourBinary is where our binary is in a sandbox.
const ourBinary = "/.clients/sysv"

// place holds what sandboxes are laid from.
type place struct {
	root  string // the daemons' root, installed
	cache string // where layers are
	mount string // an empty directory
}

func findPlace(repository string, say func(string, ...any)) (*place, error) {
	root, base, err := daemons.Base(repository, say)
	if err != nil {
		return nil, err
	}
	p := &place{root: root, cache: filepath.Join(filepath.Dir(base), "clients")}
	p.mount = filepath.Join(p.cache, "mount")
	return p, os.MkdirAll(p.mount, 0o755)
}

// layer is one of packages.
func (p *place) layer(name, packages string, say func(string, ...any)) (string, error) {
	dir := filepath.Join(p.cache, name)
	return dir, daemons.Layer(p.root, dir, packages, say)
}

// fresh is a new layer of ours, empty.
func (p *place) fresh(name string) (string, error) {
	dir := filepath.Join(p.cache, name)
	if err := os.RemoveAll(dir); err != nil {
		return "", err
	}
	return dir, os.MkdirAll(dir, 0o755)
}

// layOurs makes the layers that put our binary over the programs that clients
// call: chkconfig is in one of its own, as Debian has none.
func (b *bench) layOurs(binary string) (err error) {
	if b.ours, err = b.fresh("ours"); err != nil {
		return err
	}
	if b.redHat, err = b.fresh("ours-redhat"); err != nil {
		return err
	}
	if err := copyProgram(binary, filepath.Join(b.ours, ourBinary)); err != nil {
		return err
	}
	links, err := b.fresh("links")
	if err != nil {
		return err
	}
	if out, err := exec.Command(binary, "links", links).CombinedOutput(); err != nil {
		return fmt.Errorf("%s links: %w\n%s", binary, err, out)
	}
	for name, places := range dropIns() {
		if _, err := os.Lstat(filepath.Join(links, name)); err != nil {
			b.lacking = append(b.lacking, name)
			continue
		}
		layer := b.ours
		if name == "chkconfig" {
			layer = b.redHat
		}
		for _, at := range places {
			at = filepath.Join(layer, at)
			if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
				return err
			}
			if err := os.Symlink(ourBinary, at); err != nil {
				return err
			}
		}
	}
	return nil
}

// without is a layer that hides programs, for one run of a task.
func (p *place) without(task string, run int, names ...string) (string, error) {
	dir, err := p.fresh(fmt.Sprintf("without-%s-%d", strings.ReplaceAll(task, " ", "-"), run))
	if err != nil {
		return "", err
	}
	for _, n := range names {
		for _, at := range dropIns()[n] {
			at = filepath.Join(dir, at)
			if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
				return "", err
			}
			if err := unix.Mknod(at, unix.S_IFCHR, 0); err != nil {
				return "", fmt.Errorf("cannot hide %s: %w", n, err)
			}
		}
	}
	return dir, nil
}

// with is a layer that has one more program.
func (p *place) with(name, program string) (string, error) {
	dir, err := p.fresh("with-" + name)
	if err != nil {
		return "", err
	}
	return dir, copyProgram(program, filepath.Join(dir, "usr/sbin", name))
}

func copyProgram(from, to string) (err error) {
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o755)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	_, err = io.Copy(out, in)
	return err
}
