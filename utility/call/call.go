// Package call is what every built-in utility has in common: one run of it,
// its output, its messages and its options.
package call

import (
	"bufio"
	"context"
	"fmt"
	"sync"

	"sysv/system"
)

// Func is a built-in utility. It returns its exit status, and leaves nothing
// running. It works on the process's descriptors, directory, umask and
// environment, and reaches the machine through c.Sys alone.
type Func func(c *Call) int

// Call is one run of a utility.
type Call struct {
	*system.Process
	// Ctx ends when the utility must: each wait and each long loop heeds it.
	Ctx context.Context
	// Args is the argument vector; Args[0] is the name it was called by.
	Args []string
	// Out is standard output, flushed when the utility has ended. Flush it
	// before anything else (a child, a message) may write there, and before
	// a wait.
	Out *bufio.Writer

	refused string
}

// BrokenPipe is the status of a program that SIGPIPE ended, as a shell sees it.
const BrokenPipe = 128 + int(system.SIGPIPE)

var writers = sync.Pool{New: func() any { return bufio.NewWriterSize(nil, 8192) }}

// Run runs a utility. refused, if not empty, is an option (or a use) that it
// does not have: nothing has been done or printed, and the real program, if
// there is one, shall run instead.
func Run(ctx context.Context, f Func, p *system.Process, args []string) (status int, refused string) {
	w := writers.Get().(*bufio.Writer)
	w.Reset(p.Stdout())
	c := &Call{Process: p, Ctx: ctx, Args: args, Out: w}
	status = f(c)
	err := w.Flush()
	w.Reset(nil)
	writers.Put(w)
	if c.refused != "" {
		return 0, c.refused
	}
	switch err {
	case nil:
	case system.EPIPE:
		status = BrokenPipe
	default:
		c.Errorf("write error: %v", err)
		if status == 0 {
			status = 1
		}
	}
	return status, ""
}

// Name is the name that the utility was called by.
func (c *Call) Name() string { return c.Args[0] }

// Refuse says that this utility does not have an option or a use, and is what
// the utility then returns; it must not have done anything yet.
func (c *Call) Refuse(what string) int {
	c.refused = what
	return 0
}

// Errorf prints "NAME: message" to standard error.
func (c *Call) Errorf(format string, args ...any) {
	c.Out.Flush()
	system.WriteAll(c.Stderr(), []byte(c.Name()+": "+fmt.Sprintf(format, args...)+"\n"))
}

// Fail prints a message as Errorf does and returns status 1.
func (c *Call) Fail(format string, args ...any) int {
	c.Errorf(format, args...)
	return 1
}

// Stop reports whether the utility shall end now: its context has, or its
// standard output is a broken pipe.
func (c *Call) Stop() bool { return c.Ctx.Err() != nil }

// Exec runs another program for this utility (env, nice, xargs …) as the
// shell would, and returns its status; 127 if it is not to be found.
func (c *Call) Exec(p *system.Process, argv []string) int {
	c.Out.Flush()
	if c.Process.Run == nil {
		c.Errorf("cannot run %s: no programs can be run here", Quote(argv[0]))
		return 126
	}
	return c.Process.Run(c.Ctx, p, argv)
}
