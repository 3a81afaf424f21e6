// Package pattern is shell pattern matching (XCU 2.14): for case, for the
// ${x#…} family, and for pathname expansion.
//
// The default is what dash 0.5.12 does, in every locale: bytes, "[!…]" but
// not "[^…]", ranges in the order of signed bytes. [Options] asks for bash's.
package pattern

import (
	"strings"
)

// Segment is a piece of a pattern: text that stood in quotes matches itself,
// other text is a pattern. In text that came out of an expansion a backslash
// still quotes the next byte, as it does in dash.
type Segment struct {
	Text   string
	Quoted bool
}

// Options chooses bash's patterns. The zero value is dash's.
type Options struct {
	// Bash has bash's bracket expressions: "[^…]", "[[=a=]]", "[[.a.]]", and
	// ranges of unsigned bytes.
	Bash bool
	// Extended has ?(…), *(…), +(…), @(…) and !(…), in unquoted text.
	Extended bool
	// UTF8 makes ? and a bracket expression take a whole UTF-8 character.
	UTF8 bool
	// Fold takes no notice of the case of ASCII letters (nocasematch).
	Fold bool
	// Dots makes a leading * match hidden names in [Glob] (dotglob).
	Dots bool
}

// Pattern is a compiled pattern. The zero value matches the empty string.
type Pattern struct {
	// text is the pattern with what is quoted behind backslashes, or the
	// literal text itself.
	text string
	// match is text with a backslash before each "[" that begins no bracket
	// expression, so that the matcher need not look for its end.
	match   string
	literal bool
	opts    Options
}

// New compiles a pattern as dash understands it.
func New(segs ...Segment) Pattern { return Compile(Options{}, segs...) }

// Compile compiles a pattern.
func Compile(o Options, segs ...Segment) Pattern {
	if !anyActive(o, segs) {
		return Pattern{text: join(segs), literal: !o.Fold, opts: o}.folded()
	}
	if len(segs) == 1 {
		return compile(o, segs[0].Text)
	}
	n := 0
	for _, s := range segs {
		n += len(s.Text)
	}
	b := make([]byte, 0, n+n/4+8)
	for _, s := range segs {
		if !s.Quoted {
			b = append(b, s.Text...)
			continue
		}
		b = appendQuoted(o, b, s.Text)
	}
	return compile(o, string(b))
}

// folded turns a literal into a pattern where case does not matter.
func (p Pattern) folded() Pattern {
	if !p.literal {
		p.text = string(appendQuoted(p.opts, nil, p.text))
		p.match = p.text
	}
	return p
}

func appendQuoted(o Options, b []byte, text string) []byte {
	for i := 0; i < len(text); i++ {
		if special(text[i]) || o.Bash && specialBash(text[i]) {
			b = append(b, '\\')
		}
		b = append(b, text[i])
	}
	return b
}

// special tells whether a quoted byte must be marked: it means something
// somewhere in a pattern. These are the ones that dash marks; that there are
// no more can be seen where a backslash from an expansion stands before them.
func special(c byte) bool {
	switch c {
	case '!', '*', '?', '[', '=', '~', ':', '/', '-', ']', '\\':
		return true
	}
	return false
}

// specialBash has those that only bash knows.
func specialBash(c byte) bool {
	switch c {
	case '^', '(', ')', '|', '+', '@', '.':
		return true
	}
	return false
}

func anyActive(o Options, segs []Segment) bool {
	for i := range segs {
		if !segs[i].Quoted && active(o, segs[i].Text) {
			return true
		}
	}
	return false
}

func active(o Options, text string) bool {
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '*', '?', '[', '\\':
			return true
		case '(', '|', ')':
			if o.Extended {
				return true
			}
		}
	}
	return false
}

func join(segs []Segment) string {
	switch len(segs) {
	case 0:
		return ""
	case 1:
		return segs[0].Text
	case 2:
		return segs[0].Text + segs[1].Text
	}
	var b strings.Builder
	for _, s := range segs {
		b.WriteString(s.Text)
	}
	return b.String()
}

// compile takes text with its quoting in backslashes.
func compile(o Options, text string) Pattern {
	p := Pattern{text: text, match: text, opts: o}
	if strings.IndexByte(text, '[') >= 0 {
		p.match = p.markBrackets(text)
	}
	if o.Fold {
		return p
	}
	for i := 0; i < len(p.match); i++ {
		switch p.match[i] {
		case '*', '?', '[':
			return p
		case '(':
			if o.Extended && i > 0 && strings.IndexByte("+@!", p.match[i-1]) >= 0 {
				return p
			}
		case '\\':
			i++
		}
	}
	p.literal = true
	p.text = unescape(p.match)
	return p
}

// markBrackets puts a backslash before each "[" that is only a character.
func (p Pattern) markBrackets(text string) string {
	var b []byte
	from := 0
	for i := 0; i < len(text); {
		switch text[i] {
		case '\\':
			i += 2
			continue
		case '[':
			_, end := p.bracket(text, i+1, 0)
			if end > 0 {
				i = end
				continue
			}
			b = append(append(b, text[from:i]...), '\\')
			from = i
		}
		i++
	}
	if b == nil {
		return text
	}
	return string(append(b, text[from:]...))
}

// unescape takes the backslashes out; one at the end stands for itself.
func unescape(text string) string {
	i := strings.IndexByte(text, '\\')
	if i < 0 {
		return text
	}
	b := make([]byte, 0, len(text))
	for ; i >= 0; i = strings.IndexByte(text, '\\') {
		b = append(b, text[:i]...)
		if i+1 == len(text) {
			return string(append(b, '\\'))
		}
		b = append(b, text[i+1])
		text = text[i+2:]
	}
	return string(append(b, text...))
}

// Literal gives the one string that the pattern matches, if it is one
// without special characters.
func (p Pattern) Literal() (string, bool) {
	if p.literal || p.text == "" {
		return p.text, true
	}
	return "", false
}

// Match tells whether the pattern matches all of s.
func (p Pattern) Match(s string) bool {
	if p.literal || p.match == "" {
		return p.text == s
	}
	if p.complex(s) {
		return p.program().matches(s)
	}
	return p.matchBytes(s)
}

// complex tells that one step of the pattern may be more than one byte of s.
func (p Pattern) complex(s string) bool {
	o := p.opts
	if o.Extended && strings.IndexByte(p.match, '(') >= 0 {
		return true
	}
	return o.UTF8 && !(isASCII(s) && isASCII(p.match))
}

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// matchBytes goes back to the last star only: what stands between two stars
// takes a fixed number of bytes, so its first fit is as good as any. The time
// is at most the product of the two lengths.
func (p Pattern) matchBytes(s string) bool {
	t := p.match
	i, j := 0, 0
	star, mark := -1, 0
	for {
		switch {
		case i < len(t) && t[i] == '*':
			i++
			if i == len(t) {
				return true
			}
			star, mark = i, j
			continue
		case j == len(s):
			return i == len(t)
		case i < len(t):
			if ok, next := p.step(t, i, s[j]); ok {
				i = next
				j++
				continue
			}
		}
		if star < 0 {
			return false
		}
		mark++
		i, j = star, mark
	}
}

// step matches the one-byte element of t at i against c, and says where the
// next one begins.
func (p Pattern) step(t string, i int, c byte) (ok bool, next int) {
	switch t[i] {
	case '?':
		return true, i + 1
	case '[':
		return p.bracket(t, i+1, c)
	case '\\':
		if i+1 < len(t) {
			i++
		}
	}
	return p.same(t[i], c), i + 1
}

func (p Pattern) same(a, b byte) bool {
	return a == b || p.opts.Fold && lower(a) == lower(b)
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}
