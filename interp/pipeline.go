package interp

import (
	"slices"
	"sync"
	"sync/atomic"

	"sysv/interp/ast"
	"sysv/system"
)

// evalPipeline runs the commands of a pipeline, each in a subshell, side by
// side. Its status is the last one's.
func (sh *Shell) evalPipeline(c *ast.Pipeline) int {
	sh.out.flush()
	n := len(c.Cmds)
	status := make([]int, n)
	subs := make([]*Shell, n)
	var in system.File
	for i := range c.Cmds {
		sh.findEarly(c.Cmds[i])
		sub := sh.fork()
		subs[i] = sub
		sub.piped = true
		// What is found for the commands after it is none of its.
		sub.hash = &cmdHash{m: sh.hash.all()}
		if in != nil {
			sub.p.Files.Set(0, in)
			in = nil
		}
		if i < n-1 {
			r, w, err := sh.sys.Pipe()
			if err != nil {
				for _, s := range subs[:i+1] {
					s.release(sh)
				}
				sh.fatal(2, "Pipe call failed")
			}
			sub.p.Files.Set(1, w)
			if c.Merge != nil && c.Merge[i] {
				sub.p.Files.Dup(1, 2)
			}
			in = r
		}
	}
	system.AddThreads(sh.sys, n-1)
	sh.signals.interrupts.add(n - 1)
	var ended atomic.Int32
	run := func(i int) {
		defer func() {
			// The last one to end is the one that goes on.
			if ended.Add(1) < int32(n) {
				system.AddThreads(sh.sys, -1)
				sh.signals.interrupts.add(-1)
			}
		}()
		status[i] = subs[i].runSub(func() { subs[i].eval(c.Cmds[i], evExit) })
		// The next command must see the end of its input, and the one
		// before a broken pipe, as soon as this one is done.
		subs[i].p.Files.CloseAll()
	}
	var wg sync.WaitGroup
	for i := range n - 1 {
		wg.Go(func() { run(i) })
	}
	run(n - 1)
	wg.Wait()
	sh.interrupted()
	for _, s := range subs {
		s.release(sh)
		sh.reportSignal(s.successor)
	}
	if sh.opt[optPipeFail] {
		for i := n - 1; i >= 0; i-- {
			if status[i] != 0 {
				sh.setPipeStatus(status)
				return status[i]
			}
		}
	}
	sh.setPipeStatus(status)
	return status[n-1]
}

// findEarly looks for the program of a command of a pipeline before the
// subshell is made, so that this shell remembers it.
func (sh *Shell) findEarly(c ast.Command) {
	s, ok := c.(*ast.Simple)
	if !ok || len(s.Args) == 0 {
		return
	}
	if name, ok := s.Args[0].Lit(); ok && isName(name) {
		sh.find(name, lookupOptions{})
	}
}

// substitute runs a command substitution and gives its output without the
// newlines at its end.
func (sh *Shell) substitute(c *ast.CmdSubst) string {
	if c.FileOnly != nil {
		return sh.readSubstituted(c)
	}
	if c.Body == nil {
		sh.substStatus = 0
		return ""
	}
	sub := sh.fork()
	sub.parenthesised, sub.substituted = !sh.piped, true
	capture := system.NewCapture(sh.sys)
	sub.p.Files.Set(1, capture)
	if sh.dialect == Bash {
		sub.inSubstitution()
	}
	line := sh.line
	status := 0
	if sh.needsProcess(c.Body) {
		status = sub.runHandedOver(c.Body)
	} else {
		status = sub.runSub(func() { sub.eval(c.Body, evExit) })
	}
	sub.release(sh)
	sh.interrupted()
	sh.jobs.reap()
	sh.reportSignal(sub.successor)
	sh.line = line
	sh.substStatus = status
	if sh.dialect == Bash {
		sh.status = status
	}
	out := trimOutput(capture.Bytes())
	if capture.Full() {
		outOfSpace()
	}
	return out
}

// trimOutput drops the newlines at the end, and NUL bytes, which no variable
// can hold.
func trimOutput(b []byte) string {
	for len(b) > 0 && b[len(b)-1] == '\n' {
		b = b[:len(b)-1]
	}
	if slices.Contains(b, 0) {
		kept := make([]byte, 0, len(b))
		for _, c := range b {
			if c != 0 {
				kept = append(kept, c)
			}
		}
		for len(kept) > 0 && kept[len(kept)-1] == '\n' {
			kept = kept[:len(kept)-1]
		}
		return string(kept)
	}
	return string(b)
}
