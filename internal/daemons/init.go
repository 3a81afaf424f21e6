//go:build linux

package daemons

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// The argv[0] by which the program knows that it is a sandbox's PID 1, or that
// of the namespace in which the packages are installed.
const (
	initName    = "sysv-daemons-init"
	installName = "sysv-daemons-install"
)

// InSandbox tells whether this process is PID 1 of a sandbox: main must then
// call Init and nothing else.
func InSandbox() bool { return os.Args[0] == initName || os.Args[0] == installName }

// Init is the life of a sandbox's PID 1. It reads a Plan from standard input,
// and writes a Result to standard output. When it ends, the kernel kills what
// is left in the sandbox.
func Init() {
	runtime.LockOSThread() // capabilities are a thread's, and it is this one that forks
	if os.Args[0] == installName {
		os.Exit(installInside(os.Args[1:]))
	}
	var p Plan
	var r Result
	if err := json.NewDecoder(os.Stdin).Decode(&p); err != nil {
		r.Err = "plan: " + err.Error()
	} else if err := act(&p, &r); err != nil {
		r.Err = err.Error()
	}
	if err := json.NewEncoder(os.Stdout).Encode(&r); err != nil {
		os.Exit(3)
	}
	os.Exit(0)
}

// sandbox is what PID 1 knows.
type sandbox struct {
	plan    *Plan
	layers  layers
	before  map[string]bool // lines of files before the first step
	null    *os.File
	out     [2]*pipe // what the steps write to stdout and stderr
	started map[string]int
	begun   map[string]time.Time

	lock  sync.Mutex
	ended map[int]syscall.WaitStatus
}

func act(p *Plan, r *Result) error {
	if err := unix.CloseRange(3, 1<<20, unix.CLOSE_RANGE_CLOEXEC); err != nil {
		return err
	}
	if _, err := unix.Setsid(); err != nil && err != unix.EPERM {
		return err
	}
	syscall.Umask(0)
	at, err := enter(p)
	if err != nil {
		return err
	}
	if p.Comm != "" {
		if err := os.WriteFile("/proc/1/comm", []byte(p.Comm), 0); err != nil {
			return err
		}
	}
	if err := dropCapabilities(); err != nil {
		return err
	}
	syscall.Umask(0o022)
	// A soft limit below the hard one, as systems have it: Go's runtime raises
	// it for itself, which no daemon of ours may inherit.
	if err := syscall.Setrlimit(syscall.RLIMIT_NOFILE, &syscall.Rlimit{Cur: 1024, Max: 4096}); err != nil {
		return err
	}
	s := &sandbox{plan: p, layers: at, before: map[string]bool{}, started: map[string]int{}, begun: map[string]time.Time{}, ended: map[int]syscall.WaitStatus{}}
	if s.null, err = os.Open("/dev/null"); err != nil {
		return err
	}
	for i := range s.out {
		if s.out[i], err = newPipe(); err != nil {
			return err
		}
	}
	for _, f := range s.files() {
		s.before[f] = true
	}
	go s.reap()
	for _, o := range p.Ops {
		seen, err := s.step(o)
		if err != nil {
			return fmt.Errorf("step %s: %w", o.Name, err)
		}
		if !o.Unseen {
			r.Steps = append(r.Steps, seen)
		}
		if seen.Status == timedOut {
			break // everything has been killed: what follows would mean nothing
		}
	}
	return nil
}

// reap collects every child all the time: a daemon left as a zombie would make
// a stop with --retry wait in vain.
func (s *sandbox) reap() {
	for {
		var status syscall.WaitStatus
		pid, err := syscall.Wait4(-1, &status, 0, nil)
		if err == syscall.ECHILD {
			time.Sleep(2 * time.Millisecond)
		}
		if err == nil {
			s.lock.Lock()
			s.ended[pid] = status
			s.lock.Unlock()
		}
	}
}

func (s *sandbox) hasEnded(pid int) (syscall.WaitStatus, bool) {
	s.lock.Lock()
	defer s.lock.Unlock()
	status, ok := s.ended[pid]
	return status, ok
}

// pipe is one whose reading end this process has: what is written is read
// while it waits for the writer.
type pipe struct {
	r, w  int
	inode string // as /proc/PID/fd shows it
	buf   bytes.Buffer
}

func newPipe() (*pipe, error) {
	var fds [2]int
	if err := unix.Pipe2(fds[:], unix.O_CLOEXEC); err != nil {
		return nil, err
	}
	if err := unix.SetNonblock(fds[0], true); err != nil {
		return nil, err
	}
	inode, err := os.Readlink(fmt.Sprintf("/proc/self/fd/%d", fds[1]))
	if err != nil {
		return nil, err
	}
	return &pipe{r: fds[0], w: fds[1], inode: inode}, nil
}

// drain reads what is there.
func (p *pipe) drain() {
	b := make([]byte, 4096)
	for {
		n, err := unix.Read(p.r, b)
		if n <= 0 || err != nil {
			return
		}
		p.buf.Write(b[:n])
	}
}

func (p *pipe) take() string {
	p.drain()
	text := p.buf.String()
	p.buf.Reset()
	return text
}

// tick is how often what is waited for is looked at.
const tick = 10 * time.Millisecond

func (s *sandbox) wait() {
	time.Sleep(tick)
	for _, p := range s.out {
		p.drain()
	}
}

// timedOut is the status of a step that the deadline has ended.
const timedOut = "timed out"

// await waits for a process, and at the deadline kills everything.
func (s *sandbox) await(pid int, seconds float64) string {
	deadline := time.Now().Add(duration(seconds))
	for {
		status, ok := s.hasEnded(pid)
		switch {
		case ok && status.Signaled():
			return "killed by " + unix.SignalName(status.Signal())
		case ok:
			return fmt.Sprint(status.ExitStatus())
		case time.Now().After(deadline):
			syscall.Kill(-1, syscall.SIGKILL)
			return timedOut
		}
		s.wait()
	}
}

func duration(seconds float64) time.Duration { return time.Duration(seconds * float64(time.Second)) }

func (s *sandbox) start(o Op) error {
	argv := o.Argv
	pid, err := syscall.ForkExec(argv[0], argv, &syscall.ProcAttr{
		Dir: "/", Env: environment(), Sys: &syscall.SysProcAttr{Setpgid: true},
		Files: []uintptr{s.null.Fd(), uintptr(s.out[0].w), uintptr(s.out[1].w)},
	})
	if err != nil {
		return fmt.Errorf("%s: %w", argv[0], err)
	}
	s.started[o.Name] = pid
	s.begun[o.Name] = time.Now()
	return nil
}

// environment is what service(8) gives a script: of its caller's these names,
// those that are not set as empty.
func environment() []string {
	env := []string{"PATH=/sbin:/usr/sbin:/bin:/usr/bin", "TERM=linux", "LANG=C"}
	for name := range strings.FieldsSeq(`LANGUAGE LC_CTYPE LC_NUMERIC LC_TIME LC_COLLATE LC_MONETARY LC_MESSAGES LC_PAPER LC_NAME LC_ADDRESS
LC_TELEPHONE LC_MEASUREMENT LC_IDENTIFICATION LC_ALL`) {
		env = append(env, name+"=")
	}
	return env
}

func (s *sandbox) step(o Op) (Seen, error) {
	seen := Seen{Step: o.Name}
	switch o.Kind {
	case opRun:
		if err := s.start(o); err != nil {
			return seen, err
		}
		seen.Status = s.await(s.started[o.Name], o.Seconds)
	case opStart:
		if err := s.start(o); err != nil {
			return seen, err
		}
	case opUntil:
		deadline := time.Now().Add(duration(o.Seconds))
		for {
			if _, err := os.Stat(o.Path); err == nil {
				break
			}
			if time.Now().After(deadline) {
				seen.Status = "no " + o.Path
				break
			}
			s.wait()
		}
	case opSignal:
		pid := s.started[o.To]
		if o.Group {
			pid = -pid
		}
		if err := syscall.Kill(pid, syscall.Signal(o.Signal)); err != nil {
			seen.Status = err.Error()
		}
		s.begun[o.To] = time.Now()
	case opAwait:
		seen.Status = s.await(s.started[o.To], o.Seconds)
		seen.Took = fmt.Sprintf("%.0f s", time.Since(s.begun[o.To]).Seconds())
	case opKillAll:
		if err := syscall.Kill(-1, syscall.SIGKILL); err != nil && err != syscall.ESRCH {
			return seen, err
		}
	case opRename:
		if err := os.Rename(o.Path, o.To); err != nil {
			seen.Status = err.Error()
		}
	case opPause:
		time.Sleep(duration(o.Seconds))
	case opCount:
		seen.Status = countLines(o.Path) + ", " + countLines(o.To)
	default:
		return seen, fmt.Errorf("what is %q?", o.Kind)
	}
	if !o.Unseen {
		s.look(&seen)
	}
	return seen, nil
}

func countLines(path string) string {
	text, err := os.ReadFile(path)
	if err != nil {
		return "no " + path
	}
	return fmt.Sprintf("%s has %d lines", path, strings.Count(string(text), "\n"))
}
