package daemon

import (
	"context"
	"io"
	"strings"
	"testing"
	"time"

	"sysv/system"
)

// oneProcess is a machine with one process, whose start time and program
// change when it is opened or asked about.
type oneProcess struct {
	system.System
	start     string
	exe       string
	noPIDFD   bool
	onOpen    func(*oneProcess)
	signalled []system.Signal
	killed    []int
	clock     time.Time
}

// text is a file that is read once.
type text struct {
	system.File
	r *strings.Reader
}

func (f text) Read(p []byte) (int, error) { return f.r.Read(p) }
func (f text) Close() error               { return nil }

func (m *oneProcess) Open(path string, _ system.OpenFlag, _ system.Mode) (system.File, error) {
	if path != "/proc/42/stat" || m.start == "" {
		return nil, system.ENOENT
	}
	line := "42 (sleep)" + strings.Replace(rest, " 121431 ", " "+m.start+" ", 1)
	return text{r: strings.NewReader(line)}, nil
}

func (m *oneProcess) Readlink(path string) (string, error) {
	if path == "/proc/42/exe" {
		return m.exe, nil
	}
	return "", system.ENOENT
}

func (m *oneProcess) OpenPID(pid int) (system.PIDFD, error) {
	if m.noPIDFD {
		return nil, system.ENOSYS
	}
	if m.start == "" {
		return nil, system.ESRCH
	}
	if m.onOpen != nil {
		m.onOpen(m)
	}
	return handle{m}, nil
}

func (m *oneProcess) Kill(pid int, sig system.Signal) error {
	m.killed = append(m.killed, pid)
	return nil
}

func (m *oneProcess) Now() time.Time { return m.clock }
func (m *oneProcess) Sleep(ctx context.Context, d time.Duration) error {
	m.clock = m.clock.Add(d)
	return ctx.Err()
}

type handle struct{ m *oneProcess }

func (h handle) Signal(sig system.Signal) error {
	h.m.signalled = append(h.m.signalled, sig)
	return nil
}
func (h handle) Wait(context.Context) error { return io.EOF }
func (h handle) Close() error               { return nil }

func TestSignalOnlyTheProcessFound(t *testing.T) {
	id := Identity{PID: 42, Start: 121431, Exe: "/usr/sbin/d"}
	cases := []struct {
		name string
		m    oneProcess
		id   Identity
		err  error
		sent int
	}{
		{"the same", oneProcess{start: "121431", exe: "/usr/sbin/d"}, id, nil, 1},
		{"gone", oneProcess{}, id, system.ESRCH, 0},
		{"pid reused", oneProcess{start: "999999", exe: "/usr/sbin/d"}, id, system.ESRCH, 0},
		{"pid reused while it was opened", oneProcess{start: "121431", exe: "/usr/sbin/d", onOpen: func(m *oneProcess) { m.start = "999999" }}, id, system.ESRCH, 0},
		{"another program since", oneProcess{start: "121431", exe: "/usr/sbin/d", onOpen: func(m *oneProcess) { m.exe = "/bin/sh" }}, id, system.ESRCH, 0},
		{"another program, not known by that", oneProcess{start: "121431", exe: "/bin/sh"}, Identity{PID: 42, Start: 121431}, nil, 1},
		{"there only since", oneProcess{start: "121431"}, Identity{PID: 42}, system.ESRCH, 0},
		{"old kernel", oneProcess{start: "121431", exe: "/usr/sbin/d", noPIDFD: true}, id, nil, 1},
		{"old kernel and pid reused", oneProcess{start: "999999", exe: "/usr/sbin/d", noPIDFD: true}, id, system.ESRCH, 0},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			err := Table{&c.m}.Signal(c.id, system.SIGTERM)
			if err != c.err {
				t.Errorf("error %v, want %v", err, c.err)
			}
			if n := len(c.m.signalled) + len(c.m.killed); n != c.sent {
				t.Errorf("%d signals, want %d", n, c.sent)
			}
		})
	}
}

// The clock is the system's: a stop of a process that never ends takes no
// real time on an invented one.
func TestStopWaitsByTheSystemsClock(t *testing.T) {
	m := &oneProcess{start: "121431", clock: time.Unix(1000, 0)}
	steps, err := ParseSchedule("TERM/30/KILL/5", system.SIGTERM)
	if err != nil {
		t.Fatal(err)
	}
	s := Stop{Finder: NewFinder(&system.Process{Sys: m}, Criteria{PID: 42}), Schedule: steps}
	r, err := s.Run(context.Background())
	if err != nil || r.Left != 1 || !r.Signalled {
		t.Errorf("%+v %v", r, err)
	}
	if d := m.clock.Sub(time.Unix(1000, 0)); d != 35*time.Second {
		t.Errorf("it took %v, want 35s", d)
	}
}

func TestStopEndsWithItsContext(t *testing.T) {
	m := &oneProcess{start: "121431", clock: time.Unix(1000, 0)}
	ctx, stop := context.WithCancel(context.Background())
	stop()
	s := Stop{Finder: NewFinder(&system.Process{Sys: m}, Criteria{PID: 42}), Schedule: []Step{{Again, 0}}}
	s.Schedule = []Step{{Send, 15}, {Await, 1}, {Again, 0}}
	if _, err := s.Run(ctx); err != context.Canceled {
		t.Error(err)
	}
}
