// The runtime need not look for processor limits of a control group, once and
// again every second: a script's shell has one thing to do at a time.

//go:debug containermaxprocs=0
//go:debug updatemaxprocs=0

// Command sysv runs init scripts, orders them, judges them, and is the tools
// around them: it picks a command by the name that it was called by, or, as
// sysv, by its first word.
package main

import (
	"context"
	"os"
	"strings"

	"sysv/cmd/internal/chkconfig"
	"sysv/cmd/internal/demo"
	"sysv/cmd/internal/insserv"
	"sysv/cmd/internal/invokercd"
	"sysv/cmd/internal/links"
	"sysv/cmd/internal/lint"
	"sysv/cmd/internal/order"
	"sysv/cmd/internal/rehearse"
	"sysv/cmd/internal/root"
	"sysv/cmd/internal/run"
	"sysv/cmd/internal/runlevel"
	"sysv/cmd/internal/service"
	"sysv/cmd/internal/sh"
	truth "sysv/cmd/internal/status"
	"sysv/cmd/internal/sysvinstall"
	"sysv/cmd/internal/updatercd"
	actions "sysv/service"
	"sysv/shell"
	"sysv/system/linux"
	"sysv/utility"
	"sysv/utility/call"
)

// version is set when a release is built.
var version = "0.1-dev"

func main() {
	linux.RunStage()
	os.Exit(dispatch(os.Args))
}

// dispatch runs the command that argv names. What must start quickly is found
// here by a switch; only the rest builds the tree of package root.
func dispatch(argv []string) int {
	if len(argv) == 0 {
		return root.ExitUsage
	}
	if fd, ok := linux.Resumed(); ok {
		return shell.Resume(context.Background(), shell.HostProcess(), fd)
	}
	name := strings.TrimPrefix(argv[0][strings.LastIndexByte(argv[0], '/')+1:], "-")
	if name != "sysv" {
		if status, ok := command(name, argv); ok {
			return status
		}
	}
	// A copy by another name (sysv-1.0) is sysv.
	if len(argv) > 1 {
		if status, ok := command(argv[1], argv[1:]); ok {
			return status
		}
	}
	return root.Execute(version, commands(), argv[1:])
}

// command runs the command of a name, if there is one.
func command(name string, argv []string) (status int, ok bool) {
	ctx := context.Background()
	switch name {
	case "sh", "dash", "bash":
		return sh.Run(ctx, shell.HostProcess(), argv), true
	case "run":
		return run.Run(ctx, shell.HostProcess(), argv), true
	case "rehearse":
		return rehearse.Run(ctx, shell.HostProcess(), argv), true
	case "service":
		return service.Run(ctx, shell.HostProcess(), argv), true
	case "invoke-rc.d":
		return invokercd.Run(ctx, shell.HostProcess(), argv), true
	case "status":
		return truth.Run(ctx, shell.HostProcess(), argv), true
	case "runlevel":
		return runlevel.Run(ctx, shell.HostProcess(), argv), true
	case actions.ActionName:
		return actions.PerformChild(ctx, shell.HostProcess(), argv), true
	case actions.KeeperName:
		return actions.Keep(shell.HostProcess(), argv), true
	case "chkconfig", "install_initd", "remove_initd":
		return chkconfig.Run(ctx, shell.HostProcess(), argv), true
	case "update-rc.d":
		return updatercd.Run(ctx, shell.HostProcess(), argv), true
	case "systemd-sysv-install":
		return sysvinstall.Run(ctx, shell.HostProcess(), argv), true
	case "insserv":
		return insserv.Run(ctx, shell.HostProcess(), argv), true
	case "order":
		return order.Run(ctx, shell.HostProcess(), argv), true
	case "lint":
		return lint.Run(ctx, shell.HostProcess(), argv), true
	case "links":
		return links.Run(ctx, shell.HostProcess(), argv, utility.Names()), true
	case "demo":
		return demo.Run(ctx, shell.HostProcess(), argv), true
	case demo.DaemonName:
		return demo.Daemon(ctx, shell.HostProcess(), argv), true
	}
	f := utility.Lookup(name)
	if f == nil {
		return 0, false
	}
	p := shell.HostProcess()
	p.Run = shell.RunProgram
	status, refused := call.Run(ctx, f, p, argv)
	if refused != "" {
		p.Stderr().Write([]byte(name + ": " + refused + ": not built in\n"))
		return 1, true
	}
	return status, true
}

// commands is the tree that help and completion show.
func commands() []root.Command {
	run := func(args []string) int {
		status, _ := command(args[0], args)
		return status
	}
	list := []root.Command{
		{Name: "demo", Short: "Start, ask, reload and stop a real daemon, to see it work"},
		{Name: "links", Short: "Make the links by whose names sysv is the drop-ins"},
		{Name: "lint", Short: "Say what is wrong with init scripts, without running them", Help: lint.Help},
		{Name: "order", Short: "Show in which order scripts start and stop, and why", Help: order.Help},
		{Name: "rehearse", Short: "Act an init script out in an invented machine, and judge it", Help: rehearse.Help},
		{Name: "run", Short: "Run one init script in a service's clean environment"},
		{Name: "status", Short: "Show what is so of services, next to what their scripts say", Help: truth.Help},
		{Name: "sh", Short: "Run a shell script with the embedded shell"},
		{Name: "insserv", Short: "Order init scripts by their headers, and make their links fit", DropIn: true},
		{Name: "chkconfig", Short: "Ask and change in which runlevels a service starts, as Red Hat's program does", DropIn: true},
		{Name: "service", Short: "Run an action of an init script by its service's name", DropIn: true},
		{Name: "update-rc.d", Short: "Make, remove and toggle the links of an init script, as Debian's does", DropIn: true},
		{Name: "systemd-sysv-install", Short: "Enable an init script for systemctl, as Debian's does", DropIn: true},
		{Name: "invoke-rc.d", Short: "Run an action of an init script if the runlevel and the policy allow it", DropIn: true},
		{Name: "runlevel", Short: "Print the previous and the current runlevel", DropIn: true},
		{Name: "start-stop-daemon", Short: "Start and stop daemons, as dpkg's program does", DropIn: true},
		{Name: "pidof", Short: "Find the processes of a program, as sysvinit's does", DropIn: true},
		{Name: "killall5", Short: "Signal every process outside this session, as sysvinit's does", DropIn: true},
	}
	for i := range list {
		list[i].Run = run
	}
	return list
}
