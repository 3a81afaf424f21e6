//go:build linux

package updatercd_test

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

// insideVar names what the test's program does in namespaces of its own.
const insideVar = "SYSV_TEST_UPDATE_RC_D"

// missing skips a test, or fails it where nothing may be missing.
func missing(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("SYSV_REQUIRE_ORACLES") == "1" {
		t.Fatal(what)
	}
	t.Skip("NOT COMPARED: " + what)
}

// realInsserv finds Debian's insserv on the machine, or where it was unpacked.
func realInsserv() string {
	for _, path := range []string{os.Getenv("SYSV_INSSERV"), "/sbin/insserv", "/usr/lib/insserv/insserv"} {
		real, err := filepath.EvalSymlinks(path)
		if err != nil || !strings.HasPrefix(filepath.Base(real), "insserv") {
			continue // ours may be in its place
		}
		if info, err := os.Stat(real); err == nil && info.Mode().IsRegular() {
			return path
		}
	}
	return ""
}

// enter runs the test's program again, in namespaces of its own, with what it
// is to do there; its output is the test's.
func enter(t *testing.T, env ...string) {
	t.Helper()
	if os.Getuid() != 0 {
		missing(t, "the sandbox needs root")
	}
	if _, err := os.Stat("/usr/sbin/update-rc.d"); err != nil {
		missing(t, "init-system-helpers (update-rc.d) is not installed")
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command("unshare", "--mount", "--propagation", "private", "--fork", "--pid", "--mount-proc", self)
	c.Env = append(os.Environ(), env...)
	c.Env = append(c.Env, "SYSV_TEST_DIR="+t.TempDir())
	out, err := c.CombinedOutput()
	if err != nil {
		t.Errorf("%v\n%s", err, out)
	} else if len(out) > 0 {
		t.Logf("%s", out)
	}
}

// pair is two roots with the same in them: one with the original, one with
// ours.
type pair struct {
	original, ours string
}

// setup is what a root has beside the scripts.
type setup struct {
	// insserv tells that there is one, and its configuration.
	insserv bool
	// systemctl tells that there is one, systemd that it runs, openrc that
	// there is OpenRC. What is called notes its arguments.
	systemctl, systemd, openrc bool
}

const recorder = "#!/bin/sh\necho \"${0##*/} $* skip=$SYSTEMCTL_SKIP_SYSV\" >>/log\n"

// build makes the roots below dir.
func build(dir string, s setup) (pair, error) {
	p := pair{filepath.Join(dir, "original"), filepath.Join(dir, "ours")}
	self, err := os.Executable()
	if err != nil {
		return p, err
	}
	for _, root := range []string{p.original, p.ours} {
		if err := buildRoot(root, s); err != nil {
			return p, err
		}
	}
	// The original has its own path, which it says in nothing that it prints.
	program := filepath.Join(p.ours, "sbin/update-rc.d")
	// A copy beside the trees, of which each has a link.
	copied := filepath.Join(os.Getenv("SYSV_TEST_DIR"), "self")
	if err := os.Link(copied, program); err != nil {
		data, err := os.ReadFile(self)
		if err != nil {
			return p, err
		}
		if err := os.WriteFile(copied, data, 0o755); err != nil {
			return p, err
		}
		if err := os.Link(copied, program); err != nil {
			return p, err
		}
	}
	if err := os.Link(program, filepath.Join(p.ours, "sbin/systemd-sysv-install")); err != nil {
		return p, err
	}
	for _, file := range []string{"/usr/sbin/update-rc.d", "/lib/systemd/systemd-sysv-install"} {
		original, err := os.ReadFile(file)
		if err != nil {
			continue // the test that needs it has looked for it
		}
		if err := os.WriteFile(filepath.Join(p.original, "sbin", filepath.Base(file)), original, 0o755); err != nil {
			return p, err
		}
	}
	if !s.insserv {
		return p, nil
	}
	data, err := os.ReadFile(realInsserv())
	if err != nil {
		return p, err
	}
	for _, root := range []string{p.original, p.ours} {
		if err := os.WriteFile(filepath.Join(root, "sbin/insserv"), data, 0o755); err != nil {
			return p, err
		}
		if err := os.WriteFile(filepath.Join(root, "etc/insserv.conf"), []byte(insservConf), 0o644); err != nil {
			return p, err
		}
	}
	// Ours must not start it.
	return p, os.WriteFile(filepath.Join(p.ours, "sbin/insserv"), []byte("#!/bin/sh\necho started >>/log\n"), 0o755)
}

const insservConf = `$local_fs	+mountall +mountall-bootclean +umountfs
$network	+networking
$named	+named +dnsmasq
$remote_fs	$local_fs +mountnfs +umountnfs
$syslog	+rsyslog +sysklogd
$portmap	rpcbind
$time	hwclock
<interactive>	glibc udev console-screen keymap
`

func buildRoot(root string, s setup) error {
	for _, d := range []string{"usr", "bin", "sbin", "etc/init.d", "dev", "tmp", "run", "root", "proc"} {
		if err := os.MkdirAll(filepath.Join(root, d), 0o755); err != nil {
			return err
		}
	}
	for _, l := range []string{"lib", "lib64"} {
		if err := os.Symlink("usr/"+l, filepath.Join(root, l)); err != nil {
			return err
		}
	}
	if err := unix.Mount("/usr", filepath.Join(root, "usr"), "", unix.MS_BIND, ""); err != nil {
		return fmt.Errorf("/usr: %w", err)
	}
	if err := os.WriteFile(filepath.Join(root, "dev/null"), nil, 0o666); err != nil {
		return err
	}
	if err := unix.Mount("/dev/null", filepath.Join(root, "dev/null"), "", unix.MS_BIND, ""); err != nil {
		return fmt.Errorf("/dev/null: %w", err)
	}
	for _, hide := range []string{"usr/bin/systemctl", "usr/sbin/openrc", "usr/sbin/insserv", "usr/lib/insserv/insserv"} {
		if _, err := os.Stat(filepath.Join(root, hide)); err == nil {
			if err := unix.Mount("/dev/null", filepath.Join(root, hide), "", unix.MS_BIND, ""); err != nil {
				return fmt.Errorf("%s: %w", hide, err)
			}
		}
	}
	files := map[string]bool{"bin/systemctl": s.systemctl, "sbin/openrc": s.openrc, "sbin/rc-update": s.openrc}
	for name, wanted := range files {
		if wanted {
			if err := os.WriteFile(filepath.Join(root, name), []byte(recorder), 0o755); err != nil {
				return err
			}
		}
	}
	if s.systemd {
		if err := os.MkdirAll(filepath.Join(root, "run/systemd/system"), 0o755); err != nil {
			return err
		}
	}
	return os.Symlink("/usr/bin/dash", filepath.Join(root, "bin/sh"))
}

// result is what a call does.
type result struct {
	status         int
	stdout, stderr string
	tree           []string
	log            string
}

// call runs sbin/NAME in a root, and looks what came of it.
func call(root string, env []string, name string, args ...string) (result, error) {
	r, err := run(root, env, name, args...)
	if err != nil {
		return r, err
	}
	if r.tree, err = listing(filepath.Join(root, "etc")); err != nil {
		return r, err
	}
	log, _ := os.ReadFile(filepath.Join(root, "log"))
	r.log = string(log)
	os.Remove(filepath.Join(root, "log"))
	return r, nil
}

// nobody in the environment has a call made by a user that is not root.
const nobody = "USER=nobody"

// run is call without a look at the tree.
func run(root string, env []string, name string, args ...string) (result, error) {
	c := exec.Command("/sbin/"+name, args...)
	c.Dir = "/"
	c.SysProcAttr = &syscall.SysProcAttr{Chroot: root}
	if slices.Contains(env, nobody) {
		c.SysProcAttr.Credential = &syscall.Credential{Uid: 65534, Gid: 65534}
	}
	c.Env = append([]string{"PATH=/sbin:/bin:/usr/bin:/usr/sbin", "LC_ALL=C"}, env...)
	var stdout, stderr bytes.Buffer
	c.Stdout, c.Stderr = &stdout, &stderr
	err := c.Run()
	var xe *exec.ExitError
	if err != nil && !errors.As(err, &xe) {
		return result{}, err
	}
	return result{status: c.ProcessState.ExitCode(), stdout: stdout.String(), stderr: stderr.String()}, nil
}

// listing is all that is below a directory, with targets and contents.
func listing(dir string) ([]string, error) {
	var all []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, _ := filepath.Rel(dir, path)
		switch {
		case d.Type()&fs.ModeSymlink != 0:
			target, _ := os.Readlink(path)
			all = append(all, name+" -> "+target)
		case d.IsDir():
			all = append(all, name+"/")
		default:
			data, _ := os.ReadFile(path)
			all = append(all, fmt.Sprintf("%s=%x", name, sha256.Sum256(data)))
		}
		return nil
	})
	sort.Strings(all)
	return all, err
}

// differ says in what two results differ, "" for nothing.
func differ(a, b result) string {
	var out strings.Builder
	line := func(what, x, y string) {
		if x != y {
			x, y = firstDifference(x, y)
			fmt.Fprintf(&out, "  %s: original %q\n  %*s  ours     %q\n", what, x, len(what), "", y)
		}
	}
	line("status", fmt.Sprint(a.status), fmt.Sprint(b.status))
	line("stdout", a.stdout, b.stdout)
	line("stderr", a.stderr, b.stderr)
	line("called", a.log, b.log)
	line("only in", strings.Join(without(a.tree, b.tree), ", "), strings.Join(without(b.tree, a.tree), ", "))
	return out.String()
}

// restore makes a directory the copy of another one.
func restore(from, to string) error {
	if err := os.RemoveAll(to); err != nil {
		return err
	}
	return filepath.WalkDir(from, func(path string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		at := to + strings.TrimPrefix(path, from)
		switch {
		case d.IsDir():
			return os.Mkdir(at, 0o755)
		case d.Type()&os.ModeSymlink != 0:
			target, err := os.Readlink(path)
			if err != nil {
				return err
			}
			return os.Symlink(target, at)
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(at, data, 0o755)
	})
}

// firstDifference leaves out of two long texts the lines at their beginning
// that are equal, and all but a few of the rest.
func firstDifference(a, b string) (string, string) {
	const few = 6
	x, y := strings.SplitAfter(a, "\n"), strings.SplitAfter(b, "\n")
	if len(x) <= few && len(y) <= few {
		return a, b
	}
	for len(x) > 0 && len(y) > 0 && x[0] == y[0] {
		x, y = x[1:], y[1:]
	}
	return "... " + strings.Join(x[:min(few, len(x))], ""), "... " + strings.Join(y[:min(few, len(y))], "")
}

func without(a, b []string) []string {
	in := map[string]bool{}
	for _, x := range b {
		in[x] = true
	}
	var out []string
	for _, x := range a {
		if !in[x] {
			out = append(out, x)
		}
	}
	return out
}
