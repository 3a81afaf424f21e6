package simulated

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"sysv/system"
)

func TestSleepTakesNoRealTime(t *testing.T) {
	m := Standard(Options{})
	begun, real := m.Now(), time.Now()
	if err := m.Sleep(context.Background(), 1000*time.Hour); err != nil {
		t.Fatal(err)
	}
	if d := m.Now().Sub(begun); d != 1000*time.Hour {
		t.Errorf("the clock moved by %v", d)
	}
	if d := time.Since(real); d > 5*time.Second {
		t.Errorf("it took %v", d)
	}
}

func TestSleepHeedsItsContext(t *testing.T) {
	m := Standard(Options{})
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	begun := m.Now()
	if err := m.Sleep(ctx, time.Hour); err != context.Canceled {
		t.Errorf("got %v", err)
	}
	if !m.Now().Equal(begun) {
		t.Error("the clock moved")
	}
	ctx, cancel = m.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if err := m.Sleep(ctx, Forever); err != context.Canceled || context.Cause(ctx) != context.DeadlineExceeded {
		t.Errorf("got %v, %v", err, context.Cause(ctx))
	}
	if d := m.Now().Sub(begun); d != time.Minute {
		t.Errorf("the clock moved by %v", d)
	}
}

// TestSleepersWakeInOrder has several goroutines of one process sleep.
func TestSleepersWakeInOrder(t *testing.T) {
	for range 50 {
		m := Standard(Options{})
		begun := m.Now()
		m.AddThreads(3) // beside the test's own, which ends at once
		m.AddThreads(-1)
		var mu sync.Mutex
		var got []time.Duration
		var wg sync.WaitGroup
		for _, d := range []time.Duration{10, 1, 5} {
			wg.Go(func() {
				m.Sleep(context.Background(), d*time.Second)
				mu.Lock()
				got = append(got, m.Now().Sub(begun)/time.Second)
				mu.Unlock()
				m.AddThreads(-1)
			})
		}
		wg.Wait()
		if !slices.Equal(got, []time.Duration{1, 5, 10}) {
			t.Fatalf("they woke at %v", got)
		}
	}
}

// TestProcessesTakeTurns runs two models that sleep and write, and wants the
// same log every time.
func TestProcessesTakeTurns(t *testing.T) {
	ticker := func(every time.Duration, times int) Program {
		return func(ctx context.Context, p *system.Process, args []string) int {
			for range times {
				p.Sys.Sleep(ctx, every)
				f, err := p.Open("/tmp/log", system.WriteOnly|system.Create|system.Append, 0o644)
				if err != nil {
					return 1
				}
				system.WriteAll(f, []byte(args[1]))
				f.Close()
			}
			return 0
		}
	}
	for range 50 {
		m := Standard(Options{Programs: map[string]Program{"/bin/two": ticker(2*time.Second, 5), "/bin/three": ticker(3*time.Second, 3)}})
		a := start(t, m, "/bin/two", "2")
		b := start(t, m, "/bin/three", "3")
		begun := m.Now()
		for _, c := range []system.Child{a, b} {
			if ws, err := c.Wait(false); err != nil || ws.Status() != 0 {
				t.Fatal(ws, err)
			}
		}
		if d := m.Now().Sub(begun); d != 10*time.Second {
			t.Fatalf("it took %v", d)
		}
		// 2 3 4 (6: three's sleep was begun first) 8 9 10
		if got := content(t, m, "/tmp/log"); got != "23232232" && got != "23223232" {
			t.Fatalf("the log is %q", got)
		} else if want := "23232232"; got != want {
			t.Fatalf("the log is %q, and was %q before", got, want)
		}
	}
}

// TestModelThatWaitsOutside has a model that waits for its context alone,
// which the machine cannot see.
func TestModelThatWaitsOutside(t *testing.T) {
	m := Standard(Options{Programs: map[string]Program{
		"/usr/sbin/d": func(ctx context.Context, p *system.Process, args []string) int { <-ctx.Done(); return 7 },
	}})
	c := start(t, m, "/usr/sbin/d")
	m.Sleep(context.Background(), time.Hour)
	if err := m.Kill(c.PID(), system.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if ws, err := c.Wait(false); err != nil || ws.Status() != 7 {
		t.Fatal(ws, err)
	}
}

// TestPollingLoopLetsOthersRun has the first process poll without a sleep for
// what another does.
func TestPollingLoopLetsOthersRun(t *testing.T) {
	m := Standard(Options{CallTime: time.Microsecond, Programs: map[string]Program{
		"/bin/late": func(ctx context.Context, p *system.Process, args []string) int {
			p.Sys.Sleep(ctx, 10*time.Millisecond)
			p.Mkdir("/tmp/done", 0o755)
			return 0
		},
	}})
	start(t, m, "/bin/late")
	for range 1_000_000 {
		if _, err := m.Stat("/tmp/done"); err == nil {
			return
		}
	}
	t.Error("it never came to pass")
}

func start(t *testing.T, m *Machine, argv ...string) system.Child {
	t.Helper()
	p := m.Process()
	defer p.Files.CloseAll()
	c, err := m.Start(p.Command(argv[0], argv))
	if err != nil {
		t.Fatalf("start %v: %v", argv, err)
	}
	return c
}

func content(t *testing.T, s system.Files, path string) string {
	t.Helper()
	f, err := s.Open(path, system.ReadOnly, 0)
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	defer f.Close()
	b, err := system.ReadAll(f, 0)
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return string(b)
}
