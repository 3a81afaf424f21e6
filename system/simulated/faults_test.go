package simulated

import (
	"context"
	"testing"

	"sysv/system"
)

func TestReadOnlyParts(t *testing.T) {
	m := Standard(Options{Faults: Faults{ReadOnly: []string{"/"}, Writable: []string{"/run", "/tmp"}}})
	m.WriteFile("/etc/thing", 0o644, "x")
	_, open := m.Open("/etc/thing", system.WriteOnly, 0)
	_, create := m.Open("/etc/new", system.WriteOnly|system.Create, 0o644)
	for name, err := range map[string]error{
		"open": open, "create": create, "mkdir": m.Mkdir("/var/x", 0o755), "unlink": m.Unlink("/etc/thing"), "rmdir": m.Rmdir("/srv"),
		"rename": m.Rename("/etc/thing", "/etc/other"), "link": m.Link("/etc/thing", "/etc/l", false), "symlink": m.Symlink("x", "/etc/s"),
		"chmod": m.Chmod("/etc/thing", 0o600), "chown": m.Chown("/etc/thing", 1, 1, true), "truncate": m.Truncate("/etc/thing", 0),
	} {
		if err != system.EROFS {
			t.Errorf("%s: %v", name, err)
		}
	}
	if content(t, m, "/etc/thing") != "x" {
		t.Error("it was changed")
	}
	if err := m.Mkdir("/run/x", 0o755); err != nil {
		t.Error(err)
	}
	if f, err := m.Open("/dev/null", system.WriteOnly, 0); err != nil {
		t.Error(err)
	} else if _, err := f.Write([]byte("x")); err != nil {
		t.Error(err)
	}
}

func TestFullParts(t *testing.T) {
	m := Standard(Options{Faults: Faults{Full: []string{"/var"}}})
	f, err := m.Open("/var/log/x", system.WriteOnly|system.Create, 0o644)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Write([]byte("x")); err != system.ENOSPC {
		t.Errorf("write: %v", err)
	}
	if err := f.Truncate(10); err != system.ENOSPC {
		t.Errorf("truncate: %v", err)
	}
	if f, err = m.Open("/run/x", system.WriteOnly|system.Create, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Write([]byte("x")); err != nil {
		t.Error(err)
	}
}

// TestPlanted has processes that were there before: one under a pid that was
// another's, one in a container.
func TestPlanted(t *testing.T) {
	m := Standard(Options{Programs: map[string]Program{"/usr/sbin/d": func(ctx context.Context, p *system.Process, _ []string) int { Pause(ctx, p); return 0 }}})
	c := start(t, m, "/usr/sbin/d")
	if _, err := m.Plant(Planted{PID: c.PID(), Path: "/usr/sbin/d"}); err != system.EEXIST {
		t.Errorf("a pid that is in use: %v", err)
	}
	m.Kill(c.PID(), system.SIGKILL)
	c.Wait(false)
	m.AddProgram("/usr/bin/other")
	pid, err := m.Plant(Planted{PID: c.PID(), Path: "/usr/bin/other", UID: 7})
	if err != nil || pid != c.PID() {
		t.Fatal(pid, err)
	}
	inside, err := m.Plant(Planted{Path: "/usr/sbin/d", Container: true})
	if err != nil {
		t.Fatal(err)
	}
	ns := func(pid int) string {
		s, err := m.Readlink("/proc/" + itoa(pid) + "/ns/pid")
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	if exe, _ := m.Readlink("/proc/" + itoa(pid) + "/exe"); exe != "/usr/bin/other" || ns(pid) != ns(m.Getpid()) {
		t.Errorf("%s in %s", exe, ns(pid))
	}
	mine, _ := m.Stat("/usr/sbin/d")
	if its, err := m.Stat("/proc/" + itoa(inside) + "/exe"); err != nil || its.SameFile(mine) || ns(inside) == ns(m.Getpid()) {
		t.Errorf("the container's program is the machine's: %v", err)
	}
	if len(m.Effects()) != 3 { // started, signalled, ended, and nothing of what was planted
		t.Errorf("%v", m.Effects())
	}
	m.Close()
}

// TestOutside has a first process that the others cannot see.
func TestOutside(t *testing.T) {
	m := Standard(Options{Outside: true, Programs: map[string]Program{"/bin/killer": func(_ context.Context, p *system.Process, _ []string) int {
		if p.Sys.Kill(100, system.SIGKILL) != system.ESRCH {
			return 1
		}
		p.Sys.Kill(-1, system.SIGKILL)
		if _, err := p.Sys.Stat("/proc/100"); err != system.ENOENT {
			return 2
		}
		if l, err := p.Sys.ReadDir("/proc"); err != nil || len(l) == 0 || l[0].Name == "100" {
			return 3
		}
		return 0
	}}})
	if ws, err := start(t, m, "/bin/killer").Wait(false); err != nil || ws.Status() != 0 {
		t.Error(ws, err)
	}
	if _, ended := m.Ended(); ended {
		t.Error("it was killed")
	}
}

// writer makes files a, b and c, one after the other.
func writer(_ context.Context, p *system.Process, _ []string) int {
	for _, name := range []string{"a", "b", "c"} {
		p.Sys.Stat("/tmp/" + name)
		p.Mkdir("/tmp/"+name, 0o755)
	}
	return 0
}

func TestHalt(t *testing.T) {
	there := func(m *Machine) (s string) {
		for _, name := range []string{"a", "b", "c"} {
			if _, err := m.Stat("/tmp/" + name); err == nil {
				s += name
			}
		}
		return s
	}
	all := func(ProcessInfo) bool { return true }
	for _, c := range []struct {
		name, want string
		halt       Halt
	}{
		{"killed after the second effect", "ab", Halt{After: 2, Kill: true}},
		{"held after the first", "a", Halt{After: 1}},
		{"held before the call of the third", "ab", Halt{Before: 7}},
	} {
		m := Standard(Options{Patient: true, Programs: map[string]Program{"/bin/writer": writer}})
		m.CountCalls(all)
		c.halt.Counts = all
		m.SetHalt(&c.halt)
		child := start(t, m, "/bin/writer")
		m.Sleep(context.Background(), 1)
		if got := there(m); got != c.want {
			t.Errorf("%s: %s", c.name, got)
		}
		m.SetHalt(nil)
		m.Release()
		ws, err := child.Wait(false)
		if killed := ws.Signal == system.SIGKILL; err != nil || killed != c.halt.Kill {
			t.Errorf("%s: %v, %v", c.name, ws, err)
		}
		if got := there(m); !c.halt.Kill && got != "abc" {
			t.Errorf("%s: then %s", c.name, got)
		}
	}
}

func TestCallsAndStop(t *testing.T) {
	m := Standard(Options{Patient: true, Programs: map[string]Program{"/bin/busy": func(_ context.Context, p *system.Process, _ []string) int {
		for {
			p.Sys.Stat("/nothing")
		}
	}}})
	m.SetCalls(1000)
	child := start(t, m, "/bin/busy")
	if ws, err := child.Wait(false); err != nil || ws.Signal != system.SIGKILL {
		t.Error(ws, err)
	}
	if m.Stopped() != "calls" {
		t.Error(m.Stopped())
	}
	p := m.Process()
	if _, err := m.Start(p.Command("/bin/busy", []string{"busy"})); err != system.EAGAIN {
		t.Errorf("a machine that was stopped starts a process: %v", err)
	}
}

// TestFork has a daemon that leaves its session and parent behind.
func TestFork(t *testing.T) {
	m := Standard(Options{Programs: map[string]Program{"/usr/sbin/d": func(_ context.Context, p *system.Process, _ []string) int {
		p.Sys.(Locator).Locate("/etc/init.d/d", 42)
		p.Sys.(Forker).Fork(p, true, func(ctx context.Context, p *system.Process, _ []string) int {
			p.Sys.(Forker).SetIdentity(system.Identity{UID: 1, GID: 1})
			Pause(ctx, p)
			return 0
		})
		return 0
	}}})
	start(t, m, "/usr/sbin/d").Wait(false)
	m.Sleep(context.Background(), 1)
	l := m.Processes()
	if len(l) != 1 || l[0].PPID != 1 || l[0].Session == l[0].PID || l[0].Path != "/usr/sbin/d" || l[0].UID != 1 {
		t.Errorf("%+v", l)
	}
	for _, e := range m.Effects() {
		if e.Kind == ProcessStarted && e.Target == l[0].PID && (e.File != "/etc/init.d/d" || e.Line != 42) {
			t.Errorf("%+v", e)
		}
	}
	m.Close()
}
