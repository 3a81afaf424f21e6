// Package rehearse is the command rehearse: a script acted out in an invented
// machine.
package rehearse

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"sysv/rehearse"
	"sysv/system"
)

// Exit statuses.
const (
	// ExitFindings is a script that breaks a rule.
	ExitFindings = 1
	// ExitUsage is a wrong command line.
	ExitUsage = 2
	// ExitUnread is a script that could not be read.
	ExitUnread = 3
)

// Help is the command's manual.
const Help = `Usage: sysv rehearse [OPTION]... SCRIPT

Acts an init script out in an invented machine and judges it: start, status,
stop, restart and so on, against the LSB's contract, and again with a list of
things that go wrong. Nothing of the script runs on this machine.

  --root DIR          the tree that sourced files, configuration and programs
                      come from. Without it: the tree that the script is in
                      (for X/etc/init.d/NAME it is X), or an invented one
  --scenario NAME     act only this scenario; may be given again
  --list              list the scenarios
  --effects ACTION    print what an action would do to the machine
  --json              print the report as JSON
  --all               print what passes too
  --help              this text

EXIT STATUS
  0 if nothing fails (or only what is marked as a warning), 1 if something does,
  2 for a wrong command line, 3 if the script could not be read

EXAMPLES
  sysv rehearse /etc/init.d/cron
  sysv rehearse --scenario start-again --scenario stale-pid-other ./my-service
  sysv rehearse --effects start --root /srv/image /srv/image/etc/init.d/ssh
`

type options struct {
	root      string
	scenarios []string
	effects   string
	json      bool
	all       bool
	list      bool
	help      bool
	script    string
}

func parse(args []string) (options, error) {
	var o options
	var scripts []string
	for len(args) > 0 {
		a := args[0]
		args = args[1:]
		if a == "--" {
			scripts = append(scripts, args...)
			break
		}
		if a == "-" || !strings.HasPrefix(a, "-") {
			scripts = append(scripts, a)
			continue
		}
		name, val, has := strings.Cut(a, "=")
		switch name {
		case "--root", "--scenario", "--effects":
			if !has {
				if len(args) == 0 {
					return o, fmt.Errorf("%s: expected a value", name)
				}
				val, args = args[0], args[1:]
			}
		}
		switch name {
		case "--root":
			o.root = val
		case "--scenario":
			o.scenarios = append(o.scenarios, val)
		case "--effects":
			o.effects = val
		case "--json":
			o.json = true
		case "--all":
			o.all = true
		case "--list":
			o.list = true
		case "--help", "-h":
			o.help = true
			return o, nil
		default:
			return o, fmt.Errorf("unknown option %s: see sysv rehearse --help", a)
		}
	}
	switch {
	case o.list:
	case len(scripts) == 0:
		return o, errors.New("expected a script: see sysv rehearse --help")
	case len(scripts) > 1:
		return o, fmt.Errorf("expected one script, got %d", len(scripts))
	default:
		o.script = scripts[0]
	}
	return o, nil
}

// Run runs the command; args[0] is its name.
func Run(ctx context.Context, p *system.Process, args []string) int {
	o, err := parse(args[1:])
	if err == nil {
		for _, name := range o.scenarios {
			if !known(name) {
				err = fmt.Errorf("no scenario %s: see sysv rehearse --list", name)
			}
		}
	}
	if err != nil {
		fmt.Fprintf(p.Stderr(), "sysv rehearse: %v\n", err)
		return ExitUsage
	}
	switch {
	case o.help:
		p.Stdout().Write([]byte(Help))
		return 0
	case o.list:
		for _, s := range rehearse.Scenarios() {
			fmt.Fprintf(p.Stdout(), "%-24s %s\n", s.Name, s.Title)
		}
		return 0
	}
	ro, err := load(o)
	if err != nil {
		fmt.Fprintf(p.Stderr(), "sysv rehearse: %v\n", err)
		return ExitUnread
	}
	if o.effects != "" {
		return effects(ctx, p, ro, o)
	}
	rep, err := rehearse.Run(ctx, ro)
	if err != nil {
		fmt.Fprintf(p.Stderr(), "sysv rehearse: %s: %v\n", o.script, err)
		return ExitUnread
	}
	if o.json {
		err = printJSON(p.Stdout(), rep)
	} else {
		err = print(p.Stdout(), rep, o.all)
	}
	if err != nil {
		fmt.Fprintf(p.Stderr(), "sysv rehearse: %v\n", err)
		return ExitUnread
	}
	if rep.Errors() > 0 {
		return ExitFindings
	}
	return 0
}

func known(name string) bool {
	for _, s := range rehearse.Scenarios() {
		if s.Name == name {
			return true
		}
	}
	return false
}

// maxScript bounds a script: real ones stay below 1 MB.
const maxScript = 16 << 20

// load reads the script, and finds the tree that it belongs to.
func load(o options) (rehearse.Options, error) {
	ro := rehearse.Options{Script: o.script, Scenarios: o.scenarios}
	info, err := os.Stat(o.script)
	switch {
	case err != nil:
		return ro, err
	case !info.Mode().IsRegular():
		return ro, fmt.Errorf("%s: expected a regular file", o.script)
	case info.Size() > maxScript:
		return ro, fmt.Errorf("%s: larger than %d MB: no script", o.script, maxScript>>20)
	}
	if ro.Source, err = os.ReadFile(o.script); err != nil {
		return ro, err
	}
	root, at := o.root, ""
	if abs, err := filepath.Abs(o.script); err == nil {
		if root == "" {
			root, at = treeOf(abs)
		} else if r, err := filepath.Abs(root); err == nil {
			if rel, err := filepath.Rel(r, abs); err == nil && filepath.IsLocal(rel) {
				at = "/" + filepath.ToSlash(rel)
			}
		}
	}
	ro.At = at
	if root == "" {
		return ro, nil
	}
	if info, err := os.Stat(root); err != nil {
		return ro, err
	} else if !info.IsDir() {
		return ro, fmt.Errorf("%s: expected a directory", root)
	}
	ro.Root = os.DirFS(root)
	if _, ok := ro.Root.(fs.ReadLinkFS); !ok {
		return ro, fmt.Errorf("%s: symbolic links cannot be read here", root)
	}
	return ro, nil
}

// treeOf is the tree that a script is in by its path: X of X/etc/init.d/NAME.
func treeOf(script string) (root, at string) {
	dir := filepath.ToSlash(filepath.Dir(script))
	for _, place := range []string{"/etc/rc.d/init.d", "/etc/init.d"} {
		if top, ok := strings.CutSuffix(dir, place); ok {
			if top == "" {
				top = "/"
			}
			return filepath.FromSlash(top), place + "/" + filepath.Base(script)
		}
	}
	return "", ""
}
