package rehearse

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"sysv/system"
	"sysv/system/simulated"
)

// conduct is how a daemon behaves, beside what is known of it. The zero value
// is well.
type conduct struct {
	// dies has it end at once, with this status, instead of running.
	dies int
	// late is how long it takes to write its pid file.
	late time.Duration
	// deaf has it ignore TERM and its like.
	deaf bool
	// children is how many it starts that outlive it.
	children int
	// slow is how long it takes to end.
	slow time.Duration
}

// daemon is the model of a daemon: what a well-behaved one does, as its
// options and configuration have it.
func (s *stage) daemon(ctx context.Context, p *system.Process, args []string) int {
	path := args[0]
	if script := scriptArg(args); isInterpreter(path) && script != "" {
		path, args = script, args[slices.Index(args, script):]
	}
	k := kindOf(base(path))
	if out, status, ok := k.check(args); ok {
		p.Stdout().Write([]byte(out))
		return status
	}
	if status, ok := s.control(p, path, args); ok {
		return status
	}
	c := s.o.conduct
	if c.dies != 0 {
		p.Sys.Sleep(ctx, 10*time.Millisecond)
		return c.dies
	}
	set := s.settings(p, k, args)
	if k.oneShot {
		p.Sys.Sleep(ctx, 20*time.Millisecond)
		return 0
	}
	if k.single && s.anotherRuns(p, path) {
		return 1
	}
	if set.foreground || s.stays(p, path) {
		return s.serve(ctx, p, k, set)
	}
	f, ok := p.Sys.(simulated.Forker)
	if !ok {
		return 1
	}
	ready := make(chan bool, 1)
	_, err := f.Fork(p, true, func(ctx context.Context, p *system.Process, _ []string) int {
		for fd := range 3 {
			p.Files.Close(fd)
		}
		ready <- true
		return s.serve(ctx, p, k, set)
	})
	if err != nil {
		return 1
	}
	// Most write their pid file before the parent ends; those that do not are
	// the fault of a late one.
	if c.late == 0 {
		p.Sys.Sleep(ctx, 5*time.Millisecond)
	}
	return 0
}

// control is a daemon's program that was called to talk to the daemon which
// runs already.
func (s *stage) control(p *system.Process, path string, args []string) (status int, ok bool) {
	word := ""
	for i, a := range args[1:] {
		switch a {
		case "stop", "shutdown", "quit", "graceful-stop", "--kill", "--stop", "--exit", "--shutdown", "--quit":
			word = "stop"
		case "-x", "-k":
			if len(args) == 2 {
				word = "stop"
			}
		case "reload", "graceful", "ping", "status", "--reload", "--status", "--ping":
			word = "ask"
		case "-s":
			if i+2 < len(args) && (args[i+2] == "stop" || args[i+2] == "quit") {
				word = "stop"
			}
		}
	}
	if word == "" {
		return 0, false
	}
	status = 1
	for _, q := range s.m.Processes() {
		if q.PID == p.Sys.Getpid() || q.Zombie || q.Container || q.PPID != 1 || !s.isDaemonProcess(q) {
			continue
		}
		status = 0
		if word == "stop" {
			p.Sys.Kill(q.PID, system.SIGTERM)
		}
	}
	return status, true
}

// stays tells that a daemon is started in a way that only makes sense for one
// that stays in the foreground: in the background already (start-stop-daemon
// --background makes it a child of init), or with &.
func (s *stage) stays(p *system.Process, path string) bool {
	group, _ := p.Sys.Getpgid(0)
	s.mu.Lock()
	own := slices.Contains(s.sessions, group) // its parent has been killed
	s.mu.Unlock()
	return p.Sys.Getppid() == 1 && !own || s.r.read.background[path]
}

// anotherRuns tells whether an instance of a program runs, that a new one
// would find its port or its lock taken by.
func (s *stage) anotherRuns(p *system.Process, path string) bool {
	me := p.Sys.Getpid()
	own, _ := p.Sys.Readlink("/proc/self/ns/pid")
	entries, err := p.Sys.ReadDir("/proc")
	if err != nil {
		return false
	}
	for _, e := range entries {
		pid, err := strconv.Atoi(e.Name)
		if err != nil || pid == me || pid == 1 {
			continue
		}
		if ns, err := p.Sys.Readlink("/proc/" + e.Name + "/ns/pid"); err == nil && ns != own {
			continue // in a container: it has ports of its own
		}
		if exe, err := p.Sys.Readlink("/proc/" + e.Name + "/exe"); err == nil && s.runsDaemon(exe) && (base(exe) == base(path) || exe == s.m.Resolve(path)) {
			return true
		}
	}
	return false
}

// serve is the daemon's life.
func (s *stage) serve(ctx context.Context, p *system.Process, k kind, set settings) int {
	c := s.o.conduct
	sigs := make(chan system.Signal, 16)
	// What it handles without ending.
	for _, sig := range []system.Signal{system.SIGHUP, system.SIGUSR1, system.SIGUSR2, system.SIGALRM, system.SIGCHLD, system.SIGWINCH, system.SIGPIPE} {
		if !slices.Contains(k.endsOn, sig) {
			p.Sys.Notify(sigs, sig)
		}
	}
	if c.deaf {
		p.Sys.Notify(sigs, system.SIGTERM, system.SIGINT, system.SIGQUIT)
	}
	if c.late > 0 {
		if p.Sys.Sleep(ctx, c.late) != nil {
			return 0
		}
	}
	who, drops := system.User{}, false
	if k.user != "" {
		who, drops = (system.Users{Sys: p.Sys}).User(k.user)
	}
	if set.pidFile != "" {
		if dir := set.pidFile[:strings.LastIndexByte(set.pidFile, '/')]; (k.makesDir || !k.known && !s.o.bareRun) && p.Sys.Mkdir(dir, 0o750) == nil && drops {
			p.Sys.Chown(dir, who.UID, who.GID, true)
		}
		writePID(p, set.pidFile)
	}
	f, _ := p.Sys.(simulated.Forker)
	if drops && f != nil {
		f.SetIdentity(system.Identity{UID: who.UID, GID: who.GID, Groups: []int{who.GID}})
	}
	for range k.workers {
		if f != nil {
			f.Fork(p, false, func(ctx context.Context, p *system.Process, _ []string) int {
				simulated.Pause(ctx, p)
				return 0
			})
		}
	}
	for range c.children {
		if f != nil {
			f.Fork(p, false, func(ctx context.Context, p *system.Process, _ []string) int {
				p.Sys.Ignore(system.SIGTERM, system.SIGHUP)
				simulated.Pause(ctx, p)
				return 0
			})
		}
	}
	simulated.Pause(ctx, p)
	p.Sys.Sleep(context.Background(), max(c.slow, endTime))
	if k.workers > 0 {
		s.endChildren(p)
	}
	if set.pidFile != "" && !k.keepsPID {
		p.Sys.Unlink(set.pidFile)
	}
	return 0
}

// endTime is how long a daemon takes to end: less than a script takes to come
// to its next program. Those that take longer are the fault of a slow one.
const endTime = 2 * time.Millisecond

// endChildren ends a daemon's workers with it.
func (s *stage) endChildren(p *system.Process) {
	me := p.Sys.Getpid()
	for _, q := range s.m.Processes() {
		if q.PPID == me && !q.Zombie {
			p.Sys.Kill(q.PID, system.SIGTERM)
		}
	}
}

func writePID(p *system.Process, path string) {
	if i := strings.LastIndexByte(path, '/'); i > 0 {
		if _, err := p.Sys.Stat(path[:i]); err != nil {
			return // it says so in its log, and goes on
		}
	}
	f, err := p.Sys.Open(p.Abs(path), system.WriteOnly|system.Create|system.Truncate, 0o644)
	if err != nil {
		return
	}
	system.WriteAll(f, []byte(strconv.Itoa(p.Sys.Getpid())+"\n"))
	f.Close()
}

// settings are what a daemon's options and configuration say.
type settings struct {
	foreground bool
	pidFile    string
}

// settings reads them.
func (s *stage) settings(p *system.Process, k kind, args []string) settings {
	set := settings{foreground: k.foreground(args)}
	conf := readConfig(p, k, args)
	if conf.daemonize != nil {
		set.foreground = !*conf.daemonize
	} else if k.stays {
		set.foreground = true
	}
	if len(k.forkFlags) > 0 {
		given := slices.ContainsFunc(args[1:], func(a string) bool { return slices.Contains(k.forkFlags, a) })
		if given {
			set.foreground = false
		}
	}
	if k.foreground(args) {
		set.foreground = true
	}
	set.pidFile = k.pidOption(args)
	if set.pidFile == "" && !k.noPIDFile {
		set.pidFile = conf.pidFile
	}
	if set.pidFile == "" && k.pidFile != "" {
		set.pidFile = k.pidFile
	}
	if set.pidFile == "" && !k.known && !set.foreground && !s.stays(p, args[0]) {
		set.pidFile = s.r.scriptPIDFile(args[0])
		if set.pidFile != "" {
			s.r.note("the daemon " + args[0] + " is taken to write the pid file " + set.pidFile + " that the script names")
		}
	}
	return set
}

// scriptPIDFile is the pid file that the script's commands name for a daemon:
// together with it, by a name like its own, or else the first.
func (r *run) scriptPIDFile(path string) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	if f := r.pidOf[path]; f != "" {
		return f
	}
	for _, f := range r.pidFiles {
		if base(f) == base(path)+".pid" {
			return f
		}
	}
	for _, f := range r.pidFiles {
		if strings.Contains(f, base(path)) {
			return f
		}
	}
	if l := slices.Concat(r.pidFiles, r.usual); len(l) > 0 {
		return l[0]
	}
	return ""
}
