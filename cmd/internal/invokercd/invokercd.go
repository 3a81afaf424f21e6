// Package invokercd is the command invoke-rc.d: an action of an init script as
// a package's maintainer script asks for it, if the runlevel and the local
// policy (policy-rc.d) allow it. It does as invoke-rc.d of init-system-helpers.
package invokercd

import (
	"context"
	"path"
	"slices"
	"strconv"
	"strings"

	"sysv/service"
	"sysv/system"
)

// Exit statuses beside the script's own; those from 100 on are the policy
// layer's.
const (
	// ExitUnknownStatus is what status gives that was denied, as of the LSB.
	ExitUnknownStatus = 4
	// ExitUnknown is a script that is not known (only the policy gives it).
	ExitUnknown = 100
	// ExitDenied is an action that is forbidden.
	ExitDenied = 101
	// ExitSubsystem is an error of the initscript subsystem.
	ExitSubsystem = 102
	// ExitSyntax is a wrong command line.
	ExitSyntax = 103
	// ExitAllowed is an action that is allowed.
	ExitAllowed = 104
	// ExitUncertain is an action of which nothing is known.
	ExitUncertain = 105
	// ExitFallback is an action in whose place others are to be tried.
	ExitFallback = 106
	// none is a status that nothing has set.
	none = -1
)

// command is the command at work. Its fields are named after the options.
type command struct {
	p       *system.Process
	program string

	quiet, force, tryAnyway, discloseDeny, query, noFallback, skipNative bool

	id string
	// action is what is to be done, or the list of what is to be tried.
	action string
	// params are handed on to the script.
	params []string

	systemd, openRC bool
	level           string
	// policy is the path of policy-rc.d, "" where it is not asked.
	policy string
	// rc is the status so far, or none.
	rc int
}

// stop is the panic by which a step ends the command.
type stop int

// Run runs the command; args[0] is the name it was called by.
func Run(ctx context.Context, p *system.Process, args []string) (status int) {
	defer func() {
		switch e := recover().(type) {
		case nil:
		case stop:
			status = int(e)
		default:
			panic(e)
		}
	}()
	c := &command{p: p, program: path.Base(args[0]), rc: none}
	root, _ := p.Getenv("DPKG_ROOT")
	c.policy = root + "/usr/sbin/policy-rc.d"
	c.parse(args[1:])
	c.lookAround()
	c.findLevel()
	if c.level == "0" || c.level == "6" {
		c.shutdown()
	}
	if c.systemd {
		c.checkUnit()
	} else {
		c.checkLinks()
	}
	if c.systemd || c.executable() {
		c.askPolicy(ctx)
	} else {
		c.rc = ExitDenied
	}
	if c.query {
		return c.rc
	}
	if c.force || c.rc == ExitAllowed {
		return c.act()
	}
	return c.denied()
}

// complain prints an error message.
func (c *command) complain(words ...string) {
	if !c.quiet {
		system.WriteAll(c.p.Stderr(), []byte(c.program+": "+strings.Join(words, "")+"\n"))
	}
}

// parse reads the command line: options may stand anywhere before the action.
func (c *command) parse(args []string) {
	if len(args) == 0 {
		c.complain("syntax error: missing required parameter, --help assumed")
		system.WriteAll(c.p.Stdout(), []byte(help))
		panic(stop(ExitSyntax))
	}
	words := 0
	for ; len(args) > 0 && words < 2; args = args[1:] {
		switch a := args[0]; a {
		case "--help":
			system.WriteAll(c.p.Stdout(), []byte(help))
			panic(stop(0))
		case "--quiet":
			c.quiet = true
		case "--force":
			c.force, c.tryAnyway = true, true
		case "--try-anyway":
			c.tryAnyway = true
		case "--disclose-deny":
			c.discloseDeny = true
		case "--query":
			c.query, c.discloseDeny = true, true
		case "--no-fallback":
			c.noFallback = true
		case "--skip-systemd-native":
			c.skipNative = true
		default:
			if strings.HasPrefix(a, "--") {
				c.complain(`syntax error: unknown option "`, a, `"`)
				panic(stop(ExitSyntax))
			}
			c.oneWord(a)
			if words++; words == 1 {
				c.id = a
			} else {
				c.action = a
			}
		}
	}
	if words < 2 {
		c.complain("syntax error: missing required parameter")
		panic(stop(ExitSyntax))
	}
	c.params = args
}

// oneWord refuses a parameter that is empty or has blanks in it.
func (c *command) oneWord(a string) {
	switch words := fields(a); {
	case len(words) == 0:
		c.complain("syntax error: invalid empty parameter")
		panic(stop(ExitSyntax))
	case len(words) > 1:
		c.complain(`syntax error: embedded blanks are not allowed in "`, strings.Join(words, " "), `"`)
		panic(stop(ExitSyntax))
	}
}

// fields splits a value as a shell does.
func fields(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '\t' || r == '\n' })
}

func (c *command) script() string { return service.Dir + "/" + c.id }

func (c *command) unit() string { return strings.TrimSuffix(c.id, ".sh") + ".service" }

// lookAround finds out what starts services here. Where systemd has no unit of
// the name there is the script alone: since version 260 systemd makes no units
// of scripts, which the original takes for granted.
func (c *command) lookAround() {
	isDir := func(path string) bool {
		info, err := c.p.Sys.Stat(path)
		return err == nil && info.Mode.IsDir()
	}
	isFile := func(path string) bool {
		info, err := c.p.Sys.Stat(path)
		return err == nil && info.Mode.IsRegular()
	}
	switch {
	case isDir("/run/systemd/system") && (service.HasUnit(c.p, c.unit()) || !c.executable()):
		c.systemd = true
	case isFile("/run/openrc/softlevel"):
		c.openRC = true
	case !isFile(c.script()) || !c.isName():
		c.complain("unknown initscript, ", c.script(), " not found.")
	}
}

// isName tells that the id can be a script's name.
func (c *command) isName() bool {
	return c.id != "." && c.id != ".." && !strings.Contains(c.id, "/") && !service.IsLeftover(c.id)
}

func (c *command) executable() bool {
	_, ok := service.ScriptOf(c.p, c.id)
	return ok
}

// shutdown is what holds in runlevels 0 and 6: no policy, and all is tried to
// run the script.
func (c *command) shutdown() {
	c.force, c.tryAnyway, c.policy, c.quiet = true, true, "", false
	const line = "-----------------------------------------------------"
	c.complain(line)
	c.complain("WARNING: 'invoke-rc.d ", c.id, " ", c.action, "' called")
	c.complain("during shutdown sequence.")
	c.complain("enabling safe mode: initscript policy layer disabled")
	c.complain(line)
}

// starts tells the actions that need a link in the runlevel.
func (c *command) starts() bool {
	return c.action == "start" || c.action == "restart" || c.action == "try-restart"
}

// checkLinks forbids a start where the runlevel has no link that starts the
// service, or one that stops it.
func (c *command) checkLinks() {
	var start, kill, boot []string
	if c.level != "" {
		start = c.links("/etc/rc"+c.level+".d", 'S')
		kill = c.links("/etc/rc"+c.level+".d", 'K')
		boot = c.links("/etc/rcS.d", 'S')
		c.verify(slices.Concat(start, kill, boot))
	}
	if !c.starts() {
		return
	}
	any := func(paths []string) bool {
		return slices.ContainsFunc(paths, func(path string) bool { return c.p.Sys.Access(path, system.ExecuteOK) == nil })
	}
	switch {
	case any(start):
		c.rc = ExitAllowed
	case any(kill):
		c.rc = ExitDenied
	case any(boot):
		c.rc = ExitAllowed
	default:
		c.rc = ExitDenied
	}
}

// links are the service's links in a directory, sorted.
func (c *command) links(dir string, letter byte) []string {
	entries, err := c.p.Sys.ReadDir(dir)
	if err != nil {
		return nil
	}
	var found []string
	for _, e := range entries {
		n := e.Name
		if len(n) == len(c.id)+3 && n[0] == letter && isDigit(n[1]) && isDigit(n[2]) && n[3:] == c.id {
			found = append(found, dir+"/"+n)
		}
	}
	slices.Sort(found)
	return found
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

// verify refuses links that are none, or that lead nowhere.
func (c *command) verify(paths []string) {
	wrong := false
	for _, path := range paths {
		if info, err := c.p.Sys.Lstat(path); err != nil || !info.Mode.IsSymlink() {
			c.complain("not a symlink: ", path)
			wrong = true
		}
		if info, err := c.p.Sys.Stat(path); err != nil || !info.Mode.IsRegular() {
			c.complain("dangling symlink: ", path)
			wrong = true
		}
	}
	if wrong && !c.tryAnyway {
		panic(stop(ExitSubsystem))
	}
}

// denied is the end of what is not to be done.
func (c *command) denied() int {
	if c.rc != ExitDenied || c.discloseDeny {
		noun, list := format(c.action)
		c.complain("initscript ", noun, ` "`, list, `" not executed.`)
		return c.rc
	}
	if first, _, _ := strings.Cut(c.action, " "); first == "status" {
		c.complain(`emulating initscript action "status", returning "unknown"`)
		return ExitUnknownStatus
	}
	return 0
}

// format is a list of actions for people, and the noun for it.
func format(action string) (noun, list string) {
	words := fields(action)
	noun = "actions"
	if len(words) == 1 {
		noun = "action"
	}
	return noun, strings.Join(words, ", ")
}

func itoa(n int) string { return strconv.Itoa(n) }
