//go:build linux

package daemons

import (
	"fmt"
	"maps"
	"os"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unsafe"

	"golang.org/x/sys/unix"
)

// firstPid is where pids of a sandbox's steps begin: a number from here to
// the last pid given out is a pid wherever it is printed.
const firstPid = 23000

// layers are paths by which the overlay's layers can still be read.
type layers struct {
	upper string
	lower []string
}

// enter makes the sandbox's root and goes there.
func enter(p *Plan) (l layers, err error) {
	if err := unix.Mount("", "/", "", unix.MS_REC|unix.MS_PRIVATE, ""); err != nil {
		return l, fmt.Errorf("private mounts: %w", err)
	}
	if err := unix.Mount("sandbox", p.Mount, "tmpfs", 0, "mode=755"); err != nil {
		return l, fmt.Errorf("tmpfs: %w", err)
	}
	dir := func(name string) string { return filepath.Join(p.Mount, name) }
	for _, d := range []string{"root", "upper", "work"} {
		if err := os.Mkdir(dir(d), 0o755); err != nil {
			return l, err
		}
	}
	root := dir("root")
	options := fmt.Sprintf("lowerdir=%s,upperdir=%s,workdir=%s", strings.Join(p.Lower, ":"), dir("upper"), dir("work"))
	if err := unix.Mount("overlay", root, "overlay", 0, options); err != nil {
		return l, fmt.Errorf("overlay: %w", err)
	}
	keep := func(path string) (string, error) {
		fd, err := unix.Open(path, unix.O_RDONLY|unix.O_DIRECTORY|unix.O_CLOEXEC, 0)
		return fmt.Sprintf("/proc/self/fd/%d/", fd), err
	}
	if l.upper, err = keep(dir("upper")); err != nil {
		return l, fmt.Errorf("upper: %w", err)
	}
	for _, lower := range p.Lower {
		at, err := keep(lower)
		if err != nil {
			return l, fmt.Errorf("lower: %w", err)
		}
		l.lower = append(l.lower, at)
	}
	for _, d := range []string{"proc", "dev", "run", "tmp"} {
		if err := os.MkdirAll(filepath.Join(root, d), 0o755); err != nil {
			return l, err
		}
	}
	if err := mountKernel(root); err != nil {
		return l, err
	}
	if err := unix.Mount("run", root+"/run", "tmpfs", unix.MS_NOSUID|unix.MS_NODEV, "mode=755"); err != nil {
		return l, fmt.Errorf("/run: %w", err)
	}
	if err := os.Chdir(root); err != nil {
		return l, err
	}
	// The old root is put under the new one, and taken away from there.
	if err := unix.PivotRoot(".", "."); err != nil {
		return l, fmt.Errorf("pivot_root: %w", err)
	}
	if err := unix.Unmount(".", unix.MNT_DETACH); err != nil {
		return l, fmt.Errorf("old root: %w", err)
	}
	if err := os.Chdir("/"); err != nil {
		return l, err
	}
	return l, furnish(p)
}

// mountKernel mounts /proc and /dev. What belongs to the machine and not to
// the sandbox is read-only.
func mountKernel(root string) error {
	if err := unix.Mount("proc", root+"/proc", "proc", 0, ""); err != nil {
		return fmt.Errorf("/proc: %w", err)
	}
	if err := os.WriteFile(root+"/proc/sys/kernel/ns_last_pid", []byte(strconv.Itoa(firstPid)), 0o644); err != nil {
		return err
	}
	for _, part := range []string{"/proc/sys", "/proc/sysrq-trigger"} {
		at := root + part
		if _, err := os.Stat(at); err != nil {
			continue // this kernel has none
		}
		if err := unix.Mount(at, at, "", unix.MS_BIND, ""); err != nil {
			return fmt.Errorf("%s: %w", part, err)
		}
		if err := unix.Mount("", at, "", unix.MS_BIND|unix.MS_REMOUNT|unix.MS_RDONLY, ""); err != nil {
			return fmt.Errorf("%s read-only: %w", part, err)
		}
	}
	return mountDev(root)
}

func mountDev(root string) error {
	if err := unix.Mount("dev", root+"/dev", "tmpfs", unix.MS_NOSUID, "mode=755"); err != nil {
		return fmt.Errorf("/dev: %w", err)
	}
	for _, d := range []struct {
		name         string
		major, minor uint32
	}{{"null", 1, 3}, {"zero", 1, 5}, {"full", 1, 7}, {"random", 1, 8}, {"urandom", 1, 9}, {"tty", 5, 0}} {
		at := root + "/dev/" + d.name
		if err := unix.Mknod(at, unix.S_IFCHR|0o666, int(unix.Mkdev(d.major, d.minor))); err != nil {
			return fmt.Errorf("%s: %w", at, err)
		}
		if err := os.Chmod(at, 0o666); err != nil {
			return err
		}
	}
	for _, l := range [][2]string{{"/proc/self/fd", "fd"}, {"/proc/self/fd/0", "stdin"}, {"/proc/self/fd/1", "stdout"}, {"/proc/self/fd/2", "stderr"}} {
		if err := os.Symlink(l[0], root+"/dev/"+l[1]); err != nil {
			return err
		}
	}
	for _, d := range []string{"shm", "pts"} {
		if err := os.Mkdir(root+"/dev/"+d, 0o1777); err != nil {
			return err
		}
	}
	return nil
}

// furnish does what a booted system has done before its services are started:
// directories of tmpfiles.d, a host name, the loopback.
func furnish(p *Plan) error {
	if err := os.Mkdir("/run/lock", 0o755); err != nil {
		return err
	}
	if err := os.Chmod("/run/lock", 0o777|os.ModeSticky); err != nil {
		return err
	}
	if err := os.WriteFile("/run/utmp", nil, 0o664); err != nil {
		return err
	}
	if err := tmpfiles(); err != nil {
		return err
	}
	// In one order, as it is that in which a program finds them in a directory.
	for _, name := range slices.Sorted(maps.Keys(p.Files)) {
		text := p.Files[name]
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return err
		}
		mode := os.FileMode(0o644)
		if strings.HasPrefix(text, "#!") {
			mode = 0o755
		}
		if err := os.WriteFile(name, []byte(text), mode); err != nil {
			return err
		}
	}
	if err := unix.Sethostname([]byte("daemons")); err != nil {
		return err
	}
	return loopbackUp()
}

// tmpfiles makes the directories that the packages' tmpfiles.d asks for.
func tmpfiles() error {
	confs, _ := filepath.Glob("/usr/lib/tmpfiles.d/*.conf")
	for _, conf := range confs {
		text, err := os.ReadFile(conf)
		if err != nil {
			return err
		}
		for line := range strings.Lines(string(text)) {
			f := strings.Fields(line)
			if len(f) < 3 || strings.TrimRight(f[0], "!-") != "d" {
				continue
			}
			if err := makeDir(f[1], append(f[2:], "-", "-", "-")); err != nil {
				return err
			}
		}
	}
	return nil
}

// makeDir makes one: with the mode, the user and the group that are given, each
// "-" for the usual one.
func makeDir(path string, how []string) error {
	if err := os.MkdirAll(path, 0o755); err != nil {
		return err
	}
	mode, err := strconv.ParseUint(how[0], 8, 32)
	if err != nil {
		mode = 0o755
	}
	uid, gid := 0, 0
	if u, err := user.Lookup(how[1]); err == nil {
		uid, _ = strconv.Atoi(u.Uid)
	}
	if g, err := user.LookupGroup(how[2]); err == nil {
		gid, _ = strconv.Atoi(g.Gid)
	}
	if err := os.Chown(path, uid, gid); err != nil {
		return err
	}
	return unix.Chmod(path, uint32(mode))
}

// loopbackUp is `ip link set lo up`.
func loopbackUp() error {
	s, err := unix.Socket(unix.AF_INET, unix.SOCK_DGRAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return err
	}
	defer unix.Close(s)
	var req struct {
		name  [unix.IFNAMSIZ]byte
		flags uint16
		_     [22]byte
	}
	copy(req.name[:], "lo")
	req.flags = unix.IFF_UP | unix.IFF_RUNNING
	if _, _, e := unix.Syscall(unix.SYS_IOCTL, uintptr(s), unix.SIOCSIFFLAGS, uintptr(unsafe.Pointer(&req))); e != 0 {
		return fmt.Errorf("lo: %w", e)
	}
	return nil
}

// dropCapabilities takes from all that is started what would reach out of the
// sandbox: the clock, modules, raw devices, mounts.
func dropCapabilities() error {
	for _, c := range []uintptr{unix.CAP_SYS_TIME, unix.CAP_SYS_MODULE, unix.CAP_SYS_BOOT, unix.CAP_SYS_RAWIO, unix.CAP_SYS_ADMIN,
		unix.CAP_SYSLOG, unix.CAP_MAC_ADMIN, unix.CAP_MAC_OVERRIDE, unix.CAP_AUDIT_CONTROL, unix.CAP_WAKE_ALARM, unix.CAP_MKNOD} {
		if err := unix.Prctl(unix.PR_CAPBSET_DROP, c, 0, 0, 0); err != nil {
			return fmt.Errorf("drop capability %d: %w", c, err)
		}
	}
	return nil
}
