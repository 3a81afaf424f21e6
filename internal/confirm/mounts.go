//go:build linux

package confirm

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

// enter makes the sandbox's root and goes there. The calling process is PID 1
// of new namespaces.
func enter(p *Plan) error {
	if err := unix.Mount("", "/", "", unix.MS_REC|unix.MS_PRIVATE, ""); err != nil {
		return fmt.Errorf("private mounts: %w", err)
	}
	if err := unix.Mount("sandbox", p.Mount, "tmpfs", 0, "mode=755"); err != nil {
		return fmt.Errorf("tmpfs: %w", err)
	}
	dir := func(name string) string { return filepath.Join(p.Mount, name) }
	root := dir("root")
	if err := os.Mkdir(root, 0o755); err != nil {
		return err
	}
	if err := unix.Mount("root", root, "tmpfs", 0, "mode=755"); err != nil {
		return fmt.Errorf("root: %w", err)
	}
	for _, d := range []string{"upper", "work", "confirm", "root/run", "root/dev", "root/proc", "root/sys", "root/.confirm"} {
		if err := os.Mkdir(dir(d), 0o755); err != nil {
			return err
		}
	}
	if err := makeRoot(p, root, dir("upper"), dir("work")); err != nil {
		return err
	}
	if err := mountTools(p, dir("confirm"), root); err != nil {
		return err
	}
	// The changed files are read from upper, which must be in reach after the
	// old root has gone.
	if err := os.Mkdir(dir("confirm")+"/upper", 0o700); err != nil {
		return err
	}
	if err := unix.Mount(dir("upper"), root+"/.confirm/upper", "", unix.MS_BIND, ""); err != nil {
		return fmt.Errorf("upper: %w", err)
	}
	if err := mountKernel(root); err != nil {
		return err
	}
	if err := os.Mkdir(filepath.Join(root, "run/old"), 0o700); err != nil {
		return err
	}
	if err := unix.PivotRoot(root, filepath.Join(root, "run/old")); err != nil {
		return fmt.Errorf("pivot_root: %w", err)
	}
	if err := os.Chdir("/"); err != nil {
		return err
	}
	if err := unix.Unmount("/run/old", unix.MNT_DETACH); err != nil {
		return fmt.Errorf("old root: %w", err)
	}
	if err := os.Remove("/run/old"); err != nil {
		return err
	}
	return furnish(p)
}

// layered are the directories of the machine that a sandbox sees, under the
// package's. Each is an overlay of its own: one of / could not have the trees
// as layers, which lie under / themselves.
var layered = []string{"usr", "etc", "var"}

// makeRoot makes the root: layered directories, and empty ones for the rest.
func makeRoot(p *Plan, root, upper, work string) error {
	for _, d := range layered {
		at := filepath.Join(root, d)
		var lower []string
		for _, l := range p.Lower {
			lower = append(lower, filepath.Join(l, d))
		}
		for _, made := range []string{at, filepath.Join(upper, d), filepath.Join(work, d)} {
			if err := os.Mkdir(made, 0o755); err != nil {
				return err
			}
		}
		options := fmt.Sprintf("lowerdir=%s,upperdir=%s,workdir=%s", strings.Join(lower, ":"), filepath.Join(upper, d), filepath.Join(work, d))
		if err := unix.Mount("overlay", at, "overlay", 0, options); err != nil {
			return fmt.Errorf("overlay on /%s: %w", d, err)
		}
	}
	for _, d := range []string{"bin", "sbin", "lib", "lib32", "lib64"} {
		if !exists(filepath.Join(root, "usr", d)) {
			continue
		}
		if err := os.Symlink("usr/"+d, filepath.Join(root, d)); err != nil {
			return err
		}
	}
	for _, d := range []string{"boot", "home", "media", "mnt", "opt", "root", "srv", "tmp"} {
		if err := os.Mkdir(filepath.Join(root, d), 0o755); err != nil {
			return err
		}
	}
	return os.Chmod(filepath.Join(root, "tmp"), 0o777|os.ModeSticky)
}

func mountTools(p *Plan, dir, root string) error {
	// In order: `mount` and umountfs list them.
	for _, name := range slices.Sorted(maps.Keys(p.Tools)) {
		from := p.Tools[name]
		to := filepath.Join(dir, name)
		if err := os.WriteFile(to, nil, 0o755); err != nil {
			return err
		}
		if err := unix.Mount(from, to, "", unix.MS_BIND, ""); err != nil {
			return fmt.Errorf("%s: %w", from, err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "daemons"), []byte(strings.Join(p.Daemon, "\n")+"\n"), 0o644); err != nil {
		return err
	}
	calls := filepath.Join(dir, "calls")
	if err := os.WriteFile(calls, nil, 0o666); err != nil {
		return err
	}
	if err := os.Chmod(calls, 0o666); err != nil {
		return err
	}
	if err := unix.Mount(dir, root+"/.confirm", "", unix.MS_BIND|unix.MS_REC, ""); err != nil {
		return fmt.Errorf("tools: %w", err)
	}
	return nil
}

// mountKernel mounts /proc, /sys, /dev and /run. What belongs to the machine
// and not to the sandbox is read-only.
func mountKernel(root string) error {
	if err := unix.Mount("run", root+"/run", "tmpfs", unix.MS_NOSUID|unix.MS_NODEV, "mode=755"); err != nil {
		return fmt.Errorf("/run: %w", err)
	}
	if err := unix.Mount("proc", root+"/proc", "proc", 0, ""); err != nil {
		return fmt.Errorf("/proc: %w", err)
	}
	if err := os.WriteFile(root+"/proc/sys/kernel/ns_last_pid", []byte(strconv.Itoa(firstPid)), 0o644); err != nil {
		return err
	}
	for _, part := range []string{"/proc/sys", "/proc/sysrq-trigger", "/proc/irq", "/proc/bus"} {
		at := root + part
		if !exists(at) {
			continue
		}
		if err := unix.Mount(at, at, "", unix.MS_BIND, ""); err != nil {
			return fmt.Errorf("%s: %w", part, err)
		}
		if err := unix.Mount("", at, "", unix.MS_BIND|unix.MS_REMOUNT|unix.MS_RDONLY, ""); err != nil {
			return fmt.Errorf("%s read-only: %w", part, err)
		}
	}
	if err := unix.Mount("sysfs", root+"/sys", "sysfs", unix.MS_RDONLY, ""); err != nil {
		return fmt.Errorf("/sys: %w", err)
	}
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
	// The console swallows what is written to it, as /dev/null does.
	if err := unix.Mknod(root+"/dev/console", unix.S_IFCHR|0o600, int(unix.Mkdev(1, 3))); err != nil {
		return err
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

// furnish makes the directories that a booted system has in /run, and those
// that the package's tmpfiles.d names.
func furnish(p *Plan) error {
	dirs := append([]Dir{
		{Path: "/run/lock", Mode: 0o1777}, {Path: "/run/shm", Mode: 0o1777}, {Path: "/run/user", Mode: 0o755},
		{Path: "/run/sendsigs.omit.d", Mode: 0o755}, {Path: "/run/network", Mode: 0o755}, {Path: "/run/mount", Mode: 0o755},
	}, p.Dirs...)
	for _, d := range dirs {
		if err := os.MkdirAll(d.Path, 0o755); err != nil {
			return err
		}
		if err := unix.Chmod(d.Path, d.Mode); err != nil {
			return err
		}
		uid, gid := 0, 0
		if u, err := user.Lookup(d.Owner); err == nil {
			uid, _ = strconv.Atoi(u.Uid)
		}
		if g, err := user.LookupGroup(d.Group); err == nil {
			gid, _ = strconv.Atoi(g.Gid)
		}
		if err := os.Chown(d.Path, uid, gid); err != nil {
			return err
		}
	}
	if err := os.WriteFile("/run/utmp", nil, 0o664); err != nil {
		return err
	}
	if err := unix.Sethostname([]byte("confirm")); err != nil {
		return err
	}
	return loopbackUp()
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
