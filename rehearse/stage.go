package rehearse

import (
	"context"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"time"

	"sysv/system"
	"sysv/system/simulated"
)

// stageOptions is what is special about a machine.
type stageOptions struct {
	faults   simulated.Faults
	identity system.Identity
	env      []string
	// conduct is how the daemon behaves.
	conduct conduct
	// noDaemon leaves the daemon's program out.
	noDaemon bool
	// bareRun is a /run in which the daemon makes no directory.
	bareRun bool
	// noNetwork lets programs hang that use one.
	noNetwork bool
}

// plain tells that nothing is special.
func (o stageOptions) plain() bool {
	return len(o.faults.ReadOnly) == 0 && len(o.faults.Full) == 0 && o.identity.UID == 0 && o.env == nil && o.conduct == conduct{} && !o.noDaemon && !o.noNetwork && !o.bareRun
}

// stage is one machine, with the script in it.
type stage struct {
	r *run
	m *simulated.Machine
	o stageOptions
	// unguard ends the watch over the patience.
	unguard func()
	// decoys are processes that are none of the script's, by pid.
	decoys map[int]string
	// history is what has been done, for a trace.
	history []outcome

	mu sync.Mutex
	// real are the daemons' programs without symbolic links.
	real map[string]bool
	// steps counts commands of the action that runs; cut is why it was cut
	// short.
	steps int
	cut   string
	// meddlers are the unknown programs of the action that runs.
	meddlers []string
	// sessions are those of the actions.
	sessions []int
	// last is where the script is.
	last Position
	// hanging tells that a program waits for a network that there is not.
	hanging bool
}

// environment is what service(8) gives to a script.
func environment() []string {
	return []string{"LANG=", "LANGUAGE=", "LC_ALL=", "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "TERM=linux"}
}

const (
	// capacity is how much the files of an invented machine may hold.
	capacity = 8 << 20
	// maxProcesses is how many processes it may have: a script that forks
	// without end meets EAGAIN.
	maxProcesses = 200
	// settle is how long, in the machine's time, a daemon gets after an action
	// to do what it does by itself.
	settle = 500 * time.Millisecond
)

// stage makes a machine.
func (r *run) stage(o stageOptions) *stage {
	s := &stage{r: r, o: o, decoys: map[int]string{}}
	if o.env == nil {
		s.o.env = environment()
	}
	so := simulated.Options{
		Capacity: capacity, MaxProcesses: maxProcesses, Patient: true, Outside: true, Faults: o.faults, Env: s.o.env, Find: s.find,
		Programs: map[string]simulated.Program{}, Uptime: 30 * time.Second,
	}
	so.Base = r.ground
	s.m = simulated.New(so)
	s.unguard = r.guard(s.m)
	s.complete()
	return s
}

func (s *stage) close() {
	s.unguard()
	s.m.Close()
}

// outcome is what an action did.
type outcome struct {
	action string
	status int
	// ended is false for an action that was cut short: cut says why, and stuck
	// where it was.
	ended          bool
	cut            string
	stuck          Position
	took           time.Duration
	stdout, stderr string
	effects        []simulated.Effect
	// unknown are the programs it ran of which nothing is known, and that may
	// have done something to the daemon.
	unknown []string
	// normal is how many daemons the service has where nothing is wrong.
	normal int
	// before and after are the daemons' main processes.
	before, after []simulated.ProcessInfo
}

// n is how many times the service runs after it: a service of three daemons
// counts as one, and as two where there are more.
func (o *outcome) n() int {
	switch n := len(o.after); {
	case o.normal <= 1 || n == 0:
		return n
	case n <= o.normal:
		return 1
	default:
		return 2
	}
}

// daemons are the main processes of the daemons: those whose parent is not one
// of them too.
func (s *stage) daemons() []simulated.ProcessInfo {
	var all, main []simulated.ProcessInfo
	s.resolve()
	for _, p := range s.m.Processes() {
		if p.Zombie || p.Container || s.decoys[p.PID] != "" || !s.isDaemonProcess(p) {
			continue
		}
		all = append(all, p)
	}
	for _, p := range all {
		if !slices.ContainsFunc(all, func(q simulated.ProcessInfo) bool { return q.PID == p.PPID }) {
			main = append(main, p)
		}
	}
	return main
}

// runsDaemon tells whether a program's file is a daemon's: its path, without
// symbolic links, may be another than the script's name for it.
func (s *stage) runsDaemon(path string) bool {
	if s.r.isDaemon(path) {
		return true
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.real[path]
}

// resolve finds out what the daemons' paths lead to.
func (s *stage) resolve() {
	real := map[string]bool{}
	for _, d := range s.r.daemonPaths() {
		if to := s.m.Resolve(d); !isShell(to) && !isInterpreter(to) {
			real[to] = true
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.real = real
}

func (s *stage) isDaemonProcess(p simulated.ProcessInfo) bool {
	if s.runsDaemon(p.Path) {
		return true
	}
	return isInterpreter(p.Path) && s.r.isDaemon(scriptArg(p.Args))
}

// scriptArg is the script that an interpreter was called with, or "".
func scriptArg(args []string) string {
	for _, a := range args[min(1, len(args)):] {
		if !strings.HasPrefix(a, "-") && !strings.Contains(a, "=") {
			return a
		}
	}
	return ""
}

// command is the start of an action.
func (s *stage) command(args ...string) *system.Command {
	p := &system.Process{Sys: s.m, Dir: "/", Umask: 0o022, Env: s.o.env}
	c := p.Command(s.r.at, append([]string{s.r.at}, args...))
	c.Setsid = true
	if s.o.identity.UID != 0 {
		id := s.o.identity
		c.Identity = &id
	}
	return c
}

// do runs an action of the script and waits for its end.
func (s *stage) do(args ...string) outcome { return s.doWith(nil, args...) }

func (s *stage) doWith(change func(*system.Command), args ...string) outcome {
	a := s.begin(change, args...)
	return a.finish()
}

// acting is an action that runs.
type acting struct {
	// known is why the action was not even started.
	known     string
	s         *stage
	o         outcome
	c         *system.Command
	child     system.Child
	err       error
	first     int
	begun     time.Time
	out, errs sink
}

// begin starts an action.
func (s *stage) begin(change func(*system.Command), args ...string) *acting {
	a := &acting{s: s, first: len(s.m.Effects()), begun: s.m.Now()}
	a.o.action = strings.Join(args, " ")
	a.o.before, a.o.normal = s.daemons(), s.r.normal
	s.mu.Lock()
	s.steps, s.cut, s.last, s.meddlers = 0, "", Position{}, nil
	s.mu.Unlock()
	s.m.SetCalls(s.r.budget.Calls)
	a.c = s.command(args...)
	null, _ := s.m.Open("/dev/null", system.ReadOnly, 0)
	a.c.Files = []system.File{null, &a.out, &a.errs}
	if change != nil {
		change(a.c)
	}
	switch {
	case s.r.isOver():
		a.known = "patience"
	case s.r.isEndless(a.o.action):
		a.known = "known"
	default:
		if a.child, a.err = s.m.Start(a.c); a.err == nil {
			s.mu.Lock()
			s.sessions = append(s.sessions, a.child.PID())
			s.mu.Unlock()
		}
	}
	return a
}

// finish waits for its end, or for that of the budget.
func (a *acting) finish() outcome {
	s, o := a.s, &a.o
	if a.known != "" {
		o.cut = a.known
		s.history = append(s.history, *o)
		return *o
	}
	if a.err != nil {
		o.ended, o.status = true, 126
		if a.err == system.ENOENT {
			o.status = 127
		}
		o.stderr = a.err.Error()
		return *o
	}
	limit := time.AfterFunc(s.r.budget.Moment, func() { s.m.Stop("moment") })
	status, ended := s.await(a.child, s.r.budget.Time-s.m.Now().Sub(a.begun))
	o.took = s.m.Now().Sub(a.begun)
	o.ended, o.status = ended, status
	if why := s.m.Stopped(); why != "" {
		o.ended, o.cut = false, why
	}
	s.mu.Lock()
	if s.cut != "" {
		o.ended, o.cut = false, s.cut
	}
	s.mu.Unlock()
	if !o.ended {
		if o.cut == "" {
			o.cut = "time"
		}
		s.r.countEndless(o.action)
		o.stuck = s.whereIs(a.child.PID())
		o.effects = s.m.Effects()[a.first:]
		s.endSession(a.child.PID())
	}
	s.m.Sleep(context.Background(), settle)
	limit.Stop()
	if why := s.m.Stopped(); why != "" && o.ended {
		o.ended, o.cut = false, why // what it has left in the background
		s.r.countEndless(o.action)
		o.stuck = s.whereIs(a.child.PID())
	}
	o.stdout, o.stderr = a.out.text(), a.errs.text()
	s.mu.Lock()
	o.unknown = s.meddlers
	s.mu.Unlock()
	if o.effects == nil {
		o.effects = s.m.Effects()[a.first:]
	}
	o.after = s.daemons()
	s.history = append(s.history, *o)
	return *o
}

// guard stops a machine when the patience is over. What it gives must be
// called.
func (r *run) guard(m *simulated.Machine) func() {
	t := time.AfterFunc(time.Until(r.over), func() { m.Stop("patience") })
	stop := context.AfterFunc(r.ctx, func() { m.Stop("patience") })
	return func() { t.Stop(); stop() }
}

// await waits for a child for so long at most.
func (s *stage) await(c system.Child, most time.Duration) (status int, ended bool) {
	ctx, cancel := s.m.WithTimeout(context.Background(), max(most, 0))
	defer cancel()
	fd, err := s.m.OpenPID(c.PID())
	if err == nil {
		err = fd.Wait(ctx)
		fd.Close()
		if err != nil {
			return 0, false
		}
	}
	ws, err := c.Wait(false)
	if err != nil {
		return 0, false
	}
	return ws.Status(), true
}

// whereIs is where the script of a session is.
func (s *stage) whereIs(sid int) Position {
	var at Position
	for _, p := range s.m.Processes() {
		if p.Session == sid && p.Line != 0 && (at.Line == 0 || isShell(p.Path)) {
			at = s.position(p.File, p.Line)
		}
	}
	if at.Line == 0 {
		s.mu.Lock()
		defer s.mu.Unlock()
		at = s.last
	}
	return at
}

// endSession ends what an action has left that did not end.
func (s *stage) endSession(sid int) {
	for _, p := range s.m.Processes() {
		if p.Session == sid && !p.Zombie {
			s.m.Kill(p.PID, system.SIGKILL)
		}
	}
}

// position is a place as the user knows it.
func (s *stage) position(file string, line int) Position {
	if file == s.r.at || file == "" {
		file = s.r.o.Script
	}
	return Position{file, line}
}

// killDaemons is kill -9 of all that are there.
func (s *stage) killDaemons() {
	for _, p := range s.m.Processes() {
		if s.decoys[p.PID] == "" && s.isDaemonProcess(p) {
			s.m.Kill(p.PID, system.SIGKILL)
		}
	}
	s.m.Sleep(context.Background(), settle)
	s.history = append(s.history, outcome{action: "kill -9 of the daemon", ended: true, after: s.daemons(), normal: s.r.normal})
}

// sink is an end of a pipe that is read at once.
type sink struct {
	system.Capture
	mu  sync.Mutex
	buf []byte
}

// maxOutput is how much of an action's output is kept.
const maxOutput = 64 << 10

// Write implements [system.File].
func (k *sink) Write(b []byte) (int, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if room := maxOutput - len(k.buf); room > 0 {
		k.buf = append(k.buf, b[:min(room, len(b))]...)
	}
	return len(b), nil
}

// Close implements [system.File].
func (k *sink) Close() error { return nil }

func (k *sink) text() string {
	k.mu.Lock()
	defer k.mu.Unlock()
	return string(k.buf)
}

var _ fs.ReadFileFS = (*tree)(nil)
