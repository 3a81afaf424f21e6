package pattern

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sysv/system"
)

// diskFS is the machine's files below a directory, just enough for a glob.
type diskFS struct {
	dir  string
	read int
}

func (d *diskFS) path(p string) string {
	if strings.HasPrefix(p, "/") {
		return p
	}
	return d.dir + "/" + p
}

func (d *diskFS) ReadDir(p string) ([]system.DirEntry, error) {
	d.read++
	f, err := os.Open(d.path(p))
	if err != nil {
		return nil, system.ENOENT
	}
	defer f.Close()
	names, err := f.Readdirnames(-1)
	if err != nil {
		return nil, system.ENOTDIR
	}
	var out []system.DirEntry
	for _, n := range names {
		out = append(out, system.DirEntry{Name: n})
	}
	return out, nil
}

func (d *diskFS) Lstat(p string) (system.FileInfo, error) {
	if _, err := os.Lstat(d.path(p)); err != nil {
		return system.FileInfo{}, system.ENOENT
	}
	return system.FileInfo{}, nil
}

// globTree is files, directories (ending in a slash) and links (a -> b).
var globTree = []string{
	"a", "b", "c", "ab", "abc", "B", "A1", "a1", "a2", "a10", "-x", "a b", "a*b", "a?b", "a[b", "[x]", "a\\b", "é", "\xff",
	".hidden", ".h2", "..dots", "d/", "d/x", "d/y", "d/.z", "d/e/", "d/e/f", "d/e/g.sh", "d2/", "d2/x", "d2/w.sh", "empty/",
	"rc2.d/", "rc2.d/S01a", "rc2.d/S20b", "rc2.d/K01c", "rc2.d/README", "rc2.d/S1x",
	"link -> d", "dangling -> nowhere", "loop -> loop", "file.link -> a", "x.sh", "y.sh", "z.sh~", "n\nl",
	"conf.d/", "conf.d/10-a.conf", "conf.d/9-b.conf", "conf.d/x.dpkg-old", "sp ace/", "sp ace/f",
}

func makeTree(t testing.TB) string {
	dir := t.TempDir()
	for _, f := range globTree {
		if name, to, ok := strings.Cut(f, " -> "); ok {
			if err := os.Symlink(to, filepath.Join(dir, name)); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if strings.HasSuffix(f, "/") {
			if err := os.Mkdir(filepath.Join(dir, f), 0o755); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if err := os.WriteFile(filepath.Join(dir, f), nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

var globCases = []string{
	"*", "?", "??", "a*", "*a", "*.sh", "[ab]", "[!a]", "[^a]", "[a-c]*", "[[:upper:]]*", "nothing*", "nothing", "a", "«*»", "a«*»b", "a«*»*",
	"a?b", "a[[]b", "a\\*b", "\\[x]", "[[]x]", "[x]", "[x", "[x*", "a\\\\*", "a«\\»*",
	".*", ".h*", ".?*", "..*", ".[!.]*", "[.]*", "«.»*", "\\.*", "*.*",
	"d/*", "d/.*", "d*/x", "d*/*", "*/x", "*/", "*/*", "*/*/*", "*/e/*", "d/e/*.sh", "d/*/*.sh", "./*", "./d/../a?", "d//x*", "d//*", "*//x", "d/./*",
	"link/*", "link*/", "dangl*", "dangl*/", "loop*", "loop/*", "*.link/", "empty/*", "empty/.*", "a/*", "a*/", "nodir/*",
	"rc2.d/S[0-9][0-9]*", "rc[2-5].d/S*", "rc?.d/[SK]??*", "rc2.d/S01*", "conf.d/*.conf", "conf.d/[0-9]*",
	"sp ace/*", "«sp ace»/*", "*«/»x", "d«/»*", "[d/x]*", "d[/]x", "d[!a]x", "*/nothing", "*d/x", "d/[xy]", "d/x*/", "é*", "?", "\xff*", "n*",
	"*[", "[", "[]", "[!]", "*]", "{a,b}", "~*", "*\\", "a\\", "*/\\x", "d*/\\*",
	"/usr/bi*/tru?", "/bi*", "/bin/tru?", "//usr/bi*", "/*/passwd", "/etc/pass*[!a-z]", "/", "/*/", "../*/nothing-here", "./.*", "d/e/..*", "*/..", "*/.", "d*/../a1*",
}

func TestConfirmGlob(t *testing.T) {
	dir := makeTree(t)
	for _, shell := range []struct {
		name, before string
		opts         Options
		cases        []string
	}{
		{"dash", "", Options{}, globCases},
		{"bash", "shopt -s nullglob\n", Options{Bash: true}, globCases},
		{"bash", "shopt -s nullglob dotglob\n", Options{Bash: true, Dots: true}, []string{"*", "?h*", "d/*", ".*", "*/*"}},
		{"bash", "shopt -s nullglob extglob\n", Options{Bash: true, Extended: true}, []string{
			"@(a|b)", "*(a)*(b)", "+(a)", "!(a*|d*)", "d/@(x|y)", "@(d|d2)/*", "rc2.d/!(S*)"}},
		{"bash", "shopt -s nullglob nocaseglob\n", Options{Bash: true, Fold: true}, []string{"A*", "b", "[B]", "D/X", "d*/X"}},
	} {
		for _, c := range shell.cases {
			t.Run(shell.name+"/"+c, func(t *testing.T) {
				segs := parse(c)
				assigns, word := source(segs)
				script := shell.before + assigns + "IFS=\nprintf '%s\\0' " + word + "\n"
				want := real(t, shell.name, "C", dir, script)
				got := Glob(&diskFS{dir: dir}, Compile(shell.opts, segs...))
				text := strings.Join(got, "\x00") + "\x00"
				if got == nil {
					// The shells then give the word itself (or nothing).
					if strings.Count(want, "\x00") > 1 {
						t.Errorf("got nothing, %s says %q", shell.name, want)
					}
					if name := strings.TrimSuffix(want, "\x00"); name != "" && shell.name == "dash" && name != unquoted(segs) {
						t.Errorf("got nothing, dash says %q", want)
					}
					return
				}
				if text != want {
					t.Errorf("got %q, %s says %q", text, shell.name, want)
				}
			})
		}
	}
}

func unquoted(segs []Segment) string {
	s := ""
	for _, g := range segs {
		s += g.Text
	}
	return s
}

// TestGlobReads checks that only the directories that must be are read.
func TestGlobReads(t *testing.T) {
	dir := makeTree(t)
	for _, c := range []struct {
		pattern string
		reads   int
	}{{"a", 0}, {"d/x", 0}, {"«*»", 0}, {"d/*", 1}, {"nodir/*", 1}, {"d*/x", 1}, {"rc2.d/S*", 1}, {"[d", 0}} {
		t.Run(c.pattern, func(t *testing.T) {
			fs := &diskFS{dir: dir}
			Glob(fs, New(parse(c.pattern)...))
			if fs.read != c.reads {
				t.Errorf("%d directories read, want %d", fs.read, c.reads)
			}
		})
	}
}

func BenchmarkGlob(b *testing.B) {
	dir := makeTree(b)
	fs := &diskFS{dir: dir}
	b.ReportAllocs()
	for b.Loop() {
		if len(Glob(fs, New(Segment{Text: "rc2.d/S[0-9][0-9]*"}))) != 2 {
			b.Fatal()
		}
	}
}
