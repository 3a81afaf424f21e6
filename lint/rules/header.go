package rules

import (
	"bytes"
	"io/fs"
	"path"
	"slices"
	"strings"

	"sysv/lint"
	"sysv/lsb"
	"sysv/script"
)

// header is the header of an example: a good one with changes, each either
// "Key: value", which takes the place of that key's line or is added, or
// "-Key", which removes it.
func header(changes ...string) string {
	lines := []string{
		"# Provides:          example",
		"# Required-Start:    $remote_fs $syslog",
		"# Required-Stop:     $remote_fs $syslog",
		"# Default-Start:     2 3 4 5",
		"# Default-Stop:      0 1 6",
		"# Short-Description: Example daemon",
	}
	for _, c := range changes {
		key, _, _ := strings.Cut(strings.TrimPrefix(c, "-"), ":")
		at := -1
		for i, l := range lines {
			if strings.HasPrefix(l, "# "+key+":") {
				at = i
			}
		}
		switch {
		case strings.HasPrefix(c, "-"):
			lines = append(lines[:at], lines[at+1:]...)
		case at >= 0:
			lines[at] = "# " + c
		default:
			lines = append(lines, "# "+c)
		}
	}
	return "### BEGIN INIT INFO\n" + strings.Join(lines, "\n") + "\n### END INIT INFO\n"
}

// title is a key as headers have it.
func title(k lsb.Key) string {
	switch k {
	case lsb.StartBefore, lsb.StopAfter, lsb.StartAfter, lsb.StopBefore, lsb.Interactive:
		return "X-" + capitals(string(k))
	}
	return capitals(string(k))
}

func capitals(s string) string {
	b := []byte(s)
	up := true
	for i, c := range b {
		if up && c >= 'a' && c <= 'z' {
			b[i] -= 'a' - 'A'
		}
		up = c == '-'
	}
	return string(b)
}

// headerKeys are the keys of a header, the LSB's and insserv's.
func headerKeys() []lsb.Key {
	return []lsb.Key{
		lsb.Provides, lsb.RequiredStart, lsb.RequiredStop, lsb.ShouldStart, lsb.ShouldStop, lsb.StartBefore, lsb.StopAfter,
		lsb.StartAfter, lsb.StopBefore, lsb.DefaultStart, lsb.DefaultStop, lsb.ShortDescription, lsb.Description, lsb.Interactive,
	}
}

func isHeaderKey(k lsb.Key) bool {
	if slices.Contains(headerKeys(), k) {
		return true
	}
	switch k {
	case lsb.ChkconfigLine, lsb.ProcessName, lsb.PIDFile, lsb.ConfigFile, lsb.Hide, lsb.Probe:
		return true
	}
	return false
}

// near is the one among candidates that is a slip of the finger away from a
// word, "" if there is none.
func near(word string, candidates []string) string {
	best, bestAt := 3, ""
	for _, c := range candidates {
		if d := distance(strings.ToLower(word), strings.ToLower(c)); d < best && d*3 <= len(c) {
			best, bestAt = d, c
		}
	}
	return bestAt
}

// distance is how many bytes must be changed, added or dropped (Levenshtein).
func distance(a, b string) int {
	if len(a) > 64 || len(b) > 64 {
		return 64
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

// valueSpan is where a field's value is, in bytes of the source: from behind
// the colon to the end of the line.
func valueSpan(p *lint.Pass, f *lsb.Field) (from, to int) {
	line := p.Offset(f.Line)
	text := p.Line(f.Line)
	from = line + f.Col - 1 + len(f.Name) + 1
	return min(from, line+len(text)), line + len(strings.TrimRight(text, "\r"))
}

// setValue has a fix write a field's value, with the blanks before it kept.
func setValue(p *lint.Pass, at *lint.Finding, f *lsb.Field, what, value string) {
	from, to := valueSpan(p, f)
	old := string(p.Source[from:to])
	pad := old[:len(old)-len(strings.TrimLeft(old, " \t"))]
	if pad == "" {
		pad = " "
	}
	if value == "" {
		pad = ""
	}
	at.Replace(what, from, to, pad+value)
}

// facilities are the system facilities that Debian, the LSB or the tree's own
// insserv.conf have.
func facilities(root fs.FS) []string {
	out := []string{
		"$local_fs", "$network", "$named", "$portmap", "$remote_fs", "$syslog", "$time", "$all", "$null",
		"$x-display-manager", "$mail-transport-agent", "$mail-transfer-agent",
	}
	if root == nil {
		return out
	}
	names := []string{"etc/insserv.conf"}
	entries, _ := fs.ReadDir(root, "etc/insserv.conf.d")
	for _, e := range entries {
		if lsb.ConfigName(e.Name(), nil) {
			names = append(names, path.Join("etc/insserv.conf.d", e.Name()))
		}
	}
	for _, name := range names {
		src, err := fs.ReadFile(root, name)
		if err != nil || bytes.IndexByte(src, 0) >= 0 {
			continue
		}
		for _, e := range lsb.ParseConfig(name, src).Entries {
			if e.Facility() {
				out = append(out, e.Name)
			}
		}
	}
	return out
}

// dependencyKeys are those whose values are names of services.
func dependencyKeys() []lsb.Key {
	return []lsb.Key{lsb.RequiredStart, lsb.RequiredStop, lsb.ShouldStart, lsb.ShouldStop, lsb.StartBefore, lsb.StopAfter}
}

// ordinary says that a script is one whose order its header gives: no library
// of scripts, no halt or reboot.
func ordinary(p *lint.Pass) bool {
	switch script.Base(p.Path) {
	case "killprocs", "sendsigs", "halt", "reboot", "umountfs", "umountnfs.sh", "umountroot", "rc", "rcS", "single":
		return false
	}
	return p.Header.Begin != 0
}
