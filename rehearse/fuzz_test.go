package rehearse

import (
	"context"
	"runtime"
	"testing"
	"time"
)

// FuzzRun rehearses arbitrary text: it must end by its budget, without a
// panic, and leave no goroutine.
func FuzzRun(f *testing.F) {
	f.Add(daemonScript(goodStart, goodStop, goodStatus))
	f.Add("#!/bin/bash\nwhile ((1)); do ((x++)); done & exec $0 start\n")
	f.Add("#!/bin/sh\ntrap 'kill -9 $$' EXIT; ( $0 start & ); kill -STOP $$; kill -9 -1\n")
	f.Add("#!/lib/init/init-d-script\nDAEMON=/usr/sbin/thingd\n")
	f.Add("start-stop-daemon -S -b -m -p /run/x.pid -x /usr/sbin/x; start-stop-daemon -K -R forever/TERM/1 -p /run/x.pid\n")
	f.Add("mkfifo /run/f; cat /run/f & echo x >/run/f; wait; exec 3<>/run/f; read x <&3\n")
	b := Budget{Time: time.Minute, Steps: 500, Calls: 5000, Paths: 4, Moment: 100 * time.Millisecond, Patience: time.Second}
	f.Fuzz(func(t *testing.T, text string) {
		before := runtime.NumGoroutine()
		begun := time.Now()
		Run(context.Background(), Options{Script: "fuzzed", Source: []byte(text), Budget: b})
		if took := time.Since(begun); took > 30*time.Second {
			t.Errorf("it took %s", took)
		}
		for begun := time.Now(); runtime.NumGoroutine() > before+1; time.Sleep(time.Millisecond) {
			if time.Since(begun) > 20*time.Second {
				t.Fatalf("%d goroutines, and %d before", runtime.NumGoroutine(), before)
			}
		}
	})
}
