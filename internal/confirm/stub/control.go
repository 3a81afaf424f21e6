//go:build linux

package main

import (
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// stopLimit is how long a stop that was asked for waits for the daemon's end.
const stopLimit = 3 * time.Second

// control is what a program does that is asked about a daemon, or told to
// stop one (mariadb-admin ping, fail2ban-client stop): ok is false where the
// call is none of these.
func control(exe string, argv []string) (status int, ok bool) {
	if len(argv) < 2 {
		return 0, false
	}
	switch argv[len(argv)-1] {
	case "ping", "status", "--ping":
		if len(running()) == 0 {
			return 1, true
		}
		return 0, true
	case "stop", "shutdown", "quit":
		stopAll()
		return 0, true
	case "reload", "flush-logs":
		return 0, true
	}
	return 0, false
}

// onlyAsks is true for a call that tests the configuration or asks for help.
func onlyAsks(argv []string) bool {
	if len(argv) == 2 && (argv[1] == "-h" || argv[1] == "-v") {
		return true
	}
	for _, a := range argv[1:] {
		switch a {
		case "-?", "-t", "-T", "-V", "--test", "--check", "--version", "--help", "-tq", "-qt", "-tt",
			"configtest", "--validate", "--print-config", "checkconf", "-checkConfig", "--test-config",
			"--verify-config", "--print-defaults", "--configtest", "--config-test", "--check-config", "-Tt":
			return true
		}
	}
	return false
}

// answer is what a program prints where a script cannot go on without it.
func answer(exe string, argv []string) string {
	switch {
	case exe == "/usr/sbin/sshd" && slices.Contains(argv, "-?"):
		return "OpenSSH_9.2\n"
	case strings.HasSuffix(exe, "/ip") && slices.Contains(argv, "addr"), strings.HasSuffix(exe, "/ifconfig"):
		return "1: lo: <LOOPBACK,UP> mtu 65536\n    inet 127.0.0.1/8 scope host lo\n" +
			"2: eth0: <BROADCAST,UP> mtu 1500\n    inet 192.0.2.10/24 scope global eth0\n"
	}
	return ""
}

// running is the pids of the script's daemons.
func running() []int {
	var names []string
	for line := range strings.SplitSeq(readFile(daemonsFile), "\n") {
		if name, _, ok := strings.Cut(line, "\t"); ok {
			names = append(names, name)
		}
	}
	var out []int
	for _, pid := range pids() {
		if pid != syscall.Getpid() && slices.Contains(names, readlink("/proc/"+strconv.Itoa(pid)+"/exe")) {
			out = append(out, pid)
		}
	}
	return out
}

// isRunning is true where the pid file names a live process of this program,
// or where, without a pid file, one runs with the same arguments: a daemon
// then refuses to start again.
func isRunning(exe, pidFile string, argv []string) bool {
	if pidFile == "" {
		for _, pid := range running() {
			if readFile("/proc/"+strconv.Itoa(pid)+"/cmdline") == strings.Join(argv, "\x00")+"\x00" {
				return true
			}
		}
		return false
	}
	pid, err := strconv.Atoi(strings.TrimSpace(readFile(pidFile)))
	return err == nil && pid != syscall.Getpid() && readlink("/proc/"+strconv.Itoa(pid)+"/exe") == exe
}

func stopAll() {
	for _, pid := range running() {
		syscall.Kill(pid, syscall.SIGTERM)
	}
	for begin := time.Now(); len(running()) > 0 && time.Since(begin) < stopLimit; {
		time.Sleep(5 * time.Millisecond)
	}
}

// pids lists /proc.
func pids() []int {
	fd, err := syscall.Open("/proc", syscall.O_RDONLY|syscall.O_DIRECTORY|syscall.O_CLOEXEC, 0)
	if err != nil {
		return nil
	}
	defer syscall.Close(fd)
	var names []string
	buf := make([]byte, 16384)
	for {
		n, err := syscall.ReadDirent(fd, buf)
		if n <= 0 || err != nil {
			break
		}
		_, _, names = syscall.ParseDirent(buf[:n], -1, names)
	}
	var out []int
	for _, n := range names {
		if pid, err := strconv.Atoi(n); err == nil {
			out = append(out, pid)
		}
	}
	return out
}

// notify tells whoever waits by $NOTIFY_SOCKET (start-stop-daemon
// --notify-await) that the daemon is ready.
func notify() {
	path, ok := syscall.Getenv("NOTIFY_SOCKET")
	if !ok {
		return
	}
	s, err := syscall.Socket(syscall.AF_UNIX, syscall.SOCK_DGRAM|syscall.SOCK_CLOEXEC, 0)
	if err != nil {
		return
	}
	syscall.Sendto(s, []byte("READY=1"), 0, &syscall.SockaddrUnix{Name: path})
	syscall.Close(s)
}

// closeFrom closes what the daemon inherited, as most do: a lock that the
// script holds is not held for ever. (What was inherited is in the log.)
func closeFrom(first, except int) {
	for fd := first; fd < 256; fd++ {
		if fd == except || strings.HasPrefix(readlink("/proc/self/fd/"+strconv.Itoa(fd)), "anon_inode:") {
			continue
		}
		syscall.Close(fd)
	}
}
