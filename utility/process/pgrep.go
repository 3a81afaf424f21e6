package process

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"sysv/daemon"
	"sysv/system"
	"sysv/utility/call"
	"sysv/utility/regex"
)

// Statuses of pgrep(1) beside 0, and 1 for no match.
const (
	pgrepUsage = 2
	pgrepFatal = 3
)

// pgrep is one run of pgrep or pkill, as of procps 4.0.2.
type pgrep struct {
	*call.Call
	kill                            bool
	table                           daemon.Table
	signal                          system.Signal
	full, exact, fold, negate       bool
	newest, oldest                  bool
	count, list, listFull, echo     bool
	delimiter, states               string
	older                           int
	pids, parents, groups, sessions []int
	effective, real, realGroups     []int
	terminals                       []string
	pattern                         *string
	pidFile                         *string
	locked                          bool
	criteria                        int
	re                              *regex.Regexp
}

// PGrep and PKill are pgrep(1) and pkill(1).
func PGrep(c *call.Call) int {
	g := &pgrep{Call: c, signal: system.SIGTERM, delimiter: "\n"}
	return g.run("lad:v", c.Args[1:])
}

// PKill is pkill(1).
func PKill(c *call.Call) int {
	g := &pgrep{Call: c, kill: true, signal: system.SIGTERM, delimiter: "\n"}
	args, sig, ok := signalArgument(c.Args[1:])
	if ok {
		g.signal = sig
	}
	return g.run("e", args)
}

func (g *pgrep) run(extra string, args []string) int {
	g.table = daemon.Table{Sys: g.Sys}
	rest := *g.Call
	rest.Args = append([]string{g.Name()}, args...)
	in := scan(&rest, extra+"LF:cfinoxP:O:g:s:u:U:G:t:r:", "signal=", "count>c", "delimiter=>d", "list-name>l", "list-full>a", "full>f",
		"pgroup=>g", "group=>G", "ignore-case>i", "newest>n", "oldest>o", "older=>O", "parent=>P", "session=>s", "terminal=>t",
		"euid=>u", "uid=>U", "inverse>v", "exact>x", "pidfile=>F", "logpidfile>L", "echo>e", "runstates=>r")
	in.quiet = true
	for {
		name, arg := in.next()
		if name == "" {
			break
		}
		if name == bad {
			return g.Refuse("an option of " + g.Name() + ": " + arg)
		}
		if status, ok := g.option(name, arg); !ok {
			return status
		}
	}
	switch {
	case g.locked && g.pidFile == nil:
		return g.usage("-L without -F makes no sense")
	case g.pidFile != nil:
		pid, ok := g.readPIDFile()
		if !ok {
			return g.hint("pidfile not valid", 1)
		}
		g.pids = []int{pid}
	}
	switch {
	case len(in.operands) > 1:
		return g.usage("only one pattern can be provided")
	case len(in.operands) == 1:
		g.pattern = &in.operands[0]
	case g.criteria == 0:
		return g.usage("no matching criteria specified")
	}
	if g.pattern != nil {
		text, syn := *g.pattern, regex.Extended
		if g.exact {
			text = "^(" + text + ")$"
		}
		if g.fold {
			syn |= regex.Fold
		}
		re, err := regex.Compile(text, syn)
		if err != nil {
			g.Errorf("regex error: %v", err)
			return pgrepUsage
		}
		g.re = re
	}
	return g.finish()
}

func (g *pgrep) usage(message string) int { return g.hint(message, pgrepUsage) }

func (g *pgrep) hint(message string, status int) int {
	g.Errorf("%s\nTry `%s --help' for more information.", message, g.Name())
	return status
}

func (g *pgrep) option(name, arg string) (status int, ok bool) {
	users := system.Users{Sys: g.Sys}
	var list *[]int
	convert := func(s string) (int, string) { return 0, "not a number: " + s }
	switch name {
	case "signal":
		sig, ok := procpsSignal(arg)
		if !ok {
			return g.Refuse("the signal " + arg), false
		}
		g.signal = sig
		return 0, true
	case "c":
		g.count = true
	case "d":
		g.delimiter = arg
	case "l":
		g.list = true
	case "a":
		g.listFull = true
	case "e":
		g.echo = true
	case "f":
		g.full = true
	case "x":
		g.exact = true
	case "L":
		g.locked = true
	case "i":
		g.fold = true
	case "n", "o", "v":
		if g.newest || g.oldest || g.negate {
			return g.Refuse("-" + name + " with another of -n, -o and -v"), false
		}
		g.newest, g.oldest, g.negate = name == "n", name == "o", name == "v"
		if name != "v" {
			g.criteria++
		}
	case "O":
		g.older = atoi(arg)
		g.criteria++
	case "r":
		g.states = arg
		g.criteria++
	case "F":
		g.pidFile = &arg
		g.criteria++
	case "t":
		g.terminals = strings.Split(arg, ",")
		g.criteria++
	case "P":
		list = &g.parents
	case "g":
		list, convert = &g.groups, func(s string) (int, string) { return 0, "invalid process group: " + s }
	case "s":
		list, convert = &g.sessions, func(s string) (int, string) { return 0, "invalid session id: " + s }
	case "u", "U":
		list = &g.effective
		if name == "U" {
			list = &g.real
		}
		convert = func(s string) (int, string) {
			if u, ok := users.User(s); ok {
				return u.UID, ""
			}
			return 0, "invalid user name: " + s
		}
	case "G":
		list, convert = &g.realGroups, func(s string) (int, string) {
			if gr, ok := users.Group(s); ok {
				return gr.GID, ""
			}
			return 0, "invalid group name: " + s
		}
	}
	if list == nil {
		return 0, true
	}
	g.criteria++
	if arg == "" {
		return g.Refuse("an empty list"), false
	}
	*list = nil
	for s := range strings.SplitSeq(arg, ",") {
		n, number := plainNumber(s)
		if !number {
			var message string
			if n, message = convert(s); message != "" {
				g.Errorf("%s", message)
				return pgrepUsage, false
			}
		}
		if me, err := g.table.Read(g.Sys.Getpid()); err == nil && n == 0 {
			switch name {
			case "g":
				n = me.PGID
			case "s":
				n = me.SID
			}
		}
		*list = append(*list, n)
	}
	return 0, true
}

// plainNumber reads digits with a sign before them; nothing is 0.
func plainNumber(s string) (int, bool) {
	rest := strings.TrimLeft(s, "+-")
	if len(s)-len(rest) > 1 || strings.Trim(rest, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.Atoi(s)
	return n, err == nil || rest == ""
}

func (g *pgrep) readPIDFile() (int, bool) {
	f, err := g.Process.Open(*g.pidFile, system.ReadOnly|system.NoCTTY|system.NonBlock, 0)
	if err != nil {
		return 0, false
	}
	defer f.Close()
	st, err := f.Stat()
	if err != nil || !st.Mode.IsRegular() || st.Size < 1 {
		return 0, false
	}
	if g.locked {
		// Nobody has it locked, if it can be locked here.
		if f.Lock(g.Ctx, system.Lock{Shared: true}) == nil {
			return 0, false
		}
	}
	b := make([]byte, 11)
	n, _ := f.Read(b)
	text := strings.TrimLeft(string(b[:n]), " \t\n\v\f\r")
	end := 0
	for end < len(text) && text[end] >= '0' && text[end] <= '9' {
		end++
	}
	pid, err := strconv.Atoi(text[:end])
	return pid, err == nil && pid > 0 && (end == len(text) || strings.IndexByte(" \t\n\v\f\r", text[end]) >= 0)
}

// hit is a process that is meant, and what -l or -a prints of it.
type hit struct {
	daemon.Process
	text string
}

// finish selects the processes and lists or signals them.
func (g *pgrep) finish() int {
	hits, err := g.selected()
	if err != nil {
		g.Errorf("Unable to create pid info structure")
		return pgrepFatal
	}
	if len(hits) == 0 && !g.full && g.pattern != nil && len(*g.pattern) > nameCut {
		g.Errorf("pattern that searches for process name longer than 15 characters will result in zero matches\n"+
			"Try `%s -f' option to match against the complete command line.", g.Name())
	}
	if g.kill {
		return g.signalAll(hits)
	}
	switch {
	case g.count:
		fmt.Fprintln(g.Out, len(hits))
	default:
		for i, h := range hits {
			fmt.Fprint(g.Out, h.PID)
			if g.list || g.listFull {
				g.Out.WriteString(" " + h.text)
			}
			if i == len(hits)-1 {
				g.Out.WriteByte('\n')
			} else {
				g.Out.WriteString(g.delimiter)
			}
		}
	}
	if len(hits) == 0 {
		return 1
	}
	return 0
}

func (g *pgrep) signalAll(hits []hit) int {
	killed := 0
	for _, h := range hits {
		err := g.table.Signal(daemon.Identity{PID: h.PID, Start: h.Start}, g.signal)
		if err == nil {
			if g.echo {
				fmt.Fprintf(g.Out, "%s killed (pid %d)\n", h.text, h.PID)
			}
			killed++
			continue
		}
		if err != system.ESRCH {
			g.Errorf("killing pid %d failed: %v", h.PID, err)
		}
	}
	if g.count {
		fmt.Fprintln(g.Out, len(hits))
	}
	if killed == 0 {
		return 1
	}
	return 0
}

func (g *pgrep) selected() ([]hit, error) {
	all, err := g.table.All()
	if err != nil {
		return nil, err
	}
	me := self(g.Call)
	var hits []hit
	for _, p := range all {
		if p.PID == me {
			continue
		}
		if g.matches(p) == g.negate {
			continue
		}
		h := hit{Process: p, text: p.Comm}
		if g.listFull {
			h.text = g.cmdline(p)
		}
		switch {
		case (g.newest || g.oldest) && len(hits) > 0:
			if last := hits[0]; g.newest == (p.Start > last.Start || p.Start == last.Start && p.PID > last.PID) {
				hits[0] = h
			}
		default:
			hits = append(hits, h)
		}
	}
	return hits, nil
}

// matches applies every criterion.
func (g *pgrep) matches(p daemon.Process) bool {
	in := func(list []int, n int) bool { return list == nil || slices.Contains(list, n) }
	if !in(g.parents, p.PPID) || !in(g.pids, p.PID) || !in(g.groups, p.PGID) || !in(g.sessions, p.SID) {
		return false
	}
	if g.effective != nil || g.real != nil || g.realGroups != nil {
		st, err := g.table.Status(p.PID)
		if err != nil || !in(g.effective, st.UID[1]) || !in(g.real, st.UID[0]) || !in(g.realGroups, st.GID[0]) {
			return false
		}
	}
	if g.older > 0 && int(uptime(g.Process)-float64(p.Start)/ticks) < g.older {
		return false
	}
	if g.terminals != nil && !slices.Contains(g.terminals, ttyName(p.TTY)) {
		return false
	}
	if g.states != "" && strings.IndexByte(g.states, p.State) < 0 {
		return false
	}
	if g.re == nil {
		return true
	}
	text := p.Comm
	if g.full {
		text = g.cmdline(p)
	}
	return matches(g.re, text)
}

// cmdline is the arguments joined by blanks, or the name in brackets.
func (g *pgrep) cmdline(p daemon.Process) string { return commandLine(g.table, p) }

// commandLine is on one line whatever an argument holds. A process that has
// none is a kernel thread, or has ended.
func commandLine(t daemon.Table, p daemon.Process) string {
	args, err := t.Cmdline(p.PID)
	if err == nil && len(args) > 0 {
		return strings.TrimRight(strings.ReplaceAll(strings.Join(args, " "), "\n", " "), " ")
	}
	text := "[" + p.Comm + "]"
	if p.State == 'Z' {
		text += " <defunct>"
	}
	return text
}

// matches runs an expression; one that takes too long matches nothing.
func matches(re *regex.Regexp, s string) bool {
	ok, err := re.Match([]byte(s))
	return ok && err == nil
}

// Major numbers of terminals, as in Linux's list of devices.
const (
	majorTTY     = 4
	majorTTYAlt  = 5
	firstPTY     = 136
	lastPTY      = 143
	serialMinors = 64
)

// ttyName is how ps calls a terminal: its device's path under /dev, "?" for
// none.
func ttyName(dev int) string {
	major, minor := int(system.Major(uint64(dev))), int(system.Minor(uint64(dev)))
	switch {
	case dev == 0:
		return "?"
	case major >= firstPTY && major <= lastPTY:
		return "pts/" + strconv.Itoa(minor+(major-firstPTY)*256)
	case major == majorTTY && minor < serialMinors:
		return "tty" + strconv.Itoa(minor)
	case major == majorTTY:
		return "ttyS" + strconv.Itoa(minor-serialMinors)
	case major == majorTTYAlt && minor == 1:
		return "console"
	}
	return "?"
}
