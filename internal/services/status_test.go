//go:build linux

package services

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

// inStatus is a script with a daemon, and what can become untrue of it.
const inStatus = `#!/bin/sh
NAME=truly
DAEMON=/usr/sbin/truly
PIDFILE=/var/run/$NAME.pid
case $1 in
start) start-stop-daemon --start --background --make-pidfile --pidfile $PIDFILE --exec $DAEMON -- 1111 ;;
stop) start-stop-daemon --stop --retry 5 --pidfile $PIDFILE --exec $DAEMON --remove-pidfile ;;
status) [ -e /run/lie ] && exit 0; start-stop-daemon --status --pidfile $PIDFILE --exec $DAEMON ;;
esac
`

// TestStatus goes through what sysv status is to tell apart.
func TestStatus(t *testing.T) {
	root := filepath.Join(base, "ours")
	write(t, "etc/init.d/truly", inStatus, 0o755, root)
	sleep, err := os.ReadFile("/bin/sleep")
	if err != nil {
		t.Fatal(err)
	}
	write(t, "usr/sbin/truly", string(sleep), 0o755, root)
	write(t, "tmp/steps", `#!/bin/sh
show() { echo "== $1"; sysv status truly; echo "status $?"; }
show stopped
service truly start; /bin/sleep 0.1; show running
sysv status --json truly >/out/json
cp /run/truly.pid /run/kept; rm /run/truly.pid; show "without its pid file"
cp /run/kept /run/truly.pid; cp /usr/sbin/truly /usr/sbin/new; mv /usr/sbin/new /usr/sbin/truly; show replaced
service truly stop; show "stopped again"
echo 99999 >/run/truly.pid; show stale
/bin/sleep 1112 & echo $! >/run/truly.pid; show "another's"
echo rubbish >/run/truly.pid; show rubbish
rm /run/truly.pid; >/run/lie; show lying
rm /run/lie; sysv status no-such; echo "status $?"
`, 0o755, root)
	out, err := os.CreateTemp(base, "out-")
	if err != nil {
		t.Fatal(err)
	}
	defer os.Remove(out.Name())
	jail(t, order{Root: root, Argv: []string{"/tmp/steps"}}, out, out)
	got := content(t, out)
	line := `\s+\d+ /usr/sbin/truly, since 20[-0-9]+ [:0-9]+Z \(\d+s\), \d+ kB\n`
	want := `(?s)^== stopped\ntruly  stopped   script: not running\nstatus 3\n` +
		`== running\ntruly  running   script: running\n` + line + `status 0\n` +
		`== without its pid file\ntruly  running   script: not running\n` + line + `\s+! the script says that it does not run \(3\), and process \d+ is there\nstatus 1\n` +
		`== replaced\ntruly  running   script: [^\n]*\n` + line + `(\s+! the script [^\n]*\n)?\s+! process \d+ runs a program that has been replaced since: /usr/sbin/truly\nstatus 1\n` +
		`== stopped again\ntruly  stopped   script: not running\nstatus 3\n` +
		`== stale\ntruly  stopped   script: dead, with a pid file\n\s+! /run/truly.pid is stale: it names 99999, and there is no such process\nstatus 1\n` +
		`== another's\ntruly  stopped   script: dead, with a pid file\n\s+! /run/truly.pid is stale: it names \d+, which is /usr/bin/sleep\nstatus 1\n` +
		`== rubbish\ntruly  stopped   script: unknown\n\s+! /run/truly.pid is stale: it has no pid in it\nstatus 1\n` +
		`== lying\ntruly  stopped   script: running\n\s+! the script says that it runs, and no process of it is there\nstatus 1\n` +
		`sysv status: no-such: no such service in /etc/init.d\nstatus 2\n$`
	if !regexp.MustCompile(want).MatchString(got) {
		t.Errorf("%s\nexpected %s", got, want)
	}
	text, err := os.ReadFile(filepath.Join(root, "out/json"))
	if err != nil {
		t.Fatal(err)
	}
	os.Remove(filepath.Join(root, "out/json"))
	var list []struct {
		Name, Running string
		Processes     []struct {
			PID    int
			Memory int64
			By     string
		}
		PIDFiles []struct{ Path, Stale string }
		Disagree []string
	}
	if err := json.Unmarshal(text, &list); err != nil || len(list) != 1 {
		t.Fatalf("%v: %s", err, text)
	}
	s := list[0]
	if s.Name != "truly" || s.Running != "running" || len(s.Processes) != 1 || s.Processes[0].By != "/run/truly.pid" || s.Processes[0].Memory < 1000 ||
		len(s.PIDFiles) != 1 || s.PIDFiles[0].Stale != "" || len(s.Disagree) != 0 {
		t.Errorf("%+v", s)
	}
}
