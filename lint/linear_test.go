package lint_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"sysv/lint"
	"sysv/lint/rules"
)

// TestLinear: four times as long a script takes not much more than four times
// as long, whatever it is made of. What grows with the square takes sixteen
// times as long.
func TestLinear(t *testing.T) {
	all := rules.All()
	took := func(text string) time.Duration {
		best := time.Hour
		for range 3 {
			start := time.Now()
			lint.Run(context.Background(), []lint.File{{Path: "/etc/init.d/x", Source: []byte(text)}}, lint.Options{Rules: all, Jobs: 1})
			best = min(best, time.Since(start))
		}
		return best
	}
	for name, line := range map[string]string{
		"leaving":      "[ -x /usr/sbin/a ] || exit 0\n",
		"functions":    "f%[1]d() { start-stop-daemon --start --exec /usr/sbin/a; f%[2]d; }\n",
		"conditions":   "if [ \"$A\" == b ]; then mkdir /run/x; rm -rf $B/*; fi\n",
		"suppressions": "# sysv: disable=SV8003 x\n",
		"assignments":  "V%[1]d=$V%[2]d/x\n",
		"cases":        "case \"$1\" in start) kill $(cat /run/a.pid) ;; stop) pidof a | xargs kill -9 ;; esac\n",
		"loops":        "while true; do sleep 1; cat /tmp/x; done\n",
		"chain":        "a && \\\n",
		"words":        "echo a$b\"c$d\" `e`\n",
	} {
		script := func(n int) string {
			var b strings.Builder
			b.WriteString("#!/bin/sh\n### BEGIN INIT INFO\n# Provides: x\n### END INIT INFO\n")
			for i := range n {
				if strings.Contains(line, "%[") {
					fmt.Fprintf(&b, line, i, i+1)
				} else {
					b.WriteString(line)
				}
			}
			b.WriteString("true\n")
			return b.String()
		}
		// A machine that is busy with something else is given a few tries.
		var short, long time.Duration
		for range 6 {
			if short, long = took(script(300)), took(script(1200)); long <= 10*short {
				break
			}
		}
		if long > 10*short {
			t.Errorf("%s: 300 lines take %v, 1200 take %v", name, short, long)
		}
	}
}
