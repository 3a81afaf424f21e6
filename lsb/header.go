package lsb

import (
	"bytes"
	"strings"
)

// The lines that enclose a header. They may stand anywhere in their lines.
const (
	begin = "### BEGIN INIT INFO"
	end   = "### END INIT INFO"
)

// Header is the block between "### BEGIN INIT INFO" and "### END INIT INFO" of
// a script, or of an override file.
type Header struct {
	// Path is the file's name, as it was given to Parse.
	Path string
	// Begin and End are the lines of the two marks, 0 for one that is not
	// there. Without Begin there is no header. Without End the header goes on
	// to the end of the file, as insserv -f reads it.
	Begin, End int
	// Fields are all fields in the order of the file, those that are not
	// known and those that stand there again among them.
	Fields []Field

	src []byte
}

// Parse reads the first header of a script. It accepts what insserv does and
// more: lines that end in CR LF, a mark behind other text, a field without
// space behind its "#", bytes that are no UTF-8, a header without an end. What
// it does not understand is no field; nothing is an error. The time that it
// takes grows with the length of the header, and the text behind it is not
// looked at. src is kept, and must not be changed.
func Parse(path string, src []byte) *Header {
	h := parse(path, src, false)
	h.src = src
	return h
}

// parse reads a header. The words of descriptions may be left out.
func parse(path string, src []byte, brief bool) *Header {
	h := &Header{Path: path}
	at := bytes.Index(src, []byte(begin))
	if at < 0 {
		return h
	}
	h.Begin = 1 + bytes.Count(src[:at], []byte("\n"))
	_, body, _ := bytes.Cut(src[at:], []byte("\n"))
	if i := bytes.Index(body, []byte(end)); i >= 0 {
		// No further than the end of the line in which it stands.
		line, _, _ := bytes.Cut(body[i:], []byte("\n"))
		body = body[:i+len(line)]
	}
	rest := string(body)
	h.Fields = make([]Field, 0, 10)
	words := make([]Word, 0, 24) // of all fields
	// open is the Description that a next line may continue.
	var open *Field
	for line := h.Begin + 1; len(rest) > 0; line++ {
		var text string
		text, rest, _ = strings.Cut(rest, "\n")
		f, ok := parseField(text)
		if ok && !(brief && (f.Key == Description || f.Key == ShortDescription)) {
			from := len(words)
			words = appendWords(words, f.raw, f.valueCol)
			if len(words) > from {
				f.Words = words[from:len(words):len(words)]
			}
		}
		switch {
		case ok:
			f.Path, f.Line = path, line
			for i := range f.Words {
				f.Words[i].Path, f.Words[i].Line = path, line
			}
			h.Fields = append(h.Fields, f)
			open = nil
			if f.Key == Description {
				open = &h.Fields[len(h.Fields)-1]
			}
		case open != nil && continues(text):
			open.more = append(open.more, text[1:])
		default:
			open = nil
		}
		if strings.Contains(text, end) {
			h.End = line
			break
		}
	}
	for i := range h.Fields {
		h.Fields[i].join()
	}
	return h
}

// ParseHead is [Parse] for the beginning of a script, of which head are the
// first bytes: ok is false if the header's end may be behind them, or if there
// is none. Nothing of head is kept, the header has nothing to print, and its
// descriptions have no words.
func ParseHead(path string, head []byte) (h *Header, ok bool) {
	h = parse(path, head[:bytes.LastIndexByte(head, '\n')+1], true)
	return h, h.End != 0
}

// Print is the file that was read, byte for byte.
func (h *Header) Print() []byte { return h.src }

// Found is true if there is a whole header, with both its marks.
func (h *Header) Found() bool { return h.Begin != 0 && h.End != 0 }

// Get is the first field of a key, nil if there is none: as insserv has it,
// a second one does not count.
func (h *Header) Get(key Key) *Field {
	for i := range h.Fields {
		if h.Fields[i].Key == key {
			return &h.Fields[i]
		}
	}
	return nil
}

// Has is true if there is a field of this key, even an empty one.
func (h *Header) Has(key Key) bool { return h.Get(key) != nil }

// Words are the words of the first field of a key.
func (h *Header) Words(key Key) []Word {
	if f := h.Get(key); f != nil {
		return f.Words
	}
	return nil
}

// Value is the text of the first field of a key, "" if there is none.
func (h *Header) Value(key Key) string {
	if f := h.Get(key); f != nil {
		return f.Value
	}
	return ""
}

// Levels are the runlevels that the first field of a key names.
func (h *Header) Levels(key Key) Levels {
	var l Levels
	for _, w := range h.Words(key) {
		if len(w.Text) == 1 {
			l |= LevelOf(w.Text[0])
		}
	}
	return l
}
