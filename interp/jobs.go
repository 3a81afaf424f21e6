package interp

import (
	"slices"
	"strconv"
	"strings"
	"sync"

	"sysv/system"
)

// job is a background command.
type job struct {
	number int
	pid    int
	text   string
	child  system.Child
	// before has the processes before it in a pipeline.
	before []system.Child
	// done is closed when it has ended; status then says how.
	done   chan struct{}
	status system.WaitStatus
	// waited tells that wait has given its status: it is forgotten when the
	// next process is started.
	waited bool
	// reaped tells that its end was seen when something else was waited for:
	// wait says nothing of the signal that ended it then.
	reaped bool
}

func (j *job) ended() bool {
	select {
	case <-j.done:
		return true
	default:
		return false
	}
}

// gone tells that its processes have ended, also before anybody here has been
// told so.
func (j *job) gone() bool {
	if j.ended() {
		return true
	}
	for _, c := range append(slices.Clip(j.before), j.child) {
		if e, ok := c.(interface{ Ended() bool }); !ok || !e.Ended() {
			return false
		}
	}
	return true
}

// jobTable is the background commands of one shell environment. A process
// that has ended is reaped at once, and remembered until it is waited for.
type jobTable struct {
	sys  system.System
	mu   sync.Mutex
	jobs []*job
}

// forSubshell is the table of a new subshell: it has no jobs of its own.
func (t *jobTable) forSubshell() *jobTable { return &jobTable{sys: t.sys} }

// add makes a job of a process, and of those before it in a pipeline: it ends
// when all have, and with the status of the last.
func (t *jobTable) add(child system.Child, text string, before ...system.Child) *job {
	t.mu.Lock()
	defer t.mu.Unlock()
	n := t.free()
	j := &job{number: n, pid: child.PID(), text: text, child: child, before: before, done: make(chan struct{})}
	t.jobs = append(t.jobs, j)
	system.AddThreads(t.sys, 1)
	go func() {
		defer system.AddThreads(t.sys, -1)
		for _, c := range before {
			c.Wait(false)
		}
		st, err := child.Wait(false)
		if err == nil {
			j.status = st
		}
		close(j.done)
	}()
	return j
}

func (t *jobTable) list() []*job {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.Clone(t.jobs)
}

// free is the first number that a new job can have: one that no job has, or
// that of a job that has ended and been waited for, which is forgotten.
func (t *jobTable) free() int {
	for n := 1; ; n++ {
		i := slices.IndexFunc(t.jobs, func(j *job) bool { return j.number == n })
		if i < 0 {
			return n
		}
		if j := t.jobs[i]; j.waited && j.ended() {
			t.jobs = slices.Delete(t.jobs, i, i+1)
			return n
		}
	}
}

// collect does to the jobs what a command does that is waited for: it has a
// number as well, for as long as it runs.
func (t *jobTable) collect() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.jobs) > 0 {
		t.free()
	}
}

// reap sees which jobs have ended. It is done wherever dash looks for children
// that have: after each command, and when a substitution has ended.
func (t *jobTable) reap() {
	for _, j := range t.jobs {
		if !j.reaped && j.gone() {
			j.reaped = true
		}
	}
}

func (t *jobTable) remove(j *job) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.jobs = slices.DeleteFunc(t.jobs, func(k *job) bool { return k == j })
}

// byPID finds the newest job with a process id.
func (t *jobTable) byPID(pid int) *job {
	for _, j := range slices.Backward(t.list()) {
		if j.pid == pid {
			return j
		}
	}
	return nil
}

// bySpec finds a job by %number, %+, %%, %-, %string or %?string.
func (t *jobTable) bySpec(spec string) (*job, string) {
	list := t.list()
	s := strings.TrimPrefix(spec, "%")
	switch {
	case s == "" || s == "%" || s == "+":
		if len(list) == 0 {
			return nil, "No current job"
		}
		return list[len(list)-1], ""
	case s == "-":
		if len(list) < 2 {
			return nil, "No previous job"
		}
		return list[len(list)-2], ""
	}
	if n, err := strconv.Atoi(s); err == nil {
		for _, j := range list {
			if j.number == n {
				return j, ""
			}
		}
		return nil, "No such job: " + spec
	}
	match := func(j *job) bool { return strings.HasPrefix(j.text, s) }
	if rest, ok := strings.CutPrefix(s, "?"); ok {
		match = func(j *job) bool { return strings.Contains(j.text, rest) }
	}
	var found *job
	for _, j := range list {
		if match(j) {
			if found != nil {
				return nil, spec + " is ambiguous"
			}
			found = j
		}
	}
	if found == nil {
		return nil, "No such job: " + spec
	}
	return found, ""
}

// waitForeground waits for a program and reports the signal that ended it.
func (sh *Shell) waitForeground(child system.Child) int {
	st, err := sh.await(child, sh.opt[optMonitor])
	sh.interrupted()
	if err != nil {
		return 127
	}
	if sh.dialect == Bash {
		sh.reportForeground(child.PID(), st)
	}
	sh.reportSignal(st)
	return st.Status()
}

// reportSignal prints what a signal did to a program that was waited for, but
// for INT and PIPE, which users and pipelines cause (dash's sprint_status).
func (sh *Shell) reportSignal(st system.WaitStatus) {
	if st.Signal == 0 || st.Signal == system.SIGINT || st.Signal == system.SIGPIPE || sh.dialect == Bash {
		return
	}
	text := st.Signal.String()
	if st.CoreDumped {
		text += " (core dumped)"
	}
	system.WriteAll(sh.p.Stderr(), []byte(text+"\n"))
}

// reportSub says what a signal did to the program that has taken the place of
// a subshell. If this shell ends with that subshell, it is the one around
// that says it.
func (sh *Shell) reportSub(sub *Shell, flags evalFlags) {
	if flags&evExit != 0 && !sh.main && !sh.traps.any() {
		sh.successor = sub.successor
		return
	}
	sh.reportSignal(sub.successor)
}

// jobState is what the jobs command shows of a job.
func (j *job) state() string {
	switch {
	case !j.ended():
		return "Running"
	case j.status.Signal != 0:
		s := j.status.Signal.String()
		if j.status.CoreDumped {
			s += " (core dumped)"
		}
		return s
	case j.status.Code != 0:
		return "Done(" + strconv.Itoa(j.status.Code) + ")"
	}
	return "Done"
}

// builtinJobs is jobs [-lp] [job…].
func builtinJobs(sh *Shell, argv []string, _ evalFlags) int {
	long, pids := false, false
	opts, args := sh.options(argv, "lp")
	for _, o := range opts {
		long = long || o.letter == 'l'
		pids = pids || o.letter == 'p'
	}
	show := func(j *job) {
		if pids {
			sh.printf("%d\n", j.pid)
			return
		}
		mark := " "
		switch list := sh.jobs.list(); {
		case j == list[len(list)-1]:
			mark = "+"
		case len(list) > 1 && j == list[len(list)-2]:
			mark = "-"
		}
		head := "[" + strconv.Itoa(j.number) + "] " + mark + " "
		if long {
			head += strconv.Itoa(j.pid) + " "
		}
		sh.printf("%s%s\n", pad(head+j.state(), 33), j.text)
		if j.ended() {
			sh.jobs.remove(j)
		}
	}
	if len(args) == 0 {
		// dash lists the newest first.
		for _, j := range slices.Backward(sh.jobs.list()) {
			show(j)
		}
	}
	for _, a := range args {
		show(sh.job(a))
	}
	return 0
}

func pad(s string, n int) string {
	if len(s) < n {
		return s + strings.Repeat(" ", n-len(s))
	}
	return s + " "
}

// job finds the job that an operand names, or ends the command.
func (sh *Shell) job(spec string) *job {
	if strings.HasPrefix(spec, "%") {
		j, msg := sh.jobs.bySpec(spec)
		if j == nil {
			sh.fatal(2, "%s", msg)
		}
		return j
	}
	if pid, err := strconv.Atoi(spec); err == nil {
		if j := sh.jobs.byPID(pid); j != nil {
			return j
		}
	}
	sh.fatal(2, "No such job: %s", spec)
	return nil
}

// builtinWait is wait [pid | %job …].
func builtinWait(sh *Shell, argv []string, _ evalFlags) int {
	_, args := sh.options(argv, "")
	sh.runPendingTraps()
	if len(args) == 0 {
		for _, j := range sh.jobs.list() {
			if status, ended := sh.waitJob(j, false); !ended {
				return status
			}
			j.waited = true
		}
		return 0
	}
	status := 127
	for _, a := range args {
		var j *job
		if strings.HasPrefix(a, "%") {
			if j, _ = sh.jobs.bySpec(a); j == nil {
				sh.fatal(2, "No such job: %s", a)
			}
		} else {
			pid, ok := wholeNumber(a)
			if !ok {
				sh.fatal(2, "Illegal number: %s", a)
			}
			if j = sh.jobs.byPID(pid); j == nil {
				continue // the status of the last that is known stays
			}
		}
		s, ended := sh.waitJob(j, !j.waited && !j.reaped)
		if !ended {
			return s
		}
		sh.jobs.reap()
		status = s
		j.waited = true
	}
	return status
}

// waitJob waits for one job; a trapped signal interrupts it. report prints
// the signal that ended it.
func (sh *Shell) waitJob(j *job, report bool) (status int, ended bool) {
	sh.out.flush()
	if !j.ended() {
		system.AddThreads(sh.sys, -1)
		defer system.AddThreads(sh.sys, 1)
	}
	for {
		select {
		case <-j.done:
			sh.signals.waited.Store(true)
			if sig := sh.pendingSignal(); sig != 0 {
				// It came before the end of the job that is waited for.
				return 128 + int(sig), false
			}
			if report {
				sh.reportSignal(j.status)
			}
			return j.status.Status(), true
		case sig := <-sh.signals.arrived():
			sh.signals.got(sig)
			if sig := sh.pendingSignal(); sig != 0 {
				return 128 + int(sig), false
			}
		case <-sh.ctx.Done():
			panic(exit{status: 128 + int(system.SIGTERM)})
		}
	}
}
