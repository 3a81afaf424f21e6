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
	"syscall"

	"golang.org/x/sys/unix"
)

// recipe names how the root is made: it is raised when that changes, so that
// an old one is made again.
const recipe = "1"

// packages are what the root holds, besides the essential ones.
const packages = `openssh-server cron anacron nginx lighttpd dropbear rsync dbus haveged chrony at dnsmasq redis-server
sysvinit-utils lsb-base init-system-helpers usr-is-merged systemd-standalone-sysusers systemd-standalone-tmpfiles`

// makeRoot makes the root with everything installed in it, if the cache has
// none of this recipe.
func makeRoot(cache, self string, say func(string, ...any)) (string, error) {
	root := filepath.Join(cache, "root")
	stamp := filepath.Join(cache, "recipe")
	want := recipe + " " + packages
	if text, err := os.ReadFile(stamp); err == nil && string(text) == want {
		return root, nil
	}
	fresh := filepath.Join(cache, "root.new")
	for _, old := range []string{stamp, root, fresh} {
		if err := os.RemoveAll(old); err != nil {
			return "", err
		}
	}
	say("downloading the packages of the root")
	debs, err := download(filepath.Join(cache, "apt"), "", append([]string{"?essential"}, strings.Fields(packages)...))
	if err != nil {
		return "", err
	}
	say("installing %d packages into %s", len(debs), root)
	if err := install(fresh, debs, self); err != nil {
		return "", err
	}
	if err := os.Rename(fresh, root); err != nil {
		return "", err
	}
	if err := os.RemoveAll(filepath.Join(cache, "apt")); err != nil {
		return "", err
	}
	return root, os.WriteFile(stamp, []byte(want), 0o644)
}

// download lets apt find and bring packages, from the archive that this
// machine's apt is set up for, with what they need of others. status names
// dpkg's record of a system: what is installed there is not brought; "" is a
// system that has nothing.
func download(apt, status string, wanted []string) ([]string, error) {
	archives := filepath.Join(apt, "archives")
	if err := os.MkdirAll(filepath.Join(archives, "partial"), 0o755); err != nil {
		return nil, err
	}
	if status == "" {
		status = filepath.Join(apt, "status")
		if err := os.WriteFile(status, nil, 0o644); err != nil {
			return nil, err
		}
	}
	args := append([]string{"-q", "-y", "--download-only",
		"-o", "Dir::State::status=" + status, "-o", "Dir::State::extended_states=" + filepath.Join(apt, "extended"),
		"-o", "Dir::Cache::archives=" + archives, "-o", "Dir::Cache::pkgcache=", "-o", "Dir::Cache::srcpkgcache=",
		"-o", "APT::Sandbox::User=root", "-o", "APT::Install-Recommends=false", "-o", "Debug::NoLocking=true",
		"-o", "pkgCacheGen::ForceEssential=,", // apt itself is not wanted
		"install"}, wanted...)
	if lists, _ := filepath.Glob("/var/lib/apt/lists/*Packages*"); len(lists) == 0 {
		if err := command("apt-get", "update", "-q"); err != nil {
			return nil, err
		}
	}
	if err := command("apt-get", args...); err != nil {
		// The lists may be older than the archive.
		if again := command("apt-get", "update", "-q"); again != nil {
			return nil, errors.Join(err, again)
		}
		if err := command("apt-get", args...); err != nil {
			return nil, err
		}
	}
	debs, err := filepath.Glob(filepath.Join(archives, "*.deb"))
	if err == nil && len(debs) == 0 {
		err = errors.New("apt-get brought no packages")
	}
	return debs, err
}

func command(name string, args ...string) error {
	cmd := exec.Command(name, args...)
	cmd.Env = append(os.Environ(), "LC_ALL=C", "DEBIAN_FRONTEND=noninteractive")
	out, err := cmd.CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s %s: %w\n%s", name, strings.Join(args, " "), err, tail(string(out)))
	}
	return nil
}

func tail(s string) string {
	if n := 3000; len(s) > n {
		return s[len(s)-n:]
	}
	return s
}

// install installs packages into a new root: it unpacks all, so that their
// programs are there, then lets dpkg install them from within. No service is
// started: policy-rc.d says 101.
func install(root string, debs []string, self string) error {
	if err := mergedUsr(root); err != nil {
		return err
	}
	for _, d := range []string{"var/lib/dpkg/info", "var/lib/dpkg/updates", "debs"} {
		if err := os.MkdirAll(filepath.Join(root, d), 0o755); err != nil {
			return err
		}
	}
	for _, d := range debs {
		if err := unpack(d, root); err != nil {
			return err
		}
		if err := os.Link(d, filepath.Join(root, "debs", filepath.Base(d))); err != nil {
			return err
		}
	}
	for name, text := range map[string]string{"var/lib/dpkg/status": "", "var/lib/dpkg/available": "",
		"usr/sbin/policy-rc.d": "#!/bin/sh\nexit 101\n"} {
		if err := os.WriteFile(filepath.Join(root, name), []byte(text), 0o755); err != nil {
			return err
		}
	}
	cmd := exec.Command(self)
	cmd.Args = []string{installName, root}
	cmd.Env = []string{"PATH=/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root", "LC_ALL=C", "DEBIAN_FRONTEND=noninteractive"}
	cmd.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags: syscall.CLONE_NEWNS | syscall.CLONE_NEWPID | syscall.CLONE_NEWNET | syscall.CLONE_NEWIPC | syscall.CLONE_NEWUTS,
		Pdeathsig:  syscall.SIGKILL,
	}
	out, err := cmd.CombinedOutput()
	if err != nil {
		return fmt.Errorf("the packages could not be installed into %s: %w\n%s", root, err, tail(string(out)))
	}
	return os.RemoveAll(filepath.Join(root, "debs"))
}

// mergedUsr begins a tree in which /bin and the like are in /usr.
func mergedUsr(root string) error {
	for _, d := range []string{"bin", "sbin", "lib", "lib64"} {
		if err := os.MkdirAll(filepath.Join(root, "usr", d), 0o755); err != nil {
			return err
		}
		if err := os.Symlink("usr/"+d, filepath.Join(root, d)); err != nil {
			return err
		}
	}
	return nil
}

func unpack(deb, root string) error {
	from := exec.Command("dpkg-deb", "--fsys-tarfile", deb)
	to := exec.Command("tar", "-C", root, "-x", "--keep-directory-symlink")
	var errs bytes.Buffer
	from.Stderr, to.Stderr = &errs, &errs
	pipe, err := from.StdoutPipe()
	if err != nil {
		return err
	}
	to.Stdin = pipe
	if err := from.Start(); err != nil {
		return err
	}
	if err := errors.Join(to.Run(), from.Wait()); err != nil {
		return fmt.Errorf("unpacking %s: %w\n%s", filepath.Base(deb), err, errs.String())
	}
	return nil
}

// installScript runs in the new root. Users are made by name, so passwd comes
// first; an audit that says anything is a package that is not installed.
const installScript = `set -e
dpkg --force-depends --force-unsafe-io --force-confnew --unpack /debs/*.deb
dpkg --force-unsafe-io --force-depends --configure base-passwd
dpkg --force-unsafe-io --force-confnew --configure -a
audit=$(dpkg --audit)
[ -z "$audit" ] || { echo "$audit"; exit 1; }
rm -f /usr/sbin/policy-rc.d /run/adduser
`

// installInside is PID 1 of the installation's namespaces.
func installInside(args []string) int {
	if err := inRoot(args[0]); err != nil {
		fmt.Println(err)
		return 1
	}
	cmd := exec.Command("/bin/sh", "-c", installScript)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stdout
	if err := cmd.Run(); err != nil {
		fmt.Println(err)
		return 1
	}
	return 0
}

func inRoot(root string) error {
	if err := unix.Mount("", "/", "", unix.MS_REC|unix.MS_PRIVATE, ""); err != nil {
		return err
	}
	for _, d := range []string{"proc", "dev"} {
		if err := os.MkdirAll(filepath.Join(root, d), 0o755); err != nil {
			return err
		}
	}
	if err := unix.Mount("proc", root+"/proc", "proc", 0, ""); err != nil {
		return fmt.Errorf("/proc: %w", err)
	}
	if err := mountDev(root); err != nil {
		return err
	}
	if err := unix.Sethostname([]byte("daemons")); err != nil {
		return err
	}
	if err := unix.Chroot(root); err != nil {
		return err
	}
	return os.Chdir("/")
}
