package host

import (
	"strconv"
	"strings"

	"sysv/system"
	"sysv/utility/call"
)

// Statuses of tput(1).
const (
	tputAbsent     = 1 // a boolean or a string that the terminal has not
	tputUsage      = 2
	tputNoTerminal = 3
	tputUnknown    = 4 // no capability has this name
)

// Tput is tput(1) of ncurses 6.4, with -T and -x: capabilities by their name
// in terminfo, with parameters, one after the other, and longname, clear,
// lines and cols. It refuses init and reset, which change the terminal, and
// strings with a string for a parameter.
func Tput(c *call.Call) int {
	opts, args, unknown, ok := c.Getopt("T:x")
	if !ok {
		return badOption(c, unknown, tputUsage)
	}
	name, _ := c.Getenv("TERM")
	keepScrollback := false
	for _, o := range opts {
		if o.Name == "T" {
			name = o.Arg
		} else {
			keepScrollback = true
		}
	}
	for _, a := range args {
		switch a {
		case "init", "reset", "pfkey", "pfloc", "pfx", "pln", "pfxl":
			return c.Refuse(a)
		}
	}
	if name == "" {
		c.Errorf("No value for $TERM and no -T specified")
		return tputUsage
	}
	if len(args) == 0 {
		return c.Refuse("to show its usage")
	}
	t, ok := findTerminal(c, name)
	if !ok {
		c.Errorf("unknown terminal \"%s\"", name)
		return tputNoTerminal
	}
	p := &put{c: c, t: t, keepScrollback: keepScrollback}
	for i, a := range args {
		if p.stringParameters(a) && i+1 < len(args) {
			return c.Refuse(a)
		}
	}
	for len(args) > 0 {
		used, status := p.command(args)
		if status != 0 {
			return status
		}
		args = args[used:]
	}
	return 0
}

// put is one run of tput.
type put struct {
	c              *call.Call
	t              *terminal
	keepScrollback bool
}

func (p *put) stringParameters(name string) bool {
	cap := p.t.get(name)
	return cap.kind == 's' && (strings.Contains(cap.text, "%s") || strings.Contains(cap.text, "%l"))
}

// command does the first of args, with its parameters behind it.
func (p *put) command(args []string) (used, status int) {
	c, name := p.c, args[0]
	switch name {
	case "longname":
		c.Out.WriteString(p.t.name)
		return 1, 0
	case "clear":
		if clear := p.t.get("clear"); !clear.absent {
			p.print(clear.text)
		} else {
			return 1, tputUsage
		}
		if e3 := p.t.get("E3"); e3.kind == 's' && !e3.absent && !p.keepScrollback {
			p.print(e3.text)
		}
		return 1, 0
	}
	switch cap := p.t.get(name); cap.kind {
	case 'b':
		if cap.number > 0 {
			return 1, 0
		}
		return 1, tputAbsent
	case 'n':
		c.Out.WriteString(strconv.Itoa(p.number(name, cap.number)) + "\n")
		return 1, 0
	case 's':
		if cap.absent {
			return 1, tputAbsent
		}
		return p.text(cap.text, args[1:]) + 1, 0
	}
	c.Errorf("unknown terminfo capability '%s'", name)
	return 1, tputUnknown
}

// text prints a string with as many of args as it has parameters, and says how
// many those are. Without any it is printed as it is.
func (p *put) text(s string, args []string) (used int) {
	used = min(parameters(s), len(args))
	if used == 0 {
		p.print(s)
		return 0
	}
	params := make([]int, used)
	for i := range params {
		// As strtol(3) reads it; what is no number is 0.
		if n, err := strconv.ParseInt(strings.ReplaceAll(args[i], "_", "?"), 0, 64); err == nil {
			params[i] = int(int32(n))
		}
	}
	p.print(string(expand(s, params)))
	return used
}

// print writes a string without the delays in it ($<5/>), as tputs(3) does
// where the speed of the line is not known.
func (p *put) print(s string) {
	for {
		i := strings.Index(s, "$<")
		if i < 0 {
			p.c.Out.WriteString(s)
			return
		}
		end := strings.IndexByte(s[i:], '>')
		if end < 0 || end == 2 || strings.Trim(s[i+2:i+end], "0123456789.*/") != "" || s[i+2] < '.' {
			p.c.Out.WriteString(s[:i+2])
			s = s[i+2:]
			continue
		}
		p.c.Out.WriteString(s[:i])
		s = s[i+end+1:]
	}
}

// number is a number; the size is that of the environment or of the terminal
// in preference to the description's.
func (p *put) number(name string, described int) int {
	variable, usual := "LINES", 24
	switch name {
	case "lines":
	case "cols":
		variable, usual = "COLUMNS", 80
	default:
		return described
	}
	if v, ok := p.c.Getenv(variable); ok {
		if n, err := strconv.Atoi(v); err == nil && n > 0 {
			return n
		}
	}
	for _, f := range [...]system.File{p.c.Stderr(), p.c.Stdout(), p.c.Stdin()} {
		if !f.IsTerminal() {
			continue
		}
		columns, rows := f.Size()
		if name == "lines" && rows > 0 {
			return rows
		}
		if name == "cols" && columns > 0 {
			return columns
		}
		break
	}
	if described > 0 {
		return described
	}
	return usual
}
