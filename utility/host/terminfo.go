package host

import (
	"encoding/binary"
	"errors"
	"fmt"
	"strings"

	"sysv/utility/call"
)

// terminal is a terminal's description: a compiled entry of terminfo (term(5)
// of ncurses), with the extended capabilities.
type terminal struct {
	name     string // its long name
	booleans []byte
	numbers  []int
	strings  []string
	has      []bool // of strings
	extra    map[string]capability
}

// capability is one of any kind.
type capability struct {
	kind   byte // 'b', 'n' or 's', or 0 where the name is none
	number int  // of 'b' and 'n'; -1 is absent
	text   string
	absent bool // of 's'
}

// Magic numbers of a compiled entry: the old one, and that with numbers of 32
// bits.
const (
	magicOld  = 0o432
	magicWide = 0o1036
)

// maxEntry is the largest entry that is read; ncurses allows half of it.
const maxEntry = 64 << 10

// findTerminal looks a terminal up where ncurses does.
func findTerminal(c *call.Call, name string) (*terminal, bool) {
	if name == "" || name == "." || name == ".." || strings.Contains(name, "/") {
		return nil, false
	}
	var dirs []string
	if d, _ := c.Getenv("TERMINFO"); d != "" {
		dirs = append(dirs, d)
	}
	if home, _ := c.Getenv("HOME"); home != "" {
		dirs = append(dirs, home+"/.terminfo")
	}
	if list, _ := c.Getenv("TERMINFO_DIRS"); list != "" {
		dirs = append(dirs, strings.Split(list, ":")...)
	}
	dirs = append(dirs, "/etc/terminfo", "/lib/terminfo", "/usr/share/terminfo")
	for _, d := range dirs {
		for _, sub := range [...]string{name[:1], fmt.Sprintf("%02x", name[0])} {
			b, err := c.ReadFile(d+"/"+sub+"/"+name, maxEntry)
			if err != nil || d == "" {
				continue
			}
			if t, err := parseTerminal(b); err == nil {
				return t, true
			}
		}
	}
	return nil, false
}

var errEntry = errors.New("not a compiled terminfo entry")

// entry reads the parts of a compiled entry one after the other; short is set
// where it ends too soon.
type entry struct {
	b     []byte
	at    int
	width int // of a number, in bytes
	short bool
}

func (e *entry) bytes(n int) []byte {
	if n < 0 || n > len(e.b)-e.at {
		e.short = true
		return nil
	}
	e.at += n
	return e.b[e.at-n : e.at]
}

// int16s reads short integers.
func (e *entry) int16s(n int) []int {
	b := e.bytes(2 * n)
	out := make([]int, len(b)/2)
	for i := range out {
		out[i] = int(int16(binary.LittleEndian.Uint16(b[2*i:])))
	}
	return out
}

func (e *entry) numbers(n int) []int {
	if e.width == 2 {
		return e.int16s(n)
	}
	b := e.bytes(4 * n)
	out := make([]int, len(b)/4)
	for i := range out {
		out[i] = int(int32(binary.LittleEndian.Uint32(b[4*i:])))
	}
	return out
}

// even passes over a byte that brings what follows to an even place.
func (e *entry) even() {
	if e.at%2 != 0 && e.at < len(e.b) {
		e.at++
	}
}

// cString is the text at an offset of a table.
func cString(table []byte, at int) (string, bool) {
	if at < 0 || at >= len(table) {
		return "", false
	}
	text, _, _ := strings.Cut(string(table[at:]), "\x00")
	return text, true
}

func parseTerminal(b []byte) (*terminal, error) {
	e := &entry{b: b, width: 2}
	head := e.int16s(6)
	if e.short || head[0] != magicOld && head[0] != magicWide {
		return nil, errEntry
	}
	if head[0] == magicWide {
		e.width = 4
	}
	names := strings.TrimRight(string(e.bytes(head[1])), "\x00")
	t := &terminal{name: names[strings.LastIndexByte(names, '|')+1:]}
	t.booleans = e.bytes(head[2])
	e.even()
	t.numbers = e.numbers(head[3])
	offsets := e.int16s(head[4])
	table := e.bytes(head[5])
	if e.short {
		return nil, errEntry
	}
	t.strings, t.has = make([]string, len(offsets)), make([]bool, len(offsets))
	for i, at := range offsets {
		t.strings[i], t.has[i] = cString(table, at)
	}
	e.even()
	t.extend(e)
	return t, nil
}

// extend reads the extended capabilities, which have their names with them.
func (t *terminal) extend(e *entry) {
	head := e.int16s(5)
	if e.short {
		return
	}
	booleans := e.bytes(head[0])
	e.even()
	numbers := e.numbers(head[1])
	values := e.int16s(head[2])
	names := e.int16s(head[0] + head[1] + head[2])
	table := e.bytes(head[4])
	if e.short {
		return
	}
	// The names stand behind the last of the values.
	start := 0
	for _, at := range values {
		if s, ok := cString(table, at); ok {
			start = max(start, at+len(s)+1)
		}
	}
	t.extra = map[string]capability{}
	for i, at := range names {
		name, ok := cString(table, start+at)
		if !ok {
			continue
		}
		switch {
		case i < len(booleans):
			t.extra[name] = capability{kind: 'b', number: int(int8(booleans[i]))}
		case i < len(booleans)+len(numbers):
			t.extra[name] = capability{kind: 'n', number: numbers[i-len(booleans)]}
		default:
			text, ok := cString(table, values[i-len(booleans)-len(numbers)])
			t.extra[name] = capability{kind: 's', text: text, absent: !ok}
		}
	}
}

// get finds a capability by its name in terminfo.
func (t *terminal) get(name string) capability {
	if i := nameIndex(booleanNames, name); i >= 0 {
		if i < len(t.booleans) {
			return capability{kind: 'b', number: int(int8(t.booleans[i]))}
		}
		return capability{kind: 'b'}
	}
	if i := nameIndex(numberNames, name); i >= 0 {
		if i < len(t.numbers) && t.numbers[i] >= 0 {
			return capability{kind: 'n', number: t.numbers[i]}
		}
		return capability{kind: 'n', number: -1}
	}
	if i := nameIndex(stringNames, name); i >= 0 {
		if i < len(t.strings) && t.has[i] {
			return capability{kind: 's', text: t.strings[i]}
		}
		return capability{kind: 's', absent: true}
	}
	return t.extra[name]
}

func nameIndex(list, name string) int {
	i := 0
	for n := range strings.FieldsSeq(list) {
		if n == name {
			return i
		}
		i++
	}
	return -1
}
