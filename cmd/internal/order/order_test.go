package order

import (
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"sysv/system"
	"sysv/system/linux"
)

// plant makes a tree of files, names and contents in turns; "->TEXT" is a
// link. Directories of links are there.
func plant(t testing.TB, files ...string) string {
	t.Helper()
	root := t.TempDir()
	for _, dir := range []string{"etc/init.d", "etc/rc0.d", "etc/rc1.d", "etc/rc2.d", "etc/rc3.d", "etc/rc4.d", "etc/rc5.d", "etc/rc6.d", "etc/rcS.d"} {
		if err := os.MkdirAll(filepath.Join(root, dir), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for i := 0; i < len(files); i += 2 {
		path := filepath.Join(root, files[i])
		os.MkdirAll(filepath.Dir(path), 0o755)
		var err error
		if target, ok := strings.CutPrefix(files[i+1], "->"); ok {
			err = os.Symlink(target, path)
		} else {
			err = os.WriteFile(path, []byte(files[i+1]), 0o755)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return root
}

// order runs the command.
func order(t testing.TB, args ...string) (status int, stdout, stderr string) {
	t.Helper()
	machine := linux.New()
	p := &system.Process{Sys: machine, Dir: "/"}
	out, errs := system.NewCapture(machine), system.NewCapture(machine)
	p.Files.Set(1, out)
	p.Files.Set(2, errs)
	status = Run(context.Background(), p, append([]string{"order"}, args...))
	return status, string(out.Bytes()), string(errs.Bytes())
}

// header is a script with a header of lines "Key: words".
func header(lines ...string) string {
	return "#!/bin/sh\n### BEGIN INIT INFO\n# " + strings.Join(lines, "\n# ") + "\n### END INIT INFO\n"
}

// facilities is a small insserv.conf.
const facilities = "$local_fs +mount\n$network +net\n$remote_fs $local_fs\n$syslog +log\n$named\n$time\n$portmap\n"

// sample is a tree of a few scripts, each linked as it is in its header.
func sample(t testing.TB) string {
	return plant(t, "etc/insserv.conf", facilities,
		"etc/init.d/mount", header("Provides: mount", "Required-Start:", "Required-Stop:", "Default-Start: S", "Default-Stop:"),
		"etc/init.d/net", header("Provides: net $net", "Required-Start: mount", "Required-Stop: mount", "Default-Start: S", "Default-Stop: 0 6"),
		"etc/init.d/log", header("Provides: log", "Required-Start: $local_fs", "Required-Stop: $local_fs", "Default-Start: 2 3 4 5", "Default-Stop: 0 1 6"),
		"etc/init.d/bus", header("Provides: bus", "Required-Start: $syslog", "Required-Stop: $syslog", "Default-Start: 2 3 4 5", "Default-Stop: 0 1 6"),
		"etc/init.d/web", header("Provides: web", "Required-Start: bus", "Required-Stop: bus", "Should-Start: db", "Default-Start: 2 3 4 5", "Default-Stop: 0 1 6"),
		"etc/init.d/old", "#!/bin/sh\n# chkconfig: 345 30 70\n# description: no LSB\n",
		"etc/rcS.d/S01mount", "->../init.d/mount", "etc/rcS.d/S02net", "->../init.d/net",
		"etc/rc2.d/S01log", "->../init.d/log", "etc/rc3.d/S01log", "->../init.d/log",
		"etc/rc2.d/S02bus", "->../init.d/bus", "etc/rc3.d/S02bus", "->../init.d/bus",
		"etc/rc2.d/S03web", "->../init.d/web", "etc/rc3.d/S03web", "->../init.d/web",
		"etc/rc3.d/S30old", "->../init.d/old", "etc/rc0.d/K70old", "->../init.d/old",
	)
}

func TestCommandLine(t *testing.T) {
	root := sample(t)
	for args, want := range map[string]string{
		"--as foo":            "sysv order: foo: expected one of insserv, chkconfig, update-rc.d, generator, buildroot, openwrt: see sysv order --help\n",
		"--diff insserv":      "sysv order: --diff: expected two names: see sysv order --help\n",
		"--diff insserv foo":  "sysv order: foo: expected one of insserv, chkconfig, update-rc.d, generator, buildroot, openwrt: see sysv order --help\n",
		"--json --svg":        "sysv order: --svg: only one of --json, --dot and --svg: see sysv order --help\n",
		"--root":              "sysv order: --root: expected a value: see sysv order --help\n",
		"--xml":               "sysv order: --xml: unknown option: see sysv order --help\n",
		"--json=1":            "sysv order: --json=1: unknown option: see sysv order --help\n",
		"x":                   "sysv order: x: unknown option: see sysv order --help\n",
		"--json --why x":      "sysv order: --why, --diff and --json do not go together: see sysv order --help\n",
		"--root=ROOT --why x": "sysv order: x: insserv does not order a script of that name\n",
	} {
		status, stdout, stderr := order(t, strings.Fields(strings.ReplaceAll(args, "ROOT", root))...)
		if status != exitUsage || stdout != "" || stderr != want {
			t.Errorf("%s: %d %q %q", args, status, stdout, stderr)
		}
	}
	if status, stdout, _ := order(t, "--help"); status != 0 || stdout != Help {
		t.Error("--help")
	}
	for dir, want := range map[string]string{
		"/no/such":    "sysv order: /no/such: No such file or directory\n",
		t.TempDir():   "etc/init.d: no such file or directory\n",
		"/etc/passwd": "sysv order: /etc/passwd: Not a directory\n",
	} {
		status, stdout, stderr := order(t, "--root", dir)
		if status != exitUnread || stdout != "" || !strings.HasSuffix(stderr, want) || strings.Count(stderr, "\n") != 1 {
			t.Errorf("%s: %d %q %q", dir, status, stdout, stderr)
		}
	}
}

// Every form of every orderer can be read by what it is for, and is the same
// each time.
func TestForms(t *testing.T) {
	root := sample(t)
	for _, as := range orderers() {
		_, text, stderr := order(t, "--root", root, "--as", as)
		if !strings.HasPrefix(text, "As "+as+" orders them: ") || stderr != "" {
			t.Errorf("%s: %q %q", as, text, stderr)
		}
		_, out, _ := order(t, "--root", root, "--as", as, "--json")
		var v struct {
			As    string
			Start []struct {
				Script string
				Number int
				After  []struct{ Script, Path string }
			}
		}
		if err := json.Unmarshal([]byte(out), &v); err != nil || v.As != as {
			t.Errorf("%s: %v\n%s", as, err, out)
		}
		_, out, _ = order(t, "--root", root, "--as", as, "--svg")
		wellFormed(t, out)
		_, out, _ = order(t, "--root", root, "--as", as, "--dot")
		if !strings.HasPrefix(out, "digraph ") || strings.Count(out, "{") != strings.Count(out, "}") {
			t.Errorf("%s: %s", as, out)
		}
		for _, form := range []string{"--json", "--svg", "--dot"} {
			_, first, _ := order(t, "--root", root, "--as", as, form)
			if _, again, _ := order(t, "--root", root, "--as", as, form); again != first {
				t.Errorf("%s %s: not the same again", as, form)
			}
		}
	}
}

// wellFormed fails for what is no XML.
func wellFormed(t *testing.T, text string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(text))
	for {
		_, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
	}
}

func TestStrangeNames(t *testing.T) {
	root := plant(t, "etc/init.d/a<b&\"c\"", header("Provides: x", "Default-Start: 2"), "etc/init.d/two words", "x", "etc/init.d/caf\xe9", "# chkconfig: 2 1 2\n", "etc/init.d/"+strings.Repeat("long", 50), header("Default-Start: 3"))
	for _, as := range orderers() {
		_, out, _ := order(t, "--root", root, "--as", as, "--svg")
		wellFormed(t, out)
		_, out, _ = order(t, "--root", root, "--as", as, "--json")
		if !json.Valid([]byte(out)) {
			t.Errorf("%s: %s", as, out)
		}
	}
}

// many plants n scripts in some layers, each of which requires one or two of
// the layer before.
func many(t testing.TB, n int) string {
	r := rand.New(rand.NewPCG(3, 4))
	var files []string
	layer := func(i int) int { return i * 12 / n }
	for i := range n {
		need := ""
		for range 2 {
			if j := r.IntN(i + 1); layer(j) < layer(i) {
				need += fmt.Sprintf(" service-%d", j)
			}
		}
		name := fmt.Sprintf("service-%d", i)
		level, number := "2 3 4 5", "etc/rc2.d/S01"
		if layer(i) < 5 {
			level, number = "S", "etc/rcS.d/S01"
		}
		files = append(files, "etc/init.d/"+name, header("Provides: "+name, "Required-Start:"+need, "Required-Stop:"+need, "Default-Start: "+level, "Default-Stop: 0 6"), number+name, "->../init.d/"+name)
	}
	return plant(t, files...)
}

// With 300 scripts the picture is readable: no box lies on another one, no
// text is wider than its box, columns are in the order of numbers, and a line
// never leads backwards.
func TestPictureOf300(t *testing.T) {
	root := many(t, 300)
	for _, as := range []string{"insserv", "generator", "chkconfig", "update-rc.d"} {
		_, out, _ := order(t, "--root", root, "--as", as, "--svg")
		wellFormed(t, out)
		type rect struct {
			x, y, w, h float64
			name       string
		}
		var boxes []rect
		for _, m := range regexp.MustCompile(`<rect class="[bpo]" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="(\d+)" rx="3"/><text x="[\d.]+" y="[\d.]+">([^<]*)<`).FindAllStringSubmatch(out, -1) {
			var v [4]float64
			for i := range v {
				v[i], _ = strconv.ParseFloat(m[i+1], 64)
			}
			boxes = append(boxes, rect{v[0], v[1], v[2], v[3], m[5]})
		}
		want := 300
		if as == "chkconfig" {
			want = 175 // it does not know runlevel S
		}
		if len(boxes) != want {
			t.Errorf("%s: %d boxes", as, len(boxes))
		}
		for i, a := range boxes {
			if float64(len(a.name))*svgChar > a.w {
				t.Errorf("%s: %s is wider than its box", as, a.name)
			}
			for _, b := range boxes[:i] {
				if a.x < b.x+b.w && b.x < a.x+a.w && a.y < b.y+b.h && b.y < a.y+a.h {
					t.Fatalf("%s: %s lies on %s", as, a.name, b.name)
				}
			}
		}
		for _, m := range regexp.MustCompile(`<path class="." d="M([\d.]+) [\d.]+C[-\d. ]* ([\d.]+) [\d.]+"/>`).FindAllStringSubmatch(out, -1) {
			x1, _ := strconv.ParseFloat(m[1], 64)
			x2, _ := strconv.ParseFloat(m[2], 64)
			if x1 >= x2 {
				t.Fatalf("%s: a line leads backwards: %s", as, m[0])
			}
		}
		if as != "update-rc.d" && !strings.Contains(out, `class="c"`) {
			t.Errorf("%s: no chain is marked", as)
		}
	}
}

// A chain as long as there are scripts takes no depth of the stack.
func TestComponents(t *testing.T) {
	const n = 200000
	edges := make([]edge, 0, n)
	for i := 1; i < n; i++ {
		edges = append(edges, edge{from: i - 1, to: i})
	}
	order, of := components(n, edges)
	if len(order) != n || of[0] != 0 || of[n-1] != n-1 {
		t.Errorf("%d components, %d %d", len(order), of[0], of[n-1])
	}
	order, of = components(5, []edge{{from: 0, to: 1}, {from: 1, to: 2}, {from: 2, to: 1}, {from: 2, to: 3}, {from: 4, to: 4}})
	if len(order) != 4 || of[1] != of[2] || of[0] == of[1] || of[3] <= of[1] {
		t.Errorf("%v %v", order, of)
	}
}
