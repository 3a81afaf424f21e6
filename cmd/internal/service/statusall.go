package service

import (
	"bytes"
	"path"
	"slices"

	"sysv/service"
	"sysv/system"
)

// statusAll is --status-all: each script's status in one mark, [ + ] for one
// that says 0 and something, [ - ] for any other, and on standard error [ ? ]
// for one that does not know the action. Red Hat's lets each script speak.
func (c *command) statusAll() int {
	entries, err := c.p.Sys.ReadDir(service.Dir)
	if err != nil && c.redHat {
		return c.noScripts()
	}
	if err != nil {
		c.complain(c.program + ": can't cd to " + service.Dir + "\n")
		return 0
	}
	c.p.Env, c.p.Dir = c.environment(false), service.Dir
	var names []string
	for _, e := range entries {
		if !c.isIgnored(e.Name) && c.p.Sys.Access(service.Dir+"/"+e.Name, system.ExecuteOK) == nil {
			names = append(names, e.Name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		o := service.Order{Program: c.program, Name: name, Args: []string{"status"}, AsEnv: true}
		if c.redHat {
			service.RunChild(c.p, o)
			continue
		}
		ws, out := service.Ask(c.p, o)
		service.Mourn(c.p, ws)
		switch {
		case bytes.Contains(bytes.ToLower(out), []byte("usage:")):
			c.complain(" [ ? ]  " + name + "\n")
		case ws.Status() == 0 && len(bytes.TrimRight(out, "\n")) > 0:
			system.WriteAll(c.p.Stdout(), []byte(" [ + ]  "+name+"\n"))
		default:
			system.WriteAll(c.p.Stdout(), []byte(" [ - ]  "+name+"\n"))
		}
	}
	return 0
}

// isIgnored tells what in the directory is no service.
func (c *command) isIgnored(name string) bool {
	if name == "" || name[0] == '.' {
		return true
	}
	switch name {
	case "functions", "halt", "killall", "single", "linuxconf", "kudzu":
		return true
	case "skeleton", "README", "rc", "rcS", "reboot", "bootclean.sh":
		return !c.redHat
	}
	endings := []string{"*.dpkg-dist", "*.dpkg-old"}
	if c.redHat {
		endings = []string{"*~", "*.bak", "*.old", "*.orig", "*.rpmnew", "*.rpmorig", "*.rpmsave"}
	}
	for _, e := range endings {
		if is, _ := path.Match(e, name); is {
			return true
		}
	}
	return false
}
