//go:build linux

package confirm

import (
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// initName is the argv[0] by which the program knows that it is a sandbox's
// PID 1.
const initName = "sysv-confirm-init"

// InSandbox is true where this process is PID 1 of a sandbox: main (or a
// test's TestMain) must then call Init and nothing else.
func InSandbox() bool { return len(os.Args) > 0 && os.Args[0] == initName }

// Init is the life of a sandbox's PID 1. It reads a Plan from standard input,
// and writes a Result to standard output. When it ends, the kernel kills what
// is left in the sandbox.
func Init() {
	// Capabilities are dropped for this thread, and it is this thread that
	// forks.
	runtime.LockOSThread()
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

func act(p *Plan, r *Result) error {
	// Nothing that this program inherited is a script's business.
	if err := unix.CloseRange(3, 1<<20, unix.CLOSE_RANGE_CLOEXEC); err != nil {
		return err
	}
	syscall.Umask(0)
	if _, err := unix.Setsid(); err != nil && err != unix.EPERM {
		return err
	}
	if err := enter(p); err != nil {
		return err
	}
	log, err := listenLog()
	if err != nil {
		return err
	}
	w, err := newWatch()
	if err != nil {
		return err
	}
	if err := dropCapabilities(); err != nil {
		return err
	}
	syscall.Umask(0o022)
	n := &normaliser{watch: w, script: map[int]bool{}}
	before := fileState()
	ended := reap()
	for i, s := range p.Steps {
		seen, err := step(i, s, n, ended, before)
		if err != nil {
			return fmt.Errorf("step %s: %w", s.Name, err)
		}
		seen.Log = log.take(n)
		r.Steps = append(r.Steps, seen)
		if seen.Status == timedOut {
			break // everything has been killed: what follows would mean nothing
		}
	}
	return nil
}

// ending is a process that has ended.
type ending struct {
	pid    int
	status syscall.WaitStatus
}

// reap collects every child all the time: a daemon left as a zombie would make
// a stop with --retry wait in vain.
func reap() <-chan ending {
	out := make(chan ending, 1024)
	signals := make(chan os.Signal, 1)
	notifyChild(signals)
	go func() {
		for {
			var status syscall.WaitStatus
			pid, err := syscall.Wait4(-1, &status, 0, nil)
			switch {
			case err == syscall.EINTR:
			case err == syscall.ECHILD:
				// None left: wait for the next to come and end.
				select {
				case <-signals:
				case <-time.After(5 * time.Millisecond):
				}
			case err == nil:
				out <- ending{pid, status}
			}
		}
	}()
	return out
}

// environment is what `service` leaves a script of its caller's.
func environment() []string {
	env := []string{"PATH=/sbin:/usr/sbin:/bin:/usr/bin", "TERM=linux"}
	for name := range strings.FieldsSeq(`LANG LANGUAGE LC_CTYPE LC_NUMERIC LC_TIME LC_COLLATE LC_MONETARY LC_MESSAGES LC_PAPER LC_NAME
LC_ADDRESS LC_TELEPHONE LC_MEASUREMENT LC_IDENTIFICATION LC_ALL`) {
		env = append(env, name+"=")
	}
	return env
}

func step(i int, s Step, n *normaliser, ended <-chan ending, before map[string]string) (Seen, error) {
	name := func(kind string) string { return fmt.Sprintf("/.confirm/%d.%s", i, kind) }
	null, err := os.Open("/dev/null")
	if err != nil {
		return Seen{}, err
	}
	defer null.Close()
	files := []uintptr{null.Fd()}
	for _, kind := range []string{"stdout", "stderr"} {
		f, err := os.OpenFile(name(kind), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o644)
		if err != nil {
			return Seen{}, err
		}
		defer f.Close()
		files = append(files, f.Fd())
	}
	n.watch.take()
	pid, err := start(s.Argv, files)
	if err != nil {
		return Seen{}, fmt.Errorf("%s: %w", s.Argv[0], err)
	}
	n.script[pid] = true
	n.shell = shellWords(s.Argv)
	seen := Seen{Step: s.Name, Status: await(pid, time.Duration(s.Seconds)*time.Second, ended)}

	table := settled()
	seen.Execs = n.watch.take()
	n.readLast()
	seen.Processes = describe(table, n)
	seen.Files = changes(before, fileState(), n)
	for kind, to := range map[string]*string{"stdout": &seen.Stdout, "stderr": &seen.Stderr} {
		text, err := os.ReadFile(name(kind))
		if err != nil {
			return Seen{}, err
		}
		*to = n.text(string(text))
	}
	seen.Calls, err = takeCalls(n)
	return seen, err
}

// start starts a step's shell, in a process group of its own. A machine that
// has no process to spare is tried a few times more.
func start(argv []string, files []uintptr) (int, error) {
	for try := 0; ; try++ {
		pid, err := syscall.ForkExec(argv[0], argv, &syscall.ProcAttr{
			Dir: "/", Env: environment(), Files: files, Sys: &syscall.SysProcAttr{Setpgid: true},
		})
		if err != syscall.EAGAIN || try == 20 {
			return pid, err
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// shellWords are the words of a step's command before the script.
func shellWords(argv []string) []string {
	for i, w := range argv {
		if i > 0 && strings.HasPrefix(w, "/") {
			return argv[:i]
		}
	}
	return argv[:1]
}

// timedOut is the status of a step that the deadline has ended.
const timedOut = "timed out"

// await waits for the script's shell, and at the deadline kills everything.
func await(pid int, limit time.Duration, ended <-chan ending) string {
	deadline := time.After(limit)
	late := false
	for {
		select {
		case e := <-ended:
			if e.pid != pid {
				continue
			}
			switch {
			case late:
				return timedOut
			case e.status.Signaled():
				return "killed by " + unix.SignalName(e.status.Signal())
			}
			return fmt.Sprint(e.status.ExitStatus())
		case <-deadline:
			late = true
			syscall.Kill(-1, syscall.SIGKILL)
		}
	}
}

// takeCalls reads what the stubs have logged since the last step. Their order
// is not compared: two that run at once log in either order.
func takeCalls(n *normaliser) ([]string, error) {
	const file = "/.confirm/calls"
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	if err := os.Truncate(file, 0); err != nil {
		return nil, err
	}
	var calls []string
	for line := range strings.Lines(n.text(string(text))) {
		calls = append(calls, strings.TrimSuffix(line, "\n"))
	}
	slices.Sort(calls)
	var out []string
	for _, c := range calls {
		out = append(out, callLines(c)...)
	}
	return out, nil
}

// callLines splits one call into what was called and, on lines of their own,
// what it inherited; of the environment, only what the script has changed.
func callLines(call string) []string {
	parts := strings.Split(call, "\t")
	out := parts[:1]
	for _, p := range parts[1:] {
		if list, ok := strings.CutPrefix(p, "env="); ok {
			p = "env" + changedEnvironment(list)
		}
		out = append(out, "  "+p)
	}
	return out
}

// changedEnvironment is a list of quoted NAME=VALUE less those that the step
// was given, with those that are gone as "-NAME=VALUE".
func changedEnvironment(list string) string {
	list = " " + list
	var gone strings.Builder
	for _, e := range environment() {
		q := " " + strconv.Quote(e)
		if strings.Contains(list, q+" ") {
			list = strings.Replace(list, q, "", 1)
		} else {
			gone.WriteString(" -" + e)
		}
	}
	return strings.TrimRight(list, " ") + gone.String()
}
