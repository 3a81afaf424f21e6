package lsb

import (
	"bytes"
	"flag"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

// The same trees each time, unless -rapid.seed says otherwise: a change is not
// to fail by what another would have failed by.
func init() { flag.Set("rapid.seed", "1") }

// script is a header with its marks and a script around it.
func script(lines ...string) string {
	return "#!/bin/sh\n### BEGIN INIT INFO\n" + strings.Join(lines, "\n") + "\n### END INIT INFO\nexit 0\n"
}

func texts(words []Word) string {
	var out []string
	for _, w := range words {
		out = append(out, w.Text)
	}
	return strings.Join(out, "|")
}

func TestParse(t *testing.T) {
	for _, c := range []struct {
		name, src string
		key       Key
		value     string
		words     string
		insserv   string
	}{
		{"plain", script("# Provides: a b"), Provides, "a b", "a|b", "a|b"},
		{"case of a key does not matter", script("# pROVIDES: a"), Provides, "a", "a", "a"},
		{"underscores", script("# Required_Start: a"), RequiredStart, "a", "a", "a"},
		{"a run of hyphens", script("#Required--_Start:a"), RequiredStart, "a", "a", "a"},
		{"vendor prefix", script("# X-Debian-Should-Start: a"), ShouldStart, "a", "a", "a"},
		{"vendor prefix with underscores", script("# x_my_start_before: a"), StartBefore, "a", "a", "a"},
		{"vendor prefix without vendor", script("# X-Interactive: true"), Interactive, "true", "true", "true"},
		{"no vendor prefix", script("# Stop-After: a"), StopAfter, "a", "a", "a"},
		{"a vendor's Required-Start is another key", script("# X-Foo-Required-Start: a"), RequiredStart, "", "", ""},
		{"a vendor's own key", script("# X-Foo-Required-Start: a"), "x-foo-required-start", "a", "a", "a"},
		{"first occurrence wins", script("# Provides: a", "# Provides: b"), Provides, "a", "a", "a"},
		{"an empty first one wins", script("# Provides:", "# Provides: b"), Provides, "", "", ""},
		{"a blank before the colon", script("# Provides : a"), Provides, "", "", ""},
		{"tabs", script("#\tProvides:\t\ta"), Provides, "a", "a", "a"},
		{"a tab between words", script("# Provides: a\tb"), Provides, "a\tb", "a|b", "a"},
		{"two spaces between words", script("# Provides: a  b"), Provides, "a  b", "a|b", "a"},
		{"commas", script("# Provides: a,b;c"), Provides, "a,b;c", "a|b|c", "a|b|c"},
		{"comma and space", script("# Provides: a, b"), Provides, "a, b", "a|b", "a"},
		{"a delimiter first", script("# Provides: ,a"), Provides, ",a", "a", ""},
		{"CR LF", strings.ReplaceAll(script("# Provides: a b"), "\n", "\r\n"), Provides, "a b", "a|b", "a|b"},
		{"bytes that are no UTF-8", script("# Provides: a\xff b"), Provides, "a\xff b", "a\xff|b", "a"},
		{"missing END", "### BEGIN INIT INFO\n# Provides: a\nexit 0", Provides, "a", "a", "a"},
		{"a mark behind other text", "echo ### BEGIN INIT INFO\n# Provides: a\n# x ### END INIT INFO\n", Provides, "a", "a", "a"},
		{"no BEGIN", "# Provides: a\n### END INIT INFO\n", Provides, "", "", ""},
		{"behind END", script("# Default-Stop: 1") + "# Provides: a\n", Provides, "", "", ""},
		{"a second header", script("# Provides: a") + script("# Default-Stop: 1"), DefaultStop, "", "", ""},
		{"description of three lines", script("# Description: one", "#  two", "#\tthree", "# Provides: a"), Description, "one\ntwo\nthree", "one", "one"},
		{"a description ends at a comment", script("# Description: one", "# two", "#  three"), Description, "one", "one", "one"},
		{"short-description is no description", script("# Short-Description: one"), Description, "", "", ""},
		{"no field", script("Provides: a", "#", "# :a", "# Pro vides: a"), Provides, "", "", ""},
		{"empty file", "", Provides, "", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := Parse("p", []byte(c.src))
			if got := h.Value(c.key); got != c.value {
				t.Errorf("value is %q, want %q", got, c.value)
			}
			if got := texts(h.Words(c.key)); got != c.words {
				t.Errorf("words are %q, want %q", got, c.words)
			}
			insserv := ""
			if f := h.Get(c.key); f != nil {
				insserv = texts(f.InsservWords())
			}
			if insserv != c.insserv {
				t.Errorf("insserv's words are %q, want %q", insserv, c.insserv)
			}
			if !bytes.Equal(h.Print(), []byte(c.src)) {
				t.Errorf("printed as %q", h.Print())
			}
		})
	}
}

func TestPositions(t *testing.T) {
	h := Parse("etc/init.d/x", []byte(script("#  Required-Start:\t$a  bc")))
	want := []Field{{Key: RequiredStart, Name: "Required-Start", Value: "$a  bc",
		Position: Position{"etc/init.d/x", 3, 4},
		Words: []Word{
			{Text: "$a", Position: Position{"etc/init.d/x", 3, 20}},
			{Text: "bc", Position: Position{"etc/init.d/x", 3, 24}},
		}}}
	if d := cmp.Diff(want, h.Fields, cmpopts.IgnoreUnexported(Field{})); d != "" {
		t.Error(d)
	}
	if h.Begin != 2 || h.End != 4 || !h.Found() {
		t.Errorf("begin %d, end %d, found %v", h.Begin, h.End, h.Found())
	}
}

func TestLevels(t *testing.T) {
	h := Parse("p", []byte(script("# Default-Start: 2 3,5 S x 23 7", "# Default-Stop:")))
	if got := h.Levels(DefaultStart).String(); got != "2 3 5 S" {
		t.Errorf("levels are %q", got)
	}
	if h.Levels(DefaultStop) != 0 || !h.Has(DefaultStop) || h.Has(Provides) {
		t.Error("an empty field is one that is there")
	}
}

// TestLongHeader parses headers of 1 MB, of many lines and of one, in a time
// that shows that it is linear.
func TestLongHeader(t *testing.T) {
	for name, src := range map[string]string{
		"many fields":        script(strings.Repeat("# Provides: a b c d\n", 1<<20/20)),
		"one description":    script("# Description: x\n" + strings.Repeat("#  more and more\n", 1<<20/17)),
		"one line":           script("# Provides: " + strings.Repeat("word ", 1<<20/5)),
		"no end":             "### BEGIN INIT INFO\n" + strings.Repeat("# x\n", 1<<18),
		"blanks and nothing": script("# Provides:" + strings.Repeat(" ", 1<<20)),
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			h := Parse("p", []byte(src))
			if f := h.Get(Provides); f != nil {
				f.InsservWords()
			}
			if d := time.Since(start); d > 5*time.Second {
				t.Errorf("took %v", d)
			}
			if string(h.Print()) != src {
				t.Error("does not print as it was read")
			}
		})
	}
}

// check is what holds of every text: it prints as it was read, and each value
// is what stands at its position.
func check(t interface{ Fatalf(string, ...any) }, src []byte) {
	h := Parse("p", src)
	if !bytes.Equal(h.Print(), src) {
		t.Fatalf("does not print as it was read: %q", src)
	}
	lines := bytes.Split(src, []byte("\n"))
	for _, f := range h.Fields {
		line := string(lines[f.Line-1])
		if !strings.HasPrefix(line[f.Col-1:], f.Name+":") {
			t.Fatalf("%q does not stand at %d:%d of %q", f.Name, f.Line, f.Col, src)
		}
		if KeyOf(f.Name) != f.Key || KeyOf(string(f.Key)) != f.Key {
			t.Fatalf("the key of %q is %q", f.Name, f.Key)
		}
		for _, w := range f.Words {
			if w.Line != f.Line || !strings.HasPrefix(line[w.Col-1:], w.Text) {
				t.Fatalf("%q does not stand at %d:%d of %q", w.Text, w.Line, w.Col, src)
			}
		}
		var seen []string
		for _, token := range strings.FieldsFunc(f.Insserv(), func(r rune) bool { return strings.ContainsRune(Delimiters, r) }) {
			seen = append(seen, token)
		}
		for i, w := range f.InsservWords() {
			if w.Text != seen[i] {
				t.Fatalf("insserv sees %q, not %q", seen[i], w.Text)
			}
		}
	}
	if h.Begin > 0 && h.End > 0 && h.End <= h.Begin {
		t.Fatalf("begins at %d, ends at %d", h.Begin, h.End)
	}
}

func TestPrintsAsRead(t *testing.T) {
	piece := rapid.SampledFrom([]string{"### BEGIN INIT INFO", "### END INIT INFO", "# Provides:", "# X-a-Should-Start:",
		"# Description:", "#", " ", "\t", "\n", "\r\n", "a", "$x", ",", ";", "  ", "#  more", "\xff", "é", "\x00", ":", "_"})
	rapid.Check(t, func(t *rapid.T) {
		check(t, []byte(strings.Join(rapid.SliceOfN(piece, 0, 60).Draw(t, "pieces"), "")))
	})
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(script("# Provides: a  b", "# Description: x", "#  y", "# X-Foo_Stop-After: z\tq\r")))
	f.Add([]byte("### BEGIN INIT INFO\n# a_-b: \xff\x00,;\n"))
	f.Fuzz(func(t *testing.T, src []byte) { check(t, src) })
}
