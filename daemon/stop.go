package daemon

import (
	"context"
	"slices"
	"time"

	"sysv/system"
)

// Signal sends a signal to a process that was found. The process is opened
// first and its identity compared then, so the signal cannot go to another
// one that was given the pid meanwhile: that gives [system.ESRCH].
func (t Table) Signal(id Identity, sig system.Signal) error {
	fd, err := t.Sys.OpenPID(id.PID)
	if err == system.ENOSYS || err == system.EINVAL {
		// A kernel before 5.3: the moment between the two calls remains.
		if !t.same(id) {
			return system.ESRCH
		}
		return t.Sys.Kill(id.PID, sig)
	}
	if err != nil {
		return err
	}
	defer fd.Close()
	if !t.same(id) {
		return system.ESRCH
	}
	return fd.Signal(sig)
}

// same reports whether the pid is still that of the process found.
func (t Table) same(id Identity) bool {
	p, err := t.Read(id.PID)
	if err != nil {
		// Without /proc it was not recognised by anything but its pid.
		return id.Start == 0 && id.Exe == "" && !t.mounted()
	}
	if p.Start != id.Start {
		return false
	}
	if id.Exe == "" {
		return true
	}
	exe, _, err := t.Exe(id.PID)
	return err == nil && exe == id.Exe
}

// Alive reports whether a process that was found still runs.
func (t Table) Alive(id Identity) bool {
	p, err := t.Read(id.PID)
	return err == nil && p.Start == id.Start && !p.Zombie()
}

// Stop ends processes, or sends them a signal.
type Stop struct {
	*Finder
	// Signal is sent when there is no Schedule.
	Signal   system.Signal
	Schedule []Step
	// Before, if set, is asked before a process is signalled; false leaves
	// it alone and counts it as signalled (a test run).
	Before func(id Identity, sig system.Signal) bool
	// Failed is told of each process that could not be signalled.
	Failed func(id Identity, err error)
	// Sent is told, after each signal of the schedule, to which processes it
	// went, and how many signals were before it.
	Sent func(retry int, to []Identity)
}

// Result is what a Stop came to.
type Result struct {
	// Signalled tells that at least one signal was sent; NotSignalled counts
	// the processes to which the last one could not be.
	Signalled    bool
	NotSignalled int
	// Left counts the processes that are left at the end of the schedule.
	Left int
}

// The processes are looked for again and again while they end: at once, since
// most daemons end within a few milliseconds, and then less and less often.
// The longest pause is dpkg's shortest.
const (
	firstPause   = time.Millisecond
	longestPause = 20 * time.Millisecond
)

// Run does it, and returns early with the context's error.
func (s *Stop) Run(ctx context.Context) (Result, error) {
	var r Result
	if len(s.Schedule) == 0 {
		sent, err := s.send(s.Signal, &r)
		if err == nil {
			s.tell(0, sent)
		}
		return r, err
	}
	retry := 0
	for at := 0; at < len(s.Schedule); at++ {
		step := s.Schedule[at]
		if step.Kind == Again {
			at = step.Value
			step = s.Schedule[at]
		}
		switch step.Kind {
		case Send:
			before := r.Signalled
			r.Signalled = false
			sent, err := s.send(system.Signal(step.Value), &r)
			if err != nil {
				return r, err
			}
			s.tell(retry, sent)
			retry++
			r.Left = len(sent)
			if !r.Signalled {
				r.Signalled = before
				return r, nil
			}
		case Await:
			gone, err := s.await(ctx, time.Duration(step.Value)*time.Second, &r)
			if gone || err != nil {
				return r, err
			}
		}
		if err := ctx.Err(); err != nil {
			return r, err
		}
	}
	return r, nil
}

func (s *Stop) tell(retry int, sent []Identity) {
	if s.Sent != nil && len(sent) > 0 {
		s.Sent(retry, sent)
	}
}

// send signals every process that matches now, the newest pid first as dpkg
// does.
func (s *Stop) send(sig system.Signal, r *Result) (sent []Identity, err error) {
	found, _, err := s.Find()
	if err != nil {
		return nil, err
	}
	r.NotSignalled = 0
	for _, id := range slices.Backward(found) {
		if s.Before != nil && !s.Before(id, sig) {
			r.Signalled = true
			continue
		}
		if err := s.Table.Signal(id, sig); err != nil {
			r.NotSignalled++
			if s.Failed != nil && sig != 0 {
				s.Failed(id, err)
			}
			continue
		}
		r.Signalled = true
		sent = append([]Identity{id}, sent...)
	}
	return sent, nil
}

// await waits until no process matches any more.
func (s *Stop) await(ctx context.Context, limit time.Duration, r *Result) (bool, error) {
	end := s.Sys.Now().Add(limit)
	longest := longestPause
	// A machine whose time costs nothing may have it looked at less often.
	if p, ok := s.Sys.(interface{ LongestPause() time.Duration }); ok {
		longest = max(longest, p.LongestPause())
	}
	for pause := firstPause; ; pause = min(2*pause, longest) {
		found, _, err := s.Find()
		if err != nil {
			return false, err
		}
		r.Left = 0
		for _, id := range found {
			if err := s.Table.Signal(id, 0); err == nil {
				r.Left++
			}
		}
		if r.Left == 0 {
			return true, nil
		}
		left := end.Sub(s.Sys.Now())
		if left <= 0 {
			return false, nil
		}
		if err := s.Sys.Sleep(ctx, min(pause, left)); err != nil {
			return false, err
		}
	}
}
