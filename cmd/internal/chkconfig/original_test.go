//go:build chkconfig_original

// The comparison with the original, which no Debian package has: build it from
// its source, statically, and say where it is:
//
//	CHKCONFIG_ORIGINAL=/path/chkconfig go test -tags chkconfig_original ./cmd/internal/chkconfig
//
// CHKCONFIG_STEPS is how many steps are compared (500), CHKCONFIG_SEED where
// the random numbers begin.

package chkconfig

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// number is an environment variable's, or a default.
func number(name string, usual int) int {
	if n, err := strconv.Atoi(os.Getenv(name)); err == nil {
		return n
	}
	return usual
}

// pair is two equal trees, one for each program.
type pair struct {
	t            *testing.T
	theirs, ours string
}

func newPair(t *testing.T, program string) *pair {
	t.Helper()
	original := os.Getenv("CHKCONFIG_ORIGINAL")
	if original == "" {
		t.Fatal("CHKCONFIG_ORIGINAL does not say where the original is")
	}
	p := &pair{t: t, theirs: t.TempDir(), ours: t.TempDir()}
	for _, root := range []string{p.theirs, p.ours} {
		for _, dir := range []string{"bin", "sbin", "dev", "etc/init.d", "etc/xinetd.d", "etc/chkconfig.d"} {
			os.MkdirAll(filepath.Join(root, dir), 0o755)
		}
		for level := range 7 {
			os.MkdirAll(filepath.Join(root, fmt.Sprintf("etc/rc%d.d", level)), 0o755)
		}
		os.WriteFile(filepath.Join(root, "dev/null"), nil, 0o666)
		copyFile(t, program, filepath.Join(root, "bin/sysv"))
		os.Symlink("sysv", filepath.Join(root, "bin/sh"))
		copyFile(t, original, filepath.Join(root, "bin/original"))
		// install_initd asks systemd, which is not there.
		os.WriteFile(filepath.Join(root, "bin/systemctl"), []byte("#!/bin/sh\nexit 1\n"), 0o755)
	}
	return p
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	if err := os.Link(from, to); err == nil {
		return
	}
	data, err := os.ReadFile(from)
	if err == nil {
		err = os.WriteFile(to, data, 0o755)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// both does something to both trees.
func (p *pair) both(f func(root string) error) {
	p.t.Helper()
	for _, root := range []string{p.theirs, p.ours} {
		if err := f(root); err != nil {
			p.t.Fatal(err)
		}
	}
}

func (p *pair) write(name, text string) {
	p.both(func(root string) error {
		file := filepath.Join(root, name)
		os.RemoveAll(file)
		return os.WriteFile(file, []byte(text), 0o755)
	})
}

// answer is what a run gives.
type answer struct {
	status              int
	stdout, stderr, etc string
}

func (a answer) String() string {
	return fmt.Sprintf("status %d\nstdout:\n%sstderr:\n%setc:\n%s", a.status, a.stdout, a.stderr, a.etc)
}

func run(t *testing.T, root, program, called string, args []string) answer {
	t.Helper()
	const enough = 5 * time.Second
	ctx, cancel := context.WithTimeout(context.Background(), enough)
	defer cancel()
	cmd := exec.CommandContext(ctx, program)
	cmd.Args = append([]string{called}, args...)
	cmd.Dir = "/"
	cmd.Env = []string{"PATH=/bin:/sbin"}
	cmd.SysProcAttr = &syscall.SysProcAttr{Chroot: root}
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	if cmd.ProcessState == nil {
		t.Fatal(err)
	}
	// The original starts systemctl by a shell, which says that it is missing.
	said := strings.ReplaceAll(errs.String(), "sh: 1: systemctl: not found\n", "")
	return answer{cmd.ProcessState.ExitCode(), out.String(), said, listing(root)}
}

// listing is the tree's links and xinetd's files.
func listing(root string) string {
	var b strings.Builder
	filepath.WalkDir(filepath.Join(root, "etc"), func(path string, d fs.DirEntry, err error) error {
		if err != nil || strings.Contains(path, ".sysv-links.") {
			return nil
		}
		name, _ := filepath.Rel(root, path)
		target, _ := os.Readlink(path)
		content := []byte(nil)
		if strings.Contains(path, "xinetd.d/") {
			content, _ = os.ReadFile(path)
		}
		fmt.Fprintf(&b, "%s %s %s %q\n", name, d.Type(), target, content)
		return nil
	})
	return b.String()
}

func (p *pair) compare(called string, args []string) (theirs, ours answer) {
	return run(p.t, p.theirs, "/bin/original", called, args), run(p.t, p.ours, "/bin/sysv", called, args)
}

// build builds ours.
func build(t *testing.T) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), "sysv")
	cmd := exec.Command("go", "build", "-o", program, "sysv/cmd/sysv")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return program
}

// The rules are the original's, but for those that say otherwise.
func TestOriginalRules(t *testing.T) {
	program := build(t)
	for _, r := range rules() {
		t.Run(r.name, func(t *testing.T) {
			p := newPair(t, program)
			plant(t, p.theirs, r.files)
			got := run(t, p.theirs, "/bin/original", "chkconfig", r.args)
			same := got.status == r.status && got.stdout == r.stdout && got.stderr == r.stderr && links(p.theirs) == r.links
			if same != (r.differs == "") {
				t.Errorf("the original: %sexpected links %s", got, r.links)
			}
		})
	}
}

func TestOriginalRandom(t *testing.T) {
	program := build(t)
	steps, seed := number("CHKCONFIG_STEPS", 500), number("CHKCONFIG_SEED", 1)
	const each = 20
	failures := 0
	for tree := 0; tree*each < steps; tree++ {
		r := rand.New(rand.NewPCG(uint64(seed), uint64(tree)))
		p := newPair(t, program)
		names := p.random(r)
		var history []string
		for range each {
			called, args := arguments(r, names)
			history = append(history, called+" "+strings.Join(args, " "))
			theirs, ours := p.compare(called, args)
			if theirs == ours {
				continue
			}
			failures++
			t.Errorf("seed %d tree %d: %s\nafter %q\noriginal: %s\nours: %s\nscripts:\n%s", seed, tree, history[len(history)-1], history, theirs, ours, p.scripts())
			break
		}
		os.RemoveAll(p.theirs)
		os.RemoveAll(p.ours)
		if failures > 3 {
			t.Fatal("too many differ")
		}
	}
	t.Logf("%d steps compared", steps)
}

// scripts are the contents of the scripts, for messages.
func (p *pair) scripts() string {
	var b strings.Builder
	for _, dir := range []string{"etc/init.d", "etc/chkconfig.d"} {
		files, _ := filepath.Glob(filepath.Join(p.ours, dir, "*"))
		for _, f := range files {
			data, _ := os.ReadFile(f)
			fmt.Fprintf(&b, "== %s\n%q\n", strings.TrimPrefix(f, p.ours), data)
		}
	}
	return b.String()
}

// random fills the trees and returns the names of the services.
func (p *pair) random(r *rand.Rand) []string {
	all := []string{"alpha", "beta", "gamma", "delta", "net", "log.d", "x", "a-very-long-service-name", "eta", "theta", "iota", "sshd", "xinetd"}
	names := all[:3+r.IntN(len(all)-2)]
	for _, name := range names {
		text := script(r, name, names)
		p.write("etc/init.d/"+name, text)
		if r.IntN(5) == 0 {
			p.write("etc/chkconfig.d/"+name, override(r, name, names, strings.Contains(text, "INIT INFO")))
		}
		p.links(r, name, strings.Contains(text, "INIT INFO"))
	}
	for _, rest := range []string{"alpha.rpmsave", "beta~", ".hidden", "gamma,"} {
		if r.IntN(4) == 0 {
			p.write("etc/init.d/"+rest, "# chkconfig: 345 10 90\n")
		}
	}
	if r.IntN(3) == 0 {
		p.both(func(root string) error { return os.Mkdir(filepath.Join(root, "etc/init.d/folder"), 0o755) })
		p.both(func(root string) error { return os.Symlink("nowhere", filepath.Join(root, "etc/init.d/dangling")) })
		p.write("etc/init.d/empty", "")
	}
	if r.IntN(3) == 0 {
		p.both(func(root string) error {
			return os.Symlink("../init.d/gone", filepath.Join(root, "etc/rc3.d/S33gone"))
		})
		p.write("etc/chkconfig.d/orphan", "# chkconfig: 345 1 2\n")
	}
	for _, x := range []string{"echo", "time", "x"} {
		if r.IntN(2) == 0 {
			p.write("etc/xinetd.d/"+x, pick(r, xinetdFiles()))
		}
	}
	if r.IntN(3) == 0 {
		p.systemd(r, names)
	}
	p.write("sbin/runlevel", "#!/bin/sh\necho "+pick(r, []string{"N 3", "N 5", "3 2", "unknown", "N S", ""})+"\n")
	return append(slices.Clone(names), "nope", "folder", "dangling", "empty", "orphan", "echo", "time", "alpha.rpmsave")
}

// systemd makes systemd the trees' init, with units of some names and a
// systemctl that tells how it was called.
func (p *pair) systemd(r *rand.Rand, names []string) {
	dirs := []string{"lib/systemd/system", "etc/systemd/system"}
	if r.IntN(3) > 0 {
		dirs = append(dirs, "run/systemd/system")
	}
	p.both(func(root string) error {
		for _, dir := range dirs {
			os.MkdirAll(filepath.Join(root, dir), 0o755)
		}
		return os.Symlink("../lib/systemd/systemd", filepath.Join(root, "sbin/init"))
	})
	p.write("lib/systemd/systemd", "")
	p.write("bin/systemctl", "#!/bin/sh\ncase $1 in show|list-dependencies) exit 1;; esac\n[ \"$3\" = --quiet ] || echo systemctl \"$@\"\necho on stderr >&2\n[ \"$2\" != beta.service ]\n")
	if r.IntN(4) == 0 {
		p.both(func(root string) error { return os.Remove(filepath.Join(root, "bin/systemctl")) })
	}
	for _, name := range names {
		switch dir := pick(r, dirs[:2]) + "/"; r.IntN(6) {
		case 0:
			p.write(dir+name+".service", "")
		case 1:
			p.write(dir+name+"@.service", "")
			p.write(dir+name+".socket", "")
		case 2:
			p.write(dir+name+"@.service", "")
		}
	}
}

func xinetdFiles() []string {
	return []string{
		"# default: off\n# description: An echo \\\n#   server\nservice echo\n{\n\tdisable = yes\n\ttype = INTERNAL\n}\n",
		"service time\n{\n\ttype = INTERNAL\n\n\tdisable = no\n}\n", "service x\n{\n}\n", "",
		"service y\n{\n disable\t=\tyes", "{\n\tdisable\n\tflags = yes\n}\n",
	}
}

func pick[T any](r *rand.Rand, from []T) T { return from[r.IntN(len(from))] }

// links gives a script at most one link in a runlevel: of several the
// original takes the one that the directory happens to name first. An LSB
// script's link that leads elsewhere it mends if a number on the way to the
// last one, which depends on the directory too, is not the link's.
func (p *pair) links(r *rand.Rand, name string, isLSB bool) {
	if r.IntN(3) == 0 {
		return
	}
	start, stop := r.IntN(100), r.IntN(100)
	for level := range 7 {
		if r.IntN(6) == 0 {
			continue
		}
		kind, n := "S", start
		if r.IntN(2) == 0 {
			kind, n = "K", stop
		}
		if r.IntN(8) == 0 {
			n = r.IntN(100)
		}
		link := fmt.Sprintf("etc/rc%d.d/%s%02d%s", level, kind, n, name)
		target := pick(r, []string{"../init.d/" + name, "../init.d/" + name, "/etc/init.d/" + name, "../init.d/other"})
		if isLSB {
			target = "../init.d/" + name
		}
		if r.IntN(20) == 0 && !isLSB {
			p.write(link, "a copy")
			continue
		}
		p.both(func(root string) error { return os.Symlink(target, filepath.Join(root, link)) })
	}
}

// chkconfigLine is one, most often right.
func chkconfigLine(r *rand.Rand) string {
	if r.IntN(8) == 0 {
		return pick(r, []string{
			"# chkconfig: 345 100 1\n", "# chkconfig: 345 -1 1\n", "# chkconfig: 39 1 1\n", "# chkconfig:\n", "# chkconfig: 345 20\n",
			"# chkconfig: 345 20 80x\n", "# chkconfig: 345\n 20 80\n", "# chkconfig: 345345345345345345 20 80\n", "#chkconfig:345 20 80 more\r\n",
			"\t # \t chkconfig:  2\t3\t4\t\n", "# Chkconfig: 345 20 80\n", "# chkconfig: 345 4294967300 1\n", "# chkconfig 345 20 80\n",
			"# chkconfig: 345 99999999999999999999 1\n", "# chkconfig: 35 +7 08\n", "# chkconfig: 1 2 3",
		})
	}
	return fmt.Sprintf("# chkconfig: %s %d %d\n", pick(r, []string{"-", "345", "2345", "35", "0123456", "3", "5", "12"}), r.IntN(100), r.IntN(100))
}

func words(r *rand.Rand, names []string) string {
	var w []string
	for range r.IntN(4) {
		w = append(w, pick(r, append([]string{"$local_fs", "$network", "missing"}, names...)))
	}
	return strings.Join(w, pick(r, []string{" ", "\t", "  "}))
}

func block(r *rand.Rand, name string, names []string) string {
	var b strings.Builder
	b.WriteString("### BEGIN INIT INFO\n")
	line := func(key, value string) { b.WriteString("# " + key + ": " + value + "\n") }
	if r.IntN(5) > 0 {
		line("Provides", pick(r, []string{name, name + " " + name + "-alias", "$network", "other-name", ""}))
	}
	for _, key := range []string{"Required-Start", "Required-Stop", "Should-Start", "Should-Stop"} {
		if r.IntN(2) == 0 {
			line(key, words(r, names))
		}
	}
	if r.IntN(10) > 0 {
		line("Default-Start", pick(r, []string{"2 3 4 5", "3 5", "345", "S", "", "3 4 5\n", "1 2 3 4 5 6", "-1 3", "40"}))
	}
	if r.IntN(4) > 0 {
		line("Default-Stop", pick(r, []string{"0 1 6", "0 1 2 6", "", "6"}))
	}
	if r.IntN(6) == 0 {
		line("Required-Start", words(r, names))
	}
	line("Short-Description", "short")
	line("Description", pick(r, []string{"long", "", "long \\\n#  and on", "ends \\\nin code", "\\"}))
	b.WriteString("### END INIT INFO\n")
	return b.String()
}

func script(r *rand.Rand, name string, names []string) string {
	parts := []string{"#!/bin/sh\n"}
	if r.IntN(3) > 0 {
		parts = append(parts, block(r, name, names))
	}
	if r.IntN(2) == 0 {
		parts = append(parts, chkconfigLine(r))
	}
	if r.IntN(3) == 0 {
		parts = append(parts, "# description: Runs \\\n#   it.\n# processname: "+name+"\n# pidfile: /run/x.pid\n# hide: true\n")
	}
	if r.IntN(3) == 0 {
		slices.Reverse(parts[1:])
	}
	text := strings.Join(parts, "")
	if r.IntN(12) == 0 {
		text = strings.ReplaceAll(text, "\n", "\r\n")
	}
	return text + "exit 0\n"
}

// override is one that the original can read without harm.
func override(r *rand.Rand, name string, names []string, isLSB bool) string {
	text := fmt.Sprintf("# chkconfig: %s %d %d\n", pick(r, []string{"-", "345", "35", "2"}), r.IntN(100), r.IntN(100))
	if isLSB && r.IntN(3) == 0 {
		text = "# Default-Start: 3 4\n"
	}
	if r.IntN(3) == 0 {
		text += "# Required-Start: " + words(r, names) + "\n"
	}
	if isLSB && r.IntN(3) == 0 {
		text += block(r, name, names)
	}
	return text
}

// arguments are those of a call.
func arguments(r *rand.Rand, names []string) (called string, args []string) {
	name := pick(r, names)
	called = "/sbin/chkconfig"
	if r.IntN(12) == 0 {
		called = pick(r, []string{"install_initd", "/usr/lib/lsb/remove_initd"})
		return called, pick(r, [][]string{{name}, {"/etc/init.d/" + name}, {}, {name, name}})
	}
	kind := pick(r, []string{"", "", "", "", "", "sysv", "xinetd", "other"})
	if kind != "" {
		args = append(args, "--type", kind)
	}
	if r.IntN(4) == 0 {
		args = append(args, pick(r, []string{"--level", "--levels"}), pick(r, []string{"3", "5", "35", "0123456", "2", "7", "", "x"}))
	}
	if r.IntN(15) == 0 {
		args = append(args, pick(r, []string{"--no-redirect", "--version", "--help", "-v", "-h", "--", "-", "--wrong", "-z", "--list=1", "--level"}))
	}
	switch r.IntN(10) {
	case 0:
		args = append(args, "--list")
	case 1:
		args = append(args, "--list", name)
	case 2, 3:
		args = append(args, "--add", pick(r, []string{name, name, "/etc/init.d/" + name}))
	case 4:
		args = append(args, "--del", name)
	case 5:
		args = append(args, "--override", name)
	case 6:
		args = append(args, name)
	default:
		args = append(args, name, pick(r, []string{"on", "on", "off", "off", "reset", "resetpriorities", "zap"}))
	}
	if r.IntN(30) == 0 {
		args = append(args, pick(r, []string{"--add", "--del", "extra", "--list"}))
	}
	return called, args
}
