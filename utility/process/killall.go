package process

import (
	"fmt"
	"path"
	"strconv"
	"strings"
	"time"

	"sysv/daemon"
	"sysv/system"
	"sysv/utility/call"
	"sysv/utility/regex"
)

// killAll is one run of killall(1), as of psmisc 23.6.
type killAll struct {
	*call.Call
	table                              daemon.Table
	signal                             system.Signal
	exact, fold, group, quiet, regexps bool
	verbose, wait                      bool
	younger, older                     int // seconds
	user                               *int
	names                              []string
	files                              []*system.FileInfo // of names that are paths
	exprs                              []*regex.Regexp
}

// KillAll is killall.
func KillAll(c *call.Call) int {
	k := &killAll{Call: c, table: daemon.Table{Sys: c.Sys}, signal: system.SIGTERM}
	if status, ok := k.options(); !ok {
		return status
	}
	if len(k.names) == 0 && k.user == nil {
		return c.Refuse("killall without a name")
	}
	for _, name := range k.names {
		if k.regexps {
			syn := regex.Extended
			if k.fold {
				syn |= regex.Fold
			}
			re, err := regex.Compile(name, syn)
			if err != nil {
				return k.say("killall: Bad regular expression: "+name, 1)
			}
			k.exprs = append(k.exprs, re)
			continue
		}
		var file *system.FileInfo
		if strings.Contains(name, "/") {
			st, err := c.Stat(name)
			if err != nil {
				return k.say(name+": "+err.Error(), 1)
			}
			file = &st
		}
		k.files = append(k.files, file)
	}
	return k.run()
}

// say prints a message that does not begin with the program's name.
func (k *killAll) say(message string, status int) int {
	k.Out.Flush()
	k.Stderr().Write([]byte(message + "\n"))
	return status
}

// options reads them; ok is false where the run is over.
func (k *killAll) options() (status int, ok bool) {
	args := k.Args[1:]
	for i := 0; i < len(args); i++ {
		a := args[i]
		if a == "--" {
			k.names = append(k.names, args[i+1:]...)
			break
		}
		if len(a) < 2 || a[0] != '-' {
			k.names = append(k.names, a)
			continue
		}
		letters := killallLong(strings.TrimLeft(a, "-"))
		if letters == "" || len(a) == 2 {
			letters = a[1:]
		}
		// An option that is no letter of an option is a signal.
		if len(a) > 2 && a[1] != '-' && letters == a[1:] && (a[1] >= 'A' && a[1] <= 'Z') || a[1] >= '0' && a[1] <= '9' {
			if status, ok := k.parseSignal(a[1:]); !ok {
				return status, false
			}
			continue
		}
		for j := 0; j < len(letters); j++ {
			arg := ""
			if strings.IndexByte("syou", letters[j]) >= 0 {
				arg = letters[j+1:]
				if _, value, has := strings.Cut(a, "="); has && strings.HasPrefix(a, "--") {
					arg = value
				} else if arg == "" {
					if i++; i == len(args) {
						return k.Refuse("an option of killall without its argument"), false
					}
					arg = args[i]
				}
			}
			if status, ok := k.option(letters[j], arg); !ok {
				return status, false
			}
			if arg != "" {
				break
			}
		}
	}
	return 0, true
}

// killallLong gives the letter of a long option, which may be abbreviated and
// need only one dash.
func killallLong(text string) string {
	name, _, _ := strings.Cut(text, "=")
	found := ""
	for _, l := range []string{"exact>e", "ignore-case>I", "process-group>g", "younger-than>y", "older-than>o", "quiet>q", "regexp>r",
		"signal>s", "user>u", "verbose>v", "wait>w", "interactive>i", "list-signals>l", "ns>n", "context>Z", "version>V"} {
		full, letter, _ := strings.Cut(l, ">")
		if full == name {
			return letter
		}
		if strings.HasPrefix(full, name) {
			if found != "" {
				return ""
			}
			found = letter
		}
	}
	return found
}

func (k *killAll) option(letter byte, arg string) (status int, ok bool) {
	switch letter {
	case 'e':
		k.exact = true
	case 'I':
		k.fold = true
	case 'g':
		k.group = true
	case 'q':
		k.quiet = true
	case 'r':
		k.regexps = true
	case 'v':
		k.verbose = true
	case 'w':
		k.wait = true
	case 's':
		return k.parseSignal(arg)
	case 'y', 'o':
		n := age(arg)
		if n <= 0 {
			return k.Refuse("the time " + arg), false
		}
		if letter == 'y' {
			k.younger = n
		} else {
			k.older = n
		}
	case 'u':
		u, found := system.Users{Sys: k.Sys}.User(arg)
		if !found {
			return k.say("Cannot find user "+arg, 1), false
		}
		k.user = &u.UID
	default:
		return k.Refuse("-" + string(letter)), false
	}
	return 0, true
}

func (k *killAll) parseSignal(s string) (status int, ok bool) {
	if s != "" && s[0] >= '0' && s[0] <= '9' {
		k.signal = system.Signal(atoi(s))
		return 0, true
	}
	name := strings.TrimPrefix(s, "SIG")
	sig, found := system.ParseSignalName(name)
	if !found || sig > lastOldSignal {
		return k.say(name+": unknown signal; killall -l lists signals.", 1), false
	}
	k.signal = sig
	return 0, true
}

// age reads a number and its unit, and gives seconds.
func age(s string) int {
	digits := 0
	for digits < len(s) && s[digits] >= '0' && s[digits] <= '9' {
		digits++
	}
	n, err := strconv.Atoi(s[:digits])
	if err != nil || digits == len(s) {
		return -1
	}
	const day = 24 * 60 * 60
	switch s[digits] {
	case 's':
		return n
	case 'm':
		return n * 60
	case 'h':
		return n * 60 * 60
	case 'd':
		return n * day
	case 'w':
		return n * 7 * day
	case 'M':
		return n * 28 * day
	case 'y':
		return n * 12 * 28 * day
	}
	return -1
}

// run signals the processes.
func (k *killAll) run() int {
	list, err := k.table.All()
	if err != nil {
		return k.say("killall: /proc lacks process entries (not mounted ?)", 1)
	}
	me, up := self(k.Call), uptime(k.Process)
	found := make([]bool, len(k.names))
	var killed []daemon.Identity
	groups := map[int]bool{}
	for _, p := range list {
		if p.PID == me || k.user != nil && !k.owned(p.PID) {
			continue
		}
		seconds := up - float64(p.Start)/ticks
		if k.younger > 0 && seconds > float64(k.younger) || k.older > 0 && seconds < float64(k.older) {
			continue
		}
		name, long, ok := k.name(p)
		if !ok {
			continue
		}
		which := k.match(p, name, long)
		if which < 0 && len(k.names) > 0 {
			continue
		}
		id := daemon.Identity{PID: p.PID, Start: p.Start}
		shown := strconv.Itoa(p.PID)
		if k.group {
			if groups[p.PGID] {
				continue
			}
			groups[p.PGID] = true
			shown = "pgid " + strconv.Itoa(p.PGID)
			err = k.Sys.Kill(-p.PGID, k.signal)
		} else {
			err = k.table.Signal(id, k.signal)
		}
		if err != nil {
			if err != system.ESRCH {
				k.say(fmt.Sprintf("%s(%s): %v", name, strings.TrimPrefix(shown, "pgid "), err), 1)
			}
			continue
		}
		if k.verbose {
			k.say(fmt.Sprintf("Killed %s(%s) with signal %d", name, shown, k.signal), 0)
		}
		if which >= 0 {
			found[which] = true
		}
		killed = append(killed, id)
	}
	status := 0
	if len(k.names) == 0 && len(killed) == 0 {
		status = 1
	}
	for i, name := range k.names {
		if !found[i] {
			status = 1
			if !k.quiet {
				k.say(name+": no process found", 1)
			}
		}
	}
	if k.wait {
		k.await(killed)
	}
	return status
}

func (k *killAll) owned(pid int) bool {
	st, err := k.table.Status(pid)
	return err == nil && st.UID[0] == *k.user
}

// Lengths at which a process name may have been cut off by the kernel.
const (
	nameCut       = 15
	kernelNameCut = 63
)

// name is what a process is called: where the kernel may have cut the name
// off, the argument whose last part begins with it is the whole of it.
func (k *killAll) name(p daemon.Process) (name string, long, ok bool) {
	if len(p.Comm) != nameCut && len(p.Comm) != kernelNameCut {
		return p.Comm, false, true
	}
	args, err := k.table.Cmdline(p.PID)
	if err != nil {
		return "", false, false
	}
	for _, a := range args {
		if a == "" {
			break
		}
		if base := a[strings.LastIndexByte(a, '/')+1:]; strings.HasPrefix(base, p.Comm) {
			return base, true, true
		}
	}
	if k.exact {
		if k.verbose {
			k.say(fmt.Sprintf("killall: skipping partial match %s(%d)", p.Comm, p.PID), 0)
		}
		return "", false, false
	}
	return p.Comm, false, true
}

// match gives the number of the name that a process has, or -1.
func (k *killAll) match(p daemon.Process, name string, long bool) int {
	for i, want := range k.names {
		switch {
		case k.regexps:
			if matches(k.exprs[i], name) {
				return i
			}
		case k.files[i] != nil:
			if k.runs(p.PID, want, *k.files[i]) {
				return i
			}
		case !long && len(p.Comm) == nameCut && len(want) >= nameCut:
			if k.same(want[:nameCut], name) {
				return i
			}
		case k.same(want, name):
			return i
		}
	}
	return -1
}

func (k *killAll) same(a, b string) bool {
	if k.fold {
		return strings.EqualFold(a, b)
	}
	return a == b
}

// runs tells whether a process runs a file, or one that had its path.
func (k *killAll) runs(pid int, file string, st system.FileInfo) bool {
	dir := path.Join("/proc", strconv.Itoa(pid), "exe")
	if exe, err := k.Sys.Stat(dir); err == nil && exe.SameFile(st) {
		return true
	}
	link, err := k.Sys.Readlink(dir)
	return err == nil && link == file
}

// await waits until all have ended.
func (k *killAll) await(list []daemon.Identity) {
	for {
		left := false
		for _, id := range list {
			left = left || k.table.Alive(id)
		}
		if !left || k.Sys.Sleep(k.Ctx, 20*time.Millisecond) != nil {
			return
		}
	}
}

// ticks is how many clock ticks a second has in /proc, on every machine.
const ticks = 100

// uptime is how long the machine has been up, in seconds.
func uptime(p *system.Process) float64 {
	b, err := p.ReadFile("/proc/uptime", 0)
	if err != nil {
		return 0
	}
	first, _, _ := strings.Cut(string(b), " ")
	f, _ := strconv.ParseFloat(first, 64)
	return f
}
