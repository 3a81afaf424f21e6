package lsb

import (
	"bytes"
	"strings"
)

// Config is insserv.conf or a file of insserv.conf.d: what system facilities
// stand for, and which services talk with the user.
type Config struct {
	// Path is the file's name, as it was given to ParseConfig.
	Path string
	// Entries are the lines that say something, in the file's order.
	Entries []Entry

	src []byte
}

// Entry is one line of a Config: a name and the words behind it.
type Entry struct {
	// Name is "$facility" or "<interactive>", as it is written.
	Name string
	// Position is where Name stands.
	Position
	// Words are what it stands for. One that begins with "+" is optional, one
	// that begins with "$" is another facility.
	Words []Word
	// Tokens are the words as insserv(8) splits them: an empty one between
	// two delimiters in a row, and none behind a tab.
	Tokens []string
}

// Facility is true for a system facility, false for a "<keyword>".
func (e *Entry) Facility() bool { return e.Name[0] == '$' }

// ParseConfig reads insserv.conf as insserv(8) does: "$name words" or
// "<name> words", with blanks, "=" or ":" between. Other lines are comments.
// src is kept, and must not be changed.
func ParseConfig(path string, src []byte) *Config {
	c := &Config{Path: path, src: src}
	rest := src
	for line := 1; len(rest) > 0; line++ {
		var text []byte
		text, rest, _ = bytes.Cut(rest, []byte("\n"))
		e, ok := parseEntry(string(text))
		if !ok {
			continue
		}
		e.Position = Position{Path: path, Line: line, Col: 1}
		for i := range e.Words {
			e.Words[i].Path, e.Words[i].Line = path, line
		}
		c.Entries = append(c.Entries, e)
	}
	return c
}

// Print is the file that was read, byte for byte.
func (c *Config) Print() []byte { return c.src }

func parseEntry(line string) (Entry, bool) {
	if line == "" || line[0] != '$' && line[0] != '<' {
		return Entry{}, false
	}
	n := 1
	for n < len(line) && isKeyByte(line[n]) {
		n++
	}
	if n == 1 {
		return Entry{}, false
	}
	if line[0] == '<' {
		if n == len(line) || line[n] != '>' {
			return Entry{}, false
		}
		n++
	}
	at := n
	for at < len(line) && isBlank(line[at]) {
		at++
	}
	if at < len(line) && (line[at] == '=' || line[at] == ':') {
		at++
		for at < len(line) && isBlank(line[at]) {
			at++
		}
	}
	if at == n {
		return Entry{}, false
	}
	e := Entry{Name: line[:n], Words: appendWords(nil, line[at:], at+1)}
	value := line[at:]
	for i := 0; i < len(value); i++ {
		if value[i] < ' ' || value[i] > '~' {
			value = value[:i]
			break
		}
	}
	if value != "" {
		e.Tokens = tokens(value)
	}
	return e, true
}

// tokens splits at each delimiter, as strsep(3) does.
func tokens(value string) []string {
	var out []string
	for {
		i := strings.IndexAny(value, Delimiters)
		if i < 0 {
			return append(out, value)
		}
		out = append(out, value[:i])
		value = value[i+1:]
	}
}
