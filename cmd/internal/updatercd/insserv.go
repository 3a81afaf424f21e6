package updatercd

import (
	"context"
	"slices"
	"strings"

	"sysv/cmd/internal/insserv"
)

// insserv tells whether links are numbered by what scripts require: the
// original's own rule, which is that there is an insserv and its
// configuration. A link to sysv in the program's place counts like the
// program.
func (c *command) insserv() bool {
	return (c.executable("sbin/insserv") || c.executable("usr/lib/insserv/insserv")) && c.exists("etc/insserv.conf")
}

func (c *command) exists(name string) bool {
	_, err := c.root.Stat(name)
	return err == nil
}

// options are those that the original gives to insserv: -f in any case, and
// again where Debian's initscripts are not installed.
func (c *command) options() []string {
	opts := []string{"-f"}
	entries, _ := c.root.ReadDir("etc/rcS.d")
	for _, e := range entries {
		if n := e.Name(); len(n) == len("S00mountkernfs.sh") && n[0] == 'S' && strings.HasSuffix(n, "mountkernfs.sh") {
			return opts
		}
	}
	return append(opts, "-f")
}

// sequenced changes the links with insserv.
func (c *command) sequenced(ctx context.Context, action string) error {
	script := "etc/init.d/" + c.name
	info, err := c.root.Stat(script)
	there := err == nil && info.Mode().IsRegular()
	switch action {
	case "remove":
		if there {
			// The original does not ask how it went.
			c.resequence(ctx, "-r", c.name)
			return nil
		}
		// It drops the links that lead nowhere.
		return c.resequence(ctx)
	case "enable", "disable":
		if err := c.toggle(action, c.words); err != nil {
			return err
		}
		if err := c.resequence(ctx, c.name); err != nil {
			return err
		}
		if c.root.Failed() != nil {
			// insserv has said it, and goes on; but without its part this is
			// half of a change.
			return fail("no link was changed")
		}
		return nil
	}
	if action == "defaults-disabled" && len(c.find("")) > 0 {
		return nil
	}
	if !there {
		return fail("initscript does not exist: " + c.path(script))
	}
	if err := c.resequence(ctx, c.name); err != nil {
		return err
	}
	if action == "defaults-disabled" {
		err := c.toggle("disable", nil)
		if e, ok := err.(*exit); ok {
			e.kept = true
		}
		return err
	}
	return nil
}

// resequence does what insserv does, called with the original's options and
// args.
func (c *command) resequence(ctx context.Context, args ...string) error {
	program := "/sbin/insserv"
	if !c.executable(program[1:]) {
		program = "/usr/lib/insserv/insserv"
	}
	argv := slices.Concat([]string{program}, c.options(), args)
	if status := insserv.RunIn(ctx, c.p, c.root, argv); status != insserv.ExitOK {
		return &exit{status: status, message: "insserv rejected the script header", kept: true}
	}
	return nil
}
