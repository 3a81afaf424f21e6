package service

import (
	"bytes"
	"context"
	"fmt"
	"path"
	"slices"

	"sysv/service"
	"sysv/system"
)

// followed is the version of init-system-helpers' service that ours does as.
const followed = "1.65.2"

// statusAll is --status-all: each script's status in one mark, [ + ] for one
// that says 0 and something, [ - ] for any other, and on standard error [ ? ]
// for one that does not know the action.
func statusAll(ctx context.Context, p *system.Process) int {
	entries, err := p.Sys.ReadDir(Dir)
	if err != nil {
		fmt.Fprintf(p.Stderr(), "service: %s: %v\n", Dir, err)
		return ExitUsage
	}
	var names []string
	for _, e := range entries {
		if !isIgnored(e.Name) && p.Sys.Access(Dir+"/"+e.Name, system.ExecuteOK) == nil {
			names = append(names, e.Name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		script, err := service.Load(p, Dir+"/"+name, false)
		if err != nil {
			fmt.Fprintf(p.Stderr(), "service: %v\n", err)
			continue
		}
		status, out := outputOf(ctx, p, script)
		switch {
		case bytes.Contains(bytes.ToLower(out), []byte("usage:")):
			fmt.Fprintf(p.Stderr(), " [ ? ]  %s\n", name)
		case status == 0 && len(bytes.TrimRight(out, "\n")) > 0:
			fmt.Fprintf(p.Stdout(), " [ + ]  %s\n", name)
		default:
			fmt.Fprintf(p.Stdout(), " [ - ]  %s\n", name)
		}
	}
	return 0
}

// outputOf asks one script for its status, in a process of its own, so that
// what it does to itself ends with it.
func outputOf(ctx context.Context, p *system.Process, script *service.Script) (int, []byte) {
	child := p.Fork()
	defer child.Files.CloseAll()
	out := system.NewCapture(p.Sys)
	child.Files.Set(1, out)
	child.Files.Dup(1, 2)
	c := child.Command(p.Sys.Executable(), []string{"service", path.Base(script.Path), "status"})
	started, err := p.Sys.Start(c)
	if err != nil {
		return service.StatusNotExecutable, nil
	}
	child.Files.CloseAll()
	st, _ := started.Wait(false)
	return st.Status(), out.Bytes()
}

// isIgnored tells what in the directory is no service.
func isIgnored(name string) bool {
	switch name {
	case "functions", "halt", "killall", "single", "linuxconf", "kudzu", "skeleton", "README", "rc", "rcS", "reboot", "bootclean.sh":
		return true
	}
	if name == "" || name[0] == '.' {
		return true
	}
	dist, _ := path.Match("*.dpkg-dist", name)
	old, _ := path.Match("*.dpkg-old", name)
	return dist || old
}
