package run

import (
	"context"
	"fmt"
	"time"

	"sysv/system"
)

// grace is how long a script that has had TERM at its deadline may take to
// clean up before KILL ends it.
const grace = 5 * time.Second

// withDeadline runs the script in a process group of its own, and ends the
// whole group at the deadline. Signals that would end this process are passed
// on to the group.
func withDeadline(ctx context.Context, p *system.Process, o Options, args []string) int {
	self := p.Sys.Executable()
	if self == "" {
		fmt.Fprintln(p.Stderr(), "sysv run: --timeout: this program cannot find itself to be run again")
		return ExitUsage
	}
	argv := []string{"sysv", "run", "--timeout=0"}
	if o.Trace {
		argv = append(argv, "--trace")
	}
	if o.AllowWritable {
		argv = append(argv, "--allow-writable")
	}
	argv = append(argv, "--utilities="+[]string{"fallback", "never", "prefer"}[o.Mode], "--", o.Script)
	c := p.Command(self, append(argv, o.Args...))
	c.Setpgid = true
	child, err := p.Sys.Start(c)
	if err != nil {
		fmt.Fprintf(p.Stderr(), "sysv run: %v\n", err)
		return ExitUsage
	}
	group := -child.PID()
	signals := make(chan system.Signal, 8)
	p.Sys.Notify(signals, system.SIGHUP, system.SIGINT, system.SIGQUIT, system.SIGTERM)
	done := make(chan system.WaitStatus, 1)
	go func() {
		st, _ := child.Wait(false)
		done <- st
	}()
	deadline, cancel := context.WithTimeout(ctx, o.Timeout)
	defer cancel()
	for {
		select {
		case st := <-done:
			return st.Status()
		case sig := <-signals:
			p.Sys.Kill(group, sig)
		case <-deadline.Done():
			fmt.Fprintf(p.Stderr(), "sysv run: %s: not done after %v: ended\n", o.Script, o.Timeout)
			endGroup(ctx, p, group, done)
			return ExitTimeout
		}
	}
}

// endGroup ends a process group: TERM, and KILL after the time of grace.
func endGroup(ctx context.Context, p *system.Process, group int, done <-chan system.WaitStatus) {
	p.Sys.Kill(group, system.SIGTERM)
	p.Sys.Kill(group, system.SIGCONT)
	late, cancel := context.WithTimeout(ctx, grace)
	defer cancel()
	select {
	case <-done:
	case <-late.Done():
	}
	p.Sys.Kill(group, system.SIGKILL)
}
