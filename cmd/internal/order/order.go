// Package order is the command order: what runs when, and why, as the
// programs that bring init scripts into an order would have it.
package order

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"sysv/runlevel"
	"sysv/system"
)

// Exit statuses.
const (
	exitOK = 0
	// exitFound is a loop or a tree that cannot be ordered, or with --diff
	// that there are differences.
	exitFound = 1
	exitUsage = 2
	// exitUnread is a tree that cannot be read.
	exitUnread = 3
)

// Help is the command's manual.
const Help = `Usage: sysv order [--root DIR] [--as NAME] [--json | --dot | --svg]
       sysv order [--root DIR] [--as NAME] --why SCRIPT
       sysv order [--root DIR] --diff A B

Shows in which order the scripts of /etc/init.d start and stop, and why: for
each the word of a header, with its file, line and column, that gives it its
number. Nothing is changed.

  --root DIR    the tree below DIR instead of /
  --as NAME     whose order: insserv (the usual), chkconfig, update-rc.d (by
                itself, without insserv), generator (systemd-sysv-generator:
                numbers are depths), buildroot, openwrt
  --why SCRIPT  the chain of scripts that gives this one its numbers
  --diff A B    what A and B do otherwise with this tree: scripts, runlevels,
                the order that one keeps and the other does not, numbers
  --json        for programs
  --dot         for graphviz
  --svg         a picture: numbers as columns, the longest chain in red
  --help        this text

EXIT STATUS
  0 done, 1 a loop or a header for which there is no order (or, with --diff,
  differences), 2 wrong command line, 3 the tree cannot be read

EXAMPLES
  sysv order
  sysv order --root /srv/image --as chkconfig
  sysv order --why ssh
  sysv order --diff insserv generator
  sysv order --svg > order.svg
`

// options are the command line's.
type options struct {
	root, as, why, form string
	diff                []string
	help                bool
}

// orderers are the names of --as.
func orderers() []string {
	return []string{"insserv", "chkconfig", "update-rc.d", "generator", "buildroot", "openwrt"}
}

// parse reads the command line; bad is what is wrong with it.
func parse(args []string) (o options, bad string) {
	o = options{root: "/", as: orderers()[0]}
	for i := 0; i < len(args); i++ {
		a, value, valued := strings.Cut(args[i], "=")
		take := func() bool {
			if valued {
				return true
			}
			if i++; i < len(args) {
				value = args[i]
				return true
			}
			bad = a + ": expected a value"
			return false
		}
		if valued && !slices.Contains([]string{"--root", "--as", "--why"}, a) {
			return o, args[i] + ": unknown option"
		}
		switch a {
		case "--help", "-h":
			o.help = true
			return o, ""
		case "--json", "--dot", "--svg":
			if o.form != "" && o.form != a {
				return o, a + ": only one of --json, --dot and --svg"
			}
			o.form = a
		case "--root":
			if !take() {
				return o, bad
			}
			o.root = value
		case "--why":
			if !take() {
				return o, bad
			}
			o.why = value
		case "--as":
			if !take() {
				return o, bad
			}
			o.as = value
		case "--diff":
			if i+2 >= len(args) {
				return o, "--diff: expected two names"
			}
			o.diff = args[i+1 : i+3]
			i += 2
		default:
			return o, args[i] + ": unknown option"
		}
	}
	for _, name := range append([]string{o.as}, o.diff...) {
		if !slices.Contains(orderers(), name) {
			return o, name + ": expected one of " + strings.Join(orderers(), ", ")
		}
	}
	if o.form != "" && (o.why != "" || o.diff != nil) || o.why != "" && o.diff != nil {
		return o, "--why, --diff and " + strings.Trim(o.form+" ", " ") + " do not go together"
	}
	return o, ""
}

// Run runs the command; args[0] is its name.
func Run(ctx context.Context, p *system.Process, args []string) int {
	o, bad := parse(args[1:])
	fail := func(status int, format string, a ...any) int {
		fmt.Fprintf(p.Stderr(), "sysv order: "+format+"\n", a...)
		return status
	}
	if bad != "" {
		return fail(exitUsage, "%s: see sysv order --help", bad)
	}
	if o.help {
		system.WriteAll(p.Stdout(), []byte(Help))
		return exitOK
	}
	root, err := runlevel.OpenRoot(p.Abs(o.root))
	if err != nil {
		return fail(exitUnread, "%v", err)
	}
	if err := root.Settle(ctx); err != nil {
		return fail(exitUnread, "%v", err)
	}
	t, err := readTree(root)
	if err != nil {
		return fail(exitUnread, "%v", err)
	}
	var b strings.Builder
	if o.diff != nil {
		x, errX := modelOf(t, o.diff[0])
		y, errY := modelOf(t, o.diff[1])
		if errX != nil || errY != nil {
			return fail(exitUnread, "%v", firstError(errX, errY))
		}
		status := exitOK
		if writeDiff(&b, x, y) {
			status = exitFound
		}
		system.WriteAll(p.Stdout(), []byte(b.String()))
		return status
	}
	m, err := modelOf(t, o.as)
	if err != nil {
		return fail(exitUnread, "%v", err)
	}
	switch {
	case o.why != "":
		i, ok := m.index[o.why]
		if !ok {
			return fail(exitUsage, "%s: %s does not order a script of that name", o.why, m.as)
		}
		writeWhy(&b, m, i)
	case o.form == "--json":
		writeJSON(&b, m)
	case o.form == "--dot":
		writeDot(&b, m)
	case o.form == "--svg":
		writeSVG(&b, m)
	default:
		writeText(&b, m)
	}
	system.WriteAll(p.Stdout(), []byte(b.String()))
	if m.refused || len(m.loops) > 0 {
		return exitFound
	}
	return exitOK
}

func firstError(a, b error) error {
	if a != nil {
		return a
	}
	return b
}

// modelOf is the model of an orderer's name.
func modelOf(t *tree, as string) (*model, error) {
	of := asInsserv
	switch as {
	case "chkconfig":
		of = asChkconfig
	case "update-rc.d":
		of = asUpdateRcd
	case "generator":
		of = asGenerator
	case "buildroot":
		of = asBuildroot
	case "openwrt":
		of = asOpenWrt
	}
	m, err := of(t)
	if err != nil {
		return nil, err
	}
	m.blame()
	return m, nil
}
