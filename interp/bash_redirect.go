package interp

import (
	"strconv"
	"strings"

	"sysv/interp/ast"
	"sysv/system"
)

// inSubstitution makes a subshell that of a command substitution.
func (sub *Shell) inSubstitution() {
	sub.b.level++
	if !sub.bashOpt("inherit_errexit") || sub.b.tested {
		sub.opt[optErrExit] = false
	}
}

// firstFreeFd is where bash looks for a descriptor of its own choice.
const firstFreeFd = 10

// redirectVar is {name}>word: bash chooses the descriptor, puts its number in
// the variable, and leaves it open after the command.
func (sh *Shell) redirectVar(r *ast.Redir) int {
	q := *r
	q.FdVar = ""
	word := ""
	if r.Op == ast.RedirDupIn || r.Op == ast.RedirDupOut {
		word = sh.str(r.Word, tildeWord)
	}
	if word == "-" {
		text, _ := sh.lookup(r.FdVar)
		fd, err := strconv.Atoi(text)
		if err != nil {
			sh.warn("%s: ambiguous redirect", text)
			return 1
		}
		sh.p.Files.Close(fd)
		return 0
	}
	fd := firstFreeFd
	for sh.p.Files.Get(fd) != nil {
		fd++
	}
	q.Fd = fd
	if st := sh.redirectOne(&q, nil); st != 0 {
		return st
	}
	sh.assign(r.FdVar, strconv.Itoa(fd), 0)
	return 0
}

// procSubstFd is where bash counts the descriptors of process substitutions
// down from.
const procSubstFd = 63

// processSubst is <(commands) or >(commands): the name of a descriptor that
// is a pipe from or to them. They run as a process of their own.
func (sh *Shell) processSubst(p *ast.ProcSubst) string {
	sh.out.flush()
	fd := procSubstFd
	for sh.p.Files.Get(fd) != nil && fd > firstFreeFd {
		fd--
	}
	if sh.sys.Executable() == "" {
		return sh.processSubstHere(p, fd)
	}
	r, w, err := sh.sys.Pipe()
	if err != nil {
		sh.fatal(1, "cannot make pipe for process substitution: %v", err)
	}
	sub := sh.fork()
	mine, theirs, at := r, w, 1
	if p.Out {
		mine, theirs, at = w, r, 0
	}
	sub.p.Files.Set(at, theirs)
	for _, open := range sh.b.procs {
		sub.p.Files.Close(open)
	}
	var child system.Child
	if s, ok := backgroundSimple(p.Body); ok {
		child, err = sub.startBackground(s)
	} else {
		child, err = sub.handOver(p.Body)
	}
	sub.release(sh)
	if err != nil {
		mine.Close()
		sh.fatal(1, "cannot make child for process substitution: %v", err)
	}
	sh.background = child.PID()
	sh.jobs.add(child, "").waited = true
	sh.p.Files.Set(fd, mine)
	sh.b.procs = append(sh.b.procs, fd)
	return "/dev/fd/" + strconv.Itoa(fd)
}

// processSubstHere is that where no process can be made: <(…) runs to its end
// before the command begins.
func (sh *Shell) processSubstHere(p *ast.ProcSubst, fd int) string {
	if p.Out {
		sh.fatal(1, "process substitution is not possible here")
	}
	sub := sh.fork()
	capture := system.NewCapture(sh.sys)
	sub.p.Files.Set(1, capture)
	sub.runSub(func() { sub.eval(p.Body, evExit) })
	sub.release(sh)
	f, err := sh.hereDocument(string(capture.Bytes()))
	if err != nil {
		sh.fatal(1, "cannot make pipe for process substitution: %v", err)
	}
	sh.p.Files.Set(fd, f)
	sh.b.procs = append(sh.b.procs, fd)
	return "/dev/fd/" + strconv.Itoa(fd)
}

// closeProcs closes the process substitutions of a command that has ended:
// all but the first keep.
func (sh *Shell) closeProcs(keep int) {
	for len(sh.b.procs) > keep {
		n := len(sh.b.procs) - 1
		sh.p.Files.Close(sh.b.procs[n])
		sh.b.procs = sh.b.procs[:n]
	}
}

// ownFd tells that a path names one of the shell's own descriptors.
func (sh *Shell) ownFd(path string) (int, bool) {
	rest, ok := strings.CutPrefix(path, "/dev/fd/")
	if !ok {
		switch path {
		case "/dev/stdin":
			return 0, true
		case "/dev/stdout":
			return 1, true
		case "/dev/stderr":
			return 2, true
		}
		return 0, false
	}
	fd, err := strconv.Atoi(rest)
	return fd, err == nil && fd >= 0
}

// readSubstituted is $(<file).
func (sh *Shell) readSubstituted(c *ast.CmdSubst) string {
	sh.substStatus = 0
	names := sh.fieldsOf(c.FileOnly, nil)
	name := sh.str(c.FileOnly, tildeWord)
	if len(names) == 1 {
		name = names[0]
	}
	if fd, ok := sh.ownFd(name); ok {
		if f := sh.p.Files.Get(fd); f != nil {
			b, _ := system.ReadAll(f, maxScript)
			return trimOutput(b)
		}
	}
	b, err := sh.p.ReadFile(name, maxScript)
	if err != nil {
		sh.warn("%s: %v", name, err)
		sh.substStatus = 1
		return ""
	}
	return trimOutput(b)
}
