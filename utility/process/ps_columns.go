package process

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"sysv/daemon"
)

// column is one column of ps.
type column struct {
	name, header string
	width        int
	right        bool
	// open is a column that, as the last one, is as long as the line.
	open bool
}

// psColumn is a column's standard form.
func (p *ps) psColumn(name string) (column, bool) {
	c := column{name: name, right: true}
	switch name {
	case "pid", "ppid", "pgid", "sid":
		c.header, c.width = strings.ToUpper(name), p.pidWidth()
	case "pgrp":
		c.name, c.header, c.width = "pgid", "PGRP", p.pidWidth()
	case "sess", "session":
		c.name, c.header, c.width = "sid", "SESS", p.pidWidth()
	case "user", "euser", "uname":
		c.name, c.header, c.width, c.right = "user", "USER", 8, false
		if name == "euser" {
			c.header = "EUSER"
		}
	case "ruser":
		c.header, c.width, c.right = "RUSER", 8, false
	case "group", "egroup":
		c.name, c.header, c.width, c.right = "group", strings.ToUpper(name), 8, false
	case "uid", "euid":
		c.name, c.header, c.width = "uid", strings.ToUpper(name), 5
	case "ruid":
		c.header, c.width = "RUID", 5
	case "gid", "egid":
		c.name, c.header, c.width = "gid", strings.ToUpper(name), 5
	case "comm", "ucomm", "ucmd":
		c.name, c.header, c.width, c.open, c.right = "comm", "COMMAND", nameCut, true, false
		if name == "ucmd" {
			c.header = "CMD"
		}
	case "args", "command", "cmd":
		c.name, c.header, c.width, c.open, c.right = "args", "COMMAND", 27, true, false
		if name == "cmd" {
			c.header = "CMD"
		}
	case "tty", "tt", "tname":
		c.name, c.header, c.width, c.right = "tty", "TT", 8, false
		if name == "tname" {
			c.header = "TTY"
		}
	case "stat":
		c.header, c.width, c.right = "STAT", 4, false
	case "state", "s":
		c.name, c.header, c.width, c.right = "s", "S", 1, false
	case "time", "cputime":
		c.name, c.header, c.width = "time", "TIME", 8
	case "bsdtime":
		c.header, c.width = "TIME", 6
	case "etime":
		c.header, c.width = "ELAPSED", 11
	case "etimes":
		c.header, c.width = "ELAPSED", 7
	case "pcpu", "%cpu":
		c.name, c.header, c.width = "pcpu", "%CPU", 4
	case "pmem", "%mem":
		c.name, c.header, c.width = "pmem", "%MEM", 4
	case "c":
		c.header, c.width = "C", 2
	case "rss", "rssize", "rsz":
		c.name, c.header, c.width = "rss", "RSS", 5
		if name == "rsz" {
			c.header = "RSZ"
		}
	case "vsz", "vsize":
		c.name, c.header, c.width = "vsz", "VSZ", 6
	case "ni", "nice":
		c.name, c.header, c.width = "ni", "NI", 3
	case "nlwp", "thcount":
		c.name, c.header, c.width = "nlwp", strings.ToUpper(name[:4]), 4
		if name != "nlwp" {
			c.header = "THCNT"
		}
	case "start":
		c.header, c.width = "STARTED", 8
	case "lstart":
		c.header, c.width = "STARTED", 24
	case "stime", "start_time":
		c.name, c.header, c.width = "stime", "STIME", 5
		if name == "start_time" {
			c.header = "START"
		}
	default:
		return column{}, false
	}
	return c, true
}

// pidWidth is the width of the largest pid that there can be.
func (p *ps) pidWidth() int {
	b, err := p.ReadFile("/proc/sys/kernel/pid_max", 0)
	if err != nil {
		return 5
	}
	return len(strings.TrimSpace(string(b)))
}

// parseFormat reads the argument of -o; what it does not know it returns.
func (p *ps) parseFormat(text string) (refused string) {
	isSeparator := func(r rune) bool { return strings.ContainsRune(" ,\t\n", r) }
	items := len(strings.FieldsFunc(text, isSeparator))
	if items == 0 {
		return text
	}
	for ; items > 0; items-- {
		item := text
		// The last one has all the rest as its header.
		if end := strings.IndexFunc(text, isSeparator); end >= 0 && (items > 1 || end == len(text)-1) {
			item, text = text[:end], text[end+1:]
		}
		name, header, has := strings.Cut(item, "=")
		name, width, hasWidth := strings.Cut(name, ":")
		c, ok := p.psColumn(name)
		if !ok {
			return name
		}
		if has {
			c.header = header
		}
		c.width = max(c.width, len(c.header))
		if hasWidth {
			n, err := strconv.Atoi(width)
			if err != nil || n <= 0 {
				return item
			}
			c.width = n
		}
		p.columns = append(p.columns, c)
	}
	return ""
}

func (p *ps) defaultFormat() {
	var format string
	switch {
	case p.bsdUser:
		format = "user pid pcpu pmem vsz rss tname stat start_time bsdtime args"
	case p.full:
		format = "user=UID pid ppid c stime tname time cmd"
	case p.bsd:
		format = "pid tname stat bsdtime args"
	default:
		format = "pid tname time ucmd"
	}
	for name := range strings.FieldsSeq(format) {
		p.parseFormat(name)
	}
}

// header prints the headers, unless all are empty.
func (p *ps) header() {
	any := false
	for _, c := range p.columns {
		any = any || c.header != ""
	}
	if p.noHeader || !any {
		return
	}
	p.line(func(c column, limit int) string {
		return c.header
	})
}

func (p *ps) row(row daemon.Process) {
	p.line(func(c column, limit int) string { return p.value(c, row, limit) })
}

// line prints one line. A text that is too wide pushes what follows to the
// right only as far as it must.
func (p *ps) line(value func(c column, limit int) string) {
	want, at := 0, 0
	for i, c := range p.columns {
		last := i == len(p.columns)-1
		limit, gap := c.width, 0
		if i > 0 {
			gap = 1
		}
		if last {
			limit = max(0, p.wide-max(want, at+gap))
			if want-at >= 1 {
				limit = max(0, p.wide-max(want, at))
			}
		}
		text := value(c, limit)
		space := want - at
		if c.right {
			space += max(0, c.width-len(text))
		}
		if space < 1 {
			space = gap
		}
		p.Out.WriteString(strings.Repeat(" ", space) + text)
		at += space + len(text)
		want += c.width + 1
	}
	p.Out.WriteByte('\n')
}

// value is what a column has of a process; limit is how long it may be where
// it would be cut off.
func (p *ps) value(c column, row daemon.Process, limit int) string {
	elapsed := max(0, p.up-float64(row.Start)/ticks)
	switch c.name {
	case "pid":
		return strconv.Itoa(row.PID)
	case "ppid":
		return strconv.Itoa(row.PPID)
	case "pgid":
		return strconv.Itoa(row.PGID)
	case "sid":
		return strconv.Itoa(row.SID)
	case "user", "ruser", "group", "uid", "ruid", "gid":
		return p.owner(c.name, row, limit)
	case "comm":
		return cut(visible(row.Comm), limit)
	case "args":
		return cut(visible(commandLine(p.table, row)), limit)
	case "tty":
		return cut(ttyName(row.TTY), 8)
	case "stat":
		return p.stat(row)
	case "s":
		return string(row.State)
	case "time":
		return clock((row.UserTime+row.SystemTime)/ticks, true)
	case "bsdtime":
		t := (row.UserTime + row.SystemTime) / ticks
		return fmt.Sprintf("%3d:%02d", t/60, t%60)
	case "etime":
		return clock(uint64(elapsed), false)
	case "etimes":
		return strconv.Itoa(int(elapsed))
	case "pcpu":
		n := p.share(row, elapsed, 1000)
		if n > 999 {
			return strconv.FormatUint(n/10, 10)
		}
		return fmt.Sprintf("%d.%d", n/10, n%10)
	case "c":
		return fmt.Sprintf("%2d", min(99, p.share(row, elapsed, 100)))
	case "pmem":
		n := uint64(0)
		if p.memory > 0 {
			n = min(999, p.rss(row)*1000/p.memory)
		}
		return fmt.Sprintf("%2d.%d", n/10, n%10)
	case "rss":
		return strconv.FormatUint(p.rss(row), 10)
	case "vsz":
		return strconv.FormatUint(row.VSize/1024, 10)
	case "ni":
		return strconv.Itoa(row.Nice)
	case "nlwp":
		return strconv.Itoa(row.Threads)
	}
	return p.started(c.name, row)
}

// pageKiB is the size of a page, 4 KiB where init scripts run.
const pageKiB = 4

func (p *ps) rss(row daemon.Process) uint64 { return uint64(max(0, row.RSS)) * pageKiB }

func (p *ps) share(row daemon.Process, elapsed float64, of uint64) uint64 {
	if life := uint64(elapsed * ticks); life > 0 {
		return (row.UserTime + row.SystemTime) * of / life
	}
	return 0
}

// visible makes what cannot be shown in the C locale a question mark.
func visible(s string) string {
	b := []byte(s)
	for i, c := range b {
		if c < ' ' || c >= 0x7f {
			b[i] = '?'
		}
	}
	return string(b)
}

func cut(s string, limit int) string { return s[:min(len(s), max(0, limit))] }

// clock is time as days-hours:minutes:seconds.
func clock(t uint64, hours bool) string {
	days, h, m, s := t/86400, t/3600%24, t/60%60, t%60
	text := fmt.Sprintf("%02d:%02d", m, s)
	if hours || days > 0 || h > 0 {
		text = fmt.Sprintf("%02d:", h) + text
	}
	if days > 0 {
		text = strconv.FormatUint(days, 10) + "-" + text
	}
	return text
}

func (p *ps) owner(what string, row daemon.Process, limit int) string {
	st, err := p.table.Status(row.PID)
	if err != nil {
		return "?"
	}
	id := st.UID[1]
	switch what {
	case "ruser", "ruid":
		id = st.UID[0]
	case "group", "gid":
		id = st.GID[1]
	}
	name, ok := "", false
	switch what {
	case "user", "ruser":
		u, found := p.users.UserByID(id)
		name, ok = u.Name, found
	case "group":
		g, found := p.users.GroupByID(id)
		name, ok = g.Name, found
	}
	if !ok {
		return strconv.Itoa(id)
	}
	if len(name) > limit {
		return name[:max(0, limit-1)] + "+"
	}
	return name
}

func (p *ps) stat(row daemon.Process) string {
	text := string(row.State)
	switch {
	case row.Nice < 0:
		text += "<"
	case row.Nice > 0:
		text += "N"
	}
	if st, err := p.table.Status(row.PID); err == nil && st.Locked > 0 {
		text += "L"
	}
	if row.SID == row.PID {
		text += "s"
	}
	if row.Threads > 1 {
		text += "l"
	}
	if row.PGID == row.ForegroundPGID {
		text += "+"
	}
	return text
}

// started tells when a process was, in one of four ways.
func (p *ps) started(how string, row daemon.Process) string {
	boot := p.now.Unix() - int64(p.up)
	if b, err := p.ReadFile("/proc/stat", 0); err == nil {
		for line := range strings.Lines(string(b)) {
			if rest, ok := strings.CutPrefix(line, "btime "); ok {
				boot, _ = strconv.ParseInt(strings.TrimSpace(rest), 10, 64)
			}
		}
	}
	t := time.Unix(boot+int64(row.Start/ticks), 0).In(p.now.Location())
	switch how {
	case "lstart":
		return t.Format("Mon Jan _2 15:04:05 2006")
	case "start":
		if t.Add(24 * time.Hour).After(p.now) {
			return t.Format("15:04:05")
		}
		return "  " + t.Format("Jan 02")
	}
	switch {
	case t.Year() != p.now.Year():
		return t.Format("2006")
	case t.YearDay() != p.now.YearDay():
		return t.Format("Jan02")
	}
	return t.Format("15:04")
}
