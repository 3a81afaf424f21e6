package text

import (
	"fmt"
	"io"
	"strings"
)

// next reads one item. endsLine tells that a line ended behind it, and that
// no blank makes it go on in the next.
func (x *xarger) next() (item string, endsLine, ok bool) {
	if x.delim >= 0 {
		return x.delimited()
	}
	var b []byte
	quote := byte(0)
	begun := false
	for {
		ch, err := x.in.ReadByte()
		if err != nil {
			if err != io.EOF {
				x.fail(fmt.Sprintf("read error: %v", err))
			}
			if quote != 0 {
				x.unmatched(quote)
				return "", false, false
			}
			item, ok = x.cut(b), begun
			return item, true, ok && !x.ends(item)
		}
		switch {
		case quote != 0:
			if ch == '\n' {
				x.unmatched(quote)
				return "", false, false
			}
			if ch == quote {
				quote = 0
				continue
			}
		case ch == '\'' || ch == '"':
			quote, begun = ch, true
			continue
		case ch == '\\':
			if ch, err = x.in.ReadByte(); err != nil {
				continue
			}
		case ch == ' ' || ch == '\t' || ch == '\n':
			if !begun {
				continue
			}
			item = x.cut(b)
			return item, ch == '\n' || x.lineEnds(), !x.ends(item)
		}
		b = append(b, ch)
		begun = true
	}
}

// lineEnds looks, behind a blank, whether nothing but blanks follow: the line
// then goes on in the next one, unless that is all there is.
func (x *xarger) lineEnds() bool {
	_, err := x.in.Peek(1)
	return err != nil
}

func (x *xarger) ends(item string) bool { return x.hasEOF && item == x.eof }

func (x *xarger) unmatched(quote byte) {
	kind := "single"
	if quote == '"' {
		kind = "double"
	}
	x.fail("unmatched " + kind + " quote; by default quotes are special to xargs unless you use the -0 option")
}

// cut ends an item at a NUL, since no argument can hold one.
func (x *xarger) cut(b []byte) string {
	s := string(b)
	if i := strings.IndexByte(s, 0); i >= 0 {
		if !x.warned {
			x.warned = true
			x.c.Errorf("WARNING: a NUL character occurred in the input.  It cannot be passed through in the argument list.  Did you mean to use the --null option?")
		}
		s = s[:i]
	}
	return s
}

func (x *xarger) delimited() (string, bool, bool) {
	b, err := x.in.ReadBytes(byte(x.delim))
	if err != nil && len(b) == 0 {
		if err != io.EOF {
			x.fail(fmt.Sprintf("read error: %v", err))
		}
		return "", false, false
	}
	if err == nil {
		b = b[:len(b)-1]
	}
	return string(b), true, true
}

// line reads a line that is not blank, without its leading blanks.
func (x *xarger) line() (string, bool) {
	var b []byte
	quote := byte(0)
	begun := false
	for {
		ch, err := x.in.ReadByte()
		if err != nil {
			if quote != 0 {
				x.unmatched(quote)
				return "", false
			}
			item := x.cut(b)
			return item, begun && !x.ends(item)
		}
		switch {
		case quote != 0:
			if ch == '\n' {
				x.unmatched(quote)
				return "", false
			}
			if ch == quote {
				quote = 0
				continue
			}
		case ch == '\'' || ch == '"':
			quote, begun = ch, true
			continue
		case ch == '\\':
			if ch, err = x.in.ReadByte(); err != nil {
				continue
			}
		case ch == '\n':
			if !begun {
				continue
			}
			item := x.cut(b)
			return item, !x.ends(item)
		case (ch == ' ' || ch == '\t') && !begun:
			continue
		}
		b = append(b, ch)
		begun = true
	}
}
