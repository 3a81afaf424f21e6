// Package insserv is the command insserv(8), as version 1.24.0 of Debian 12
// does it: it brings the init scripts into an order by their headers, and
// makes the links of the runlevels and the dependency files fit.
package insserv

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"runtime/debug"
	"strings"

	"sysv/lsb"
	"sysv/runlevel"
	"sysv/system"
)

// Exit statuses (insserv(8), EXIT CODES).
const (
	// ExitOK is done, and also where a link could not be made.
	ExitOK = 0
	// ExitFailed is a wrong call, or an order that cannot be made.
	ExitFailed = 1
)

const (
	initDir     = "/etc/init.d"
	overrideDir = "/etc/insserv/overrides"
	sharedDir   = "/usr/share/insserv/overrides"
	configFile  = "/etc/insserv.conf"
	filterFile  = "/etc/insserv/file-filters"
	upstartJob  = "/lib/init/upstart-job"
)

// memory is what is used before any is collected: more than ten thousand
// scripts need.
const memory = 128 << 20

// command is one call.
type command struct {
	*system.Process
	ctx   context.Context
	argv0 string
	// machine is what is read, cwd the directory from which relative names
	// count.
	machine *runlevel.Root
	cwd     string
	// within is set if machine is all that there is.
	within                 bool
	ownConfig, ownOverride bool
}

// Run runs the command; args[0] is the name it was called by.
func Run(ctx context.Context, p *system.Process, args []string) int {
	c := &command{Process: p, ctx: ctx, argv0: args[0], cwd: p.Dir}
	o, status, stop := c.parse(args[1:])
	if stop {
		return status
	}
	root, err := runlevel.OpenRoot(o.root)
	if err != nil {
		return c.fail("%v", err)
	}
	if o.root != "" {
		return c.in(root, o)
	}
	c.machine = root
	return c.run(o)
}

// RunIn runs the command as in a chroot of root: all paths are of that tree,
// in messages too. A lock that the caller holds serves it, and its changes are
// part of what [runlevel.Root.Together] makes one.
func RunIn(ctx context.Context, p *system.Process, root *runlevel.Root, args []string) int {
	c := &command{Process: p, ctx: ctx, argv0: args[0]}
	o, status, stop := c.parse(args[1:])
	if stop {
		return status
	}
	return c.in(root, o)
}

func (c *command) in(root *runlevel.Root, o options) int {
	c.machine, c.cwd, c.within = root, "/", true
	return c.run(o)
}

func (c *command) err(text string) { system.WriteAll(c.Stderr(), []byte(text)) }

func (c *command) fail(format string, args ...any) int {
	c.err("insserv: " + fmt.Sprintf(format, args...) + "\n")
	return ExitFailed
}

// name is a path as a name in the machine.
func (c *command) name(p string) string {
	if !strings.HasPrefix(p, "/") {
		p = c.cwd + "/" + p
	}
	p = path.Clean(p)
	if p == "/" {
		return "."
	}
	return p[1:]
}

func (c *command) run(o options) int {
	// It is over before there is much to collect.
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(memory))
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	args := make([]runlevel.Argument, len(o.operands))
	for i, a := range o.operands {
		args[i] = argument(a)
	}
	if len(args) == 0 && o.remove {
		return c.fail("usage: insserv [[-r] init_script|init_directory]")
	}
	dir := o.path
	for _, a := range args {
		if a.Name == "" {
			return c.fail(": No such file or directory")
		}
	}
	if len(args) > 0 {
		var ok bool
		if dir, args, ok = c.place(dir, args, o.remove); !ok {
			return ExitFailed
		}
	}
	if !c.exist(dir, args) {
		return ExitFailed
	}
	prefix := prefixOf(dir, c.cwd)
	in := &runlevel.Insserv{
		FS: c.machine, Dir: c.resolved(dir), ShownDir: dir,
		Scripts: args, Remove: o.remove, Force: o.force, Defaults: o.defaults, Recursive: o.recursive,
		DryRun: o.dryRun, ShowAll: o.showAll, Silent: o.silent, Verbose: o.verbose,
		UpstartJob: o.upstart, Upstart: func(job string) []byte { return c.upstart(o.upstart, job) },
	}
	c.dependFiles(in, o.dependDir)
	in.Filters = c.filters()
	override, shared, config := o.override, sharedDir, o.config
	if !c.ownOverride {
		override, shared = prefix+override, prefix+shared
	}
	if !c.ownConfig {
		config = prefix + config
	}
	in.Overrides = [2]string{c.name(override), c.name(shared)}
	in.ShownOverrides = [2]string{override, shared}
	tree, below, err := c.tree(in)
	if err != nil {
		return c.fail("%v", err)
	}
	if o.dryRun {
		// Only what is read is made whole.
		if err := tree.Settle(c.ctx); err != nil {
			return c.fail("%v", err)
		}
	} else {
		release, err := tree.Lock(c.ctx)
		if err != nil {
			return c.fail("%v", err)
		}
		defer release()
		if err := tree.Recover(); err != nil {
			return c.fail("%v", err)
		}
	}
	in.Configs = c.configs(config, in.Filters)
	seq, err := in.Plan()
	if err != nil {
		c.print(seq, true)
		return ExitFailed
	}
	if !o.dryRun {
		if err := c.apply(tree, below, seq); err != nil {
			c.print(seq, false)
			c.fail("%v; nothing was changed", err)
			return ExitOK // as the original, which goes on where it can
		}
	}
	c.print(seq, true)
	if seq.Listing != "" {
		system.WriteAll(c.Stdout(), []byte(seq.Listing))
	}
	return ExitOK
}

// print prints the messages, those about changes only if changes is set.
func (c *command) print(seq *runlevel.Sequence, changes bool) {
	var b bytes.Buffer
	for _, m := range seq.Messages {
		if changes || !m.Change {
			b.WriteString(m.Text)
		}
	}
	if b.Len() > 0 {
		system.WriteAll(c.Stderr(), b.Bytes())
	}
}

// place finds the directory of the scripts where the first operand has it: it
// is the directory, or a path to a script.
func (c *command) place(dir string, args []runlevel.Argument, remove bool) (string, []runlevel.Argument, bool) {
	first := args[0].Name
	full := first
	if !strings.Contains(first, "/") {
		full = dir + "/" + first
		if _, err := fs.Stat(c.machine, c.name(dir)); err != nil {
			c.fail("pushd() cannot change to directory %s: %s", dir, reason(err))
			return "", nil, false
		}
	}
	info, err := fs.Stat(c.machine, c.name(full))
	switch {
	case err != nil:
		c.fail("%s: %s", first, reason(err))
		return "", nil, false
	case info.IsDir():
		if len(args) > 1 || remove {
			c.fail("usage: insserv [[-r] init_script|init_directory]")
			return "", nil, false
		}
		return strings.TrimSuffix(first, "/"), nil, true
	}
	if i := strings.LastIndexByte(first, '/'); i >= 0 {
		dir = first[:i]
	}
	return dir, args, true
}

// exist tells whether all operands are files, and leaves of their paths the
// last part.
func (c *command) exist(dir string, args []runlevel.Argument) bool {
	// Most of them are names in the directory, which need no look each.
	names := map[string]bool{}
	if len(args) > 4 {
		entries, _ := c.machine.ReadDir(c.name(dir))
		for _, e := range entries {
			names[e.Name()] = e.Type().IsRegular()
		}
	}
	for i := len(args) - 1; i >= 0; i-- {
		name := args[i].Name
		if names[name] {
			continue
		}
		_, err := fs.Stat(c.machine, c.name(name))
		if err != nil && errors.Is(err, fs.ErrNotExist) {
			if _, there := fs.Stat(c.machine, c.name(dir)); there != nil {
				c.fail("pushd() cannot change to directory %s: %s", dir, reason(there))
				return false
			}
			full := name
			if !strings.HasPrefix(name, "/") {
				full = dir + "/" + name
			}
			_, err = fs.Stat(c.machine, c.name(full))
		}
		if err != nil {
			c.fail("%s: %s", name, reason(err))
			return false
		}
		args[i].Name = name[strings.LastIndexByte(name, '/')+1:]
	}
	return true
}

// prefixOf is what stands before /etc/init.d in the directory of the scripts:
// the configuration is there too.
func prefixOf(dir, cwd string) string {
	if dir == initDir {
		return ""
	}
	if !strings.HasPrefix(dir, "/") {
		dir = strings.TrimSuffix(cwd, "/") + "/" + dir
	}
	before, _, found := strings.Cut(dir, initDir)
	if !found {
		return ""
	}
	return before
}

// resolved is the directory of the scripts with its links resolved: those of
// the runlevels are beside the real one.
func (c *command) resolved(dir string) string {
	name := c.name(dir)
	if c.within {
		if to, err := c.machine.ReadLink(name); err == nil {
			if !strings.HasPrefix(to, "/") {
				to = "/" + path.Dir(name) + "/" + to
			}
			return c.name(to)
		}
		return name
	}
	if real, err := filepath.EvalSymlinks("/" + name); err == nil && real != "/" {
		return real[1:]
	}
	return name
}

// dependFiles says where the dependency files are: in the directory of -i, or
// in that of the scripts.
func (c *command) dependFiles(in *runlevel.Insserv, dir string) {
	shown := dir
	switch {
	case dir == "":
		shown, dir = in.ShownDir, "/"+in.Dir
	case !strings.HasPrefix(dir, "/"):
		shown = strings.TrimSuffix(c.cwd, "/") + "/" + dir
		if c.cwd == "/" {
			shown = "//" + dir
		}
	}
	in.ShownDepend = shown + "/."
	in.Depend = c.name(dir) + "/."
}

func (c *command) filters() []string {
	data, err := fs.ReadFile(c.machine, filterFile[1:])
	if err != nil {
		return nil
	}
	return lsb.FileFilters(data)
}

// configs reads insserv.conf, and insserv.conf.d from its last name to its
// first. A file below the present directory goes before one below the root.
func (c *command) configs(config string, filters []string) []runlevel.ConfigFile {
	read := func(shown string) runlevel.ConfigFile {
		f := runlevel.ConfigFile{Shown: shown}
		if f.Data, f.Err = fs.ReadFile(c.machine, c.name(strings.TrimPrefix(shown, "/"))); f.Err != nil && c.cwd != "/" {
			f.Data, f.Err = fs.ReadFile(c.machine, c.name(shown))
		}
		return f
	}
	files := []runlevel.ConfigFile{read(config)}
	dir := config + ".d"
	entries, _ := c.machine.ReadDir(c.name(dir))
	for i := len(entries) - 1; i >= 0; i-- {
		name := entries[i].Name()
		if !lsb.ConfigName(name, filters) {
			continue
		}
		shown := dir + "/" + name
		if info, err := fs.Stat(c.machine, c.name(shown)); err == nil && info.Mode().IsRegular() {
			files = append(files, read(shown))
		}
	}
	return files
}

// reason is an error as strerror(3) has it.
func reason(err error) string { return runlevel.Strerror(err) }
