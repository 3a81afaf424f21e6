package updatercd

import (
	"context"
	"slices"
	"strings"

	"sysv/runlevel"
)

// links changes the links of the script.
func (c *command) links(ctx context.Context, action string) error {
	switch action {
	case "start", "stop":
		if err := c.compare(action); err != nil {
			return err
		}
		action = "defaults"
	}
	if c.insserv() {
		return c.sequenced(ctx, action)
	}
	switch action {
	case "remove":
		return c.removeLinks()
	case "defaults", "defaults-disabled":
		return c.makeLinks(action)
	default:
		return c.toggle(action, c.words)
	}
}

// apply makes the changes of a plan.
func (c *command) apply(steps []runlevel.Step) error {
	return c.root.Apply(runlevel.Plan{Steps: steps})
}

// attempt is apply where the original does not ask whether a link could be
// made or removed: what could not is said, and the status is 0.
func (c *command) attempt(steps []runlevel.Step) error {
	if err := c.apply(steps); err != nil {
		c.warn(err.Error() + ": no link was changed")
	}
	return nil
}

// find is the script's links, as the original's glob finds them in
// rc?.d/[SK][0-9][0-9]NAME: of all runlevels, or with level of one. Like that,
// it passes over a directory that it cannot read: what is to be changed there
// fails.
func (c *command) find(level string) []string {
	dirs := []string{"rc" + level + ".d"}
	if level == "" {
		entries, _ := c.root.ReadDir("etc")
		dirs = dirs[:0]
		for _, e := range entries {
			if n := e.Name(); len(n) == len("rc2.d") && n[:2] == "rc" && n[3:] == ".d" {
				dirs = append(dirs, n)
			}
		}
	}
	var found []string
	for _, d := range dirs {
		entries, _ := c.root.ReadDir("etc/" + d)
		for _, e := range entries {
			if l, ok := runlevel.ParseName(e.Name()); ok && l.Script == c.name {
				found = append(found, "etc/"+d+"/"+e.Name())
			}
		}
	}
	return found
}

// removeLinks removes all links of the script, which need not be there any
// more. The original leaves directories with a link's name.
func (c *command) removeLinks() error {
	var steps []runlevel.Step
	for _, link := range c.find("") {
		if info, err := c.root.Lstat(link); err == nil && info.IsDir() {
			continue
		}
		steps = append(steps, runlevel.Step{Op: runlevel.Remove, Old: link, Reason: "remove"})
	}
	return c.attempt(steps)
}

// makeLinks makes the links that the header's Default-Start and Default-Stop
// ask for. A script that has links already keeps them: what the administrator
// did holds.
func (c *command) makeLinks(action string) error {
	if len(c.find("")) > 0 {
		return nil
	}
	script := "etc/init.d/" + c.name
	d, err := c.readDefaults(script)
	if err != nil {
		return err
	}
	kind := "S"
	if action == "defaults-disabled" {
		kind = "K"
	}
	var steps []runlevel.Step
	add := func(levels []string, kind, reason string) error {
		for _, level := range levels {
			if strings.Contains(level, "/") {
				return fail(c.path(script) + ": " + reason + ": " + level + ": is no runlevel")
			}
			link := "etc/rc" + level + ".d/" + kind + "01" + c.name
			if slices.ContainsFunc(steps, func(s runlevel.Step) bool { return s.New == link }) {
				continue
			}
			if _, err := c.root.Lstat(link); err == nil {
				continue // of a runlevel whose name is longer than a letter
			}
			steps = append(steps, runlevel.Step{
				Op: runlevel.Create, New: link, Target: "../init.d/" + c.name,
				Reason: reason + " has " + level,
			})
		}
		return nil
	}
	if err := add(d.start, kind, "Default-Start"); err != nil {
		return err
	}
	if err := add(d.stop, "K", "Default-Stop"); err != nil {
		return err
	}
	return c.attempt(steps)
}

// toggle makes start links stop links, or the other way round, in the
// runlevels that are given, or in those of Default-Start.
func (c *command) toggle(action string, levels []string) error {
	header, err := c.headerFile()
	if err != nil {
		return err
	}
	if len(levels) == 0 {
		d, err := c.readDefaults(header)
		if err != nil {
			return err
		}
		if levels = d.start; len(levels) == 0 {
			return fail(c.name + " Default-Start contains no runlevels, aborting.")
		}
	}
	var found, seen []string
	for _, level := range levels {
		if len(level) != 1 || !strings.Contains("S2345", level) {
			c.warn(action + " action will have no effect on runlevel " + level)
			continue
		}
		if slices.Contains(seen, level) {
			continue
		}
		seen = append(seen, level)
		found = append(found, c.find(level)...)
	}
	if len(found) == 0 {
		return fail("no runlevel symlinks to modify, aborting!")
	}
	from, to := byte('S'), "K"
	if action == "enable" {
		from, to = 'K', "S"
	}
	var steps []runlevel.Step
	for _, link := range found {
		at := strings.LastIndexByte(link, '/') + 1
		if link[at] == from {
			steps = append(steps, runlevel.Step{Op: runlevel.Rename, Old: link, New: link[:at] + to + link[at+1:], Reason: action})
		}
	}
	return c.apply(steps)
}

// compare warns of runlevels on the command line ("start 20 2 3 . stop 80 0
// 6 .") that are not those of the header, which hold.
func (c *command) compare(action string) error {
	d, err := c.readDefaults("etc/init.d/" + c.name)
	if err != nil {
		return err
	}
	if len(d.start) == 0 && len(d.stop) == 0 {
		return nil
	}
	c.warn("start and stop actions are no longer supported; falling back to defaults")
	start, stop := action == "start", action == "stop"
	first := 1
	if len(c.words) > 0 && c.words[0] == action {
		first = 2
	}
	var starts, stops []string
	for i := first; i < len(c.words); i++ {
		switch w := c.words[i]; w {
		case "start":
			start, stop = true, false
			i++ // its number
			continue
		case "stop":
			start, stop = false, true
			i++
			continue
		case ".":
			continue
		case "0", "6":
			// These only stop; the original takes those behind them to do so
			// too.
			start, stop = false, true
			stops = append(stops, w)
		default:
			if start {
				starts = append(starts, w)
			}
			if stop {
				stops = append(stops, w)
			}
		}
	}
	c.mismatch("start", "Start", starts, d.start)
	c.mismatch("stop", "Stop", stops, d.stop)
	return nil
}

func (c *command) mismatch(kind, key string, given, header []string) {
	if slices.Equal(sorted(given), sorted(header)) {
		return
	}
	c.warn(kind + " runlevel arguments (" + orNone(given) + ") do not match " +
		c.name + " Default-" + key + " values (" + orNone(header) + ")")
}

func sorted(s []string) []string {
	s = slices.Clone(s)
	slices.Sort(s)
	return s
}

func orNone(s []string) string {
	if len(s) == 0 {
		return "none"
	}
	return strings.Join(s, " ")
}
