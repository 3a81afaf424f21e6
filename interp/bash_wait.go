package interp

import (
	"strconv"
	"strings"
	"time"
)

// bashWait is wait [-fn] [-p var] [id…].
func bashWait(sh *Shell, argv []string, _ evalFlags) int {
	opts, args := sh.options(argv, "fnp:")
	next, into := false, ""
	for _, o := range opts {
		switch o.letter {
		case 'n':
			next = true
		case 'p':
			into = o.arg
		}
	}
	sh.runPendingTraps()
	if next {
		return sh.waitNext(args, into)
	}
	if len(args) == 0 {
		for _, j := range sh.jobs.list() {
			if j.waited {
				continue
			}
			if status, ended := sh.waitJob(j, false); !ended {
				return status
			}
			sh.reportJob(j)
			j.waited = true
		}
		return 0
	}
	status := 0
	for _, a := range args {
		j, st := sh.waitOperand(a)
		if j == nil {
			status = st
			continue
		}
		s, ended := sh.waitJob(j, false)
		if !ended {
			return s
		}
		if !j.waited {
			sh.reportJob(j)
		}
		status, j.waited = s, true
		if into != "" {
			sh.assign(into, strconv.Itoa(j.pid), 0)
		}
	}
	return status
}

// waitOperand finds the job that an operand of wait names, or gives the
// status of one that is not there.
func (sh *Shell) waitOperand(a string) (*job, int) {
	if strings.HasPrefix(a, "%") {
		j, _ := sh.jobs.bySpec(a)
		if j == nil {
			sh.warn("%s: no such job", a)
		}
		return j, 127
	}
	pid, err := strconv.Atoi(a)
	if err != nil || pid < 0 {
		sh.warn("`%s': not a pid or valid job spec", a)
		return nil, 1
	}
	j := sh.jobs.byPID(pid)
	if j == nil {
		sh.warn("pid %d is not a child of this shell", pid)
	}
	return j, 127
}

// waitPoll is how often wait -n looks at several jobs.
const waitPoll = 5 * time.Millisecond

// waitNext is wait -n: for the first job to end.
func (sh *Shell) waitNext(args []string, into string) int {
	for {
		any := false
		for _, j := range sh.jobs.list() {
			if j.waited || len(args) > 0 && !sh.isOperand(j, args) {
				continue
			}
			any = true
			if j.ended() {
				j.waited = true
				sh.reportJob(j)
				if into != "" {
					sh.assign(into, strconv.Itoa(j.pid), 0)
				}
				return j.status.Status()
			}
		}
		if !any {
			return 127
		}
		if sig := sh.pendingSignal(); sig != 0 {
			return 128 + int(sig)
		}
		if sh.sys.Sleep(sh.ctx, waitPoll) != nil {
			panic(exit{status: 143})
		}
	}
}

func (sh *Shell) isOperand(j *job, args []string) bool {
	for _, a := range args {
		if strings.HasPrefix(a, "%") {
			if k, _ := sh.jobs.bySpec(a); k == j {
				return true
			}
		} else if pid, err := strconv.Atoi(a); err == nil && pid == j.pid {
			return true
		}
	}
	return false
}
