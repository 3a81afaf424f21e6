package insserv_test

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A scenario is a list of steps:
//
//	a: rs=b,$x dt=016   the script a. Keys are p (Provides, else its name), rs
//	                    and rt (Required-Start, -Stop), ss and st (Should-),
//	                    sb (X-Start-Before), sa (X-Stop-After), ds and dt
//	                    (Default-), x (X-Interactive); key=- leaves a field out
//	o a: …              an override of a's header
//	f NAME=TEXT         a file; l NAME=TARGET a link; rm PATTERN
//	+ a b               insserv a b, which must do; - a is -r; ! a must not do
//	-v +a               with options before
//	2 a<b               in runlevel 2, a is before b; 2 a is there; 2 !a is not
//	has NAME TEXT       a file has this text
//	says TEXT           the last call said so
type scenario struct {
	name  string
	steps []string
}

func scenarios() []scenario {
	return []scenario{
		{"a chain", []string{"a: ds=2345 dt=", "+ a", "b: rs=a rt=a ds=2345 dt=", "+ b", "c: rs=b rt=b ds=2345 dt=", "+ c", "2 a<b", "5 b<c", "3 a"}},
		{"a whole system", []string{
			"conf $local_fs +mountall +umountfs\n$network +networking +ifupdown\n$remote_fs $local_fs +mountnfs +umountnfs +sendsigs\n$portmap portmap\n",
			"kernfs: ss=glibc ds=S dt=", "+ kernfs", "devfs: p=devfs,virtfs rs=kernfs ss=udev ds=S dt=", "+ devfs", "root: rs=devfs ds=S dt=", "+ root",
			"checkfs: rs=root ss=lvm ds=S dt=", "+ checkfs", "mountall.sh: p=mountall rs=checkfs ds=S dt=", "+ mountall.sh", "mountnfs.sh: p=mountnfs rs=$local_fs ss=$network ds=S dt=", "+ mountnfs.sh",
			"beforenfs: rs=$local_fs sb=mountnfs ds=S dt=", "+ beforenfs", "killprocs: rs=$local_fs ds=1 dt=", "+ killprocs", "single: rs=$local_fs,killprocs,$all ds=1 dt=", "+ single",
			"daemon: rs=$remote_fs rt=$remote_fs", "+ daemon", "reboot: ds= dt=6", "+ reboot", "halt: ds= dt=0", "+ halt", "umountroot: st=halt,reboot ds= dt=06", "+ umountroot",
			"umountfs: rt=umountroot ds= dt=06", "+ umountfs", "umountnfs: rt=umountfs st=$network,$portmap ds= dt=06", "+ umountnfs", "earlier: rs=$remote_fs rt=$remote_fs sb=daemon", "+ earlier",
			"kexec: rt=reboot sa=umountroot ds= dt=6", "+ kexec", "f etc/init.d/nothing=", "+ nothing",
			"S kernfs<devfs", "S mountall.sh<mountnfs.sh", "S beforenfs<mountnfs.sh", "1 killprocs<single", "0 daemon<umountnfs", "0 umountroot<halt", "6 umountfs<umountroot", "6 umountroot<kexec", "6 kexec<reboot", "2 earlier<daemon"}},
		{"an override moves a script", []string{"base: ds=S dt=", "+ base", "mover: rs=base ds=S dt=", "+ mover", "S base<mover", "o mover: sb=base ds=S dt=", "+ mover", "S mover<base"}},
		{"an override mends a loop", []string{"loop1: rs=loop2 ds=S dt=", "! loop1", "loop2: rs=loop1 ds=S dt=", "! loop2", "S !loop1", "S !loop2", "o loop1: ds=S dt=", "+ loop1", "+ loop2", "S loop1<loop2"}},
		{"removal heeds an override", []string{"a:", "o a: ds=245 dt=016", "+ a", "2 a", "3 !a", "- a", "2 !a", "3 !a"}},
		{"a loop of three", []string{"a: ds=S dt=", "+ a", "b: rs=a ds=S dt=", "+ b", "c: rs=b sb=a ds=S dt=", "! c", "says loop of 3 scripts", "says what mends it is", "S !c", "S a<b"}},
		{"no loop between start and stop", []string{"a: ds=S dt=6", "+ a", "b: rs=a rt=a ds=S dt=6", "+ b", "S a<b", "6 b<a"}},
		{"the same first at both", []string{"a: st=b ds=S dt=6", "+ a", "b: rs=a ds=S dt=6", "+ b", "S a<b", "6 a<b"}},
		{"the same first at both, by X-Stop-After", []string{"a: ds=S dt=6", "+ a", "b: rs=a sa=a ds=S dt=6", "+ b", "S a<b", "6 a<b"}},
		{"a bad script that is not linked", []string{"local: p=same ds=S dt=6", "global: p=other ds=S dt=6", "+ global", "S global", "S !local"}},
		{"only a start", []string{"a: rs=$remote_fs rt=$remote_fs ds=2345 dt=", "+ a", "2 a", "5 a", "0 !a", "1 !a", "6 !a"}},
		{"only a stop", []string{"a: ds= dt=06", "+ a", "0 a", "6 a", "1 !a", "2 !a", "S !a"}},
		{"removed and back with other levels", []string{"a:", "+ a", "0 a", "3 a", "a: ds=2345 dt=1", "- a", "0 !a", "1 !a", "3 !a", "6 !a", "+ a", "1 a", "0 !a", "3 a"}},
		{"a script that provides a facility", []string{"bad: p=$syslog", "l etc/rc2.d/S02bad=../init.d/bad", "ok: rs=$syslog", "+ ok", "2 ok", "says provides system facility $syslog, skipped!"}},
		{"start links that the administrator removed", []string{"a:", "+ a", "rm etc/rc[2345].d/S??a", "+", "2 !a", "5 !a", "1 a", "0 a"}},
		{"stop links that the administrator removed", []string{"a:", "+ a", "rm etc/rc[01].d/K??a", "+", "2 a", "0 !a", "1 !a", "6 a"}},
		{"a loop in a system that works", []string{"a: ds=S dt=", "+ a", "b: rs=a rt=a ds=S dt=6", "+ b", "c: rs=b rt=b ds=S dt=6", "+ c", "b: rs=a,c rt=a ds=S dt=6", "! b", "S a<b", "S b<c"}},
		{"X-Start-Before", []string{"z: ds=S dt=", "+ z", "a: sb=z ds=S dt=", "+ a", "S a<z"}},
		{"X-Stop-After", []string{"a: ds= dt=06", "+ a", "b: sa=a ds= dt=06", "+ b", "0 a<b"}},
		{"levels added to a header change nothing", []string{"a: ds= dt=1", "+ a", "1 a", "a: ds=S dt=1", "+ a", "S !a", "1 a", "says overrides LSB defaults"}},
		{"levels taken from a header change nothing", []string{"a:", "+ a", "a: ds=2 dt=016", "+ a", "3 a", "2 a"}},
		{"stops added to a header change nothing", []string{"a: ds=S dt=", "+ a", "a: ds=S dt=06", "+ a", "S a", "0 !a"}},
		{"stops taken from a header change nothing", []string{"a: ds=S dt=06", "+ a", "a: ds=S dt=", "+ a", "0 a", "6 a", "S a"}},
		{"-d adds the header's levels", []string{"a: ds=S dt=06", "+ a", "a: ds=2 dt=1", "+ a", "2 !a", "-d + a", "S a", "0 a", "2 a", "1 a"}},
		{"two provide the same", []string{"one: p=same ds=S dt=", "two: p=same ds=S dt=", "+ one", "! two", "S one", "S !two", "says already provided!", "says etc/init.d/two:3: Provides: same"}},
		{"a facility that is nowhere", []string{"a: rs=$nowhere ds=S dt=", "+ a", "S a", "says could not find all dependencies for $nowhere", "says etc/init.d/a:4: Required-Start: $nowhere"}},
		{"insserv.conf.d", []string{"dummy: ds=S dt=", "+ dummy", "f etc/insserv.conf.d/one=$both +one\n", "f etc/insserv.conf.d/two=$both +two\n", "f etc/insserv.conf.d/two.dpkg-old=$both +dummy nowhere\n",
			"one: rs=dummy ds=S dt=", "+ one", "two: rs=dummy ds=S dt=", "+ two", "a: rs=$both ds=S dt=", "+ a", "S one<a", "S two<a"}},
		{"no Required fields", []string{"a: rs=- rt=-", "+ a", "0 a", "2 a", "says incomplete LSB comment", "says `Required-Stop:'  entry"}},
		{"no Provides", []string{"a: p=-", "+ a", "0 a", "5 a", "says missing `Provides:' entry"}},
		{"no Default-Start", []string{"a: ds=- dt=06", "+ a", "0 a", "6 a", "2 !a", "S !a", "says Default-Start undefined"}},
		{"no Default-Stop", []string{"a: ds=2345 dt=-", "+ a", "2 a", "0 !a", "1 !a", "6 !a"}},
		{"no header", []string{"f etc/init.d/a=#!/bin/sh\n", "+ a", "2 !a", "says script 'a' missing LSB tags", "says etc/init.d/a:1:"}},
		{"no END", []string{"f etc/init.d/a=### BEGIN INIT INFO\n# Provides: a\n", "! a", "says missing end of LSB comment", "says etc/init.d/a:1:", "-f + a"}},
		{"a link to another script", []string{"a: ds=2345 dt=1", "l etc/init.d/alias=a", "+ a", "2 a", "+ alias", "2 !alias", "says is a symlink to another script, skipped!"}},
		{"three provide the same", []string{"abc: p=s ds=S dt=", "xyz: p=s ds=S dt=", "hjk: p=s ds=S dt=", "+ xyz", "! hjk", "! abc", "S xyz", "S !abc", "S !hjk"}},
		{"$all", []string{"one: ds=2345 dt=", "two: ds=2345 dt=", "four: ss=one,two ds=2345 dt=", "+ one two four", "last: rs=$all ds=2345 dt=", "+ last", "5 four<last",
			"after: rs=last ds=2345 dt=", "+ after", "5 after<last", "after: rs=$all,last ds=2345 dt=", "+ after", "5 after", "third: rs=$all ds=2345 dt=", "+ third", "5 four<third"}},
		{"$all at the stop only", []string{"early: ds=2 dt=0", "+ early", "center: rs=early rt=early ds=2 dt=0", "+ center", "late: rs=center rt=center ds=2 dt=0", "+ late",
			"odd: rs=early sb=center rt=$all ds=2 dt=0", "+ odd", "2 early<odd", "2 odd<center", "0 odd<late", "0 odd<early"}},
		{"a file where links are", []string{"f etc/rcS.d/S06odd=", "a: ds=S dt=", "+ a", "S a", "says script is corrupt or invalid"}},
		{"X-Interactive", []string{"first: ds=2 dt=0", "+ first", "x1: rs=first rt=first ds=2 dt=0 x=true", "+ x1", "after: rs=first rt=first ds=2 dt=0", "+ after", "x2: rs=first rt=first ds=2 dt=0 x=true", "+ x2",
			"2 first<x1", "2 first<after", "2 first<x2", "number 2 x1 alone", "number 2 x2 alone", "has dep/.depend.start INTERACTIVE = x"}},
		{"facilities in the dependency file", []string{"conf $local_fs +mountall +nowhere\n$remote_fs $local_fs\n", "mountall: ds=1 dt=", "+ mountall", "dbus: ds=1 dt=", "+ dbus", "hal: rs=$remote_fs,dbus ds=1 dt=", "+ hal", "has dep/.depend.start hal: mountall dbus"}},
		{"a facility that stands for itself", []string{"conf $local_fs +mountall $local_fs\n", "a: rs=$local_fs", "! a", "says Loop detected during expanding system facilities"}},
		{"a facility of one's own", []string{"a: rs=$mta ds=1 dt=", "+ a", "b: rs=$mta ds=1 dt=", "+ b", "f etc/insserv.conf.d/c=$mta c\n", "c: ds=1 dt=", "+ c", "f etc/insserv.conf.d/d=$mta +d\n", "d: rs=c ds=1 dt=", "+ d", "1 c<a", "1 c<b", "1 d<a", "1 d<b"}},
		{"an Upstart job", []string{"f lib/init/upstart-job=#!/bin/sh\necho '### BEGIN INIT INFO\n# Provides: job\n# Required-Start:\n# Required-Stop:\n# Default-Start: 1\n# Default-Stop:\n### END INIT INFO'\n",
			"l etc/init.d/job={}/lib/init/upstart-job", "-u {}/lib/init/upstart-job + job", "a: rs=job ds=1 dt=", "-u {}/lib/init/upstart-job + a", "1 job<a"}},
		{"a loop through a facility", []string{"conf $local_fs mountall\n", "hib: p=hib-cleanup ss=udev,mdadm,lvm sb=mountall ds=S dt=", "+ hib", "mountall.sh: p=mountall ds=S dt=", "+ mountall.sh",
			"mdadm: rs=$local_fs rt=$local_fs ds=S dt=", "! mdadm", "a: rs=$local_fs,mdadm ds=S dt=", "! a", "S !mdadm", "S !a", "S hib<mountall.sh"}},
		{"names of core dumps", []string{"corekeeper: ds=S dt=", "+ corekeeper", "some.core: ds=S dt=", "+ some.core", "core: ds=S dt=", "+ core", "S corekeeper", "S !core", "S !some.core", "says script name core is not valid, skipped!"}},
		{"the list of -s", []string{"boot: ds=S dt=", "+ boot", "local:", "+ local", "down: ds= dt=06", "+ down", "-s +", "prints S:01:S:boot\n", "prints S:01:2 3 4 5:local\n", "prints K:01:0 1 6:local\n", "prints K:01:0 6:down\n"}},
		{"two mounts", []string{"conf $local_fs +mountall +bootclean\n$remote_fs $local_fs\n", "mountall.sh: p=mountall ds=S dt=", "+ mountall.sh", "clean.sh: p=bootclean rs=mountall ds=S dt=", "+ clean.sh", "misc: rs=$remote_fs ds=S dt=", "+ misc", "S mountall.sh<clean.sh", "S clean.sh<misc"}},
		{"what starts in S is there in all", []string{"rpc: ds=S dt=", "+ rpc", "common: rs=rpc ds=2 dt=", "+ common", "server: rs=common ds=2 dt=", "+ server", "2 common<server", "S rpc"}},
		{"a missing service", []string{"a: rs=nowhere", "! a", "says service nowhere has to be enabled to use service a", "says etc/init.d/a:4: Required-Start: nowhere", "-f + a", "2 a"}},
		{"a service that is needed is not removed", []string{"a:", "b: rs=a", "+ a b", "! -r a", "2 a", "says etc/init.d/b:4: Required-Start: a", "- a b", "2 !a"}},
		{"levels of the command line", []string{"a:", "+ a,start=3,stop=0", "2 a", "3 a", "b:", "-f + b,start=3,stop=0", "2 !b", "3 b", "0 b", "1 !b"}},
		{"dangling links and others", []string{"a:", "+ a", "l etc/rc2.d/S05gone=../init.d/gone", "f etc/rc2.d/README=x\n", "l etc/rc2.d/S77a=../init.d/a", "-v +", "2 !gone", "says remove service {}/etc/init.d/../rc2.d/S05gone", "has etc/rc2.d/README x"}},
		{"words that Ansible looks for", []string{"a:", "-n -v + a", "+ a", "-n -v - a", "says remove service {}/etc/init.d/../rc2.d/S01a", "2 a"}},
		{"file filters do not count in another tree", []string{"a.git: p=a", "f etc/insserv/file-filters=git\n", "+ a.git", "2 a.git"}},
		{"more scripts than numbers", chain(101)},
		{"as many scripts as numbers", append(chain(98)[:98], "+ "+strings.Join(chainNames(98), " "), "2 s96<s97")},
		{"a name with a slash", []string{"a:", "! ../init.d/b", "+ {}/etc/init.d/a", "2 a"}},
		{"a name that is not there", []string{"a:", "! b", "! a b"}},
		{"a directory", []string{"a:", "+ a", "! -r {}/etc/init.d", "+ {}/etc/init.d"}},
		{"no such option", []string{"! -Z", "! --frob", "! --d", "! -c", "! --config=", "+ --verb", "+ --dry-run", "! --verbose=1", "+ -h"}},
	}
}

func chainNames(n int) []string {
	var names []string
	for i := range n {
		names = append(names, fmt.Sprintf("s%02d", i))
	}
	return names
}

// chain is n scripts of which each needs the one before.
func chain(n int) []string {
	var steps []string
	names := chainNames(n)
	for i, name := range names {
		step := name + ": ds=2345 dt="
		if i > 0 {
			step += " rs=" + names[i-1]
		}
		steps = append(steps, step)
	}
	return append(steps, "! "+strings.Join(names, " "), "2 !s00", "says Maximum of 99 in ordering reached", "says 101 scripts that are started one after the other")
}

// TestScenarios plays each scenario with ours, and, where it is installed,
// with the original beside it.
func TestScenarios(t *testing.T) {
	program := ""
	t.Run("original", func(t *testing.T) { program = original(t) })
	dir := place(t)
	for _, s := range scenarios() {
		t.Run(s.name, func(t *testing.T) { play(t, program, dir, s.steps) })
	}
}

func play(t *testing.T, program, dir string, steps []string) {
	tr := tree{{"etc/insserv.conf", 0o644, "$local_fs +mountall +umountfs\n$network +networking\n$remote_fs $local_fs +mountnfs\n$syslog +syslog\n"}}
	put := func(f file) {
		tr = slices.DeleteFunc(tr, func(o file) bool { return o.name == f.name })
		tr = append(tr, f)
	}
	var last result
	for _, step := range steps {
		word, rest, _ := strings.Cut(step, " ")
		rest = strings.ReplaceAll(rest, "{}", dir)
		fail := func(format string, args ...any) {
			t.Fatalf("%s: %s\n%s%s", step, fmt.Sprintf(format, args...), last.stderr, describe(last.after))
		}
		switch {
		case strings.HasSuffix(word, ":"):
			name := strings.TrimSuffix(word, ":")
			put(file{"etc/init.d/" + name, 0o755, header(name, rest)})
		case word == "o":
			name, spec, _ := strings.Cut(rest, ": ")
			put(file{"etc/insserv/overrides/" + name, 0o644, header(name, spec)})
		case word == "conf":
			put(file{"etc/insserv.conf", 0o644, rest})
		case word == "f":
			name, text, _ := strings.Cut(rest, "=")
			put(file{name, 0o755, text})
		case word == "l":
			name, to, _ := strings.Cut(rest, "=")
			put(file{name, fs.ModeSymlink, to})
		case word == "rm":
			tr = slices.DeleteFunc(tr, func(f file) bool { ok, _ := filepath.Match(rest, f.name); return ok })
		case word == "has":
			name, text, _ := strings.Cut(rest, " ")
			if i := slices.IndexFunc(tr, func(f file) bool { return f.name == name }); i < 0 || !strings.Contains(tr[i].data, text) {
				fail("it has not")
			}
		case word == "says":
			if !strings.Contains(last.stderr, rest) {
				fail("it does not")
			}
		case word == "prints":
			if !strings.Contains(last.stdout, rest) {
				fail("it prints %q", last.stdout)
			}
		case word == "number":
			checkAlone(tr, rest, fail)
		case strings.Contains("+-!", word[:1]):
			last = run(t, program, dir, tr, step, fail)
			if last.status == 0 {
				tr = last.after
			}
		default:
			check(tr, word, rest, fail)
		}
	}
}

// run makes a call, and compares it with the original's.
func run(t *testing.T, program, dir string, tr tree, step string, fail func(string, ...any)) result {
	var args []string
	wanted := 0
	for w := range strings.FieldsSeq(step) {
		switch {
		case w == "!":
			wanted = 1
		case w == "-":
			args = append(args, "-r")
		case w != "+":
			args = append(args, w)
		}
	}
	if program == "" {
		program, _ = filepath.Abs("/proc/self/exe")
	}
	o, z, diff := both(t, program, dir, tr, in(args...))
	if diff != "" && knownDifference(tr, o, z) == "" {
		fail("%s", diff)
	}
	if z.status != wanted {
		fail("status %d, want %d\n%s", z.status, wanted, z.stderr)
	}
	return z
}

// header is a script with a header by a short description of it.
func header(name, spec string) string {
	values := map[string]string{"p": name, "ds": "2345", "dt": "016"}
	for w := range strings.FieldsSeq(spec) {
		key, value, _ := strings.Cut(w, "=")
		values[key] = value
	}
	var b strings.Builder
	b.WriteString("#!/bin/sh\n### BEGIN INIT INFO\n")
	for _, f := range []struct{ key, name string }{{"p", "Provides"}, {"rs", "Required-Start"}, {"rt", "Required-Stop"}, {"ss", "Should-Start"},
		{"st", "Should-Stop"}, {"sb", "X-Start-Before"}, {"sa", "X-Stop-After"}, {"ds", "Default-Start"}, {"dt", "Default-Stop"}, {"x", "X-Interactive"}} {
		value, ok := values[f.key]
		if value == "-" || !ok && f.key != "rs" && f.key != "rt" {
			continue
		}
		sep := " "
		if f.key == "ds" || f.key == "dt" {
			value = strings.Join(strings.Split(value, ""), " ")
		}
		b.WriteString("# " + f.name + ": " + strings.ReplaceAll(value, ",", sep) + "\n")
	}
	b.WriteString("### END INIT INFO\n")
	return b.String()
}

// find is the name of a script's link in a runlevel, "" if there is none.
func find(t tree, level, script string) string {
	for _, f := range t {
		base := filepath.Base(f.name)
		if filepath.Dir(f.name) == "etc/rc"+level+".d" && len(base) > 3 && base[3:] == script && f.mode&fs.ModeSymlink != 0 {
			return base
		}
	}
	return ""
}

func check(t tree, level, what string, fail func(string, ...any)) {
	if name, ok := strings.CutPrefix(what, "!"); ok {
		if l := find(t, level, name); l != "" {
			fail("%s is there", l)
		}
		return
	}
	a, b, pair := strings.Cut(what, "<")
	first, second := find(t, level, a), find(t, level, b)
	switch {
	case first == "":
		fail("%s is not there", a)
	case pair && second == "":
		fail("%s is not there", b)
	case pair && !(first[0] == 'K' && second[0] == 'S') && (first[0] != second[0] || first[1:3] >= second[1:3]):
		fail("%s is not before %s", first, second)
	}
}

// checkAlone wants a script's number to be that of no other start.
func checkAlone(t tree, what string, fail func(string, ...any)) {
	words := strings.Fields(what)
	link := find(t, words[0], words[1])
	for _, f := range t {
		if base := filepath.Base(f.name); filepath.Dir(f.name) == "etc/rc"+words[0]+".d" && base != link && base[:3] == link[:3] {
			fail("%s has the same number as %s", base, link)
		}
	}
}

// TestOverridesMend takes made-up trees with loops, writes the overrides that
// the report names, and wants both programs to accept them.
func TestOverridesMend(t *testing.T) {
	program := original(t)
	dir := place(t)
	loops, mended := 0, 0
	for seed := range 120 {
		r := rand.New(rand.NewPCG(uint64(seed), 3))
		tr := tree{{"etc/insserv.conf", 0o644, "$local_fs +a +b\n"}}
		var names []string
		n := 3 + r.IntN(8)
		for i := range n {
			name := string(rune('a' + i))
			names = append(names, name)
			other := func() string { return string(rune('a' + r.IntN(n))) }
			spec := "rs=" + other() + " rt=" + other()
			switch r.IntN(5) {
			case 0:
				spec += " ss=" + other() + "," + other()
			case 1:
				spec += " sb=" + other()
			case 2:
				spec = "rs=$local_fs rt="
			case 3:
				spec = "rs= rt="
			}
			tr = append(tr, file{"etc/init.d/" + name, 0o755, header(name, spec)})
		}
		self := "/proc/self/exe"
		z, err := call(self, dir, tr, in(names...))
		if err != nil {
			t.Fatal(err)
		}
		if z.status == 0 || !strings.Contains(z.stderr, "what mends it is") {
			continue
		}
		loops++
		fixed := append(slices.Clone(tr), overridesOf(z.stderr)...)
		o, z, diff := both(t, program, dir, fixed, in(names...))
		if diff != "" {
			t.Errorf("seed %d: %s", seed, diff)
		}
		if o.status == 0 && z.status == 0 {
			mended++
		} else {
			t.Errorf("seed %d: still refused:\n%s", seed, z.stderr)
		}
	}
	t.Logf("%d trees with loops, %d mended by what the report says", loops, mended)
}

// overridesOf reads the files that a report says mend a loop.
func overridesOf(report string) []file {
	var files []file
	for line := range strings.Lines(report) {
		line = strings.TrimSuffix(strings.TrimPrefix(line, "insserv:   "), "\n")
		if path, ok := strings.CutPrefix(line, "what mends it is "); ok {
			path = strings.TrimSuffix(path, " with:")
			files = append(files, file{"etc/insserv/overrides/" + filepath.Base(path), 0o644, ""})
		} else if text, ok := strings.CutPrefix(line, "  #"); ok && len(files) > 0 {
			files[len(files)-1].data += "#" + text + "\n"
		}
	}
	return files
}
