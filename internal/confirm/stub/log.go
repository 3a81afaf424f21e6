//go:build linux

package main

import (
	"os"
	"slices"
	"strconv"
	"strings"
	"syscall"
)

// stopSignal is what os/signal delivers.
type stopSignal = os.Signal

// logCall appends one line about this call: the program, its arguments, and
// what it inherited: directory, umask, user, descriptors, ignored and blocked
// signals, nice value, limits and environment. (Go's own start raises the soft
// limit of open files and takes over most ignored signals: those are not told.)
func logCall(exe string, argv []string) {
	var b strings.Builder
	b.WriteString(exe)
	for i, a := range argv {
		if i == 0 && a == exe {
			continue
		}
		b.WriteByte(' ')
		b.WriteString(strconv.Quote(a))
	}
	cwd := readlink("/proc/self/cwd")
	status := readFile("/proc/self/status")
	b.WriteString("\tcwd=" + cwd)
	for _, key := range []string{"Umask", "Uid", "Gid", "Groups", "SigBlk"} {
		b.WriteString(" " + key + "=" + strings.Join(strings.Fields(field(status, key)), ","))
	}
	ignored, _ := strconv.ParseUint(strings.TrimSpace(field(status, "SigIgn")), 16, 64)
	b.WriteString(" ignores=" + strconv.FormatUint(ignored&3, 16))
	nice, _, _ := syscall.RawSyscall(syscall.SYS_GETPRIORITY, 0, 0, 0)
	b.WriteString(" nice=" + strconv.Itoa(20-int(nice)))
	b.WriteString("\tfds=" + descriptors())
	b.WriteString("\tlimits=" + limits())
	env := syscall.Environ()
	slices.Sort(env)
	b.WriteString("\tenv=")
	for _, e := range env {
		b.WriteString(strconv.Quote(e) + " ")
	}
	b.WriteByte('\n')
	fd, err := syscall.Open(callsFile, syscall.O_WRONLY|syscall.O_APPEND|syscall.O_CLOEXEC, 0)
	if err != nil {
		return
	}
	syscall.Write(fd, []byte(b.String()))
	syscall.Close(fd)
}

// descriptors lists the open descriptors and what they are.
func descriptors() string {
	var out []string
	for fd := range 64 {
		to := readlink("/proc/self/fd/" + strconv.Itoa(fd))
		if to == "" || strings.HasPrefix(to, "anon_inode:[event") {
			continue
		}
		if kind, _, ok := strings.Cut(to, ":["); ok {
			to = kind
		}
		out = append(out, strconv.Itoa(fd)+":"+to)
	}
	return strings.Join(out, ",")
}

// limits lists the resource limits that `ulimit` sets, but for the soft limit
// of open files.
func limits() string {
	var out []string
	for line := range strings.SplitSeq(readFile("/proc/self/limits"), "\n") {
		for _, name := range []string{"Max core file size", "Max open files", "Max locked memory", "Max processes", "Max stack size", "Max address space", "Max data size"} {
			rest, ok := strings.CutPrefix(line, name)
			f := strings.Fields(rest)
			if !ok || len(f) < 2 {
				continue
			}
			if name == "Max open files" {
				f[0] = "-"
			}
			out = append(out, f[0]+"/"+f[1])
		}
	}
	return strings.Join(out, ",")
}

// field is the value of one line of /proc/PID/status.
func field(status, key string) string {
	for line := range strings.SplitSeq(status, "\n") {
		if v, ok := strings.CutPrefix(line, key+":"); ok {
			return v
		}
	}
	return ""
}

func readlink(path string) string {
	buf := make([]byte, 4096)
	n, err := syscall.Readlink(path, buf)
	if err != nil {
		return ""
	}
	return string(buf[:n])
}

func readFile(path string) string {
	fd, err := syscall.Open(path, syscall.O_RDONLY|syscall.O_CLOEXEC, 0)
	if err != nil {
		return ""
	}
	defer syscall.Close(fd)
	var out []byte
	buf := make([]byte, 8192)
	for {
		n, err := syscall.Read(fd, buf)
		if n <= 0 || err != nil {
			return string(out)
		}
		out = append(out, buf[:n]...)
	}
}
