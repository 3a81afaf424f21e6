package updatercd

import (
	"bytes"
	"io/fs"
	"slices"
	"strings"

	"sysv/runlevel"
	"sysv/system"
)

// openrc is what rc-update is called with: none, or its arguments.
type openrc []string

// executable tells whether a file of the tree has an x bit, which is what
// root's -x is in Perl.
func (c *command) executable(name string) bool {
	info, err := c.root.Stat(name)
	return err == nil && info.Mode().IsRegular() && info.Mode()&0o111 != 0
}

func (c *command) directory(name string) bool {
	info, err := c.root.Stat(name)
	return err == nil && info.IsDir()
}

func (c *command) systemctl() bool {
	host := c
	if c.Inside {
		// A tree that is prepared from outside: the machine's systemctl does
		// it, with --root.
		r, err := runlevel.OpenRoot("/")
		if err != nil {
			return false
		}
		host = &command{root: r}
	}
	return host.executable("bin/systemctl") || host.executable("usr/bin/systemctl")
}

// openRC finds out what rc-update is to be told once the links are as they
// are going to be.
func (c *command) openRC(action string) (openrc, error) {
	if c.Inside || !c.executable("sbin/openrc") {
		return nil, nil
	}
	switch action {
	case "remove":
		return openrc{"-qqa", "delete", c.name}, nil
	case "defaults", "start", "stop":
		// OpenRC has its own ways to halt and to reboot.
		if c.name == "halt" || c.name == "reboot" {
			return nil, nil
		}
		levels := c.enabled()
		if len(levels) == 0 {
			return nil, nil
		}
		return append(openrc{"add", c.name}, converted(levels)...), nil
	case "enable", "disable":
		levels := c.words
		if len(levels) == 0 {
			header, err := c.headerFile()
			if err != nil {
				return nil, err
			}
			d, err := c.readDefaults(header)
			if err != nil {
				return nil, err
			}
			levels = d.start
		}
		verb := "add"
		if action == "disable" {
			verb = "del"
		}
		return append(openrc{verb, c.name}, converted(levels)...), nil
	}
	return nil, nil
}

// enabled is the runlevels in which the script is started; if it is not even
// stopped in one of S and 1 to 5, but in 0 or 6, it is 6.
func (c *command) enabled() []string {
	var levels []string
	stopped := false
	for _, level := range []string{"1", "2", "3", "4", "5", "S"} {
		for _, link := range c.find(level) {
			if strings.Contains(link, "/S") {
				levels = append(levels, level)
			} else {
				stopped = true
			}
		}
	}
	if len(levels) > 0 || stopped {
		return levels
	}
	for _, level := range []string{"0", "6"} {
		if slices.ContainsFunc(c.find(level), func(l string) bool { return strings.Contains(l, "/K") }) {
			return []string{"6"}
		}
	}
	return nil
}

// converted is OpenRC's names of runlevels, each once.
func converted(levels []string) []string {
	var names []string
	for _, l := range levels {
		name := ""
		switch l {
		case "S":
			name = "sysinit"
		case "1":
			name = "recovery"
		case "2", "3", "4", "5":
			name = "default"
		case "6":
			name = "off"
		}
		if name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// units makes or removes the links by which a unit of the script's name is
// wanted, where there is no systemctl to do it.
func (c *command) units(action string) error {
	if action != "enable" && action != "disable" || c.Alone || c.systemctl() {
		return nil
	}
	file := ""
	for _, dir := range []string{"etc/systemd/system/", "lib/systemd/system/", "usr/lib/systemd/system/"} {
		if info, err := c.root.Stat(dir + c.name + ".service"); err == nil && info.Mode().IsRegular() {
			file = dir + c.name + ".service"
			break
		}
	}
	if file == "" {
		return nil
	}
	text, err := c.root.ReadFile(file)
	if err != nil {
		return fail("unable to read " + c.path(file))
	}
	var steps []runlevel.Step
	for line := range bytes.SplitSeq(text, []byte("\n")) {
		target := wantedBy(string(line))
		link := "etc/systemd/system/" + target + ".wants/" + c.name + ".service"
		if target == "" || strings.Contains(target, "/") || !fs.ValidPath(link) ||
			slices.ContainsFunc(steps, func(s runlevel.Step) bool { return s.New == link || s.Old == link }) {
			continue
		}
		if action == "enable" {
			if _, err := c.root.Lstat(link); err != nil {
				steps = append(steps, runlevel.Step{Op: runlevel.Create, New: link, Target: "/" + file, Reason: "WantedBy"})
			}
			continue
		}
		if _, err := c.root.Stat(link); err == nil {
			steps = append(steps, runlevel.Step{Op: runlevel.Remove, Old: link, Reason: "WantedBy"})
		}
	}
	return c.attempt(steps)
}

// wantedBy is the value of a line WantedBy=, whose name may be written in
// capitals.
func wantedBy(line string) string {
	line = strings.TrimLeft(line, space)
	const key = "wantedby="
	if len(line) <= len(key) || !strings.EqualFold(line[:len(key)], key) {
		return ""
	}
	return line[len(key):]
}

// tell has OpenRC and systemd learn of the change, after the lock was given
// back: they call us.
func (c *command) tell(action string, told openrc) {
	if told != nil {
		c.start(c.p, append([]string{"rc-update"}, told...))
	}
	if (action == "enable" || action == "disable") && !c.Alone && c.systemctl() {
		p := *c.p
		p.Env = append(slices.DeleteFunc(slices.Clone(c.p.Env), func(kv string) bool {
			return strings.HasPrefix(kv, "SYSTEMCTL_SKIP_SYSV=")
		}), "SYSTEMCTL_SKIP_SYSV=1")
		root := "/"
		if c.Root != "" {
			root = c.Root
		}
		c.start(&p, []string{"systemctl", "--root=" + root, "--quiet", action, c.name})
	}
	if !c.Inside && c.directory("run/systemd/system") {
		c.start(c.p, []string{"systemctl", "daemon-reload"})
	}
}

// start runs a program and waits for it; like the original, it does not ask
// how it went.
func (c *command) start(p *system.Process, argv []string) {
	child, err := launch(p, argv)
	if err != nil {
		c.warn(argv[0] + ": " + err.Error())
		return
	}
	child.Wait(false)
}

// launch starts a program of the PATH.
func launch(p *system.Process, argv []string) (system.Child, error) {
	path, _ := p.Getenv("PATH")
	for dir := range strings.SplitSeq(path, ":") {
		if dir == "" {
			dir = "."
		}
		file := p.Abs(dir + "/" + argv[0])
		if info, err := p.Sys.Stat(file); err != nil || !info.Mode.IsRegular() || p.Sys.Access(file, system.ExecuteOK) != nil {
			continue
		}
		return p.Sys.Start(p.Command(file, argv))
	}
	return nil, system.ENOENT
}
