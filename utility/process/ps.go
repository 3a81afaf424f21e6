package process

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"sysv/daemon"
	"sysv/system"
	"sysv/utility/call"
)

// ps is one run of ps(1), as of procps 4.0.2, in the forms that scripts use.
type ps struct {
	*call.Call
	table  daemon.Table
	users  system.Users
	now    time.Time
	up     float64
	memory uint64 // KiB

	all, bsdAll, bsdOwn bool
	full, bsd, bsdUser  bool
	noHeader            bool
	pids, parents       []int
	names               []string
	euids, ruids        []int
	terminals           []string
	selective           bool
	columns             []column
	format              []string
	wide                int
}

// PS is ps.
func PS(c *call.Call) int {
	p := &ps{Call: c, table: daemon.Table{Sys: c.Sys}, users: system.Users{Sys: c.Sys}, now: c.Sys.Now()}
	if refused := p.options(); refused != "" {
		return c.Refuse("ps " + refused)
	}
	for _, f := range p.format {
		if refused := p.parseFormat(f); refused != "" {
			return c.Refuse("the column " + refused + " of ps")
		}
	}
	if p.columns == nil {
		p.defaultFormat()
	}
	p.up = uptime(c.Process)
	p.memory = memoryTotal(c.Process)
	p.wide = p.width()
	return p.list()
}

// options reads the three kinds of options. What it does not know it returns.
func (p *ps) options() (refused string) {
	args := p.Args[1:]
	for i := 0; i < len(args); i++ {
		a := args[i]
		// value is the argument of an option: the rest of the word, or the
		// next one.
		value := func(rest string) (string, bool) {
			if rest != "" {
				return rest, true
			}
			if i++; i == len(args) {
				return "", false
			}
			return args[i], true
		}
		ok := true
		switch {
		case strings.HasPrefix(a, "--"):
			name, arg, has := strings.Cut(a[2:], "=")
			letter := psLong(name)
			if letter == "" {
				return a
			}
			if strings.IndexByte("pPCuUto", letter[0]) >= 0 && !has {
				arg, ok = value("")
			}
			ok = ok && p.unix(letter[0], arg)
		case a == "-aux" || strings.HasPrefix(a, "-auxw"):
			ok = p.bsdWord(a[1:], value)
		case strings.HasPrefix(a, "-ax"):
			// No user is called x: these are options of BSD's.
			ok = p.bsdWord(a[1:], value)
		case len(a) > 1 && a[0] == '-' && a[1] >= '0' && a[1] <= '9':
			return a
		case len(a) > 1 && a[0] == '-':
			for j := 1; j < len(a) && ok; j++ {
				if strings.IndexByte("pCuUto", a[j]) >= 0 {
					var arg string
					if arg, ok = value(a[j+1:]); ok {
						ok = p.unix(a[j], arg)
					}
					break
				}
				ok = p.unix(a[j], "")
			}
		case a != "" && a[0] >= '0' && a[0] <= '9':
			p.bsd = true
			ok = p.unix('p', a)
		default:
			ok = p.bsdWord(a, value)
		}
		if !ok {
			return a
		}
	}
	return ""
}

func psLong(name string) string {
	switch name {
	case "pid":
		return "p"
	case "ppid":
		return "P"
	case "user":
		return "u"
	case "User":
		return "U"
	case "tty":
		return "t"
	case "format":
		return "o"
	case "no-headers", "no-heading", "noheader", "no-headings":
		return "h"
	}
	return ""
}

// unix is an option with a dash.
func (p *ps) unix(letter byte, arg string) bool {
	switch letter {
	case 'e', 'A':
		p.all = true
	case 'f':
		p.full = true
	case 'w':
	case 'h':
		p.noHeader = true
	case 'o':
		p.format = append(p.format, arg)
	case 'p', 'P':
		list := &p.pids
		if letter == 'P' {
			list = &p.parents
		}
		p.selective = true
		for _, s := range psList(arg) {
			n, err := strconv.Atoi(s)
			if err != nil || n < 1 {
				return false
			}
			*list = append(*list, n)
		}
		return len(*list) > 0
	case 'C':
		p.selective = true
		p.names = append(p.names, strings.FieldsFunc(arg, func(r rune) bool { return r == ',' })...)
	case 't':
		p.selective = true
		for _, s := range psList(arg) {
			p.terminals = append(p.terminals, strings.TrimPrefix(s, "/dev/"))
		}
	case 'u', 'U':
		p.selective = true
		for _, s := range psList(arg) {
			id, ok := digits(s)
			if !ok {
				u, found := p.users.User(s)
				if !found {
					return false
				}
				id = u.UID
			}
			if letter == 'u' {
				p.euids = append(p.euids, id)
			} else {
				p.ruids = append(p.ruids, id)
			}
		}
	default:
		return false
	}
	return true
}

func psList(arg string) []string {
	return strings.FieldsFunc(arg, func(r rune) bool { return r == ',' || r == ' ' || r == '\t' || r == '\n' })
}

// bsdWord is a word of options without a dash.
func (p *ps) bsdWord(word string, value func(string) (string, bool)) bool {
	p.bsd = true
	for j := 0; j < len(word); j++ {
		switch word[j] {
		case 'a':
			p.bsdAll = true
		case 'x':
			p.bsdOwn = true
		case 'u':
			p.bsdUser = true
		case 'w':
		case 'h':
			p.noHeader = true
		case 'o', 'p':
			arg, ok := value(word[j+1:])
			return ok && p.unix(word[j], arg)
		default:
			return false
		}
	}
	return word != ""
}

// list prints the processes that are selected.
func (p *ps) list() int {
	rows, err := p.table.All()
	if err != nil {
		return p.Fail("fatal library error, lookup self")
	}
	me, err := p.table.Read(p.Sys.Getpid())
	if err != nil {
		me.TTY = -1
	}
	p.header()
	found := false
	for _, row := range rows {
		if p.selected(row, me) {
			p.row(row)
			found = true
		}
	}
	if !found {
		return 1
	}
	return 0
}

func (p *ps) selected(row, me daemon.Process) bool {
	switch {
	case p.all || p.bsdAll && p.bsdOwn:
		return true
	case p.selective:
		return slices.Contains(p.pids, row.PID) || slices.Contains(p.parents, row.PPID) ||
			slices.Contains(p.names, clip(row.Comm)) || slices.ContainsFunc(p.names, func(n string) bool { return len(n) > nameCut && clip(n) == row.Comm }) ||
			p.terminals != nil && slices.Contains(p.terminals, ttyName(row.TTY)) || p.ofUser(row)
	}
	own := p.ownedByUs(row)
	switch {
	case p.bsdAll:
		return row.TTY != 0
	case p.bsdOwn:
		return own
	}
	return own && row.TTY == me.TTY
}

func clip(name string) string { return name[:min(len(name), nameCut)] }

func (p *ps) ofUser(row daemon.Process) bool {
	if p.euids == nil && p.ruids == nil {
		return false
	}
	st, err := p.table.Status(row.PID)
	return err == nil && (slices.Contains(p.euids, st.UID[1]) || slices.Contains(p.ruids, st.UID[0]))
}

func (p *ps) ownedByUs(row daemon.Process) bool {
	st, err := p.table.Status(row.PID)
	return err == nil && st.UID[1] == p.Sys.Identity().EUID
}

// unlimited is the width of a line that nobody looks at on a terminal.
const unlimited = 1 << 17

// width is where lines are cut off.
func (p *ps) width() int {
	if text, ok := p.Getenv("COLUMNS"); ok {
		if n, err := strconv.Atoi(text); err == nil && n > 0 && n < unlimited {
			return n
		}
	}
	if !p.Stdout().IsTerminal() {
		return unlimited
	}
	if n, _ := p.Stdout().Size(); n > 0 {
		return n
	}
	return 80
}

// memoryTotal is the machine's memory in KiB.
func memoryTotal(p *system.Process) uint64 {
	b, err := p.ReadFile("/proc/meminfo", 0)
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(b)) {
		if rest, ok := strings.CutPrefix(line, "MemTotal:"); ok {
			n, _ := strconv.ParseUint(strings.Fields(rest + " 0")[0], 10, 64)
			return n
		}
	}
	return 0
}
