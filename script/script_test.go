package script

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"sysv/interp/ast"
	"sysv/testdata"
)

const sample = `#!/bin/sh
NAME=foo
DAEMON=/usr/sbin/$NAME
PIDFILE=${PIDFILE:-/run/$NAME.pid}
TWICE=a; TWICE=b
[ -x "$DAEMON" ] || exit 5
[ -r /etc/default/$NAME ] && . /etc/default/$NAME
. /lib/lsb/init-functions

do_start() {
	mkdir -p /run/foo || return 1
	nice -n 5 env A=b start-stop-daemon --start -oqp "$PIDFILE" -x "$DAEMON" -- -d
}
do_stop() { start-stop-daemon -K --pidfile=$PIDFILE -R 5; }
unused() { rm -rf /; }

action=$1
case "$action" in
start)
	do_start
	;;
stop|halt) do_stop ;;
restart) do_stop; if do_start; then echo ok; fi ;;
*) echo "Usage: $0 $(basename "$0")" >&2; exit 2 ;;
esac
`

func calls(s *Script, name string) (out []*Call) {
	for _, c := range s.Calls {
		if c.Name == name {
			out = append(out, c)
		}
	}
	return out
}

func TestSample(t *testing.T) {
	s := Parse("/etc/init.d/foo", []byte(sample))
	if s.Err != nil {
		t.Fatal(s.Err)
	}
	check := func(what string, got, want any) {
		t.Helper()
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s: %v, not %v", what, got, want)
		}
	}
	var names []string
	for _, a := range s.Actions {
		names = append(names, fmt.Sprintf("%s:%d", a.Name, a.Line))
	}
	check("actions", names, "[start:19 stop:22 halt:22 restart:23 *:24]")
	check("dialect", s.Dialect, "debian")
	var sources []string
	for _, x := range s.Sources {
		sources = append(sources, fmt.Sprint(x.Path, " ", x.Known, " ", x.Guarded))
	}
	check("sources", strings.Join(sources, ", "), "/etc/default/foo true true, /lib/lsb/init-functions true false")
	_, twice := s.Variable("TWICE")
	check("a variable with two values is known", twice, false)
	check("daemon", fmt.Sprint(s.Daemon.Path, " ", s.Daemon.PIDFile, " ", s.Daemon.Start.Line), "/usr/sbin/foo /run/foo.pid 12")

	ssd := calls(s, "start-stop-daemon")
	check("start-stop-daemon", len(ssd), 2)
	o := s.StartStop(ssd[0])
	check("wrappers", ssd[0].Wrappers, "[nice env]")
	check("start", fmt.Sprint(o.Command, o.OkNoDo, o.Quiet, o.PIDFile, o.Exec, o.Rest), "starttrue true/run/foo.pid/usr/sbin/foo[-d]")
	o = s.StartStop(ssd[1])
	check("stop", fmt.Sprint(o.Command, o.OkNoDo, o.PIDFile, o.Retry), "stopfalse/run/foo.pid5")

	runs := func(c *Call) string {
		var out []string
		for _, a := range []string{"start", "stop", "halt", "restart", "*"} {
			if c.Runs(s, a) {
				out = append(out, a)
			}
		}
		return strings.Join(out, " ")
	}
	check("mkdir runs in", runs(calls(s, "mkdir")[0]), "start restart")
	check("stop runs in", runs(ssd[1]), "stop halt restart")
	check("rm runs in", runs(calls(s, "rm")[0]), "")
	check(". runs in", runs(calls(s, ".")[0]), "start stop halt restart *")
	check("usage runs in", runs(calls(s, "basename")[0]), "*")
	check("basename is substituted", calls(s, "basename")[0].Substituted(), true)
	check("mkdir is tested", calls(s, "mkdir")[0].Tested(), true)
	starts := calls(s, "do_start")
	check("do_start is a function", starts[0].Function != nil && starts[0].Function.Name == "do_start", true)
	check("do_start is tested", fmt.Sprint(starts[0].Tested(), starts[1].Tested()), "false true")
	check("guards of do_start in the dispatch", len(starts[0].Guards()), 1)
	if g := starts[0].Guards(); len(g) == 1 {
		check("what holds there", fmt.Sprint(s.Expand(g[0].Cond.(*ast.Simple).Args[2]), g[0].True), "/usr/sbin/footrue")
	}
	check("stop only in", fmt.Sprint(ssd[1].RunsOnlyIn(s, "stop", "halt", "restart"), ssd[1].RunsOnlyIn(s, "stop")), "true false")
	check("text", s.Text(SpanOf(ssd[1].Simple)), "start-stop-daemon -K --pidfile=$PIDFILE -R 5")
}

// TestDialects tells each by what it has.
func TestDialects(t *testing.T) {
	for _, c := range []struct{ path, text, dialect, shell string }{
		{"/etc/init.d/x", "#!/bin/sh\n. /lib/lsb/init-functions\n", "debian", "1"},
		{"/etc/init.d/x", "#!/usr/bin/env /lib/init/init-d-script\nDAEMON=x\n", "init-d-script", "1"},
		{"/etc/init.d/x", "#!/bin/bash\n# chkconfig: 345 20 80\n. /etc/rc.d/init.d/functions\n", "redhat", "2"},
		{"/etc/init.d/x", "#!/bin/sh\n. /etc/rc.status\n", "suse", "1"},
		{"/etc/init.d/x", "#!/bin/sh\n. /etc/init.d/functions\n", "openembedded", "1"},
		{"/etc/init.d/S50x", "#!/bin/sh\n", "buildroot", "1"},
		{"/etc/init.d/x", "#!/bin/sh /etc/rc.common\nSTART=50\nstart() { :; }\n", "openwrt", "1"},
		{"/etc/init.d/x", "#!/sbin/openrc-run\n", "openrc", "1"},
		{"/etc/init.d/x", "#!/usr/bin/perl\nprint 1;\n", "plain", "0"},
		{"/etc/init.d/x", "#! /bin/sh -e\r\n", "plain", "1"},
		{"/etc/init.d/x", "", "plain", "1"},
	} {
		s := Parse(c.path, []byte(c.text))
		if got := fmt.Sprint(s.Dialect, " ", int(s.Shell)); got != c.dialect+" "+c.shell {
			t.Errorf("%q: %s, not %s %s", c.text, got, c.dialect, c.shell)
		}
	}
}

// TestActions finds the dispatch in the forms that scripts give it.
func TestActions(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"default", `case "${1:-''}" in 'start') a ;; "stop") b ;; esac`, "start stop"},
		{"function", `main() { case "$1" in start) a ;; stop) b ;; esac; }; main "$@"`, "start stop"},
		{"not the first", `case "$(uname)" in start) ;; esac; case $1 in (start) a;; (stop) b;; esac`, "start stop"},
		{"of a file", `case "$x" in *.conf) ;; esac`, ""},
		{"tests", `if [ "$1" = start ]; then a; elif [ "$1" = "stop" ]; then b; fi`, "start stop"},
		{"none", `echo hello`, ""},
		{"library", "#!/bin/sh /etc/rc.common\nstart_service() { :; }\nreload() { :; }", "start reload"},
		{"braces", "#!/lib/init/init-d-script\ndo_stop_cmd() { :; }", "stop"},
		{"bash", "#!/bin/bash\na=(1)\ncase $1 in start) [[ x ]] ;; stop) ;; esac", "start stop"},
		{"bash in sh", "#!/bin/sh\na=(1)\ncase $1 in start) ;; stop) ;; esac", "start stop"},
	} {
		var got []string
		for _, a := range Parse("/etc/init.d/x", []byte(c.text)).Actions {
			got = append(got, a.Name)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %q, not %q", c.name, got, c.want)
		}
	}
}

// TestIndirect: a function that is called by the action's name runs in it.
func TestIndirect(t *testing.T) {
	s := Parse("x", []byte("start() { a; }\nstop() { b; }\nrun_c() { c; }\ncase $1 in start|stop) $1 ;; c|d) run_$1 ;; esac\n"))
	for name, want := range map[string]string{"a": "start", "b": "stop", "c": "c"} {
		c := calls(s, name)[0]
		for _, a := range s.Actions {
			if got := c.Runs(s, a.Name); got != (a.Name == want) {
				t.Errorf("%s runs in %s: %v", name, a.Name, got)
			}
		}
	}
}

// TestErrors: where the grammar is left, and by whose.
func TestErrors(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"#!/bin/sh\nif true\nfi\n", `x:3:1: Syntax error: "fi" unexpected (expecting "then") false`},
		{"#!/bin/sh\na=(1 2)\n", `x:2:3: Syntax error: "(" unexpected true`},
		{"#!/bin/bash\nif true\nfi\n", "x:3:1: "},
		{"#!/bin/sh\ncase $1 in a) ;; esac\n", "<nil>"},
	} {
		s := Parse("x", []byte(c.text))
		got := "<nil>"
		if s.Err != nil {
			got = fmt.Sprint(s.Err.Error(), " ", s.Bash)
		}
		if !strings.HasPrefix(got, c.want) {
			t.Errorf("%q: %s, not %s", c.text, got, c.want)
		}
	}
}

// TestInspect: the nodes in a row are those of the tree, and may be left out.
func TestInspect(t *testing.T) {
	entries, err := fs.ReadDir(testdata.InitD, "init.d")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		b, err := fs.ReadFile(testdata.InitD, "init.d/"+e.Name())
		if err != nil {
			continue
		}
		s := Parse(e.Name(), b)
		for prune := range 4 {
			walk := func(f func(func(any) bool)) (out []string) {
				n := 0
				f(func(node any) bool {
					n++
					out = append(out, fmt.Sprintf("%T %p", node, node))
					return prune == 0 || n%(prune+2) != 0
				})
				return out
			}
			row := walk(s.Inspect)
			tree := walk(func(f func(any) bool) {
				for _, c := range s.Commands {
					Inspect(c, f)
				}
			})
			if !slices.Equal(row, tree) || len(row) == 0 && len(s.Commands) > 0 {
				t.Errorf("%s, leaving out %d: %d nodes and %d", e.Name(), prune, len(row), len(tree))
			}
		}
	}
}

// TestPositions: lines and columns, there and back.
func TestPositions(t *testing.T) {
	s := Parse("x", []byte("a\n\nbc d"))
	if s.Lines() != 3 || s.Line(1) != "a" || s.Line(2) != "" || s.Line(3) != "bc d" || s.Line(4) != "" || s.Line(0) != "" {
		t.Errorf("%d lines: %q %q %q", s.Lines(), s.Line(1), s.Line(2), s.Line(3))
	}
	for offset, want := range []string{"1:1", "1:2", "2:1", "3:1", "3:2", "3:3"} {
		p := s.Position(offset)
		if got := fmt.Sprintf("%d:%d", p.Line, p.Col); got != want {
			t.Errorf("%d is %s, not %s", offset, got, want)
		}
	}
	if s.Offset(3) != 3 || s.Offset(4) != 7 {
		t.Errorf("%d %d", s.Offset(3), s.Offset(4))
	}
}
