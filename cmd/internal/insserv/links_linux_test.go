package insserv_test

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"sysv/internal/confirm"
)

// debianConf is /etc/insserv.conf of Debian 12, what it says.
const debianConf = `$local_fs	+mountall +mountall-bootclean +mountoverflowtmp +umountfs
$network	+networking +ifupdown
$named		+named +dnsmasq +lwresd +bind9 +unbound +pdns-recursor $network
$remote_fs	$local_fs +mountnfs +mountnfs-bootclean +umountnfs +sendsigs
$syslog		+rsyslog +sysklogd +syslog-ng +dsyslog +inetutils-syslogd
$time		+hwclock
<interactive>	glibc udev console-screen keymap keyboard-setup console-setup cryptdisks cryptdisks-early checkfs-loop
`

// TestLinksOfRealScripts orders subsets of the scripts of Debian's packages,
// with and without -f, and again after the links were edited at random: links,
// dependency files, output and status must be those of the original. There are
// few subsets in a common test, and 200 in `make confirm-links`.
func TestLinksOfRealScripts(t *testing.T) {
	program := original(t)
	subsets, which := 20, strconv.Itoa(confirm.EveryRun)
	if n, err := strconv.Atoi(os.Getenv("SYSV_SUBSETS")); err == nil && n > 0 {
		subsets, which = n, "all"
	}
	root, err := filepath.Abs("../../..")
	if err != nil {
		t.Fatal(err)
	}
	files, err := confirm.Scripts(root, which, t.Logf)
	if err != nil {
		t.Fatal(err)
	}
	var names, confs []string
	for name := range files {
		if strings.HasPrefix(name, "etc/init.d/") {
			names = append(names, name)
		} else {
			confs = append(confs, name)
		}
	}
	slices.Sort(names)
	slices.Sort(confs)
	dir := place(t)
	calls, linked, known, bad := 0, 0, 0, 0
	for i := range subsets {
		seed := uint64(i)
		if s, err := strconv.Atoi(os.Getenv("SYSV_SEED")); err == nil {
			seed = uint64(s)
		}
		r := rand.New(rand.NewPCG(seed, 1))
		least := min(10, len(names))
		n := min(least+i*(190-least)/max(1, subsets-1), len(names))
		var before tree
		before.add("etc/insserv.conf", debianConf)
		for _, c := range confs {
			before.add(c, string(files[c]))
		}
		var some []string
		for _, at := range r.Perm(len(names))[:n] {
			some = append(some, filepath.Base(names[at]))
			before.add(names[at], string(files[names[at]]))
		}
		before = before.shuffle(r)
		for step := range steps {
			args := command(r, step, some)
			o, z, diff := both(t, program, dir, before, in(args...))
			calls++
			if o.status == 0 {
				linked++
			}
			if diff != "" && strings.Contains(z.stderr, "some scripts would come before what they need, without a loop") {
				known++
				diff = ""
			}
			if diff != "" {
				if bad++; bad < 5 {
					t.Errorf("seed %d, %d scripts, step %d, insserv %s:\n%s", seed, n, step, brief(args), diff)
				}
			}
			before = edit(r, o.after, step)
		}
	}
	t.Logf("%d calls over %d subsets of %d scripts, %d of them with status 0; %d differ, and %d where the original puts a script before what it needs", calls, subsets, len(names), linked, bad, known)
	if bad > 0 {
		t.Errorf("%d of %d calls differ", bad, calls)
	}
}

// steps are how many calls are made on each subset.
const steps = 7

// command is a call: first that of all scripts without -f, then that with it,
// and then others.
func command(r *rand.Rand, step int, names []string) []string {
	some := func(n int) []string {
		var out []string
		for range n {
			out = append(out, names[r.IntN(len(names))])
		}
		return out
	}
	switch step {
	case 0:
		return names
	case 1:
		return append([]string{"-f"}, names...)
	case 2:
		return nil
	case 3:
		return append([]string{"-f", "-v"}, some(3)...)
	}
	pick := [][]string{
		{"-n", "-v"}, {"-f", "-r"}, {"-r"}, {"-d", "-f"}, {"-s", "-f"}, {"-q"}, {"-e"}, {"-f", "-v", "-d"}, {"-v"}, {"-e", "-f"}, {"-r", "-d"}, {"-f", "-vv"},
	}[r.IntN(12)]
	args := append(slices.Clone(pick), some(1+r.IntN(4))...)
	if r.IntN(4) == 0 {
		args[len(args)-1] += []string{",start=2,3", ",start=4,stop=0,6", ",stop=1", ",start=", ",start=S,stop=0"}[r.IntN(5)]
	}
	return args
}

func brief(args []string) string {
	if len(args) > 12 {
		return strings.Join(args[:12], " ") + fmt.Sprintf(" … (%d)", len(args))
	}
	return strings.Join(args, " ")
}

// edit changes links as an administrator might, and brings the files into a
// new order.
func edit(r *rand.Rand, t tree, step int) tree {
	if step < 1 {
		return t
	}
	have := map[string]bool{}
	for _, f := range t {
		have[f.name] = true
	}
	var out tree
	for _, f := range t {
		base := filepath.Base(f.name)
		if f.mode&fs.ModeSymlink == 0 || !strings.HasPrefix(f.name, "etc/rc") || r.IntN(8) != 0 {
			out = append(out, f)
			continue
		}
		rename := func(name string) {
			if name = filepath.Join(filepath.Dir(f.name), name); !have[name] {
				have[name] = true
				f.name = name
			}
		}
		switch r.IntN(7) {
		case 0: // gone
			continue
		case 1: // another number
			rename(base[:1] + fmt.Sprintf("%02d", r.IntN(100)) + base[3:])
		case 2: // disabled, or enabled
			rename(map[bool]string{true: "K", false: "S"}[base[0] == 'S'] + base[1:])
		case 3: // twice
			twin := f
			twin.name = filepath.Join(filepath.Dir(f.name), base[:1]+fmt.Sprintf("%02d", r.IntN(100))+base[3:])
			if !have[twin.name] {
				have[twin.name] = true
				out = append(out, twin)
			}
		case 4: // dangling
			rename(base + "-gone")
			f.data += "-gone"
		case 5: // a copy in place of a link
			f.mode, f.data = 0o755, "#!/bin/sh\n"
		case 6: // not insserv's
			rename("README" + base)
		}
		out = append(out, f)
	}
	return out.shuffle(r)
}
