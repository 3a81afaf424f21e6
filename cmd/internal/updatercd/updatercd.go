// Package updatercd is the drop-in for update-rc.d(8) of Debian's
// init-system-helpers 1.65.2, and for OpenEmbedded's program of that name.
//
// What the original does with links, ours does as one change: all of it or
// none, under the tree's lock. It starts no insserv: where the original would
// call it, ours does itself what insserv does.
package updatercd

import (
	"context"
	"errors"
	"strings"
	"time"

	"sysv/runlevel"
	"sysv/system"
)

// Exit statuses. That of an insserv that rejects a header is insserv's own.
const (
	// ExitFailed is a wrong command line, --help too, or what could not be
	// done.
	ExitFailed = 1
)

// lockWait is how long another process may keep the links locked: longer than
// any command takes, so that only one that hangs is noticed.
const lockWait = time.Minute

const usage = `usage: update-rc.d [-f] <basename> remove
       update-rc.d [-f] <basename> defaults
       update-rc.d [-f] <basename> defaults-disabled
       update-rc.d <basename> disable|enable [S|2|3|4|5]
		-f: force

The disable|enable API is not stable and might change in the future.
`

// exit is an error that ends the command with a status. message is what
// stands behind "update-rc.d: error: "; with usage set, the manual follows.
type exit struct {
	status  int
	message string
	usage   bool
	// kept tells that what was changed before holds, as it does in the
	// original: an insserv that rejects a header does not take back that the
	// script was disabled.
	kept bool
}

func (e *exit) Error() string { return e.message }

func fail(message string) error { return &exit{status: ExitFailed, message: message} }

func wrongUsage(message string) error {
	return &exit{status: ExitFailed, message: message, usage: true}
}

// Options say in which tree links are changed, and how.
type Options struct {
	// Root is the tree's directory, "" the machine's own.
	Root string
	// Prefix stands in messages before the paths of the tree.
	Prefix string
	// Style is Debian's or OpenEmbedded's; "" lets the tree say it.
	Style string
	// Alone tells that systemd is not to be told: it has called us.
	Alone bool
	// Inside tells that the tree is not this machine's: none of its programs
	// are run.
	Inside bool
}

// Run is the command; args[0] is its name. DPKG_ROOT is the tree's directory,
// as dpkg(1) sets it. SYSV_UPDATE_RC_D says which program it is: "debian" or
// "openembedded"; without it the tree does, see [StyleOf].
func Run(ctx context.Context, p *system.Process, args []string) int {
	var o Options
	o.Root, _ = p.Getenv("DPKG_ROOT")
	o.Prefix = o.Root
	o.Inside = o.Root != ""
	o.Style, _ = p.Getenv("SYSV_UPDATE_RC_D")
	skip, set := p.Getenv("_SKIP_SYSTEMD_NATIVE")
	o.Alone = set && isOne(skip)
	return Main(ctx, p, args, o)
}

// Main is Run with the tree given by the caller.
func Main(ctx context.Context, p *system.Process, args []string, o Options) int {
	if o.Style != Debian {
		root := o.Root
		if o.Style == "" {
			root = embeddedRoot(args[1:], root)
		}
		if o.Style == OpenEmbedded || o.Style == "" && StyleOf(root) == OpenEmbedded {
			return embedded(ctx, p, args[1:], o)
		}
	}
	c := &command{p: p, Options: o}
	err := c.run(ctx, args[1:])
	if err == nil {
		return 0
	}
	var e *exit
	if !errors.As(err, &e) {
		e = &exit{status: ExitFailed, message: err.Error()}
	}
	if e.message != "" {
		c.say("error: " + e.message)
	}
	if e.usage {
		system.WriteAll(p.Stderr(), []byte(usage))
	}
	return e.status
}

// isOne is how Perl compares with the number 1.
func isOne(s string) bool {
	s = strings.TrimLeft(s, " \t\n\r\f\v+")
	s = strings.TrimLeft(s, "0")
	rest, ok := strings.CutPrefix(s, "1")
	if !ok {
		return false
	}
	if frac, ok := strings.CutPrefix(rest, "."); ok {
		rest = strings.TrimLeft(frac, "0")
	}
	return rest == "" || !strings.ContainsRune("0123456789.eE", rune(rest[0]))
}

// command is one call.
type command struct {
	Options
	p     *system.Process
	root  *runlevel.Root
	dry   bool
	name  string
	words []string // behind the action
}

func (c *command) say(text string) {
	system.WriteAll(c.p.Stderr(), []byte("update-rc.d: "+runlevel.Short(text)+"\n"))
}

func (c *command) warn(text string) { c.say("warning: " + text) }

// path is a name in the tree as messages have it.
func (c *command) path(name string) string { return c.Prefix + "/" + name }

func (c *command) run(ctx context.Context, args []string) error {
	for len(args) > 0 && strings.HasPrefix(args[0], "-") {
		a := args[0]
		args = args[1:]
		switch {
		case a == "-f": // the original gives -f to insserv in any case
		case a == "-n":
			c.dry = true
		case strings.HasPrefix(a, "-h") || strings.HasSuffix(a, "--help"):
			return wrongUsage("")
		default:
			return wrongUsage("unknown option")
		}
	}
	if len(args) < 2 {
		return wrongUsage("not enough arguments")
	}
	action := args[1]
	c.name, c.words = args[0], args[2:]
	switch action {
	case "remove", "defaults", "start", "stop", "defaults-disabled", "disable", "enable":
	default:
		return wrongUsage("")
	}
	if !validName(c.name) {
		return fail(c.name + ": is no init script's name")
	}
	var err error
	if c.root, err = runlevel.OpenRoot(c.Root); err != nil {
		return err
	}
	told, err := c.change(ctx, action)
	if err != nil || c.dry {
		return err
	}
	c.tell(action, told)
	return nil
}

// validName tells whether links can be made for a name. The original gives it
// to its glob as it is: a space makes two patterns of it, a * removes the
// links of others.
func validName(name string) bool {
	if name == "" || name == "." || name == ".." {
		return false
	}
	for i := range len(name) {
		if c := name[i]; c <= ' ' || c == 0x7f || strings.IndexByte(`/*?[{\'"`, c) >= 0 {
			return false
		}
	}
	return true
}

// change changes the links, and those that systemd reads if there is no
// systemctl to do it. It returns what OpenRC is to be told.
func (c *command) change(ctx context.Context, action string) (told openrc, err error) {
	wait, cancel := context.WithTimeoutCause(ctx, lockWait, errors.New("no end of it in a minute"))
	defer cancel()
	release, err := c.root.Lock(wait)
	if err != nil {
		return told, err
	}
	defer release()
	if err := c.root.Recover(); err != nil {
		return told, err
	}
	if c.dry {
		c.root.Pretend()
		defer func() {
			system.WriteAll(c.p.Stdout(), []byte(c.root.Pretended().Under(c.Prefix)))
		}()
	}
	var rejected error
	err = c.root.Together(func() error {
		rejected = c.links(ctx, action)
		if rejected != nil {
			if e, ok := rejected.(*exit); ok && e.kept {
				return nil
			}
			return rejected
		}
		if told, err = c.openRC(action); err != nil {
			return err
		}
		return c.units(action)
	})
	if err == nil {
		err = rejected
	}
	return told, err
}
