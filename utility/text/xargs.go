package text

import (
	"bufio"
	"strconv"
	"strings"

	"sysv/system"
	"sysv/utility/call"
)

// Statuses of xargs, as its manual has them.
const (
	xargsFailed   = 123 // a command gave 1 to 125
	xargsAborted  = 124 // a command gave 255
	xargsCannot   = 126
	xargsNotFound = 127
)

// xargsLine is the longest command line, as long as -s does not say so.
const xargsLine = 128 << 10

type xarger struct {
	c        *call.Call
	in       *bufio.Reader
	initial  []string
	delim    int // -1: blanks, with quotes
	maxArgs  int
	maxLines int
	replace  string
	eof      string
	hasEOF   bool
	trace    bool
	noRun    bool
	exit     bool
	size     int

	child  *system.Process
	status int
	stop   bool
	ran    bool
	warned bool
}

// Xargs is xargs(1) of findutils; commands run one after the other.
func Xargs(c *call.Call) int {
	opts, operands, status, done := getopt(c, 1, "+0a:d:E:e::I:i::L:l::n:P:rs:tx",
		"null>0", "arg-file=>a", "delimiter=>d", "eof=?>e", "replace=?>i", "max-lines=?>l", "max-args=>n", "max-procs=>P",
		"no-run-if-empty>r", "max-chars=>s", "verbose>t", "exit>x")
	if done {
		return status
	}
	x := &xarger{c: c, delim: -1, size: xargsLine, initial: operands}
	file := "-"
	for _, o := range opts {
		number := func(name string, least int) (int, bool) {
			n, err := strconv.Atoi(strings.TrimSpace(o.Arg))
			if err != nil {
				c.Errorf("invalid number \"%s\" for -%s option", o.Arg, name)
				c.Hint()
				return 0, false
			}
			if n < least {
				c.Errorf("value %s for -%s option should be >= %d", o.Arg, name, least)
				c.Hint()
				return 0, false
			}
			return n, true
		}
		var ok bool
		switch o.Name {
		case "0":
			x.delim = 0
		case "a":
			file = o.Arg
		case "d":
			if x.delim, ok = xargsDelimiter(o.Arg); !ok {
				return c.Refuse("-d " + o.Arg)
			}
		case "E", "e":
			x.eof, x.hasEOF = o.Arg, o.Arg != ""
		case "I", "i":
			if x.replace = o.Arg; o.Arg == "" {
				x.replace = "{}"
			}
			if x.maxArgs > 0 {
				x.exclusive("max-args", "--replace/-I/-i", "max-args")
				x.maxArgs = 0
			}
			if x.maxLines > 0 {
				x.exclusive("max-lines", "--replace/-I/-i", "max-lines")
				x.maxLines = 0
			}
		case "L", "l":
			if x.replace != "" {
				return c.Refuse("-I and -L")
			}
			x.maxLines = 1
			if o.Arg != "" {
				if x.maxLines, ok = number(o.Name, 1); !ok {
					return 1
				}
			}
			if x.maxArgs > 0 {
				name := "-L"
				if o.Name == "l" {
					name = "--max-lines/-l"
				}
				x.exclusive("max-args", name, "max-args")
				x.maxArgs = 0
			}
		case "n":
			n, ok := number("n", 1)
			if !ok {
				return 1
			}
			if x.maxLines > 0 {
				x.exclusive("max-lines", "--max-args/-n", "max-lines")
				x.maxLines = 0
			}
			if x.replace != "" {
				if n == 1 {
					break // GNU takes the pair for what it must mean
				}
				x.exclusive("replace", "--max-args/-n", "replace")
				x.replace = ""
			}
			x.maxArgs = n
		case "P":
			if o.Arg != "1" {
				return c.Refuse("-P " + o.Arg)
			}
		case "r":
			x.noRun = true
		case "s":
			if x.size, ok = number("s", 1); !ok {
				return 1
			}
			x.size = min(x.size, xargsLine)
		case "t":
			x.trace = true
		case "x":
			x.exit = true
		}
	}
	if len(x.initial) == 0 {
		x.initial = []string{"echo"}
	}
	f, own, err := openInput(c, file)
	if err != nil {
		return c.Fail("Cannot open input file %s: %v", call.Quote(file), err)
	}
	if own {
		defer f.Close()
	}
	x.in = bufio.NewReader(flusher{c, f})
	x.child = c.Fork()
	defer x.child.Files.CloseAll()
	if !own {
		if null, err := c.Sys.Open("/dev/null", system.ReadOnly, 0); err == nil {
			x.child.Files.Set(0, null)
		}
	}
	if x.replace != "" {
		x.lines()
	} else {
		x.items()
	}
	return x.status
}

// flusher flushes standard output before it reads.
type flusher struct {
	c *call.Call
	f system.File
}

func (r flusher) Read(p []byte) (int, error) {
	r.c.Out.Flush()
	return r.f.Read(p)
}

func (x *xarger) exclusive(a, b, ignored string) {
	x.c.Errorf("warning: options --%s and %s are mutually exclusive, ignoring previous --%s value", a, b, ignored)
}

func xargsDelimiter(s string) (int, bool) {
	switch {
	case len(s) == 1:
		return int(s[0]), true
	case len(s) < 2 || s[0] != '\\':
		return 0, false
	}
	switch s[1:] {
	case "a":
		return '\a', true
	case "b":
		return '\b', true
	case "f":
		return '\f', true
	case "n":
		return '\n', true
	case "r":
		return '\r', true
	case "t":
		return '\t', true
	case "v":
		return '\v', true
	case "\\":
		return '\\', true
	}
	base, d := 8, s[1:]
	if d[0] == 'x' {
		base, d = 16, d[1:]
	}
	n, err := strconv.ParseUint(d, base, 8)
	return int(n), err == nil
}

// items runs the command with as many arguments as it may have.
func (x *xarger) items() {
	base := 0
	for _, a := range x.initial {
		base += len(a) + 1
	}
	var args []string
	size, lines := base, 0
	flush := func() {
		x.run(append(append([]string{}, x.initial...), args...))
		args, size, lines = nil, base, 0
	}
	for !x.stop {
		item, endsLine, ok := x.next()
		if !ok {
			break
		}
		if base+len(item)+1 > x.size {
			x.fail("argument line too long")
			return
		}
		if size+len(item)+1 > x.size {
			if x.exit && (x.maxArgs > 0 || x.maxLines > 0) {
				x.fail("argument list too long")
				return
			}
			if flush(); x.stop {
				return
			}
		}
		args = append(args, item)
		size += len(item) + 1
		if endsLine {
			lines++
		}
		if x.maxArgs > 0 && len(args) >= x.maxArgs || x.maxLines > 0 && lines >= x.maxLines {
			if flush(); x.stop {
				return
			}
		}
	}
	// An unmatched quote ends the input: what was read before it still runs.
	if len(args) > 0 || !x.stop && !x.ran && !x.noRun {
		failed := x.stop
		flush()
		if failed {
			x.status = 1
		}
	}
}

// lines runs the command once for each line (-I).
func (x *xarger) lines() {
	for !x.stop {
		var item string
		var ok bool
		if x.delim >= 0 {
			item, _, ok = x.next()
		} else {
			item, ok = x.line()
		}
		if !ok {
			return
		}
		argv := make([]string, len(x.initial))
		size := 0
		for i, a := range x.initial {
			argv[i] = a
			if i > 0 {
				argv[i] = strings.ReplaceAll(a, x.replace, item)
			}
			size += len(argv[i]) + 1
		}
		if size > x.size {
			x.fail("argument list too long")
			return
		}
		x.run(argv)
	}
}

func (x *xarger) fail(msg string) {
	x.c.Errorf("%s", msg)
	x.status, x.stop = 1, true
}

// run runs one command and draws its status.
func (x *xarger) run(argv []string) {
	x.ran = true
	if x.c.Stop() {
		x.status, x.stop = 1, true
		return
	}
	if x.trace {
		x.c.Out.Flush()
		words := make([]string, len(argv))
		for i, a := range argv {
			words[i] = shellWord(a)
		}
		system.WriteAll(x.c.Stderr(), []byte(strings.Join(words, " ")+"\n"))
	}
	if strings.Contains(argv[0], "/") {
		if err := runnable(x.c.Process, argv[0]); err != nil {
			x.cannot(argv[0], err)
			return
		}
	}
	switch status := x.c.Exec(x.child, argv); {
	case status == xargsNotFound && !onPath(x.c.Process, argv[0]):
		x.cannot(argv[0], system.ENOENT)
	case status == 255:
		x.c.Errorf("%s: exited with status 255; aborting", argv[0])
		x.status, x.stop = xargsAborted, true
	case status != 0:
		x.status = xargsFailed
	}
}

func (x *xarger) cannot(name string, err error) {
	x.c.Errorf("%s: %v", name, err)
	x.status, x.stop = xargsCannot, true
	if err == system.ENOENT {
		x.status = xargsNotFound
	}
}

func runnable(p *system.Process, path string) error {
	info, err := p.Stat(path)
	if err != nil {
		return err
	}
	if !info.Mode.IsRegular() {
		return system.EACCES
	}
	return p.Access(path, system.ExecuteOK)
}

// onPath reports whether there is a program of the name: its status 127 is
// then its own.
func onPath(p *system.Process, name string) bool {
	if strings.Contains(name, "/") {
		return true
	}
	path, _ := p.Getenv("PATH")
	for dir := range strings.SplitSeq(path, ":") {
		if dir == "" {
			dir = "."
		}
		if runnable(p, dir+"/"+name) == nil {
			return true
		}
	}
	return false
}

// shellWord quotes a word where a shell would need it; a colon does not.
func shellWord(s string) string {
	if s != "" && call.QuoteName(strings.ReplaceAll(s, ":", "_")) == strings.ReplaceAll(s, ":", "_") {
		return s
	}
	return call.Quote(s)
}
