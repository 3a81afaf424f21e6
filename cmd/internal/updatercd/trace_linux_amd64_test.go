package updatercd_test

import (
	"maps"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"syscall"

	"golang.org/x/sys/unix"
)

// changing are the system calls that can change a file system, or a lock.
func changing() map[uint64]string {
	return map[uint64]string{
		unix.SYS_OPENAT: "openat", unix.SYS_WRITE: "write", unix.SYS_RENAMEAT: "renameat", unix.SYS_RENAMEAT2: "renameat2",
		unix.SYS_RENAME: "rename", unix.SYS_UNLINKAT: "unlinkat", unix.SYS_UNLINK: "unlink", unix.SYS_RMDIR: "rmdir",
		unix.SYS_SYMLINKAT: "symlinkat", unix.SYS_SYMLINK: "symlink", unix.SYS_LINKAT: "linkat", unix.SYS_LINK: "link",
		unix.SYS_MKDIRAT: "mkdirat", unix.SYS_MKDIR: "mkdir", unix.SYS_FTRUNCATE: "ftruncate", unix.SYS_FCHMOD: "fchmod",
		unix.SYS_FCHMODAT: "fchmodat", unix.SYS_PWRITE64: "pwrite64", unix.SYS_FSYNC: "fsync", unix.SYS_EXIT_GROUP: "exit_group",
	}
}

// counts tells whether a stop is one of those at which a call is killed.
func counts(pid int, every bool, names map[uint64]string) (string, bool) {
	var regs unix.PtraceRegs
	if unix.PtraceGetRegs(pid, &regs) != nil {
		return "", false
	}
	name, ok := names[regs.Orig_rax]
	if name == "openat" && regs.R10 == 0 && regs.Rdx&unix.O_CREAT == 0 {
		ok = false
	}
	if name == "" {
		name = strconv.FormatUint(regs.Orig_rax, 10)
	}
	return name, ok || every
}

// trace runs a call in a root and kills it at its n-th stop, before or after a
// system call; an n of 0 lets it end.
func trace(root string, args []string, n int, every bool) (traced, error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	var r traced
	c := exec.Command("/sbin/"+args[0], args[1:]...)
	c.Dir = "/"
	null, err := os.OpenFile("/dev/null", os.O_WRONLY, 0)
	if err != nil {
		return r, err
	}
	defer null.Close()
	c.Stdout, c.Stderr = null, null
	c.Env = []string{"PATH=/sbin:/bin:/usr/bin"}
	c.SysProcAttr = &syscall.SysProcAttr{Chroot: root, Ptrace: true}
	if err := c.Start(); err != nil {
		return r, err
	}
	main := c.Process.Pid
	defer c.Process.Release()
	var ws unix.WaitStatus
	if _, err := unix.Wait4(main, &ws, unix.WALL, nil); err != nil {
		return r, err
	}
	if err := unix.PtraceSetOptions(main, unix.PTRACE_O_TRACESYSGOOD|unix.PTRACE_O_TRACECLONE|unix.PTRACE_O_EXITKILL); err != nil {
		return r, err
	}
	if err := unix.PtraceSyscall(main, 0); err != nil {
		return r, err
	}
	names := maps.Clone(changing())
	for {
		pid, err := unix.Wait4(-1, &ws, unix.WALL, nil)
		if err != nil {
			return r, err
		}
		if ws.Exited() || ws.Signaled() {
			if pid == main {
				return r, nil
			}
			continue
		}
		deliver := 0
		switch sig := ws.StopSignal(); {
		case sig == unix.SIGTRAP|0x80:
			if name, ok := counts(pid, every, names); ok {
				if r.stops++; r.stops == n {
					r.at = name
					unix.Kill(main, unix.SIGKILL)
				}
			}
		case sig == unix.SIGTRAP, sig == unix.SIGSTOP:
		default:
			deliver = int(sig)
		}
		unix.PtraceSyscall(pid, deliver)
	}
}
