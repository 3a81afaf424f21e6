package service

import (
	"sync"

	"sysv/system"
)

// output is standard output or error of a script whose words go into a log.
// What the shell and its own utilities write goes to the caller at once. For
// programs it becomes a pipe, from which all is passed on: only when there is
// a first one. A caller's terminal is given to programs as it is, since they
// behave otherwise on one.
type output struct {
	system.File
	fd  int
	log *log
	sys system.System

	mu   sync.Mutex
	pipe system.File // the writing end
	pump *pump
}

// watchOutput puts outputs in the place of a process's standard output and
// error. What was one file stays one.
func watchOutput(p *system.Process, l *log) []*output {
	var all []*output
	for fd := 1; fd <= 2; fd++ {
		f := p.Files.Get(fd)
		if f == nil {
			continue
		}
		if fd == 2 && len(all) == 1 && sameFile(all[0].File, f) {
			p.Files.Dup(1, 2)
			break
		}
		o := &output{File: f, fd: fd, log: l, sys: p.Sys}
		p.Files.Save(fd) // the caller's own stays open
		p.Files.Set(fd, o)
		all = append(all, o)
	}
	return all
}

func sameFile(a, b system.File) bool {
	x, err := a.Stat()
	if err != nil {
		return false
	}
	y, err := b.Stat()
	return err == nil && x.SameFile(y)
}

// Write writes to the caller, and to the log. Once there is a pipe it is
// written to, so that the order stays.
func (o *output) Write(b []byte) (int, error) {
	o.mu.Lock()
	pipe := o.pipe
	o.mu.Unlock()
	if pipe != nil {
		return pipe.Write(b)
	}
	n, err := o.File.Write(b)
	if n > 0 {
		o.log.output(o.fd, b[:n])
	}
	return n, err
}

// Close leaves the caller's file open.
func (o *output) Close() error { return nil }

// FD is the descriptor that a program is given.
func (o *output) FD() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	f := o.File
	if o.pipe != nil {
		f = o.pipe
	} else if !o.File.IsTerminal() {
		if w := o.begin(); w != nil {
			f = w
		}
	}
	if n, ok := f.(interface{ FD() int }); ok {
		return n.FD()
	}
	return -1
}

// begin makes the pipe, or gives nil if that cannot be.
func (o *output) begin() system.File {
	r, w, err := o.sys.Pipe()
	if err != nil {
		return nil
	}
	if o.pump = startPump(r, o); o.pump == nil {
		r.Close()
		w.Close()
		return nil
	}
	o.pipe = w
	return w
}

// finish passes on what is in the pipe, and tells whether another process
// still has it open.
func (o *output) finish() (held bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.pump == nil {
		return false
	}
	o.pipe.Close()
	return o.pump.finish()
}
