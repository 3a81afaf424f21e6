package service

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"sysv/interp"
	"sysv/system"
)

// StatusTimeout is the exit status of an action that was ended at its
// deadline, or whose service was busy until then, as timeout(1) has it.
const StatusTimeout = 124

// Grace is how long an action that has had TERM at its deadline may take to
// clean up before KILL ends it.
const Grace = 5 * time.Second

// Supervision is what is around an action.
type Supervision struct {
	// Name is the service's, for its lock and its log; without one there is
	// neither.
	Name string
	// Program begins the messages, as "service".
	Program string
	// Deadline is how long the action may take; 0 is for ever.
	Deadline time.Duration
	// LogSize bounds the log; 0 is none.
	LogSize int64
}

// Asks tells that an action only asks: it takes no lock, so that it is
// answered while another action runs, and it is not in the log.
func Asks(args []string) bool { return len(args) > 0 && args[0] == "status" }

// Supervise runs an action as [Run] does, with all that a service's actions
// have: the lock, the deadline, the log. The process must have been prepared
// (environment, directory). It returns the script's exit status; at the
// deadline, and where the script puts a program into its own place, the
// process ends without a return.
//
// At the deadline the script stops, and all that it has started gets TERM,
// and after [Grace] KILL: but daemons, which have a session of their own and
// are nobody's child, stay.
func Supervise(ctx context.Context, p *system.Process, a Action, s Supervision) int {
	asks := s.Name != "" && Asks(a.Args)
	if asks {
		s.Name = ""
	}
	r := &run{p: p, script: a.Script.Path, Supervision: s, action: "-"}
	if len(a.Args) > 0 {
		r.action = word(a.Args[0])
	}
	r.stderr = p.Stderr()
	r.m = newSupervised(p.Sys)
	r.m.replaced = r.replaced
	p.Files.Save(2)
	if s.Name != "" {
		l, err := lock(ctx, p, s.Name, s.Deadline)
		if err != nil {
			system.WriteAll(r.stderr, []byte(s.Program+": "+err.Error()+": given up\n"))
			return StatusTimeout
		}
		r.m.lock = l
		r.log = openLog(p, s.Name, r.action, s.LogSize)
	}
	r.begin = time.Now()
	if r.log != nil {
		r.log.note("begins, pid " + strconv.Itoa(p.Sys.Getpid()))
		r.outputs = watchOutput(p, r.log)
	}
	if s.Deadline > 0 {
		r.where.m, r.where.next = r.m, a.Trace
		a.Trace = &r.where
		if !asks {
			r.m.adoptOrphans()
		}
		timer := time.AfterFunc(s.Deadline, r.late)
		defer timer.Stop()
	}
	p.Sys = r.m.view()
	status := Run(ctx, p, a)
	r.finished.Store(true)
	r.end(status)
	return status
}

// word is a word of the command line as it may stand in a log.
func word(s string) string {
	if s == "" || strings.IndexFunc(s, func(r rune) bool { return r <= ' ' || r >= 127 || r == ':' || r == '|' }) >= 0 {
		return strconv.Quote(s)
	}
	return s
}

// run is one action that is being run.
type run struct {
	Supervision
	p      *system.Process
	m      *supervised
	script string
	action string
	begin  time.Time
	// stderr is the caller's.
	stderr  system.File
	log     *log
	outputs []*output
	where   where

	// ends is held by the one who ends the action: the script itself, or the
	// deadline.
	ends     sync.Mutex
	finished atomic.Bool
}

// end passes on the rest of the output, and writes the log's last line.
func (r *run) end(status int) {
	r.ends.Lock() // at the deadline it is never given back
	defer r.m.lock.end()
	if r.log == nil {
		return
	}
	var held []*output
	for _, o := range r.outputs {
		if o.finish() {
			held = append(held, o)
		}
	}
	took := time.Since(r.begin)
	r.log.end(fmt.Sprintf("ended, status %d, after %.3f s", status, took.Seconds()))
	if len(held) > 0 {
		left := time.Duration(0)
		if r.Deadline > 0 {
			left = max(r.Deadline-took, time.Millisecond)
		}
		keep(r.p, r.Name, r.action, r.LogSize, left, held)
	}
}

// replaced ends the process as the program did that stood for the script.
func (r *run) replaced(ws system.WaitStatus) {
	r.finished.Store(true)
	r.end(ws.Status())
	if d, ok := r.m.System.(interface{ Die(system.Signal) }); ok && ws.Signal != 0 {
		d.Die(ws.Signal)
	}
	r.m.System.Exit(ws.Status())
}

// messageTime is how long a message may wait for a caller that does not read.
const messageTime = time.Second

// late is the deadline.
func (r *run) late() {
	if r.finished.Load() || !r.ends.TryLock() {
		return
	}
	if !r.m.traps.Load() {
		// TERM would end the script at once.
		r.m.shut.Store(true)
	}
	text := r.where.place(r.script) + ": " + r.action + ": not done after " + r.Deadline.String() + ": ended"
	said := make(chan struct{})
	go func() {
		system.WriteAll(r.stderr, []byte(r.Program+": "+text+"\n"))
		close(said)
	}()
	r.log.note(text)
	e := newEnding(r.m)
	e.scan()
	if r.m.traps.Load() {
		r.m.System.Kill(r.m.System.Getpid(), system.SIGTERM)
	}
	r.m.setLate()
	e.term(Grace, func() bool { return r.m.shut.Load() || r.finished.Load() })
	r.m.shut.Store(true)
	e.kill()
	r.m.lock.end()
	r.log.end(fmt.Sprintf("ended at the deadline, after %.3f s", time.Since(r.begin).Seconds()))
	select {
	case <-said:
	case <-time.After(messageTime):
	}
	r.m.System.Exit(StatusTimeout)
}

// where knows at which line the script is.
type where struct {
	m    *supervised
	next interp.Tracer // may be nil

	mu   sync.Mutex
	file string
	at   int
}

// Begin is told of each simple command.
func (w *where) Begin(file string, line int, argv []string) {
	w.m.gate()
	w.mu.Lock()
	w.file, w.at = file, line
	w.mu.Unlock()
	if w.next != nil {
		w.next.Begin(file, line, argv)
	}
}

// End is told when it has ended.
func (w *where) End(status int) {
	if w.next != nil {
		w.next.End(status)
	}
}

// place is where the script is: its path, and the last command's line.
func (w *where) place(script string) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch {
	case w.at == 0:
		return script
	case w.file != script:
		return script + " (" + w.file + ":" + strconv.Itoa(w.at) + ")"
	}
	return script + ":" + strconv.Itoa(w.at)
}
