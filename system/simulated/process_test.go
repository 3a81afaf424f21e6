package simulated

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"sysv/system"
)

func daemon(ctx context.Context, p *system.Process, args []string) int {
	Pause(ctx, p)
	return 3
}

func TestStartErrors(t *testing.T) {
	m := Standard(Options{Programs: map[string]Program{"/bin/d": daemon}})
	m.WriteFile("/bin/plain", 0o644, "x")
	m.WriteFile("/bin/text", 0o755, "hello\n")
	m.WriteFile("/bin/script", 0o755, "#! /bin/d -x\n")
	m.WriteFile("/bin/lost", 0o755, "#!/bin/nothere\n")
	m.WriteFile("/bin/loop", 0o755, "#!/bin/loop\n")
	m.AddProgram("/bin/unknown")
	for path, want := range map[string]error{
		"/bin/none": system.ENOENT, "/bin": system.EACCES, "/bin/plain": system.EACCES, "/bin/text": system.ENOEXEC, "/bin/unknown": system.ENOSYS,
		"/bin/d/x": system.ENOTDIR, "/bin/lost": system.ENOENT, "/bin/loop": system.ELOOP, "/bin/d": nil, "/bin/script": nil,
	} {
		_, err := m.Start(&system.Command{Path: path, Args: []string{path}})
		if err != want {
			t.Errorf("%s: %v, not %v", path, err, want)
		}
	}
	m.Close()
}

func TestScriptRunsItsInterpreter(t *testing.T) {
	var got []string
	m := Standard(Options{Programs: map[string]Program{"/bin/interp": func(ctx context.Context, p *system.Process, args []string) int {
		got = args
		return 0
	}}})
	m.WriteFile("/etc/init.d/x", 0o755, "#!/bin/interp  -a b \n")
	start(t, m, "/etc/init.d/x", "start").Wait(false)
	if want := []string{"/bin/interp", "-a b", "/etc/init.d/x", "start"}; !slices.Equal(got, want) {
		t.Errorf("got %q, not %q", got, want)
	}
}

func TestSignals(t *testing.T) {
	ignores := func(ctx context.Context, p *system.Process, args []string) int {
		p.Sys.Ignore(system.SIGTERM)
		Pause(ctx, p)
		return 0
	}
	handles := func(ctx context.Context, p *system.Process, args []string) int {
		c := make(chan system.Signal, 1)
		p.Sys.Notify(c, system.SIGTERM)
		for {
			p.Sys.Sleep(ctx, time.Second)
			select {
			case <-c:
				return 9
			default:
			}
		}
	}
	dies := func(ctx context.Context, p *system.Process, args []string) int {
		Pause(ctx, p)
		return BySignal
	}
	for _, test := range []struct {
		name string
		prog Program
		sigs []system.Signal
		want string
	}{
		{"TERM ends the context", daemon, []system.Signal{system.SIGTERM}, "{0 3 false false}"},
		{"TERM by its default action", dies, []system.Signal{system.SIGTERM}, "{15 0 false false}"},
		{"TERM ignored, then KILL", ignores, []system.Signal{system.SIGTERM, system.SIGKILL}, "{9 0 false false}"},
		{"TERM handled", handles, []system.Signal{system.SIGTERM}, "{0 9 false false}"},
		{"KILL", daemon, []system.Signal{system.SIGKILL}, "{9 0 false false}"},
		{"STOP, CONT, TERM", daemon, []system.Signal{system.SIGSTOP, system.SIGCONT, system.SIGTERM}, "{0 3 false false}"},
		{"CHLD and WINCH do nothing", daemon, []system.Signal{system.SIGCHLD, system.SIGWINCH, system.SIGHUP}, "{0 3 false false}"},
		{"KILL of a stopped one", daemon, []system.Signal{system.SIGSTOP, system.SIGKILL}, "{9 0 false false}"},
	} {
		t.Run(test.name, func(t *testing.T) {
			m := Standard(Options{Programs: map[string]Program{"/bin/d": test.prog}})
			c := start(t, m, "/bin/d")
			for _, s := range test.sigs {
				m.Sleep(context.Background(), time.Minute)
				if err := m.Kill(c.PID(), s); err != nil {
					t.Fatal(err)
				}
			}
			ws, err := c.Wait(false)
			if got := fmt.Sprintf("{%d %d %v %v}", ws.Signal, ws.Code, ws.Stopped, ws.CoreDumped); err != nil || got != test.want {
				t.Errorf("%s, %v, not %s", got, err, test.want)
			}
		})
	}
}

func TestWaitForStop(t *testing.T) {
	m := Standard(Options{Programs: map[string]Program{"/bin/d": daemon}})
	c := start(t, m, "/bin/d")
	m.Sleep(context.Background(), time.Second)
	m.Kill(c.PID(), system.SIGSTOP)
	if ws, err := c.Wait(true); err != nil || !ws.Stopped || ws.Signal != system.SIGSTOP {
		t.Error(ws, err)
	}
	if s := content(t, m, fmt.Sprintf("/proc/%d/status", c.PID())); !strings.Contains(s, "State:\tT (stopped)\n") {
		t.Error(s)
	}
	m.Kill(c.PID(), system.SIGKILL)
	for range 2 {
		if ws, err := c.Wait(true); err != nil || ws.Signal != system.SIGKILL {
			t.Error(ws, err)
		}
	}
}

func TestKillErrors(t *testing.T) {
	m := Standard(Options{Programs: map[string]Program{"/bin/d": daemon}})
	defer m.Close()
	c := start(t, m, "/bin/d")
	for name, test := range map[string]struct {
		pid  int
		sig  system.Signal
		want error
	}{
		"nobody": {4000, 0, system.ESRCH}, "there": {c.PID(), 0, nil}, "bad signal": {c.PID(), 65, system.EINVAL},
		"negative signal": {c.PID(), -1, system.EINVAL}, "no group": {-4000, 0, system.ESRCH}, "init": {1, system.SIGTERM, nil},
	} {
		if err := m.Kill(test.pid, test.sig); err != test.want {
			t.Errorf("%s: %v, not %v", name, err, test.want)
		}
	}
	m.id = system.Identity{UID: 1000, EUID: 1000}
	if err := m.Kill(c.PID(), system.SIGTERM); err != system.EPERM {
		t.Errorf("another user's: %v", err)
	}
}

func TestPIDFDMeansOneProcess(t *testing.T) {
	m := Standard(Options{Programs: map[string]Program{"/bin/d": daemon}})
	defer m.Close()
	c := start(t, m, "/bin/d")
	f, err := m.OpenPID(c.PID())
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := m.WithTimeout(context.Background(), time.Second)
	defer cancel()
	if err := f.Wait(ctx); err != context.Canceled {
		t.Errorf("a wait that ends: %v", err)
	}
	if err := f.Signal(system.SIGKILL); err != nil {
		t.Fatal(err)
	}
	if err := f.Wait(context.Background()); err != nil {
		t.Fatal(err)
	}
	if s := content(t, m, fmt.Sprintf("/proc/%d/stat", c.PID())); !strings.Contains(s, "(d) Z ") {
		t.Errorf("no zombie: %s", s)
	}
	c.Wait(false)
	m.SetNextPID(c.PID())
	if again := start(t, m, "/bin/d"); again.PID() != c.PID() {
		t.Fatalf("the pid was not used again: %d, %d", again.PID(), c.PID())
	}
	if err := f.Signal(0); err != system.ESRCH {
		t.Errorf("the handle means another process now: %v", err)
	}
	if err := m.Kill(c.PID(), 0); err != nil {
		t.Error(err)
	}
}

func TestDetachedIsInitsChild(t *testing.T) {
	m := Standard(Options{Programs: map[string]Program{"/bin/d": daemon}})
	c, err := m.Start(&system.Command{Path: "/bin/d", Args: []string{"d"}, Detach: true, Setsid: true, PIDFile: "/run/d.pid", Umask: 0o022})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Wait(false); err != system.ECHILD {
		t.Error(err)
	}
	if got := content(t, m, "/run/d.pid"); got != fmt.Sprintf("%d\n", c.PID()) {
		t.Errorf("pid file %q", got)
	}
	if i, err := m.Stat("/run/d.pid"); err != nil || i.Mode != system.TypeRegular|0o644 {
		t.Error(i.Mode, err)
	}
	stat := strings.Fields(content(t, m, fmt.Sprintf("/proc/%d/stat", c.PID())))
	if len(stat) != 52 || stat[3] != "1" || stat[5] == stat[0] || stat[5] != stat[4] {
		t.Errorf("%d fields: %v", len(stat), stat)
	}
	m.Kill(c.PID(), system.SIGKILL)
	if err := m.Kill(c.PID(), 0); err != system.ESRCH {
		t.Errorf("init left a zombie: %v", err)
	}
}

func TestKilledWriterGivesEnd(t *testing.T) {
	m := Standard(Options{Programs: map[string]Program{"/bin/d": daemon}})
	r, w, _ := m.Pipe()
	c, err := m.Start(&system.Command{Path: "/bin/d", Args: []string{"d"}, Files: []system.File{nil, w, nil}})
	if err != nil {
		t.Fatal(err)
	}
	w.Close()
	m.Kill(c.PID(), system.SIGKILL)
	if b, err := system.ReadAll(r, 0); err != nil || len(b) != 0 {
		t.Error(b, err)
	}
}

func TestExecKeepsThePID(t *testing.T) {
	var pids []int
	m := Standard(Options{Programs: map[string]Program{
		"/bin/one": func(ctx context.Context, p *system.Process, args []string) int {
			pids = append(pids, p.Sys.Getpid())
			p.Sys.Exec(p.Command("/bin/two", []string{"two"}))
			return 1
		},
		"/bin/two": func(ctx context.Context, p *system.Process, args []string) int {
			pids = append(pids, p.Sys.Getpid())
			p.Stdout().Write([]byte("two"))
			return 5
		},
	}})
	r, w, _ := m.Pipe()
	c, _ := m.Start(&system.Command{Path: "/bin/one", Args: []string{"one"}, Files: []system.File{nil, w, nil}})
	w.Close()
	b, err := system.ReadAll(r, 0)
	ws, _ := c.Wait(false)
	if string(b) != "two" || err != nil || ws.Code != 5 || pids[0] != pids[1] {
		t.Errorf("%q %v %v %v", b, err, ws, pids)
	}
}

func TestProc(t *testing.T) {
	m := Standard(Options{Programs: map[string]Program{"/usr/sbin/a-long-named-daemon": daemon}})
	defer m.Close()
	c, err := m.Start(&system.Command{
		Path: "/usr/sbin/a-long-named-daemon", Args: []string{"a-long-named-daemon", "-f", ""}, Env: []string{"A=1", "B=2"}, Dir: "/tmp",
		Identity: &system.Identity{UID: 33, GID: 33, Groups: []int{33}},
	})
	if err != nil {
		t.Fatal(err)
	}
	dir := fmt.Sprintf("/proc/%d/", c.PID())
	for file, want := range map[string]string{
		"comm": "a-long-named-da\n", "cmdline": "a-long-named-daemon\x00-f\x00\x00", "environ": "A=1\x00B=2\x00",
	} {
		if got := content(t, m, dir+file); got != want {
			t.Errorf("%s: %q, not %q", file, got, want)
		}
	}
	for link, want := range map[string]string{dir + "exe": "/usr/sbin/a-long-named-daemon", dir + "cwd": "/tmp", "/proc/self": "100"} {
		if got, err := m.Readlink(link); got != want || err != nil {
			t.Errorf("%s: %q, %v", link, got, err)
		}
	}
	a, _ := m.Stat(dir + "exe")
	b, _ := m.Stat("/usr/sbin/a-long-named-daemon")
	if !a.SameFile(b) || b.Ino == 0 {
		t.Error("exe is another file")
	}
	m.Unlink("/usr/sbin/a-long-named-daemon")
	if got, _ := m.Readlink(dir + "exe"); !strings.HasSuffix(got, " (deleted)") {
		t.Errorf("exe: %q", got)
	}
	if i, _ := m.Stat(dir); i.UID != 33 {
		t.Errorf("owner %d", i.UID)
	}
	l, err := m.ReadDir("/proc")
	var names []string
	for _, e := range l {
		if _, err := m.Lstat("/proc/" + e.Name); err != nil {
			t.Errorf("%s is listed: %v", e.Name, err)
		}
		names = append(names, e.Name)
	}
	if err != nil || !slices.Contains(names, fmt.Sprint(c.PID())) || !slices.Contains(names, "1") {
		t.Error(names, err)
	}
	m.id = system.Identity{UID: 1000, EUID: 1000, GID: 1000, EGID: 1000}
	if _, err := m.Readlink(dir + "exe"); err != system.EACCES {
		t.Errorf("another user's exe: %v", err)
	}
	if _, err := m.Open("/proc/uptime", system.WriteOnly, 0); err != system.EACCES {
		t.Error(err)
	}
}

func TestExitEndsTheGoroutine(t *testing.T) {
	m := Standard(Options{})
	done := make(chan bool)
	reached := false
	go func() {
		defer close(done)
		m.Exit(300)
		reached = true
	}()
	<-done
	if ws, ended := m.Ended(); !ended || ws.Code != 300&0xff || reached {
		t.Error(ws, ended, reached)
	}
}

func TestBase(t *testing.T) {
	base := New(Options{})
	base.WriteFile("/etc/a", 0o640, "lower")
	base.WriteFile("/etc/b", 0o644, "bee")
	base.AddSymlink("/etc/l", "a")
	for name, o := range map[string]Options{
		"another System": {Base: base},
		"io/fs": {BaseFS: fstest.MapFS{
			"etc/a": {Data: []byte("lower"), Mode: 0o640}, "etc/b": {Data: []byte("bee"), Mode: 0o644},
			"etc/l": {Data: []byte("a"), Mode: 0o777 | 1<<27},
		}},
	} {
		t.Run(name, func(t *testing.T) {
			m := New(o)
			if got := content(t, m, "/etc/l"); got != "lower" {
				t.Errorf("through the link: %q", got)
			}
			f, err := m.Open("/etc/a", system.WriteOnly|system.Append, 0)
			if err != nil {
				t.Fatal(err)
			}
			f.Write([]byte("!"))
			m.Unlink("/etc/b")
			m.Mkdir("/etc/c", 0o755)
			if got := content(t, m, "/etc/a"); got != "lower!" {
				t.Errorf("%q", got)
			}
			if _, err := m.Stat("/etc/b"); err != system.ENOENT {
				t.Errorf("the removed file: %v", err)
			}
			again := New(o)
			if got := content(t, again, "/etc/a") + content(t, again, "/etc/b"); got != "lowerbee" {
				t.Errorf("the base was changed: %q", got)
			}
			if i, _ := again.Stat("/etc/a"); i.Mode != system.TypeRegular|0o640 || i.Size != 5 {
				t.Errorf("%v %d", i.Mode, i.Size)
			}
		})
	}
}

func TestDevices(t *testing.T) {
	m := Standard(Options{})
	if _, err := m.Open("/dev/tty", system.ReadWrite, 0); err != system.ENXIO {
		t.Errorf("/dev/tty: %v", err)
	}
	full, _ := m.Open("/dev/full", system.WriteOnly, 0)
	if _, err := full.Write([]byte("x")); err != system.ENOSPC {
		t.Errorf("/dev/full: %v", err)
	}
	if got := content(t, m, "/dev/null"); got != "" {
		t.Errorf("/dev/null: %q", got)
	}
	zero, _ := m.Open("/dev/zero", system.ReadOnly, 0)
	b := []byte("xyz")
	if n, err := zero.Read(b); n != 3 || err != nil || string(b) != "\x00\x00\x00" {
		t.Errorf("/dev/zero: %d %v %q", n, err, b)
	}
}

func TestDiskFills(t *testing.T) {
	m := Standard(Options{Capacity: 10_000})
	f, _ := m.Open("/tmp/big", system.WriteOnly|system.Create, 0o600)
	if err := system.WriteAll(f, make([]byte, 20_000)); err != system.ENOSPC {
		t.Error(err)
	}
	if i, _ := f.Stat(); i.Size == 0 || i.Size > 10_000 {
		t.Errorf("%d bytes were written", i.Size)
	}
	m.Unlink("/tmp/big")
	if _, err := m.Open("/tmp/small", system.WriteOnly|system.Create, 0o600); err != nil {
		t.Error(err)
	}
	f.Close()
	g, _ := m.Open("/tmp/small", system.WriteOnly, 0)
	if err := system.WriteAll(g, make([]byte, 1000)); err != nil {
		t.Errorf("the room was not given back: %v", err)
	}
}

func TestUsers(t *testing.T) {
	m := Standard(Options{})
	u := system.Users{Sys: m}
	if x, ok := u.User("www-data"); !ok || x.UID != 33 {
		t.Error(x, ok)
	}
	if ids := u.GroupIDs("user", 1000); !slices.Equal(ids, []int{1000, 4, 50}) {
		t.Error(ids)
	}
}

func TestEffects(t *testing.T) {
	m := Standard(Options{Programs: map[string]Program{"/bin/d": daemon}})
	p := m.Process()
	f, _ := p.Open("/var/run/x", system.WriteOnly|system.Create, 0o666)
	f.Write([]byte("a"))
	f.Write([]byte("b"))
	f.Close()
	p.Chmod("/run/x", 0o600)
	p.Chown("/run/x", 33, -1, true)
	p.Symlink("x", "/run/y")
	p.Rename("/run/y", "/run/z")
	p.Unlink("/run/z")
	m.Sleep(context.Background(), time.Second)
	c, _ := m.Start(p.Command("/bin/d", []string{"/bin/d", "-x"}))
	m.Kill(c.PID(), system.SIGKILL)
	var got []string
	for i, e := range m.Effects() {
		got = append(got, e.String())
		if e.Seq != i+1 || e.Time.IsZero() {
			t.Errorf("%+v", e)
		}
	}
	want := []string{
		"[100] created /run/x: -rw-r--r--", "[100] changed /run/x: written", "[100] mode changed /run/x: 0600", "[100] owner changed /run/x: 33:-1",
		"[100] created /run/y: lrwxrwxrwx -> x", "[100] renamed /run/y: /run/z", "[100] removed /run/z", "[100] slept: 1s",
		"[100] process started 101 /bin/d: /bin/d -x", "[100] signalled 101: KILL", "[101] process ended 101 /bin/d: signal KILL",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestLimits(t *testing.T) {
	m := Standard(Options{Identity: system.Identity{UID: 5, EUID: 5}})
	if err := m.SetLimit(system.LimitOpenFiles, system.Limit{Soft: 10, Hard: 20}); err != nil {
		t.Fatal(err)
	}
	if l, err := m.Limit(system.LimitOpenFiles); err != nil || l != (system.Limit{Soft: 10, Hard: 20}) {
		t.Error(l, err)
	}
	if err := m.SetLimit(system.LimitOpenFiles, system.Limit{Soft: 10, Hard: 30}); err != system.EPERM {
		t.Error(err)
	}
	if err := m.SetLimit(system.LimitOpenFiles, system.Limit{Soft: 21, Hard: 20}); err != system.EINVAL {
		t.Error(err)
	}
	if _, err := m.Limit(99); err != system.EINVAL {
		t.Error(err)
	}
}

var _ system.System = (*Machine)(nil)
var _ Threads = (*Machine)(nil)
