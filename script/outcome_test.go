package script

import "testing"

func TestOutcome(t *testing.T) {
	const head = "#!/bin/sh\n[ -x /usr/sbin/d ] || exit 5\n"
	for _, c := range []struct {
		name, text, action string
		want               Statuses
		unknown            bool
	}{
		{"falls out of the clause", head + "case $1 in\nstart) d; log_end_msg $? ;;\nesac\n", "start", anyStatus(), false},
		{"zero at the end", head + "case $1 in\nstart) d; log_end_msg $? ;;\nesac\nexit 0\n", "start", status(0), false},
		{"default", "case $1 in\nstart) ;;\n*) echo usage; exit 2 ;;\nesac\n", "bogus", status(2), false},
		{"no default", "case $1 in\nstart) ;;\nesac\n", "bogus", status(0), false},
		{"variable", "RET=0\ncase $1 in\nstart) d; RET=$? ;;\nstop) RET=3 ;;\nesac\nexit $RET\n", "stop", status(3), false},
		{"variable of a command", "RET=0\ncase $1 in\nstart) d; RET=$? ;;\nesac\nexit $RET\n", "start", anyStatus(), false},
		{"function", "f() { g && return 0; return 4; }\ncase $1 in\nstatus) f; exit $? ;;\nstart) ;;\nesac\n", "status", status(0, 4), false},
		{"variable in a function", "f() { RET=3; [ -f x ] && RET=0; return; }\ncase $1 in\nstatus) f; exit $RET ;;\nstart) ;;\nesac\n", "status", status(0, 3), false},
		{"or true", "case $1 in\nstart) d || true ;;\nesac\n", "start", status(0), false},
		{"errexit", "set -e\ncase $1 in\nstart) d; echo done ;;\nesac\nexit 0\n", "start", anyStatus(), false},
		{"errexit of the interpreter", "#!/bin/sh -e\ncase $1 in\nstart) false; exit 0 ;;\nesac\n", "start", status(1), false},
		{"tested in errexit", "set -e\nf() { d; return 0; }\ncase $1 in\nstart) f || exit 2 ;;\nesac\n", "start", status(0), false},
		{"trap", "trap 'rm x' EXIT\ncase $1 in\nstart) exit 0 ;;\nesac\n", "start", Statuses{}, true},
		{"by name", "do_start() { return 7; }\ncase $1 in\nstart|stop) do_$1 ;;\nesac\n", "start", status(7), false},
		{"loop", "case $1 in\nstart) for i in 1 2; do [ -f x ] && exit 3; done; exit 1 ;;\nesac\n", "start", status(1, 3), false},
		{"status of a negation", "case $1 in\nstatus) if ! d; then exit $?; fi; exit 0 ;;\nstart) ;;\nesac\n", "status", status(0), false},
		{"status in else", "case $1 in\nstatus) if status_of_proc d; then exit 0; else exit $?; fi ;;\nstart) ;;\nesac\n", "status", status(0, 1, 3, 4), false},
		{"subshell", "case $1 in\nstart) (exit 3) ;;\nesac\n", "start", status(3), false},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, ok := Parse("x", []byte(c.text)).Outcome(c.action)
			if ok == c.unknown || ok && got != c.want {
				t.Errorf("%+v, known: %v; want %+v", got, ok, c.want)
			}
		})
	}
}
