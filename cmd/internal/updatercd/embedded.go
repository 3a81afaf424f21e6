package updatercd

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"

	"sysv/runlevel"
	"sysv/system"
)

const embeddedUsage = `usage: update-rc.d [-n] [-f] [-r <root>] <basename> remove
       update-rc.d [-n] [-r <root>] [-s] <basename> defaults [NN | sNN kNN]
       update-rc.d [-n] [-r <root>] [-s] <basename> start|stop NN runlvl [runlvl] [...] .
		-n: not really
		-f: force
		-v: verbose
		-r: alternate root path (default is /)
		-s: invoke start methods if appropriate to current runlevel
`

// embeddedCall is one call of OpenEmbedded's update-rc.d (version 0.8).
type embeddedCall struct {
	command
	force, invokes, verbose bool
	// level is the current runlevel, for -s.
	level string
}

// place is a runlevel and a number of links to be made.
type place struct {
	kind   byte
	level  string
	number int
}

// line writes a line of output; fatal errors go through problem.
func (c *embeddedCall) line(text string) { system.WriteAll(c.p.Stdout(), []byte(text+"\n")) }

func (c *embeddedCall) problem(text string) int {
	system.WriteAll(c.p.Stderr(), []byte(text+"\n"))
	return ExitFailed
}

func (c *embeddedCall) wrong(text string) int {
	system.WriteAll(c.p.Stderr(), []byte(text+embeddedUsage))
	return ExitFailed
}

// embedded runs a command line in OpenEmbedded's style.
func embedded(ctx context.Context, p *system.Process, args []string, o Options) int {
	c := &embeddedCall{command: command{p: p, Options: o}}
options:
	for len(args) > 0 {
		a := args[0]
		switch {
		case a == "-n":
			c.dry = true
		case a == "-v":
			c.verbose = true
		case a == "-f":
			c.force = true
		case a == "-s":
			c.invokes = true
		case a == "-r":
			if args = args[1:]; len(args) == 0 {
				return c.wrong("")
			}
			c.Root, c.Prefix = args[0], args[0]
			c.Inside = args[0] != "" && args[0] != "/"
		case a == "-h" || a == "--help":
			c.wrong("")
			return 0
		case strings.HasPrefix(a, "-"):
			return c.wrong("")
		default:
			break options
		}
		args = args[1:]
	}
	if len(args) < 2 {
		return c.wrong("")
	}
	c.name, c.words = args[0], args[1:]
	if !validName(c.name) {
		return c.problem("update-rc.d: " + c.name + ": is no init script's name")
	}
	status, err := c.embed(ctx)
	if err != nil {
		return c.problem("update-rc.d: " + err.Error())
	}
	return status
}

func (c *embeddedCall) embed(ctx context.Context) (int, error) {
	var err error
	if c.root, err = runlevel.OpenRoot(c.Root); err != nil {
		return 0, err
	}
	script := c.path("etc/init.d/" + c.name)
	info, err := c.root.Stat("etc/init.d/" + c.name)
	there := err == nil && info.Mode().IsRegular()
	remove := c.words[0] == "remove"
	switch {
	case !remove && !there:
		return c.problem("update-rc.d: " + script + ": file does not exist"), nil
	case remove && there && !c.force:
		return c.problem("update-rc.d: " + script + " exists during rc.d purge (use -f to force)"), nil
	case remove && there:
		c.problem("update-rc.d: " + script + " exists during rc.d purge (continuing)")
	}
	if c.invokes {
		if c.level = c.current(); c.level == "" {
			return c.problem("Unable to determine current runlevel"), nil
		}
	}
	var places []place
	switch c.words[0] {
	case "remove":
	case "defaults":
		if len(c.words) > 3 {
			return c.wrong("defaults takes only one or two arguments\n"), nil
		}
		if places, err = defaultPlaces(c.words[1:]); err != nil {
			return 0, err
		}
	case "start", "stop":
		var wrong string
		if places, wrong, err = listedPlaces(c.words); err != nil {
			return 0, err
		}
		if wrong == expected {
			return c.wrong(wrong + "\n"), nil
		}
		if wrong != "" {
			return c.problem(wrong), nil
		}
	default:
		return c.wrong(""), nil
	}
	return 0, c.relink(ctx, remove, places)
}

const (
	expected     = "expected start or stop"
	unterminated = "action with list of runlevels not terminated by `.'"
)

// defaultPlaces are those of "defaults [NN | sNN kNN]".
func defaultPlaces(numbers []string) (places []place, err error) {
	start, stop := 20, 20
	if len(numbers) > 0 {
		if start, err = number(numbers[0]); err != nil {
			return nil, err
		}
		if stop, err = number(numbers[len(numbers)-1]); err != nil {
			return nil, err
		}
	}
	for _, l := range []string{"2", "3", "4", "5"} {
		places = append(places, place{'S', l, start})
	}
	for _, l := range []string{"0", "1", "6"} {
		places = append(places, place{'K', l, stop})
	}
	return places, nil
}

// listedPlaces are those of "start NN LEVEL... . stop NN LEVEL... .", the
// start links first.
func listedPlaces(words []string) (places []place, wrong string, err error) {
	var stops []place
	for len(words) > 0 {
		kind := byte('S')
		switch words[0] {
		case "start":
		case "stop":
			kind = 'K'
		default:
			return nil, expected, nil
		}
		if len(words) == 1 {
			return nil, unterminated, nil
		}
		n, err := number(words[1])
		if err != nil {
			return nil, "", err
		}
		for words = words[2:]; ; words = words[1:] {
			if len(words) == 0 {
				return nil, unterminated, nil
			}
			if words[0] == "." {
				words = words[1:]
				break
			}
			if strings.Contains(words[0], "/") {
				return nil, "", fmt.Errorf("%s: is no runlevel", words[0])
			}
			p := place{kind, words[0], n}
			if kind == 'S' {
				places = append(places, p)
			} else {
				stops = append(stops, p)
			}
		}
	}
	return append(places, stops...), "", nil
}

// number reads the number of a link.
func number(word string) (int, error) {
	n, err := strconv.ParseUint(word, 10, 32)
	if err != nil || n > 99 {
		return 0, fmt.Errorf("%s: is no number from 0 to 99", word)
	}
	return int(n), nil
}

// relink removes links, or makes those of places; without either it has
// nothing to do. It then starts the script, if -s asks for it.
func (c *embeddedCall) relink(ctx context.Context, remove bool, places []place) error {
	wait, cancel := context.WithTimeoutCause(ctx, lockWait, errors.New("no end of it in a minute"))
	defer cancel()
	release, err := c.root.Lock(wait)
	if err != nil {
		return err
	}
	defer release()
	if err := c.root.Recover(); err != nil {
		return err
	}
	found := c.embeddedLinks()
	var steps []runlevel.Step
	if remove {
		c.line(" Removing any system startup links for " + c.name + " ...")
		for _, link := range found {
			c.line("  " + c.path(link))
			steps = append(steps, runlevel.Step{Op: runlevel.Remove, Old: link})
		}
		return c.make(steps)
	}
	script := c.path("etc/init.d/" + c.name)
	if len(found) > 0 {
		release()
		c.line(" System startup links for " + script + " already exist.")
		c.invoke("restart", found)
		return nil
	}
	c.line(" Adding system startup for " + script + ".")
	var links []string
	seen := map[string]bool{}
	for _, p := range places {
		l := runlevel.Link{Kind: runlevel.Kind(p.kind), Number: p.number, Script: c.name}
		link := "etc/rc" + p.level + ".d/" + l.Name()
		if c.verbose {
			c.line("  " + c.path(link) + " -> ../init.d/" + c.name)
		}
		if seen[link] {
			continue
		}
		seen[link] = true
		links = append(links, link)
		steps = append(steps, runlevel.Step{Op: runlevel.Create, New: link, Target: "../init.d/" + c.name})
	}
	if err := c.make(steps); err != nil {
		return err
	}
	release()
	c.invoke("start", links)
	return nil
}

func (c *embeddedCall) make(steps []runlevel.Step) error {
	if c.dry {
		return nil
	}
	return c.root.Apply(runlevel.Plan{Steps: steps})
}

// embeddedLinks are the symbolic links [SK]??NAME of the runlevels 0 to 9 and
// S: two bytes of any kind, not only digits.
func (c *embeddedCall) embeddedLinks() []string {
	var found []string
	for _, level := range []byte(runlevel.Levels) {
		dir := runlevel.RcDir(level)
		entries, _ := c.root.ReadDir(dir)
		for _, e := range entries {
			n := e.Name()
			if len(n) == 3+len(c.name) && (n[0] == 'S' || n[0] == 'K') && n[3:] == c.name && e.Type()&fs.ModeSymlink != 0 {
				found = append(found, dir+"/"+n)
			}
		}
	}
	return found
}

// invoke calls the start link of the current runlevel, if -s asks for it.
func (c *embeddedCall) invoke(action string, links []string) {
	if !c.invokes || c.dry {
		return
	}
	for _, link := range links {
		if strings.HasPrefix(link, "etc/rc"+c.level+".d/S") {
			c.execute(c.path(link), action)
		}
	}
}
