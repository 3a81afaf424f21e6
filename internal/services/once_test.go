//go:build linux

package services

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

var rounds = flag.Int("rounds", 200, "how often two starts are made at once")

// naive is a script as many are: it looks, and then it starts.
const naive = `#!/bin/sh
running() { [ -e /run/naive.pid ] && kill -0 "$(cat /run/naive.pid)" 2>/dev/null; }
case $1 in
start)
	running && exit 0
	setsid /bin/sleep 1234 </dev/null >/dev/null 2>&1 &
	echo $! >/run/naive.pid
	;;
stop)
	running && kill "$(cat /run/naive.pid)"
	rm -f /run/naive.pid
	;;
esac
`

// inJail is a loop of shell text that runs in a jail: it prints what is wrong.
func inJail(t *testing.T, root, text string) {
	t.Helper()
	write(t, "tmp/text", text, 0o755, root)
	out, err := os.CreateTemp(base, "out-")
	if err != nil {
		t.Fatal(err)
	}
	defer os.Remove(out.Name())
	got := jail(t, order{Root: root, Argv: []string{"/bin/dash", "/tmp/text"}, Settle: 10 * time.Millisecond}, out, out)
	if said := content(t, out); said != "" || got.Status != 0 {
		t.Errorf("status %d: %.2000s", got.Status, said)
	}
	t.Logf("%v", got.Took)
}

// countDaemons is a function for such loops, without any program.
const countDaemons = `count() {
	n=0
	for f in /proc/[0-9]*/cmdline; do
		line=
		read -r line <$f 2>/dev/null
		case $line in /bin/sleep*1234*|*sleep*1234*) n=$((n+1)) ;; esac
	done 2>/dev/null
}
# expect N WHEN: counts until there are so many, or some time has passed: what is just
# being executed has no words yet.
expect() {
	tries=0
	count
	while [ $n != $1 ] && [ $tries -lt 50 ]; do
		/bin/sleep 0.01
		tries=$((tries+1))
		count
	done
	[ $n = $1 ] || echo "$2: $n daemons"
}
`

// Of two starts at once one daemon comes, although the script is naive.
func TestTwoStarts(t *testing.T) {
	root := filepath.Join(base, "ours")
	write(t, "etc/init.d/naive", naive, 0o755, root)
	inJail(t, root, countDaemons+fmt.Sprintf(`i=0
while [ $i -lt %d ]; do
	i=$((i+1))
	service naive start & a=$!
	service naive start & b=$!
	wait $a || echo "round $i: status $?"
	wait $b || echo "round $i: status $?"
	expect 1 "round $i"
	service naive stop
	expect 0 "round $i, stopped"
done
`, *rounds))
}

// killed is a script that starts its daemon as dpkg's way is.
const killed = `#!/bin/sh
. /lib/lsb/init-functions
case $1 in
start)
	log_daemon_msg "Starting" once
	start-stop-daemon --start --quiet --oknodo --background --make-pidfile --pidfile /run/once.pid --exec /bin/sleep -- 1234
	log_end_msg $?
	;;
stop) start-stop-daemon --stop --quiet --oknodo --retry 5 --pidfile /run/once.pid --remove-pidfile --exec /bin/sleep ;;
esac
`

// After a start that was killed at any time, another start gives one daemon.
func TestKilledStart(t *testing.T) {
	root := filepath.Join(base, "ours")
	write(t, "etc/init.d/once", killed, 0o755, root)
	var delays []string
	for i := range *rounds / 4 {
		delays = append(delays, fmt.Sprintf("0.%04d", i*5%250))
	}
	inJail(t, root, countDaemons+"for d in "+strings.Join(delays, " ")+`; do
	service once start >/dev/null 2>&1 & a=$!
	/bin/sleep $d
	kill -KILL $a 2>/dev/null
	wait $a 2>/dev/null
	service once start >/dev/null || echo "killed after $d: status $?"
	expect 1 "killed after $d"
	service once stop || echo "killed after $d: stop: status $?"
	expect 0 "killed after $d, stopped"
done 2>&1 | grep -v '^Killed'
:
`)
}
