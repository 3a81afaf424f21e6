package rehearse

import (
	"context"
	"encoding/json"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// frame is a script around its actions.
func frame(actions string) string {
	return `#!/bin/sh
### BEGIN INIT INFO
# Provides:          thing
# Required-Start:    $remote_fs
# Required-Stop:     $remote_fs
# Default-Start:     2 3 4 5
# Default-Stop:      0 1 6
### END INIT INFO
DAEMON=/usr/sbin/thingd
PIDFILE=/run/thingd.pid
[ -x $DAEMON ] || exit 0
. /lib/lsb/init-functions
` + actions
}

// The parts of a good script, which the cases take one out of.
const (
	goodStart  = `start-stop-daemon --start --oknodo --quiet --pidfile $PIDFILE --exec $DAEMON`
	goodStop   = `start-stop-daemon --stop --oknodo --quiet --retry TERM/10/KILL/5 --pidfile $PIDFILE --exec $DAEMON && rm -f $PIDFILE`
	goodStatus = `start-stop-daemon --status --pidfile $PIDFILE --exec $DAEMON; s=$?; [ $s -eq 4 ] && s=3; exit $s`
)

func daemonScript(start, stop, status string) string {
	return frame(`start() { ` + start + `
}
stop() { ` + stop + `
}
case "$1" in
start) start ;;
stop) stop ;;
restart|force-reload) stop && start ;;
status) ` + status + ` ;;
*) echo "Usage: $0 {start|stop|restart|force-reload|status}" >&2; exit 2 ;;
esac
`)
}

func rehearsed(t *testing.T, src string, scenarios ...string) *Report {
	t.Helper()
	rep, err := Run(context.Background(), Options{Script: "thing", Source: []byte(src), Scenarios: scenarios})
	if err != nil {
		t.Fatal(err)
	}
	return rep
}

// failures are what fails, as "scenario rule line", without warnings.
func failures(rep *Report) []string {
	var l []string
	for _, v := range rep.Verdicts {
		if v.Result == Fail && !v.Warning {
			l = append(l, fmt.Sprintf("%s %s %d", v.Scenario, v.Rule, v.Position.Line))
		}
	}
	return l
}

func TestGoodScript(t *testing.T) {
	rep := rehearsed(t, daemonScript(goodStart, goodStop, goodStatus))
	if l := failures(rep); len(l) > 0 {
		t.Errorf("%q", l)
	}
	if rep.Count(Pass) < 50 {
		t.Errorf("only %d pass", rep.Count(Pass))
	}
	want := Summary{Idempotent: "yes", Blocking: "no", StatusTruthful: "yes", SafeToStop: "yes", Repeatable: "yes"}
	if d := cmp.Diff(want, rep.Summary); d != "" {
		t.Error(d)
	}
}

// TestFaultyScripts takes one thing after the other away from the good script.
// Line 13 is the first of start, 15 that of stop.
func TestFaultyScripts(t *testing.T) {
	for _, c := range []struct {
		name, start, stop, status string
		scenario                  string
		want                      []string
	}{
		{name: "no test before start", start: "$DAEMON", scenario: "start-again", want: []string{"start-again SV2101 13"}},
		{name: "start again fails", start: strings.Replace(goodStart, "--oknodo ", "", 1), scenario: "start-again", want: []string{"start-again SV2102 18"}},
		{name: "stop again fails", stop: strings.Replace(goodStop, "--oknodo ", "", 1), scenario: "stop-again", want: []string{"stop-again SV2103 19"}},
		{name: "restart of what is stopped fails", stop: strings.Replace(goodStop, "--oknodo ", "", 1), scenario: "restart-stopped", want: []string{"restart-stopped SV2104 20"}},
		{name: "in the foreground", start: "$DAEMON --foreground", scenario: "start", want: []string{"start SV3101 13"}},
		{name: "waits for ever", start: goodStart + "; while [ ! -e /run/never ]; do sleep 1; done", scenario: "start", want: []string{"start SV3101 13"}},
		{name: "a loop without a pause", start: goodStart + "; until [ -e /run/never ]; do :; done", scenario: "start", want: []string{"start SV3101 13"}},
		{name: "sleeps too long", start: goodStart + "; sleep 90", scenario: "start", want: []string{"start SV3102 13"}},
		{name: "status is always good", status: "exit 0", scenario: "status-stopped", want: []string{"status-stopped SV4101 21"}},
		{name: "status is never good", status: "exit 3", scenario: "status-running", want: []string{"status-running SV4101 21"}},
		{name: "status writes", status: "echo x >>/var/log/thing; " + goodStatus, scenario: "status-running", want: []string{"status-running SV4102 21"}},
		{name: "start says it failed", start: goodStart + "; false", scenario: "start", want: []string{"start SV4103 18"}},
		{name: "start starts nothing", start: "true; $DAEMON --version", scenario: "start", want: []string{"start SV4103 18"}},
		{name: "errors are swallowed", start: goodStart + "; true", scenario: "daemon-dies", want: []string{"daemon-dies SV4103 13"}},
		{name: "stop stops nothing", stop: "true", scenario: "stop", want: []string{"stop SV4104 19"}},
		{name: "TERM once", stop: "start-stop-daemon --stop --oknodo --quiet --pidfile $PIDFILE --exec $DAEMON", scenario: "daemon-deaf", want: []string{"daemon-deaf SV4104 19"}},
		{name: "no wait in restart", stop: "start-stop-daemon --stop --oknodo --quiet --pidfile $PIDFILE --exec $DAEMON", scenario: "daemon-slow", want: []string{"daemon-slow SV2104 20"}},
		{name: "kills the pid of a file", stop: "kill $(cat $PIDFILE); rm -f $PIDFILE", scenario: "stale-pid-other", want: []string{"stale-pid-other SV5101 15"}},
		{name: "kills by name", stop: "killall thingd; true", scenario: "same-name-other-user", want: []string{"same-name-other-user SV5101 15"}},
		{name: "kills by a pattern", stop: "pkill -f thingd; true", scenario: "name-in-arguments", want: []string{"name-in-arguments SV5101 15"}},
		{name: "believes a pid file", start: "[ -e $PIDFILE ] && exit 0; " + goodStart, scenario: "stale-pid-dead", want: []string{"stale-pid-dead SV5103 18"}},
		{name: "a lock that is left", start: "mkdir /run/thing.lock || exit 1; " + goodStart + "; rmdir /run/thing.lock", scenario: "killed-start", want: []string{"killed-start SV2107 13"}},
		{name: "needs the network", start: "ping -c 1 example.org >/dev/null; " + goodStart, scenario: "no-network", want: []string{"no-network SV3101 13"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			pick := func(s, good string) string {
				if s == "" {
					return good
				}
				return s
			}
			rep := rehearsed(t, daemonScript(pick(c.start, goodStart), pick(c.stop, goodStop), pick(c.status, goodStatus)), c.scenario)
			if d := cmp.Diff(c.want, failures(rep)); d != "" {
				t.Error(d)
			}
			for _, v := range rep.Verdicts {
				if v.Result == Fail && len(v.Trace) == 0 {
					t.Errorf("no trace: %+v", v)
				}
			}
			if good := failures(rehearsed(t, daemonScript(goodStart, goodStop, goodStatus), c.scenario)); len(good) > 0 {
				t.Errorf("the good script fails too: %q", good)
			}
		})
	}
}

// TestRace has two starts at once give two daemons, and a lock that keeps them
// from it.
func TestRace(t *testing.T) {
	rep := rehearsed(t, daemonScript(goodStart, goodStop, goodStatus), "race")
	if v := rep.Verdicts[0]; v.Rule != ruleRace || !v.Warning {
		t.Errorf("%+v", v)
	}
	locked := "exec 9>/run/lock/thing; flock 9; " + strings.Replace(goodStart, "--start", "--start --background --make-pidfile", 1) + " 9>&-"
	rep = rehearsed(t, daemonScript(locked, goodStop, goodStatus), "race")
	if v := rep.Verdicts[0]; v.Result != Pass {
		for _, e := range v.Trace {
			t.Log(e)
		}
		t.Errorf("with a lock: %+v", v)
	}
}

// TestExplore finds what an unknown program's failure would break.
func TestExplore(t *testing.T) {
	start := "if thing-probe; then " + goodStart + "; else $DAEMON; fi"
	rep := rehearsed(t, daemonScript(start, goodStop, goodStatus), "start-again")
	var found []string
	for _, v := range rep.Verdicts {
		if v.Result == Assumed {
			found = append(found, v.Rule+" "+strings.Join(v.Assumes, ", "))
		}
	}
	if want := []string{"SV2101 thing-probe exits 1"}; !slices.Equal(found, want) {
		t.Errorf("%q", found)
	}
	if l := failures(rep); len(l) > 0 {
		t.Errorf("%q", l)
	}
}

// TestSameTwice wants the same report every time, to the byte.
func TestSameTwice(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	src := daemonScript("echo a b c | tr ' ' '\\n' | sort -r | head -1 >/run/first; $(echo thing-probe | cat); "+goodStart, goodStop, goodStatus)
	first := ""
	for i := range 6 {
		runtime.GOMAXPROCS(1 + i%3)
		b, err := json.Marshal(rehearsed(t, src))
		if err != nil {
			t.Fatal(err)
		}
		if first == "" {
			first = string(b)
		}
		if d := cmp.Diff(first, string(b)); d != "" {
			t.Fatalf("run %d: %s", i+1, d)
		}
	}
}

// TestLeavesNothing wants no goroutine left after a rehearsal.
func TestLeavesNothing(t *testing.T) {
	before := runtime.NumGoroutine()
	rehearsed(t, daemonScript(goodStart, goodStop, goodStatus))
	for begun := time.Now(); runtime.NumGoroutine() > before; time.Sleep(time.Millisecond) {
		if time.Since(begun) > 10*time.Second {
			t.Fatalf("%d goroutines, and %d before", runtime.NumGoroutine(), before)
		}
	}
}

func TestUnknownScenario(t *testing.T) {
	_, err := Run(context.Background(), Options{Script: "x", Source: []byte("exit 0\n"), Scenarios: []string{"no-such"}})
	if err == nil || !strings.Contains(err.Error(), "no-such") {
		t.Error(err)
	}
	if _, err := Run(context.Background(), Options{Script: "x", Source: []byte("\n")}); err == nil {
		t.Error("an empty script is one")
	}
}

func TestRulesHaveTitles(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range Rules() {
		if r.Title == "" || seen[r.ID] {
			t.Errorf("%+v", r)
		}
		seen[r.ID] = true
	}
}

// TestEffects has an action's effects with the lines that they come from.
func TestEffects(t *testing.T) {
	d, err := Effects(context.Background(), Options{Script: "thing", Source: []byte(daemonScript(goodStart, goodStop, goodStatus))}, "start")
	if err != nil {
		t.Fatal(err)
	}
	if !d.Ended || d.Status != 0 || d.Running != 1 {
		t.Errorf("%+v", d)
	}
	ok := slices.ContainsFunc(d.Effects, func(e Event) bool {
		return e.Position == Position{"thing", 13} && strings.HasPrefix(e.What, "starts /usr/sbin/thingd")
	})
	if !ok {
		t.Errorf("%v", d.Effects)
	}
}
