//go:build linux

package linux

import (
	"os"
	"runtime"
	"strconv"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"

	"sysv/system"
)

// StageName is what this program is called (argv[0]) when it runs as a stage.
const StageName = "sysv-stage"

// The first byte of each line that a stage says.
const (
	stageError = 'e' // an Errno
	stagePID   = 'p' // the pid of a detached process
)

// Arguments of a stage after its name.
const (
	stageSpec = iota + 1
	stageRoot
	stageDir
	stagePIDFile
	stagePath
	stageArgs
)

// stageReady tells that RunStage was called, so that this program run again
// under StageName does what it should.
var stageReady bool

// RunStage is to be called first in main, and in a test's TestMain. It returns
// at once unless this process is a stage: a process between fork(2) and the
// program, that does to itself what the Go runtime cannot do there (limits,
// ignored signals, priorities, a pid file, detaching), and then becomes the
// program. Until it was called, a [system.Command] that needs a stage gives
// ENOSYS.
func RunStage() {
	stageReady = true
	if len(os.Args) < stageArgs || os.Args[0] != StageName {
		return
	}
	runtime.LockOSThread()
	p, s := decode(os.Args[stageSpec])
	p.root, p.dir, p.pidFile = os.Args[stageRoot], os.Args[stageDir], os.Args[stagePIDFile]
	unix.CloseOnExec(s.pipe)
	if p.held > 0 {
		unix.CloseOnExec(p.held)
	}
	if s.detach {
		detach(p, s)
	}
	for _, fd := range s.closed {
		unix.Close(fd) // the Go runtime has opened /dev/null there
	}
	err := p.apply()
	if err == nil {
		err = execve(os.Args[stagePath], os.Args[stageArgs:], syscall.Environ())
	}
	say(s.pipe, stageError, int(err.(system.Errno)))
	syscall.Exit(1)
}

// detach runs this stage again, and ends: init adopts the second one, which
// becomes the program. The session is this first one's, as that of daemon(7):
// without a leader it cannot get a terminal again.
func detach(p *plan, s stage) {
	args := append([]string(nil), os.Args...)
	args[stageSpec] = strings.TrimPrefix(args[stageSpec], detachWord)
	if p.setsid {
		if _, err := unix.Setsid(); err != nil {
			say(s.pipe, stageError, int(fail(err).(system.Errno)))
			syscall.Exit(1)
		}
		args[stageSpec] = strings.Replace(args[stageSpec], setsidWord, "", 1)
	}
	files := make([]uintptr, max(s.pipe, p.held)+1)
	for fd := range files {
		files[fd] = uintptr(fd)
		flags, err := unix.FcntlInt(uintptr(fd), unix.F_GETFD, 0)
		// What is closed on exec is the Go runtime's own, but for these.
		if err != nil || flags&unix.FD_CLOEXEC != 0 && fd != s.pipe && fd != p.held {
			files[fd] = closed
		}
	}
	for _, fd := range s.closed {
		files[fd] = closed
	}
	pid, err := syscall.ForkExec((*Machine)(nil).Executable(), args, &syscall.ProcAttr{Env: syscall.Environ(), Files: files})
	if err != nil {
		say(s.pipe, stageError, int(fail(err).(system.Errno)))
		syscall.Exit(1)
	}
	say(s.pipe, stagePID, pid)
	syscall.Exit(0)
}

func say(fd int, what byte, n int) {
	f := adopt(fd)
	system.WriteAll(f, []byte(string(what)+itoa(n)+"\n"))
}

// stage is what a stage is told besides the plan.
type stage struct {
	pipe   int   // where it reports
	detach bool  // it shall run a second one
	closed []int // of descriptors 0 to 2, those that the program shall not have
}

// Words of a plan that detach takes out again.
const (
	detachWord = "detach "
	setsidWord = "setsid "
)

// encode writes a plan as one argument: words, each a letter or a name and
// numbers joined by colons.
func (p *plan) encode(pipe int, detach bool, files []uintptr) string {
	var b strings.Builder
	if detach {
		b.WriteString(detachWord)
	}
	word := func(name string, numbers ...int) {
		b.WriteString(name)
		for _, n := range numbers {
			b.WriteByte(':')
			b.WriteString(itoa(n))
		}
		b.WriteByte(' ')
	}
	word("pipe", pipe)
	if p.held > 0 {
		word("held", p.held)
	}
	for fd := range 3 {
		if files[fd] == closed {
			word("close", fd)
		}
	}
	if p.setsid {
		b.WriteString(setsidWord)
	}
	if p.setpgid {
		word("setpgid", p.pgid)
	}
	if p.nice != 0 {
		word("nice", p.nice)
	}
	if s := p.scheduler; s != nil {
		word("scheduler", s.Policy, s.Priority)
	}
	if i := p.ioPriority; i != nil {
		word("io", i.Class, i.Level)
	}
	for r, l := range p.limits {
		b.WriteString("limit:" + itoa(int(r)) + ":" + strconv.FormatUint(l.Soft, 10) + ":" + strconv.FormatUint(l.Hard, 10) + " ")
	}
	if id := p.identity; id != nil {
		word("identity", append([]int{id.UID, id.GID}, id.Groups...)...)
	}
	for _, s := range p.ignored {
		word("ignore", int(s))
	}
	for _, s := range p.restored {
		word("restore", int(s))
	}
	return b.String()
}

// decode reads what encode has written; nobody else writes it.
func decode(spec string) (*plan, stage) {
	p, s := new(plan), stage{}
	for w := range strings.FieldsSeq(spec) {
		f := append(strings.Split(w, ":"), "", "", "")
		switch n := atoi(f[1]); f[0] {
		case "detach":
			s.detach = true
		case "pipe":
			s.pipe = n
		case "held":
			p.held = n
		case "close":
			s.closed = append(s.closed, n)
		case "setsid":
			p.setsid = true
		case "setpgid":
			p.setpgid, p.pgid = true, n
		case "nice":
			p.nice = n
		case "scheduler":
			p.scheduler = &system.Scheduler{Policy: n, Priority: atoi(f[2])}
		case "io":
			p.ioPriority = &system.IOPriority{Class: n, Level: atoi(f[2])}
		case "limit":
			if p.limits == nil {
				p.limits = map[system.Resource]system.Limit{}
			}
			soft, _ := strconv.ParseUint(f[2], 10, 64)
			hard, _ := strconv.ParseUint(f[3], 10, 64)
			p.limits[system.Resource(n)] = system.Limit{Soft: soft, Hard: hard}
		case "identity":
			p.identity = &system.Identity{UID: n, GID: atoi(f[2])}
			for _, g := range f[3 : len(f)-3] {
				p.identity.Groups = append(p.identity.Groups, atoi(g))
			}
		case "ignore":
			p.ignored = append(p.ignored, system.Signal(n))
		case "restore":
			p.restored = append(p.restored, system.Signal(n))
		}
	}
	return p, s
}

func atoi(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}
