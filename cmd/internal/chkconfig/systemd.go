package chkconfig

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	current "sysv/cmd/internal/runlevel"
	"sysv/runlevel"
	"sysv/system"
)

// isLevelError tells a directory of links that cannot be read.
func isLevelError(err error) bool {
	var e *runlevel.LevelError
	return errors.As(err, &e)
}

// systemdIsInit says whether /sbin/init is systemd. Of a tree that is not the
// machine's own nobody is asked.
func (c *command) systemdIsInit() bool {
	if c.root.Dir() != "/" {
		return false
	}
	path, err := filepath.EvalSymlinks("/sbin/init")
	return err == nil && filepath.Base(path) == "systemd"
}

// systemdActive says whether systemd runs the machine.
func (c *command) systemdActive() bool {
	return c.systemdIsInit() && c.there("run/systemd/system")
}

// there says whether a path of the tree is there.
func (c *command) there(name string) bool {
	if !fs.ValidPath(name) {
		return false
	}
	_, err := fs.Stat(c.root, name)
	return err == nil
}

// unitDirs are where chkconfig looks for units.
func unitDirs() []string { return []string{"lib/systemd/system/", "etc/systemd/system/"} }

// overridden says whether systemd has a service of that name.
func (c *command) overridden(name string) bool {
	for _, dir := range unitDirs() {
		if c.there(dir + name + ".service") {
			return true
		}
	}
	return false
}

// socketActivated says whether systemd has a socket that starts it.
func (c *command) socketActivated(name string) bool {
	for _, dir := range unitDirs() {
		if c.there(dir+name+"@.service") && c.there(dir+name+".socket") {
			return true
		}
	}
	return false
}

// forward hands a request on to systemctl where systemd is init and has a
// unit of that name.
func (c *command) forward(name, verb string) (status int, done bool) {
	if !c.scripts || !c.systemdIsInit() {
		return 0, false
	}
	unit := name + ".service"
	if !c.overridden(name) {
		if !c.socketActivated(name) {
			return 0, false
		}
		unit = name + ".socket"
	}
	fmt.Fprintf(c.p.Stderr(), "Note: Forwarding request to 'systemctl %s %s'.\n", verb, unit)
	status, err := c.start(c.p, "systemctl", verb, unit)
	if err != nil {
		return c.fail("Failed to forward service request to systemctl: %s", errText(err)), true
	}
	return status, true
}

// listNote says that systemd has services of its own.
func (c *command) listNote() {
	if !c.systemdIsInit() || !c.there("lib/systemd/system") {
		return
	}
	system.WriteAll(c.p.Stderr(), []byte(`
Note: This output shows SysV services only and does not include native
      systemd services. SysV configuration data might be overridden by native
      systemd configuration.

      If you want to list systemd services use 'systemctl list-unit-files'.
      To see services enabled on particular target use
      'systemctl list-dependencies [target]'.

`))
}

// reloadSystemd has systemd read its units again.
func (c *command) reloadSystemd() {
	if c.systemdActive() {
		c.quiet("systemctl", "daemon-reload")
	}
}

// enabledInSystemd asks systemctl.
func (c *command) enabledInSystemd(name string) bool {
	if !c.systemdActive() {
		return false
	}
	status, err := c.start(c.p, "systemctl", "is-enabled", name+".service", "--quiet")
	return err == nil && status == 0
}

// reloadXinetd has xinetd read its files again.
func (c *command) reloadXinetd() { c.quiet("/sbin/service", "xinetd", "reload") }

// quiet runs a program without its output; that it fails is no matter.
func (c *command) quiet(args ...string) {
	child := c.p.Fork()
	defer child.Files.CloseAll()
	null, err := child.Open("/dev/null", system.WriteOnly, 0)
	if err != nil {
		return
	}
	child.Files.Set(1, null)
	child.Files.Dup(1, 2)
	c.start(child, args...)
}

// start runs a program, found by PATH, and waits for its status.
func (c *command) start(p *system.Process, args ...string) (int, error) {
	c.out.Flush()
	path, _ := p.Getenv("PATH")
	candidates := []string{args[0]}
	if !strings.Contains(args[0], "/") {
		candidates = nil
		for dir := range strings.SplitSeq(path, ":") {
			candidates = append(candidates, p.Abs(dir+"/"+args[0]))
		}
	}
	err := error(system.ENOENT)
	for _, file := range candidates {
		if p.Access(file, system.ExecuteOK) != nil {
			continue
		}
		var child system.Child
		if child, err = p.Sys.Start(p.Command(file, args)); err != nil {
			continue
		}
		st, werr := child.Wait(false)
		return st.Status(), werr
	}
	return 0, err
}

// currentRunlevel asks /sbin/runlevel, as the original does, or where there is
// none looks where that one would; -1 if nothing tells. A tree that is not the machine's own is in no runlevel.
func (c *command) currentRunlevel() int {
	if c.root.Dir() != "/" {
		return -1
	}
	child := c.p.Fork()
	defer child.Files.CloseAll()
	out := system.NewCapture(c.p.Sys)
	child.Files.Set(1, out)
	started, err := c.p.Sys.Start(child.Command("/sbin/runlevel", []string{"/sbin/runlevel"}))
	child.Files.CloseAll()
	answer := ""
	if err == nil {
		started.Wait(false)
		answer = string(out.Bytes())
	} else if level, ok := current.Find(c.p); ok {
		answer = level.String() + "\n"
	}
	if len(answer) < 4 || answer[1] != ' ' || answer[2] < '0' || answer[2] > '9' || answer[3] != '\n' {
		return -1
	}
	return int(answer[2] - '0')
}
