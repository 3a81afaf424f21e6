package text

import (
	"strings"

	"sysv/system"
	"sysv/utility/call"
	"sysv/utility/regex"
)

// grepper is one run of grep.
type grepper struct {
	c        *call.Call
	re       *regex.Regexp
	word     bool
	none     bool // no pattern at all: nothing matches
	quiet    bool
	silent   bool
	invert   bool
	count    bool
	list     bool
	listNot  bool
	number   bool
	offset   bool
	only     bool
	text     bool
	noBinary bool
	lineBuf  bool
	recurse  bool
	prefix   int // 1 yes, 0 no, -1 if the operand is a directory
	max      int // -1: no limit
	before   int
	after    int
	context  bool // -A, -B or -C was given

	out      system.FileInfo // standard output, if a regular file
	outKnown bool
	failed   bool
	matched  bool
	printed  bool // something with context has been printed: "--" may follow
}

const grepTrouble = 2

// Grep is grep(1), and egrep and fgrep as Debian has them: grep -E and -F.
func Grep(c *call.Call) int {
	base := c.Args[0][strings.LastIndexByte(c.Args[0], '/')+1:]
	syn, fixed := regex.Grep, false
	switch base {
	case "egrep":
		syn |= regex.Extended
	case "fgrep":
		fixed = true
	}
	if base == "egrep" || base == "fgrep" {
		args := append([]string{"grep"}, c.Args[1:]...)
		run := *c
		run.Args = args
		status := grep(&run, syn, fixed)
		*c = run
		return status
	}
	return grep(c, syn, fixed)
}

func grep(c *call.Call, syn regex.Syntax, fixed bool) int {
	opts, operands, status, done := getopt(c, grepTrouble, "EFGe:f:ivyqscnlLowxrhHm:A:B:C:abI0123456789",
		"extended-regexp>E", "fixed-strings>F", "basic-regexp>G", "regexp=>e", "file=>f", "ignore-case>i", "no-ignore-case",
		"invert-match>v", "quiet>q", "silent>q", "no-messages>s", "count>c", "line-number>n", "files-with-matches>l",
		"files-without-match>L", "only-matching>o", "word-regexp>w", "line-regexp>x", "recursive>r", "no-filename>h",
		"with-filename>H", "max-count=>m", "after-context=>A", "before-context=>B", "context=>C", "text>a",
		"byte-offset>b", "color=?", "colour=?>color", "line-buffered")
	if done {
		return status
	}
	g := &grepper{c: c, max: -1, before: -1, after: -1}
	var patterns []string
	given, whole, fold, filename, context, digits := false, false, false, 0, -1, ""
	matcher := ""
	for _, o := range opts {
		switch o.Name {
		case "E", "F", "G":
			if matcher != "" && matcher != o.Name {
				// GNU's rule here depends on which of them came first.
				return c.Refuse("-" + matcher + o.Name)
			}
			matcher = o.Name
			syn, fixed = regex.Grep, o.Name == "F"
			if o.Name == "E" {
				syn |= regex.Extended
			}
		case "e":
			given = true
			patterns = append(patterns, strings.Split(o.Arg, "\n")...)
		case "f":
			b, err := readPatterns(c, o.Arg)
			if err != nil {
				c.Errorf("%s: %v", o.Arg, err)
				return grepTrouble
			}
			given = true
			patterns = append(patterns, b...)
		case "i", "y":
			fold = true
		case "no-ignore-case":
			fold = false
		case "v":
			g.invert = true
		case "q":
			g.quiet = true
		case "s":
			g.silent = true
		case "c":
			g.count = true
		case "n":
			g.number = true
		case "l":
			g.list, g.listNot = true, false
		case "L":
			g.list, g.listNot = false, true
		case "o":
			g.only = true
		case "w":
			g.word = true
		case "x":
			whole = true
		case "r":
			g.recurse = true
		case "h":
			filename = -1
		case "H":
			filename = 1
		case "a":
			g.text = true
		case "I":
			g.noBinary = true
		case "b":
			g.offset = true
		case "line-buffered":
			g.lineBuf = true
		case "color":
			if o.Arg != "never" && o.Arg != "no" && o.Arg != "none" && (o.Arg != "auto" && o.Arg != "tty" && o.Arg != "if-tty" && o.Arg != "" || c.Stdout().IsTerminal()) {
				return c.Refuse("--color=" + o.Arg)
			}
		case "m":
			n, ok := grepNumber(o.Arg)
			if !ok {
				c.Errorf("invalid max count")
				return grepTrouble
			}
			g.max = n
		case "A", "B", "C":
			n, ok := grepNumber(o.Arg)
			if !ok || n < 0 {
				c.Errorf("%s: invalid context length argument", o.Arg)
				return grepTrouble
			}
			switch o.Name {
			case "A":
				g.after = n
			case "B":
				g.before = n
			default:
				context = n
			}
		default:
			digits += o.Name
		}
	}
	if digits != "" {
		context, _ = grepNumber(digits)
	}
	g.context = g.after >= 0 || g.before >= 0 || context >= 0
	if g.after < 0 {
		g.after = max(context, 0)
	}
	if g.before < 0 {
		g.before = max(context, 0)
	}
	if !given {
		if len(operands) == 0 {
			c.Out.Flush()
			system.WriteAll(c.Stderr(), []byte("Usage: grep [OPTION]... PATTERNS [FILE]...\nTry 'grep --help' for more information.\n"))
			return grepTrouble
		}
		patterns = strings.Split(operands[0], "\n")
		operands = operands[1:]
	}
	if fold {
		syn |= regex.Fold
	}
	if status := g.compile(patterns, syn, fixed, whole); status != 0 {
		return status
	}
	if g.max < -1 {
		g.max = -1
	}
	if g.max == 0 && (!g.count || g.list || g.listNot) {
		return 1
	}
	if g.quiet || g.list || g.listNot || g.count {
		g.only, g.before, g.after = false, 0, 0
	}
	if g.only {
		g.before, g.after, g.context = 0, 0, false
	}
	g.prefix = 0
	switch {
	case filename > 0, filename == 0 && len(operands) > 1:
		g.prefix = 1
	case filename == 0 && g.recurse:
		g.prefix = -1
	}
	return g.all(operands)
}

// compile makes the expression. Status is not 0 on an error.
func (g *grepper) compile(patterns []string, syn regex.Syntax, fixed, whole bool) int {
	g.word = g.word && !whole
	g.none = len(patterns) == 0
	if fixed {
		g.re = regex.Fixed(patterns, syn&regex.Fold != 0, whole)
		return 0
	}
	re, err := regex.CompileAny(patterns, syn, whole)
	if err != nil {
		g.c.Errorf("%v", err)
		return grepTrouble
	}
	for _, w := range re.Warnings {
		g.c.Errorf("warning: %s", w)
	}
	g.re = re
	return 0
}

// readPatterns reads the patterns of -f, one a line.
func readPatterns(c *call.Call, name string) ([]string, error) {
	f, own, err := openInput(c, name)
	if err != nil {
		return nil, err
	}
	if own {
		defer f.Close()
	}
	b, err := system.ReadAll(f, 0)
	if err != nil || len(b) == 0 {
		return nil, err
	}
	return strings.Split(strings.TrimSuffix(string(b), "\n"), "\n"), nil
}

// grepNumber reads a count with an optional suffix as xstrtoimax does; a huge
// one is the largest int.
func grepNumber(s string) (int, bool) {
	t := strings.TrimLeft(s, " \t\n\v\f\r")
	neg := false
	if t != "" && (t[0] == '-' || t[0] == '+') {
		neg = t[0] == '-'
		t = t[1:]
	}
	if t == "" {
		return 0, false
	}
	n := 0
	for i := 0; i < len(t); i++ {
		if t[i] < '0' || t[i] > '9' {
			return 0, false
		}
		if n < 1<<30/10 {
			n = n*10 + int(t[i]-'0')
		} else {
			n = 1<<31 - 1
		}
	}
	if neg {
		n = -n
	}
	return n, true
}
