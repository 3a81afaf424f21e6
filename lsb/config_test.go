package lsb

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestParseConfig(t *testing.T) {
	for _, c := range []struct{ name, line, want string }{
		{"tab", "$local_fs\t+a +b", "$local_fs: +a|+b"},
		{"equals sign", "$x = a", "$x: a"},
		{"colon", "$x:a,b", "$x: a|b"},
		{"hyphens", "$mail-transport-agent +postfix", "$mail-transport-agent: +postfix"},
		{"keyword", "<interactive>   a", "<interactive>: a"},
		{"two spaces are an empty word", "$x a  b", "$x: a||b"},
		{"a tab ends it", "$x a\tb", "$x: a"},
		{"nothing", "$x ", "$x: "},
		{"no blank", "$x", ""},
		{"comment", "# $x a", ""},
		{"indented", " $x a", ""},
		{"no name", "$ a", ""},
		{"no closing bracket", "<x a", ""},
		{"CR", "$x a\r", "$x: a"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := ""
			for _, e := range ParseConfig("p", []byte(c.line+"\n")).Entries {
				got += e.Name + ": " + strings.Join(e.Tokens, "|")
			}
			if got != c.want {
				t.Errorf("%q is %q, want %q", c.line, got, c.want)
			}
		})
	}
}

func TestConfigPrintsAsRead(t *testing.T) {
	piece := rapid.SampledFrom([]string{"$a", "<b>", " ", "\t", "\n", "#", "=", "+", "é", "\x00", ","})
	rapid.Check(t, func(t *rapid.T) {
		src := strings.Join(rapid.SliceOfN(piece, 0, 40).Draw(t, "pieces"), "")
		c := ParseConfig("p", []byte(src))
		if string(c.Print()) != src {
			t.Fatalf("%q prints as %q", src, c.Print())
		}
		lines := strings.Split(src, "\n")
		for _, e := range c.Entries {
			for _, w := range e.Words {
				if !strings.HasPrefix(lines[w.Line-1][w.Col-1:], w.Text) {
					t.Fatalf("%q does not stand at %d:%d of %q", w.Text, w.Line, w.Col, src)
				}
			}
		}
	})
}

func TestIgnored(t *testing.T) {
	for name, ok := range map[string]bool{
		"cron": true, "corekeeper": true, "a.b": true, "a.newer": true, "rc.local": true, "a,b": true,
		"": false, ".x": false, "README": false, "README.x": false, "Makefile": false, "core": false, "rx": false, "rc": false,
		"rcS": false, "skeleton": false, "skeleton2": false, "powerfail": false, "a.dpkg-old": false, "a.ucf-dist": false,
		"a.rpmnew": false, "a.bak": false, "a.bar": false, "a.old": false, "a.core": false, "a~": false, "+a": false, "_a": false, "-a": false,
		"a.git": false, "a,v": false, "a.swp": false, "a.orig": false,
	} {
		if got := Ignored(name, []string{"git"}); (got == "") != ok {
			t.Errorf("%q: %q", name, got)
		}
	}
}

func TestFileFilters(t *testing.T) {
	got := FileFilters([]byte("git\n\nsvn\n\r\n" + strings.Repeat("x", 40) + "\nend"))
	if s := strings.Join(got, "|"); s != "git|svn|"+strings.Repeat("x", 31)+"|"+strings.Repeat("x", 9)+"|end" {
		t.Errorf("%q", s)
	}
}
