package service

import (
	"context"
	"strings"

	"sysv/service"
	"sysv/system"
)

// actionDir has scripts for actions of services that have units, by the
// service's name and the action's.
const actionDir = "/usr/libexec/initscripts/legacy-actions"

// isRedHat tells a tree that is Red Hat's: there /etc/init.d leads to
// rc.d/init.d, and there is a file that says which release it is.
func isRedHat(p *system.Process) bool {
	if target, err := p.Sys.Readlink(service.Dir); err == nil && strings.TrimPrefix(target, "/etc/") == "rc.d/init.d" {
		return true
	}
	_, err := p.Sys.Stat("/etc/redhat-release")
	return err == nil
}

func (c *command) noScripts() int {
	c.complain("Support for initscripts isn't installed\n")
	return ExitNoScripts
}

// runRedHat is what Red Hat's service does, once it has read its command
// line: the script, one of the legacy actions, or systemctl.
func (c *command) runRedHat(ctx context.Context) int {
	path := service.Dir + "/" + c.name
	info, err := c.p.Sys.Stat(path)
	if err == nil && info.Mode.IsRegular() && !strings.Contains(c.name, "/") {
		c.beforeRedHat()
		c.p.Env = c.environment(true)
		if c.p.Sys.Access(path, system.ExecuteOK) != nil {
			c.complain("env: '" + path + "': Permission denied\n")
			return service.StatusNotExecutable
		}
		return service.Perform(ctx, c.p, c.order(path, append([]string{c.action}, c.words(c.options)...)...))
	}
	if legacy := actionDir + "/" + c.name + "/" + c.action; c.action != "" && !strings.Contains(c.name+c.action, "/") &&
		c.p.Sys.Access(legacy, system.ExecuteOK) == nil {
		c.p.Env = c.environment(true)
		return service.Perform(ctx, c.p, c.order(legacy, c.words(c.options)...))
	}
	switch c.action {
	case "start", "stop", "restart", "try-restart", "reload", "reload-or-restart", "try-reload-or-restart", "force-reload", "status", "condrestart":
		unit := c.outputOfCommand("/usr/bin/systemd-escape", "--mangle", c.name)
		words := c.action + " " + unit
		if c.options != "" {
			words += " " + c.options
		}
		c.complain("Redirecting to /bin/systemctl " + words + "\n")
		return c.exec("/bin/systemctl", append([]string{c.action, unit}, c.words(c.options)...))
	}
	c.complain("The service command supports only basic LSB actions (start, stop, restart, try-restart, reload, reload-or-restart, try-reload-or-restart, force-reload, status, condrestart). For other actions, please try to use systemctl.\n")
	return ExitNotSupported
}

// beforeRedHat takes a unit out of systemd's way that it believes to be
// active although its daemon has died, and lets network be stopped although
// systemd believes that it is.
func (c *command) beforeRedHat() {
	if !c.systemd {
		return
	}
	show := func(property, unit string) string {
		return c.outputOfCommand("systemctl", "show", "-p", property, unit, "--value")
	}
	if unit := c.name + ".service"; c.action == "start" && show("ActiveState", unit) == "active" && show("SubState", unit) == "exited" {
		c.runCommand("/bin/systemctl", "stop", unit)
	}
	if c.name == "network" && c.action == "stop" && show("ActiveState", "network.service") == "inactive" &&
		show("SourcePath", "network.service") == "/etc/rc.d/init.d/network" {
		c.skipRedirect = "1"
	}
}
