package lsb

import "strings"

// Delimiters are the bytes between the words of a value. The LSB has spaces;
// insserv splits at commas, semicolons and tabs too.
const Delimiters = " ,;\t"

// parseField reads one line as "# Key: value", but for its words. Its position
// has a column only.
func parseField(line string) (Field, bool) {
	if len(line) == 0 || line[0] != '#' {
		return Field{}, false
	}
	at := 1
	for at < len(line) && isBlank(line[at]) {
		at++
	}
	colon := strings.IndexByte(line[at:], ':')
	if colon <= 0 {
		return Field{}, false
	}
	name := line[at : at+colon]
	for i := 0; i < len(name); i++ {
		if !isKeyByte(name[i]) {
			return Field{}, false
		}
	}
	f := Field{Key: KeyOf(name), Name: name}
	f.Col = at + 1
	f.raw = line[at+colon+1:]
	f.valueCol = at + colon + 2
	return f, true
}

// continues is true for a line that goes on with a Description: a "#" and then
// a tab or at least two spaces (LSB Core 22.3).
func continues(line string) bool {
	if len(line) < 2 || line[0] != '#' {
		return false
	}
	return line[1] == '\t' || len(line) > 2 && line[1] == ' ' && line[2] == ' '
}

// join makes Value of the field's line and those that continue it.
func (f *Field) join() {
	f.Value = trim(f.raw)
	if len(f.more) == 0 {
		return
	}
	var b strings.Builder
	b.WriteString(f.Value)
	for _, line := range f.more {
		b.WriteByte('\n')
		b.WriteString(trim(line))
	}
	f.Value = b.String()
	f.more = nil
}

// KeyOf is the canonical form of a field's name. The name is compared without
// regard to case, any run of "-" and "_" is one hyphen, and the X- or
// X-vendor- before Should-Start, Should-Stop, Start-Before, Stop-After,
// Start-After, Stop-Before and Interactive is dropped, as insserv(8) reads
// them.
func KeyOf(name string) Key {
	switch name {
	case "Provides":
		return Provides
	case "Required-Start":
		return RequiredStart
	case "Required-Stop":
		return RequiredStop
	case "Should-Start":
		return ShouldStart
	case "Should-Stop":
		return ShouldStop
	case "Default-Start":
		return DefaultStart
	case "Default-Stop":
		return DefaultStop
	case "Short-Description":
		return ShortDescription
	case "Description":
		return Description
	}
	b := make([]byte, 0, len(name))
	for i := 0; i < len(name); i++ {
		switch c := name[i]; {
		case c >= 'A' && c <= 'Z':
			b = append(b, c+'a'-'A')
		case c == '-' || c == '_':
			if len(b) == 0 || b[len(b)-1] != '-' {
				b = append(b, '-')
			}
		default:
			b = append(b, c)
		}
	}
	key := string(b)
	if !strings.HasPrefix(key, "x-") {
		return Key(key)
	}
	for _, k := range [...]Key{ShouldStart, ShouldStop, StartBefore, StopAfter, StartAfter, StopBefore, Interactive} {
		if strings.HasSuffix(key, string(k)) {
			return k
		}
	}
	return Key(key)
}

// appendWords finds the words of a text that begins at column col. Their
// positions have columns only.
func appendWords(words []Word, text string, col int) []Word {
	for i := 0; i < len(text); {
		if isDelimiter(text[i]) {
			i++
			continue
		}
		j := i
		for j < len(text) && !isDelimiter(text[j]) {
			j++
		}
		w := Word{Text: text[i:j]}
		w.Col = col + i
		words = append(words, w)
		i = j
	}
	return words
}

// Raw is the rest of the line behind the colon, as it stands there.
func (f *Field) Raw() string { return f.raw }

// Insserv is the value as insserv(8) takes it: the line's text from the first
// byte that is no blank to the last printable ASCII one before any other. A
// tab within a value ends it, and so does a letter outside ASCII.
func (f *Field) Insserv() string {
	text := strings.TrimLeft(f.raw, " \t")
	for i := 0; i < len(text); i++ {
		if text[i] < ' ' || text[i] > '~' {
			return text[:i]
		}
	}
	return text
}

// InsservWords are the words that insserv(8) sees: those of its value before
// the first two delimiters in a row, where it stops.
func (f *Field) InsservWords() []Word {
	value := f.Insserv()
	n, fresh := 0, true
	for i := 0; i < len(value); i++ {
		if !isDelimiter(value[i]) {
			if fresh {
				n++
			}
			fresh = false
			continue
		}
		if fresh {
			break
		}
		fresh = true
	}
	words := f.Words[:min(n, len(f.Words))]
	if n == 0 || len(words) < n {
		return words
	}
	// The last word may have been cut short.
	last := words[n-1]
	if stop := f.valueCol + len(f.raw) - len(strings.TrimLeft(f.raw, " \t")) + len(value); last.Col+len(last.Text) > stop {
		words = append([]Word(nil), words...)
		words[n-1].Text = last.Text[:stop-last.Col]
	}
	return words
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' }

func isDelimiter(c byte) bool {
	return c == ' ' || c == '\t' || c == ',' || c == ';' || c == '\r'
}

func isKeyByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_'
}

func trim(s string) string { return strings.Trim(s, " \t\r") }
