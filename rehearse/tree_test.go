package rehearse

import (
	"context"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// inTree rehearses a script in a tree.
func inTree(t *testing.T, src string, tree fstest.MapFS, scenarios ...string) *Report {
	t.Helper()
	rep, err := Run(context.Background(), Options{Script: "thing", Source: []byte(src), Root: tree, Scenarios: scenarios})
	if err != nil {
		t.Fatal(err)
	}
	return rep
}

// TestInterpreted has a daemon in Python, which --exec does not find.
func TestInterpreted(t *testing.T) {
	tree := fstest.MapFS{"usr/sbin/thingd": {Data: []byte("#!/usr/bin/python3\nserve()\n"), Mode: 0o755}}
	rep := inTree(t, daemonScript(goodStart, goodStop, goodStatus), tree, "interpreted")
	if l := failures(rep); !slices.Contains(l, "interpreted SV2101 13") {
		t.Errorf("%q", l)
	}
	byPid := func(s string) string {
		return strings.Replace(strings.ReplaceAll(s, "--exec $DAEMON", ""), "--start", "--start --startas $DAEMON", 1)
	}
	rep = inTree(t, daemonScript(byPid(goodStart), byPid(goodStop), byPid(goodStatus)), tree, "interpreted")
	if l := failures(rep); len(l) > 0 {
		t.Errorf("by its pid file alone: %q", l)
	}
}

// TestConfiguration has a daemon whose own configuration names its pid file.
func TestConfiguration(t *testing.T) {
	for text, want := range map[string]string{
		"pidfile /run/other.pid\ndaemonize yes\n": "no (SV2101, thing:13)", // the script looks for another
		"pid-file = \"/run/thingd.pid\";\n":       "yes",
		"daemonize no\n":                          "unknown", // and so start does not end
	} {
		tree := fstest.MapFS{
			"etc/thingd.conf": {Data: []byte(text), Mode: 0o644}, "usr/sbin/thingd": {Data: []byte("\x7fELF"), Mode: 0o755},
		}
		rep := inTree(t, daemonScript(goodStart, goodStop, goodStatus), tree, "start", "start-again")
		if rep.Summary.Idempotent != want {
			t.Errorf("%q: %s, %q", text, rep.Summary.Idempotent, failures(rep))
		}
	}
}

// TestSecrets are files that are there, and that no script sees the inside of.
func TestSecrets(t *testing.T) {
	tree := fstest.MapFS{"etc/shadow": {Data: []byte("root:secret\n"), Mode: 0o600}, "etc/ssh/ssh_host_rsa_key": {Data: []byte("secret\n"), Mode: 0o600}}
	src := "#!/bin/sh\ntest -e /etc/shadow && cat /etc/shadow /etc/ssh/ssh_host_rsa_key; echo end\n"
	d, err := Effects(context.Background(), Options{Script: "x", Source: []byte(src), Root: tree}, "start")
	if err != nil || d.Stdout != "end\n" {
		t.Errorf("%+v, %v", d, err)
	}
}
