// Package service is the command service: an action of an init script, by the
// service's name, as Debian's service(8) runs it, and Red Hat's on a tree that
// is Red Hat's.
package service

import (
	"context"
	"path"
	"strings"

	"sysv/interp"
	"sysv/service"
	"sysv/shell"
	"sysv/system"
)

// Exit statuses beside the script's own.
const (
	// ExitUsage is no service given, or none of that name (as service(8)).
	ExitUsage = 1
	// ExitNotSupported is an action that Red Hat's service has no script for.
	ExitNotSupported = 2
	// ExitNoScripts is a Red Hat's tree without init scripts.
	ExitNoScripts = 4
	// ExitNoCommand is systemctl missing where systemd runs, as a shell has it.
	ExitNoCommand = 127
)

// followed is the version of init-system-helpers' service that ours does as,
// followedRedHat that of initscripts'.
const (
	followed       = "1.65.2"
	followedRedHat = "1.1"
)

const usage = " < option > | --status-all | [ service_name [ command | --full-restart ] ]\n"

// command is the command at work.
type command struct {
	p *system.Process
	// program is the name it was called by.
	program string
	redHat  bool
	systemd bool
	// skipRedirect and ignoreDependencies are "1" where Red Hat's options of
	// the name are given, or what the environment says.
	skipRedirect, ignoreDependencies string
	name, action, options            string
}

// Run runs the command; args[0] is the name it was called by.
func Run(ctx context.Context, p *system.Process, args []string) int {
	c := &command{p: p, program: path.Base(args[0]), redHat: isRedHat(p)}
	if len(args) < 2 {
		c.complain("Usage: " + c.program + usage)
		return ExitUsage
	}
	p.Dir = "/"
	if info, err := p.Sys.Stat("/run/systemd/system"); err == nil && info.Mode.IsDir() {
		c.systemd = true
	}
	if c.redHat {
		c.skipRedirect, _ = p.Getenv("SYSTEMCTL_SKIP_REDIRECT")
		c.ignoreDependencies, _ = p.Getenv("SYSTEMCTL_IGNORE_DEPENDENCIES")
	}
	if status, done := c.parse(args[1:]); done {
		return status
	}
	if c.redHat {
		return c.runRedHat(ctx)
	}
	if c.systemd && c.hasUnit() {
		return c.runSystemd(ctx)
	}
	c.keepOpenRC()
	return c.runScript(ctx)
}

// parse reads the command line, as the original does: word by word, with
// options anywhere. done tells that all is done already.
func (c *command) parse(args []string) (status int, done bool) {
	for ; len(args) > 0; args = args[1:] {
		a := args[0]
		switch {
		case a == "-h" || strings.HasPrefix(a, "--h"):
			c.complain("Usage: " + c.program + usage)
			return 0, true
		case a == "-V" || a == "--version":
			v := followed
			if c.redHat {
				v = followedRedHat
			}
			c.complain(c.program + " ver. " + v + "\n")
			return 0, true
		case c.redHat && a == "--ignore-dependencies":
			c.ignoreDependencies = "1"
		case c.redHat && a == "--skip-redirect":
			c.skipRedirect = "1"
		case c.name == "" && len(args) == 1 && a == "--status-all":
			return c.statusAll(), true
		case len(args) == 2 && args[1] == "--full-restart":
			c.name = a
			if status, done := c.fullRestart(); done {
				return status, true
			}
		case c.name == "":
			c.name = a
		case c.action == "":
			c.action = a
		default:
			c.options += " " + a
		}
	}
	return 0, false
}

// fullRestart is NAME --full-restart: a stop, whatever comes of it, and a
// start.
func (c *command) fullRestart() (status int, done bool) {
	if c.redHat {
		if info, err := c.p.Sys.Lstat(service.Dir); err != nil || !info.Mode.IsSymlink() {
			return c.noScripts(), true
		}
	} else if c.systemd && c.hasUnit() {
		c.action = "restart"
		return 0, false
	}
	path, ok := service.ScriptOf(c.p, c.name)
	if c.name == "" {
		// The directory of the scripts is what the original runs then.
		info, err := c.p.Sys.Stat(path)
		ok = err == nil && info.Mode.IsDir() && c.p.Sys.Access(path, system.ExecuteOK) == nil
	}
	if !ok {
		return 0, false
	}
	c.p.Env = c.environment(false)
	service.RunChild(c.p, c.order(path, "stop"))
	return service.RunChild(c.p, c.order(path, "start")), true
}

// runScript runs the script with the action and the options.
func (c *command) runScript(ctx context.Context) int {
	path, ok := service.ScriptOf(c.p, c.name)
	if !ok {
		c.complain(c.name + ": unrecognized service\n")
		return ExitUsage
	}
	args := append(c.words(c.action), c.words(c.options)...)
	c.p.Env = c.environment(true)
	return service.Perform(ctx, c.p, c.order(path, args...))
}

func (c *command) order(path string, args ...string) service.Order {
	return service.Order{Program: c.program, Name: c.name, Path: path, Args: args, AsEnv: true}
}

// environment is the script's. Red Hat's has PATH and TERM, and with redirect
// what its library asks systemctl with.
func (c *command) environment(redirect bool) []string {
	if !c.redHat {
		return service.CleanEnvironment(c.p.Env)
	}
	env := service.RedHatEnvironment(c.p.Env)
	if redirect {
		env = append(env, "SYSTEMCTL_IGNORE_DEPENDENCIES="+c.ignoreDependencies, "SYSTEMCTL_SKIP_REDIRECT="+c.skipRedirect)
	}
	return env
}

// words is what becomes of a word without quotes in a shell.
func (c *command) words(text string) []string {
	if strings.ContainsAny(text, `*?[\`) {
		p := c.p.Fork()
		defer p.Files.CloseAll()
		p.Env = nil // PWD is not where we are any more
		return shell.New(p, shell.Options{Name: c.program, Dialect: interp.Dash}).Split(text)
	}
	return strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == '\t' || r == '\n' })
}

func (c *command) complain(text string) { system.WriteAll(c.p.Stderr(), []byte(text)) }
