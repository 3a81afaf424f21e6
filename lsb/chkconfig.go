package lsb

import (
	"bytes"
	"math"
	"strings"
)

// The keys of the lines that Red Hat's programs read beside the LSB's.
const (
	ChkconfigLine Key = "chkconfig"
	ProcessName   Key = "processname"
	PIDFile       Key = "pidfile"
	ConfigFile    Key = "config"
	Hide          Key = "hide"
	Probe         Key = "probe"
)

// None is a start or stop number that a script does not give.
const None = -1

// Chkconfig is what Red Hat's chkconfig(8) reads in a script, or in the file
// of /etc/chkconfig.d that overrides one. It is another reading than [Parse]:
// every comment of the file counts, not only the block, and names of keys are
// in one case only.
type Chkconfig struct {
	// Path is the file's name, for messages.
	Path string
	// LSB says that a line "### BEGIN INIT INFO" is there.
	LSB bool
	// Levels has a bit for each runlevel that the service is to start in, if
	// HasLevels. They are of the "chkconfig:" line or of Default-Start and
	// Default-Stop: the first sets them, LSB lines after it add and take away.
	Levels    int32
	HasLevels bool
	// LevelsAt is the line that had the last word on Levels.
	LevelsAt Position
	// Start and Stop are the numbers of the "chkconfig:" line, None without.
	Start, Stop int
	// NumbersAt is the line that gave them.
	NumbersAt Position
	// The last line of each key counts.
	Provides, RequiredStart, RequiredStop, ShouldStart, ShouldStop []Word
	// Fields are all lines that were understood, in the file's order.
	Fields []Field
	// Fault is the line for which chkconfig does not take the file, if any.
	Fault *Fault
}

// Fault is a line that is wrong.
type Fault struct {
	Position
	// Text says what is wrong with it.
	Text string
}

// ParseChkconfig reads a script or an override as chkconfig does in the C
// locale (parseServiceInfo of its leveldb.c; the words are in chkconfig(8),
// RUNLEVEL FILES). It reads up to the first NUL byte.
func ParseChkconfig(path string, src []byte) *Chkconfig {
	if i := bytes.IndexByte(src, 0); i >= 0 {
		src = src[:i]
	}
	r := chkconfigReader{src: src, c: &Chkconfig{Path: path, Start: None, Stop: None}}
	for at, line := 0, 1; at < len(src) && r.c.Fault == nil; line++ {
		end := len(src)
		next := end
		if i := bytes.IndexByte(src[at:], '\n'); i >= 0 {
			end, next = at+i, at+i+1
		}
		r.start, r.end, r.number = at, end, line
		r.line()
		at = next
	}
	return r.c
}

// Get is the first line of a key that was understood, nil if there is none.
func (c *Chkconfig) Get(k Key) *Field {
	for i := range c.Fields {
		if c.Fields[i].Key == k {
			return &c.Fields[i]
		}
	}
	return nil
}

// Supported says whether chkconfig takes the script: it has levels, and
// numbers too unless it is the LSB's.
func (c *Chkconfig) Supported() bool {
	return c.Fault == nil && c.HasLevels && (c.LSB || c.Start != None && c.Stop != None)
}

// Override is c with what o, the service's file of /etc/chkconfig.d, says in
// its place. An override without a Provides line provides nothing but the
// service's name.
//
// An override without numbers takes those of an LSB script away, so that they
// follow from what it requires; a script that is not the LSB's keeps its own.
func (c *Chkconfig) Override(o *Chkconfig) *Chkconfig {
	if o.Fault != nil {
		return c
	}
	m := *c
	m.LSB = c.LSB || o.LSB
	if o.HasLevels {
		m.Levels, m.HasLevels, m.LevelsAt = o.Levels, true, o.LevelsAt
	}
	if o.Start != None || m.LSB {
		m.Start, m.Stop, m.NumbersAt = o.Start, o.Stop, o.NumbersAt
	}
	for _, w := range []struct {
		to   *[]Word
		from []Word
	}{
		{&m.RequiredStart, o.RequiredStart}, {&m.RequiredStop, o.RequiredStop},
		{&m.ShouldStart, o.ShouldStart}, {&m.ShouldStop, o.ShouldStop},
	} {
		if w.from != nil {
			*w.to = w.from
		}
	}
	m.Provides = o.Provides
	m.Fields = append(append([]Field(nil), o.Fields...), c.Fields...)
	return &m
}

// chkconfigReader reads one file.
type chkconfigReader struct {
	src []byte
	c   *Chkconfig
	// The line being read is src[start:end], and its number.
	start, end, number int
}

// chkconfigSpace is isspace(3) in the C locale.
func chkconfigSpace(c byte) bool { return c == ' ' || c >= '\t' && c <= '\r' }

// at is the place of an offset of the line.
func (r *chkconfigReader) at(offset int) Position {
	return Position{Path: r.c.Path, Line: r.number, Col: offset - r.start + 1}
}

// fault ends the reading.
func (r *chkconfigReader) fault(offset int, text string) {
	r.c.Fault = &Fault{Position: r.at(offset), Text: text}
}

// space skips white space from an offset up to a limit.
func (r *chkconfigReader) space(i, limit int) int {
	for i < limit && chkconfigSpace(r.src[i]) {
		i++
	}
	return i
}

// line reads one line.
func (r *chkconfigReader) line() {
	i := r.space(r.start, r.end)
	if i == r.end || r.src[i] != '#' {
		return
	}
	i++
	if strings.HasPrefix(string(r.src[i:r.end]), "## BEGIN INIT INFO") {
		r.c.LSB = true
	}
	i = r.space(i, r.end)
	text := string(r.src[i:r.end])
	if rest, ok := strings.CutPrefix(text, "description"); ok {
		r.description(i, len("description"), rest)
		return
	}
	name, _, ok := strings.Cut(text, ":")
	key, known := chkconfigKey(name)
	if !ok || !known {
		return
	}
	value := i + len(name) + 1
	if key == Description || key == ShortDescription {
		r.description(i, len(name), text[len(name):])
		return
	}
	words := r.words(value)
	r.c.Fields = append(r.c.Fields, Field{
		Key: key, Name: name, Position: r.at(i), Words: words,
		Value: string(bytes.TrimFunc(r.src[value:r.end], func(c rune) bool { return c < 0x80 && chkconfigSpace(byte(c)) })),
	})
	switch key {
	case ChkconfigLine:
		r.chkconfig(i, value)
	case DefaultStart:
		r.levels(i, value, func(bit int32) { r.c.Levels |= bit })
	case DefaultStop:
		r.levels(i, value, func(bit int32) { r.c.Levels &^= bit })
	case RequiredStart:
		r.c.RequiredStart = words
	case RequiredStop:
		r.c.RequiredStop = words
	case ShouldStart:
		r.c.ShouldStart = words
	case ShouldStop:
		r.c.ShouldStop = words
	case Provides:
		if words != nil {
			r.c.Provides = words
		}
	}
}

// chkconfigKey is the key of a name; it has to be written just so.
func chkconfigKey(name string) (Key, bool) {
	switch name {
	case "chkconfig", "processname", "pidfile", "config", "hide", "probe":
		return Key(name), true
	case "Description", "Short-Description", "Default-Start", "Default-Stop", "Required-Start",
		"Required-Stop", "Should-Start", "Should-Stop", "Provides":
		return Key(strings.ToLower(name)), true
	}
	return "", false
}

// words are those from an offset to the line's end.
func (r *chkconfigReader) words(i int) []Word {
	var words []Word
	for {
		i = r.space(i, r.end)
		if i >= r.end {
			return words
		}
		j := i
		for j < r.end && !chkconfigSpace(r.src[j]) {
			j++
		}
		words = append(words, Word{Text: string(r.src[i:j]), Position: r.at(i)})
		i = j
	}
}

// chkconfig reads "LEVELS START STOP". Its words may stand on the lines after
// it, and something has to follow the last, if only the line's end.
func (r *chkconfigReader) chkconfig(line, i int) {
	// longest is how much of the levels is read as one word.
	const longest = 15
	i = r.space(i, r.end)
	if i == r.end {
		r.fault(line, "the chkconfig line is empty")
		return
	}
	j := i
	for j < len(r.src) && j < i+longest && !chkconfigSpace(r.src[j]) {
		j++
	}
	levels := string(r.src[i:j])
	start, k, ok := r.integer(j)
	if !ok {
		r.fault(i, "expected runlevels and two numbers after chkconfig:")
		return
	}
	stop, k, ok := r.integer(k)
	if !ok || k == len(r.src) || !chkconfigSpace(r.src[k]) {
		r.fault(i, "expected runlevels, two numbers and the line's end after chkconfig:")
		return
	}
	start, stop = int64(int32(start)), int64(int32(stop))
	if start < 0 || start > 99 || stop < 0 || stop > 99 {
		r.fault(i, "the numbers of chkconfig: are 0 to 99")
		return
	}
	if r.c.Start == None {
		r.c.Start, r.c.NumbersAt = int(start), r.at(line)
	}
	if r.c.Stop == None {
		r.c.Stop = int(stop)
	}
	if r.c.HasLevels {
		return
	}
	set, ok := ParseLevels(levels)
	if levels == "-" {
		set, ok = 0, true
	}
	if !ok {
		r.fault(i, "the runlevels of chkconfig: are digits of 0 to 6, or -")
		return
	}
	r.c.Levels, r.c.HasLevels, r.c.LevelsAt = set, true, r.at(line)
}

// ParseLevels is the set of runlevels that digits of 0 to 6 name, at least
// one, as chkconfig's "35".
func ParseLevels(digits string) (set int32, ok bool) {
	for i := range len(digits) {
		if digits[i] < '0' || digits[i] > '6' {
			return 0, false
		}
		set |= 1 << (digits[i] - '0')
	}
	return set, digits != ""
}

// levels gives each number of Default-Start or Default-Stop to set, up to what
// is none. A number past 31 counts as its rest, as a processor shifts.
func (r *chkconfigReader) levels(line, i int, set func(bit int32)) {
	for {
		n, j, ok := r.integer(i)
		if !ok {
			return
		}
		r.c.HasLevels, r.c.LevelsAt = true, r.at(line)
		set(int32(1) << (uint32(n) & 31))
		i = j
	}
}

// integer reads a number as strtol does: white space, lines' ends too, a sign,
// digits; what is too large is the largest.
func (r *chkconfigReader) integer(i int) (n int64, next int, ok bool) {
	i = r.space(i, len(r.src))
	negative := false
	if i < len(r.src) && (r.src[i] == '-' || r.src[i] == '+') {
		negative = r.src[i] == '-'
		i++
	}
	first := i
	for ; i < len(r.src) && r.src[i] >= '0' && r.src[i] <= '9'; i++ {
		digit := int64(r.src[i] - '0')
		if n > (math.MaxInt64-digit)/10 {
			n = math.MaxInt64
			continue
		}
		n = n*10 + digit
	}
	if negative {
		n = -n
	}
	return n, i, i > first
}

// description reads a description at offset i: after its key of n bytes
// comes ":" or "(LANGUAGE):". A line that ends in a backslash goes on in the
// comment after it.
func (r *chkconfigReader) description(i, n int, rest string) {
	// longestLanguage is how much may stand between the parentheses.
	const longestLanguage = 5
	name := string(r.src[i : i+n])
	from := i + n + 1
	switch {
	case strings.HasPrefix(rest, ":"):
	case strings.HasPrefix(rest, "("):
		end := strings.IndexByte(rest, ')')
		if end < 0 || end-1 > longestLanguage {
			return
		}
		name += rest[:end+1]
		from = min(i+n+end+2, r.end)
	default:
		return
	}
	from = r.space(from, r.end)
	if from == r.end {
		return
	}
	text := string(r.src[from:r.end])
	for next := r.end + 1; strings.HasSuffix(text, "\\"); {
		text = text[:len(text)-1]
		at := r.space(min(next, len(r.src)), len(r.src))
		if at == len(r.src) || r.src[at] != '#' {
			return
		}
		at = r.space(at+1, len(r.src))
		if at == len(r.src) {
			return
		}
		end := len(r.src)
		if j := bytes.IndexByte(r.src[at:], '\n'); j >= 0 {
			end = at + j
		}
		text += string(r.src[at:end])
		next = end + 1
	}
	key := Description
	if strings.HasPrefix(name, "Short-") {
		key = ShortDescription
	}
	r.c.Fields = append(r.c.Fields, Field{
		Key: key, Name: name, Value: text, Position: r.at(i), Words: r.words(from),
	})
}
