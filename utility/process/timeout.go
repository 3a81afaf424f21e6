package process

import (
	"context"
	"strings"
	"time"

	"sysv/daemon"
	"sysv/system"
	"sysv/utility/call"
)

// timedOut is timeout's own status.
const timedOut = 124

type timeout struct {
	*call.Call
	killAfter           time.Duration
	signal              system.Signal
	verbose, foreground bool
	preserve            bool
	command             string
}

// Timeout is timeout(1) of GNU coreutils.
func Timeout(c *call.Call) int {
	t := timeout{Call: c, signal: system.SIGTERM}
	in := scan(c, "+k:s:v", "kill-after=>k", "signal=>s", "verbose>v", "foreground", "preserve-status")
	in.quiet = true
	for {
		name, arg := in.next()
		if name == "" {
			break
		}
		switch name {
		case bad:
			return c.Refuse("an option of timeout: " + arg)
		case "k":
			seconds, ok := interval(arg)
			if !ok {
				return t.usage("invalid time interval " + call.Quote(arg))
			}
			t.killAfter = duration(seconds)
		case "s":
			sig, ok := signalOperand(arg)
			if !ok {
				return t.usage(call.Quote(arg) + ": invalid signal")
			}
			t.signal = sig
		case "v":
			t.verbose = true
		case "foreground":
			t.foreground = true
		case "preserve-status":
			t.preserve = true
		}
	}
	if len(in.operands) < 2 {
		return t.usage("")
	}
	seconds, ok := interval(in.operands[0])
	if !ok {
		return t.usage("invalid time interval " + call.Quote(in.operands[0]))
	}
	argv := in.operands[1:]
	t.command = argv[0]
	c.Out.Flush()
	child, err := launch(c.Process, argv, func(cmd *system.Command) { cmd.Setpgid = !t.foreground })
	if err == system.ENOENT && c.Process.Run != nil && !strings.Contains(argv[0], "/") {
		return t.builtIn(argv, duration(seconds))
	}
	if err != nil {
		c.Errorf("failed to run command %s: %v", call.Quote(argv[0]), err)
		return missing(err)
	}
	return t.watch(child, duration(seconds))
}

func (t *timeout) usage(message string) int {
	if message != "" {
		t.Errorf("%s", message)
	}
	t.Hint()
	return cancelled
}

// watch waits for the program, and signals it when its time is over.
func (t *timeout) watch(child system.Child, limit time.Duration) int {
	ended := make(chan system.WaitStatus, 1)
	go func() {
		w, _ := child.Wait(false)
		ended <- w
	}()
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	alarm := t.alarm(ctx, limit)
	over, cancel := false, t.Ctx.Done()
	sig := t.signal
	for {
		select {
		case w := <-ended:
			if over && !(t.preserve || w.Signal == system.SIGKILL) {
				return timedOut
			}
			return w.Status()
		case <-alarm:
			over = true
			t.send(child, sig)
		case <-cancel:
			cancel = nil
			t.send(child, system.SIGTERM)
		}
		alarm = nil
		if t.killAfter > 0 {
			sig = system.SIGKILL
			alarm = t.alarm(ctx, t.killAfter)
			t.killAfter = 0
		}
	}
}

// alarm gives a channel that is closed after d; 0 means never.
func (t *timeout) alarm(ctx context.Context, d time.Duration) <-chan struct{} {
	if d == 0 {
		return nil
	}
	ring := make(chan struct{})
	go func() {
		if t.Sys.Sleep(ctx, d) == nil {
			close(ring)
		}
	}()
	return ring
}

// send signals the program itself, which may have left its process group, and
// the group; stopped ones are continued so that they can act on it.
func (t *timeout) send(child system.Child, sig system.Signal) {
	if t.verbose {
		t.Errorf("sending signal %s to command %s", sig.Name(), call.Quote(t.command))
	}
	table := daemon.Table{Sys: t.Sys}
	p, err := table.Read(child.PID())
	if err != nil {
		return
	}
	id := daemon.Identity{PID: p.PID, Start: p.Start}
	table.Signal(id, sig)
	if t.foreground {
		return
	}
	t.Sys.Kill(-child.PID(), sig)
	if sig != system.SIGKILL && sig != system.SIGCONT {
		table.Signal(id, system.SIGCONT)
		t.Sys.Kill(-child.PID(), system.SIGCONT)
	}
}

// builtIn runs a utility that is built in: it is told to end, and does.
func (t *timeout) builtIn(argv []string, limit time.Duration) int {
	ctx, stop := context.WithCancel(t.Ctx)
	defer stop()
	over := make(chan struct{})
	if limit > 0 {
		go func() {
			if t.Sys.Sleep(ctx, limit) == nil {
				close(over)
				stop()
			}
		}()
	}
	status := t.Process.Run(ctx, t.Process, argv)
	select {
	case <-over:
		if !t.preserve {
			return timedOut
		}
		return 128 + int(t.signal)
	default:
		return status
	}
}

// signalOperand reads a signal as GNU's utilities do: a number, an exit status
// of a process that a signal ended, or a name with or without SIG.
func signalOperand(s string) (system.Signal, bool) {
	if s != "" && s[0] >= '0' && s[0] <= '9' {
		n, ok := daemon.Unsigned(s)
		if !ok {
			return 0, false
		}
		if n > 128 {
			n &= 0x7f
		}
		return system.Signal(n), n < system.SignalCount && n != 32 && n != 33
	}
	name := strings.ToUpper(s)
	if name == "EXIT" {
		return 0, true
	}
	if sig, ok := system.ParseSignalName(name); ok {
		return sig, true
	}
	return system.ParseSignalName(strings.TrimPrefix(name, "SIG"))
}
