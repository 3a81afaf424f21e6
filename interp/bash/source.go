package bash

import (
	"io"
	"unicode/utf8"
)

// The parser refuses bytes that are not UTF-8 and drops a carriage return at
// the end of a line. Both are kept by giving it a character of a private-use
// area for each such byte, and turning that back in every literal.
const (
	privateFirst = 0xF700
	privateLast  = 0xF7FF
)

// encode prepares a script for the parser. NUL bytes are dropped, as bash
// drops them.
func encode(src []byte) []byte {
	out := encodeBytes(src)
	if n := len(out); n > 0 && out[n-1] != '\n' {
		out = append(out[:n:n], '\n')
	}
	return out
}

// encodeBytes is encode without the newline at the end.
func encodeBytes(src []byte) []byte {
	out := src
	if !plainText(src) {
		out = make([]byte, 0, len(src)+len(src)/8+16)
		for i := 0; i < len(src); {
			c := src[i]
			if c < utf8.RuneSelf {
				switch c {
				case 0:
				case '\r':
					out = utf8.AppendRune(out, privateFirst+'\r')
				default:
					out = append(out, c)
				}
				i++
				continue
			}
			r, n := utf8.DecodeRune(src[i:])
			if r == utf8.RuneError && n <= 1 || r >= privateFirst && r <= privateLast {
				n = max(n, 1)
				for _, c := range src[i : i+n] {
					out = utf8.AppendRune(out, rune(privateFirst)+rune(c))
				}
				i += n
				continue
			}
			out = append(out, src[i:i+n]...)
			i += n
		}
	}
	return out
}

func plainText(src []byte) bool {
	for i, c := range src {
		if c == 0 || c == '\r' || c == 0xEF && i+1 < len(src) && src[i+1]&^3 == 0x9C {
			return false
		}
	}
	return utf8.Valid(src)
}

// decode is the text of a literal as it stood in the script.
func decode(s string) string {
	at := -1
	for i := 0; i+1 < len(s); i++ {
		if s[i] == 0xEF && s[i+1]&^3 == 0x9C {
			at = i
			break
		}
	}
	if at < 0 {
		return s
	}
	out := append(make([]byte, 0, len(s)), s[:at]...)
	for i := at; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r >= privateFirst && r <= privateLast {
			out = append(out, byte(r-privateFirst))
		} else {
			out = append(out, s[i:i+n]...)
		}
		i += n
	}
	return string(out)
}

// source gives a script to the parser, and ends it where one complete command
// opens more nesting levels than it may.
type source struct {
	text    []byte
	at      int
	opened  int
	tooMany bool
	word    []byte
	// more gives more text, or is nil.
	more func([]byte) (int, error)
}

// Read implements io.Reader.
func (s *source) Read(p []byte) (int, error) {
	if s.at >= len(s.text) && s.more != nil {
		s.readMore()
	}
	if s.at >= len(s.text) || s.tooMany {
		return 0, io.EOF
	}
	n := copy(p, s.text[s.at:])
	for _, c := range p[:n] {
		s.count(c)
	}
	s.at += n
	if s.opened > maxOpen {
		s.tooMany = true
		return 0, io.EOF
	}
	return n, nil
}

// readMore reads some more text.
func (s *source) readMore() {
	var b [64]byte
	n, err := s.more(b[:])
	if n > 0 {
		s.text = append(s.text, encodeBytes(b[:n])...)
		return
	}
	if err != nil || n == 0 {
		s.more = nil
		if k := len(s.text); k > 0 && s.text[k-1] != '\n' {
			s.text = append(s.text, '\n')
		}
	}
}

func (s *source) count(c byte) {
	if c|0x20 >= 'a' && c|0x20 <= 'z' {
		if len(s.word) < 10 {
			s.word = append(s.word, c)
		}
		return
	}
	switch string(s.word) {
	case "if", "elif", "while", "until", "for", "case", "select", "time", "function", "coproc", "do", "then", "else":
		s.opened += openWeight
	}
	s.word = s.word[:0]
	switch c {
	case '(', '{', '[', '`', '!':
		s.opened += openWeight
	case '|', '&', '-', '+', '~', '?', '=', '*':
		s.opened++
	}
}
