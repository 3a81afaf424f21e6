package interp

import "sysv/system"

// open opens a file for a redirection or the dot command. A FIFO is waited for
// until another process opens it too, or a signal with a trap comes: dash's
// open fails then with EINTR, bash runs the trap and waits on.
func (sh *Shell) open(name string, flag system.OpenFlag) (system.File, error) {
	if !sh.mayWaitFor(name, flag) {
		return sh.p.Open(name, flag, 0o666)
	}
	type result struct {
		f   system.File
		err error
	}
	done := make(chan result, 1)
	go func() {
		f, err := sh.p.Open(name, flag, 0o666)
		done <- result{f, err}
	}()
	given := false
	defer func() {
		if given {
			return
		}
		// The call itself cannot be called off: the other end, opened for a
		// moment, ends it.
		other, err := sh.p.Open(name, system.ReadWrite|system.NonBlock, 0)
		end := func() {
			if r := <-done; r.err == nil {
				r.f.Close()
			}
		}
		if err != nil {
			go end()
			return
		}
		end()
		other.Close()
	}()
	for {
		select {
		case r := <-done:
			given = true
			return r.f, r.err
		case sig := <-sh.signals.arrived():
			sh.signals.got(sig)
			if sh.pendingSignal() == 0 {
				continue
			}
			if sh.dialect == Dash {
				return nil, system.EINTR
			}
			sh.runPendingTraps()
		case <-sh.ctx.Done():
			panic(exit{status: 128 + int(system.SIGTERM)})
		}
	}
}

// mayWaitFor tells whether opening a file may take until another process does
// something, and whether there is anything that could end the wait.
func (sh *Shell) mayWaitFor(name string, flag system.OpenFlag) bool {
	if flag&system.ReadWrite != 0 || sh.ctx.Done() == nil && !(sh.main && sh.traps.any()) {
		return false
	}
	info, err := sh.p.Stat(name)
	return err == nil && info.Mode.Type() == system.TypeFIFO
}

// readSource reads a file for the dot command.
func (sh *Shell) readSource(name string) ([]byte, error) {
	src, f, err := sh.openSource(name)
	if f != nil {
		f.Close()
	}
	return src, err
}

// openSource reads a file that is to be sourced, and leaves it open.
func (sh *Shell) openSource(name string) ([]byte, system.File, error) {
	f, err := sh.open(name, system.ReadOnly)
	if err != nil {
		return nil, nil, err
	}
	src, err := system.ReadAll(f, maxScript)
	return src, f, err
}
