package chkconfig

import (
	"fmt"

	"sysv/runlevel"
)

// word is a state's.
func word(on bool) string {
	if on {
		return "on"
	}
	return "off"
}

// query answers by its status whether a service starts in the runlevel of
// where, or in the current one.
func (c *command) query(name string, where int32) int {
	if !c.o.noRedirect && !c.o.hasLevels {
		if status, done := c.forward(name, "is-enabled"); done {
			return status
		}
	}
	level := -1
	for l := range runlevel.ChkconfigLevels {
		if where&(1<<l) == 0 {
			continue
		}
		if level >= 0 {
			return c.fail("only one runlevel may be specified for a chkconfig query")
		}
		level = l
	}
	s, x, err := c.tree.ChkconfigFind(name, c.scripts, c.xinetd)
	on := false
	switch {
	case err != nil:
		if isLevelError(err) {
			return c.unreadable(name, err)
		}
		return exitOff
	case x != nil:
		runs, err := c.xinetdRuns()
		if err != nil {
			return c.unreadable("xinetd", err)
		}
		on = runs && x.On
	default:
		if level < 0 {
			level = c.currentRunlevel()
		}
		on = level >= 0 && level < runlevel.ChkconfigLevels && s.On(level)
	}
	if !on {
		return exitOff
	}
	return exitOK
}

// listOne is --list NAME.
func (c *command) listOne(name string) int {
	if !c.xinetd && c.systemdActive() && c.overridden(name) {
		return exitFailed
	}
	s, x, err := c.tree.ChkconfigFind(name, c.scripts, c.xinetd)
	if err != nil {
		return c.unreadable(name, err)
	}
	if x != nil {
		fmt.Fprintf(c.out, "%-15s\t%s\n", name, word(x.On))
		return exitOK
	}
	shown, err := c.show(s)
	if err != nil {
		return c.unreadable(name, err)
	}
	if !shown {
		return c.fail("service %s supports chkconfig, but is not referenced in any "+
			"runlevel (run 'chkconfig --add %s')", name, name)
	}
	return exitOK
}

// show prints a service's line if it has a link in any runlevel.
func (c *command) show(s *runlevel.ChkconfigService) (bool, error) {
	referenced, err := c.tree.Referenced(s.Name)
	if err != nil || !referenced {
		return false, err
	}
	line := []byte(s.Name)
	for len(line) < 15 {
		line = append(line, ' ')
	}
	for level := range runlevel.ChkconfigLevels {
		line = append(line, '\t', byte('0'+level), ':')
		line = append(line, word(s.On(level))...)
	}
	_, err = c.out.Write(append(line, '\n'))
	return true, err
}

// listAll is --list.
func (c *command) listAll() int {
	if c.scripts {
		services, err := c.tree.Services()
		if err != nil {
			if isLevelError(err) {
				return c.unreadable("", err)
			}
			return c.fail("failed to open /etc/init.d: %s", errText(err))
		}
		systemd := c.systemdActive()
		for _, s := range services {
			if systemd && c.overridden(s.Name) {
				continue
			}
			if _, err := c.show(s); err != nil {
				return c.unreadable(s.Name, err)
			}
		}
	}
	runs, err := c.xinetdRuns()
	if err != nil {
		return c.unreadable("xinetd", err)
	}
	if !runs || !c.xinetd {
		return exitOK
	}
	c.out.WriteString("\nxinetd based services:\n")
	services, err := c.tree.XinetdServices()
	if err != nil {
		return c.fail("failed to open directory /etc/xinetd.d: %s", errText(err))
	}
	for _, x := range services {
		fmt.Fprintf(c.out, "\t%-15s\t%s\n", x.Name+":", word(x.On))
	}
	return exitOK
}

// xinetdRuns says whether xinetd itself is on in any runlevel.
func (c *command) xinetdRuns() (bool, error) {
	if c.overridden("xinetd") && c.enabledInSystemd("xinetd") {
		return true, nil
	}
	s, err := c.tree.Service("xinetd")
	if isLevelError(err) {
		return false, err
	}
	return err == nil && s.Current != 0, nil
}
