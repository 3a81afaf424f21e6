//go:build linux

package linux

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"sysv/system"
)

// namespace is the prefix that plays a scene as process 1 of a pid namespace.
const namespace = "exec unshare --fork --pid --mount-proc --mount"

func runInNamespace(t *testing.T, name string, env ...string) (string, *os.ProcessState) {
	t.Helper()
	requireRoot(t)
	require(t, "unshare")
	exe, err := os.Executable()
	must(t, err)
	return runScene(t, name, namespace+` "`+exe+`";`, env...)
}

func TestExec(t *testing.T) {
	out, ps := runScene(t, "exec", "ulimit -Sn 321; exec 2>&1;")
	want := "out\nerr\nseven\n/usr\n0027\n321\n0\n1\n2\n7\n4005\nsame\n"
	if out != want || ps.ExitCode() != 7 {
		t.Errorf("got %q %v, want %q", out, ps, want)
	}
}

func TestExecFails(t *testing.T) {
	if out, ps := runScene(t, "exec-fails", ""); out != "alive\n" {
		t.Errorf("%q %v", out, ps)
	}
}

func TestInherited(t *testing.T) {
	d := t.TempDir()
	for _, n := range []string{"5", "12", "30"} {
		write(t, d+"/"+n, "file"+n)
	}
	exe, err := os.Executable()
	must(t, err)
	// dash itself has single figures only, and bash is not everywhere: the
	// descriptors are given by ForkExec.
	files := []uintptr{0, 1, 2, 5: 0, 12: 0, 30: 0}
	for i := range files {
		if i > 2 {
			files[i] = closed
		}
	}
	for _, n := range []int{5, 12, 30} {
		f, err := os.Open(d + "/" + strconv.Itoa(n))
		must(t, err)
		defer f.Close()
		files[n] = f.Fd()
	}
	r, w, err := os.Pipe()
	must(t, err)
	files[1] = w.Fd()
	pid, err := syscall.ForkExec(exe, []string{exe}, &syscall.ProcAttr{Files: files, Env: append(os.Environ(), "LINUX_TEST_SCENE=inherited")})
	must(t, err)
	w.Close()
	out, err := system.ReadAll(r, 0)
	must(t, err)
	wait4(pid, 0)
	if want := "5=file5 12=file12\n30\n30 staged\n"; string(out) != want {
		t.Errorf("got %q, want %q", out, want)
	}
}

func TestDetach(t *testing.T) {
	out, ps := runInNamespace(t, "detach")
	// Its parent is 1, its session is one whose leader has ended, the pid file
	// has its pid; and process 1 finds nothing else to reap.
	if want := "1 PID PID SESSION\n\ntrue 3\nno child processes\n"; out != want {
		t.Errorf("got %q %v, want %q", out, ps, want)
	}
}

func TestSignalsComeInOrder(t *testing.T) {
	if out, ps := runInNamespace(t, "in-order"); out != "true\n" {
		t.Errorf("%q %v", out, ps)
	}
}

func TestPIDFDOfAReusedPID(t *testing.T) {
	if out, ps := runInNamespace(t, "pidfd"); out != "done\n" {
		t.Errorf("%q %v", out, ps)
	}
}

func TestNoProc(t *testing.T) {
	exe, err := os.Executable()
	must(t, err)
	out, ps := runInNamespace(t, "no-proc", "EXE="+exe)
	// The race detector's runtime misses /proc, too, and says so.
	lines := slices.DeleteFunc(strings.Split(out, "\n"), func(l string) bool { return strings.HasPrefix(l, "==") })
	if out := strings.Join(lines, "\n"); out != "true\n19\n" {
		t.Errorf("%q %v", out, ps)
	}
}

func TestPIDFD(t *testing.T) {
	m := New()
	for _, pid := range []int{0, -1} {
		if _, err := m.OpenPID(pid); err != system.EINVAL {
			t.Error(pid, err)
		}
	}
	if _, err := m.OpenPID(1 << 30); err != system.ESRCH {
		t.Error(err)
	}
	p, err := m.Start(command(t, "exec sleep 60"))
	must(t, err)
	for name, open := range map[string]func(int) (system.PIDFD, error){"pidfd": m.OpenPID, "by time": openByTime} {
		h, err := open(p.PID())
		must(t, err)
		ctx, cancel := context.WithCancel(context.Background())
		go func() {
			time.Sleep(20 * time.Millisecond)
			cancel()
		}()
		if err := h.Wait(ctx); err != context.Canceled {
			t.Errorf("%s: %v", name, err)
		}
		if err := h.Wait(ctx); err != context.Canceled {
			t.Errorf("%s: %v", name, err)
		}
		must(t, h.Close())
	}
	h, err := m.OpenPID(p.PID())
	must(t, err)
	ended := make(chan error, 1)
	go func() { ended <- h.Wait(context.Background()) }()
	must(t, h.Signal(system.SIGKILL))
	must(t, <-ended)
	if ws, _ := p.Wait(false); ws.Signal != system.SIGKILL {
		t.Error(ws)
	}
	must(t, h.Close())
	if err := h.Signal(0); err != system.EBADF {
		t.Error(err)
	}
}

func TestLimitOfOpenFiles(t *testing.T) {
	out, ps := runScene(t, "limits", "ulimit -Sn 99; ulimit -Hn 2000;")
	if want := "99 2000\n55\n55\nInvalid argument\n"; out != want {
		t.Errorf("got %q %v, want %q", out, ps, want)
	}
}

func TestIgnoredByInheritance(t *testing.T) {
	for _, c := range []struct{ name, prefix, want string }{
		{"none", "", "\n0000\n0000\n"},
		{"nohup", "trap '' HUP;", "HUP \n0001\n0001\n"},
		{"background job", "trap '' INT QUIT;", "INT QUIT \n0006\n0006\n"},
		// Known difference: the Go runtime does not tell these.
		{"TERM is lost", "trap '' TERM;", "\n0000\n0000\n"},
	} {
		if out, ps := runScene(t, "ignored", c.prefix); out != c.want {
			t.Errorf("%s: got %q %v, want %q", c.name, out, ps, c.want)
		}
	}
}

// endedBy is the signal that ended a process, or its exit status.
func endedBy(ps *os.ProcessState) string {
	ws := ps.Sys().(syscall.WaitStatus)
	if ws.Signaled() {
		return system.Signal(ws.Signal()).Name()
	}
	return strconv.Itoa(ws.ExitStatus())
}

func TestDie(t *testing.T) {
	for _, s := range []system.Signal{
		system.SIGHUP, system.SIGINT, system.SIGQUIT, system.SIGILL, system.SIGABRT, system.SIGFPE, system.SIGKILL, system.SIGUSR1,
		system.SIGSEGV, system.SIGPIPE, system.SIGALRM, system.SIGTERM, system.SIGXFSZ, system.SIGPROF, system.SIGRTMIN, system.SIGRTMAX,
		system.SIGURG, system.SIGCHLD,
	} {
		want := s.Name()
		if s == system.SIGURG || s == system.SIGCHLD {
			want = strconv.Itoa(128 + int(s))
		}
		for _, before := range []string{"", "notify", "ignore"} {
			out, ps := runScene(t, "die", "ulimit -c 0;", fmt.Sprint("SIGNAL=", int(s)), "BEFORE="+before)
			if endedBy(ps) != want || out != "" {
				t.Errorf("%s (%s): got %s %q", s.Name(), before, endedBy(ps), out)
			}
		}
	}
}

// A signal to oneself ends the process before the next command, as dash's
// does: each is compared with dash.
func TestKillSelfAsDash(t *testing.T) {
	require(t, "dash")
	for s := system.Signal(1); s <= system.SIGRTMAX; s++ {
		switch s {
		case system.SIGSTOP, system.SIGTSTP, system.SIGTTIN, system.SIGTTOU, 32, 33:
			continue // stopped, or glibc's own
		}
		out, ps := runScene(t, "kill-self", "ulimit -c 0;", fmt.Sprint("SIGNAL=", int(s)))
		c := exec.Command("dash", "-c", `ulimit -c 0; kill -`+strconv.Itoa(int(s))+` $$; echo "<nil>"; echo survived`)
		want, _ := c.Output()
		if out != string(want) || endedBy(ps) != endedBy(c.ProcessState) {
			t.Errorf("%s: got %q %s, dash %q %s", s.Name(), out, endedBy(ps), want, endedBy(c.ProcessState))
		}
	}
}

func TestNotify(t *testing.T) {
	if out, ps := runScene(t, "notify", ""); out != "Broken pipe\n" {
		t.Errorf("%q %v", out, ps)
	}
}

// Signals from outside end the process as they end dash, with no stack dump.
func TestKilledFromOutside(t *testing.T) {
	exe, err := os.Executable()
	must(t, err)
	for _, s := range []syscall.Signal{
		syscall.SIGHUP, syscall.SIGINT, syscall.SIGQUIT, syscall.SIGTRAP, syscall.SIGABRT, syscall.SIGUSR1, syscall.SIGUSR2,
		syscall.SIGALRM, syscall.SIGTERM, syscall.SIGXCPU, syscall.SIGXFSZ, syscall.SIGVTALRM, syscall.SIGIO, syscall.SIGPWR,
	} {
		c := exec.Command("/bin/sh", "-c", `ulimit -c 0; exec "$0"`, exe)
		c.Env = append(os.Environ(), "LINUX_TEST_SCENE=swallow")
		out, err := c.StdoutPipe()
		must(t, err)
		must(t, c.Start())
		bufio.NewReader(out).ReadString('\n')
		must(t, c.Process.Signal(s))
		c.Wait()
		if endedBy(c.ProcessState) != system.Signal(s).Name() {
			t.Errorf("%v: %s", s, endedBy(c.ProcessState))
		}
	}
}

func TestSleep(t *testing.T) {
	m := New()
	start := m.Now()
	must(t, m.Sleep(context.Background(), 5*time.Millisecond))
	if d := m.Now().Sub(start); d < 5*time.Millisecond {
		t.Error(d)
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Millisecond)
	defer cancel()
	if err := m.Sleep(ctx, time.Hour); err != context.DeadlineExceeded {
		t.Error(err)
	}
	if err := m.Sleep(ctx, 0); err != context.DeadlineExceeded {
		t.Error(err)
	}
}
