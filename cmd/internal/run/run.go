// Package run is the command run: one script in a service's clean
// environment.
package run

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"sysv/cmd/internal/sh"
	"sysv/interp"
	"sysv/service"
	"sysv/system"
)

// Exit statuses beside the script's own.
const (
	// ExitUsage is a wrong command line.
	ExitUsage = 2
	// ExitTimeout is a script that was ended at its deadline, as timeout(1)
	// has it.
	ExitTimeout = service.StatusTimeout
)

// Help is the command's manual.
const Help = `Usage: sysv run [OPTION]... SCRIPT ACTION [ARG]...

Runs one init script with the embedded shell, in the clean environment that
service(8) gives: LANG, LC_*, PATH and TERM alone, directory /, no input.

  --trace             print every command with its source line, time, status
                      and what it changed
  --timeout=TIME      end the script, and all that it has started but daemons,
                      after TIME (30, 90s, 5m; 0 is never, the default): TERM,
                      and 5 seconds later KILL
  --utilities=MODE    never, fallback or prefer (the default): when a built-in
                      utility stands in for a program
  --allow-writable    run a script as root although another user can write it
  --help              this text

EXIT STATUS
  the script's; 2 for a wrong command line, 124 at the deadline, 126 for a
  file that is no script, not safe to run, or larger than 16 MB, 127 for one
  that is not there

EXAMPLES
  sysv run /etc/init.d/cron status
  sysv run --trace --timeout=30 ./my-service start
`

// Options is the command line, read.
type Options struct {
	Trace, AllowWritable, Help bool
	Timeout                    time.Duration
	Mode                       interp.Mode
	Script                     string
	Args                       []string
}

// Parse reads the command line without the command's name.
func Parse(args []string) (Options, error) {
	o := Options{Mode: interp.Prefer}
	for len(args) > 0 && strings.HasPrefix(args[0], "-") && args[0] != "-" {
		a := args[0]
		args = args[1:]
		if a == "--" {
			break
		}
		name, val, has := strings.Cut(a, "=")
		switch name {
		case "--trace":
			o.Trace = true
		case "--allow-writable":
			o.AllowWritable = true
		case "--help", "-h":
			o.Help = true
			return o, nil
		case "--timeout", "--utilities":
			if !has {
				if len(args) == 0 {
					return o, fmt.Errorf("%s: expected a value", name)
				}
				val, args = args[0], args[1:]
			}
			if err := o.value(name, val); err != nil {
				return o, err
			}
		default:
			return o, fmt.Errorf("unknown option %s: see sysv run --help", a)
		}
	}
	if len(args) == 0 {
		return o, errors.New("expected a script: see sysv run --help")
	}
	o.Script, o.Args = args[0], args[1:]
	return o, nil
}

func (o *Options) value(name, val string) error {
	if name == "--utilities" {
		m, ok := sh.ParseMode(val)
		if !ok {
			return fmt.Errorf("--utilities=%s: expected never, fallback or prefer", val)
		}
		o.Mode = m
		return nil
	}
	d, ok := service.ParseTime(val)
	if !ok {
		return fmt.Errorf("--timeout=%s: expected a time such as 30, 90s or 5m, and not negative", val)
	}
	o.Timeout = d
	return nil
}

// Run runs the command; args[0] is its name.
func Run(ctx context.Context, p *system.Process, args []string) int {
	o, err := Parse(args[1:])
	if err != nil {
		fmt.Fprintf(p.Stderr(), "sysv run: %v\n", err)
		return ExitUsage
	}
	if o.Help {
		p.Stdout().Write([]byte(Help))
		return 0
	}
	script, err := service.Load(p, o.Script, o.AllowWritable)
	if err != nil {
		fmt.Fprintf(p.Stderr(), "sysv run: %v\n", err)
		return status(err)
	}
	script.Path = p.Abs(o.Script)
	return Script(ctx, p, script, o)
}

// Script runs a script that was loaded, in the clean environment.
func Script(ctx context.Context, p *system.Process, script *service.Script, o Options) int {
	p.Env = service.CleanEnvironment(p.Env)
	p.Dir = "/"
	if null, err := p.Sys.Open("/dev/null", system.ReadOnly, 0); err == nil {
		p.Files.Set(0, null)
	}
	a := service.Action{Script: script, Args: o.Args, Mode: o.Mode}
	if o.Trace {
		t := newTrace(p)
		a.Trace = t
	}
	if o.Timeout > 0 {
		return service.Supervise(ctx, p, a, service.Supervision{Program: "sysv run", Deadline: o.Timeout})
	}
	return service.Run(ctx, p, a)
}

func status(err error) int {
	var le *service.LoadError
	if errors.As(err, &le) {
		return le.Status
	}
	return service.StatusNotExecutable
}
