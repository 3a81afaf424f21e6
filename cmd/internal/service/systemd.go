package service

import (
	"context"
	"strings"

	"sysv/service"
)

// hasUnit tells that systemd has a unit for the service, or that there is no
// script that could be run in its place. The original, which takes for granted
// that systemd makes units of init scripts, does not ask: since version 260
// systemd makes none.
func (c *command) hasUnit() bool {
	if _, ok := service.ScriptOf(c.p, c.name); !ok {
		return true
	}
	return service.HasUnit(c.p, c.unit())
}

func (c *command) unit() string { return strings.TrimSuffix(c.name, ".sh") + ".service" }

// runSystemd turns the action into a call of systemctl.
func (c *command) runSystemd(ctx context.Context) int {
	unit := c.unit()
	canReload := func() bool {
		return c.outputOfCommand("systemctl", "-p", "CanReload", "show", unit) != "CanReload=no"
	}
	switch c.action {
	case "restart", "status", "try-restart":
		return c.execSystemctl(c.action, unit)
	case "start", "stop":
		// Those sockets come and go with the service that start it.
		for _, socket := range c.sockets() {
			if c.outputOfCommand("systemctl", "-p", "Triggers", "show", socket) == "Triggers="+unit {
				c.runCommand("systemctl", c.action, socket)
			}
		}
		return c.execSystemctl(c.action, unit)
	case "reload":
		can := canReload()
		args := []string{"reload", unit}
		// While the machine goes up or down nobody waits for it.
		if c.runCommand("systemctl", "--quiet", "is-system-running") != 0 {
			args = append([]string{"--no-block"}, args...)
		}
		if !can {
			return c.runScript(ctx)
		}
		return c.execSystemctl(args...)
	case "force-stop":
		return c.execSystemctl("--signal=KILL", "kill", unit)
	case "force-reload":
		if !canReload() {
			return c.execSystemctl("restart", unit)
		}
		return c.execSystemctl("reload", unit)
	}
	return c.runScript(ctx)
}

// sockets are the socket units; their lines have a name and at most one word
// more.
func (c *command) sockets() []string {
	var found []string
	for line := range strings.Lines(c.outputOfCommand("systemctl", "list-unit-files", "--full", "--type=socket")) {
		f := strings.Fields(line)
		if len(f) > 0 && len(f) <= 2 && strings.HasSuffix(f[0], ".socket") {
			found = append(found, f[0])
		}
	}
	return found
}

// execSystemctl puts systemctl into the place of this process.
func (c *command) execSystemctl(args ...string) int {
	path := service.FindProgram(c.p, "systemctl")
	if path == "" {
		c.complain(c.program + ": systemctl: not found\n")
		return ExitNoCommand
	}
	return c.exec(path, args)
}

// exec puts a program into the place of this process.
func (c *command) exec(path string, args []string) int {
	err := c.p.Sys.Exec(c.p.Command(path, append([]string{path[strings.LastIndexByte(path, '/')+1:]}, args...)))
	c.complain(c.program + ": " + path + ": " + err.Error() + "\n")
	return service.StatusNotExecutable
}

// runCommand runs a program and gives its status.
func (c *command) runCommand(name string, args ...string) int {
	status, _ := service.RunProgram(c.p, false, append([]string{name}, args...)...)
	return status
}

// outputOfCommand gives what a program says, without the last newlines; what
// it says on standard error is dropped.
func (c *command) outputOfCommand(name string, args ...string) string {
	_, out := service.RunProgram(c.p, true, append([]string{name}, args...)...)
	return out
}

// keepOpenRC keeps the links by which OpenRC's rc-status knows what has been
// started.
func (c *command) keepOpenRC() {
	const started = "/run/openrc/started"
	if info, err := c.p.Sys.Stat(started); err != nil || !info.Mode.IsDir() {
		return
	}
	link := started + "/" + c.name
	switch c.action {
	case "start":
		if info, err := c.p.Sys.Lstat(link); err == nil && info.Mode.IsSymlink() {
			return
		}
		if err := c.p.Sys.Symlink(service.Dir+"/"+c.name, link); err != nil {
			c.complain("ln: failed to create symbolic link '" + link + "': " + err.Error() + "\n")
		}
	case "stop":
		if err := c.p.Sys.Unlink(link); err != nil {
			c.complain("rm: cannot remove '" + link + "': " + err.Error() + "\n")
		}
	}
}
