// Package regex is POSIX basic and extended regular expressions with GNU's
// additions (\+ \? \| \< \> \b \B \w \W \s \S \` \' and back-references), as
// grep, sed and expr have them in the C locale: on bytes, the leftmost match,
// and of those the longest.
//
// An expression is translated to one of package regexp, on bytes widened to
// Latin-1. What that package cannot do (back-references, \< before something
// that may be no word) is matched by this package's own backtracking matcher,
// which gives up with [ErrBudget] rather than run for ever.
//
// Which group matched what follows glibc, whose choice among equally long
// matches is that of the first alternative and the greediest repetition, not
// POSIX's longest group.
package regex

import (
	"bytes"
	"errors"
	"regexp"
)

// Syntax selects what an expression means.
type Syntax uint

// Bits of a [Syntax]. None is a basic expression as sed has it.
const (
	// Extended is an extended regular expression.
	Extended Syntax = 1 << iota
	// Fold ignores case (ASCII letters only).
	Fold
	// Multiline is sed's flag M: ^ and $ also match beside a newline, . and
	// [^x] do not match one.
	Multiline
	// Grep takes a repetition with nothing before it, a stray ) and a bad
	// interval as grep does.
	Grep
	// Expr allows [z-a] and a leading \{ as expr does.
	Expr
)

// Error is a bad expression; its text is glibc's regerror(3).
type Error struct {
	Message string
	// Panic tells that the GNU programs report it without a place in the
	// script (sed exits 4).
	Panic bool
}

func (e *Error) Error() string { return e.Message }

// ErrBudget tells that a match would have taken too many steps or too much
// memory.
var ErrBudget = errors.New("memory exhausted")

// Regexp is a compiled expression. It is used by one goroutine at a time.
type Regexp struct {
	// Warnings are what grep prints about the expression.
	Warnings []string

	root    *node
	groups  int
	backref bool
	syn     Syntax

	// The expression is a plain string, perhaps with an anchor at an end.
	literal    []byte
	isLiteral  bool
	begin, end bool

	goTried bool
	goRE    *regexp.Regexp
	prog    *prog
	wide    []byte
	offsets []int
}

// Compile compiles one expression. An error is an [*Error].
func Compile(pattern string, syn Syntax) (*Regexp, error) {
	return CompileAny([]string{pattern}, syn, false)
}

// CompileAny compiles several expressions of which any may match, as grep -e
// has them; whole makes them match whole lines only (grep -x).
func CompileAny(patterns []string, syn Syntax, whole bool) (*Regexp, error) {
	re := &Regexp{syn: syn}
	alt := &node{op: opAlt}
	for _, s := range patterns {
		p := &parser{s: s, syn: syn, base: re.groups}
		n, err := p.parse()
		if err != nil {
			return nil, err
		}
		re.groups += p.groups
		re.backref = re.backref || p.backref
		re.Warnings = append(re.Warnings, p.warnings...)
		alt.sub = append(alt.sub, n)
	}
	re.setRoot(alt, whole)
	return re, nil
}

// Fixed makes an expression of plain strings, as grep -F does.
func Fixed(words []string, fold, whole bool) *Regexp {
	re := &Regexp{}
	alt := &node{op: opAlt}
	for _, w := range words {
		cat := &node{op: opCat}
		for i := 0; i < len(w); i++ {
			cat.sub = append(cat.sub, byteNode(w[i], fold))
		}
		alt.sub = append(alt.sub, cat)
	}
	re.setRoot(alt, whole)
	return re
}

func (re *Regexp) setRoot(alt *node, whole bool) {
	root := alt
	if len(alt.sub) == 1 {
		root = alt.sub[0]
	}
	if whole {
		root = &node{op: opCat, sub: []*node{{op: opBegLine}, root, {op: opEndLine}}}
	}
	re.root = root
	re.findLiteral()
}

// Groups is the number of groups.
func (re *Regexp) Groups() int { return re.groups }

// findLiteral notices an expression that is a plain string.
func (re *Regexp) findLiteral() {
	if re.syn&Multiline != 0 || re.groups > 0 {
		return
	}
	var flat []*node
	var walk func(n *node) bool
	walk = func(n *node) bool {
		switch n.op {
		case opEmpty:
		case opCat:
			for _, s := range n.sub {
				if !walk(s) {
					return false
				}
			}
		case opByte, opBegLine, opEndLine:
			flat = append(flat, n)
		default:
			return false
		}
		return true
	}
	if !walk(re.root) {
		return
	}
	var lit []byte
	begin, end := false, false
	for _, n := range flat {
		switch n.op {
		case opBegLine:
			if len(lit) > 0 || end {
				return
			}
			begin = true
		case opEndLine:
			end = true
		default:
			if end {
				return
			}
			lit = append(lit, n.b)
		}
	}
	re.literal, re.begin, re.end, re.isLiteral = lit, begin, end, true
}

// findPlain finds the plain string from offset at on, or returns -1.
func (re *Regexp) findPlain(b []byte, at int) int {
	switch {
	case re.begin && at > 0:
		return -1
	case re.begin && re.end:
		if bytes.Equal(b, re.literal) {
			return 0
		}
		return -1
	case re.begin:
		if bytes.HasPrefix(b, re.literal) {
			return 0
		}
		return -1
	case re.end:
		if i := len(b) - len(re.literal); i >= at && bytes.HasSuffix(b, re.literal) {
			return i
		}
		return -1
	}
	if i := bytes.Index(b[at:], re.literal); i >= 0 {
		return at + i
	}
	return -1
}

// Match reports whether b has a match.
func (re *Regexp) Match(b []byte) (bool, error) {
	if re.isLiteral {
		return re.findPlain(b, 0) >= 0, nil
	}
	if g := re.translated(); g != nil {
		return g.Match(re.widen(b)), nil
	}
	loc, err := re.own().search(b, 0, len(b))
	return loc != nil, err
}

// Find returns the first match: the offsets of its beginning and end, then
// those of each group, -1 for a group that took no part. nil is no match.
func (re *Regexp) Find(b []byte) ([]int, error) {
	if re.isLiteral {
		if i := re.findPlain(b, 0); i >= 0 {
			return []int{i, i + len(re.literal)}, nil
		}
		return nil, nil
	}
	if g := re.translated(); g != nil {
		return re.narrow(g.FindSubmatchIndex(re.widen(b))), nil
	}
	return re.own().search(b, 0, len(b))
}

// FindAll returns the first n matches (all if n < 0), each beginning where
// the one before ended or later; an empty one right after another match does
// not count, as for sed's flag g.
func (re *Regexp) FindAll(b []byte, n int) ([][]int, error) {
	if !re.isLiteral {
		if g := re.translated(); g != nil {
			all := g.FindAllSubmatchIndex(re.widen(b), n)
			for _, m := range all {
				re.narrow(m)
			}
			return all, nil
		}
	}
	var all [][]int
	last := -1
	for at := 0; at <= len(b) && (n < 0 || len(all) < n); {
		loc, err := re.findFrom(b, at)
		if err != nil {
			return nil, err
		}
		if loc == nil {
			break
		}
		if loc[0] == loc[1] && loc[0] == last {
			at = last + 1
			continue
		}
		all = append(all, loc)
		last = loc[1]
		at = last
		if loc[0] == loc[1] {
			at++
		}
	}
	return all, nil
}

func (re *Regexp) findFrom(b []byte, at int) ([]int, error) {
	if re.isLiteral {
		if i := re.findPlain(b, at); i >= 0 {
			return []int{i, i + len(re.literal)}, nil
		}
		return nil, nil
	}
	return re.own().search(b, at, len(b))
}

// FindFrom returns the first match that begins at offset at or later, seeing
// what is before it.
func (re *Regexp) FindFrom(b []byte, at int) ([]int, error) {
	if at == 0 {
		return re.Find(b)
	}
	return re.findFrom(b, at)
}

// FindAnchored is Find for a match that begins where b does.
func (re *Regexp) FindAnchored(b []byte) ([]int, error) {
	if re.isLiteral && !re.end {
		if !bytes.HasPrefix(b, re.literal) {
			return nil, nil
		}
		return []int{0, len(re.literal)}, nil
	}
	m, err := re.own().machine(b, len(b))
	if err != nil {
		return nil, err
	}
	return m.run(0)
}

// MatchAt returns the end of the longest match that begins exactly at offset
// at and ends at limit or before, or -1. A limit before the end of b is no
// end of line.
func (re *Regexp) MatchAt(b []byte, at, limit int) (int, error) {
	return re.own().matchAt(b, at, limit)
}

// translated is the expression for package regexp, or nil if there is none.
func (re *Regexp) translated() *regexp.Regexp {
	if re.goTried {
		return re.goRE
	}
	re.goTried = true
	if re.backref {
		return nil
	}
	var t translator
	t.multiline = re.syn&Multiline != 0
	if !t.node(re.root) {
		return nil
	}
	g, err := regexp.Compile(t.b.String())
	if err != nil {
		return nil // a repetition beyond what it allows
	}
	g.Longest()
	re.goRE = g
	return g
}

// widen turns bytes into Latin-1 runes, if there is any beyond ASCII.
func (re *Regexp) widen(b []byte) []byte {
	re.offsets = re.offsets[:0]
	i := 0
	for i < len(b) && b[i] < 0x80 {
		i++
	}
	if i == len(b) {
		return b
	}
	w := re.wide[:0]
	off := re.offsets
	for i, c := range b {
		off = append(off, i)
		if c < 0x80 {
			w = append(w, c)
			continue
		}
		off = append(off, i)
		w = append(w, 0xc0|c>>6, 0x80|c&0x3f)
	}
	re.offsets = append(off, len(b))
	re.wide = w
	return w
}

// narrow turns offsets into the widened text into those of the bytes.
func (re *Regexp) narrow(loc []int) []int {
	if len(re.offsets) == 0 {
		return loc
	}
	for i, o := range loc {
		if o >= 0 {
			loc[i] = re.offsets[o]
		}
	}
	return loc
}
