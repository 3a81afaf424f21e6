// Package service is the command service: an action of an init script, by the
// service's name, as Debian's service(8) runs it.
package service

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"sysv/interp"
	"sysv/service"
	"sysv/system"
)

// Exit statuses beside the script's own.
const (
	// ExitUsage is no service given, or none of that name (as service(8)).
	ExitUsage = 1
)

// Dir is where the scripts are.
const Dir = "/etc/init.d"

const usage = "Usage: service < option > | --status-all | [ service_name [ command | --full-restart ] ]\n"

// Run runs the command; args[0] is the name it was called by.
func Run(ctx context.Context, p *system.Process, args []string) int {
	if len(args) < 2 {
		system.WriteAll(p.Stderr(), []byte(usage))
		return ExitUsage
	}
	name := args[1]
	switch {
	case name == "-h" || strings.HasPrefix(name, "--h"):
		system.WriteAll(p.Stderr(), []byte(usage))
		return 0
	case name == "-V" || name == "--version":
		system.WriteAll(p.Stderr(), []byte("service ver. "+followed+"\n"))
		return 0
	case name == "--status-all" && len(args) == 2:
		return statusAll(ctx, p)
	}
	unknown := func() int {
		fmt.Fprintf(p.Stderr(), "%s: unrecognized service\n", name)
		return ExitUsage
	}
	// A name leads to a script in the directory and nowhere else.
	if name == "" || strings.Contains(name, "/") || name == "." || name == ".." {
		return unknown()
	}
	path := Dir + "/" + name
	if p.Sys.Access(path, system.ExecuteOK) != nil {
		return unknown()
	}
	script, err := service.Load(p, path, false)
	if err != nil {
		fmt.Fprintf(p.Stderr(), "service: %v\n", err)
		var le *service.LoadError
		if errors.As(err, &le) {
			return le.Status
		}
		return service.StatusNotExecutable
	}
	// service(8) joins the words and splits them again.
	action := strings.Fields(strings.Join(args[2:], " "))
	if len(args) == 3 && args[2] == "--full-restart" {
		// The stop has a process of its own: a script may end with exec.
		c := p.Command(p.Sys.Executable(), []string{"service", name, "stop"})
		if child, err := p.Sys.Start(c); err == nil {
			child.Wait(false)
		}
		action = []string{"start"}
	}
	return run(ctx, p, script, action)
}

// run runs a script in the clean environment.
func run(ctx context.Context, p *system.Process, script *service.Script, action []string) int {
	p.Env = service.CleanEnvironment(p.Env)
	p.Dir = "/"
	return service.Run(ctx, p, service.Action{Script: script, Args: action, Mode: interp.Prefer})
}
