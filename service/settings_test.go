package service

import (
	"slices"
	"strings"
	"testing"
	"time"

	"sysv/system"
	"sysv/system/simulated"
)

func TestSettings(t *testing.T) {
	root := simulated.New(simulated.Options{Identity: system.Identity{}})
	root.AddDir("/etc/sysv", 0o755)
	root.WriteFile(SettingsPath, 0o644, `# a comment
deadline * * 1m
deadline database start 15m
deadline database * 90
deadline * status 0
log * 64k
log quiet 0
`)
	p := root.Process()
	for _, c := range []struct {
		name, action string
		deadline     time.Duration
		log          int64
	}{
		{"web", "start", time.Minute, 64 << 10},
		{"database", "start", 90 * time.Second, 64 << 10},
		{"database", "status", 0, 64 << 10},
		{"quiet", "stop", time.Minute, 0},
	} {
		s := ReadSettings(p, c.name, c.action)
		if s.Deadline != c.deadline || s.LogSize != c.log || len(s.Wrong) > 0 {
			t.Errorf("%s %s: %+v", c.name, c.action, s)
		}
	}
	root.WriteFile(SettingsPath, 0o644, "deadline a b\n\nlog x -1\nlog y\ndeadline a b soon\nlimit 3\n")
	s := ReadSettings(p, "a", "b")
	want := []string{":1: expected deadline SERVICE ACTION TIME", ":3: -1: expected a size", ":4: expected log SERVICE SIZE", ":5: soon: expected a time", ":6: limit: expected deadline or log"}
	for i, w := range want {
		if len(s.Wrong) != len(want) || !strings.HasPrefix(s.Wrong[i], SettingsPath+w) {
			t.Fatalf("%q, expected %q", s.Wrong, want)
		}
	}
	if s.Deadline != DefaultDeadline || s.LogSize != DefaultLogSize {
		t.Errorf("wrong lines have set something: %+v", s)
	}
	if s := ReadSettings(simulated.New(simulated.Options{}).Process(), "a", "b"); s.Deadline != DefaultDeadline || len(s.Wrong) > 0 {
		t.Errorf("without the file: %+v", s)
	}
}

func TestNames(t *testing.T) {
	root := simulated.New(simulated.Options{Identity: system.Identity{}})
	root.AddDir(Dir, 0o755)
	names := []string{"cron", "hwclock.sh", "x.dpkg-old", "x~", ".x", "x.rpmsave", "x.bak", "a b", "noexec"}
	for _, n := range names {
		root.WriteFile(Dir+"/"+n, 0o755, "#!/bin/sh\n")
	}
	root.Chmod(Dir+"/noexec", 0o644)
	p := root.Process()
	for _, n := range append(names, "", ".", "..", "../init.d/cron", "no") {
		want := n == "cron" || n == "hwclock.sh" || n == "a b"
		if path, ok := ScriptOf(p, n); ok != want {
			t.Errorf("%q: %s, %v", n, path, ok)
		}
	}
}

func TestClues(t *testing.T) {
	root := simulated.New(simulated.Options{Identity: system.Identity{}})
	for _, d := range []string{"/usr/sbin", "/etc/default", "/opt/x"} {
		root.AddDir(d, 0o755)
	}
	for _, f := range []string{"/usr/sbin/webd", "/opt/x/xd", "/usr/sbin/python3"} {
		root.WriteFile(f, 0o755, "\x7fELF")
	}
	root.WriteFile("/etc/default/web", 0o644, "PIDFILE=/run/elsewhere.pid\n")
	for _, c := range []struct {
		name, text         string
		pidFiles, programs string
	}{
		{"a", "# pidfile: /var/run/a/x.pid\n", "/run/a/x.pid /run/a.pid /run/a/a.pid", ""},
		{"b", "NAME=bd\nDAEMON=/usr/sbin/webd\nPIDFILE=/var/run/$NAME.pid\n", "/run/bd.pid /run/b.pid /run/b/b.pid", "/usr/sbin/webd"},
		{"c", "export DIR=\"/opt/x\" # there\nDAEMON=${DIR}/xd\nstart-stop-daemon --start --pidfile ${DIR}/pid --exec $DAEMON\n", "/opt/x/pid /run/c.pid /run/c/c.pid", "/opt/x/xd"},
		{"web", "PIDFILE=/run/first.pid\n", "/run/first.pid /run/elsewhere.pid /run/web.pid /run/web/web.pid", ""},
		{"d", "DAEMON=/usr/sbin/python3\nPIDFILE=`mktemp`\nPIDFILE2=${X:-/run/x.pid}\n", "/run/d.pid /run/d/d.pid", ""},
		{"e", "X_PIDFILE=${NOT:-/run/x.pid}\nPIDFILE=$UNKNOWN/x\n", "/run/x.pid /run/e.pid /run/e/e.pid", ""},
	} {
		got := cluesOf(root.Process(), c.name, &Script{Source: []byte(c.text)})
		if want := strings.Fields(c.pidFiles); !slices.Equal(got.pidFiles, want) {
			t.Errorf("%s: pid files %q, expected %q", c.name, got.pidFiles, want)
		}
		if want := strings.Fields(c.programs); !slices.Equal(got.programs, want) {
			t.Errorf("%s: programs %q, expected %q", c.name, got.programs, want)
		}
	}
}
