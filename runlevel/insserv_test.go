package runlevel

import (
	"flag"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"sysv/lsb"
)

// The same trees each time, unless -rapid.seed says otherwise: a change is not
// to fail by what another would have failed by.
func init() { flag.Set("rapid.seed", "1") }

// backwards is a file system whose directories have their names in another
// order.
type backwards struct {
	fstest.MapFS
	turn int
}

func (b backwards) Open(name string) (fs.File, error) {
	f, err := b.MapFS.Open(name)
	if d, ok := f.(fs.ReadDirFile); ok && err == nil {
		return turnedDir{d, b.turn}, nil
	}
	return f, err
}

type turnedDir struct {
	fs.ReadDirFile
	turn int
}

func (d turnedDir) ReadDir(n int) ([]fs.DirEntry, error) {
	list, err := d.ReadDirFile.ReadDir(n)
	if len(list) == 0 {
		return list, err
	}
	k := d.turn % len(list)
	return append(append([]fs.DirEntry(nil), list[k:]...), list[:k]...), err
}

// made is a tree of scripts.
type made struct {
	fs    fstest.MapFS
	names []string
}

func (m made) add(name, text string) { m.fs[name] = &fstest.MapFile{Data: []byte(text), Mode: 0o755} }

// plan is a call of insserv on a tree.
func (m made) plan(turn int, change func(*Insserv)) (*Sequence, error) {
	in := &Insserv{FS: backwards{m.fs, turn}, Dir: "etc/init.d", ShownDir: "/etc/init.d", Depend: "etc/init.d/.", ShownDepend: "/etc/init.d/.",
		Overrides: [2]string{"etc/insserv/overrides", "usr/share/insserv/overrides"}, ShownOverrides: [2]string{"/etc/insserv/overrides", "/usr/share/insserv/overrides"},
		Configs: []ConfigFile{{Shown: "/etc/insserv.conf", Data: []byte("$local_fs +s0\n$remote_fs $local_fs +s1\n<interactive> s2\n")}}}
	for _, n := range m.names {
		in.Scripts = append(in.Scripts, Argument{Name: n})
	}
	if change != nil {
		change(in)
	}
	return in.Plan()
}

// apply is the tree after a plan.
func (m made) apply(t interface{ Fatalf(string, ...any) }, p Plan) made {
	out := fstest.MapFS{}
	for name, f := range m.fs {
		out[name] = f
	}
	for _, s := range p.Steps {
		switch s.Op {
		case Remove:
			if out[s.Old] == nil {
				t.Fatalf("there is no %s to remove", s.Old)
			}
			delete(out, s.Old)
		case Create:
			if out[s.New] != nil {
				t.Fatalf("%s is there already", s.New)
			}
			out[s.New] = &fstest.MapFile{Data: []byte(s.Target), Mode: fs.ModeSymlink | 0o777}
		case Write:
			out[s.New] = &fstest.MapFile{Data: s.Data, Mode: 0o644}
		default:
			t.Fatalf("step %d", s.Op)
		}
	}
	return made{out, m.names}
}

// links are the links of a tree, without the dependency files.
func (m made) links() string {
	var b strings.Builder
	for level := range strings.SplitSeq("0 1 2 3 4 5 6 S", " ") {
		list, _ := fs.ReadDir(m.fs, "etc/rc"+level+".d")
		for _, e := range list {
			b.WriteString(level + " " + e.Name() + "\n")
		}
	}
	return b.String()
}

// drawTree makes up scripts; without loops they need only those before them.
func drawTree(t *rapid.T, loops bool) made {
	m := made{fs: fstest.MapFS{}}
	n := rapid.IntRange(1, 14).Draw(t, "scripts")
	for i := range n {
		name := fmt.Sprintf("s%d", i)
		m.names = append(m.names, name)
		words := func(what string) string {
			below := i
			if loops {
				below = n
			}
			var out []string
			for range rapid.IntRange(0, 3).Draw(t, what) {
				if k := rapid.IntRange(-2, below-1).Draw(t, "word"); k >= 0 {
					out = append(out, fmt.Sprintf("s%d", k))
				} else if k == -2 && i > 1 {
					out = append(out, "$remote_fs")
				}
			}
			return strings.Join(out, " ")
		}
		levels := rapid.SampledFrom([]string{"2 3 4 5", "2 3 4 5", "S", "3 5", ""}).Draw(t, "levels")
		text := "### BEGIN INIT INFO\n# Provides: " + name + "\n# Required-Start: " + words("start") + "\n# Required-Stop: " + words("stop") +
			"\n# Should-Start: " + words("should") + "\n# Default-Start: " + levels + "\n# Default-Stop: " + rapid.SampledFrom([]string{"0 1 6", "0 6", ""}).Draw(t, "stop levels") + "\n"
		if loops && rapid.IntRange(0, 5).Draw(t, "before") == 0 {
			text += "# X-Start-Before: " + words("before") + "\n"
		}
		if rapid.IntRange(0, 9).Draw(t, "alone") == 0 {
			text += "# X-Interactive: true\n"
		}
		m.add("etc/init.d/"+name, text+"### END INIT INFO\n")
	}
	return m
}

// checkOrder is what must hold of every order: each edge is respected, or a
// loop is reported of which it is a part.
func checkOrder(t *rapid.T, seq *Sequence) {
	scripts := map[string]Ordered{}
	for _, s := range seq.Scripts() {
		scripts[s.Name] = s
	}
	inLoop := map[string]bool{}
	for _, l := range seq.Loops() {
		for _, m := range l.Members {
			inLoop[m] = true
		}
		if l.Wrong == "" || l.Why == "" || len(l.Overrides) == 0 || len(l.Cycle) < 2 {
			t.Fatalf("a loop that is not explained: %+v", l)
		}
		for i, e := range l.Cycle {
			if next := l.Cycle[(i+1)%len(l.Cycle)]; e.After != next.Before {
				t.Fatalf("the way around is broken: %v", l.Cycle)
			}
		}
	}
	for _, e := range seq.Edges() {
		a, b := scripts[e.Before], scripts[e.After]
		first, second := a.StartNumber, b.StartNumber
		if e.Kind == Stop {
			first, second = a.StopNumber, b.StopNumber
		}
		if a.Name != "" && b.Name != "" && first >= second && !(inLoop[a.Name] && inLoop[b.Name]) && len(seq.Loops()) == 0 {
			t.Fatalf("%v, but the numbers are %d and %d", e, first, second)
		}
	}
}

func TestOrderHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		seq, err := drawTree(t, false).plan(0, nil)
		if err != nil && !strings.Contains(texts(seq), "is missed in the runlevels") {
			t.Fatalf("%v: %s", err, texts(seq))
		}
		checkOrder(t, seq)
	})
}

func TestOrderHoldsOrALoopIsReported(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawTree(t, true)
		seq, _ := m.plan(0, func(in *Insserv) { in.Force = true })
		checkOrder(t, seq)
		if len(seq.Loops()) > 0 && !strings.Contains(texts(seq), "most probably wrong is ") {
			t.Fatalf("there is a loop, and nothing says so: %s", texts(seq))
		}
		if refused, err := m.plan(0, nil); err != nil && len(refused.Plan.Steps) > 0 {
			t.Fatal("a call that is refused has a plan")
		}
	})
}

// TestTheSameAgain calls twice with the same tree, once with another order of
// the directories, and once more on what came of it.
func TestTheSameAgain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawTree(t, false)
		force := func(in *Insserv) { in.Force = true }
		one, _ := m.plan(0, force)
		two, _ := m.plan(0, force)
		if one.Plan.String() != two.Plan.String() || texts(one) != texts(two) {
			t.Fatal("the same call on the same tree has another outcome")
		}
		turned, _ := m.plan(rapid.IntRange(1, 9).Draw(t, "turn"), force)
		after := m.apply(t, one.Plan)
		several := 0
		for _, s := range one.Scripts() {
			if s.Interactive {
				several++
			}
		}
		again, _ := after.plan(0, force)
		if several == 0 {
			if got := m.apply(t, turned.Plan).links(); got != after.links() {
				t.Fatalf("the order of the directory changes the links: %s\n%s", after.links(), got)
			}
			for _, s := range again.Plan.Steps {
				if s.Op != Write {
					t.Fatalf("the second call changes links: %v", again.Plan)
				}
			}
		}
		// Which of two with the same number goes up for one that starts
		// alone depends on which insserv came to know first, and so do the
		// dependency files. The links change that, once; then nothing is left
		// to do; but two that start alone, and could have the same number,
		// change places at every call, as they do with the original.
		if several > 1 {
			return
		}
		for range 3 {
			if len(again.Plan.Steps) == 0 {
				return
			}
			after = after.apply(t, again.Plan)
			again, _ = after.plan(0, force)
		}
		if len(again.Plan.Steps) > 0 {
			t.Fatalf("the fifth call changes something: %v", again.Plan)
		}
	})
}

func texts(seq *Sequence) string {
	var b strings.Builder
	for _, m := range seq.Messages {
		b.WriteString(m.Text)
	}
	return b.String()
}

// FuzzInsserv puts any text into a script, an override and insserv.conf.
func FuzzInsserv(f *testing.F) {
	f.Add("### BEGIN INIT INFO\n# Provides: a b\n# Required-Start: $x +c\n# Required-Stop: $all\n# Default-Start: 2 S\n# Default-Stop: 0\n# X-Start-Before: $x a\n### END INIT INFO\n", "", "$x $y a\n$y +b\n<interactive> a\n", "S01a")
	f.Add("#!/sbin/openrc-run\n", "### BEGIN INIT INFO\n", "$a $a\n", "K100b")
	f.Fuzz(func(t *testing.T, script, override, conf, link string) {
		m := made{fs: fstest.MapFS{}, names: []string{"a"}}
		m.add("etc/init.d/a", script)
		m.add("etc/init.d/b", "### BEGIN INIT INFO\n# Provides: b\n# Required-Start: a\n# Required-Stop: a\n# Default-Start: 2\n# Default-Stop: 0\n### END INIT INFO\n")
		if override != "" {
			m.add("etc/insserv/overrides/a", override)
		}
		if link != "" && !strings.ContainsAny(link, "/\x00") && fs.ValidPath(link) {
			m.fs["etc/rc2.d/"+link] = &fstest.MapFile{Data: []byte("../init.d/a"), Mode: fs.ModeSymlink | 0o777}
		}
		for _, force := range []bool{false, true} {
			seq, err := m.plan(0, func(in *Insserv) {
				in.Force, in.Verbose = force, 2
				in.Configs[0].Data = []byte(conf)
			})
			if err != nil && len(seq.Plan.Steps) > 0 {
				t.Fatal("a call that is refused has a plan")
			}
			m.apply(t, seq.Plan)
			seq.Scripts()
			seq.Edges()
			for _, l := range seq.Loops() {
				for _, o := range l.Overrides {
					if h := lsb.Parse("o", []byte(o.Text)); !h.Found() {
						t.Fatalf("the override is no header: %q", o.Text)
					}
				}
			}
		}
	})
}
