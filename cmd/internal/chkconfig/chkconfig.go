// Package chkconfig is the drop-in chkconfig: Red Hat's program that asks and
// changes in which runlevels a service starts, and its other names
// install_initd and remove_initd (LSB Core 22.8).
//
// It says and does what chkconfig 1.33 does. Two options are ours: --root DIR
// works on the tree below a directory, --dry-run prints what would be changed.
package chkconfig

import (
	"bufio"
	"context"
	"fmt"
	"strings"

	"sysv/lsb"
	"sysv/runlevel"
	"sysv/system"
)

// followed is the version of the original.
const followed = "1.33"

// Exit statuses.
const (
	exitOK = 0
	// exitOff is a query's answer no.
	exitOff = 1
	// exitFailed is a wrong command line, a service that is none, or a change
	// that could not be made.
	exitFailed = 1
)

// command is one run.
type command struct {
	ctx  context.Context
	p    *system.Process
	name string
	o    options
	// scripts and xinetd are the kinds of services that are looked for.
	scripts, xinetd bool
	// strict is set when called as install_initd or remove_initd.
	strict bool
	root   *runlevel.Root
	tree   *runlevel.ChkconfigTree
	out    *bufio.Writer
}

// Run runs the command; args[0] is the name it was called by.
func Run(ctx context.Context, p *system.Process, args []string) int {
	c := &command{ctx: ctx, p: p, name: args[0][strings.LastIndexByte(args[0], '/')+1:]}
	c.out = bufio.NewWriter(p.Stdout())
	defer c.out.Flush()
	var bad string
	if c.o, bad = parse(args[1:]); bad != "" {
		return c.fail("%s", bad)
	}
	switch c.name {
	case "install_initd":
		c.o.add, c.strict = true, true
	case "remove_initd":
		c.o.del, c.strict = true, true
	}
	switch {
	case c.o.version:
		fmt.Fprintf(c.out, "%s version %s\n", c.name, followed)
		return exitOK
	case c.o.help:
		return c.usage()
	}
	c.scripts, c.xinetd = true, true
	if c.o.hasKind {
		c.scripts, c.xinetd = c.o.kind == "sysv", c.o.kind == "xinetd"
		if !c.scripts && !c.xinetd {
			return c.fail("--type must be 'sysv' or 'xinetd'")
		}
	}
	actions := 0
	for _, set := range []bool{c.o.list, c.o.add, c.o.del, c.o.override} {
		if set {
			actions++
		}
	}
	if actions > 1 {
		return c.fail("only one of --list, --add, --del, or --override may be specified")
	}
	if _, set := p.Getenv("SYSTEMCTL_SKIP_REDIRECT"); set {
		c.o.noRedirect = true
	}
	var err error
	dir := "/"
	if c.o.hasRoot {
		dir = p.Abs(c.o.root)
	}
	if c.root, err = runlevel.OpenRoot(dir); err != nil {
		return c.fail("%v", err)
	}
	c.tree = runlevel.OpenChkconfig(c.root)
	if err := c.recover(); err != nil {
		return c.fail("%v", err)
	}
	return c.run(len(args)-1 == c.o.own)
}

// run does what the options ask for; bare tells that there are no arguments.
func (c *command) run(bare bool) int {
	args := c.o.args
	switch {
	case c.o.add, c.o.del, c.o.override:
		if len(args) != 1 || args[0] == "" {
			return c.usage()
		}
		name := args[0][strings.LastIndexByte(args[0], '/')+1:]
		var status int
		switch {
		case c.o.add:
			status = c.change(func() int { return c.add(name) })
		case c.o.del:
			status = c.change(func() int { return c.del(name) })
		default:
			status = c.change(func() int { return c.overrideService(name) })
		}
		return status
	case c.o.list:
		if len(args) > 1 {
			return c.usage()
		}
		c.listNote()
		if len(args) == 1 {
			return c.listOne(args[0])
		}
		return c.listAll()
	case bare:
		c.listNote()
		return c.listAll()
	case len(args) == 0:
		return c.usage()
	}
	var where int32
	if c.o.hasLevels {
		var ok bool
		if where, ok = lsb.ParseLevels(c.o.levels); !ok {
			return c.usage()
		}
	}
	name := args[0]
	if len(args) == 1 {
		return c.query(name, where)
	}
	verb := ""
	state := runlevel.On
	switch args[1] {
	case "on":
		verb = "enable"
	case "off":
		verb, state = "disable", runlevel.Off
	case "reset":
		state = runlevel.Reset
	case "resetpriorities":
		state = runlevel.ResetPriorities
	default:
		return c.usage()
	}
	if verb != "" && !c.o.noRedirect {
		if status, done := c.forward(name, verb); done {
			return status
		}
	}
	return c.change(func() int { return c.set(name, where, state) })
}

// fail says one line and is the status of failures.
func (c *command) fail(format string, args ...any) int {
	c.out.Flush()
	fmt.Fprintf(c.p.Stderr(), format+"\n", args...)
	return exitFailed
}

// usage is the original's.
func (c *command) usage() int {
	var b strings.Builder
	fmt.Fprintf(&b, "%s version %s - Copyright (C) 1997-2000 Red Hat, Inc.\n", c.name, followed)
	b.WriteString("This may be freely redistributed under the terms of the GNU Public License.\n\n")
	if c.strict {
		fmt.Fprintf(&b, "usage:   %s [name]\n", c.name)
	} else {
		fmt.Fprintf(&b, "usage:   %s [--list] [--type <type>] [name]\n", c.name)
		for _, rest := range []string{
			"--add <name>", "--del <name>", "--override <name>",
			"[--level <levels>] [--type <type>] <name> <on|off|reset|resetpriorities>",
		} {
			fmt.Fprintf(&b, "         %s %s\n", c.name, rest)
		}
	}
	c.out.Flush()
	system.WriteAll(c.p.Stderr(), []byte(b.String()))
	return exitFailed
}
