package text

import (
	"bytes"
	"slices"
	"strings"

	"sysv/system"
	"sysv/utility/call"
)

const sortTrouble = 2

// sortKey is a key of sort: where it begins and ends in a line, and how it is
// compared. Words and characters count from 0; an end word of -1 is the end
// of the line.
type sortKey struct {
	startWord, startChar int
	endWord, endChar     int
	skipStart, skipEnd   bool // b
	opts                 sortOpts
}

// sortOpts is how keys are compared: n h g M V f d i r.
type sortOpts struct {
	numeric, human, general, month, version bool
	fold, dictionary, printable, reverse    bool
	blanks                                  bool // b, for both ends
}

func (o sortOpts) none() bool { return o == sortOpts{} }

type sorter struct {
	c      *call.Call
	keys   []sortKey
	global sortOpts
	tab    int // -1: where a blank follows a non-blank
	unique bool
	stable bool
	delim  byte
}

// Sort is sort(1) of coreutils, in memory.
func Sort(c *call.Call) int {
	opts, operands, status, done := getopt(c, sortTrouble, "bdfgiMhnrVcCk:mo:st:uzS:T:",
		"ignore-leading-blanks>b", "dictionary-order>d", "ignore-case>f", "general-numeric-sort>g", "ignore-nonprinting>i",
		"month-sort>M", "human-numeric-sort>h", "numeric-sort>n", "reverse>r", "version-sort>V", "key=>k", "merge>m",
		"output=>o", "stable>s", "field-separator=>t", "unique>u", "zero-terminated>z", "check=?>c")
	if done {
		return status
	}
	s := &sorter{c: c, tab: -1, delim: '\n'}
	check, output := "", ""
	for _, o := range opts {
		switch o.Name {
		case "c", "C":
			how := o.Name
			if o.Arg == "quiet" || o.Arg == "silent" {
				how = "C"
			}
			if check != "" && check != how {
				c.Errorf("options '-cC' are incompatible")
				return sortTrouble
			}
			check = how
		case "k":
			k, problem := sortKeySpec(o.Arg)
			if problem != "" {
				c.Errorf("%s", problem)
				return sortTrouble
			}
			s.keys = append(s.keys, k)
		case "m":
			// Sorting what is sorted gives what merging does.
		case "o":
			if output != "" && output != o.Arg {
				c.Errorf("multiple output files specified")
				return sortTrouble
			}
			output = o.Arg
		case "s":
			s.stable = true
		case "t":
			switch {
			case o.Arg == "":
				c.Errorf("empty tab")
				return sortTrouble
			case o.Arg == `\0`:
				s.tab = 0
			case len(o.Arg) > 1:
				c.Errorf("multi-character tab %s", call.QuoteArg(o.Arg))
				return sortTrouble
			default:
				s.tab = int(o.Arg[0])
			}
		case "u":
			s.unique = true
		case "z":
			s.delim = 0
		case "S", "T":
		default:
			s.global.set(o.Name[0])
		}
	}
	if status := s.settle(); status != 0 {
		return status
	}
	if check != "" {
		if len(operands) > 1 {
			c.Errorf("extra operand %s not allowed with -%s", call.QuoteArg(operands[1]), check)
			return sortTrouble
		}
		return s.check(inputs(operands)[0], check == "C")
	}
	return s.sort(inputs(operands), output)
}

// set turns the option of a letter on, and reports whether there is one.
func (o *sortOpts) set(letter byte) bool {
	switch letter {
	case 'b':
		o.blanks = true
	case 'd':
		o.dictionary = true
	case 'f':
		o.fold = true
	case 'g':
		o.general = true
	case 'i':
		o.printable = true
	case 'M':
		o.month = true
	case 'h':
		o.human = true
	case 'n':
		o.numeric = true
	case 'r':
		o.reverse = true
	case 'V':
		o.version = true
	default:
		return false
	}
	return true
}

// settle gives keys without options the global ones, and refuses what cannot
// be together.
func (s *sorter) settle() int {
	for i := range s.keys {
		k := &s.keys[i]
		if k.opts.none() && !k.skipStart && !k.skipEnd {
			k.opts = s.global
			k.skipStart, k.skipEnd = s.global.blanks, s.global.blanks
		}
	}
	if len(s.keys) == 0 && s.global != (sortOpts{}) && s.global != (sortOpts{reverse: true}) {
		s.keys = []sortKey{{endWord: -1, opts: s.global, skipStart: s.global.blanks, skipEnd: s.global.blanks}}
	}
	for _, k := range s.keys {
		o := k.opts
		var clash strings.Builder
		for _, x := range []struct {
			on     bool
			letter string
		}{{o.dictionary, "d"}, {o.general, "g"}, {o.human, "h"}, {o.printable && !o.dictionary, "i"}, {o.month, "M"}, {o.numeric, "n"}, {o.version, "V"}} {
			if x.on {
				clash.WriteString(x.letter)
			}
		}
		if len(clash.String()) > 1 {
			letters := []byte(clash.String())
			slices.Sort(letters)
			s.c.Errorf("options '-%s' are incompatible", letters)
			return sortTrouble
		}
	}
	return 0
}

// sortKeySpec reads the argument of -k.
func sortKeySpec(spec string) (sortKey, string) {
	k := sortKey{endWord: -1}
	bad := func(why string) (sortKey, string) {
		return k, why + ": invalid field specification " + call.QuoteArg(spec)
	}
	n, rest, ok := leadingNumber(spec)
	if !ok {
		return k, "invalid number at field start: invalid count at start of " + call.QuoteArg(spec)
	}
	if n == 0 {
		return bad("field number is zero")
	}
	k.startWord = n - 1
	if strings.HasPrefix(rest, ".") {
		at := rest[1:]
		if n, rest, ok = leadingNumber(at); !ok {
			return k, "invalid number after '.': invalid count at start of " + call.QuoteArg(at)
		}
		if n == 0 {
			return bad("character offset is zero")
		}
		k.startChar = n - 1
	}
	rest = k.letters(rest, true)
	if rest == "" {
		return k, ""
	}
	if rest[0] != ',' {
		return bad("stray character in field spec")
	}
	at := rest[1:]
	if n, rest, ok = leadingNumber(at); !ok {
		return k, "invalid number after ',': invalid count at start of " + call.QuoteArg(at)
	}
	if n == 0 {
		return bad("field number is zero")
	}
	k.endWord = n - 1
	if strings.HasPrefix(rest, ".") {
		at := rest[1:]
		if n, rest, ok = leadingNumber(at); !ok {
			return k, "invalid number after '.': invalid count at start of " + call.QuoteArg(at)
		}
		k.endChar = n
	}
	if k.endChar == 0 {
		k.endWord++ // the end of the word: where the next begins
	}
	if rest = k.letters(rest, false); rest != "" {
		return bad("stray character in field spec")
	}
	return k, ""
}

// letters reads the options behind a position.
func (k *sortKey) letters(s string, start bool) string {
	for s != "" {
		if s[0] == 'b' {
			if start {
				k.skipStart = true
			} else {
				k.skipEnd = true
			}
		} else if !k.opts.set(s[0]) {
			break
		}
		s = s[1:]
	}
	return s
}

func leadingNumber(s string) (n int, rest string, ok bool) {
	i := 0
	for i < len(s) && isDigit(int(s[i])) {
		if n < 1<<26 { // no line has as many fields
			n = n*10 + int(s[i]-'0')
		}
		i++
	}
	return n, s[i:], i > 0
}

// readAll reads the lines of every file.
func (s *sorter) readAll(names []string) ([][]byte, int) {
	var all [][]byte
	for _, name := range names {
		l, err := openLines(s.c, name)
		if err != nil {
			s.c.Errorf("cannot read: %s: %v", call.QuoteName(name), err)
			return nil, sortTrouble
		}
		l.delim = s.delim
		for {
			b, _, ok := l.next()
			if !ok {
				break
			}
			all = append(all, bytes.Clone(b))
		}
		err = l.err
		l.close()
		if err != nil {
			s.c.Errorf("read failed: %s: %v", call.QuoteName(name), err)
			return nil, sortTrouble
		}
	}
	return all, 0
}

func (s *sorter) sort(names []string, output string) int {
	if output != "" {
		// The output must be one that can be written before anything is read.
		if err := s.c.Access(output, system.WriteOK); err != nil && err != system.ENOENT {
			s.c.Errorf("open failed: %s: %v", call.QuoteName(output), err)
			return sortTrouble
		}
	}
	all, status := s.readAll(names)
	if status != 0 {
		return status
	}
	slices.SortStableFunc(all, s.compare)
	if s.unique {
		all = slices.CompactFunc(all, func(a, b []byte) bool { return s.compareKeys(a, b) == 0 })
	}
	w := s.c.Out
	if output == "" {
		for _, b := range all {
			w.Write(b)
			if w.WriteByte(s.delim) != nil {
				return sortTrouble
			}
		}
		return 0
	}
	f, err := s.c.Open(output, system.WriteOnly|system.Create|system.Truncate, 0o666)
	if err != nil {
		s.c.Errorf("open failed: %s: %v", call.QuoteName(output), err)
		return sortTrouble
	}
	defer f.Close()
	var text []byte
	for _, b := range all {
		text = append(append(text, b...), s.delim)
	}
	if err := system.WriteAll(f, text); err != nil {
		s.c.Errorf("write failed: %s: %v", call.QuoteName(output), err)
		return sortTrouble
	}
	return 0
}

// check reports the first line that is out of order.
func (s *sorter) check(name string, quiet bool) int {
	all, status := s.readAll([]string{name})
	if status != 0 {
		return status
	}
	for i := 1; i < len(all); i++ {
		d := s.compare(all[i-1], all[i])
		if s.unique {
			d = s.compareKeys(all[i-1], all[i])
		}
		if d > 0 || s.unique && d == 0 {
			if !quiet {
				s.c.Errorf("%s:%d: disorder: %s", name, i+1, all[i])
			}
			return 1
		}
	}
	return 0
}
