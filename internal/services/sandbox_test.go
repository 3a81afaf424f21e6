//go:build linux

package services

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// inside is set in the environment of the tests when they are in their
// namespaces.
const inside = "SYSV_TEST_NAMESPACE"

// base is the directory with the two roots, on a file system of its own.
var base string

func TestMain(m *testing.M) {
	flag.Parse()
	if os.Getuid() != 0 {
		fmt.Println("SKIPPED: service and invoke-rc.d are compared in roots of their own, which needs root")
		if os.Getenv("SYSV_REQUIRE_ORACLES") == "1" {
			os.Exit(1)
		}
		os.Exit(0)
	}
	if os.Getenv(inside) == "" {
		os.Exit(enter())
	}
	if err := furnish(); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// enter runs the tests again in namespaces of their own, and removes what
// they leave.
func enter() int {
	dir, err := os.MkdirTemp("", "services-")
	if err != nil {
		fmt.Println(err)
		return 1
	}
	defer os.RemoveAll(dir)
	build := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", dir+"/sysv", "sysv/cmd/sysv")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	out, err := build.CombinedOutput()
	if err != nil {
		fmt.Printf("%v: %s\n", err, out)
		return 1
	}
	cmd := exec.Command("/proc/self/exe", os.Args[1:]...)
	cmd.Args[0] = os.Args[0]
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	cmd.Env = append(os.Environ(), inside+"="+dir)
	cmd.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags: syscall.CLONE_NEWPID | syscall.CLONE_NEWNS | syscall.CLONE_NEWIPC | syscall.CLONE_NEWNET,
		Pdeathsig:  syscall.SIGKILL,
	}
	err = cmd.Run()
	var exit *exec.ExitError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &exit) && exit.ExitCode() > 0:
		return exit.ExitCode()
	}
	fmt.Println(err)
	return 1
}

// furnish mounts what the tests need, and makes the two roots.
func furnish() error {
	base = os.Getenv(inside)
	if err := unix.Mount("", "/", "", unix.MS_REC|unix.MS_PRIVATE, ""); err != nil {
		return err
	}
	if err := unix.Mount("proc", "/proc", "proc", 0, ""); err != nil {
		return err
	}
	binary, err := os.ReadFile(base + "/sysv")
	if err != nil {
		return err
	}
	if err := unix.Mount("services", base, "tmpfs", 0, "mode=755,size=1g"); err != nil {
		return err
	}
	unix.Umask(0o022)
	for _, side := range []string{"original", "ours"} {
		if err := makeRoot(filepath.Join(base, side), binary, side == "ours"); err != nil {
			return fmt.Errorf("%s: %w", side, err)
		}
	}
	return nil
}

func makeRoot(root string, binary []byte, ours bool) error {
	for _, d := range []string{"usr", "etc/init.d", "proc", "dev", "run", "tmp", "var/log", "out", "root"} {
		if err := os.MkdirAll(filepath.Join(root, d), 0o755); err != nil {
			return err
		}
	}
	for _, d := range []string{"bin", "sbin", "lib", "lib64"} {
		if err := os.Symlink("usr/"+d, filepath.Join(root, d)); err != nil {
			return err
		}
	}
	if err := os.Symlink("/run", filepath.Join(root, "var/run")); err != nil {
		return err
	}
	mount := func(from, to, kind string, flags uintptr) error {
		if err := unix.Mount(from, filepath.Join(root, to), kind, flags, ""); err != nil {
			return fmt.Errorf("%s: %w", to, err)
		}
		return nil
	}
	err := errors.Join(
		mount("/usr", "usr", "", unix.MS_BIND), mount("proc", "proc", "proc", 0),
		mount("/dev", "dev", "", unix.MS_BIND), mount("sbin", "usr/sbin", "tmpfs", 0),
	)
	if err != nil {
		return err
	}
	for _, f := range []string{"/etc/passwd", "/etc/group", "/etc/alternatives"} {
		if out, err := exec.Command("cp", "-a", f, filepath.Join(root, "etc")).CombinedOutput(); err != nil {
			return fmt.Errorf("%s", out)
		}
	}
	sbin := filepath.Join(root, "usr/sbin")
	if !ours {
		return nil // the originals are put there by originals
	}
	if err := os.WriteFile(sbin+"/sysv", binary, 0o755); err != nil {
		return err
	}
	return errors.Join(os.Symlink("sysv", sbin+"/service"), os.Symlink("sysv", sbin+"/invoke-rc.d"), os.Symlink("sysv", sbin+"/start-stop-daemon"))
}

// originals puts Debian's programs into their root: they must be taken before
// that, from below the mounts of this namespace.
func originals(t *testing.T) {
	t.Helper()
	for _, name := range []string{"service", "invoke-rc.d", "start-stop-daemon"} {
		to := filepath.Join(base, "original/usr/sbin", name)
		if _, err := os.Stat(to); err == nil {
			continue
		}
		from := "/usr/sbin/" + name
		if name == "start-stop-daemon" {
			from = "/sbin/" + name
		}
		b, err := os.ReadFile(from)
		if err != nil || name == "service" && !bytes.Contains(b, []byte("is_ignored_file")) {
			if os.Getenv("SYSV_REQUIRE_ORACLES") == "1" {
				t.Fatalf("%s of Debian's init-system-helpers is not installed: nothing to compare with", name)
			}
			t.Skipf("SKIPPED COMPARISON: %s of Debian's init-system-helpers is not installed", name)
		}
		if err := os.WriteFile(to, b, 0o755); err != nil {
			t.Fatal(err)
		}
	}
}

// outcome is what a call has come to.
type outcome struct {
	status         int
	signal         syscall.Signal
	stdout, stderr string
	// files are those that scripts have written, by name.
	files string
	took  time.Duration
}

func (o outcome) String() string {
	s := fmt.Sprintf("status %d", o.status)
	if o.signal != 0 {
		s = "ended by " + o.signal.String()
	}
	return fmt.Sprintf("%s\n--- stdout\n%s--- stderr\n%s--- files\n%s", s, o.stdout, o.stderr, o.files)
}

// equal compares all but the time.
func (o outcome) equal(p outcome) bool {
	o.took, p.took = 0, 0
	return o == p
}

// call is a program to be run in a root.
type call struct {
	argv  []string
	env   []string
	stdin string
	dir   string
	// joined has both outputs in one file, as 2>&1, and pipes are pipes
	// instead of files.
	joined, pipes bool
	limit         time.Duration
}

// run runs a call in a root and collects what comes of it.
func (c call) run(t *testing.T, root string) outcome {
	t.Helper()
	cmd := exec.Command(c.argv[0], c.argv[1:]...)
	cmd.Path, cmd.Err = c.argv[0], nil
	cmd.Env, cmd.Dir = c.env, c.dir
	cmd.SysProcAttr = &syscall.SysProcAttr{Chroot: root}
	cmd.Stdin = strings.NewReader(c.stdin)
	var stdout, stderr bytes.Buffer
	var files []*os.File
	if c.pipes {
		cmd.Stdout, cmd.Stderr = &stdout, &stderr
		if c.joined {
			cmd.Stderr = &stdout
		}
	} else {
		for range 2 {
			f, err := os.CreateTemp(base, "out-")
			if err != nil {
				t.Fatal(err)
			}
			os.Remove(f.Name())
			defer f.Close()
			files = append(files, f)
		}
		cmd.Stdout, cmd.Stderr = files[0], files[1]
		if c.joined {
			cmd.Stderr = files[0]
		}
	}
	limit := c.limit
	if limit == 0 {
		limit = time.Minute
	}
	cmd.WaitDelay = 5 * time.Second
	begun := time.Now()
	if err := cmd.Start(); err != nil {
		t.Fatalf("%q: %v", c.argv, err)
	}
	timer := time.AfterFunc(limit, func() { cmd.Process.Kill() })
	defer timer.Stop()
	cmd.Wait()
	o := outcome{status: cmd.ProcessState.ExitCode(), took: time.Since(begun)}
	if ws, ok := cmd.ProcessState.Sys().(syscall.WaitStatus); ok && ws.Signaled() {
		o.signal = ws.Signal()
	}
	o.stdout, o.stderr = stdout.String(), stderr.String()
	if !c.pipes {
		o.stdout, o.stderr = content(t, files[0]), content(t, files[1])
	}
	o.files = takeFiles(t, root)
	return o
}

func content(t *testing.T, f *os.File) string {
	t.Helper()
	b, err := os.ReadFile(fmt.Sprintf("/proc/self/fd/%d", f.Fd()))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// takeFiles gives what is in /out, and removes it.
func takeFiles(t *testing.T, root string) string {
	t.Helper()
	var b strings.Builder
	names, _ := filepath.Glob(filepath.Join(root, "out/*"))
	for _, n := range names {
		text, err := os.ReadFile(n)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "== %s\n%s", filepath.Base(n), text)
		os.Remove(n)
	}
	return b.String()
}

// bothRoots are the two.
func bothRoots() []string {
	return []string{filepath.Join(base, "original"), filepath.Join(base, "ours")}
}

// write writes a file into roots, with a mode.
func write(t *testing.T, path, text string, mode os.FileMode, roots ...string) {
	t.Helper()
	for _, r := range roots {
		at := filepath.Join(r, path)
		os.RemoveAll(at)
		if err := errors.Join(os.MkdirAll(filepath.Dir(at), 0o755), os.WriteFile(at, []byte(text), mode), os.Chmod(at, mode)); err != nil {
			t.Fatal(err)
		}
	}
}
