package order

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sysv/runlevel"
)

func TestInsserv(t *testing.T) {
	root := sample(t)
	texts(t, root, exitOK, map[string]string{
		"": `As insserv orders them: 6 scripts start, 1 stops

Start at boot, before the runlevel's
  01  mount  S   it waits for no other script
  02  net    S   after mount, Required-Start: mount (/etc/init.d/net:4:19)

Start in the runlevel
  01  log    23  it waits for no other script
  01  old    3   it waits for no other script
  02  bus    23  after log, Required-Start: $syslog (/etc/init.d/bus:4:19)
  03  web    23  after bus, Required-Start: bus (/etc/init.d/web:4:19)

Longest chain (5): mount > net > log > bus > web

Stop
  01  old  0  it waits for no other script

Notes
  warning: script 'K70old' missing LSB tags
  /etc/init.d/old:1: has no block "### BEGIN INIT INFO"
  script S02net provides system facility $net, skipped!
  script net provides system facility $net, skipped!
  warning: script 'old' missing LSB tags
`,
	})
}

// An X-Interactive script starts alone, and one that asks for $all is last; a
// name that no script provides counts as if one did.
func TestInsservReasons(t *testing.T) {
	root := plant(t, "etc/insserv.conf", facilities,
		"etc/init.d/ask", header("Provides: ask", "Required-Start:", "Required-Stop:", "Default-Start: 2", "Default-Stop:", "X-Interactive: true"),
		"etc/init.d/other", header("Provides: other", "Required-Start:", "Required-Stop:", "Default-Start: 2", "Default-Stop:"),
		"etc/init.d/first", header("Provides: first", "Required-Start:", "Required-Stop:", "Default-Start: 2", "Default-Stop:", "X-Start-Before: ghost"),
		"etc/init.d/third", header("Provides: third", "Required-Start:", "Required-Stop:", "Should-Start: ghost", "Default-Start: 2", "Default-Stop:"),
		"etc/init.d/end", header("Provides: end", "Required-Start: $all", "Required-Stop:", "Default-Start: 2", "Default-Stop:"))
	_, out, _ := order(t, "--root", root)
	for _, want := range []string{
		"after ask, X-Interactive of ask: true (/etc/init.d/ask:8:3)",
		"after first, Should-Start: ghost by way of ghost, which no script provides (/etc/init.d/third:6:17)",
		"after third, Required-Start: $all (/etc/init.d/end:4:19)",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
}

// A loop is a status of 1, and is explained with the lines that make it, the
// script that most probably is wrong, and a file that mends it: with that in
// place there is no loop.
func TestInsservLoop(t *testing.T) {
	root := plant(t, "etc/insserv.conf", facilities,
		"etc/init.d/a", header("Provides: a", "Required-Start: b", "Required-Stop:", "Default-Start: 2", "Default-Stop:"),
		"etc/init.d/b", header("Provides: b", "Required-Start: c", "Required-Stop:", "Default-Start: 2", "Default-Stop:"),
		"etc/init.d/c", header("Provides: c", "Required-Start:", "Required-Stop:", "Should-Start: a", "Default-Start: 2", "Default-Stop:"))
	status, out, stderr := order(t, "--root", root)
	if status != exitFound || stderr != "" {
		t.Fatalf("status %d %s", status, stderr)
	}
	for _, want := range []string{"\nLoop of start: a, b, c\n", "/etc/init.d/a:4: Required-Start: b", "/etc/init.d/b:4: Required-Start: c", "/etc/init.d/c:6: Should-Start: a", "Most probably wrong: "} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	dir, err := runlevel.OpenRoot(root)
	if err != nil {
		t.Fatal(err)
	}
	read, err := readTree(dir)
	if err != nil {
		t.Fatal(err)
	}
	m, err := asInsserv(read)
	if err != nil || len(m.loops) != 1 {
		t.Fatalf("%v: %+v", err, m.loops)
	}
	l := m.loops[0]
	if l.suspect == "" || len(l.mends) != 1 {
		t.Fatalf("%+v", l)
	}
	o := l.mends[0]
	os.MkdirAll(filepath.Dir(filepath.Join(root, o.path)), 0o755)
	if err := os.WriteFile(filepath.Join(root, o.path), []byte(o.text), 0o644); err != nil {
		t.Fatal(err)
	}
	if status, out, _ := order(t, "--root", root); status != exitOK || strings.Contains(out, "Loop") {
		t.Errorf("with %s: status %d\n%s\n%s", o.path, status, out, o.text)
	}
}

// A tree that insserv refuses is shown as insserv -f has it, with the lines
// that are wrong.
func TestInsservRefuses(t *testing.T) {
	root := plant(t, "etc/insserv.conf", facilities,
		"etc/init.d/a", header("Provides: a", "Required-Start: nothing", "Required-Stop:", "Default-Start: 2", "Default-Stop:"))
	status, out, _ := order(t, "--root", root)
	if status != exitFound || !strings.Contains(out, "FATAL: service nothing has to be ") || !strings.Contains(out, "/etc/init.d/a:4: Required-Start: nothing") {
		t.Errorf("status %d\n%s", status, out)
	}
}

// In every order each requirement is kept or its scripts are in a loop.
func TestEdgesAreKept(t *testing.T) {
	for seed := range 30 {
		r := rand.New(rand.NewPCG(uint64(seed), 5))
		var files []string
		n := 3 + r.IntN(25)
		for i := range n {
			need := ""
			for range r.IntN(3) {
				need += fmt.Sprintf(" s%d", r.IntN(n))
			}
			files = append(files, fmt.Sprintf("etc/init.d/s%d", i), header(fmt.Sprintf("Provides: s%d", i), "Required-Start:"+need, "Required-Stop:"+need, "Default-Start: 2 3", "Default-Stop: 0"))
		}
		root, err := runlevel.OpenRoot(plant(t, append(files, "etc/insserv.conf", facilities)...))
		if err != nil {
			t.Fatal(err)
		}
		read, err := readTree(root)
		if err != nil {
			t.Fatal(err)
		}
		for _, as := range []string{"insserv", "chkconfig", "generator"} {
			m, err := modelOf(read, as)
			if err != nil {
				t.Fatal(err)
			}
			_, component := components(len(m.scripts), m.starts)
			looped := len(m.loops) > 0
			for i := range m.starts {
				e := &m.starts[i]
				if component[e.from] == component[e.to] || as != "generator" && looped {
					continue
				}
				if from, to := m.scripts[e.from], m.scripts[e.to]; from.start >= to.start {
					t.Errorf("seed %d, %s: %s is %d and %s %d: %s", seed, as, from.name, from.start, to.name, to.start, e.reason())
				}
			}
		}
	}
}
