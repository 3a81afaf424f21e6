//go:build linux

package daemons

import (
	"bytes"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

const (
	settleTime  = 80 * time.Millisecond // nothing has changed for so long: it has settled
	settleLimit = 4 * time.Second       // what never settles is looked at anyway
)

// look fills in what can be seen when nothing starts, ends or is busy.
func (s *sandbox) look(seen *Seen) {
	var last string
	begin := time.Now()
	since := begin
	for {
		table := processes()
		files := runFiles()
		key := fmt.Sprint(table, files, sockets())
		busy := slices.ContainsFunc(table, func(p process) bool { return p.state == 'R' || p.state == 'D' || p.state == 'Z' })
		if key != last || busy {
			since = time.Now()
		}
		last = key
		if time.Since(since) > settleTime || time.Since(begin) > settleLimit {
			break
		}
		s.wait()
	}
	n := s.normaliser()
	table := processes()
	n.learn(table)
	seen.Processes = n.describe(table)
	seen.Stdout, seen.Stderr = n.text(s.out[0].take()), n.text(s.out[1].take())
	after := map[string]bool{}
	for _, f := range s.files() {
		after[f] = true
		if !s.before[f] {
			seen.Files = append(seen.Files, n.text(f))
		}
	}
	for f := range s.before {
		if !after[f] {
			seen.Files = append(seen.Files, "no more: "+n.text(f))
		}
	}
	slices.Sort(seen.Files)
	seen.Sockets = sockets()
	seen.Answer = s.plan.Probe.ask()
}

// runFiles lists /run, and what short files there say.
func runFiles() []string {
	var out []string
	filepath.WalkDir("/run", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return nil
		}
		info, err := d.Info()
		if err != nil {
			return nil
		}
		line := fileLine(path, info)
		if info.Mode().IsRegular() && info.Size() <= 64 {
			if text, err := os.ReadFile(path); err == nil {
				line += fmt.Sprintf(" %q", text)
			}
		}
		out = append(out, line)
		return nil
	})
	return out
}

func fileLine(path string, info fs.FileInfo) string {
	st := info.Sys().(*syscall.Stat_t)
	line := fmt.Sprintf("%s %s %d:%d", path, info.Mode(), st.Uid, st.Gid)
	if info.Mode()&fs.ModeSymlink != 0 {
		to, _ := os.Readlink(path)
		line += " -> " + to
	}
	return line
}

func (s *sandbox) files() []string { return append(runFiles(), s.changed()...) }

// changed lists the overlay's upper layer: what was made or changed outside
// /run, less directories that are as they were. Of files that a case makes, the
// text too.
func (s *sandbox) changed() []string {
	var out []string
	top := s.layers.upper
	filepath.WalkDir(top, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() && path == top {
			return nil
		}
		info, err := d.Info()
		if err != nil {
			return nil
		}
		name := "/" + strings.TrimPrefix(path, top)
		if st := info.Sys().(*syscall.Stat_t); info.Mode()&fs.ModeCharDevice != 0 && st.Rdev == 0 {
			out = append(out, name+" is gone")
			return nil
		}
		line := strings.Replace(fileLine(path, info), path, name, 1)
		if info.IsDir() && s.inLower(name, line) {
			return nil
		}
		if strings.HasPrefix(name, caseDir) && info.Mode().IsRegular() && info.Size() < 4096 {
			if text, err := os.ReadFile(path); err == nil && !bytes.HasPrefix(text, []byte("#!")) {
				line += fmt.Sprintf(" %q", text)
			}
		}
		out = append(out, line)
		return nil
	})
	return out
}

// inLower tells whether a directory is as it was.
func (s *sandbox) inLower(name, line string) bool {
	return slices.ContainsFunc(s.layers.lower, func(lower string) bool {
		path := lower + name
		info, err := os.Lstat(path)
		return err == nil && strings.Replace(fileLine(path, info), path, name, 1) == line
	})
}

// sockets lists those that wait for others: TCP and Unix that are listened
// on, and UDP that is bound.
func sockets() []string {
	var out []string
	for _, kind := range []string{"tcp", "tcp6", "udp", "udp6"} {
		text, _ := os.ReadFile("/proc/net/" + kind)
		for line := range strings.Lines(string(text)) {
			f := strings.Fields(line)
			if len(f) > 7 && (f[3] == "0A" || strings.HasPrefix(kind, "udp") && f[3] == "07") {
				out = append(out, kind+" "+f[1]+" uid "+f[7])
			}
		}
	}
	text, _ := os.ReadFile("/proc/net/unix")
	for line := range strings.Lines(string(text)) {
		f := strings.Fields(line)
		if len(f) > 7 && f[3] == "00010000" {
			out = append(out, "unix "+f[7])
		}
	}
	slices.Sort(out)
	return out
}

// answerTime is how long a daemon may take to answer.
const answerTime = 5 * time.Second

// ask connects, says its word, and returns the first line of the answer.
func (p Probe) ask() string {
	if p.Address == "" {
		return ""
	}
	c, err := net.DialTimeout("tcp", p.Address, answerTime)
	if err != nil {
		return "no connection"
	}
	defer c.Close()
	c.SetDeadline(time.Now().Add(answerTime))
	if _, err := c.Write([]byte(p.Send)); err != nil {
		return "no writing: " + err.Error()
	}
	var line []byte
	b := make([]byte, 1)
	for len(line) < 200 {
		if n, err := c.Read(b); n == 0 || err != nil {
			return string(line) + " (ended)"
		}
		if b[0] == '\n' {
			break
		}
		line = append(line, b[0])
	}
	return strings.TrimSpace(string(line))
}
