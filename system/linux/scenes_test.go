//go:build linux

package linux

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sys/unix"

	"sysv/system"
)

// scenes are what the test binary does in a process of its own.
func scenes() map[string]func(*Machine) {
	return map[string]func(*Machine){
		"epipe":       sceneEPIPE,
		"close-stdio": sceneCloseStdio,
		"exec":        sceneExec,
		"exec-fails":  sceneExecFails,
		"inherited":   sceneInherited,
		"detach":      sceneDetach,
		"pidfd":       scenePIDFD,
		"limits":      sceneLimits,
		"ignored":     sceneIgnored,
		"die":         sceneDie,
		"kill-self":   sceneKillSelf,
		"notify":      sceneNotify,
		"in-order":    sceneInOrder,
		"swallow":     sceneWait,
		"no-proc":     sceneNoProc,
	}
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "scene:", err)
		os.Exit(98)
	}
}

func require0(ok bool, what string) {
	if !ok {
		fmt.Fprintln(os.Stderr, "scene: not so:", what)
		os.Exit(97)
	}
}

func sceneCommand(m *Machine, script string) *system.Command {
	std := m.Stdio()
	return &system.Command{
		Path: "/bin/sh", Args: []string{"sh", "-c", script}, Env: []string{"PATH=/usr/bin:/bin"},
		Dir: "/", Umask: m.Umask(), Files: std[:],
	}
}

// waitSoon waits for an end that is certain.
func waitSoon(h system.PIDFD) error {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	return h.Wait(ctx)
}

func sceneEPIPE(m *Machine) {
	r, w, err := m.Pipe()
	check(err)
	check(r.Close())
	check(unix.Dup2(w.(*File).FD(), 1))
	if _, err := m.Stdio()[1].Write([]byte("x")); err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
}

func sceneCloseStdio(m *Machine) {
	for _, f := range m.Stdio() {
		check(f.Close())
	}
	f, err := m.Open("/etc/passwd", system.ReadOnly, 0)
	if err != nil || f.(*File).FD() < 3 {
		os.Exit(1)
	}
	for fd := range 3 {
		if _, err := adopt(fd).Write([]byte("x")); err != system.EBADF {
			os.Exit(2)
		}
		if _, err := adopt(fd).Read(make([]byte, 1)); err != system.EBADF {
			os.Exit(3)
		}
	}
}

// sceneExec has file 1 and 2 exchanged, a copy at 7, all else closed, and every
// attribute that a shell gives to exec.
func sceneExec(m *Machine) {
	std := m.Stdio()
	c := sceneCommand(m, `echo out; echo err >&2; echo seven >&7; pwd; umask; ulimit -n; ulimit -c
		cd /proc/$$/fd; for i in 0 1 2 3 4 5 6 7 8; do [ -e $i ] && echo $i; done; sed -n 's/^SigIgn:.*\(....\)$/\1/p' /proc/$$/status
		[ $$ = $PID ] && echo same; exit 7`)
	c.Env = append(c.Env, "PID="+strconv.Itoa(m.Getpid()))
	c.Files = []system.File{nil, std[2], std[1], 7: std[1]}
	c.Dir, c.Umask = "/usr", 0o27
	c.Limits = map[system.Resource]system.Limit{system.LimitCore: {Soft: 0, Hard: 0}}
	c.Ignored = []system.Signal{system.SIGHUP, system.SIGTERM}
	m.Ignore(system.SIGQUIT, system.SIGUSR1)
	c.Restored = []system.Signal{system.SIGUSR1}
	check(m.Exec(c))
}

func sceneExecFails(m *Machine) {
	dir, err := os.MkdirTemp("", "exec")
	check(err)
	defer os.RemoveAll(dir)
	check(os.WriteFile(dir+"/script", []byte("echo x\n"), 0o755))
	check(os.WriteFile(dir+"/plain", []byte("echo x\n"), 0o644))
	cwd, _ := os.Getwd()
	before, err := m.Limit(system.LimitCore)
	check(err)
	for path, want := range map[string]error{
		dir + "/script": system.ENOEXEC, dir + "/plain": system.EACCES, dir + "/none": system.ENOENT, dir: system.EACCES,
	} {
		c := sceneCommand(m, ":")
		c.Path, c.Files, c.Umask = path, nil, 0o77
		c.Limits = map[system.Resource]system.Limit{system.LimitCore: {Soft: 0, Hard: before.Hard}}
		c.Ignored = []system.Signal{system.SIGTERM}
		err := m.Exec(c)
		require0(err == want, fmt.Sprint(path, ": ", err))
	}
	after, err := m.Limit(system.LimitCore)
	check(err)
	now, _ := os.Getwd()
	require0(before == after, "limit restored")
	require0(now == cwd, "directory kept")
	require0(!m.Ignored(system.SIGTERM), "signal restored")
	require0(system.Mode(unix.Umask(0o22)) == m.Umask(), "umask kept")
	fmt.Println("alive")
}

func sceneInherited(m *Machine) {
	var l []string
	for fd := range 20 {
		if f, ok := m.Inherited(fd); ok {
			b, err := system.ReadAll(f, 0)
			check(err)
			l = append(l, fmt.Sprint(fd, "=", strings.TrimSpace(string(b))))
			_, again := m.Inherited(fd)
			require0(!again, "adopted once")
		}
	}
	fmt.Println(strings.Join(l, " "))
	// What was adopted belongs to the list of files only; what was not, 30,
	// is handed on.
	p, err := m.Start(sceneCommand(m, "cd /proc/$$/fd; for i in 3 5 12 30; do [ -e $i ] && echo $i; done"))
	check(err)
	p.Wait(false)
	c := sceneCommand(m, "cd /proc/$$/fd; for i in 3 5 12 30; do [ -e $i ] && echo $i staged; done")
	c.Nice = 1
	p, err = m.Start(c)
	check(err)
	p.Wait(false)
}

// sceneDetach runs as process 1 of a pid namespace.
func sceneDetach(m *Machine) {
	require0(m.Getpid() == 1, "process 1")
	dir, err := os.MkdirTemp("", "detach")
	check(err)
	defer os.RemoveAll(dir)
	c := sceneCommand(m, `echo "$PPID $$ $(cat `+dir+`/pid) $(cut -d' ' -f6 /proc/$$/stat)" >&3
		exec 3>&-; read x <&4; exit 3`)
	r, w, err := m.Pipe()
	check(err)
	goR, goW, err := m.Pipe()
	check(err)
	c.Files = []system.File{nil, nil, m.Stdio()[2], w, goR}
	c.Detach, c.Setsid, c.PIDFile = true, true, dir+"/pid"
	p, err := m.Start(c)
	check(err)
	check(w.Close())
	said, err := system.ReadAll(r, 0)
	check(err)
	_, err = p.Wait(false)
	require0(err == system.ECHILD, "a detached process is no child")
	check(goW.Close())
	check(goR.Close())
	pid := strconv.Itoa(p.PID())
	text := strings.ReplaceAll(string(said), pid, "PID")
	if f := strings.Fields(text); len(f) == 4 && atoi(f[3]) > 1 && unix.Kill(atoi(f[3]), 0) == unix.ESRCH {
		text = strings.Replace(text, f[3], "SESSION", 1)
	}
	fmt.Println(text)
	// Process 1 has this one to reap and no other.
	for {
		var ws unix.WaitStatus
		got, err := unix.Wait4(-1, &ws, 0, nil)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(got == p.PID(), ws.ExitStatus())
	}
}

// sceneInOrder tells whether a child's signal has come when one that this
// process sends itself after the child's end has: all but always, since the
// kernel may give the two to different threads.
func sceneInOrder(m *Machine) {
	const last = system.SIGRTMAX - 1
	in := make(chan system.Signal, 8)
	m.Notify(in, system.SIGUSR1, last)
	seen := 0
	for range 200 {
		p, err := m.Start(sceneCommand(m, "kill -USR1 $PPID"))
		check(err)
		_, err = p.Wait(false)
		check(err)
		check(m.Kill(m.Getpid(), last))
		first := <-in
		require0(<-in != first, "each comes once")
		if first == system.SIGUSR1 {
			seen++
		}
	}
	fmt.Println(seen >= 190)
}

// scenePIDFD runs in a pid namespace, where pids can be chosen.
func scenePIDFD(m *Machine) {
	p, err := m.Start(sceneCommand(m, "exec sleep 60"))
	check(err)
	h, err := m.OpenPID(p.PID())
	check(err)
	old, err := openByTime(p.PID())
	check(err)
	check(h.Signal(0))
	check(old.Signal(0))
	check(h.Signal(system.SIGTERM))
	for _, h := range []system.PIDFD{h, old} {
		check(waitSoon(h))
		require0(h.Signal(0) == system.ESRCH, "a zombie is past signals")
	}
	p.Wait(false)
	// Another process gets the same pid, later than a clock tick.
	time.Sleep(3 * tick)
	check(os.WriteFile("/proc/sys/kernel/ns_last_pid", []byte(strconv.Itoa(p.PID()-1)), 0o644))
	q, err := m.Start(sceneCommand(m, "exec sleep 60"))
	check(err)
	require0(q.PID() == p.PID(), "the same pid again")
	check(m.Kill(p.PID(), 0))
	for _, h := range []system.PIDFD{h, old} {
		require0(h.Signal(system.SIGKILL) == system.ESRCH, "the handle means the old process")
		check(waitSoon(h))
		check(h.Close())
	}
	check(m.Kill(q.PID(), system.SIGKILL))
	ws, _ := q.Wait(false)
	require0(ws.Signal == system.SIGKILL, "the new process was left alone")
	_, err = m.OpenPID(q.PID())
	require0(err == system.ESRCH, "no such process")
	fmt.Println("done")
}

func sceneLimits(m *Machine) {
	l, err := m.Limit(system.LimitOpenFiles)
	check(err)
	fmt.Println(l.Soft, l.Hard)
	check(m.SetLimit(system.LimitOpenFiles, system.Limit{Soft: 55, Hard: l.Hard}))
	l, err = m.Limit(system.LimitOpenFiles)
	check(err)
	fmt.Println(l.Soft)
	p, err := m.Start(sceneCommand(m, "ulimit -n"))
	check(err)
	p.Wait(false)
	fmt.Println(m.SetLimit(system.LimitOpenFiles, system.Limit{Soft: 10, Hard: 5}))
}

func sceneIgnored(m *Machine) {
	for s := system.Signal(1); s < system.SignalCount; s++ {
		// 32 and 33 are the C library's own: make leaves them ignored in what
		// it starts.
		if m.Ignored(s) && s != 32 && s != 33 {
			fmt.Print(s.Name(), " ")
		}
	}
	fmt.Println()
	p, err := m.Start(sceneCommand(m, "sed -n 's/^SigIgn:.*\\(....\\)$/\\1/p' /proc/$$/status"))
	check(err)
	p.Wait(false)
	c := sceneCommand(m, "sed -n 's/^SigIgn:.*\\(....\\)$/\\1/p' /proc/$$/status")
	c.Nice = 1
	p, err = m.Start(c)
	check(err)
	p.Wait(false)
}

func sceneDie(m *Machine) {
	n, _ := strconv.Atoi(os.Getenv("SIGNAL"))
	c := make(chan system.Signal, 1)
	switch os.Getenv("BEFORE") {
	case "notify":
		m.Notify(c, system.Signal(n))
	case "ignore":
		m.Ignore(system.Signal(n))
	}
	m.Die(system.Signal(n))
}

func sceneKillSelf(m *Machine) {
	n, _ := strconv.Atoi(os.Getenv("SIGNAL"))
	fmt.Println(m.Kill(m.Getpid(), system.Signal(n)))
	fmt.Println("survived")
}

func sceneNotify(m *Machine) {
	for _, s := range []system.Signal{
		system.SIGHUP, system.SIGINT, system.SIGQUIT, system.SIGUSR1, system.SIGALRM, system.SIGTERM, system.SIGCHLD, system.SIGPIPE, system.SIGRTMIN + 2,
	} {
		c := make(chan system.Signal, 4)
		for i, before := range []func(...system.Signal){func(...system.Signal) {}, m.Ignore, m.Default} {
			before(s)
			m.Notify(c, s)
			check(m.Kill(m.Getpid(), s))
			require0(len(c) > 0 && <-c == s, "there at once: "+s.Name())
			// And by way of the kernel, from another process.
			p, err := m.Start(sceneCommand(m, fmt.Sprintf("kill -%d %d", int(s), m.Getpid())))
			check(err)
			select {
			case got := <-c:
				require0(got == s, "by way of the kernel: "+s.Name())
			case <-time.After(5 * time.Second):
				require0(false, fmt.Sprint("no ", s.Name(), i))
			}
			p.Wait(false)
			for len(c) > 0 {
				<-c
			}
		}
		m.Ignore(s)
		require0(m.Ignored(s), "ignored")
		check(m.Kill(m.Getpid(), s))
		m.Default(s)
		require0(!m.Ignored(s), "default")
	}
	// PIPE is the runtime's again: a write gives an error.
	r, w, err := m.Pipe()
	check(err)
	check(r.Close())
	_, err = w.Write([]byte("x"))
	fmt.Println(err)
}

// sceneWait tells that it is there, and waits to be killed.
func sceneWait(m *Machine) {
	fmt.Println("ready")
	time.Sleep(20 * time.Second)
}

func sceneNoProc(m *Machine) {
	check(unix.Mount("none", "/proc", "tmpfs", 0, ""))
	fmt.Println(m.Executable() == os.Getenv("EXE"))
	c := sceneCommand(m, "nice")
	c.Nice = 19
	p, err := m.Start(c)
	check(err)
	p.Wait(false)
}
