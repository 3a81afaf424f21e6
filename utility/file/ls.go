package file

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"sysv/system"
	"sysv/utility/call"
	"sysv/utility/call/date"
)

// Exit statuses of ls(1).
const (
	lsMinor   = 1 // something below an operand
	lsSerious = 2 // an operand
)

// lister is one run of ls.
type lister struct {
	c                                 *call.Call
	long, all, almost, dirs, reverse  bool
	numeric, inode, blocks, recursive bool
	human, follow, noOwner, noGroup   bool
	followOperand, followDir          bool
	sort                              byte // 't', 'S', 'U' or 0 for names
	clock                             byte // 'm', 'c' or 'a': which time is shown
	indicator                         byte // 'F', 'p' or 0
	style                             string
	now                               time.Time
	loc                               *time.Location
	status                            int
	users, groups                     map[int]string
	printed                           bool
}

// entry is one line of a listing.
type entry struct {
	name   string
	path   string
	st     system.FileInfo
	target string
	// targetMode is the type of what a link leads to, for -F.
	targetMode system.Mode
	bad        bool // could not be seen
}

// Ls is ls(1): -1, -l, -a, -A, -d, -t, -r, -n, -g, -o, -G, -i, -s, -h, -k, -L,
// -H, -S, -U, -f, -c, -u, -F, -p, -R, -N, --full-time, --time-style and
// --color=never. Unsorted, "." and ".." come first, since the seam does not
// tell where they are. On a terminal, where GNU's makes columns and quotes, the
// real program is preferred.
func Ls(c *call.Call) int {
	opts, names, unknown, ok := c.Getopt("1laAdtrngoGishkLHSUfcuFpRN", "all>a", "almost-all>A", "directory>d", "reverse>r",
		"numeric-uid-gid>n", "no-group>G", "inode>i", "size>s", "human-readable>h", "kibibytes>k", "dereference>L",
		"dereference-command-line>H", "classify=?", "recursive>R", "literal>N", "full-time", "time-style=", "color=?", "file-type", "sort=")
	if !ok {
		if unknown == "" {
			return lsSerious
		}
		return c.Refuse(unknown)
	}
	l := lister{c: c, clock: 'm'}
	if what := l.options(opts); what != "" {
		return c.Refuse(what)
	}
	for _, env := range [...]string{"QUOTING_STYLE", "TIME_STYLE", "BLOCK_SIZE", "LS_BLOCK_SIZE", "POSIXLY_CORRECT"} {
		if v, _ := c.Getenv(env); v != "" {
			return c.Refuse(env)
		}
	}
	if n, own := ownDescriptors(names); own {
		return c.Refuse(n)
	}
	if c.Stdout().IsTerminal() && (c.Access("/bin/ls", system.ExecuteOK) == nil || c.Access("/usr/bin/ls", system.ExecuteOK) == nil) {
		return c.Refuse("a listing for a terminal")
	}
	l.now = c.Sys.Now()
	if l.long {
		l.loc = date.Zone(c)
	}
	if len(names) == 0 {
		names = []string{"."}
	}
	l.operands(names)
	return l.status
}

// options reads the options and returns what is not built in.
func (l *lister) options(opts []call.Opt) string {
	followSet := false
	for _, o := range opts {
		switch o.Name {
		case "1":
			// One a line is all that there is off a terminal.
		case "l":
			l.long = true
		case "n":
			l.long, l.numeric = true, true
		case "g":
			l.long, l.noOwner = true, true
		case "o":
			l.long, l.noGroup = true, true
		case "G":
			l.noGroup = true
		case "a":
			l.all, l.almost = true, true
		case "A":
			l.all, l.almost = false, true
		case "f":
			l.all, l.almost, l.sort = true, true, 'U'
			l.long, l.blocks = false, false
		case "d":
			l.dirs = true
		case "t", "S", "U":
			l.sort = o.Name[0]
		case "c":
			l.clock = 'c'
		case "u":
			l.clock = 'a'
		case "r":
			l.reverse = true
		case "i":
			l.inode = true
		case "s":
			l.blocks = true
		case "h":
			l.human = true
		case "k":
			l.human = false
		case "L":
			l.follow, followSet = true, true
		case "H":
			l.followOperand, followSet = true, true
		case "F":
			l.indicator = 'F'
		case "p":
			l.indicator = 'p'
		case "R":
			l.recursive = true
		case "N":
		case "full-time":
			l.long, l.style = true, "full-iso"
		case "time-style":
			switch o.Arg {
			case "full-iso", "long-iso":
				l.style = o.Arg
			case "locale", "posix-full-iso", "posix-long-iso":
				l.style = ""
			default:
				return "--time-style=" + o.Arg
			}
		case "color":
			switch o.Arg {
			case "never", "no", "none", "auto", "tty", "if-tty":
			default:
				return "--color"
			}
		default:
			return "--" + o.Name
		}
	}
	if l.clock != 'm' && l.sort == 0 && !l.long {
		l.sort = 't'
	}
	if !followSet && !l.dirs && l.indicator != 'F' && !l.long {
		// A link to a directory among the operands is listed as one.
		l.followDir = true
	}
	return ""
}

func (l *lister) fail(status int, format string, args ...any) {
	l.c.Errorf(format, args...)
	l.status = max(l.status, status)
}

// operands lists the files named on the command line, then the directories.
func (l *lister) operands(names []string) {
	var files, dirs []entry
	for _, n := range names {
		e, ok := l.operand(n)
		if !ok {
			continue
		}
		if e.st.Mode.IsDir() && !l.dirs {
			dirs = append(dirs, e)
		} else {
			files = append(files, e)
		}
	}
	l.order(files)
	l.order(dirs)
	l.print(files, l.widths(append(slices.Clip(files), dirs...)))
	heads := l.recursive || len(names) > 1
	for _, d := range dirs {
		l.directory(d, heads, nil)
		if l.c.Stop() {
			return
		}
	}
}

func (l *lister) operand(name string) (entry, bool) {
	stat := l.c.Lstat
	if l.follow || l.followOperand || l.followDir {
		stat = l.c.Stat
	}
	st, err := stat(name)
	if l.followDir && (err == system.ENOENT || err == nil && !st.Mode.IsDir()) {
		// Only a link to a directory is followed.
		st, err = l.c.Lstat(name)
	}
	if err != nil {
		l.fail(lsSerious, "cannot access %s: %v", call.Quote(name), err)
		return entry{}, false
	}
	e := entry{name: name, path: name, st: st}
	l.link(&e)
	return e, true
}

// link finds out where a symbolic link leads, where that will be shown.
func (l *lister) link(e *entry) {
	if !e.st.Mode.IsSymlink() || !l.long {
		return
	}
	target, err := l.c.Readlink(e.path)
	if err != nil {
		l.fail(lsMinor, "cannot read symbolic link %s: %v", call.Quote(e.path), err)
		return
	}
	e.target = target
	if l.indicator != 0 {
		if st, err := l.c.Stat(e.path); err == nil {
			e.targetMode = st.Mode
		}
	}
}

func (l *lister) time(st system.FileInfo) time.Time {
	switch l.clock {
	case 'c':
		return st.Ctime
	case 'a':
		return st.Atime
	}
	return st.Mtime
}

func (l *lister) order(list []entry) {
	if l.sort == 'U' {
		return
	}
	slices.SortFunc(list, func(a, b entry) int {
		d := 0
		switch l.sort {
		case 't':
			d = l.time(b.st).Compare(l.time(a.st))
		case 'S':
			d = cmp.Compare(b.st.Size, a.st.Size)
		}
		if d == 0 {
			d = strings.Compare(a.name, b.name)
		}
		if l.reverse {
			return -d
		}
		return d
	})
}

// directory lists one directory, and with -R those in it.
func (l *lister) directory(dir entry, head bool, above []system.FileInfo) {
	c := l.c
	if l.recursive {
		for _, a := range above {
			if a.SameFile(dir.st) {
				l.fail(lsSerious, "%s: not listing already-listed directory", call.QuoteName(dir.path))
				return
			}
		}
	}
	names, err := c.ReadDir(dir.path)
	if err != nil {
		status := lsMinor
		if above == nil {
			status = lsSerious
		}
		l.fail(status, "cannot open directory %s: %v", call.Quote(dir.path), err)
		return
	}
	if head {
		if l.printed {
			c.Out.WriteByte('\n')
		}
		c.Out.WriteString(dir.path + ":\n")
	}
	l.printed = true
	if l.all {
		names = append([]system.DirEntry{{Name: "."}, {Name: ".."}}, names...)
	}
	var list []entry
	needStat := l.long || l.inode || l.blocks || l.sort == 't' || l.sort == 'S' || l.indicator != 0 || l.recursive
	for _, n := range names {
		if !l.almost && n.Name[0] == '.' {
			continue
		}
		e := entry{name: n.Name, path: join(dir.path, n.Name), st: system.FileInfo{Mode: n.Type}}
		if needStat {
			l.see(&e)
		}
		list = append(list, e)
	}
	l.order(list)
	if l.long || l.blocks {
		l.total(list)
	}
	l.print(list, l.widths(list))
	if !l.recursive {
		return
	}
	above = append(slices.Clip(above), dir.st)
	for _, e := range list {
		if c.Stop() {
			return
		}
		if e.st.Mode.IsDir() && e.name != "." && e.name != ".." {
			l.directory(e, true, above)
		}
	}
}

func (l *lister) see(e *entry) {
	stat := l.c.Lstat
	if l.follow {
		stat = l.c.Stat
	}
	st, err := stat(e.path)
	if err != nil {
		l.fail(lsMinor, "cannot access %s: %v", call.Quote(e.path), err)
		e.bad = true
		return
	}
	e.st = st
	l.link(e)
}
