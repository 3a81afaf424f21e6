package service

import (
	"context"
	"errors"
	"time"

	"sysv/interp"
	"sysv/system"
)

// Order is an action of a service, as a command has been asked for it.
type Order struct {
	// Program is the command's name: its messages begin with it.
	Program string
	// Name is the service's, Path its script's.
	Name, Path string
	// Args are the action and what follows it.
	Args []string
	// AsEnv tells that a script that cannot be executed at all is reported in
	// the words of env(1), by which service(8) runs it, and not in a shell's.
	AsEnv bool
	// Limit, if it is not 0, is a deadline that is nearer than the one that is
	// set.
	Limit time.Duration
}

// Perform carries an order out, in the environment and the directory that the
// process has: it reads the script, looks up what is set for the action, and
// runs it as [Supervise] does. It returns the exit status.
func Perform(ctx context.Context, p *system.Process, o Order) int {
	if p.Sys.Access(o.Path, system.ExecuteOK) == system.EACCES {
		return notExecutable(p, o)
	}
	script, err := Load(p, o.Path, false)
	if err != nil {
		var le *LoadError
		if !errors.As(err, &le) {
			le = &LoadError{Path: o.Path, Why: err.Error(), Status: StatusNotExecutable}
		}
		if info, e := p.Sys.Stat(o.Path); e == nil && info.Mode.IsDir() {
			return notExecutable(p, o)
		}
		if !le.Program {
			system.WriteAll(p.Stderr(), []byte(o.Program+": "+le.Error()+"\n"))
			return le.Status
		}
		script = &Script{Path: o.Path, Kind: Foreign}
	}
	action := ""
	if len(o.Args) > 0 {
		action = o.Args[0]
	}
	set := ReadSettings(p, o.Name, action)
	for _, w := range set.Wrong {
		system.WriteAll(p.Stderr(), []byte(o.Program+": "+w+"\n"))
	}
	if o.Limit > 0 && (set.Deadline == 0 || o.Limit < set.Deadline) {
		set.Deadline = o.Limit
	}
	return Supervise(ctx, p, Action{Script: script, Args: o.Args, Mode: interp.Prefer, asEnv: o.AsEnv},
		Supervision{Name: o.Name, Program: o.Program, Deadline: set.Deadline, LogSize: set.LogSize})
}

// notExecutable says that a script cannot be executed.
func notExecutable(p *system.Process, o Order) int {
	words := o.Program + ": " + o.Path + ": Permission denied\n"
	if o.AsEnv {
		words = "env: '" + o.Path + "': Permission denied\n"
	}
	system.WriteAll(p.Stderr(), []byte(words))
	return StatusNotExecutable
}

// ActionName is argv[0] of this program when it is to perform an order of
// another one of its processes: ActionName PROGRAM env|shell LIMIT NAME ACTION [ARG]… in the
// environment and the directory that it is given.
const ActionName = "sysv-action"

// Child is the command that performs an order in a process of its own, by
// [PerformChild]: what a script does to its process ends with it.
func Child(p *system.Process, o Order) *system.Command {
	as := "shell"
	if o.AsEnv {
		as = "env"
	}
	return p.Command(p.Sys.Executable(), append([]string{ActionName, o.Program, as, o.Limit.String(), o.Name}, o.Args...))
}

// RunChild performs an order in a process of its own, and tells of a signal
// that ended it as a shell does.
func RunChild(p *system.Process, o Order) int {
	child, err := p.Sys.Start(Child(p, o))
	if err != nil {
		system.WriteAll(p.Stderr(), []byte(o.Program+": "+err.Error()+"\n"))
		return StatusNotExecutable
	}
	ws, _ := child.Wait(false)
	Mourn(p, ws)
	return ws.Status()
}

// restTime is how long the output of a script is waited for after the script
// has ended, where a process that it has left holds it open.
const restTime = 2 * time.Second

// Ask performs an order in a process of its own, and gives how it ended and
// what it said on both outputs.
func Ask(p *system.Process, o Order) (system.WaitStatus, []byte) {
	child := p.Fork()
	defer child.Files.CloseAll()
	out := system.NewCapture(p.Sys)
	child.Files.Set(1, out)
	child.Files.Dup(1, 2)
	started, err := p.Sys.Start(Child(child, o))
	if err != nil {
		return system.WaitStatus{Code: StatusNotExecutable}, nil
	}
	child.Files.CloseAll()
	ws, _ := started.Wait(false)
	text := make(chan []byte, 1)
	go func() { text <- out.Bytes() }()
	select {
	case b := <-text:
		return ws, b
	case <-time.After(restTime):
		return ws, nil
	}
}

// Mourn tells of a signal that ended a child as a shell does.
func Mourn(p *system.Process, ws system.WaitStatus) {
	if ws.Signal != 0 && ws.Signal != system.SIGINT && ws.Signal != system.SIGPIPE {
		text := ws.Signal.String()
		if ws.CoreDumped {
			text += " (core dumped)"
		}
		system.WriteAll(p.Stderr(), []byte(text+"\n"))
	}
}

// PerformChild performs the order of a [Child].
func PerformChild(ctx context.Context, p *system.Process, args []string) int {
	if len(args) < 5 {
		return 2
	}
	limit, _ := time.ParseDuration(args[3])
	return Perform(ctx, p, Order{Program: args[1], AsEnv: args[2] == "env", Limit: limit, Name: args[4], Path: Dir + "/" + args[4], Args: args[5:]})
}
