package chkconfig

import (
	"errors"
	"fmt"
	"io/fs"
	"syscall"

	"sysv/runlevel"
	"sysv/system"
)

// recover takes back what a killed process has left half done.
func (c *command) recover() error { return c.root.Settle(c.ctx) }

// change runs f under the lock, with the tree read after it was taken.
func (c *command) change(f func() int) int {
	release, err := c.root.Lock(c.ctx)
	if err != nil {
		return c.fail("%v", err)
	}
	defer release()
	if err := c.root.Recover(); err != nil {
		return c.fail("%v", err)
	}
	c.tree = runlevel.OpenChkconfig(c.root)
	return f()
}

// add is --add.
func (c *command) add(name string) int {
	s, x, err := c.tree.ChkconfigFind(name, c.scripts, c.xinetd)
	if err != nil {
		return c.unreadable(name, err)
	}
	if x != nil {
		return c.done(exitOK)
	}
	if !c.privileged() {
		return exitFailed
	}
	err = c.tree.Add(s, c.strict)
	status := exitOK
	switch {
	case errors.Is(err, runlevel.ErrMissing):
		status = exitFailed
	case err != nil:
		return c.unreadable(name, err)
	}
	c.linkErrors()
	return c.done(c.apply(c.tree.Plan(), status))
}

// del is --del.
func (c *command) del(name string) int {
	s, x, err := c.tree.ChkconfigFind(name, c.scripts, c.xinetd)
	if err != nil {
		return c.unreadable(name, err)
	}
	if x != nil {
		return c.done(exitOK)
	}
	if !c.privileged() {
		return exitFailed
	}
	err = c.tree.Delete(s, c.strict)
	switch {
	case errors.Is(err, runlevel.ErrRequired):
		return c.done(exitFailed)
	case err != nil:
		return c.unreadable(name, err)
	}
	return c.done(c.apply(c.tree.Plan(), exitOK))
}

// errUnprivileged ends an override before it changes anything.
var errUnprivileged = errors.New("not enough privileges")

// overrideService is --override, which is no error where there is none.
func (c *command) overrideService(name string) int {
	if !c.scripts {
		return c.done(exitOK)
	}
	err := c.tree.Override(name, func() error {
		if !c.privileged() {
			return errUnprivileged
		}
		return nil
	})
	switch {
	case err == errUnprivileged:
		return exitFailed
	case err != nil:
		return c.unreadable(name, err)
	}
	c.linkErrors()
	return c.done(c.apply(c.tree.Plan(), exitOK))
}

// set is on, off, reset and resetpriorities.
func (c *command) set(name string, where int32, state runlevel.State) int {
	s, x, err := c.tree.ChkconfigFind(name, c.scripts, c.xinetd)
	if err != nil {
		return c.unreadable(name, err)
	}
	if !c.privileged() {
		return exitFailed
	}
	if x != nil {
		status := c.apply(c.tree.SetXinetd(x, state), exitOK)
		if status == exitOK && !c.o.dryRun && c.root.Dir() == "/" {
			c.reloadXinetd()
		}
		return status
	}
	if err := c.tree.Set(s, where, state); err != nil {
		return c.unreadable(name, err)
	}
	return c.done(c.apply(c.tree.Plan(), c.linkErrors()))
}

// linkErrors says which links cannot be made.
func (c *command) linkErrors() int {
	status := exitOK
	for _, e := range c.tree.Failed {
		status = c.fail("failed to make symlink /%s: %s", e.Path, errText(e.Err))
	}
	return status
}

// apply makes the plan, or prints it; status is that of success.
func (c *command) apply(plan runlevel.Plan, status int) int {
	if c.o.dryRun {
		c.out.WriteString(plan.String())
		return status
	}
	if err := c.root.Apply(plan); err != nil {
		return c.fail("%s: %v", c.name, err)
	}
	return status
}

// done tells systemd, where it runs, that links have changed.
func (c *command) done(status int) int {
	if !c.o.dryRun {
		c.reloadSystemd()
	}
	return status
}

// privileged says whether links can be changed by who runs this, and the
// original's line if not.
func (c *command) privileged() bool {
	const dir = "etc/rc3.d"
	_, err := fs.Stat(c.root, dir)
	if err == nil {
		err = c.p.Access(c.root.Path(dir), system.ReadOK|system.WriteOK)
		if err == system.ENOENT {
			err = nil // an absolute link, which leads elsewhere below the root
		}
	}
	if err != nil {
		c.fail("You do not have enough privileges to perform this operation.")
	}
	return err == nil
}

// unreadable says why a service is none, in the original's words.
func (c *command) unreadable(name string, err error) int {
	var levelError *runlevel.LevelError
	switch {
	case errors.As(err, &levelError):
		return c.fail("failed to glob pattern /%s: %s", levelError.Pattern, errText(levelError.Err))
	case errors.Is(err, runlevel.ErrNotSupported):
		return c.fail("service %s does not support chkconfig", name)
	}
	return c.fail("error reading information on service %s: %s", name, errText(err))
}

// errText is the C library's text of an error.
func errText(err error) string {
	var n syscall.Errno
	switch {
	case errors.As(err, &n):
		return system.Errno(n).Error()
	case errors.Is(err, runlevel.ErrIsDirectory):
		return system.ENODEV.Error()
	case errors.Is(err, runlevel.ErrNotDirectory):
		return system.ENOTDIR.Error()
	case errors.Is(err, fs.ErrInvalid):
		return system.EINVAL.Error()
	case errors.Is(err, fs.ErrExist):
		return system.EEXIST.Error()
	case errors.Is(err, fs.ErrNotExist):
		return system.ENOENT.Error()
	}
	return fmt.Sprint(err)
}
