package simulated

import (
	"context"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"
	"time"

	"sysv/system"
)

// world is what all processes of a machine share. Everything in it, and in
// every node, description and process, is guarded by mu.
type world struct {
	mu   sync.Mutex
	opts Options

	// current is the process whose turn it is, nil if nobody's; ready are
	// those that wait for theirs, in order. turn is signalled when it passes.
	current *process
	ready   []*process
	turn    *sync.Cond
	// waits are the goroutines that wait for something, the eldest first.
	waits []*wait
	// calls counts calls; the watchdog and settle compare it.
	calls             uint64
	settling, watched bool

	now, boot time.Time
	first     *process
	procs     map[int]*process
	nextPID   int
	uname     system.Uname
	effects   []Effect
	halting   *Halt
	counts    func(ProcessInfo) bool
	counted   uint64
	// callsLeft is how many calls may still be made, 0 if nobody counts;
	// stopped says why all processes were stopped.
	callsLeft uint64
	stopped   string

	root    *node
	lastIno uint64
	used    int64
	origins map[[2]uint64]*node
	rng     *rand.Rand
}

// wait is one goroutine that waits until ready, until a time, or for its
// context. p is nil for a timer, of which fire is called.
type wait struct {
	p     *process
	ctx   context.Context
	until time.Time
	ready func() bool
	fire  func()
	done  chan struct{}
	woken bool
}

const (
	// quantum is how many calls a process makes in one turn while others
	// wait for theirs: enough for a script to get on, few enough for one that
	// polls not to keep what it waits for from happening.
	quantum = 1000
	// settleYields is how often goroutines that are not known of get the
	// chance to run before the clock moves: some tens of microseconds.
	settleYields = 200
	// patientYields is the same on a Patient machine, whose models are known to
	// tell of their goroutines: what is left is one that hands over to another.
	patientYields = 10
	// watchdogPeriod is for how long, in real time, a process may keep its
	// turn with no call before the others go on without it.
	watchdogPeriod = 100 * time.Millisecond
)

// Threads is implemented by the System of every process here. A process that
// makes calls from several goroutines may say how many there are, so that the
// clock moves only when all of them wait. They must then wait by the
// machine's means alone.
type Threads interface {
	// AddThreads adds n, which may be negative, to the number of goroutines,
	// which is 1 at the start.
	AddThreads(n int)
}

// AddThreads implements [Threads].
func (p *process) AddThreads(n int) {
	p.enter()
	defer p.leave()
	p.threads += n
}

// enter begins a call: it waits for the process's turn and takes the lock. A
// process that has ended makes no calls: its goroutine ends here.
func (p *process) enter() {
	w := p.w
	w.mu.Lock()
	if !p.takeTurn() {
		w.mu.Unlock()
		runtime.Goexit()
	}
	if w.countCall(p) {
		p.yield()
		if !p.takeTurn() {
			w.mu.Unlock()
			runtime.Goexit()
		}
	}
	w.calls++
	p.used++
	if w.callsLeft > 0 && p != w.first {
		if w.callsLeft--; w.callsLeft == 0 {
			w.stopAll("calls")
			w.mu.Unlock()
			runtime.Goexit()
		}
	}
	if w.opts.CallTime > 0 {
		w.now = w.now.Add(w.opts.CallTime)
		w.changed()
	}
}

// takeTurn waits, with the lock held, until it is the process's turn. It is
// false if the process has ended.
func (p *process) takeTurn() bool {
	w := p.w
	p.away = false
	for {
		if p.ended {
			return false
		}
		if !p.stopped && !p.held {
			if w.current == p && p.used >= quantum && len(w.ready) > 0 {
				w.current = nil
				p.queue()
				w.dispatch()
			}
			if w.current == nil && len(w.ready) == 0 {
				w.current, p.used = p, 0
			}
			if w.current == p {
				return true
			}
			p.queue()
			w.dispatch()
			if w.current == p {
				return true
			}
		}
		w.watch()
		w.turn.Wait()
	}
}

// leave ends a call.
func (p *process) leave() {
	w := p.w
	w.changed()
	p.yield()
	w.mu.Unlock()
}

// yield passes the turn on if the process waits.
func (p *process) yield() {
	if p.w.current == p && (p.blocked >= p.threads || p.stopped || p.held || p.ended) {
		p.w.current = nil
		p.w.dispatch()
	}
}

// queue puts the process among those that wait for their turn.
func (p *process) queue() {
	if slices.Contains(p.w.ready, p) {
		return
	}
	p.w.ready = append(p.w.ready, p)
}

// queueIfAble is queue for a process that may be waiting for something: then
// it queues when that has come.
func (p *process) queueIfAble() {
	if p.blocked < p.threads {
		p.queue()
	}
}

// dispatch gives the turn, if nobody has it, to the next process; if there is
// none the clock may move.
func (w *world) dispatch() {
	if w.current != nil {
		return
	}
	for len(w.ready) > 0 {
		p := w.ready[0]
		w.ready = w.ready[1:]
		if p.ended || p.stopped || p.held {
			continue
		}
		w.current, p.used = p, 0
		w.turn.Broadcast()
		if len(w.waits) > 0 {
			w.watch()
		}
		return
	}
	if !w.settling && w.nextEvent() != nil {
		w.settling = true
		go w.settle()
	}
}

// settle moves the clock once nothing else happens.
func (w *world) settle() {
	w.mu.Lock()
	defer w.mu.Unlock()
	calls, quiet, enough := w.calls, 0, settleYields
	if w.opts.Patient {
		enough = patientYields
	}
	for quiet < enough && w.current == nil {
		w.mu.Unlock()
		runtime.Gosched()
		w.mu.Lock()
		if quiet++; calls != w.calls {
			calls, quiet = w.calls, 0
		}
	}
	w.settling = false
	if w.current != nil || len(w.ready) > 0 || w.first.away {
		return
	}
	if e := w.nextEvent(); e != nil {
		if e.until.After(w.now) {
			w.now = e.until
		}
		w.wake(e)
	}
	w.changed()
	w.dispatch()
}

// nextEvent is the wait that ends first by the clock.
func (w *world) nextEvent() *wait {
	var next *wait
	for _, e := range w.waits {
		if !e.until.IsZero() && (next == nil || e.until.Before(next.until)) {
			next = e
		}
	}
	return next
}

// block waits, as part of a call, until ready is true, the clock has reached
// until (if not zero), or ctx (if not nil) has ended, and reports which by
// ctx's error. ready is asked after each change of the machine; when block
// returns it may be false again. The caller must have deferred leave.
func (p *process) block(ctx context.Context, until time.Time, ready func() bool) error {
	w := p.w
	if ctx == nil {
		ctx = context.Background()
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	e := &wait{p: p, ctx: ctx, until: until, ready: ready, done: make(chan struct{})}
	w.waits = append(w.waits, e)
	p.blocked++
	p.yield()
	if w.current != nil {
		w.watch()
	}
	w.mu.Unlock()
	select {
	case <-e.done:
	case <-ctx.Done():
	}
	w.mu.Lock()
	w.wake(e)
	if !p.takeTurn() {
		runtime.Goexit() // the caller's deferred leave gives the lock back
	}
	return ctx.Err()
}

// wake ends a wait. Its process counts as able to run from now on.
func (w *world) wake(e *wait) {
	if e.woken {
		return
	}
	e.woken = true
	for i, x := range w.waits {
		if x == e {
			w.waits = append(w.waits[:i:i], w.waits[i+1:]...)
			break
		}
	}
	if e.p == nil {
		e.fire()
		return
	}
	e.p.blocked--
	if w.current != e.p && !e.p.ended {
		e.p.queue()
	}
	close(e.done)
	w.dispatch()
}

// changed wakes all whose wait is over. It is called after every change.
func (w *world) changed() {
	for again := true; again; {
		again = false
		for _, e := range w.waits {
			if e.over(w.now) {
				w.wake(e)
				again = true
				break
			}
		}
	}
}

func (e *wait) over(now time.Time) bool {
	if !e.until.IsZero() && !now.Before(e.until) {
		return true
	}
	return e.p != nil && (e.p.ended || e.ctx.Err() != nil || e.ready != nil && e.ready())
}

// Now implements [system.Host]: it is the virtual clock.
func (p *process) Now() time.Time {
	p.enter()
	defer p.leave()
	return p.w.now
}

// patientPause is the longest pause between two looks at something on a Patient
// machine: half a minute of waiting is then some sixty looks.
const patientPause = 500 * time.Millisecond

// LongestPause is for who polls: on a Patient machine less often than on a
// real one, as nobody measures to the millisecond there.
func (p *process) LongestPause() time.Duration {
	if p.w.opts.Patient {
		return patientPause
	}
	return 0
}

// Sleep implements [system.Host] on the virtual clock. [Forever] has no end
// but the context's.
func (p *process) Sleep(ctx context.Context, d time.Duration) error {
	p.enter()
	defer p.leave()
	if err := ctx.Err(); err != nil || d <= 0 {
		return err
	}
	begun := p.w.now
	var until time.Time
	if d != Forever {
		until = begun.Add(d)
	}
	err := p.block(ctx, until, nil)
	if !until.IsZero() && !p.w.now.Before(until) {
		err = nil
	}
	p.note(Slept, "", 0, p.w.now.Sub(begun).String())
	return err
}

// WithTimeout is context.WithTimeout on the machine's clock. When the time is
// over the context is cancelled with the cause context.DeadlineExceeded.
func (m *Machine) WithTimeout(ctx context.Context, d time.Duration) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancelCause(ctx)
	w := m.w
	w.mu.Lock()
	defer w.mu.Unlock()
	e := &wait{until: w.now.Add(d), fire: func() { cancel(context.DeadlineExceeded) }}
	w.waits = append(w.waits, e)
	return ctx, func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		e.fire = func() {}
		w.wake(e)
		cancel(context.Canceled)
		w.changed()
	}
}
