//go:build linux

// Command stub stands in a sandbox for every program of a package. It logs how
// it was called to /.confirm/calls; if /.confirm/daemons names it, it then
// behaves as daemons do: forks, starts a session, writes its pid file, closes
// its terminal and stays until SIGTERM, ignoring SIGHUP and its like.
//
// It is started as the ELF interpreter of a tiny file with the program's name
// (see ../elf.go), so each program is a file of its own, with its own inode,
// at the cost of 4 kB.
package main

import (
	"os/signal"
	"strconv"
	"strings"
	"syscall"
)

const (
	callsFile   = "/.confirm/calls"
	daemonsFile = "/.confirm/daemons"
	// readyVar tells the forked daemon which descriptor its parent waits on.
	readyVar = "_CONFIRM_READY"
)

func main() {
	exe := readlink("/proc/self/exe")
	argv := strings.Split(strings.TrimSuffix(readFile("/proc/self/cmdline"), "\x00"), "\x00")
	if fd, ok := syscall.Getenv(readyVar); ok {
		n, _ := strconv.Atoi(fd)
		stay(exe, argv, n, true)
	}
	logCall(exe, argv)
	pidFile, known := daemonLine(exe)
	if status, ok := control(exe, argv); ok {
		syscall.Exit(status)
	}
	if text := answer(exe, argv); text != "" {
		syscall.Write(1, []byte(text))
	}
	if !known || onlyAsks(argv) {
		syscall.Exit(0)
	}
	if p := pidOption(argv); p != "" {
		pidFile = p
	} else if detached() {
		// start-stop-daemon --background writes the pid file itself, if any.
		pidFile = ""
	}
	if _, awaited := syscall.Getenv("NOTIFY_SOCKET"); !awaited && isRunning(exe, pidFile, argv) {
		syscall.Exit(1)
	}
	if detached() || toldToStay(argv) {
		stay(pidFile, argv, -1, false)
	}
	daemonise(exe, argv)
}

// detached is true where start-stop-daemon --background (or setsid) started
// the program: it has nothing left to detach from. A sandbox's scripts are all
// in the session of PID 1.
func detached() bool {
	sid, _, _ := syscall.RawSyscall(syscall.SYS_GETSID, 0, 0, 0)
	return sid != 1
}

// daemonise starts the program again in a session of its own, and ends when
// that one is ready, as daemons that report their start-up do.
func daemonise(exe string, argv []string) {
	var p [2]int
	if syscall.Pipe(p[:]) != nil {
		syscall.Exit(70)
	}
	syscall.CloseOnExec(p[0])
	env := append(syscall.Environ(), readyVar+"="+strconv.Itoa(p[1]))
	null, err := syscall.Open("/dev/null", syscall.O_RDWR|syscall.O_CLOEXEC, 0)
	if err != nil {
		syscall.Exit(71)
	}
	attr := &syscall.ProcAttr{
		Dir: "/", Env: env, Files: []uintptr{uintptr(null), uintptr(null), uintptr(null)},
		Sys: &syscall.SysProcAttr{Setsid: true},
	}
	if _, err := syscall.ForkExec(exe, argv, attr); err != nil {
		syscall.Exit(72)
	}
	syscall.Close(p[1])
	var b [1]byte
	syscall.Read(p[0], b[:])
	syscall.Exit(0)
}

// stay is a daemon's life. When forked is true, exe is the program's path and
// the pid file is looked up again; else it is the pid file itself.
func stay(exe string, argv []string, ready int, forked bool) {
	pidFile := exe
	if forked {
		pidFile, _ = daemonLine(exe)
		if p := pidOption(argv); p != "" {
			pidFile = p
		}
	}
	if forked {
		closeFrom(3, ready)
	}
	signal.Ignore(syscall.SIGHUP, syscall.SIGUSR1, syscall.SIGUSR2, syscall.SIGWINCH)
	stop := make(chan stopSignal, 1)
	signal.Notify(stop, syscall.SIGTERM, syscall.SIGINT, syscall.SIGQUIT)
	if pidFile != "" {
		fd, err := syscall.Open(pidFile, syscall.O_WRONLY|syscall.O_CREAT|syscall.O_TRUNC|syscall.O_CLOEXEC, 0o644)
		if err == nil {
			syscall.Write(fd, []byte(strconv.Itoa(syscall.Getpid())+"\n"))
			syscall.Close(fd)
		}
	}
	notify()
	if ready >= 0 {
		syscall.Close(ready) // which the parent waits for
	}
	<-stop
	if pidFile != "" {
		syscall.Unlink(pidFile)
	}
	syscall.Exit(0)
}

// toldToStay is true for a call that keeps the daemon in the foreground. Short
// options mean too many things (-f, -D, -n) to be read here.
func toldToStay(argv []string) bool {
	for _, a := range argv[1:] {
		switch a {
		case "--foreground", "-foreground", "--no-daemon", "--nodaemon", "--nofork", "--no-fork", "--no-detach":
			return true
		}
	}
	return false
}

// pidOption is the pid file that the command line names, or "".
func pidOption(argv []string) string {
	for i, a := range argv {
		if i == 0 {
			continue
		}
		if name, value, ok := strings.Cut(a, "="); ok && strings.HasPrefix(value, "/") {
			switch strings.TrimLeft(name, "-") {
			case "pidfile", "pid-file", "pid", "pid_file", "writepid":
				return value
			}
		}
		if i+1 < len(argv) && strings.HasPrefix(argv[i+1], "/") {
			switch a {
			case "-p", "-P", "--pidfile", "--pid-file", "--pid", "-pidfile", "--pid_file", "--writepid":
				return argv[i+1]
			}
		}
	}
	return ""
}

// daemonLine looks a program up among the script's daemons: its configured pid
// file (which may be empty), and whether it is one.
func daemonLine(exe string) (pidFile string, ok bool) {
	for line := range strings.SplitSeq(readFile(daemonsFile), "\n") {
		name, pid, found := strings.Cut(line, "\t")
		if found && name == exe {
			return pid, true
		}
	}
	return "", false
}
