package script

import (
	"bytes"
	"sort"
	"strings"

	"sysv/interp/ast"
	"sysv/lsb"
)

// index notes where lines begin.
func (s *Script) index() {
	s.text = string(s.Source)
	s.lines = make([]int32, 1, 1+bytes.Count(s.Source, []byte("\n")))
	for at := 0; ; {
		i := bytes.IndexByte(s.Source[at:], '\n')
		if i < 0 || at+i+1 >= len(s.Source) {
			return
		}
		at += i + 1
		s.lines = append(s.lines, int32(at))
	}
}

// Lines is the number of lines.
func (s *Script) Lines() int { return len(s.lines) }

// Line is the text of a line, which counts from 1, without its newline; "" of
// one that is not there.
func (s *Script) Line(n int) string {
	if n < 1 || n > len(s.lines) {
		return ""
	}
	text := s.text[s.lines[n-1]:]
	if n < len(s.lines) {
		text = s.text[s.lines[n-1]:s.lines[n]]
	}
	return strings.TrimSuffix(text, "\n")
}

// Offset is where a line begins, in bytes. A line behind the last is the
// end of the text.
func (s *Script) Offset(line int) int {
	if line < 1 {
		return 0
	}
	if line > len(s.lines) {
		return len(s.Source)
	}
	return int(s.lines[line-1])
}

// Position is the place of a byte.
func (s *Script) Position(offset int) lsb.Position {
	line := sort.Search(len(s.lines), func(i int) bool { return int(s.lines[i]) > offset })
	line = max(line, 1)
	return lsb.Position{Path: s.Path, Line: line, Col: offset - int(s.lines[line-1]) + 1}
}

// Text is what stands in a place, "" if that is not known.
func (s *Script) Text(at ast.Span) string {
	if !at.Known() || int(at.End) > len(s.Source) || at.Pos < 0 || at.Pos > at.End {
		return ""
	}
	return s.text[at.Pos:at.End]
}

// SpanOf is where a simple command stands, from its first assignment, word or
// redirection to its last; it is not known if one of them is not.
func SpanOf(c *ast.Simple) ast.Span {
	var at ast.Span
	ok := true
	add := func(s ast.Span) {
		switch {
		case !s.Known():
			ok = false
		case !at.Known():
			at = s
		default:
			at.Pos, at.End = min(at.Pos, s.Pos), max(at.End, s.End)
		}
	}
	for _, a := range c.Assigns {
		add(a.Value.At)
	}
	for _, w := range c.Args {
		add(w.At)
	}
	for _, r := range c.Redirs {
		add(r.At)
		// The text of a here-document is not where the command is.
		if r.Op != ast.RedirHere && r.Word != nil {
			add(r.Word.At)
		}
	}
	if !ok {
		return ast.Span{}
	}
	return at
}
