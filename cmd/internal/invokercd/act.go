package invokercd

import (
	"strings"

	"sysv/service"
)

// act does what has been allowed: the actions one after the other, until one
// succeeds.
func (c *command) act() int {
	if !c.systemd && !c.executable() {
		return ExitSubsystem
	}
	rc, last := ExitSubsystem, ""
	actions := fields(c.action)
	for i, a := range actions {
		last = a
		if len(actions) > 1 {
			c.complain(`executing initscript action "`, a, `"...`)
		}
		switch {
		case c.systemd:
			rc = c.bySystemd(a)
		case c.openRC:
			rc, _ = service.RunProgram(c.p, false, "rc-service", c.id, a)
		default:
			rc = c.byScript(a)
		}
		if rc == 0 {
			return 0
		}
		if i < len(actions)-1 {
			c.complain(`action "`, a, `" failed, trying next action...`)
		}
	}
	c.complain("initscript ", c.id, `, action "`, last, `" failed.`)
	if c.systemd && (last == "start" || last == "restart" || last == "try-restart") {
		c.systemctl("status", "--full", "--no-pager", c.unit())
	}
	return rc
}

// byScript runs the script in a process of its own: what it does to its
// process is not to be ours.
func (c *command) byScript(action string) int {
	o := service.Order{Program: c.program, Name: c.id, Args: append([]string{action}, c.params...)}
	return service.RunChild(c.p, o)
}

// systemctl runs it, and gives its status.
func (c *command) systemctl(args ...string) int {
	status, _ := service.RunProgram(c.p, false, append([]string{"systemctl"}, args...)...)
	return status
}

// ask gives what systemctl says, without what it says on standard error.
func (c *command) ask(args ...string) string {
	_, out := service.RunProgram(c.p, true, append([]string{"systemctl"}, args...)...)
	return out
}

// checkUnit forbids a start of a unit that is neither enabled nor active, nor
// has links.
func (c *command) checkUnit() {
	if !c.starts() {
		return
	}
	quietly := func(args ...string) bool {
		return service.RunQuietly(c.p, append([]string{"systemctl", "--quiet"}, args...)...) == 0
	}
	enabled := quietly("is-enabled", c.unit())
	for _, level := range "S2345" {
		enabled = enabled || len(c.links("/etc/rc"+string(level)+".d", 'S')) > 0
	}
	c.rc = ExitDenied
	if enabled || quietly("is-active", c.unit()) {
		c.rc = ExitAllowed
	}
}

// bySystemd turns an action into calls of systemctl.
func (c *command) bySystemd(action string) int {
	unit := c.unit()
	if c.skipNative && !strings.HasPrefix(c.ask("show", "--value", "--property", "SourcePath", unit), service.Dir+"/") {
		return 0 // a unit of systemd's own: somebody else does it
	}
	masked := c.ask("-p", "LoadState", "show", unit) == "LoadState=masked"
	cannotReload := func() bool { return c.ask("-p", "CanReload", "show", unit) == "CanReload=no" }
	switch action {
	case "start", "restart", "try-restart":
		if masked {
			return 0
		}
		return c.systemctl(action, unit)
	case "stop", "status":
		return c.systemctl(action, unit)
	case "reload":
		if masked {
			return 0
		}
		no := cannotReload()
		args := []string{"reload", unit}
		if c.systemctl("--quiet", "is-system-running") != 0 {
			args = append([]string{"--no-block"}, args...)
		}
		if no {
			return c.byScript(action)
		}
		return c.systemctl(args...)
	case "force-stop":
		return c.systemctl("--signal=KILL", "kill", unit)
	case "force-reload":
		switch {
		case masked:
			return 0
		case cannotReload():
			return c.systemctl("restart", unit)
		}
		return c.systemctl("reload", unit)
	}
	return c.byScript(action)
}
