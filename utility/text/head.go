package text

import (
	"io"
	"math"
	"strings"

	"sysv/system"
	"sysv/utility/call"
)

// headers prints "==> NAME <==" before each file but as -q and -v say.
type headers struct {
	c     *call.Call
	show  bool
	first bool
}

func (h *headers) print(name string) {
	if !h.show {
		return
	}
	if !h.first {
		h.c.Out.WriteByte('\n')
	}
	h.first = false
	if name == "-" {
		name = "standard input"
	}
	h.c.Out.WriteString("==> " + name + " <==\n")
}

// Head is head(1) of coreutils.
func Head(c *call.Call) int {
	if refused, ok := oldHead(c); !ok {
		return c.Refuse(refused)
	}
	opts, operands, status, done := getopt(c, 1, "n:c:qvz",
		"lines=>n", "bytes=>c", "quiet>q", "silent>q", "verbose>v", "zero-terminated>z")
	if done {
		return status
	}
	n, lines, butLast, delim, verbose := int64(10), true, false, byte('\n'), 0
	for _, o := range opts {
		switch o.Name {
		case "n", "c":
			lines, butLast = o.Name == "n", false
			arg := o.Arg
			if strings.HasPrefix(arg, "-") {
				butLast = true
				arg = arg[1:]
			}
			var ok bool
			if n, ok = countArg(c, arg, lines, arg); !ok {
				return 1
			}
		case "q":
			verbose = -1
		case "v":
			verbose = 1
		case "z":
			delim = 0
		}
	}
	h := headers{c: c, first: true, show: verbose > 0 || verbose == 0 && len(operands) > 1}
	for _, name := range inputs(operands) {
		f, own, err := openInput(c, name)
		if err != nil {
			status = c.Fail("cannot open %s for reading: %v", call.Quote(name), err)
			continue
		}
		h.print(name)
		l := newLines(c, f, name, own)
		l.delim = delim
		switch {
		case butLast && lines:
			headButLines(l, n)
		case butLast:
			headButBytes(l, n)
		case lines:
			headLines(l, n)
		default:
			headBytes(l, n)
		}
		if l.err != nil {
			if name == "-" {
				name = "standard input"
			}
			status = c.Fail("error reading %s: %v", call.Quote(name), l.err)
		}
		l.giveBack()
		l.close()
		if c.Stop() {
			break
		}
	}
	return status
}

// oldHead rewrites the first argument -NUM, with letters b k m c l q v z
// behind it, to today's options.
func oldHead(c *call.Call) (refused string, ok bool) {
	if len(c.Args) < 2 || len(c.Args[1]) < 2 || c.Args[1][0] != '-' || !isDigit(int(c.Args[1][1])) {
		return "", true
	}
	a := c.Args[1][1:]
	i := 0
	for i < len(a) && isDigit(int(a[i])) {
		i++
	}
	args := []string{c.Args[0], "-n", a[:i]}
	for _, ch := range a[i:] {
		switch ch {
		case 'c':
			args[1] = "-c"
		case 'l':
			args[1] = "-n"
		case 'q', 'v', 'z':
			args = append(args, "-"+string(ch))
		default:
			return "-" + a, false
		}
	}
	c.Args = append(args, c.Args[2:]...)
	return "", true
}

// countArg reads a count with an optional multiplier, as xnumtoumax does.
func countArg(c *call.Call, s string, lines bool, shown string) (int64, bool) {
	what := "bytes"
	if lines {
		what = "lines"
	}
	n, over, ok := suffixed(s)
	switch {
	case !ok:
		c.Errorf("invalid number of %s: %s", what, call.QuoteArg(shown))
		return 0, false
	case over:
		c.Errorf("invalid number of %s: %s: %v", what, call.QuoteArg(shown), system.EOVERFLOW)
		return 0, false
	}
	return n, true
}

// suffixed reads digits and one of GNU's multipliers (b, kB, K, MB, M …).
func suffixed(s string) (n int64, over, ok bool) {
	i := 0
	for i < len(s) && isDigit(int(s[i])) {
		d := int64(s[i] - '0')
		if n > (math.MaxInt64-d)/10 {
			over = true
			n = math.MaxInt64 / 10
		} else {
			n = n*10 + d
		}
		i++
	}
	if i == 0 {
		return 0, false, false
	}
	unit := s[i:]
	if unit == "" {
		return n, over, true
	}
	base, times := int64(1024), 0
	switch unit[0] {
	case 'b':
		if unit != "b" {
			return 0, false, false
		}
		base, times = 512, 1
	case 'k', 'K':
		times = 1
	case 'm', 'M':
		times = 2
	case 'G':
		times = 3
	case 'T':
		times = 4
	case 'P':
		times = 5
	case 'E':
		times = 6
	default:
		return 0, false, false
	}
	switch unit[1:] {
	case "", "iB":
	case "B":
		base = 1000
	default:
		return 0, false, false
	}
	for range times {
		if n > math.MaxInt64/base {
			return 0, true, true
		}
		n *= base
	}
	return n, over, true
}

// putLine writes a line as it was read; false: it cannot be.
func putLine(l *lines, b []byte, ended bool) bool {
	_, err := l.c.Out.Write(b)
	if ended {
		err = l.c.Out.WriteByte(l.delim)
	}
	return err == nil
}

func headLines(l *lines, n int64) {
	for ; n > 0; n-- {
		b, ended, ok := l.next()
		if !ok || !putLine(l, b, ended) {
			return
		}
	}
}

func headBytes(l *lines, n int64) {
	for n > 0 {
		if !l.more() {
			return
		}
		b := l.buf[l.r:l.w]
		if int64(len(b)) > n {
			b = b[:n]
		}
		l.r += len(b)
		n -= int64(len(b))
		if _, err := l.c.Out.Write(b); err != nil {
			return
		}
	}
}

// headButLines writes all but the last n lines.
func headButLines(l *lines, n int64) {
	var kept [][]byte
	for {
		b, ended, ok := l.next()
		if !ok {
			return
		}
		line := append([]byte{}, b...)
		if ended {
			line = append(line, l.delim)
		}
		kept = append(kept, line)
		if int64(len(kept)) > n {
			if _, err := l.c.Out.Write(kept[0]); err != nil {
				return
			}
			kept = kept[1:]
		}
	}
}

func headButBytes(l *lines, n int64) {
	var kept []byte
	for b := l.chunk(); b != nil; b = l.chunk() {
		kept = append(kept, b...)
		if over := int64(len(kept)) - n; over > 0 {
			if _, err := l.c.Out.Write(kept[:over]); err != nil {
				return
			}
			kept = append(kept[:0], kept[over:]...)
		}
	}
}

// Tail is tail(1) of coreutils, without following (-f).
func Tail(c *call.Call) int {
	oldTail(c)
	opts, operands, status, done := getopt(c, 1, "n:c:qvz",
		"lines=>n", "bytes=>c", "quiet>q", "silent>q", "verbose>v", "zero-terminated>z")
	if done {
		return status
	}
	n, lines, from, delim, verbose := int64(10), true, false, byte('\n'), 0
	for _, o := range opts {
		switch o.Name {
		case "n", "c":
			lines, from = o.Name == "n", false
			arg := o.Arg
			if strings.HasPrefix(arg, "+") {
				from = true
				arg = arg[1:]
			} else {
				arg = strings.TrimPrefix(arg, "-")
			}
			var ok bool
			if n, ok = countArg(c, arg, lines, o.Arg); !ok {
				return 1
			}
		case "q":
			verbose = -1
		case "v":
			verbose = 1
		case "z":
			delim = 0
		}
	}
	h := headers{c: c, first: true, show: verbose > 0 || verbose == 0 && len(operands) > 1}
	for _, name := range inputs(operands) {
		f, own, err := openInput(c, name)
		if err != nil {
			status = c.Fail("cannot open %s for reading: %v", call.Quote(name), err)
			continue
		}
		h.print(name)
		l := newLines(c, f, name, own)
		l.delim = delim
		switch {
		case from && lines:
			tailFromLine(l, n)
		case from:
			tailFromByte(l, n)
		case lines:
			tailLines(l, n)
		default:
			tailBytes(l, n)
		}
		if l.err != nil {
			if name == "-" {
				name = "standard input"
			}
			status = c.Fail("error reading %s: %v", call.Quote(name), l.err)
		}
		l.close()
		if c.Stop() {
			break
		}
	}
	return status
}

// oldTail rewrites an only argument (before at most one file) -NUM or +NUM,
// with l or c behind it, to today's options.
func oldTail(c *call.Call) {
	if len(c.Args) < 2 || len(c.Args) > 3 && !(len(c.Args) == 4 && c.Args[2] == "--") {
		return
	}
	a := c.Args[1]
	if len(a) < 2 || a[0] != '-' && a[0] != '+' || !isDigit(int(a[1])) {
		return
	}
	i := 1
	for i < len(a) && isDigit(int(a[i])) {
		i++
	}
	opt := "-n"
	switch a[i:] {
	case "", "l":
	case "c":
		opt = "-c"
	default:
		return
	}
	c.Args = append([]string{c.Args[0], opt, a[:i]}, c.Args[2:]...)
}

func tailFromLine(l *lines, n int64) {
	for ; n > 1; n-- {
		if _, _, ok := l.next(); !ok {
			return
		}
	}
	copyRest(l)
}

func tailFromByte(l *lines, n int64) {
	n--
	if n > 0 && l.own {
		if info, err := l.f.Stat(); err == nil && info.Mode.IsRegular() {
			l.f.Seek(n, io.SeekStart)
			n = 0
		}
	}
	for n > 0 && l.more() {
		skip := min(n, int64(l.w-l.r))
		l.r += int(skip)
		n -= skip
	}
	copyRest(l)
}

func copyRest(l *lines) {
	for b := l.chunk(); b != nil; b = l.chunk() {
		if _, err := l.c.Out.Write(b); err != nil {
			return
		}
	}
}

// tailLines writes the last n lines. All that is read is kept only as far as
// it may be wanted.
func tailLines(l *lines, n int64) {
	var ring [][]byte
	at := 0
	for {
		b, ended, ok := l.next()
		if !ok {
			break
		}
		if n == 0 {
			continue
		}
		if int64(len(ring)) < n {
			ring = append(ring, nil)
			at = len(ring) - 1
		} else {
			at = (at + 1) % len(ring)
		}
		ring[at] = append(ring[at][:0], b...)
		if ended {
			ring[at] = append(ring[at], l.delim)
		}
	}
	for i := range ring {
		if _, err := l.c.Out.Write(ring[(at+1+i)%len(ring)]); err != nil {
			return
		}
	}
}

func tailBytes(l *lines, n int64) {
	var kept []byte
	for b := l.chunk(); b != nil; b = l.chunk() {
		kept = append(kept, b...)
		if over := int64(len(kept)) - n; over > 0 && (over > chunk || n < chunk) {
			kept = append(kept[:0], kept[over:]...)
		}
	}
	if over := int64(len(kept)) - n; over > 0 {
		kept = kept[over:]
	}
	l.c.Out.Write(kept)
}
