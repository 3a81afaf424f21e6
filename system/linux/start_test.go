//go:build linux

package linux

import (
	"os"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"sysv/system"
)

// Every attribute of a Command, as the program itself finds it.
func TestStartAttributes(t *testing.T) {
	requireRoot(t)
	require(t, "nice", "chrt", "ionice", "id")
	m := New()
	tmp := t.TempDir()
	must(t, os.Chmod(tmp, 0o700))
	files, err := m.Limit(system.LimitOpenFiles)
	must(t, err)
	// The C library's own signals 32 and 33, which make leaves ignored in what
	// it starts, are the lowest bits of the seventh digit and the highest of
	// the eighth.
	sigIgn := `grep -i sigign /proc/self/status | tr -dc '0-9a-f\n' | sed 's/^.*\(.\{16\}\)$/\1/; s/^\(.\{7\}\)38/\120/; s/^\(.\{7\}\)28/\120/'`
	for _, c := range []struct {
		name, script string
		change       func(c *system.Command)
		want         string
	}{
		{"nothing", "echo $$ >/dev/null; pwd; umask", nil, "/\n0022\n"},
		{"arguments", `printf '%s|' "$@"`, func(c *system.Command) { c.Args = append(c.Args, "a b", "", "*") }, "a b||*|"},
		{"environment", `echo "$X"`, func(c *system.Command) { c.Env = append(c.Env, "X=a\nb") }, "a\nb\n"},
		{"no environment", `/usr/bin/env | grep -v -e ^PWD= -e ^_= -e ^SHLVL= -e ^OLDPWD=`, func(c *system.Command) { c.Env = nil }, ""},
		{"directory", "pwd", func(c *system.Command) { c.Dir = "/usr/bin" }, "/usr/bin\n"},
		{"umask", "umask", func(c *system.Command) { c.Umask = 0o137 }, "0137\n"},
		{"umask 0", "umask", func(c *system.Command) { c.Umask = 0 }, "0000\n"},
		{"umask staged", "umask; nice", func(c *system.Command) { c.Umask = 0o27; c.Nice = 1 }, "0027\n" + niced(t, 1)},
		{"soft limit", "ulimit -n; ulimit -Hn", func(c *system.Command) {
			c.Limits = map[system.Resource]system.Limit{system.LimitOpenFiles: {Soft: 77, Hard: 99}}
		}, "77\n99\n"},
		{"limits", "ulimit -c; ulimit -s; ulimit -f", func(c *system.Command) {
			c.Limits = map[system.Resource]system.Limit{
				system.LimitCore: {Soft: 0, Hard: 0}, system.LimitStack: {Soft: 1 << 20, Hard: 8 << 20},
				system.LimitFileSize: {Soft: system.Infinity, Hard: system.Infinity},
			}
		}, "0\n1024\nunlimited\n"},
		{"open files are not raised", "ulimit -n", nil, itoa(int(files.Soft)) + "\n"},
		{"open files are not raised staged", "ulimit -n", func(c *system.Command) { c.Nice = 1 }, itoa(int(files.Soft)) + "\n"},
		{"ignored", sigIgn, func(c *system.Command) {
			c.Ignored = []system.Signal{system.SIGHUP, system.SIGTERM, system.SIGPIPE, system.SIGQUIT, system.SIGRTMIN}
		}, "0000000200005005\n"},
		{"session", `[ "$(cut -d' ' -f6 /proc/$$/stat)" = $$ ] && echo leader`, func(c *system.Command) { c.Setsid = true }, "leader\n"},
		{"session staged", `[ "$(cut -d' ' -f6 /proc/$$/stat)" = $$ ] && echo leader`, func(c *system.Command) { c.Setsid, c.Nice = true, 1 }, "leader\n"},
		{"process group", `[ "$(cut -d' ' -f5 /proc/$$/stat)" = $$ ] && echo leader`, func(c *system.Command) { c.Setpgid = true }, "leader\n"},
		{"process group staged", `[ "$(cut -d' ' -f5 /proc/$$/stat)" = $$ ] && echo leader`, func(c *system.Command) { c.Setpgid, c.Nice = true, 1 }, "leader\n"},
		{"nice", "nice", func(c *system.Command) { c.Nice = 7 }, niced(t, 7)},
		{"nice below", "nice", func(c *system.Command) { c.Nice = -3 }, niced(t, -3)},
		{"nice too far", "nice", func(c *system.Command) { c.Nice = 99 }, "19\n"},
		{"scheduler", "chrt -p $$ | sed 's/.*: //'", func(c *system.Command) { c.Scheduler = &system.Scheduler{Policy: 2, Priority: 9} }, "SCHED_RR\n9\n"},
		{"batch", "chrt -p $$ | sed 's/.*: //'", func(c *system.Command) { c.Scheduler = &system.Scheduler{Policy: 3} }, "SCHED_BATCH\n0\n"},
		{"I/O priority", "ionice -p $$", func(c *system.Command) { c.IOPriority = &system.IOPriority{Class: 2, Level: 6} }, "best-effort: prio 6\n"},
		{"I/O idle", "ionice -p $$", func(c *system.Command) { c.IOPriority = &system.IOPriority{Class: 3, Level: 7} }, "idle\n"},
		{"identity", "id -u; id -g; id -G", func(c *system.Command) {
			c.Identity = &system.Identity{UID: 65534, GID: 12, Groups: []int{12, 34, 56}}
		}, "65534\n12\n12 34 56\n"},
		{"identity without groups", "id -u; id -g; id -G", func(c *system.Command) { c.Identity = &system.Identity{UID: 65534, GID: 12} }, "65534\n12\n12\n"},
		{"identity and a directory that it may not enter", "id -u; pwd", func(c *system.Command) {
			c.Identity, c.Dir = &system.Identity{UID: 65534, GID: 12, Groups: []int{12}}, tmp
		}, "65534\n" + tmp + "\n"},
		{"root", "/bin/pwd; ls -di /", func(c *system.Command) { c.Root = "/proc/self/root"; c.Dir = "/usr" }, "/usr\n" + rootInode(t)},
		{"pid file", `[ "$(cat ` + tmp + `/pid)" = $$ ] && stat -c '%a %u' ` + tmp + "/pid; id -u", func(c *system.Command) {
			c.PIDFile, c.Umask = tmp+"/pid", 0o77
		}, "600 0\n0\n"},
		{"closed files", "for i in 0 1 2 3 4 5; do [ -e /proc/$$/fd/$i ] && echo $i; done", nil, "1\n2\n"},
		{"closed files staged", "for i in 0 1 2 3 4 5; do [ -e /proc/$$/fd/$i ] && echo $i; done", func(c *system.Command) { c.Nice = 1 }, "1\n2\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			cmd := command(t, c.script)
			if c.change != nil {
				c.change(cmd)
			}
			got, ws := output(t, cmd)
			if got != c.want {
				t.Errorf("got %q, want %q (%+v)", got, c.want, ws)
			}
		})
	}
}

// niced is what nice(1) says with n more than this test has.
func niced(t *testing.T, n int) string {
	t.Helper()
	now, err := unix.Getpriority(unix.PRIO_PROCESS, 0)
	must(t, err)
	return itoa(min(20-now+n, 19)) + "\n"
}

func rootInode(t *testing.T) string {
	t.Helper()
	st, err := New().Stat("/")
	must(t, err)
	return itoa(int(st.Ino)) + " /\n"
}

func TestStartFiles(t *testing.T) {
	m, d := New(), t.TempDir()
	write(t, d+"/in", "input\n")
	in, err := m.Open(d+"/in", system.ReadOnly, 0)
	must(t, err)
	defer in.Close()
	out, err := m.Open(d+"/out", system.WriteOnly|system.Create, 0o644)
	must(t, err)
	defer out.Close()
	for _, nice := range []int{0, 1} {
		must(t, out.Truncate(0))
		in.Seek(0, 0)
		out.Seek(0, 0)
		c := command(t, `cat <&8; echo one; echo two >&2; echo seven >&7; cd /proc/$$/fd; for i in 0 1 2 3 4 5 6 7 8 9; do [ -e $i ] && echo $i; done; :`)
		// Crossed on purpose: each takes the number that another one has.
		c.Files = []system.File{nil, out, out, nil, nil, nil, nil, out, in}
		c.Nice = nice
		p, err := m.Start(c)
		must(t, err)
		if ws, err := p.Wait(false); ws.Status() != 0 || err != nil {
			t.Fatal(ws, err)
		}
		got, _ := os.ReadFile(d + "/out")
		if want := "input\none\ntwo\nseven\n1\n2\n7\n8\n"; string(got) != want {
			t.Errorf("nice %d: got %q, want %q", nice, got, want)
		}
	}
}

func TestStartCapture(t *testing.T) {
	m := New()
	capture := system.NewCapture(m)
	system.WriteAll(capture, []byte("before "))
	c := command(t, "echo after")
	c.Files[1] = capture
	p, err := m.Start(c)
	must(t, err)
	p.Wait(false)
	must(t, capture.Close())
	if got := string(capture.Bytes()); got != "before after\n" {
		t.Errorf("%q", got)
	}
}

func TestStartErrors(t *testing.T) {
	m, d := New(), t.TempDir()
	write(t, d+"/plain", "echo hello\n")
	write(t, d+"/script", "echo hello\n")
	must(t, os.Chmod(d+"/script", 0o755))
	write(t, d+"/interp", "#!/no/such/program\n")
	must(t, os.Chmod(d+"/interp", 0o755))
	long := strings.Repeat("x", 200<<10)
	for _, c := range []struct {
		name   string
		change func(c *system.Command)
		want   error
	}{
		{"missing", func(c *system.Command) { c.Path = d + "/none" }, system.ENOENT},
		{"not executable", func(c *system.Command) { c.Path = d + "/plain" }, system.EACCES},
		{"a directory", func(c *system.Command) { c.Path = d }, system.EACCES},
		{"no format", func(c *system.Command) { c.Path = d + "/script" }, system.ENOEXEC},
		{"no interpreter", func(c *system.Command) { c.Path = d + "/interp" }, system.ENOENT},
		{"no directory", func(c *system.Command) { c.Dir = d + "/none" }, system.ENOENT},
		{"no root", func(c *system.Command) { c.Root = d + "/none" }, system.ENOENT},
		{"too long", func(c *system.Command) { c.Args = append(c.Args, long) }, system.E2BIG},
		{"NUL", func(c *system.Command) { c.Args = append(c.Args, "a\x00b") }, system.EINVAL},
		{"foreign file", func(c *system.Command) { c.Files[0] = foreign{} }, system.EBADF},
	} {
		for _, nice := range []int{0, 1} {
			cmd := command(t, ":")
			cmd.Nice = nice
			c.change(cmd)
			if p, err := m.Start(cmd); err != c.want {
				t.Errorf("%s (nice %d): got %v %v, want %v", c.name, nice, p, err, c.want)
			}
		}
	}
	for name, c := range map[string]struct {
		change func(c *system.Command)
		want   error
	}{
		"pid file in nothing":  {func(c *system.Command) { c.PIDFile = d + "/none/pid" }, system.ENOENT},
		"pid file at a link":   {func(c *system.Command) { os.Symlink("x", d+"/link"); c.PIDFile = d + "/link" }, system.ELOOP},
		"no such scheduler":    {func(c *system.Command) { c.Scheduler = &system.Scheduler{Policy: 77} }, system.EINVAL},
		"no such I/O class":    {func(c *system.Command) { c.IOPriority = &system.IOPriority{Class: 7} }, system.EINVAL},
		"detached and missing": {func(c *system.Command) { c.Detach = true; c.Path = d + "/none" }, system.ENOENT},
	} {
		cmd := command(t, ":")
		c.change(cmd)
		if p, err := m.Start(cmd); err != c.want {
			t.Errorf("%s: got %v %v, want %v", name, p, err, c.want)
		}
	}
	if ws, err := wait4(-1, 1); err != system.ECHILD {
		t.Errorf("a process was left over: %v %v", ws, err)
	}
}

// foreign is a file of no machine's.
type foreign struct{ system.File }

func TestStageNeedsRunStage(t *testing.T) {
	stageReady = false
	defer func() { stageReady = true }()
	c := command(t, ":")
	c.Nice = 1
	if _, err := New().Start(c); err != system.ENOSYS {
		t.Error(err)
	}
}

func TestWait(t *testing.T) {
	m := New()
	for _, c := range []struct {
		script string
		want   system.WaitStatus
	}{
		{"exit 0", system.WaitStatus{}},
		{"exit 37", system.WaitStatus{Code: 37}},
		{"exit 255", system.WaitStatus{Code: 255}},
		{"kill -TERM $$", system.WaitStatus{Signal: system.SIGTERM}},
		{"kill -KILL $$", system.WaitStatus{Signal: system.SIGKILL}},
		{"kill -35 $$", system.WaitStatus{Signal: system.SIGRTMIN + 1}},
	} {
		p, err := m.Start(command(t, c.script))
		must(t, err)
		for range 2 {
			if ws, err := p.Wait(false); ws != c.want || err != nil {
				t.Errorf("%s: got %+v %v, want %+v", c.script, ws, err, c.want)
			}
		}
	}
	p, err := m.Start(command(t, "kill -STOP $$; exit 5"))
	must(t, err)
	if ws, err := p.Wait(true); err != nil || ws != (system.WaitStatus{Signal: system.SIGSTOP, Stopped: true}) {
		t.Errorf("%+v %v", ws, err)
	}
	must(t, m.Kill(p.PID(), system.SIGCONT))
	if ws, err := p.Wait(true); err != nil || ws.Code != 5 || ws.Stopped {
		t.Errorf("%+v %v", ws, err)
	}
	if err := m.Kill(p.PID(), 0); err != system.ESRCH {
		t.Error(err)
	}
}

func TestIdentityAndHost(t *testing.T) {
	require(t, "uname", "id", "hostname")
	m := New()
	u, id := m.Uname(), m.Identity()
	got, _ := output(t, command(t, "uname -snrvm; id -u; id -g; id -G"))
	want := strings.Join([]string{u.Sysname, u.Nodename, u.Release, u.Version, u.Machine}, " ") + "\n" +
		itoa(id.EUID) + "\n" + itoa(id.EGID) + "\n"
	if !strings.HasPrefix(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if exe, err := os.Executable(); m.Executable() != exe || err != nil {
		t.Error(m.Executable(), exe, err)
	}
	if s := startedBy(); s == "" || s[0] != '/' {
		t.Error(s)
	}
	if g, err := m.Getpgid(0); err != nil || g <= 0 {
		t.Error(g, err)
	}
	before := m.Times()
	output(t, command(t, "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done"))
	if after := m.Times(); after.ChildUser <= before.ChildUser {
		t.Errorf("%+v, then %+v", before, after)
	}
}
