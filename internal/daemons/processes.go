//go:build linux

package daemons

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// process is one entry of the sandbox's process table.
type process struct {
	pid, ppid, pgrp, session int
	state                    byte
	comm, nice               string
	argv                     []string
	exe, cwd                 string
	status                   map[string]string // of /proc/PID/status
	limits                   string
	environ                  []string
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
	open, end := strings.IndexByte(stat, '('), strings.LastIndexByte(stat, ')')
	if open < 0 || end < open {
		return process{}, false
	}
	f := strings.Fields(stat[end+1:])
	if len(f) < 17 {
		return process{}, false
	}
	p := process{pid: pid, comm: stat[open+1 : end], state: f[0][0], nice: f[16], status: map[string]string{}}
	p.ppid, _ = strconv.Atoi(f[1])
	p.pgrp, _ = strconv.Atoi(f[2])
	p.session, _ = strconv.Atoi(f[3])
	p.argv = zeroEnded(dir + "/cmdline")
	p.environ = zeroEnded(dir + "/environ")
	slices.Sort(p.environ)
	p.exe, _ = os.Readlink(dir + "/exe")
	p.cwd, _ = os.Readlink(dir + "/cwd")
	status, _ := os.ReadFile(dir + "/status")
	for line := range strings.Lines(string(status)) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ":")
		switch key {
		case "Umask", "Uid", "Gid", "Groups", "SigIgn", "SigBlk", "CapEff":
			p.status[key] = strings.Join(strings.Fields(value), ",")
		}
	}
	p.limits = readLimits(dir)
	p.fds = readDescriptors(dir)
	return p, true
}

func zeroEnded(file string) []string {
	text, _ := os.ReadFile(file)
	if len(text) == 0 {
		return nil
	}
	return strings.Split(strings.TrimRight(string(text), "\x00"), "\x00")
}

// readLimits reads the soft and the hard ones, in the kernel's order.
func readLimits(dir string) string {
	text, _ := os.ReadFile(dir + "/limits")
	var out []string
	for line := range strings.Lines(string(text)) {
		if len(line) < 64 || strings.HasPrefix(line, "Limit ") {
			continue
		}
		if f := strings.Fields(line[26:]); len(f) > 1 {
			out = append(out, strings.ReplaceAll(f[0]+"/"+f[1], "unlimited", "-"))
		}
	}
	return strings.Join(out, ",")
}

func readDescriptors(dir string) []string {
	entries, err := os.ReadDir(dir + "/fd")
	if err != nil {
		return nil
	}
	var out []string
	for _, e := range entries {
		if to, err := os.Readlink(filepath.Join(dir, "fd", e.Name())); err == nil {
			out = append(out, e.Name()+":"+to)
		}
	}
	slices.Sort(out)
	return out
}

// normaliser replaces what differs between two equal runs: pids, by the name
// of the process, inodes, and the shell's own command line, by <SHELL>.
type normaliser struct {
	names  map[int]string
	pipes  map[string]string
	shells []string // programs that run scripts
	last   int
}

func (s *sandbox) normaliser() *normaliser {
	n := &normaliser{names: map[int]string{}, pipes: map[string]string{s.out[0].inode: "<STDOUT>", s.out[1].inode: "<STDERR>"}}
	for name, pid := range s.started {
		n.names[pid] = "script " + name
	}
	for _, shell := range []string{"/bin/sh", inSandbox, bareSysv} {
		if to, err := filepath.EvalSymlinks(shell); err == nil {
			n.shells = append(n.shells, to)
		}
	}
	return n
}

// learn takes the names of the processes that there are.
func (n *normaliser) learn(table []process) {
	for _, p := range table {
		switch {
		case n.names[p.pid] != "":
		case slices.Contains(n.shells, p.exe) && !isUtility(p.argv):
			n.names[p.pid] = "SHELL"
		default:
			n.names[p.pid] = p.comm
		}
	}
	text, err := os.ReadFile("/proc/sys/kernel/ns_last_pid")
	if err == nil {
		n.last, _ = strconv.Atoi(strings.TrimSpace(string(text)))
	}
}

var (
	number = regexp.MustCompile(`[0-9]+`)
	// date is how `date` and many logs write the time.
	date = regexp.MustCompile(`(Mon|Tue|Wed|Thu|Fri|Sat|Sun),? .{3,6} +\d{1,2}:\d\d:\d\d( [AP]M)?( [A-Z]{3,4})?( \d{4})?|\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d`)
)

// text replaces times, and each number that is a pid of this sandbox.
func (n *normaliser) text(s string) string {
	if strings.Contains(s, ":") {
		s = date.ReplaceAllString(s, "<DATE>")
	}
	return number.ReplaceAllStringFunc(s, func(digits string) string {
		pid, err := strconv.Atoi(digits)
		if err != nil || len(digits) != 5 || pid < firstPid || pid > n.last {
			return digits
		}
		return n.pid(pid)
	})
}

func (n *normaliser) pid(pid int) string {
	if name := n.names[pid]; name != "" {
		return "<PID:" + name + ">"
	}
	return "<PID>"
}

// relation says who other is to p.
func (n *normaliser) relation(p process, other int) string {
	switch {
	case other == p.pid:
		return "itself"
	case other <= 1:
		return strconv.Itoa(other)
	}
	return n.pid(other)
}

// describe turns the table into sorted lines without pids.
func (n *normaliser) describe(table []process) []string {
	var out []string
	for _, p := range table {
		argv := fmt.Sprintf("%q", p.argv)
		shell := slices.Contains(n.shells, p.exe) && !isUtility(p.argv)
		if shell {
			argv = "<SHELL>"
		}
		var fds []string
		for _, fd := range p.fds {
			number, to, _ := strings.Cut(fd, ":")
			if name, ok := n.pipes[to]; ok {
				to = name
			} else if kind, _, ok := strings.Cut(to, ":["); ok {
				to = kind
			}
			if slices.Contains(n.shells, p.exe) {
				// A shell's numbers are its own affair; so are the file that it
				// reads, the directory that it is in (ours holds it), and what
				// Go's runtime opens.
				if (len(number) > 1 || number > "2") && (strings.HasPrefix(to, "anon_inode") || strings.HasPrefix(to+"/", caseDir) || strings.HasPrefix(to, "/etc/init.d/")) {
					continue
				}
				fds = append(fds, to)
				continue
			}
			fds = append(fds, number+":"+to)
		}
		if slices.Contains(n.shells, p.exe) {
			slices.Sort(fds)
			fds = slices.Compact(fds)
			p.cwd = "-" // ours goes there when it must
		}
		line := fmt.Sprintf("%s parent=%s session=%s group=%s uid=%s gid=%s groups=%s umask=%s nice=%s cwd=%s fds=%s",
			argv, n.relation(p, p.ppid), n.relation(p, p.session), n.relation(p, p.pgrp), p.status["Uid"], p.status["Gid"],
			p.status["Groups"], p.status["Umask"], p.nice, p.cwd, strings.Join(fds, ","))
		if p.state == 'Z' || p.state == 'T' {
			line += " state=" + string(p.state)
		}
		if !slices.Contains(n.shells, p.exe) {
			line += fmt.Sprintf(" ignores=%s blocks=%s caps=%s limits=%s env=%q", p.status["SigIgn"], p.status["SigBlk"], p.status["CapEff"], p.limits, p.environ)
		}
		out = append(out, n.text(line))
	}
	slices.Sort(out)
	return out
}

// isUtility tells a built-in utility that is a process of its own.
func isUtility(argv []string) bool {
	return len(argv) > 0 && (argv[0] == "sleep" || argv[0] == "cat")
}
