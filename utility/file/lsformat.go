package file

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"sysv/system"
)

// halfYear is how old a file is when ls shows its year instead of its hour:
// half the mean year of the Gregorian calendar.
const halfYear = 31556952 * time.Second / 2

// columns are the widths of a listing's columns.
type columns struct{ inode, blocks, nlink, user, group, size, major, minor int }

func (l *lister) total(list []entry) {
	var n int64
	for _, e := range list {
		n += e.st.Blocks
	}
	l.c.Out.WriteString("total " + l.blockCount(n) + "\n")
}

// blockCount is a number of 512-byte blocks as ls shows it: in units of 1024.
func (l *lister) blockCount(n int64) string {
	if l.human {
		return humanCeil(n * 512)
	}
	return strconv.FormatInt((n+1)/2, 10)
}

// humanCeil is a size as ls -h shows it, rounded up: 4.0K, 12K, 1.1M.
func humanCeil(n int64) string {
	if n < 1024 {
		return strconv.FormatInt(n, 10)
	}
	unit := 0
	div := int64(1024)
	for unit < 5 && n/div >= 1024 {
		div *= 1024
		unit++
	}
	tenths := n/div*10 + (n%div*10+div-1)/div
	if tenths < 100 {
		return fmt.Sprintf("%d.%d%c", tenths/10, tenths%10, "KMGTPE"[unit])
	}
	whole := n / div
	if n%div != 0 {
		whole++
	}
	if whole >= 1024 && unit < 5 {
		return fmt.Sprintf("1.0%c", "KMGTPE"[unit+1])
	}
	return strconv.FormatInt(whole, 10) + "KMGTPE"[unit:unit+1]
}

func (l *lister) size(n int64) string {
	if l.human {
		return humanCeil(n)
	}
	return strconv.FormatInt(n, 10)
}

// user and group are names, or numbers where there is none.
func (l *lister) user(id int) (text string, number bool) {
	if l.users == nil {
		l.users = map[int]string{}
		if !l.numeric {
			for _, u := range (system.Users{Sys: l.c.Sys}).All() {
				if _, ok := l.users[u.UID]; !ok {
					l.users[u.UID] = u.Name
				}
			}
		}
	}
	if n, ok := l.users[id]; ok {
		return n, false
	}
	return strconv.Itoa(id), true
}

func (l *lister) group(id int) (text string, number bool) {
	if l.groups == nil {
		l.groups = map[int]string{}
		if !l.numeric {
			for _, g := range (system.Users{Sys: l.c.Sys}).AllGroups() {
				if _, ok := l.groups[g.GID]; !ok {
					l.groups[g.GID] = g.Name
				}
			}
		}
	}
	if n, ok := l.groups[id]; ok {
		return n, false
	}
	return strconv.Itoa(id), true
}

func isDevice(m system.Mode) bool {
	return m.Type() == system.TypeChar || m.Type() == system.TypeBlock
}

func digits(n uint64) int { return len(strconv.FormatUint(n, 10)) }

func (l *lister) widths(list []entry) columns {
	var w columns
	if !l.long && !l.inode && !l.blocks {
		return w
	}
	for _, e := range list {
		if e.bad {
			continue
		}
		w.inode = max(w.inode, digits(e.st.Ino))
		w.blocks = max(w.blocks, len(l.blockCount(e.st.Blocks)))
		if !l.long {
			continue
		}
		w.nlink = max(w.nlink, digits(e.st.Nlink))
		u, _ := l.user(e.st.UID)
		g, _ := l.group(e.st.GID)
		w.user, w.group = max(w.user, len(u)), max(w.group, len(g))
		if isDevice(e.st.Mode) {
			w.major = max(w.major, digits(uint64(system.Major(e.st.Rdev))))
			w.minor = max(w.minor, digits(uint64(system.Minor(e.st.Rdev))))
			w.size = max(w.size, w.major+2+w.minor)
		} else {
			w.size = max(w.size, len(l.size(e.st.Size)))
		}
	}
	if w.major > 0 {
		w.size = max(w.size, w.major+2+w.minor)
	}
	return w
}

// print prints the lines of a listing.
func (l *lister) print(list []entry, w columns) {
	if len(list) == 0 {
		return
	}
	l.printed = true
	for _, e := range list {
		if l.c.Stop() {
			return
		}
		l.c.Out.WriteString(l.line(e, w))
		l.c.Out.WriteByte('\n')
	}
}

func (l *lister) line(e entry, w columns) string {
	var b strings.Builder
	if l.inode {
		fmt.Fprintf(&b, "%*s ", w.inode, mark(e.bad, strconv.FormatUint(e.st.Ino, 10)))
	}
	if l.blocks {
		fmt.Fprintf(&b, "%*s ", w.blocks, mark(e.bad, l.blockCount(e.st.Blocks)))
	}
	if l.long {
		l.details(&b, e, w)
	}
	b.WriteString(e.name)
	if e.target != "" {
		b.WriteString(" -> " + e.target)
		if l.indicator != 0 && e.targetMode != 0 {
			b.WriteString(l.sign(e.targetMode))
		}
	} else {
		b.WriteString(l.sign(e.st.Mode))
	}
	return b.String()
}

// mark is a value, or a question mark for a file that could not be seen.
func mark(bad bool, s string) string {
	if bad {
		return "?"
	}
	return s
}

// sign is what -F and -p put behind a name.
func (l *lister) sign(m system.Mode) string {
	switch {
	case l.indicator == 0:
		return ""
	case m.IsDir():
		return "/"
	case l.indicator == 'p':
		return ""
	}
	switch m.Type() {
	case system.TypeSymlink:
		return "@"
	case system.TypeFIFO:
		return "|"
	case system.TypeSocket:
		return "="
	case system.TypeRegular:
		if m&0o111 != 0 {
			return "*"
		}
	}
	return ""
}

// details writes what -l puts before the name.
func (l *lister) details(b *strings.Builder, e entry, w columns) {
	mode := e.st.Mode.String()
	if e.bad {
		mode = "??????????"
	}
	fmt.Fprintf(b, "%s %*s ", mode, w.nlink, mark(e.bad, strconv.FormatUint(e.st.Nlink, 10)))
	owner := func(text string, number bool, width int) {
		if number && !e.bad {
			fmt.Fprintf(b, "%*s ", width, text)
		} else {
			fmt.Fprintf(b, "%-*s ", width, mark(e.bad, text))
		}
	}
	if !l.noOwner {
		text, number := l.user(e.st.UID)
		owner(text, number, w.user)
	}
	if !l.noGroup {
		text, number := l.group(e.st.GID)
		owner(text, number, w.group)
	}
	if isDevice(e.st.Mode) && !e.bad {
		fmt.Fprintf(b, "%*d, %*d ", w.size-2-w.minor, system.Major(e.st.Rdev), w.minor, system.Minor(e.st.Rdev))
	} else {
		fmt.Fprintf(b, "%*s ", w.size, mark(e.bad, l.size(e.st.Size)))
	}
	if e.bad {
		b.WriteString("           ? ")
		return
	}
	b.WriteString(l.date(l.time(e.st)) + " ")
}

func (l *lister) date(t time.Time) string {
	local := t.In(l.loc)
	switch l.style {
	case "full-iso":
		return local.Format("2006-01-02 15:04:05.000000000 -0700")
	case "long-iso":
		return local.Format("2006-01-02 15:04")
	}
	if t.After(l.now) {
		l.now = l.c.Sys.Now()
	}
	// Just now counts as past: a virtual clock may not have moved since.
	if t.After(l.now.Add(-halfYear)) && !t.After(l.now) {
		return local.Format("Jan _2 15:04")
	}
	return local.Format("Jan _2  2006")
}
