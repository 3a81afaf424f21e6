package mutants

import (
	"context"
	"os"
	"strings"
	"testing"
)

// good is a script in which nothing is wrong that a kind puts in.
const good = `#!/bin/sh
### BEGIN INIT INFO
# Provides:          example
# Required-Start:    $remote_fs $syslog
# Required-Stop:     $remote_fs $syslog
# Default-Start:     2 3 4 5
# Default-Stop:      0 1 6
# Short-Description: Example daemon
# Description:       A daemon that serves as an example.
### END INIT INFO

PATH=/sbin:/usr/sbin:/bin:/usr/bin
DAEMON=/usr/sbin/exampled
PIDFILE=/run/exampled.pid

[ -x "$DAEMON" ] || exit 0

. /lib/lsb/init-functions

mkdir -p /run/example
ln -sf /run/example /run/example.link

case "$1" in
start)
	start-stop-daemon --start --quiet --oknodo --pidfile /run/exampled.pid --exec "$DAEMON"
	log_end_msg $?
	;;
stop)
	start-stop-daemon --stop --quiet --oknodo --retry 5 --pidfile /run/exampled.pid --exec "$DAEMON"
	log_end_msg $?
	;;
restart|force-reload)
	"$0" stop
	"$0" start
	;;
status)
	status_of_proc -p "$PIDFILE" "$DAEMON" exampled
	;;
*)
	echo "Usage: $0 {start|stop|restart|force-reload|status}" >&2
	exit 2
	;;
esac
`

// TestKinds puts each kind into one script that has none.
func TestKinds(t *testing.T) {
	in := Input{Path: "/etc/init.d/example", Text: []byte(good)}
	rows, used := Run(context.Background(), []Input{in}, Kinds(), Static(), 2)
	if used != 1 {
		t.Fatal("the script was not used")
	}
	names := map[string]bool{}
	for _, r := range rows {
		if names[r.Kind.Name] {
			t.Errorf("%q is there twice", r.Kind.Name)
		}
		names[r.Kind.Name] = true
		switch {
		case r.Kind.Name == "--start loses --background", r.Kind.Name == "everybody can write the pid file's directory":
			// What is changed is not in this script.
		case r.Scripts != 1:
			t.Errorf("%s: could not be put in", r.Kind.Name)
		case r.Kind.Good && r.Found > 0:
			t.Errorf("%s: found, but it is right", r.Kind.Name)
		case !r.Kind.Good && r.Found == 0:
			t.Errorf("%s: not found by a rule of %s", r.Kind.Name, r.Kind.Family)
		}
	}
}

// TestLinesMove proves that a finding which was there before is not counted
// because its line has moved.
func TestLinesMove(t *testing.T) {
	text := strings.Replace(good, "start)\n", "start)\n\tsleep 60\n", 1)
	kind := Kind{Name: "nothing", Family: "SV3", mutate: func(m *maker) bool { return m.top(":\n:\n:") }}
	rows, _ := Run(context.Background(), []Input{{Path: "/etc/init.d/example", Text: []byte(text)}}, []Kind{kind}, Static(), 1)
	if rows[0].Scripts != 1 || rows[0].Found != 0 {
		t.Errorf("%+v", rows[0])
	}
}

func TestSection(t *testing.T) {
	page := Section(head, "A", "first")
	page = Section(page, "B", "second")
	page = Section(page, "A", "third")
	want := head + "\n## A\n\nthird\n\n## B\n\nsecond\n"
	if page != want {
		t.Errorf("%q\nwant %q", page, want)
	}
	name := t.TempDir() + "/page.md"
	if err := WriteSection(name, "A", "x"); err != nil {
		t.Fatal(err)
	}
	if got, _ := os.ReadFile(name); string(got) != head+"\n## A\n\nx\n" {
		t.Errorf("%q", got)
	}
}
