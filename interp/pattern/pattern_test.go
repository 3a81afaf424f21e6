package pattern

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// matchCases has a pattern and, after it, the strings that it is tried on.
var matchCases = [][]string{
	{"", "", "a"},
	{"start", "start", "star", "starts", "START"},
	{"*", "", "a", "a/b", ".x"},
	{"?", "", "a", "ab", "é", "*"},
	{"??", "é", "ab", "a"},
	{"a*", "a", "abc", "ba", "A"},
	{"*a", "a", "ba", "ab", "aa"},
	{"*a*", "a", "xax", "b", ""},
	{"a*b", "ab", "axb", "axbc", "abab", "a"},
	{"a**b", "ab", "axxb", "a"},
	{"*a*b*c", "abc", "xaxbxc", "acb", "aabbcc", "abcabc"},
	{"*ab", "aab", "abab", "abb", "ab"},
	{"*aab*aab", "aaabaab", "aabaab", "aab", "aabxaaab"},
	{"*?", "", "a", "ab"},
	{"?*", "", "a", "ab"},
	{"*??*", "a", "ab"},
	{"-*", "-", "-x", "x"},
	{"--*=*", "--a=b", "--=", "--a"},
	{"[Yy][Ee][Ss]", "yes", "YES", "yEs", "ye"},
	{"[yY]*", "y", "Yes", "no", ""},
	{"[abc]", "a", "c", "d", "", "ab"},
	{"[!abc]", "a", "d", "", "!"},
	{"[^abc]", "a", "d", "^"},
	{"[a-c]", "a", "b", "c", "d", "-"},
	{"[!a-c]", "b", "d"},
	{"[c-a]", "a", "b", "c", "-"},
	{"[a-]", "a", "-", "b"},
	{"[-a]", "a", "-", "b"},
	{"[!-a]", "a", "-", "b"},
	{"[]a]", "]", "a", "b", "]a]"},
	{"[!]a]", "]", "a", "b"},
	{"[]", "[]", "]", "["},
	{"[]-a]", "]", "^", "a", "b", "-"},
	{"[a-]]", "a", "b]", "-]", "a]"},
	{"[a-c-e]", "b", "-", "d", "e"},
	{"[", "[", "", "a"},
	{"[a", "[a", "a", "["},
	{"a[", "a[", "a"},
	{"*[", "a[", "[", "a"},
	{"[!", "[!", "!", "a"},
	{"[!]", "[!]", "a"},
	{"[^]", "[^]", "^", "a"},
	{"[a*", "[a", "[abc", "abc"},
	{"[[]", "[", "]", "[]"},
	{"[[]]", "[]", "[", "]"},
	{"[a/b]", "/", "a", "[a/b]"},
	{"[[:alpha:]]", "a", "Z", "1", ":", "é", "[", ""},
	{"[[:digit:]]", "0", "9", "a", ""},
	{"[![:digit:]]", "0", "a"},
	{"[[:alnum:]_]", "a", "_", "-", "9"},
	{"[_[:alnum:]]*", "_x", "x", "-x"},
	{"[[:upper:][:digit:]]", "A", "1", "a"},
	{"[[:space:]]", " ", "\t", "\n", "\v", "x"},
	{"[[:blank:]]", " ", "\t", "\n"},
	{"[[:punct:]]", "!", "~", "a", " "},
	{"[[:cntrl:]]", "\x01", "\x7f", " "},
	{"[[:print:]]", " ", "a", "\x01"},
	{"[[:graph:]]", " ", "a"},
	{"[[:lower:]]", "a", "A"},
	{"[[:xdigit:]]", "f", "F", "g", "0"},
	{"*[!0-9]*", "123", "12a", "", "a"},
	{"*[!0-9.]*", "1.2", "1x2"},
	{"[[:foo:]]", "f", ":", "f]", ":]", "[]"},
	{"[[:alpha]", "[", ":", "a", "x"},
	{"[[:alpha:]", "[a", "[:", "a", "[x"},
	{"[:alpha:]", "a", ":", "x"},
	{"[[:alpha:]-z]", "a", "-", "z", "1"},
	{"[a-[:digit:]]", "a", "[", "5", "b]"},
	{"[[:alpha:][:digit:]", "[a", "a", "1"},
	{"[[=a=]]", "a", "=", "a]", "=]", "b"},
	{"[[=a=]b]", "a", "b", "ab]", "=b]"},
	{"[[.a.]]", "a", ".", "a]", ".]"},
	{"[[.a.]-c]", "b", "a", "b]", "a-c]"},
	{"[[.-.]]", "-", ".", "-]"},
	{`\a`, "a", `\a`},
	{`\*`, "*", `\*`, "a"},
	{`\\`, `\`, `\\`},
	{`a\`, `a\`, "a"},
	{`\`, `\`, ""},
	{`*\`, `a\`, `\`, "a"},
	{`[\a]`, "a", `\`},
	{`[\]]`, "]", `\`, `\]`},
	{`[\\]`, `\`, "a"},
	{`[a\-z]`, "a", "-", "z", "b", `\`},
	{`[a-\z]`, "b", "z", `\`},
	{`[\!a]`, "!", "a", "b"},
	{`\[a]`, "[a]", "a"},
	{`[a\]`, `[a\]`, "[a]", "a", `\`, "]"},
	{"«*»", "*", "a", ""},
	{"«?»*", "?", "?a", "a"},
	{"«[»a]", "[a]", "a"},
	{"[«a-z»]", "a", "-", "z", "b"},
	{"[a«-»z]", "a", "-", "z", "b"},
	{"[«!»a]", "!", "a", "b"},
	{"[!«!»]", "!", "a"},
	{"[«]»a]", "]", "a", "b"},
	{"[a«]»]", "]", "a", "b"},
	{"[[«:»alpha:]]", "a", ":", ":]", "a]"},
	{"[«[:alpha:]»]", "a", ":", "[", "x"},
	{"«a»*«b»", "ab", "axb", "b"},
	{"«\\»", `\`, ""},
	{"«\\»*", `\`, `\x`, "*"},
	{`\«*»`, "*", `\*`, `\foo`},
	{`\«a»`, "a", `\a`},
	{`\«\»`, `\`, `\\`},
	{`\«=»`, "=", `\=`},
	{`\«+»`, "+", `\+`},
	{"«»", "", "a"},
	{"a«»b", "ab"},
	{"*.sh", "a.sh", ".sh", "a.shx"},
	{"*.dpkg-*", "a.dpkg-old", "dpkg-old"},
	{"/*", "/", "/etc", "etc"},
	{"*/*", "a/b", "/", "a"},
	{"[~]*", "~", "~a", "a"},
	{"[é]", "é", "\xc3", "\xa9"},
	{"é", "é", "e"},
	{"*é*", "aéb", "aeb"},
	{"[\x80-\xff]", "\x90", "a", "\xff"},
	{"[a-\xff]", "b", "\xfe", "a"},
	{"[\x80-z]", "a", "\x90", "~"},
	{"?\xff", "a\xff", "\xff"},
	{"\x81*\x88", "\x81x\x88", "x"},
	{"a|b", "a", "b", "a|b"},
	{"@(a|b)", "a", "@(a|b)"},
	{"a\nb*", "a\nb", "a\nbc", "a b"},
	{"[\n]", "\n", "n"},
	{"'*'", "'a'", "a"},
	{"$*", "$", "$x"},
}

func TestConfirmMatch(t *testing.T) {
	for _, shell := range []struct {
		name, locale string
		opts         Options
		known        map[string]string
	}{
		{"dash", "C", Options{}, nil},
		{"dash", "C.UTF-8", Options{}, nil},
		{"bash", "C", Options{Bash: true}, bashKnown},
		{"bash", "C.UTF-8", Options{Bash: true, UTF8: true}, bashKnown},
	} {
		t.Run(shell.name+"-"+shell.locale, func(t *testing.T) {
			compareMatches(t, shell.name, shell.locale, shell.opts, "", matchCases, shell.known)
		})
	}
}

// bashKnown are the differences from bash, each with its reason.
var bashKnown = map[string]string{
	`\«a» on \a`:       "a backslash from an expansion before quoted text: bash keeps it, dash (and we) let it quote",
	`\«a» on a`:        "as above",
	`\«+» on \+`:       "as above",
	`\«+» on +`:        "as above",
	`*\ on a\`:         "a pattern that ends in a backslash: bash matches nothing after a star",
	`*\ on \`:          "as above",
	"[[:alpha] on [":   "a class without its end: bash gives the bracket up",
	"[[:alpha:]] on é": "only the letters of ASCII are in classes",
	"[é] on \xc3":      "bash falls back to bytes where a string is no UTF-8",
	"[é] on \xa9":      "as above",
}

var extendedCases = [][]string{
	{"@(a|b)", "a", "b", "ab", "", "@(a|b)"},
	{"?(a|b)c", "c", "ac", "bc", "abc"},
	{"*(ab)", "", "ab", "abab", "aba"},
	{"+(ab)", "", "ab", "abab", "aba"},
	{"!(a)", "", "a", "b", "aa"},
	{"!(a|b)c", "ac", "bc", "c", "xc", "abc"},
	{"!(*.sh)", "a.sh", "a.txt", ".sh"},
	{"*.!(sh|py)", "a.sh", "a.txt", "a.py.c"},
	{"+([0-9])", "123", "", "12a"},
	{"+([0-9])?(.*([0-9]))", "1", "1.5", "1.", ".5"},
	{"@(foo|ba@(r|z))", "foo", "bar", "baz", "ba"},
	{"*(a|b)c*(d)", "c", "abcd", "abdd", "ababcddd"},
	{"@(a", "@(a", "a"},
	{"a@()b", "ab", "a@()b"},
	{"@(|x)y", "y", "xy", "|xy"},
	{"«@(a|b)»", "a", "@(a|b)"},
	{"@(«*»|b)", "*", "b", "x"},
	{"!(!(a))", "a", "b", ""},
	{"+(a|b)*", "abx", "x", "ab"},
	{"@([)]|x)", ")", "x"},
	{`@(\||x)`, "|", "x", `\|`},
	{"*(+(a))b", "aaab", "b", "ab"},
}

func TestConfirmExtended(t *testing.T) {
	compareMatches(t, "bash", "C", Options{Bash: true, Extended: true}, "shopt -s extglob\n", extendedCases, nil)
}

func TestConfirmFold(t *testing.T) {
	compareMatches(t, "bash", "C", Options{Bash: true, Fold: true}, "shopt -s nocasematch\n", [][]string{
		{"start", "START", "start", "stop"},
		{"a*Z", "AxxZ", "axxz", "a"},
		{"[a-c]x", "Bx", "bX", "dx"},
		{"[!a-c]", "B", "b", "d", "D"},
		{"«A»*", "abc", "bc"},
		{"[[:upper:]]", "a", "A", "1"},
	}, nil)
}

func compareMatches(t *testing.T, shell, locale string, o Options, before string, cases [][]string, known map[string]string) {
	n := 0
	for _, c := range cases {
		segs := parse(c[0])
		p := Compile(o, segs...)
		assigns, word := source(segs)
		script := before + assigns + "for s do case $s in " + word + ") printf y;; *) printf n;; esac; done\n"
		want := real(t, shell, locale, "/", script, c[1:]...)
		for i, s := range c[1:] {
			n++
			t.Run(fmt.Sprintf("%q/%q", c[0], s), func(t *testing.T) {
				got := "n"
				if p.Match(s) {
					got = "y"
				}
				if got == want[i:i+1] {
					return
				}
				if why := known[c[0]+" on "+s]; why != "" {
					t.Logf("known difference: %s", why)
					return
				}
				t.Errorf("got %s, %s says %c", got, shell, want[i])
			})
		}
	}
	t.Logf("%d cases", n)
}

var trimCases = [][]string{
	{"*/", "a/b/c", "abc", "/", ""},
	{"/*", "a/b/c", "abc", "/"},
	{".*", "a.b.c", ".", "abc"},
	{"*.", "a.b.c", "."},
	{"?", "abc", "", "é"},
	{"*", "abc", ""},
	{"a", "abc", "cba", "a", "b"},
	{"a*", "aba", "ba", "cab"},
	{"*a", "aba", "ba", "cab", "x"},
	{"*a*", "xaxax", "x"},
	{"a*b*c", "abcbc", "abcabc", "xabc"},
	{"*a*b", "aabb", "abab", "xaxbxb"},
	{"a*b*", "aabb", "abab", "baxb"},
	{"*ab*ab*", "ababab", "ab", "xabyabz"},
	{"*ab?", "xabcabd", "ab", "abc"},
	{"?ab*", "xabxab", "ab", "cabab"},
	{"[0-9]", "1a1", "a"},
	{"[0-9]*", "a12b3", "12"},
	{"*[0-9]", "a12b3", "12x"},
	{"[!/]*", "a/b", "/a"},
	{"«*»", "*a*", "a"},
	{"«*»*", "*a*b", "ab*"},
	{"\\*", "*a*", "\\*"},
	{"=*", "a=b=c", "abc"},
	{"*=", "a=b=c", "abc"},
	{"«[»*", "a[b[c", "[x"},
	{"[", "[a[", "a"},
	{"a**b", "xaabb", "aabbx"},
	{"?*?", "abcd", "a", ""},
	{"*?*", "abcd", "a", ""},
	{" *", "a b c", "abc"},
	{"*[[:space:]]", "a b c ", "abc"},
	{"S[0-9][0-9]", "S20cron", "S2cron", "K20cron"},
	{"[SK][0-9][0-9]*", "S20cron", "xS20K30"},
}

func TestConfirmTrim(t *testing.T) {
	n := 0
	for _, shell := range []struct {
		name string
		opts Options
	}{{"dash", Options{}}, {"bash", Options{Bash: true}}, {"bash", Options{Bash: true, Extended: true}}} {
		cases := trimCases
		before := ""
		if shell.opts.Extended {
			before = "shopt -s extglob\n"
			cases = [][]string{
				{"+([0-9])", "12a34", "a", "1"},
				{"*(ab)", "ababx", "xabab", "ab"},
				{"!(x)", "abx", "x", ""},
				{"@(a|ab)", "abab", "ba", "aba"},
				{"?(a)*b", "abab", "ba"},
			}
		}
		for _, c := range cases {
			segs := parse(c[0])
			p := Compile(shell.opts, segs...)
			assigns, word := source(segs)
			script := before + assigns
			for _, op := range []string{"#", "##", "%", "%%"} {
				script += "printf '%s|' \"${1" + op + word + "}\"\n"
			}
			for _, s := range c[1:] {
				n++
				t.Run(fmt.Sprintf("%s/%q/%q", shell.name, c[0], s), func(t *testing.T) {
					got := p.TrimPrefix(s, false) + "|" + p.TrimPrefix(s, true) + "|" +
						p.TrimSuffix(s, false) + "|" + p.TrimSuffix(s, true) + "|"
					if want := real(t, shell.name, "C", "/", script, s); got != want {
						t.Errorf("got %q, %s says %q", got, shell.name, want)
					}
				})
			}
		}
	}
	t.Logf("%d cases of four operators", n)
}

func TestLiteral(t *testing.T) {
	for _, c := range []struct {
		pattern, want string
		ok            bool
	}{
		{"", "", true},
		{"start", "start", true},
		{"«*»", "*", true},
		{"a«*»b", "a*b", true},
		{`a\*b`, "a*b", true},
		{"[a", "[a", true},
		{`a\`, `a\`, true},
		{"«a\\»", `a\`, true},
		{"a*", "", false},
		{"[a]", "", false},
		{"?", "", false},
	} {
		t.Run(c.pattern, func(t *testing.T) {
			if got, ok := New(parse(c.pattern)...).Literal(); got != c.want || ok != c.ok {
				t.Errorf("got %q %v, want %q %v", got, ok, c.want, c.ok)
			}
		})
	}
}

func TestFind(t *testing.T) {
	for _, c := range []struct {
		pattern, s string
		from       int
		start, end int
	}{
		{"b", "abcb", 0, 1, 2},
		{"b", "abcb", 2, 3, 4},
		{"b*", "abcb", 0, 1, 4},
		{"x", "abc", 0, -1, -1},
		{"*", "abc", 0, 0, 3},
		{"?", "abc", 3, -1, -1},
	} {
		t.Run(c.pattern+"/"+c.s, func(t *testing.T) {
			a, b := Compile(Options{Bash: true}, parse(c.pattern)...).Find(c.s, c.from)
			if a != c.start || b != c.end {
				t.Errorf("got %d %d, want %d %d", a, b, c.start, c.end)
			}
		})
	}
}

// TestHostile has patterns that take exponential time where each star is
// tried against everything that follows.
func TestHostile(t *testing.T) {
	as := strings.Repeat("a", 5000)
	for name, p := range map[string]Pattern{
		"stars":    New(Segment{Text: strings.Repeat("*a", 100) + "*b"}),
		"brackets": New(Segment{Text: "*" + strings.Repeat("[", 2000) + "b"}),
		"nested": Compile(Options{Bash: true, Extended: true},
			Segment{Text: strings.Repeat("+(", 100) + "a" + strings.Repeat(")", 100) + "b"}),
		"deep": Compile(Options{Bash: true, Extended: true}, Segment{Text: strings.Repeat("@(", 1<<16)}),
	} {
		t.Run(name, func(t *testing.T) {
			s := as
			if name != "stars" && name != "brackets" {
				s = as[:60]
			}
			began := time.Now()
			if p.Match(s) {
				t.Error("matches")
			}
			p.TrimPrefix(s, true)
			p.TrimSuffix(s, true)
			if d := time.Since(began); d > 5*time.Second {
				t.Errorf("took %v", d)
			}
		})
	}
}

func FuzzMatch(f *testing.F) {
	for _, c := range matchCases {
		f.Add(c[0], c[1])
	}
	f.Fuzz(func(t *testing.T, pat, s string) {
		if len(pat) > 200 || len(s) > 200 || strings.Count(pat, "(") > 6 {
			return
		}
		seg := Segment{Text: pat}
		for _, o := range []Options{{}, {Bash: true}, {Bash: true, Extended: true, UTF8: true, Fold: true}} {
			p := Compile(o, seg)
			if p.Match(s) && p.TrimPrefix(s, true) != "" {
				t.Errorf("%q matches all of %q, but %q is left of it", pat, s, p.TrimPrefix(s, true))
			}
			if p.Match(s) && p.TrimSuffix(s, true) != "" {
				t.Errorf("%q matches all of %q, but %q is left of it", pat, s, p.TrimSuffix(s, true))
			}
			if !o.Extended && !o.UTF8 && !p.literal && p.program().matches(s) != p.Match(s) {
				t.Errorf("the two matchers differ on %q, %q (%+v)", pat, s, o)
			}
		}
		if q := New(Segment{s, true}); !q.Match(s) {
			t.Errorf("%q quoted does not match itself", s)
		}
	})
}

func BenchmarkCaseLiteral(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if New(Segment{Text: "restart"}).Match("status") {
			b.Fatal()
		}
	}
}

func BenchmarkCaseStar(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if !New(Segment{Text: "*.dpkg-*"}).Match("foo.dpkg-old") {
			b.Fatal()
		}
	}
}

func BenchmarkTrim(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if New(Segment{Text: "*/"}).TrimPrefix("/etc/init.d/cron", true) != "cron" {
			b.Fatal()
		}
	}
}
