//go:build linux

package confirm

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// process is one entry of the sandbox's process table.
type process struct {
	pid, ppid, pgrp, session int
	state                    byte
	comm                     string
	argv                     []string
	nice                     string
	exe, cwd                 string
	umask, uid, gid, ignored string
	groups                   string
	fds                      []string
}

// processes reads /proc, but for PID 1.
func processes() []process {
	entries, err := os.ReadDir("/proc")
	if err != nil {
		return nil
	}
	var out []process
	for _, e := range entries {
		pid, err := strconv.Atoi(e.Name())
		if err != nil || pid == 1 {
			continue
		}
		if p, ok := readProcess(pid); ok {
			out = append(out, p)
		}
	}
	return out
}

func readProcess(pid int) (process, bool) {
	dir := "/proc/" + strconv.Itoa(pid)
	text, err := os.ReadFile(dir + "/stat")
	if err != nil {
		return process{}, false
	}
	stat := string(text)
	open, close := strings.IndexByte(stat, '('), strings.LastIndexByte(stat, ')')
	if open < 0 || close < open {
		return process{}, false
	}
	f := strings.Fields(stat[close+1:])
	if len(f) < 17 {
		return process{}, false
	}
	p := process{pid: pid, comm: stat[open+1 : close], state: f[0][0], nice: f[16]}
	p.ppid, _ = strconv.Atoi(f[1])
	p.pgrp, _ = strconv.Atoi(f[2])
	p.session, _ = strconv.Atoi(f[3])
	cmdline, _ := os.ReadFile(dir + "/cmdline")
	if len(cmdline) > 0 {
		p.argv = strings.Split(strings.TrimSuffix(string(cmdline), "\x00"), "\x00")
	}
	p.exe, _ = os.Readlink(dir + "/exe")
	p.cwd, _ = os.Readlink(dir + "/cwd")
	status, _ := os.ReadFile(dir + "/status")
	for line := range strings.Lines(string(status)) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ":")
		value = strings.Join(strings.Fields(value), ",")
		switch key {
		case "Umask":
			p.umask = value
		case "Uid":
			p.uid = value
		case "Gid":
			p.gid = value
		case "Groups":
			p.groups = value
		case "SigIgn":
			p.ignored = value
		}
	}
	p.fds = readDescriptors(dir)
	return p, true
}

func readDescriptors(dir string) []string {
	entries, err := os.ReadDir(dir + "/fd")
	if err != nil {
		return nil
	}
	var out []string
	for _, e := range entries {
		to, err := os.Readlink(filepath.Join(dir, "fd", e.Name()))
		if err != nil || strings.HasPrefix(to, "anon_inode:") {
			continue // Go's own, in a stub
		}
		if kind, _, ok := strings.Cut(to, ":["); ok {
			to = kind
		}
		out = append(out, e.Name()+":"+to)
	}
	slices.Sort(out)
	return out
}

const (
	settleStep  = 5 * time.Millisecond
	settleSame  = 3                      // this many equal readings are a settled table
	settleLimit = 700 * time.Millisecond // a table that never settles is read anyway
)

// settled waits until no process starts, ends or is busy, and returns the
// table: a daemon that has just been forked needs a moment.
func settled() []process {
	var last string
	same := 0
	for begin := time.Now(); ; {
		table := processes()
		var key strings.Builder
		busy := false
		for _, p := range table {
			fmt.Fprintf(&key, "%d %s %q %s;", p.pid, p.comm, p.argv, p.fds)
			busy = busy || p.state == 'R' || p.state == 'D' || p.state == 'Z'
		}
		if key.String() == last && !busy {
			same++
		} else {
			same = 0
		}
		last = key.String()
		if same >= settleSame || len(table) == 0 && same > 0 || time.Since(begin) > settleLimit {
			return table
		}
		time.Sleep(settleStep)
	}
}

// describe turns the table into sorted lines without pids: each process, what
// it inherited, and whose child, session and group it is in.
func describe(table []process, n *normaliser) []string {
	var out []string
	for _, p := range table {
		shell := n.isShell(p.exe)
		argv := n.argv(p)
		if shell {
			// dash keeps its script open; that is no part of the script.
			p.fds = slices.DeleteFunc(p.fds, func(fd string) bool { return strings.Contains(fd, ":/etc/init.d/") })
		}
		line := fmt.Sprintf("%q parent=%s session=%s group=%s uid=%s gid=%s groups=%s umask=%s nice=%s cwd=%s fds=%s",
			argv, n.relation(p, p.ppid), n.relation(p, p.session), n.relation(p, p.pgrp), p.uid, p.gid, p.groups,
			p.umask, p.nice, p.cwd, strings.Join(p.fds, ","))
		if p.state == 'Z' || p.state == 'T' {
			line += " state=" + string(p.state)
		}
		if !shell && !isStub(p.exe) {
			line += " ignores=" + p.ignored
		}
		out = append(out, n.text(line))
	}
	slices.Sort(out)
	return out
}
