//go:build linux

package updatercd_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// trees is how many trees the random steps are made on; the steps on each are
// few in a common test, and 100 in `make confirm-update-rc.d`.
const trees = 20

// TestAgainstTheOriginal makes random steps on random trees: each call by
// Debian's update-rc.d in one root and by ours in another one. Links, status,
// output, and what is called must be equal, but for the known differences.
func TestAgainstTheOriginal(t *testing.T) {
	steps := os.Getenv("SYSV_UPDATE_RC_D_STEPS")
	if steps == "" {
		steps = "200"
	}
	if realInsserv() == "" {
		missing(t, "insserv is not installed")
	}
	enter(t, insideVar+"=random", "SYSV_UPDATE_RC_D_STEPS="+steps)
}

// inside is what is done in namespaces of its own. It returns the exit status.
func inside(what string) int {
	dir := os.Getenv("SYSV_TEST_DIR")
	if err := unix.Mount("sandbox", dir, "tmpfs", 0, "mode=755"); err != nil {
		fmt.Println(err)
		return 1
	}
	var err error
	switch what {
	case "random":
		err = randomTrees(dir)
	case "killed":
		err = killed(dir)
	case "embedded":
		err = embeddedStyle(dir)
	case "space":
		err = noSpace(dir)
	case "twice":
		err = twoAtOnce(dir)
	case "cases":
		err = namedCases(dir)
	default:
		err = fmt.Errorf("%s: nothing of that name", what)
	}
	if err != nil {
		fmt.Println(err)
		return 1
	}
	return 0
}

func randomTrees(dir string) error {
	steps, err := strconv.Atoi(os.Getenv("SYSV_UPDATE_RC_D_STEPS"))
	if err != nil {
		return err
	}
	known, bad := map[string]int{}, 0
	for n := range trees {
		bad += walk(filepath.Join(dir, strconv.Itoa(n)), n, steps/trees, known)
	}
	if bad > 0 {
		return fmt.Errorf("%d of %d steps differ", bad, steps)
	}
	fmt.Printf("%d steps on %d trees; known differences: %v\n", steps/trees*trees, trees, known)
	return nil
}

// random is the source of one tree's steps.
type random struct {
	*rand.Rand
	scripts []string
}

func pick[T any](r *random, from ...T) T { return from[r.IntN(len(from))] }

func (r *random) name() string {
	switch r.IntN(40) {
	case 0:
		return pick(r, "none", "no-such", "x.y")
	case 1:
		return pick(r, "a b", "a*", "", "..", "a/b", "[a]", "{a,b}")
	}
	return pick(r, r.scripts...)
}

func (r *random) levels() []string {
	var l []string
	for range r.IntN(4) {
		l = append(l, pick(r, "S", "2", "3", "4", "5", "2", "3", "0", "1", "6", "7", "xx"))
	}
	return l
}

// args is a command line.
func (r *random) args() []string {
	var a []string
	if r.IntN(4) == 0 {
		a = append(a, "-f")
	}
	if r.IntN(40) == 0 {
		a = append(a, pick(r, "-h", "--help", "-x", "-", "-r", "--", "-hx", "x--help"))
	}
	a = append(a, r.name())
	switch r.IntN(12) {
	case 0, 1:
		return append(a, "defaults")
	case 2:
		return append(a, "defaults", pick(r, "20", "99", "x"), "80")
	case 3:
		return append(a, "defaults-disabled")
	case 4:
		return append(a, "remove")
	case 5, 6:
		return append(a, append([]string{"enable"}, r.levels()...)...)
	case 7, 8:
		return append(a, append([]string{"disable"}, r.levels()...)...)
	case 9:
		a = append(a, "start", pick(r, "20", "01"))
		a = append(append(a, r.levels()...), ".")
		if r.IntN(2) == 0 {
			a = append(a, "stop", "80")
			a = append(append(a, r.levels()...), ".")
		}
		return a
	case 10:
		return append(append(append(a, "stop", "20"), r.levels()...), ".")
	}
	switch r.IntN(4) {
	case 0:
		return a
	case 1:
		return append(a, pick(r, "bogus", "Defaults", ""))
	case 2:
		return nil
	}
	return append(a, "disable")
}

// header is a script's text.
func (r *random) header(name string) string {
	var b strings.Builder
	b.WriteString("#!/bin/sh\n")
	if r.IntN(12) == 0 {
		return b.String() + "# no header\n"
	}
	list := func(key string, from ...string) {
		if r.IntN(15) == 0 {
			return
		}
		var words []string
		for range r.IntN(3) {
			words = append(words, pick(r, from...))
		}
		b.WriteString("# " + key + ":" + pick(r, " ", "  ", "\t", "   ") + strings.Join(words, " ") + "\n")
	}
	b.WriteString("### BEGIN INIT INFO" + pick(r, "", "", "", " ") + "\n# Provides: " + name + "\n")
	needs := append([]string{"$remote_fs", "$syslog", "$network", "$local_fs"}, r.scripts[:r.IntN(len(r.scripts))]...)
	list("Required-Start", needs...)
	list("Required-Stop", needs...)
	list("Should-Start", needs...)
	b.WriteString("# Default-Start: " + pick(r, "2 3 4 5", "2 3 4 5", "2 3 4 5", "3 5", "S", "2", "", "1 2 3") + "\n")
	b.WriteString("# Default-Stop: " + pick(r, "0 1 6", "0 1 6", "0 1 6", "0 6", "", "1") + "\n")
	b.WriteString("# Short-Description: test\n")
	if r.IntN(20) > 0 {
		b.WriteString("### END INIT INFO\n")
	}
	return b.String() + "case $1 in start) echo start ;; esac\n"
}

// edit changes something by hand, the same in both roots.
func (r *random) edit(p pair) string {
	name := pick(r, r.scripts...)
	level := pick(r, "0", "1", "2", "3", "4", "5", "6", "S")
	link := fmt.Sprintf("etc/rc%s.d/%s%02d%s", level, pick(r, "S", "K"), r.IntN(30), name)
	what, text := r.IntN(8), r.header(name)
	for _, root := range []string{p.original, p.ours} {
		script, at := filepath.Join(root, "etc/init.d", name), filepath.Join(root, link)
		switch what {
		case 0:
			os.Remove(script)
		case 1, 2, 3:
			os.WriteFile(script, []byte(text), 0o755)
		case 4, 5:
			os.MkdirAll(filepath.Dir(at), 0o755)
			os.Symlink("../init.d/"+name, at)
		case 6:
			for _, l := range glob(filepath.Join(root, "etc/rc"+level+".d/*"+name)) {
				os.Remove(l)
			}
		case 7:
			os.MkdirAll(filepath.Dir(at), 0o755)
			os.WriteFile(filepath.Join(filepath.Dir(at), "README"), []byte("text"), 0o644)
		}
	}
	return fmt.Sprintf("edit %d %s %s", what, name, link)
}

func glob(pattern string) []string {
	found, _ := filepath.Glob(pattern)
	return found
}

// walk makes the steps on one tree, and returns how many differ that must not.
func walk(dir string, seed, steps int, known map[string]int) (bad int) {
	r := &random{Rand: rand.New(rand.NewPCG(uint64(seed), 3))}
	s := setup{insserv: seed%2 == 1, systemctl: seed%3 == 1 || seed%5 == 1, systemd: seed%5 == 1, openrc: seed%7 == 2}
	p, err := build(dir, s)
	if err != nil {
		fmt.Println(err)
		return 1
	}
	for i := range 3 + r.IntN(15) {
		r.scripts = append(r.scripts, pick(r, "a", "svc", "daemon", "net-", "x.")+strconv.Itoa(i))
	}
	for _, name := range r.scripts {
		text := r.header(name)
		for _, root := range []string{p.original, p.ours} {
			os.WriteFile(filepath.Join(root, "etc/init.d", name), []byte(text), 0o755)
		}
	}
	trail := []string{fmt.Sprintf("%+v", s)}
	for i := range steps {
		if r.IntN(3) == 0 {
			trail = append(trail, r.edit(p))
		}
		args := r.args()
		var env []string
		if r.IntN(6) == 0 {
			env = append(env, "_SKIP_SYSTEMD_NATIVE="+pick(r, "1", "0", ""))
		}
		trail = append(trail, strings.Join(env, " ")+" update-rc.d "+strings.Join(args, " "))
		a, err := call(p.original, env, "update-rc.d", args...)
		if err == nil {
			var b result
			if b, err = call(p.ours, env, "update-rc.d", args...); err == nil {
				if d := differ(a, b); d != "" {
					if why := why(args, a, b); why != "" {
						known[why]++
					} else {
						bad++
						fmt.Printf("tree %d step %d: %q\n%s", seed, i, trail[max(0, len(trail)-4):], differ(a, placed(b)))
					}
					if slices.Equal(a.tree, b.tree) {
						continue
					}
					if err = alike(p); err != nil {
						fmt.Println(err)
						return bad + 1
					}
				}
			}
		}
		if err != nil {
			fmt.Println(err)
			return bad + 1
		}
	}
	return bad
}
