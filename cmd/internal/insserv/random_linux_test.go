package insserv_test

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestRandomTrees compares ours with the original on made-up trees: headers
// with all fields, loops, missing names, the same name twice, broken headers,
// odd file names, overrides. `make confirm-links` makes more of them.
func TestRandomTrees(t *testing.T) {
	program := original(t)
	n, first := 150, 0
	if s, err := strconv.Atoi(os.Getenv("SYSV_TREES")); err == nil && s > 0 {
		n = s
	}
	if s, err := strconv.Atoi(os.Getenv("SYSV_SEED")); err == nil {
		n, first = 1, s
	}
	dir := place(t)
	calls, zero, bad := 0, 0, 0
	known := map[string]int{}
	for seed := first; seed < first+n; seed++ {
		r := rand.New(rand.NewPCG(uint64(seed), 2))
		before, names := randomTree(r)
		for step := range 4 {
			args := command(r, step+1, names)
			if step == 0 && r.IntN(2) == 0 {
				args = args[1:] // without -f
			}
			o, z, diff := both(t, program, dir, before, in(args...))
			calls++
			if o.status == 0 {
				zero++
			}
			if diff != "" {
				if i := slices.Index(args, "-q"); i >= 0 {
					// What has a name says so only aloud.
					_, z, _ = both(t, program, dir, before, in(slices.Delete(slices.Clone(args), i, i+1)...))
				}
				if name := knownDifference(before, o, z); name != "" {
					known[name]++
				} else if bad++; bad < 5 {
					t.Errorf("seed %d, step %d, insserv %s:\n%s", seed, step, brief(args), diff)
				}
			}
			if z.status == 0 {
				before = edit(r, z.after, step)
			}
		}
	}
	t.Logf("%d calls on %d trees, %d with status 0; %d differ; known differences: %v", calls, n, zero, bad, known)
}

func randomTree(r *rand.Rand) (tree, []string) {
	var t tree
	conf := "$local_fs\t+a0 +a1\n$remote_fs\t$local_fs +a2\n$syslog a3\n<interactive> a4 b1\n"
	switch r.IntN(6) {
	case 0:
		conf += "$x $remote_fs  +b0\n$net=a5 +$x\n"
	case 1:
		conf += "$loop a1 $pool\n$pool $loop\n"
		if r.IntN(4) > 0 {
			conf = strings.ReplaceAll(conf, "$pool $loop", "$pool +b2")
		}
	}
	t.add("etc/insserv.conf", conf)
	if r.IntN(3) == 0 {
		t.add("etc/insserv.conf.d/more", "$net +b3\n$syslog +b4\n")
		t.add("etc/insserv.conf.d/more.bak", "$net bad\n")
		t.add("etc/insserv.conf.d/also", "$also +a6\n<interactive> b5\n")
	}
	n := 3 + r.IntN(14)
	loops := r.IntN(4) == 0
	var names []string
	for i := range n {
		name := string(rune('a'+i%2)) + strconv.Itoa(i/2)
		if r.IntN(12) == 0 {
			name += ".sh"
		}
		h := randomHeader(r, i, n, loops)
		names = append(names, name)
		t.add("etc/init.d/"+name, h)
		switch r.IntN(25) {
		case 0:
			t.add("etc/insserv/overrides/"+name, randomHeader(r, i, n, loops))
		case 1:
			t.add("etc/insserv/overrides/"+name, "# nothing\n")
		case 2:
			t[len(t)-1].mode = 0o644
		case 3:
			t.link("etc/init.d/l"+name, name)
			names = append(names, "l"+name)
		case 4:
			t.link("etc/init.d/m"+name, "../init.d/"+name)
		case 5:
			t.add("etc/init.d/"+name+".dpkg-old", h)
		case 6:
			t = append(t, file{"etc/init.d/dir" + name, fs.ModeDir, ""})
		case 7:
			t.link("etc/init.d/n"+name, "/nowhere/at/all")
		}
	}
	return t.shuffle(r), names
}

// randomHeader is a script; it needs others of a lower number, or any where
// there shall be loops.
func randomHeader(r *rand.Rand, i, n int, loops bool) string {
	some := func(most int) string {
		var words []string
		for range r.IntN(most + 1) {
			below := i
			if loops || r.IntN(20) == 0 {
				below = n
			}
			if below == 0 {
				break
			}
			j := r.IntN(below)
			w := string(rune('a'+j%2)) + strconv.Itoa(j/2)
			switch r.IntN(30) {
			case 0:
				w = "+" + w
			case 1:
				w = "missing"
			case 2:
				w = "p" + w
			}
			words = append(words, w)
		}
		facilities := []string{"$local_fs", "$remote_fs", "$syslog", "$net", "$x", "$null", "$all", "$ALL", "$also", "$loop", "$unknown"}
		if r.IntN(3) == 0 {
			words = append(words, facilities[r.IntN(4)])
		}
		if r.IntN(12) == 0 {
			words = append(words, facilities[r.IntN(len(facilities))])
		}
		sep := " "
		switch r.IntN(20) {
		case 0:
			sep = "  "
		case 1:
			sep = ","
		case 2:
			sep = "\t"
		}
		return strings.Join(words, sep)
	}
	levels := func(usual string) string {
		return []string{usual, usual, usual, usual, "S", "", "2 3", "0 6", "1", "2,3,5", "9 x 2", "3 S"}[r.IntN(12)]
	}
	var b strings.Builder
	b.WriteString("#!/bin/sh\n")
	switch r.IntN(40) {
	case 0:
		return "" // nothing at all
	case 1:
		return b.String() + "exit 0\n" // no header
	case 2:
		return "#!/sbin/openrc-run\ncommand=x\n"
	}
	b.WriteString("### BEGIN INIT INFO\n")
	field := func(often int, name, value string) {
		if r.IntN(often) == 0 && often < 100 {
			return
		}
		if r.IntN(30) == 0 {
			name = strings.ToUpper(strings.ReplaceAll(name, "-", "_"))
		}
		fmt.Fprintf(&b, "# %s:%s%s\n", name, strings.Repeat(" ", r.IntN(4)), value)
	}
	own := string(rune('a'+i%2)) + strconv.Itoa(i/2)
	switch r.IntN(12) {
	case 0:
		own += " p" + own
	case 1:
		own = "$fac " + own + " #x"
	case 2:
		own = "a" + strconv.Itoa(r.IntN(n)) // perhaps another one's
	case 3:
		own += " also" + strconv.Itoa(r.IntN(3))
	case 4:
		own = ""
	}
	field(30, "Provides", own)
	field(30, "Required-Start", some(3))
	field(30, "Required-Stop", some(3))
	if r.IntN(3) == 0 {
		field(100, "Should-Start", some(2))
	}
	if r.IntN(3) == 0 {
		field(100, "Should-Stop", some(2))
	}
	if r.IntN(6) == 0 {
		field(100, "X-Start-Before", some(2))
	}
	if r.IntN(6) == 0 {
		field(100, "X-Stop-After", some(2))
	}
	field(30, "Default-Start", levels("2 3 4 5"))
	field(30, "Default-Stop", levels("0 1 6"))
	if r.IntN(8) == 0 {
		field(100, "X-Interactive", []string{"true", "true", "false", "true "}[r.IntN(4)])
	}
	field(3, "Short-Description", "text")
	if r.IntN(60) == 0 {
		return b.String()
	}
	b.WriteString("### END INIT INFO\nexit 0\n")
	return b.String()
}
