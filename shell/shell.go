// Package shell puts the shell together: the evaluator of package interp with
// the built-in utilities and the function libraries, on a System. It is what
// the commands sh, run and service run, and what a rehearsal runs.
package shell

import (
	"context"

	"sysv/interp"
	"sysv/library"
	"sysv/system"
	"sysv/utility"
)

// Options is what a shell is made with.
type Options struct {
	// Name is $0 and Args the positional parameters.
	Name    string
	Args    []string
	Dialect interp.Dialect
	Mode    interp.Mode
	// Trace, if not nil, is told of every command.
	Trace interp.Tracer
}

// New makes a shell on a process.
func New(p *system.Process, o Options) *interp.Shell {
	c := config(p)
	c.Name, c.Args, c.Dialect, c.Mode, c.Trace = o.Name, o.Args, o.Dialect, o.Mode, o.Trace
	return interp.New(c)
}

// Resume goes on as a subshell of another process that has started this one
// (see [interp.Resume]); fd is where that one's state is read.
func Resume(ctx context.Context, p *system.Process, fd int) int {
	return interp.Resume(ctx, config(p), fd)
}

// ResumeTraced is Resume for a shell whose Options had a Trace.
func ResumeTraced(ctx context.Context, p *system.Process, fd int, trace interp.Tracer) int {
	c := config(p)
	c.Trace = trace
	return interp.Resume(ctx, c, fd)
}

// RunProgram runs a program, or a built-in utility where there is none, for a
// utility that runs outside a shell (nice, env …).
func RunProgram(ctx context.Context, p *system.Process, argv []string) int {
	return interp.New(config(p)).RunProgram(ctx, p, argv)
}

func config(p *system.Process) interp.Config {
	return interp.Config{Process: p, Utilities: utility.Lookup, Library: library.Library{}}
}
