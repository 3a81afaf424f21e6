package updatercd

import (
	"slices"
	"strings"
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
func (c *command) sequenced(action string) error {
	script := "etc/init.d/" + c.name
	info, err := c.root.Stat(script)
	there := err == nil && info.Mode().IsRegular()
	switch action {
	case "remove":
		if there {
			// The original does not ask how it went.
			c.resequence("-r", c.name)
			return nil
		}
		// It drops the links that lead nowhere.
		return c.resequence()
	case "enable", "disable":
		if err := c.toggle(action, c.words); err != nil {
			return err
		}
		return c.resequence(c.name)
	}
	if action == "defaults-disabled" {
		if found, err := c.find(""); err != nil || len(found) > 0 {
			return err
		}
	}
	if !there {
		return fail("initscript does not exist: " + c.path(script))
	}
	if err := c.resequence(c.name); err != nil {
		return err
	}
	if action == "defaults-disabled" {
		return c.toggle("disable", nil)
	}
	return nil
}

// resequence calls insserv with the original's options, and args.
func (c *command) resequence(args ...string) error {
	program := "sbin/insserv"
	if !c.executable(program) {
		program = "usr/lib/insserv/insserv"
	}
	argv := slices.Concat([]string{"/" + program}, c.options(), args)
	child, err := c.p.Sys.Start(c.p.Command("/"+program, argv))
	if err != nil {
		return err
	}
	if ws, err := child.Wait(false); err != nil || ws.Status() != 0 {
		return &exit{status: ws.Status(), message: rejectedHeader}
	}
	return nil
}
