package rehearse

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sysv/rehearse"
	"sysv/system"
)

// sink collects what is written.
type sink struct {
	system.Capture
	bytes.Buffer
}

func (s *sink) Write(b []byte) (int, error) { return s.Buffer.Write(b) }
func (s *sink) Read(b []byte) (int, error)  { return s.Buffer.Read(b) }
func (s *sink) Truncate(int64) error        { return nil }
func (s *sink) Bytes() []byte               { return s.Buffer.Bytes() }
func (s *sink) Close() error                { return nil }

// run runs the command.
func run(t *testing.T, args ...string) (status int, stdout, stderr string) {
	t.Helper()
	var out, errs sink
	p := &system.Process{Dir: "/"}
	p.Files.Set(1, &out)
	p.Files.Set(2, &errs)
	status = Run(context.Background(), p, append([]string{"rehearse"}, args...))
	return status, out.String(), errs.String()
}

const good = `#!/bin/sh
DAEMON=/usr/sbin/thingd
PIDFILE=/run/thingd.pid
[ -x $DAEMON ] || exit 0
case "$1" in
start) start-stop-daemon --start --oknodo --quiet --pidfile $PIDFILE --exec $DAEMON ;;
stop) start-stop-daemon --stop --oknodo --quiet --retry 5 --pidfile $PIDFILE --exec $DAEMON ;;
status) start-stop-daemon --status --pidfile $PIDFILE --exec $DAEMON ;;
*) echo usage >&2; exit 2 ;;
esac
`

func write(t *testing.T, path, text string) string {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestCommandLine(t *testing.T) {
	dir := t.TempDir()
	ok := write(t, filepath.Join(dir, "good"), good)
	bad := write(t, filepath.Join(dir, "bad"), strings.Replace(good, "--oknodo ", "", 1))
	empty := write(t, filepath.Join(dir, "empty"), "")
	for _, c := range []struct {
		args   string
		status int
		out    string
		err    string
	}{
		{"--help", 0, "Usage: sysv rehearse", ""},
		{"--list", 0, "start-again", ""},
		{"--scenario start-again " + ok, 0, "idempotent       yes", ""},
		{"--scenario start-again --all " + ok, 0, "pass    start-again, start: exit 0, the same daemon runs", ""},
		{"--scenario=start-again " + bad, ExitFindings, "bad:6: SV2102: a second start exits 1", ""},
		{"--effects start " + ok, 0, "good:6 ", ""},
		{"", ExitUsage, "", "expected a script"},
		{"a b", ExitUsage, "", "expected one script, got 2"},
		{"--frob x", ExitUsage, "", "unknown option --frob"},
		{"--root", ExitUsage, "", "--root: expected a value"},
		{"--scenario no-such " + ok, ExitUsage, "", "no scenario no-such"},
		{dir + "/none", ExitUnread, "", "no such file"},
		{dir, ExitUnread, "", "expected a regular file"},
		{empty, ExitUnread, "", "expected a script, and got nothing"},
		{"--root " + dir + "/none " + ok, ExitUnread, "", "no such file"},
		{"--root " + ok + " " + ok, ExitUnread, "", "expected a directory"},
	} {
		status, out, errs := run(t, strings.Fields(c.args)...)
		if status != c.status || !strings.Contains(out, c.out) || !strings.Contains(errs, c.err) || c.err == "" && errs != "" {
			t.Errorf("%s: %d\n%s\n%s", c.args, status, out, errs)
		}
	}
}

func TestJSON(t *testing.T) {
	script := write(t, filepath.Join(t.TempDir(), "good"), good)
	_, out, _ := run(t, "--json", "--scenario", "stop", script)
	var rep rehearse.Report
	if err := json.Unmarshal([]byte(out), &rep); err != nil || len(rep.Verdicts) == 0 || rep.Verdicts[0].Scenario != "stop" {
		t.Errorf("%v\n%s", err, out)
	}
}

// TestTree has the script's configuration in the tree that it is in.
func TestTree(t *testing.T) {
	root := t.TempDir()
	src := strings.Replace(good, "[ -x $DAEMON ]", ". /etc/default/thing\n[ \"$ENABLED\" = yes ]", 1)
	script := write(t, filepath.Join(root, "etc/init.d/thing"), src)
	write(t, filepath.Join(root, "etc/default/thing"), "ENABLED=yes\n")
	status, out, _ := run(t, "--scenario", "start", "--all", script)
	if status != 0 || !strings.Contains(out, "start exits 0, one daemon runs") {
		t.Errorf("%d\n%s", status, out)
	}
	write(t, filepath.Join(root, "etc/default/thing"), "ENABLED=no\n")
	if _, out, _ := run(t, "--scenario", "start", "--all", script); !strings.Contains(out, "n/a     start") {
		t.Error(out)
	}
}

// TestOptionsAfterScript: options may stand on either side of the script.
func TestOptionsAfterScript(t *testing.T) {
	for _, args := range [][]string{{"--root", "/r", "--json", "s"}, {"s", "--root", "/r", "--json"}, {"--json", "s", "--root=/r"}, {"--root", "/r", "--json", "--", "s"}} {
		if o, err := parse(args); err != nil || o.script != "s" || o.root != "/r" || !o.json {
			t.Errorf("%q: %+v, %v", args, o, err)
		}
	}
	if o, err := parse([]string{"--", "-s"}); err != nil || o.script != "-s" {
		t.Errorf("%+v, %v", o, err)
	}
	if _, err := parse([]string{"a", "--json", "b"}); err == nil {
		t.Error("two scripts are taken for one")
	}
}
