//go:build linux

package daemons

import (
	"strings"
	"syscall"
)

// caseDir is where the cases' scripts are, and their files are made.
const caseDir = "/srv/case/"

// A case's scripts wait so long in the middle; what is signalled is signalled
// well before that, and what is left is looked at after it.
const (
	middle = "2"
	after  = 2.6
)

// text is a script of a case: its name is that of the file.
type text struct{ name, body string }

// newCase makes a task of scripts and steps. A step is words:
//
//	run SCRIPT [ARG]…    start SCRIPT [ARG]…    await SCRIPT
//	until FILE           pause                  SIGNAL SCRIPT
//	SIGNAL-group SCRIPT  look
func newCase(name string, texts []text, steps ...string) task {
	t := task{name: name, files: map[string]string{}, sides: []side{never, prefer}}
	for _, x := range texts {
		t.files[caseDir+x.name] = "#!/bin/sh\ncd " + caseDir + "\n" + x.body + "\n"
	}
	t.ops = func(s side) []Op {
		var ops []Op
		for _, step := range steps {
			ops = append(ops, caseOp(s, step))
		}
		return ops
	}
	return t
}

func caseOp(s side, step string) Op {
	f := strings.Fields(step)
	o := Op{Name: step, Seconds: stepSeconds}
	argv := func() []string { return s.text(caseDir+f[1], nil, f[2:]) }
	switch f[0] {
	case "run":
		o.Kind, o.Argv = opRun, argv()
	case "start":
		o.Kind, o.Argv, o.Name, o.Unseen = opStart, argv(), f[1], true
	case "await":
		o.Kind, o.To = opAwait, f[1]
	case "until":
		o.Kind, o.Path, o.Unseen = opUntil, caseDir+f[1], true
	case "pause":
		o.Kind, o.Seconds = opPause, after
	case "look":
		o.Kind = opPause
		o.Seconds = 0
	default:
		name, group := strings.CutSuffix(f[0], "-group")
		o.Kind, o.To, o.Group, o.Unseen = opSignal, f[1], group, true
		o.Signal = int(signals[name])
	}
	return o
}

var signals = map[string]syscall.Signal{"HUP": syscall.SIGHUP, "INT": syscall.SIGINT, "TERM": syscall.SIGTERM,
	"KILL": syscall.SIGKILL, "USR1": syscall.SIGUSR1}

func caseTasks() []task {
	return append(append(append(background(), locks()...), traps()...), killed()...)
}

// background are daemons that a script starts by itself.
func background() []task {
	stop := text{"stop", `kill $(cat pidfile); echo $?; sleep 0.1; kill -0 $(cat pidfile) 2>/dev/null || echo gone; rm -f pidfile`}
	var out []task
	for _, c := range [][2]string{
		{"plain", `sleep 1000 & echo $! >pidfile`},
		{"by path", `/bin/sleep 1000 & echo $! >pidfile`},
		{"no descriptors", `sleep 1000 </dev/null >/dev/null 2>&1 & echo $! >pidfile`},
		{"in a subshell", `( sleep 1000 & echo $! >pidfile ); echo started`},
		{"nohup", `nohup sleep 1000 >log 2>&1 & echo $! >pidfile`},
		{"setsid", `setsid sleep 1000 & echo $! >pidfile`},
		{"a function", `serve() { while :; do sleep 1; done; }; serve >/dev/null 2>&1 & echo $! >pidfile`},
		{"a subshell that execs", `( cd /tmp; exec sleep 1000 ) & echo $! >pidfile`},
		{"braces", `{ sleep 1000; echo ended >log; } & echo $! >pidfile`},
		{"with umask and nice", `umask 027; nice -n 5 sleep 1000 & echo $! >pidfile`},
		{"with limits", `ulimit -n 100; ulimit -c 0; sleep 1000 & echo $! >pidfile`},
		{"from a function in a pipe", `run() { sleep 1000 >/dev/null 2>&1 & echo $!; }; run | cat >pidfile`},
		{"from a substitution", `p=$(sleep 1000 >/dev/null 2>&1 & echo $!); echo $p >pidfile`},
		{"disowned stdin", `read x </dev/null; sleep 1000 & echo $! >pidfile; exit 4`},
		{"trap at exit", `trap 'echo bye' EXIT; sleep 1000 & echo $! >pidfile`},
		{"environment", `A=1; export A; B=2 sleep 1000 & echo $! >pidfile`},
		{"a descriptor of its own", `exec 7>seven; sleep 1000 & echo $! >pidfile`},
		{"two in a pipe", `sleep 1000 | sleep 1001 & echo $! >pidfile`},
	} {
		out = append(out, newCase("background: "+c[0], []text{{"start", c[1]}, stop}, "run start", "look", "run stop"))
	}
	out = append(out, newCase("umask in a subshell", []text{{"all", `( umask 077; : >a; mkdir d; sleep 0; /bin/touch e; umask )
: >b; umask; x=$(umask 027; : >c; umask); echo $x; umask
umask 022; { umask 007; : >f; } ; : >g; umask | cat; ( umask 070 ) & wait; umask; umask 000 | :; umask; : >h`}}, "run all"))
	return out
}

// locks are held by a descriptor of a script, and released at its end.
func locks() []task {
	hold := text{"hold", `exec 9>lock; flock 9; echo hold has it >>log; : >held; sleep 1; echo hold ends >>log`}
	wait := text{"wait", `exec 9>lock; : >waits; flock 9; echo wait has it >>log`}
	try := text{"try", `exec 9>lock; flock -n 9 && echo free || echo busy`}
	child := func(how string) text {
		return text{"child", `exec 9>lock; flock 9; sleep 2 ` + how + ` & echo started`}
	}
	return []task{
		newCase("lock: a second script waits", []text{hold, wait}, "start hold", "until held", "start wait", "until waits", "await hold", "await wait"),
		newCase("lock: released when killed", []text{hold, wait}, "start hold", "until held", "start wait", "until waits", "KILL hold", "await wait", "await hold"),
		newCase("lock: tried", []text{hold, try}, "start hold", "until held", "run try", "await hold", "run try"),
		newCase("lock: a child has it too", []text{child(""), try}, "run child", "run try", "pause", "run try"),
		newCase("lock: not given to the child", []text{child("9>&-"), try}, "run child", "run try"),
		newCase("lock: flock runs a command", []text{{"one", `flock lock sh -c ': >held; sleep 1; echo one >>log'`}, {"two", `flock lock echo two`}},
			"start one", "until held", "run two", "await one"),
		newCase("lock: in a subshell", []text{{"all", `( flock 9; echo in; flock -n lock true || echo busy ) 9>lock; flock -n lock echo free`}}, "run all"),
	}
}

// traps are scripts that are signalled while they run something, alone or with
// their process group.
func traps() []task {
	var out []task
	for _, c := range [][2]string{
		{"exits", `trap 'echo trapped; exit 3' HUP INT TERM; : >ready; sleep ` + middle + `; echo after`},
		{"goes on", `trap 'echo trapped' HUP INT TERM; : >ready; sleep ` + middle + `; echo after $?`},
		{"by path", `trap 'echo trapped; exit 3' HUP INT TERM; : >ready; /bin/sleep ` + middle + `; echo after $?`},
		{"waits", `trap 'echo trapped' HUP INT TERM; sleep ` + middle + ` & : >ready; wait $!; echo after $?; wait; echo end`},
		{"ignores", `trap '' HUP INT TERM; : >ready; sleep ` + middle + `; echo after $?`},
		{"at exit", `trap 'echo bye' EXIT; : >ready; sleep ` + middle + `; echo after $?`},
		{"in a subshell", `trap 'echo trapped' HUP INT TERM; : >ready; ( sleep ` + middle + `; echo inner ); echo after $?`},
		{"in a substitution", `trap 'echo trapped' HUP INT TERM; : >ready; x=$(sleep ` + middle + `; echo inner); echo after $? $x`},
		{"in a pipe", `trap 'echo trapped' HUP INT TERM; : >ready; sleep ` + middle + ` | cat; echo after $?`},
		{"reads", `trap 'echo trapped' HUP INT TERM; mkfifo f; exec 3<>f; : >ready; read x <f; echo after $?`},
		{"loops", `trap 'echo trapped; exit 5' HUP INT TERM; : >ready; i=0; while [ $i -lt 10 ]; do sleep 0.1; i=$((i+1)); done; echo after`},
	} {
		for _, s := range []string{"TERM", "INT", "HUP", "TERM-group"} {
			out = append(out, newCase("trap "+c[0]+": "+s, []text{{"script", c[1]}}, "start script", "until ready", s+" script", "await script", "look"))
		}
	}
	return out
}

// killed are scripts that are killed in the middle of something.
func killed() []task {
	var out []task
	for _, c := range [][2]string{
		{"a program", `: >ready; sleep ` + middle + `; echo after >out`},
		{"a program by path", `: >ready; /bin/sleep ` + middle + `; echo after >out`},
		{"a pipeline", `: >ready; sleep ` + middle + ` | cat; echo after >out`},
		{"a pipeline of lists", `: >ready; { sleep ` + middle + `; echo x; } | { cat; echo y; } >inner; echo after >out`},
		{"a subshell", `: >ready; ( sleep ` + middle + `; echo x >inner ); echo after >out`},
		{"a subshell of one program", `: >ready; ( sleep ` + middle + ` ); echo after >out`},
		{"a substitution", `: >ready; x=$(sleep ` + middle + `; echo x >inner); echo $x >out`},
		{"a background job", `sleep ` + middle + ` & : >ready; wait; echo after >out`},
		{"a background list", `( sleep ` + middle + `; echo x >inner ) & : >ready; wait; echo after >out`},
		{"a background function", `f() { sleep ` + middle + `; echo x >inner; }; f & : >ready; wait; echo after >out`},
		{"a loop of built-ins", `: >ready; i=0; while :; do i=$((i+1)); done; echo after >out`},
		{"a while read", `: >ready; sleep ` + middle + ` | while read x; do :; done; echo after >out`},
		{"an exec", `: >ready; exec sleep ` + middle},
		{"a function in a function", `f() { sleep ` + middle + `; echo x >inner; }; g() { f; echo y >outer; }; : >ready; g; echo after >out`},
	} {
		for _, s := range []string{"TERM", "KILL", "INT", "INT-group"} {
			t := newCase("killed in "+c[0]+": "+s, []text{{"script", c[1]}}, "start script", "until ready", s+" script", "await script", "pause")
			t.killed = true
			out = append(out, t)
		}
	}
	return out
}
